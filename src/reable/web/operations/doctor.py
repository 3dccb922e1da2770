"""`reable doctor`: look at everything that a clinic's site rests on, and say in plain words what to do."""

import logging
from collections.abc import Iterable

from django.conf import settings
from django.db import DatabaseError

from reable.errors import ReableError
from reable.web.operations.checks import data, running, site
from reable.web.operations.checks.finding import Check, Finding, Verdict, fail

log = logging.getLogger("reable.operations")

MACHINE: tuple[Check, ...] = (
    site.mode,
    site.secret_key,
    site.hosts,
    site.https,
    site.djangos_own,
    site.clock,
    site.disk,
)
DATA: tuple[Check, ...] = (data.database, data.durability, data.migrations, data.guards, data.knowledge, data.model)
PEOPLE: tuple[Check, ...] = (data.countries, data.time_zones)
AROUND: tuple[Check, ...] = (site.mail, site.sms, site.privacy)
RUNNING: tuple[Check, ...] = (running.static, running.help_pages, running.ticked, running.sealed, running.live)

BEFORE_START = (*MACHINE, *DATA, *PEOPLE)
"""Where one of these fails, a real site does not start. The others say what a site that runs still lacks."""

ALL = (*BEFORE_START, *AROUND, *RUNNING)


class NotFit(ReableError):
    """The site would not be safe to use."""

    code = "web.not_fit"

    def __init__(self, failed: Iterable[Finding]) -> None:
        lines = "\n".join(f"{one.name}: {one.said}. {one.todo}" for one in failed)
        super().__init__(f"The site does not start:\n{lines}", hint="`reable doctor` looks at everything.")


def examine(checks: Iterable[Check] = ALL) -> tuple[Finding, ...]:
    """Run checks; one that cannot even be made is a failure of its own."""
    return tuple(_found(check) for check in checks)


def must_be_fit() -> tuple[Finding, ...]:
    """Refuse to start a real site of which something essential fails; the demo starts all the same. Raises: NotFit."""
    found = examine(BEFORE_START)
    failed = [one for one in found if one.verdict is Verdict.FAIL]
    if failed and not settings.DEMO:
        raise NotFit(failed)
    return found


def _found(check: Check) -> Finding:
    try:
        return check()
    except DatabaseError:
        return fail(_name(check), "the database did not answer", "Mend what is said of the database first.")
    except Exception as error:
        log.exception("a check broke")  # whatever it is, the others must still be looked at
        said = f"could not be looked at ({type(error).__name__})"
        return fail(_name(check), said, "See the log; mend what is above first.")


def _name(check: Check) -> str:
    return check.__name__.replace("_", " ")
