"""The schedule of a clinic: days and weeks with their visits. Names and times, no clinical word (S31)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from reable import book
from reable.book import VisitAct, VisitState, visits
from reable.terms import Discipline
from reable.web.records.actor import Actor, ActorKind
from reable.web.records.models import Appointment, Closure
from reable.web.records.selectors.bookings import facts_of, latest, roles_in
from reable.web.records.selectors.openings import Post, clinic_row, openings

WEEK = 7
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduledVisit:
    """A visit in the schedule. `held`: offered to somebody of the waiting list, who has not answered yet."""

    appointment_id: UUID
    booking_id: UUID
    patient_id: UUID
    name: str
    telephone: str
    discipline: Discipline
    therapist_id: UUID
    therapist: str
    location_id: UUID
    location: str
    room: str
    starts_at: datetime
    ends_at: datetime
    wall: datetime
    wall_end: datetime
    state: VisitState | None
    held: bool
    acts: tuple[VisitAct, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """When a therapist works at a location on a day, on the wall."""

    therapist_id: UUID
    therapist: str
    discipline: Discipline
    location_id: UUID
    location: str
    start: time
    end: time


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduledDay:
    """One day. `closed` says why the clinic or a place is closed."""

    on: date
    hours: tuple[Hours, ...]
    visits: tuple[ScheduledVisit, ...]
    closed: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """One or more days of a clinic, in its time zone."""

    clinic: str
    zone: str
    today: date
    days: tuple[ScheduledDay, ...]


def day(
    actor: Actor,
    on: date | None = None,
    *,
    location_id: UUID | None = None,
    therapist_id: UUID | None = None,
    now: datetime | None = None,
) -> Schedule:
    """Show one day of the actor's clinic (today if None), or of one location or therapist of it.

    Raises: Unscoped, NotAllowed for who is not of its staff.
    """
    return _schedule(actor, on, 1, location_id, therapist_id, now or datetime.now(UTC))


def week(
    actor: Actor,
    on: date | None = None,
    *,
    location_id: UUID | None = None,
    therapist_id: UUID | None = None,
    now: datetime | None = None,
) -> Schedule:
    """Show the week, Monday to Sunday, in which a day lies. Raises: Unscoped, NotAllowed."""
    return _schedule(actor, on, WEEK, location_id, therapist_id, now or datetime.now(UTC))


def _schedule(
    actor: Actor, on: date | None, days: int, location_id: UUID | None, therapist_id: UUID | None, now: datetime
) -> Schedule:
    clinic_id = actor.clinic
    actor.must_be(ActorKind.FRONT_DESK, ActorKind.MANAGER, ActorKind.PT, ActorKind.OT, to="see the schedule")
    zone = ZoneInfo(clinic_row(clinic_id).time_zone)
    today = book.day_of(now, zone)
    first = on or today
    first -= first.weekday() * _DAY if days == WEEK else timedelta()
    last = first + (days - 1) * _DAY
    opened = openings(clinic_id, now=now, first_day=first, last_day=last)
    posts = [
        post for post in opened.posts if _is_wanted(post.location.id, post.therapist.id, location_id, therapist_id)
    ]
    closures = list(Closure.objects.filter(clinic_id=clinic_id, on__range=(first, last)).select_related("location"))
    seen = _visits(actor, zone, first, last, location_id, therapist_id, now)
    return Schedule(
        clinic=opened.clinic.name,
        zone=opened.clinic.time_zone,
        today=today,
        days=tuple(
            ScheduledDay(
                on=one,
                hours=tuple(hours for post in posts for hours in _hours(post, one)),
                visits=tuple(visit for visit in seen if visit.wall.date() == one),
                closed=tuple(_closed(row) for row in closures if row.on == one),
            )
            for one in (first + number * _DAY for number in range(days))
        ),
    )


def _visits(
    actor: Actor,
    zone: ZoneInfo,
    first: date,
    last: date,
    location_id: UUID | None,
    therapist_id: UUID | None,
    now: datetime,
) -> list[ScheduledVisit]:
    """Read all visits of these days, the cancelled ones left out."""
    lo, hi = (datetime.combine(one, time(), zone) for one in (first, last + _DAY))
    rows = Appointment.objects.filter(clinic_id=actor.clinic, starts_at__gte=lo, starts_at__lt=hi)
    if location_id is not None:
        rows = rows.filter(location_id=location_id)
    if therapist_id is not None:
        rows = rows.filter(therapist_id=therapist_id)
    rows = rows.select_related("booking", "clinic", "patient", "therapist", "location", "room")
    found = [
        row
        for row in rows.annotate(state=latest("state"), since=latest("at")).order_by("starts_at", "therapist__name")
        if row.state != VisitState.CANCELLED
    ]
    actor.reads(patients=[row.patient_id for row in found])
    return [_visit(actor, row, row.state, row.since, now) for row in found]


def _visit(actor: Actor, row: Appointment, state: str | None, since: datetime | None, now: datetime) -> ScheduledVisit:
    zone = ZoneInfo(row.clinic.time_zone)
    return ScheduledVisit(
        appointment_id=row.id,
        booking_id=row.booking_id,
        patient_id=row.patient_id,
        name=row.patient.name,
        telephone=row.patient.telephone,
        discipline=Discipline(row.discipline),
        therapist_id=row.therapist_id,
        therapist=row.therapist.name,
        location_id=row.location_id,
        location=row.location.name,
        room=row.room.name if row.room else "",
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        wall=book.local(row.starts_at, zone),
        wall_end=book.local(row.ends_at, zone),
        state=None if state is None else VisitState(state),
        held=state is None,
        acts=() if state is None or since is None else _acts(actor, row, VisitState(state), since, now),
    )


def _acts(actor: Actor, row: Appointment, state: VisitState, since: datetime, now: datetime) -> tuple[VisitAct, ...]:
    facts = facts_of(row, since=since, now=now)
    able = (act for role in roles_in(actor, row.booking) for act in visits.possible(state, role, facts=facts))
    return tuple(dict.fromkeys(able))


def _hours(post: Post, on: date) -> Iterator[Hours]:
    for interval in post.open_on(on, on):
        yield Hours(
            therapist_id=post.therapist.id,
            therapist=post.therapist.name,
            discipline=Discipline(post.therapist.discipline),
            location_id=post.location.id,
            location=post.location.name,
            start=book.local(interval.start, post.zone).time(),
            end=book.local(interval.end, post.zone).time(),
        )


def _closed(row: Closure) -> str:
    return f"{row.location.name}: {row.reason}" if row.location else row.reason


def _is_wanted(location: UUID, therapist: UUID, location_id: UUID | None, therapist_id: UUID | None) -> bool:
    return location_id in (None, location) and therapist_id in (None, therapist)
