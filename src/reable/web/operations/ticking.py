"""`reable tick`: every minute, do what is due and seal the audit; say in a small file that it was done."""

import json
import logging
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from threading import Event

from django.db import connections

from reable.web.operations.checks.running import HEARTBEAT
from reable.web.operations.site import var
from reable.web.records.services.seal import seal
from reable.web.records.services.tick import tick

EVERY = 60  # seconds
ACTS: Mapping[str, Callable[[datetime], object]] = {"what is due": tick, "sealing": seal}

log = logging.getLogger("reable.tick")


def run_once(now: datetime) -> tuple[str, ...]:
    """Do everything that is due; gives what failed. One failing does not keep the others from being done."""
    failed = tuple(name for name, act in ACTS.items() if not _done(name, act, now))
    _beat(now, failed)
    return failed


def keep_ticking(stop: Event) -> None:
    """Tick until told to stop."""
    while not stop.is_set():
        run_once(datetime.now(UTC))
        stop.wait(EVERY)


def _done(name: str, act: Callable[[datetime], object], now: datetime) -> bool:
    try:
        act(now)
    except Exception:
        log.exception("%s failed", name)  # the next minute tries again
        return False
    finally:
        connections.close_all()
    return True


def _beat(now: datetime, failed: tuple[str, ...]) -> None:
    """Leave the time where `reable doctor` looks; whole or not at all."""
    beat = var(HEARTBEAT)
    beat.parent.mkdir(parents=True, exist_ok=True)
    draft = beat.with_suffix(".new")
    draft.write_text(json.dumps({"at": now.isoformat(), "failed": ", ".join(failed)}), encoding="utf-8")
    draft.replace(beat)
