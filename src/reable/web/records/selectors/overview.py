"""What a manager counts: how recommendations and decisions agree, how long people wait, who did not come, what is late.

Each number is computed from rows, and the rows behind it can be listed; no name and no clinical word is among them.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from statistics import median_low
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.fields.json import KeyTransform

from reable import book
from reable.book import VisitState
from reable.terms import Discipline, Door
from reable.web.records.actor import Actor, ActorKind
from reable.web.records.finding import finding_of
from reable.web.records.models import Appointment, Decision, Referral, ReferralStatus, Task, WaitingListEntry
from reable.web.records.selectors.bookings import latest
from reable.web.records.selectors.places import zone_of

_CAME = (VisitState.ARRIVED, VisitState.DONE)


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionLine:
    """The decision of one discipline on one recommendation, and what was recommended."""

    on: date
    discipline: Discipline
    recommended: Door
    decision: str
    door: Door
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """How often therapists went with a door that was recommended."""

    recommended: Door
    accepted: int
    changed: int
    declined: int

    @property
    def decided(self) -> int:
        """All decisions on this door."""
        return self.accepted + self.changed + self.declined


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitLine:
    """How many days somebody waited from asking to the first visit."""

    asked: date
    visited: date
    days: int
    discipline: Discipline


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitLine:
    """A visit that was missed."""

    on: date
    discipline: Discipline
    therapist: str
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """The numbers, from `since` on; open things as they are now. Days are None where nobody has come yet."""

    since: date
    today: date
    agreement: tuple[Agreement, ...]
    first_visits: int
    median_days: int | None
    longest_days: int | None
    came: int
    missed: int
    tasks: int
    tasks_late: int
    referrals_overdue: int
    waiting: int


def overview(actor: Actor, since: date, *, now: datetime | None = None) -> Overview:
    """Count. Raises: NotAllowed, Unscoped."""
    now, zone, begin = _since(actor, since, now)
    waits = sorted(line.days for line in _waits(actor.clinic, zone, begin))
    tasks = Task.objects.filter(clinic_id=actor.clinic, done_at__isnull=True)
    today = book.day_of(now, zone)
    return Overview(
        since=since,
        today=today,
        agreement=tuple(_agreement(_decisions(actor.clinic, zone, begin))),
        first_visits=len(waits),
        median_days=median_low(waits) if waits else None,
        longest_days=waits[-1] if waits else None,
        came=_visits(actor.clinic, begin, now, *_CAME).count(),
        missed=_visits(actor.clinic, begin, now, VisitState.NO_SHOW).count(),
        tasks=tasks.count(),
        tasks_late=tasks.filter(due_at__lt=now).count(),
        referrals_overdue=_overdue(actor.clinic, today),
        waiting=WaitingListEntry.objects.filter(
            clinic_id=actor.clinic, left_at__isnull=True, patient__erased_at__isnull=True
        ).count(),
    )


def decisions(actor: Actor, since: date, *, now: datetime | None = None) -> tuple[DecisionLine, ...]:
    """List the decisions behind the agreement, the latest first. Raises: NotAllowed, Unscoped."""
    _now, zone, begin = _since(actor, since, now)
    return tuple(sorted(_decisions(actor.clinic, zone, begin), key=lambda line: line.on, reverse=True))


def first_visits(actor: Actor, since: date, *, now: datetime | None = None) -> tuple[WaitLine, ...]:
    """List the waits behind the median, the longest first. Raises: NotAllowed, Unscoped."""
    _now, zone, begin = _since(actor, since, now)
    return tuple(sorted(_waits(actor.clinic, zone, begin), key=lambda line: line.days, reverse=True))


def missed_visits(actor: Actor, since: date, *, now: datetime | None = None) -> tuple[VisitLine, ...]:
    """List the visits that nobody came to, the latest first. Raises: NotAllowed, Unscoped."""
    now, zone, begin = _since(actor, since, now)
    rows = _visits(actor.clinic, begin, now, VisitState.NO_SHOW).order_by("-starts_at")
    return tuple(
        VisitLine(
            on=book.day_of(row.starts_at, zone),
            discipline=Discipline(row.discipline),
            therapist=row.therapist.name,
            place=row.location.name,
        )
        for row in rows.select_related("therapist", "location")
    )


def _since(actor: Actor, since: date, now: datetime | None) -> tuple[datetime, ZoneInfo, datetime]:
    actor.must_be(ActorKind.MANAGER, to="see the numbers of the clinic")
    zone = zone_of(actor.clinic)
    return now or datetime.now(UTC), zone, book.instant(since, time.min, zone)


def _decisions(clinic_id: UUID, zone: ZoneInfo, begin: datetime) -> Iterator[DecisionLine]:
    """Give the latest decision of each discipline on each way; the door as it may be shown (S13)."""
    rows = Decision.objects.filter(clinic_id=clinic_id, at__gte=begin).order_by("at")
    rows = rows.annotate(flags=KeyTransform("red_flags", "recommendation__record"))
    last = {(row.recommendation.inquiry_id, row.discipline): row for row in rows.select_related("recommendation", "by")}
    for row in last.values():
        parts = {"door": row.recommendation.door, "leaning": row.recommendation.leaning, "red_flags": row.flags}
        yield DecisionLine(
            on=book.day_of(row.at, zone),
            discipline=Discipline(row.discipline),
            recommended=finding_of(parts).door,
            decision=row.decision,
            door=Door(row.door),
            by=str(row.by),
        )


def _agreement(lines: Iterable[DecisionLine]) -> Iterator[Agreement]:
    counts: dict[Door, dict[str, int]] = {}
    for line in lines:
        of_door = counts.setdefault(line.recommended, {})
        of_door[line.decision] = of_door.get(line.decision, 0) + 1
    for door in Door:
        if door in counts:
            made = counts[door]
            yield Agreement(
                recommended=door,
                accepted=made.get("accepted", 0),
                changed=made.get("changed", 0),
                declined=made.get("declined", 0),
            )


def _waits(clinic_id: UUID, zone: ZoneInfo, begin: datetime) -> Iterator[WaitLine]:
    """Give each person's way from asking to the first visit they came to; who did not ask here, from the booking."""
    rows = Appointment.objects.filter(clinic_id=clinic_id).annotate(state=latest("state")).filter(state__in=_CAME)
    fields = ("patient_id", "starts_at", "discipline", "booking__made_at", "booking__inquiry__begun_at")
    seen: set[UUID] = set()
    for patient_id, starts_at, discipline, made_at, begun_at in rows.order_by("starts_at").values_list(*fields):
        if patient_id in seen:
            continue
        seen.add(patient_id)
        if starts_at >= begin:
            asked, visited = book.day_of(begun_at or made_at, zone), book.day_of(starts_at, zone)
            days = max(0, (visited - asked).days)
            yield WaitLine(asked=asked, visited=visited, days=days, discipline=Discipline(discipline))


def _visits(clinic_id: UUID, begin: datetime, now: datetime, *states: VisitState) -> QuerySet[Appointment]:
    rows = Appointment.objects.filter(clinic_id=clinic_id, starts_at__gte=begin, starts_at__lte=now)
    return rows.annotate(state=latest("state")).filter(state__in=states)


def _overdue(clinic_id: UUID, today: date) -> int:
    due = ReferralStatus.objects.filter(referral=OuterRef("pk")).order_by("-id").values("due_on")[:1]
    rows = Referral.objects.filter(clinic_id=clinic_id, patient__erased_at__isnull=True)
    return rows.annotate(due=Subquery(due)).filter(due__lt=today).count()
