"""Checks of what the site works with: database, tables, knowledge, numbers to call."""

from collections.abc import Iterator
from datetime import UTC, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from reable.assets import model_version
from reable.errors import ReableError
from reable.knowledge.shapes.care import Country
from reable.knowledge.shapes.source import Checked
from reable.web import core
from reable.web.operations.checks.finding import Finding, bad, fail, ok, warn
from reable.web.operations.site import operator
from reable.web.records.selectors.audit import missing_guards
from reable.web.records.selectors.clinics import all_clinics

_SQLITE = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
_POSTGRES = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}
_MOST_SECONDS_APART = 5


def database() -> Finding:
    """Does the database answer?"""
    name = "database"
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as error:
        said = f"{connection.vendor} does not answer ({type(error).__name__})"
        return fail(name, said, "Check REABLE_DATABASE, and that the database runs.")
    return ok(name, f"{connection.vendor} {'.'.join(str(part) for part in connection.get_database_version())}")


def durability() -> Finding:
    """Is what was written still there after the power fails? Asked of the database itself, not of the settings."""
    name = "durability"
    wanted: dict[str, object] = {**(_SQLITE if connection.vendor == "sqlite" else _POSTGRES)}
    found = {key: _said_of(key) for key in wanted}
    wrong = [f"{key} is {found[key]}, not {value}" for key, value in wanted.items() if found[key] != value]
    if wrong:
        return bad(
            name, "; ".join(wrong), "A power cut could lose bookings: set these back in the database's settings."
        )
    return ok(name, ", ".join(f"{key} {value}" for key, value in found.items()))


def _said_of(key: str) -> object:
    statement = f"PRAGMA {key}" if connection.vendor == "sqlite" else f"SHOW {key}"
    with connection.cursor() as cursor:
        cursor.execute(statement)
        row = cursor.fetchone()
    return row[0] if row else None


def migrations() -> Finding:
    """Do the tables fit this version of Reable?"""
    name, executor = "tables", MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        return fail(name, f"{len(plan)} step(s) behind this version", "Take a backup, then: python -m django migrate")
    return ok(name, "up to date")


def guards() -> Finding:
    """Does the database itself refuse to change the audit?"""
    name, missing = "guards of the audit", missing_guards()
    if "records_auditseal" not in connection.introspection.table_names():
        return fail(name, "there is no audit yet", "It comes with the tables.")
    if missing:
        todo = "Find out who removed them, then run: reable audit protect"
        return fail(name, f"missing: {', '.join(missing)}", todo)
    return ok(name, "rows can be added, nothing else")


def knowledge() -> Finding:
    """Is the knowledge there, and which?"""
    name = "knowledge"
    try:
        return ok(name, f"version {core.opened().versions.knowledge}")
    except (ReableError, OSError) as error:
        return fail(name, str(error).splitlines()[0], "Run `make knowledge`, or check REABLE_KNOWLEDGE.")


def model() -> Finding:
    """Is the learned part there? Danger never rests on it."""
    name, version = "model", model_version()
    if version == "none":
        return warn(name, "not there: own words are understood less well", "Run `reable learn`.")
    return ok(name, f"version {version}")


def countries() -> Finding:
    """Is everybody told whom to call? Asked for the site's country and for each clinic's (S11)."""
    name, known = "numbers to call", core.knowledge().countries
    codes = dict.fromkeys((settings.REABLE_COUNTRY, *(clinic.country for clinic in all_clinics(operator()))))
    missing = [lack for code in codes for lack in _missing(code, known.get(code))]
    if missing:
        return fail(name, "; ".join(missing), "Add them to countries.csv with their source, or set REABLE_COUNTRY.")
    unsure = [lack for code in codes for lack in _unsure(known[code])]
    if unsure:
        return warn(name, "; ".join(unsure), "Call or look them up, then write down where and when in countries.csv.")
    return ok(name, ", ".join(codes))


def _missing(code: str, country: Country | None) -> Iterator[str]:
    if country is None:
        yield f"{code}: nothing is known"
        return
    needed = {"emergency number": country.emergency_number, "crisis line": country.suicide_line}
    yield from (f"{code}: no {what}" for what, number in needed.items() if not number.strip())


def _unsure(country: Country) -> Iterator[str]:
    if country.checked is Checked.UNCHECKED:
        yield f"{country.country}: written from memory, never looked up"
    kinds = {"hours": country.suicide_hours, "text line": country.suicide_line_text, "deaf access": country.deaf_access}
    yield from (f"{country.country}: {what} not known" for what, value in kinds.items() if not value.strip())


def time_zones() -> Finding:
    """Are the clinics' local times known, and does the database agree on the time?"""
    name, unknown = "time", []
    for clinic in all_clinics(operator()):
        try:
            ZoneInfo(clinic.time_zone)
        except (ZoneInfoNotFoundError, ValueError):
            unknown.append(clinic.time_zone)
    if unknown:
        return fail(name, f"unknown time zones: {', '.join(unknown)}", "Set each clinic's, such as America/New_York.")
    apart = _seconds_apart()
    if apart > _MOST_SECONDS_APART:
        return warn(
            name, f"the database's clock is {apart} s away from ours", "Let both machines use one time service."
        )
    return ok(name, "time zones are known")


def _seconds_apart() -> int:
    if connection.vendor == "sqlite":
        return 0  # the same machine
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        row = cursor.fetchone()
    return int(abs((row[0] - datetime.now(UTC)).total_seconds())) if row else 0
