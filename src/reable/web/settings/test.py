"""For the tests: a quick password hash, plain static files, mail kept in memory, SQLite unless REABLE_DATABASE says."""

import os
import tempfile
from pathlib import Path

from reable.web.settings.base import *  # noqa: F403
from reable.web.settings.base import database

_FOLDER = Path(tempfile.mkdtemp(prefix="reable-test-"))
SECRET_KEY = "a test has no secrets"  # noqa: S105
DEMO = True
ALLOWED_HOSTS = ["*"]
DATABASES = {"default": database(os.environ.get("REABLE_DATABASE", f"sqlite:{_FOLDER / 'test.sqlite3'}"))}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A file, not memory: the tests of races open several connections.
    DATABASES["default"]["TEST"] = {"NAME": str(_FOLDER / "test-run.sqlite3")}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
HELP_PAGES = _FOLDER / "help"
STATIC_ROOT = _FOLDER / "static"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
AXES_ENABLED = False
STATIC_ROOT.mkdir()
