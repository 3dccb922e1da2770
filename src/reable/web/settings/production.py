"""Real use: fails hard when a setting is missing or unsafe. `reable doctor` says the same in plain words."""

import os

from django.core.exceptions import ImproperlyConfigured

from reable.web.settings.base import *  # noqa: F403

_SHORTEST_KEY = 50


def _needed(name: str, why: str) -> str:
    value = os.environ.get(name, "").strip()
    if not value:
        raise ImproperlyConfigured(f"{name} is not set: {why}")
    return value


SECRET_KEY = _needed("REABLE_SECRET_KEY", "a long random text that signs sessions and links")
if len(SECRET_KEY) < _SHORTEST_KEY:
    raise ImproperlyConfigured(f"REABLE_SECRET_KEY is too short: at least {_SHORTEST_KEY} letters are needed")
ALLOWED_HOSTS = _needed("REABLE_HOSTS", "the names under which people reach the clinic, parted by commas").split(",")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]
_needed("REABLE_DATABASE", "the address of the database; see docs/how-to/run-a-clinic.md")
_needed("REABLE_FROM", "the address that the clinic's e-mail comes from")
REABLE_ADDRESS = _needed("REABLE_ADDRESS", "the whole address of the site, such as https://clinic.example.org")
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("REABLE_PROXIES", "1"))  # else all behind the proxy share one limit
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https"
# Limits on sign-ins must count over all processes.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "reable_cache"}}

SECURE_SSL_REDIRECT = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SECURE_REDIRECT_EXEMPT = [r"^health/"]
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = os.environ.get("REABLE_MAIL_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("REABLE_MAIL_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("REABLE_MAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("REABLE_MAIL_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("REABLE_MAIL_TLS", "yes") == "yes"
EMAIL_TIMEOUT = 10
if os.environ.get("REABLE_SMS"):  # the class that sends text messages; without it none are sent
    REABLE_SMS = os.environ["REABLE_SMS"]
