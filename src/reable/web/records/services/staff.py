"""When therapists work, and for what they can be booked: set by themselves or a manager."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import StrEnum
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Q

from reable import book
from reable.book import AgeGroup, NotAWallTime, OverNight
from reable.errors import ReableError
from reable.terms import Discipline, Language, Specialty
from reable.web.records.actor import Actor, ActorKind, NotFound
from reable.web.records.models import (
    Appointment,
    Availability,
    AvailabilityException,
    Clinic,
    Location,
    Room,
    Therapist,
)
from reable.web.records.selectors.bookings import latest
from reable.web.records.selectors.places import zone_of
from reable.web.records.selectors.staff import open_therapist


class Clash(StrEnum):
    """Why hours are refused."""

    BACKWARD = "backward"
    OFF_THE_QUARTER = "off_the_quarter"
    OVERLAP = "overlap"
    ENDS_BEFORE_IT_BEGINS = "ends_before_it_begins"
    PAST = "past"
    SKIPPED = "skipped"  # the clock skips all of these hours on that day
    AWAY_ALREADY = "away_already"
    WRONG_ROOM = "wrong_room"


_HINTS = {
    Clash.BACKWARD: "end later on the same day; split hours over midnight into two days",
    Clash.OFF_THE_QUARTER: "begin and end on a quarter of an hour, such as 08:00 or 16:45",
    Clash.OVERLAP: "end the other hours first, or choose times beside them",
}


class BadHours(ReableError):
    """Hours that cannot be kept; `clash` says why."""

    code = "web.bad_hours"

    def __init__(self, clash: Clash) -> None:
        super().__init__(f"the hours were refused: {clash}", hint=_HINTS.get(clash, "change what was given"))
        self.clash = clash


@dataclass(frozen=True, slots=True, kw_only=True)
class WeeklyGiven:
    """Weekly hours as somebody gives them; 0 is Monday."""

    weekday: int
    starts: time
    ends: time
    place_id: UUID
    room_id: UUID | None
    valid_from: date
    valid_until: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DayGiven:
    """A day that differs: no hours is away, else other hours at a place."""

    on: date
    hours: tuple[time, time] | None
    place_id: UUID | None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """For what a therapist can be booked."""

    name: str
    specialties: tuple[Specialty, ...]
    languages: tuple[Language, ...]
    age_groups: tuple[AgeGroup, ...]


@transaction.atomic
def add_hours(actor: Actor, therapist_id: UUID, given: WeeklyGiven) -> UUID:
    """Add weekly hours. Nobody is at two places at once. Raises: NotFound, NotAllowed, Unscoped, BadHours."""
    row = _locked(actor, therapist_id)
    _check_hours(given.starts, given.ends)
    if given.valid_until is not None and given.valid_until < given.valid_from:
        raise BadHours(Clash.ENDS_BEFORE_IT_BEGINS)
    last = given.valid_until or date.max
    others = row.availability.filter(weekday=given.weekday, starts__lt=given.ends, ends__gt=given.starts)
    others = others.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=given.valid_from), valid_from__lte=last)
    if others.exists():
        raise BadHours(Clash.OVERLAP)
    place = _place(actor, given.place_id)
    room = None if given.room_id is None else Room.objects.filter(id=given.room_id, location=place).first()
    if given.room_id is not None and room is None:
        raise BadHours(Clash.WRONG_ROOM)
    made = Availability.objects.create(
        therapist=row,
        location=place,
        room=room,
        weekday=given.weekday,
        starts=given.starts,
        ends=given.ends,
        valid_from=given.valid_from,
        valid_until=given.valid_until,
    )
    return made.id


@transaction.atomic
def end_hours(actor: Actor, therapist_id: UUID, hours_id: UUID, *, now: datetime | None = None) -> int:
    """End weekly hours after today; gives how many visits of that weekday are still booked in them.

    Hours that have not begun are taken away. Raises: NotFound, NotAllowed, Unscoped.
    """
    row, now = _locked(actor, therapist_id), now or datetime.now(UTC)
    hours = row.availability.filter(id=hours_id).first()
    if hours is None:
        raise NotFound
    zone = zone_of(actor.clinic)
    today = book.day_of(now, zone)
    if hours.valid_from > today:
        hours.delete()
    elif hours.valid_until is None or hours.valid_until > today:
        hours.valid_until = today
        hours.save(update_fields=["valid_until"])
    return sum(_falls_in(one, hours, zone, today) for one in _booked(row, now))


def _falls_in(visit: Appointment, hours: Availability, zone: ZoneInfo, today: date) -> bool:
    wall = book.local(visit.starts_at, zone)
    inside = wall.weekday() == hours.weekday and hours.starts <= wall.time() < hours.ends
    return inside and wall.date() > today and visit.location_id == hours.location_id


@transaction.atomic
def add_day(actor: Actor, therapist_id: UUID, given: DayGiven, *, now: datetime | None = None) -> int:
    """Add a day that differs; gives how many visits are booked on it. They stay booked.

    Raises: NotFound, NotAllowed, Unscoped, BadHours.
    """
    row, now = _locked(actor, therapist_id), now or datetime.now(UTC)
    zone = zone_of(actor.clinic)
    if given.on < book.day_of(now, zone):
        raise BadHours(Clash.PAST)
    there = row.exceptions.filter(on=given.on)
    if given.hours is None:
        if there.filter(starts__isnull=True).exists():
            raise BadHours(Clash.AWAY_ALREADY)
        AvailabilityException.objects.create(therapist=row, on=given.on, reason=given.reason)
        return sum(book.day_of(one.starts_at, zone) == given.on for one in _booked(row, now))
    starts, ends = given.hours
    _check_hours(starts, ends)
    if book.instant(given.on, starts, zone) >= book.instant(given.on, ends, zone):
        raise BadHours(Clash.SKIPPED)
    if there.filter(Q(starts__isnull=True) | Q(starts__lt=ends, ends__gt=starts)).exists():
        raise BadHours(Clash.OVERLAP)
    if given.place_id is None:
        raise NotFound
    place = _place(actor, given.place_id)
    AvailabilityException.objects.create(
        therapist=row, on=given.on, location=place, starts=starts, ends=ends, reason=given.reason
    )
    return sum(
        book.day_of(one.starts_at, zone) == given.on and not starts <= book.local(one.starts_at, zone).time() < ends
        for one in _booked(row, now)
    )


def remove_day(actor: Actor, therapist_id: UUID, day_id: UUID) -> None:
    """Take a day that differs back. Raises: NotFound, NotAllowed, Unscoped."""
    deleted, _ = open_therapist(actor, therapist_id).exceptions.filter(id=day_id).delete()
    if not deleted:
        raise NotFound


@transaction.atomic
def save_profile(actor: Actor, user_id: UUID, discipline: Discipline, profile: Profile) -> UUID:
    """Make somebody bookable for a discipline for which they work here, or change for what.

    Raises: NotFound, NotAllowed, Unscoped.
    """
    actor.must_be(ActorKind.MANAGER, to="change for what somebody can be booked")
    works_here = Clinic.objects.filter(
        id=actor.clinic,
        memberships__user_id=user_id,
        memberships__role=discipline.value,
        memberships__revoked_at__isnull=True,
    )
    if not works_here.exists():
        raise NotFound
    row, _ = Therapist.objects.update_or_create(
        clinic_id=actor.clinic,
        user_id=user_id,
        discipline=discipline.value,
        defaults={
            "name": profile.name,
            "specialties": [one.value for one in profile.specialties],
            "languages": [one.value for one in profile.languages],
            "age_groups": [one.value for one in profile.age_groups],
            "left_at": None,
        },
    )
    return row.id


def _locked(actor: Actor, therapist_id: UUID) -> Therapist:
    """Give the row so that nobody else changes these hours meanwhile."""
    row = open_therapist(actor, therapist_id)
    Therapist.objects.select_for_update().get(id=row.id)
    return row


def _place(actor: Actor, place_id: UUID) -> Location:
    row = Location.objects.filter(id=place_id, clinic_id=actor.clinic, closed_for_good_at__isnull=True).first()
    if row is None:
        raise NotFound
    return row


def _booked(row: Therapist, now: datetime) -> list[Appointment]:
    rows = Appointment.objects.filter(therapist=row, ends_at__gt=now, replaced_by__isnull=True)
    return list(rows.annotate(state=latest("state")).filter(state="booked"))


def _check_hours(starts: time, ends: time) -> None:
    try:
        book.Hours(start=starts, end=ends)
    except NotAWallTime as error:
        raise BadHours(Clash.OFF_THE_QUARTER) from error
    except OverNight as error:
        raise BadHours(Clash.BACKWARD) from error
