"""How rows of the audit are hashed into the chain of their clinic. Never to be changed: old seals would not hold.

Kept apart from the tables: who writes a seal and who checks it must count alike.
"""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256
from uuid import UUID

FIRST = "0" * 64
"""What stands for the seal before the first one."""

GUARDS: Mapping[str, tuple[str, ...]] = {
    "sqlite": ("no_update", "no_delete", "no_replace"),
    "postgresql": ("no_change", "no_truncate"),
}
"""The triggers of each append-only table, by kind of database; their names begin with the table's."""

APPEND_ONLY = ("records_accessentry", "records_auditseal", "records_erasure")

FIELDS = ("id", "clinic_id", "at", "request_id", "user_id", "actor", "act", "method", "status", "patients", "inquiries")
"""The columns of an entry that its seal covers: all of them."""

Entry = tuple[object, ...]
"""The values of `FIELDS` of one entry."""


class Batch:
    """Adds up the entries of one seal, in the order of their ids."""

    def __init__(self, *, previous: str, clinic_id: UUID | None, number: int, at: datetime) -> None:
        self._sum = sha256(previous.encode())
        self._sum.update(canonical({"at": at, "clinic_id": clinic_id, "number": number}))
        self.entries = 0
        self.first = self.last = 0

    def add(self, entry: Entry) -> None:
        """Add the next entry."""
        id_ = entry[0]
        if not isinstance(id_, int):
            raise TypeError("the first value of an entry is its id")
        self.first = self.first or id_
        self.last = id_
        self.entries += 1
        self._sum.update(canonical(dict(zip(FIELDS, entry, strict=True))))

    @property
    def digest(self) -> str:
        """The digest that the seal holds."""
        return self._sum.hexdigest()


def canonical(values: Mapping[str, object]) -> bytes:
    """Write values in the one form that is the same on every database: sorted keys, UTC times, one line."""
    plain = {key: _plain(value) for key, value in values.items()}
    return json.dumps(plain, ensure_ascii=True, sort_keys=True, separators=(",", ":")).encode() + b"\n"


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return str(value) if isinstance(value, UUID) else value
