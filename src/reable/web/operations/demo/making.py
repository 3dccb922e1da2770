"""Makes the demo's database, once; starts over where that is asked for. A real clinic's database is never touched."""

import logging
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import OperationalError, connection, connections

from reable.errors import ReableError
from reable.web.accounts.models import RoleName
from reable.web.operations.demo.play import play
from reable.web.operations.demo.script import FIRST, Script, read_script
from reable.web.operations.demo.shapes import PersonScript
from reable.web.operations.site import var
from reable.web.records.models import Clinic

Announce = Callable[[str], None]


class NotTheDemos(ReableError):
    """The database is not the demo's: nothing was made or removed."""

    code = "web.not_the_demos"

    def __init__(self, what: str) -> None:
        super().__init__(what, hint="Give the demo a folder of its own: REABLE_VAR=FOLDER reable demo")


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoAccount:
    """Somebody made up whom one can sign in as."""

    name: str
    roles: tuple[str, ...]
    email: str
    clinic: str


def make_demo(*, fresh: bool, now: datetime, announce: Announce) -> bool:
    """Make the demo unless it is there; gives whether it was made. Raises: NotTheDemos, StepFailed, ScriptFaulty."""
    if not settings.DEMO:
        raise NotTheDemos("These are not the settings of the demo.")
    os.umask(0o077)  # what the site writes is for this account only
    var().mkdir(parents=True, exist_ok=True)
    _refuse_others()
    if fresh:
        _remove()
    call_command("migrate", interactive=False, verbosity=0)
    if Clinic.objects.filter(slug=FIRST).exists():
        announce("The demo clinics are there already. To start over: reable demo --fresh")
        return False
    announce("Making two clinics and their people; this takes some seconds.")
    with _quietly():
        play(read_script(), now=now)
    return True


def accounts(script: Script) -> tuple[DemoAccount, ...]:
    """List whom one can sign in as, clinic by clinic: who works there, then patients and helpers with an account."""
    found: list[DemoAccount] = []
    for key, clinic in script.clinics.items():
        for member in script.staff[key].values():
            roles = tuple(str(RoleName(role).label) for role in member.roles)
            found.append(DemoAccount(name=member.name, roles=roles, email=member.email, clinic=clinic.name))
        for person in script.people.values():
            if (person.clinic or FIRST) == key:
                found += _with_account(person, clinic.name)
    return tuple(found)


def _with_account(person: PersonScript, clinic: str) -> Iterator[DemoAccount]:
    for step in person.then:
        if step.sign_in and person.who is not None:
            yield DemoAccount(name=person.who.name, roles=("Patient",), email=person.who.email or "", clinic=clinic)
        if step.carer is not None:
            yield DemoAccount(name=step.carer.name, roles=("Helper",), email=step.carer.email, clinic=clinic)


def _refuse_others() -> None:
    """Refuse a database in which anything is that is not of the demo. Raises: NotTheDemos."""
    tables = connection.introspection.table_names()
    if not tables:
        return
    if Clinic._meta.db_table not in tables:
        raise NotTheDemos("The database holds tables of something else.")
    real = Clinic.objects.filter(is_demo=False).count()
    if real:
        raise NotTheDemos(f"The database holds {real} clinic(s) that are not of the demo.")


def _remove() -> None:
    """Remove the demo's own database file. Raises: NotTheDemos for a database that is no file, or that is in use."""
    if connection.vendor != "sqlite":
        raise NotTheDemos("Only a demo in an SQLite file can start over; empty this database by hand.")
    try:
        with connection.cursor() as cursor:  # leaving the write-ahead log needs the file for oneself
            cursor.execute("PRAGMA busy_timeout=500")
            cursor.execute("PRAGMA journal_mode=DELETE")
    except OperationalError as error:
        raise NotTheDemos("The demo is still running: stop it first.") from error
    connections.close_all()
    file = Path(str(settings.DATABASES["default"]["NAME"]))
    for end in ("", "-wal", "-shm"):
        file.with_name(file.name + end).unlink(missing_ok=True)


@contextmanager
def _quietly() -> Iterator[None]:
    """Keep the log of weeks that are played in seconds off the terminal."""
    log = logging.getLogger("reable")
    level = log.level
    log.setLevel(logging.WARNING)
    try:
        yield
    finally:
        log.setLevel(level)
