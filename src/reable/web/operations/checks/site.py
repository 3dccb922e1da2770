"""Checks of the settings and the machine: before the database is asked anything."""

import shutil
import socket
import stat
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.core import checks as django_checks

from reable.assets import COMPILED, ITEMS
from reable.web.operations.checks.finding import Finding, bad, fail, ok, warn

_LOCAL = {"localhost", "127.0.0.1", "[::1]"}
_SHORTEST_KEY, _FEWEST_LETTERS = 50, 5
_MAIL_PATIENCE = 3  # seconds
_MEGABYTE = 1_000_000
_TIGHT, _LOW = 200, 1000  # megabytes of free space
_SMTP = "django.core.mail.backends.smtp.EmailBackend"


def mode() -> Finding:
    """Which settings are these?"""
    name = "settings"
    if settings.DEBUG:
        return fail(name, "DEBUG is on: errors would show what people typed", "Use reable.web.settings.production.")
    if not settings.DEMO:
        return ok(name, "real use")
    if set(settings.ALLOWED_HOSTS) - _LOCAL:
        return fail(name, "the demo can be reached from other machines", "Use reable.web.settings.production.")
    return ok(name, "the demo: made-up people, this machine only")


def secret_key() -> Finding:
    """Is the key that signs sessions and links a secret?"""
    name, key = "secret key", settings.SECRET_KEY
    if settings.DEMO:
        return ok(name, "the demo has none")
    if len(key) < _SHORTEST_KEY or len(set(key)) < _FEWEST_LETTERS or key.startswith("django-insecure-"):
        return fail(
            name,
            "it can be guessed",
            'Make one: python3 -c "import secrets; print(secrets.token_urlsafe(60))", and set REABLE_SECRET_KEY.',
        )
    return ok(name, f"{len(key)} letters")


def hosts() -> Finding:
    """Under which names is the site reached?"""
    name = "names of the site"
    if settings.DEMO:
        return ok(name, "this machine only")
    if not settings.ALLOWED_HOSTS or "*" in settings.ALLOWED_HOSTS:
        return fail(name, "any name is accepted", "Set REABLE_HOSTS to the names under which people reach the clinic.")
    return ok(name, ", ".join(settings.ALLOWED_HOSTS))


def https() -> Finding:
    """Is everything encrypted on its way?"""
    name = "HTTPS"
    if settings.DEMO:
        return ok(name, "not needed on one machine")
    wanted = ("SECURE_SSL_REDIRECT", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_HSTS_SECONDS")
    missing = [setting for setting in wanted if not getattr(settings, setting, False)]
    if missing:
        return fail(name, f"switched off: {', '.join(missing)}", "Use reable.web.settings.production as it is.")
    return ok(name, "required, also of cookies")


def djangos_own() -> Finding:
    """What does Django itself complain about?"""
    name = "Django's own checks"
    found = django_checks.run_checks(include_deployment_checks=not settings.DEMO)
    said = [message for message in found if not message.is_silenced()]
    if not said:
        return ok(name, "nothing found")
    ids = ", ".join(sorted({message.id or "?" for message in said}))
    verdict = fail if any(message.level >= django_checks.ERROR for message in said) else warn
    return verdict(name, ids, "Run `python -m django check --deploy` and read what it says.")


def mail() -> Finding:
    """Can messages leave?"""
    name = "mail"
    if settings.EMAIL_BACKEND != _SMTP:
        where = settings.EMAIL_BACKEND.rsplit(".", 2)[-2]
        return bad(name, f"messages are not sent, they go to: {where}", "Use the SMTP backend of the real settings.")
    place = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
    try:
        with socket.create_connection((settings.EMAIL_HOST, settings.EMAIL_PORT), timeout=_MAIL_PATIENCE):
            return ok(name, f"{place} answers")
    except OSError as error:
        todo = "Check REABLE_MAIL_HOST and REABLE_MAIL_PORT, and that this machine may reach them."
        return fail(name, f"{place} does not answer ({type(error).__name__})", todo)


def sms() -> Finding:
    """Can an SMS leave, for those who want to be reminded that way?"""
    name = "SMS"
    if getattr(settings, "REABLE_SMS", ""):
        return ok(name, "sent by a class that the settings name")
    todo = (
        "Name a class that sends them in the setting REABLE_SMS, or tell people that the clinic reminds by e-mail only."
    )
    return ok(name, "only noted in the log") if settings.DEMO else warn(name, "not sent, only noted in the log", todo)


def clock() -> Finding:
    """Can this machine's time be right?"""
    name, now = "clock", datetime.now(UTC)
    built = datetime.fromtimestamp((COMPILED / ITEMS).stat().st_mtime, UTC)
    if now < built - timedelta(days=1):
        return fail(
            name, f"it says {now:%Y-%m-%d}, before this Reable was built", "Set the clock, best by a time service."
        )
    offset = time.localtime().tm_gmtoff // 60
    if offset % 15 or not -12 * 60 <= offset <= 14 * 60:
        return fail(
            name, f"it is {offset} minutes from UTC, which no place on earth is", "Set the machine's time zone."
        )
    return ok(name, f"{now:%Y-%m-%d %H:%M} UTC")


def disk() -> Finding:
    """Is there room for the database, its backups and the logs?"""
    name, place = "disk", _first_that_is(Path(settings.VAR))
    free = shutil.disk_usage(place).free // _MEGABYTE
    if free < _TIGHT:
        return fail(name, f"{free} MB free", "Make room now: without it nothing can be written.")
    if free < _LOW:
        return warn(name, f"{free} MB free", "Make room soon.")
    return ok(name, f"{free} MB free")


def privacy() -> Finding:
    """Can others of this machine read the data?"""
    name, place = "who can read", Path(settings.VAR)
    if place.exists() and place.stat().st_mode & (stat.S_IRGRP | stat.S_IROTH | stat.S_IXOTH):
        return bad(name, "others of this machine can look into REABLE_VAR", f"Run: chmod 700 {settings.VAR}")
    return ok(name, "only this account")


def _first_that_is(place: Path) -> Path:
    return next(one for one in (place, *place.parents) if one.exists())
