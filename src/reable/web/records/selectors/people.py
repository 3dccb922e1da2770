"""New people: who asked a clinic and waits for a therapist's decision; newest danger first, then priority, then time.

Only therapists read this (S31). A private flag never shows here, neither by a word nor by the order (S13).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db.models import Exists, FilteredRelation, Max, OuterRef, Q, QuerySet
from django.db.models.fields.json import KeyTransform

from reable.terms import Discipline, Door, Polarity, Priority, Urgency
from reable.web.records.actor import Actor, ActorKind
from reable.web.records.finding import Finding, Record, concerns, derived, finding_of
from reable.web.records.inquiry_state import Entry, state_from
from reable.web.records.models import AppointmentStatus, Decision, Inquiry, InquiryEntry, Recommendation

A_PAGE = 20
MOST_DERIVED = 100  # of those who stopped on the way, the newest are asked of the core; it takes some milliseconds each
_LIVE = frozenset({Polarity.LIMITED.value, Polarity.WANTED.value})


class Stage(StrEnum):
    """Which people a board shows."""

    NEW = "new"
    DECIDED = "decided"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sieve:
    """What a board is narrowed to. No disciplines: those of the reader."""

    stage: Stage = Stage.NEW
    disciplines: tuple[Discipline, ...] = ()
    name: str = ""
    page: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """Something that is hard, or wanted back: its key, and the words that said it."""

    key: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """The latest decision of one discipline."""

    discipline: Discipline
    decision: str
    door: Door


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonLine:
    """Somebody on the board. `flags` are keys of dangers that may be shown."""

    inquiry_id: UUID
    name: str
    asked: datetime
    language: str
    for_other: bool
    age: int | None
    needs: tuple[Need, ...]
    door: Door
    order: tuple[Discipline, ...]
    urgency: Urgency | None
    flags: tuple[str, ...]
    unasked: int  # danger questions without an answer
    priority: Priority
    finished: bool  # the person was shown a recommendation
    decisions: tuple[Decided, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """One page of people."""

    lines: tuple[PersonLine, ...]
    total: int
    page: int
    pages: int
    left_out: int  # more who stopped on the way, longer ago than those that are listed


def people(actor: Actor, sieve: Sieve, *, now: datetime | None = None) -> Board:
    """Give a page of those who asked the actor's clinic. Raises: NotAllowed, Unscoped."""
    actor.must_be(ActorKind.PT, ActorKind.OT, to="see new people")
    return _Board(actor, sieve, now or datetime.now(UTC)).shown()


def visible_inquiries(clinic_id: UUID, now: datetime) -> QuerySet[Inquiry]:
    """Give the inquiries that a clinic may see: begun on its link or booked there, and not yet forgotten."""
    booked = Exists(
        AppointmentStatus.objects.filter(appointment__booking__inquiry=OuterRef("pk"), appointment__clinic_id=clinic_id)
    )
    rows = Inquiry.objects.annotate(booked=booked).filter(erased_at__isnull=True)
    return rows.filter(Q(booked=True) | Q(clinic_id=clinic_id, expires_at__gt=now))


@dataclass(slots=True)
class _Asked:
    """What is known of one inquiry while a board is made."""

    id: UUID
    begun_at: datetime
    last_at: datetime
    patient_id: UUID | None
    name: str
    finding: Finding | None = None
    kept_id: UUID | None = None  # the answer that holds all that was told
    finished: bool = False
    decisions: tuple[Decided, ...] = ()
    decided_at: datetime | None = None


class _Board:
    """One look at a clinic's new people, in five reads."""

    def __init__(self, actor: Actor, sieve: Sieve, now: datetime) -> None:
        self._actor, self._sieve, self._now = actor, sieve, now
        self._clinic = actor.clinic
        self._mine = sieve.disciplines or actor.disciplines
        self._left_out = 0

    def shown(self) -> Board:
        """Choose, order, cut to a page, and fill what the page shows."""
        asked = self._asked()
        self._decide(asked)
        if self._sieve.stage is Stage.DECIDED:
            found = [one for one in asked.values() if self._is_decided(one)]
            found.sort(key=lambda one: one.decided_at or one.begun_at, reverse=True)
        else:
            found = [one for one in asked.values() if not self._is_decided(one)]
            self._find(found)
            found = sorted((one for one in found if one.finding and self._is_mine(one)), key=_rank)
        pages = max(1, -(-len(found) // A_PAGE))
        page = min(max(1, self._sieve.page), pages)
        cut = found[(page - 1) * A_PAGE : page * A_PAGE]
        self._fill(cut)
        self._actor.reads(inquiries=[one.id for one in cut], patients=[one.patient_id for one in cut if one.patient_id])
        lines = tuple(_line(one) for one in cut if one.finding is not None)
        return Board(lines=lines, total=len(found), page=page, pages=pages, left_out=self._left_out)

    def _asked(self) -> dict[UUID, _Asked]:
        """Read who asked; a name only where it was given to this clinic."""
        rows = visible_inquiries(self._clinic, self._now).annotate(
            last_at=Max("entries__at"), here=FilteredRelation("bookings", condition=Q(bookings__clinic_id=self._clinic))
        )
        if self._sieve.stage is Stage.DECIDED:
            rows = rows.filter(Exists(self._decisions().filter(recommendation__inquiry=OuterRef("pk"))))
        if self._sieve.name:
            rows = rows.filter(here__patient__name__icontains=self._sieve.name)
        values = rows.values_list("id", "begun_at", "last_at", "here__patient_id", "here__patient__name")
        return {
            id_: _Asked(id_, begun_at, last_at or begun_at, patient_id, name or "")
            for id_, begun_at, last_at, patient_id, name in values
        }

    def _decisions(self) -> QuerySet[Decision]:
        return Decision.objects.filter(clinic_id=self._clinic)

    def _decide(self, asked: Mapping[UUID, _Asked]) -> None:
        """Add what was decided; of each discipline the latest counts."""
        rows = self._decisions().filter(recommendation__inquiry_id__in=asked.keys()).order_by("at")
        latest: dict[UUID, dict[str, Decided]] = {}
        for inquiry_id, discipline, decision, door, at in rows.values_list(
            "recommendation__inquiry_id", "discipline", "decision", "door", "at"
        ):
            made = Decided(discipline=Discipline(discipline), decision=decision, door=Door(door))
            latest.setdefault(inquiry_id, {}).pop(discipline, None)
            latest[inquiry_id][discipline] = made
            asked[inquiry_id].decided_at = at
        for inquiry_id, made_by in latest.items():
            asked[inquiry_id].decisions = tuple(made_by.values())

    def _is_decided(self, one: _Asked) -> bool:
        return any(made.discipline in self._mine for made in one.decisions)

    def _is_mine(self, one: _Asked) -> bool:
        """Test if it is work of these disciplines: after a decision of the other one, only what it hands over."""
        if one.decisions:
            handed = one.decisions[-1].door
            return handed is Door.BOTH or any(handed.value == discipline.value for discipline in self._mine)
        return one.finding is not None and (bool(one.finding.shown) or concerns(one.finding.door, self._mine))

    def _find(self, found: Iterable[_Asked]) -> None:
        """Add the answer to each, in the parts that the order needs; who stopped on the way is asked of the core."""
        asked = {one.id: one for one in found}
        for inquiry_id, kept_id, at, record in _kept(asked.keys()):
            asked[inquiry_id].finished = True
            if at >= asked[inquiry_id].last_at:
                asked[inquiry_id].finding, asked[inquiry_id].kept_id = finding_of(record), kept_id
        missing = [one for one in asked.values() if one.finding is None]
        missing.sort(key=lambda one: one.last_at, reverse=True)
        self._left_out = len(missing[MOST_DERIVED:])
        _derive(missing[:MOST_DERIVED])

    def _fill(self, cut: list[_Asked]) -> None:
        """Add the whole record to those on the page."""
        if self._sieve.stage is Stage.DECIDED:
            self._find(cut)
        kept = {one.kept_id: one for one in cut if one.kept_id is not None}
        rows = Recommendation.objects.filter(id__in=kept.keys()).values_list("id", "record") if kept else ()
        for id_, record in rows:
            kept[id_].finding = finding_of(record)


def _kept(inquiries: Iterable[UUID]) -> Iterable[tuple[UUID, UUID, datetime, Record]]:
    """Read the parts of the answers that were shown, oldest first."""
    rows = Recommendation.objects.filter(inquiry_id__in=list(inquiries)).order_by("at")
    rows = rows.annotate(
        flags=KeyTransform("red_flags", "record"),
        priority=KeyTransform("therapy_priority", "record"),
        pending=KeyTransform("pending", KeyTransform("derivation", "record")),
        aside=KeyTransform("set_aside", KeyTransform("derivation", "record")),
    )
    fields = ("inquiry_id", "id", "at", "door", "leaning", "flags", "priority", "pending", "aside")
    for inquiry_id, id_, at, door, leaning, flags, priority, pending, aside in rows.values_list(*fields):
        parts: dict[str, Any] = {"door": door, "leaning": leaning, "red_flags": flags, "therapy_priority": priority}
        yield inquiry_id, id_, at, {**parts, "derivation": {"pending": pending, "set_aside": aside}}


def _derive(asked: list[_Asked]) -> None:
    entries: dict[UUID, list[Entry]] = {one.id: [] for one in asked}
    rows = InquiryEntry.objects.filter(inquiry_id__in=entries.keys()).order_by("id") if entries else ()
    for entry in rows:
        entries[entry.inquiry_id].append((entry.kind, entry.data))
    for one in asked:
        record = derived(state_from(one.id, None, entries[one.id]))
        one.finding = None if record is None else finding_of(record)


def _rank(one: _Asked) -> tuple[bool, float, int, float]:
    """Order: newest danger first, then priority, then who has waited longest."""
    assert one.finding is not None  # noqa: S101 - only those with an answer are ordered
    dangerous = bool(one.finding.shown)
    newest = -one.last_at.timestamp() if dangerous else 0.0
    return not dangerous, newest, one.finding.priority.rank, one.begun_at.timestamp()


def needs_of(finding: Finding) -> tuple[Need, ...]:
    """List what is hard or wanted back. Words that a private flag rests on are left out (S13)."""
    hidden = [span for danger in finding.dangers if danger.private for span in danger.spans]
    record = finding.record
    said = [
        Need(key=one["icf"], words="" if _overlaps(one, hidden) else " ".join(one["words"].split()))
        for one in record.get("limitations") or ()
        if one["polarity"] in _LIVE
    ]
    answers = (record.get("inquiry") or {}).get("answers") or {}
    tapped = [
        Need(key=key.removeprefix("limitation:"), words="")
        for key, answer in answers.items()
        if key.startswith("limitation:") and answer in ("yes", "a_little")
    ]
    unique = {need.key: need for need in reversed((*said, *tapped))}
    return tuple(reversed(unique.values()))


def _overlaps(place: Record, spans: Iterable[tuple[int, int]]) -> bool:
    return any(place["start"] < end and start < place["end"] for start, end in spans)


def _line(one: _Asked) -> PersonLine:
    assert one.finding is not None  # noqa: S101 - only those with an answer are shown
    finding, told = one.finding, one.finding.record.get("inquiry") or {}
    return PersonLine(
        inquiry_id=one.id,
        name=one.name,
        asked=one.begun_at,
        language=told.get("lang") or "",
        for_other=told.get("relation") == "proxy",
        age=told.get("age"),
        needs=needs_of(finding),
        door=finding.door,
        order=tuple(Discipline(each) for each in finding.record.get("order") or ()),
        urgency=finding.urgency,
        flags=tuple(danger.key for danger in finding.shown),
        unasked=len(finding.pending),
        priority=finding.priority,
        finished=one.finished,
        decisions=one.decisions,
    )
