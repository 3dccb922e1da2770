"""Seal the audit: entries are hashed, clinic by clinic, into a chain in which nothing can be changed unseen."""

import logging
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from reable.web.records.audit_chain import FIELDS, FIRST, Batch
from reable.web.records.models import AccessEntry, AuditSeal, Clinic
from reable.web.records.selectors.audit import of_chain

MOST_ENTRIES = 5000  # in one seal: what a fault can be narrowed down to
_PATIENCE = "SET LOCAL lock_timeout = '5s'"

log = logging.getLogger("reable.audit")


def seal(now: datetime) -> int:
    """Seal what came since the last seal of each chain; gives how many seals were made.

    Entries of no clinic have a chain of their own. Run twice, or by two ticks at once, it seals each entry once.
    The log names each seal: whoever keeps the log elsewhere can tell if the end of a chain was cut off.
    """
    chains: list[UUID | None] = [None, *Clinic.objects.order_by("id").values_list("id", flat=True)]
    return sum(_seal_chain(clinic_id, now) for clinic_id in chains)


def _seal_chain(clinic_id: UUID | None, now: datetime) -> int:
    made = 0
    while _seal_batch(clinic_id, now):
        made += 1
    return made


@transaction.atomic
def _seal_batch(clinic_id: UUID | None, now: datetime) -> bool:
    """Make the next seal of a chain; false if there is nothing to seal."""
    _wait_for_writers()
    last = AuditSeal.objects.filter(of_chain(clinic_id)).order_by("-number").first()
    previous, number, after = (last.digest, last.number + 1, last.last_entry) if last else (FIRST, 1, 0)
    batch = Batch(previous=previous, clinic_id=clinic_id, number=number, at=now)
    entries = AccessEntry.objects.filter(of_chain(clinic_id), id__gt=after).order_by("id")
    for entry in entries.values_list(*FIELDS)[:MOST_ENTRIES]:
        batch.add(entry)
    if not batch.entries:
        return False
    AuditSeal.objects.create(
        clinic_id=clinic_id,
        number=number,
        first_entry=batch.first,
        last_entry=batch.last,
        entries=batch.entries,
        previous=previous,
        digest=batch.digest,
        at=now,
    )
    log.info("sealed chain %s number %d entries %d digest %s", clinic_id or "none", number, batch.entries, batch.digest)
    return True


def _wait_for_writers() -> None:
    """Let writes that have begun end, and hold new ones back for a moment; a second tick waits here too.

    PostgreSQL gives ids before rows can be seen: without the lock an entry could appear behind a seal that left
    it out. SQLite has one writer at a time, and a transaction takes its lock at the start.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(_PATIENCE)
            cursor.execute("LOCK TABLE records_accessentry IN SHARE ROW EXCLUSIVE MODE")
