"""A bare Django page, the peer of `bench.web`: no middleware, no database, two letters."""

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

settings.configure(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["*"], SECRET_KEY="bare", MIDDLEWARE=[])  # noqa: S106


def ok(request: HttpRequest) -> HttpResponse:
    """Say ok."""
    return HttpResponse("ok")


urlpatterns = [path("", ok)]
application = get_wsgi_application()
