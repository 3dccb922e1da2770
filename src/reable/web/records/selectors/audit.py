"""Check the chain of the audit, and show who had to do with whose data: ids and acts, never content."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import Q, TextField
from django.db.models.functions import Cast

from reable.web.records import audit_chain
from reable.web.records.actor import Actor, ActorKind
from reable.web.records.audit_chain import Batch
from reable.web.records.models import AccessEntry, AuditSeal, Clinic, Erasure

_MOST_ROWS = 1000  # read from the database at a time


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The last seal of a chain as it once was: kept elsewhere, it tells if the end of the chain was cut off."""

    clinic_id: UUID | None
    number: int
    digest: str
    last_entry: int = 0  # not known of one that was kept elsewhere


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditFault:
    """One thing that does not hold, and between which entries."""

    clinic_id: UUID | None
    seal: int
    first_entry: int
    last_entry: int
    what: str

    def __str__(self) -> str:
        place = f"clinic {self.clinic_id or 'none'}, seal {self.seal}, entries {self.first_entry} to {self.last_entry}"
        return f"{place}: {self.what}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainReport:
    """One chain: how much of it is sealed, and by what it ends."""

    clinic_id: UUID | None
    entries: int
    unsealed: int
    oldest_unsealed: datetime | None
    head: Head | None
    faults: tuple[AuditFault, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditReport:
    """The whole audit. `unguarded` names triggers that are missing: without them rows can be changed."""

    chains: tuple[ChainReport, ...]
    unguarded: tuple[str, ...]

    @property
    def entries(self) -> int:
        """All entries."""
        return sum(chain.entries for chain in self.chains)

    @property
    def sealed(self) -> int:
        """Entries that a seal covers."""
        return self.entries - self.unsealed

    @property
    def unsealed(self) -> int:
        """Entries that came after the last seal: nothing protects these yet but the triggers."""
        return sum(chain.unsealed for chain in self.chains)

    @property
    def faults(self) -> tuple[AuditFault, ...]:
        """Everything that does not hold."""
        return tuple(fault for chain in self.chains for fault in chain.faults)

    @property
    def holds(self) -> bool:
        """Test if nothing was found wrong."""
        return not self.faults and not self.unguarded


def verify_audit(actor: Actor, *, heads: Iterable[Head] = ()) -> AuditReport:
    """Count every chain again. `heads` are ends that were kept elsewhere and must still be in their chain.

    Without them a chain whose last seals and entries were all removed looks like a shorter, sound one.
    Raises: NotAllowed.
    """
    actor.must_be(ActorKind.OPERATOR, ActorKind.TICK, to="audit verify")
    kept: dict[UUID | None, dict[int, str]] = {}
    for head in heads:
        kept.setdefault(head.clinic_id, {})[head.number] = head.digest
    clinics = set(Clinic.objects.values_list("id", flat=True)) | set(kept) - {None}
    chains: list[UUID | None] = [None, *sorted(clinics, key=str)]
    return AuditReport(
        chains=tuple(_Chain(clinic_id, kept.get(clinic_id, {})).report() for clinic_id in chains),
        unguarded=missing_guards(),
    )


def chain_heads(actor: Actor) -> tuple[Head, ...]:
    """Give the last seal of each chain, without checking it: to be kept elsewhere. Raises: NotAllowed."""
    actor.must_be(ActorKind.OPERATOR, ActorKind.TICK, to="audit heads")
    chains: list[UUID | None] = [None, *Clinic.objects.order_by("id").values_list("id", flat=True)]
    latest = (AuditSeal.objects.filter(of_chain(clinic_id)).order_by("-number").first() for clinic_id in chains)
    return tuple(_head(row) for row in latest if row)


def erased_ids(actor: Actor) -> frozenset[tuple[str, UUID]]:
    """List the kind and id of everything that was erased. Raises: NotAllowed."""
    actor.must_be(ActorKind.OPERATOR, ActorKind.TICK, to="list erasures")
    return frozenset(Erasure.objects.values_list("kind", "erased_id"))


def of_chain(clinic_id: UUID | None) -> Q:
    """Choose the rows of one chain; those of no clinic are a chain too."""
    return Q(clinic_id__isnull=True) if clinic_id is None else Q(clinic_id=clinic_id)


def missing_guards() -> tuple[str, ...]:
    """Name the triggers that should keep the rows of the audit as they are, but are not there or switched off."""
    if connection.vendor == "sqlite":
        query = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    else:
        query = "SELECT tgname FROM pg_trigger WHERE tgenabled IN ('O', 'A') AND NOT tgisinternal"
    with connection.cursor() as cursor:
        cursor.execute(query)
        there = {name for (name,) in cursor.fetchall()}
    wanted = (f"{table}_{kind}" for table in audit_chain.APPEND_ONLY for kind in audit_chain.GUARDS[connection.vendor])
    return tuple(name for name in wanted if name not in there)


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """One row of the audit."""

    at: datetime
    clinic_id: UUID | None
    user_id: UUID | None
    actor: str
    act: str
    method: str
    status: int
    request_id: str


def accesses(actor: Actor, *, patient_id: UUID | None = None, inquiry_id: UUID | None = None) -> tuple[Access, ...]:
    """List who had to do with the data of a patient or an inquiry, oldest first. Raises: NotAllowed."""
    actor.must_be(ActorKind.OPERATOR, to="audit show")
    actor.reads(patients=[patient_id] if patient_id else [], inquiries=[inquiry_id] if inquiry_id else [])
    # The lists of ids are looked through as text: SQLite cannot ask whether JSON contains a value.
    rows = AccessEntry.objects.annotate(of=Cast("patients", TextField()), about=Cast("inquiries", TextField()))
    wanted = Q(pk__in=[])
    if patient_id is not None:
        wanted |= Q(of__contains=str(patient_id))
    if inquiry_id is not None:
        wanted |= Q(about__contains=str(inquiry_id))
    return tuple(
        Access(
            at=row.at,
            clinic_id=row.clinic_id,
            user_id=row.user_id,
            actor=row.actor,
            act=row.act,
            method=row.method,
            status=row.status,
            request_id=row.request_id,
        )
        for row in rows.filter(wanted).order_by("id").iterator(chunk_size=_MOST_ROWS)
    )


def oldest_unsealed(actor: Actor) -> datetime | None:
    """Say since when entries wait for a seal; none waits if all are sealed. Raises: NotAllowed."""
    ends = {head.clinic_id: head.last_entry for head in chain_heads(actor)}
    chains: list[UUID | None] = [None, *Clinic.objects.values_list("id", flat=True)]
    waiting = (
        AccessEntry.objects.filter(of_chain(id_), id__gt=ends.get(id_, 0)).order_by("id").values_list("at").first()
        for id_ in chains
    )
    return min((found[0] for found in waiting if found is not None), default=None)


class _Chain:
    """Goes through the seals and entries of one clinic side by side, once."""

    def __init__(self, clinic_id: UUID | None, kept: Mapping[int, str]) -> None:
        self.clinic_id, self.kept = clinic_id, dict(kept)
        self.faults: list[AuditFault] = []
        seals = AuditSeal.objects.filter(of_chain(clinic_id))
        latest = seals.order_by("-number").values_list("number", flat=True).first() or 0
        # What is sealed or written while this runs must not look like a fault: seals up to the latest, entries after.
        self.seals = seals.filter(number__lte=latest).order_by("number", "id").iterator(chunk_size=_MOST_ROWS)
        rows = AccessEntry.objects.filter(of_chain(clinic_id)).order_by("id").values_list(*audit_chain.FIELDS)
        self.rows: Iterator[audit_chain.Entry] = rows.iterator(chunk_size=_MOST_ROWS)
        self.waiting: audit_chain.Entry | None = None
        self.count = 0

    def report(self) -> ChainReport:
        """Check each seal against the one before and against its entries."""
        before: AuditSeal | None = None
        for one in self.seals:
            self._check(one, before)
            before = one
        for number in sorted(self.kept):
            self._fault(number, 0, 0, "this seal was there before and is not there now: the end was cut off")
        sealed = self.count
        tail = list(self._until(None))
        return ChainReport(
            clinic_id=self.clinic_id,
            entries=self.count,
            unsealed=self.count - sealed,
            oldest_unsealed=_time_of(tail[0]) if tail else None,
            head=_head(before) if before else None,
            faults=tuple(self.faults),
        )

    def _check(self, one: AuditSeal, before: AuditSeal | None) -> None:
        previous, number, last = (
            (before.digest, before.number, before.last_entry) if before else (audit_chain.FIRST, 0, 0)
        )
        batch = Batch(previous=one.previous, clinic_id=self.clinic_id, number=one.number, at=one.at)
        for entry in self._until(one.last_entry):
            batch.add(entry)
        for what in _faults(one, batch, previous=previous, number=number, last=last):
            self._fault(one.number, one.first_entry, one.last_entry, what)
        if self.kept.pop(one.number, one.digest) != one.digest:
            self._fault(one.number, one.first_entry, one.last_entry, "this seal is not the one that was kept elsewhere")

    def _until(self, last: int | None) -> Iterator[audit_chain.Entry]:
        """Give the next entries up to this id, or all that are left."""
        while True:
            entry = self.waiting or next(self.rows, None)
            if entry is None or (last is not None and isinstance(entry[0], int) and entry[0] > last):
                self.waiting = entry
                return
            self.waiting = None
            self.count += 1
            yield entry

    def _fault(self, seal: int, first: int, last: int, what: str) -> None:
        self.faults.append(
            AuditFault(clinic_id=self.clinic_id, seal=seal, first_entry=first, last_entry=last, what=what)
        )


def _faults(one: AuditSeal, batch: Batch, *, previous: str, number: int, last: int) -> Iterator[str]:
    """Say what does not hold between a seal, the one before, and the entries that it covers."""
    if one.number > number + 1:
        yield f"{one.number - number - 1} seal(s) before this one were removed"
    elif one.number <= number:
        yield "there are two seals of this number"
    elif one.previous != previous:
        yield "the seal before this one was altered, or this one was"
    if one.first_entry <= last:
        yield "this seal covers entries that the one before covers"
    missing = one.entries - batch.entries
    if missing > 0:
        yield f"{missing} of {one.entries} entries were removed"
    elif missing < 0:
        yield f"{-missing} entries were inserted"
    elif (batch.first, batch.last) != (one.first_entry, one.last_entry):
        yield "entries were exchanged for others"
    elif batch.digest != one.digest:
        yield "an entry was altered, or this seal was"


def _head(row: AuditSeal) -> Head:
    return Head(clinic_id=row.clinic_id, number=row.number, digest=row.digest, last_entry=row.last_entry)


def _time_of(entry: audit_chain.Entry) -> datetime | None:
    at = entry[audit_chain.FIELDS.index("at")]
    return at if isinstance(at, datetime) else None
