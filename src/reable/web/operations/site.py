"""Open the site for a command: settings, tables, connections. Only then may a command touch the records."""

import os
from pathlib import Path

import django
from django.apps import apps
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from reable.errors import ReableError
from reable.web.records.actor import Actor, ActorKind

DEMO, PRODUCTION = "reable.web.settings.demo", "reable.web.settings.production"
_CHOICE = "DJANGO_SETTINGS_MODULE"


class SettingsWrong(ReableError):
    """A setting is missing or unsafe."""

    code = "web.settings_wrong"

    def __init__(self, what: str) -> None:
        super().__init__(what, hint="See docs/how-to/run-a-clinic.md, or add --demo to work on the demo clinic.")


def open_site(*, demo: bool = False) -> None:
    """Read the settings and make the tables known; the real clinic's unless the demo is asked for.

    Raises: SettingsWrong.
    """
    if apps.ready:
        return
    chosen = os.environ.get(_CHOICE)
    if demo and chosen not in (None, DEMO):
        raise SettingsWrong(f"--demo was given, but {_CHOICE} says '{chosen}'.")
    os.environ.setdefault(_CHOICE, DEMO if demo else PRODUCTION)
    try:
        django.setup()
    except (ImproperlyConfigured, ValueError) as error:
        raise SettingsWrong(str(error)) from error


def var(*names: str) -> Path:
    """Give a place in the folder into which a running clinic writes."""
    return Path(settings.VAR).joinpath(*names)


def operator() -> Actor:
    """Give the actor of whoever runs commands on the machine itself."""
    return Actor(kind=ActorKind.OPERATOR)
