"""`reable audit`: check the chain, compare it with what was kept elsewhere, show the accesses to one person's data."""

import json
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from django.db import connection, transaction

from reable.errors import ReableError
from reable.web.operations.site import operator
from reable.web.records.selectors import audit
from reable.web.records.selectors.audit import Access, AuditReport, ChainReport, Head
from reable.web.records.services.audit import note_access

Json = dict[str, Any]


class NotHeads(ReableError):
    """A file does not hold the ends of chains."""

    code = "web.not_heads"

    def __init__(self, file: Path) -> None:
        super().__init__(
            f"'{file.name}' does not hold the ends of the audit's chains.",
            hint="Give a file that `reable audit verify --json` or `reable backup` wrote.",
        )


def verify(kept: Path | None = None) -> AuditReport:
    """Count all chains again, and compare their ends with those in the file `kept`. Raises: NotHeads."""
    return audit.verify_audit(operator(), heads=read_heads(kept) if kept else ())


def show(*, patient_id: UUID | None, inquiry_id: UUID | None) -> tuple[Access, ...]:
    """List who had to do with one person's data; looking is itself an entry of the audit."""
    actor = operator()
    found = audit.accesses(actor, patient_id=patient_id, inquiry_id=inquiry_id)
    note_access(actor, act="audit show", method="COMMAND", status=200, request_id=uuid4().hex[:12])
    return found


def protect() -> tuple[str, ...]:
    """Put triggers that are missing back; gives their names. That it was done is an entry of the audit."""
    missing = audit.missing_guards()
    if missing:
        migration = import_module("reable.web.records.migrations.0002_audit_triggers")  # its name is no identifier
        with transaction.atomic(), connection.cursor() as cursor:
            for statement in (*migration.no_guards(connection.vendor), *migration.guards(connection.vendor)):
                cursor.execute(statement)
        note_access(operator(), act="audit protect", method="COMMAND", status=200, request_id=uuid4().hex[:12])
    return missing


def report_to_plain(report: AuditReport) -> Json:
    """Write a report as plain data: kept elsewhere, it is what a later check compares with."""
    return {
        "holds": report.holds,
        "entries": report.entries,
        "sealed": report.sealed,
        "unsealed": report.unsealed,
        "chains": [_chain(chain) for chain in report.chains],
        "faults": [str(fault) for fault in report.faults],
        "unguarded": list(report.unguarded),
    }


def read_heads(file: Path) -> tuple[Head, ...]:
    """Read the ends of chains that were kept. Raises: NotHeads."""
    try:
        return tuple(_heads(json.loads(file.read_text(encoding="utf-8"))))
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise NotHeads(file) from error


def _heads(data: Json) -> Iterator[Head]:
    for chain in data["chains"]:
        head, clinic = chain["head"], chain["clinic_id"]
        if head is not None:
            yield Head(
                clinic_id=None if clinic is None else UUID(clinic), number=int(head["number"]), digest=head["digest"]
            )


def _chain(chain: ChainReport) -> Json:
    return {
        "clinic_id": None if chain.clinic_id is None else str(chain.clinic_id),
        "entries": chain.entries,
        "unsealed": chain.unsealed,
        "oldest_unsealed": None if chain.oldest_unsealed is None else chain.oldest_unsealed.isoformat(),
        "head": None if chain.head is None else {"number": chain.head.number, "digest": chain.head.digest},
    }
