"""Settings that every way of running shares. Secrets and addresses come from the environment, never from here."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from csp.constants import NONCE, NONE, SELF
from django.utils.translation import gettext_lazy as _

PACKAGE = Path(__file__).resolve().parents[2]
WEB = PACKAGE / "web"
VAR = Path(os.environ.get("REABLE_VAR", "var")).resolve()  # what a running clinic writes: database, backups, mail


def database(address: str) -> dict[str, object]:
    """Read the address of a database: `sqlite:PATH` or `postgresql://NAME:PASSWORD@HOST:PORT/DATABASE`."""
    if address.startswith("sqlite:"):
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": address.removeprefix("sqlite:"),
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                # A writer takes its lock at the start, or two of them could both read before either writes.
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA mmap_size=134217728; "
                "PRAGMA journal_size_limit=27103364; PRAGMA cache_size=-20000;",
            },
        }
    parts = urlsplit(address)
    if parts.scheme not in ("postgresql", "postgres") or not parts.path.strip("/"):
        raise ValueError("REABLE_DATABASE must be 'sqlite:PATH' or 'postgresql://NAME:PASSWORD@HOST:PORT/DATABASE'")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.strip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": parts.port or "",
        "OPTIONS": {"pool": {"min_size": 2, "max_size": 8, "timeout": 10}},
    }


DATABASES = {"default": database(os.environ.get("REABLE_DATABASE", f"sqlite:{VAR / 'reable.sqlite3'}"))}
SILENCED_SYSTEM_CHECKS = ["models.W047"]  # on SQLite the migration 0002 of records makes an equal index itself
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

DEBUG = False
DEMO = False
ALLOWED_HOSTS: list[str] = []
ROOT_URLCONF = "reable.web.urls"
WSGI_APPLICATION = "reable.web.wsgi.application"

INSTALLED_APPS = [
    "reable.web.accounts.apps.OperatorAdmin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "csp",
    "reable.web.ui",
    "reable.web.accounts.apps.AccountsConfig",
    "reable.web.records",
    "reable.web.portal",
    "reable.web.clinic",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "reable.web.middleware.RequestId",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "reable.web.middleware.ChosenLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "reable.web.middleware.WhoActs",
    "reable.web.middleware.StaffNeedSecondFactor",
    "reable.web.operations.gate.NotYetLive",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "axes.middleware.AxesMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [WEB / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "reable.web.site.context",
            ]
        },
    }
]

FORM_RENDERER = "reable.web.ui.forms.Renderer"
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
ACCOUNT_ADAPTER = "reable.web.accounts.adapter.InvitedOnly"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # whoever signs in was invited to that address, or gets a code there
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_PREVENT_ENUMERATION = True
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Reable"
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_LOGIN_BY_CODE_FORMAT = {"numeric": True, "length": 8, "dashed": True}
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60  # people who read and type slowly need time
ACCOUNT_LOGIN_TIMEOUT = 20 * 60
ACCOUNT_RATE_LIMITS = {"request_login_code": "20/m/ip,3/m/key,15/h/key"}
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_FORMS = {
    "login": "reable.web.accounts.forms.SignInForm",
    "request_login_code": "reable.web.accounts.forms.AskCodeForm",
    "confirm_login_code": "reable.web.accounts.forms.CodeForm",
    "reset_password": "reable.web.accounts.forms.AskResetForm",
    "reset_password_from_key": "reable.web.accounts.forms.ResetForm",
    "change_password": "reable.web.accounts.forms.ChangePasswordForm",
    "set_password": "reable.web.accounts.forms.SetPasswordForm",
    "add_email": "reable.web.accounts.forms.ChangeEmailForm",
    "reauthenticate": "reable.web.accounts.forms.PasswordAgainForm",
}
MFA_ADAPTER = "reable.web.accounts.adapter.SecondStep"
MFA_ALLOW_UNVERIFIED_EMAIL = True  # nobody signs up: each address was invited, proven by a code, or set by the operator
MFA_TOTP_TOLERANCE = 1  # the clock of a phone may be half a minute off
MFA_FORMS = {
    "authenticate": "reable.web.accounts.forms.SecondStepForm",
    "reauthenticate": "reable.web.accounts.forms.SecondStepAgainForm",
    "activate_totp": "reable.web.accounts.forms.AddAppForm",
    "deactivate_totp": "reable.web.accounts.forms.RemoveAppForm",
    "generate_recovery_codes": "reable.web.accounts.forms.NewCodesForm",
    "add_webauthn": "reable.web.accounts.forms.AddKeyForm",
    "edit_webauthn": "reable.web.accounts.forms.RenameKeyForm",
    "authenticate_webauthn": "reable.web.accounts.forms.KeyForm",
    "reauthenticate_webauthn": "reable.web.accounts.forms.KeyAgainForm",
}
AXES_LOCKOUT_CALLABLE = "reable.web.accounts.views.lockout.locked_out"
AXES_CLIENT_IP_CALLABLE = "reable.web.accounts.adapter.client_address"
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False
CSRF_COOKIE_HTTPONLY = True  # scripts take the token from the form
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_LOGOUT_REDIRECT_URL = "portal:start"
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_ENABLE_ADMIN = False

SESSION_COOKIE_AGE = 60 * 60 * 24 * 7
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "reable.web.errors.expired_form"
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
STAFF_IDLE_MINUTES = 15
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("es", _("Spanish"))]
LOCALE_PATHS = [WEB / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "static/"
STATIC_ROOT = VAR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "reable.web.ui.storage.HashedStatic"},
}

EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = VAR / "mail"
DEFAULT_FROM_EMAIL = os.environ.get("REABLE_FROM", "clinic@example.org")
REABLE_ADDRESS = os.environ.get("REABLE_ADDRESS", "http://127.0.0.1:8000")  # for links in mails
REABLE_COUNTRY = os.environ.get("REABLE_COUNTRY", "US").upper()
HELP_PAGES = VAR / "help"  # the danger pages, written out at start so that no worker is needed to show them

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request_id": {"()": "reable.web.logs.WithRequestId"}},
    "formatters": {"json": {"()": "reable.web.logs.JsonLines"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "filters": ["request_id"], "formatter": "json"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "reable": {"level": "INFO"},
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
        "django.server": {"handlers": [], "level": "WARNING", "propagate": True},
    },
}
