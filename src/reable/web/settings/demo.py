"""A clinic to try: made-up people, a key of no secrecy, this machine only."""

from reable.web.settings.base import *  # noqa: F403
from reable.web.settings.base import LOGGING, VAR

DEMO = True
SECRET_KEY = "a demo has no secrets and is reached from this machine only"  # noqa: S105
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
EMAIL_FILE_PATH = VAR / "mail"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
REABLE_SMS = "reable.web.records.services.tick.SmsToFile"
LOGGING["loggers"]["reable"]["level"] = "WARNING"  # whoever tries it out reads the terminal
