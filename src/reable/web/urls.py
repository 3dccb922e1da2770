"""All addresses. Each is listed in the authorisation matrix (`tests/web/test_authorisation.py`) or the build fails."""

from django.conf import settings
from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.i18n import set_language

from reable.web import health, home

handler404 = "reable.web.errors.not_found"
handler403 = "reable.web.errors.forbidden"
handler429 = "reable.web.accounts.views.lockout.too_many"
handler500 = "reable.web.errors.broken"

urlpatterns = [
    path("", include("reable.web.portal.urls")),
    path("language/", login_not_required(set_language), name="set_language"),
    path("home/", home.home, name="home"),
    path("account/", include("reable.web.accounts.urls")),
    path("account/", include("reable.web.accounts.allauth_urls")),
    path("clinic/", include("reable.web.clinic.urls")),
    path("health/live/", health.live, name="live"),
    path("health/ready/", health.ready, name="ready"),
]
if not settings.DEMO:
    urlpatterns.append(path("operator/", admin.site.urls))
