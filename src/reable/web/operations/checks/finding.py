"""What a check found, and what to do about it."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from django.conf import settings


class Verdict(StrEnum):
    """How a thing stands."""

    OK = "ok"
    WARN = "warn"
    FAIL = "fail"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that was looked at. `todo` says in plain words what to do, and is empty where all is well."""

    name: str
    verdict: Verdict
    said: str
    todo: str = ""


Check = Callable[[], Finding]


def ok(name: str, said: str) -> Finding:
    """Say that all is well."""
    return Finding(name=name, verdict=Verdict.OK, said=said)


def warn(name: str, said: str, todo: str) -> Finding:
    """Say what should be better."""
    return Finding(name=name, verdict=Verdict.WARN, said=said, todo=todo)


def fail(name: str, said: str, todo: str) -> Finding:
    """Say what must not stay as it is."""
    return Finding(name=name, verdict=Verdict.FAIL, said=said, todo=todo)


def bad(name: str, said: str, todo: str) -> Finding:
    """Say what is tolerable in the demo and nowhere else."""
    return (warn if settings.DEMO else fail)(name, said, todo)
