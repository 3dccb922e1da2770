"""What a manager changes: places, rooms, hours, days closed, visits, referral rules, the clinic's texts and numbers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from reable import book
from reable.book import NotAWallTime, OverNight
from reable.errors import ReableError
from reable.terms import Discipline
from reable.web.records.actor import Actor, ActorKind, NotFound
from reable.web.records.models import (
    Appointment,
    Clinic,
    ClinicText,
    Closure,
    Location,
    OpeningHours,
    ReferralRule,
    Room,
    VisitType,
)
from reable.web.records.selectors.bookings import latest
from reable.web.records.selectors.places import TextKey, open_place, zone_of


class Fault(StrEnum):
    """Why a change to the clinic is refused."""

    NAME_TAKEN = "name_taken"
    HALF_ON_THE_MAP = "half_on_the_map"
    STILL_BOOKED = "still_booked"
    IN_USE = "in_use"
    BACKWARD = "backward"
    OFF_THE_QUARTER = "off_the_quarter"
    OVERLAP = "overlap"
    PAST = "past"
    CLOSED_ALREADY = "closed_already"
    ONE_LANGUAGE = "one_language"


class BadPlace(ReableError):
    """A change to the clinic that cannot be made so; `fault` says why, `count` how many stand in the way."""

    code = "web.bad_place"

    def __init__(self, fault: Fault, count: int = 0) -> None:
        super().__init__(f"the change was refused: {fault}", hint="change what was given")
        self.fault = fault
        self.count = count


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceGiven:
    """A place as a manager gives it."""

    name: str
    address: str
    telephone: str
    step_free: bool
    latitude: Decimal | None
    longitude: Decimal | None


def save_place(actor: Actor, place_id: UUID | None, given: PlaceGiven) -> UUID:
    """Add a place, or change one. Raises: NotAllowed, Unscoped, NotFound, BadPlace."""
    _may(actor)
    return put_place(Location(clinic_id=actor.clinic) if place_id is None else open_place(actor, place_id), given)


def put_place(row: Location, given: PlaceGiven) -> UUID:
    """Write what was given into the row of a place, for services only. Raises: BadPlace."""
    if (given.latitude is None) != (given.longitude is None):
        raise BadPlace(Fault.HALF_ON_THE_MAP)
    for name in ("name", "address", "telephone", "step_free", "latitude", "longitude"):
        setattr(row, name, getattr(given, name))
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise BadPlace(Fault.NAME_TAKEN) from error
    return row.id


@transaction.atomic
def close_place(actor: Actor, place_id: UUID, *, now: datetime | None = None) -> None:
    """Close a place for good, once nothing is booked there any more. Raises: NotFound, NotAllowed, BadPlace."""
    now = now or datetime.now(UTC)
    row = open_place(actor, place_id)
    _may(actor)
    visits = Appointment.objects.filter(location=row, ends_at__gt=now, replaced_by__isnull=True)
    booked = visits.annotate(state=latest("state")).exclude(state="cancelled").count()
    if booked:
        raise BadPlace(Fault.STILL_BOOKED, booked)
    if row.closed_for_good_at is None:
        row.closed_for_good_at = now
        row.save(update_fields=["closed_for_good_at"])


def add_room(actor: Actor, place_id: UUID, name: str) -> UUID:
    """Add a room to a place. Raises: NotFound, NotAllowed, BadPlace."""
    row = open_place(actor, place_id)
    try:
        with transaction.atomic():
            return Room.objects.create(location=row, name=name).id
    except IntegrityError as error:
        raise BadPlace(Fault.NAME_TAKEN) from error


def remove_room(actor: Actor, place_id: UUID, room_id: UUID) -> None:
    """Take a room away that nothing was ever booked in. Raises: NotFound, NotAllowed, BadPlace."""
    row = Room.objects.filter(id=room_id, location=open_place(actor, place_id)).first()
    if row is None:
        raise NotFound
    try:
        with transaction.atomic():
            row.delete()
    except ProtectedError as error:
        raise BadPlace(Fault.IN_USE) from error


@transaction.atomic
def add_open_hours(actor: Actor, place_id: UUID, *, weekday: int, opens: time, closes: time) -> UUID:
    """Add hours in which a place is open. Raises: NotFound, NotAllowed, BadPlace."""
    row = open_place(actor, place_id)
    check_wall_hours(opens, closes)
    if row.hours.filter(weekday=weekday, opens__lt=closes, closes__gt=opens).exists():
        raise BadPlace(Fault.OVERLAP)
    return OpeningHours.objects.create(location=row, weekday=weekday, opens=opens, closes=closes).id


def remove_open_hours(actor: Actor, place_id: UUID, hours_id: UUID) -> None:
    """Take hours of a place away. Raises: NotFound, NotAllowed."""
    deleted, _ = OpeningHours.objects.filter(id=hours_id, location=open_place(actor, place_id)).delete()
    if not deleted:
        raise NotFound


@transaction.atomic
def close_day(actor: Actor, on: date, *, place_id: UUID | None, reason: str, now: datetime | None = None) -> int:
    """Close the clinic, or one place, on a day; gives how many visits are booked then. They stay booked.

    Raises: NotFound, NotAllowed, Unscoped, BadPlace.
    """
    _may(actor)
    row = None if place_id is None else open_place(actor, place_id)
    zone = zone_of(actor.clinic)
    if on < book.day_of(now or datetime.now(UTC), zone):
        raise BadPlace(Fault.PAST)
    if Closure.objects.filter(clinic_id=actor.clinic, on=on, location=row).exists():
        raise BadPlace(Fault.CLOSED_ALREADY)
    Closure.objects.create(clinic_id=actor.clinic, location=row, on=on, reason=reason)
    begin, end = (book.instant(on, at, zone) for at in (time.min, time(23, 59)))
    visits = Appointment.objects.filter(clinic_id=actor.clinic, starts_at__range=(begin, end), replaced_by__isnull=True)
    visits = visits if row is None else visits.filter(location=row)
    return visits.annotate(state=latest("state")).filter(state="booked").count()


def open_day(actor: Actor, closed_id: UUID) -> None:
    """Take back that a day is closed. Raises: NotFound, NotAllowed, Unscoped."""
    _may(actor)
    deleted, _ = Closure.objects.filter(id=closed_id, clinic_id=actor.clinic).delete()
    if not deleted:
        raise NotFound


@transaction.atomic
def set_lengths(actor: Actor, lengths: Mapping[tuple[Discipline, str], int | None]) -> None:
    """Set how long each kind of visit takes; None takes it out of what is offered. Booked visits keep their length.

    Raises: NotAllowed, Unscoped, BadPlace.
    """
    _may(actor)
    for (discipline, kind), minutes in lengths.items():
        rows = VisitType.objects.filter(clinic_id=actor.clinic, discipline=discipline.value, kind=kind)
        if minutes is not None:
            VisitType.objects.update_or_create(
                clinic_id=actor.clinic, discipline=discipline.value, kind=kind, defaults={"minutes": minutes}
            )
            continue
        try:
            rows.delete()
        except ProtectedError as error:
            raise BadPlace(Fault.IN_USE) from error


@transaction.atomic
def set_rules(actor: Actor, rules: Mapping[Discipline, str]) -> None:
    """Set how each discipline may be booked; an empty rule is "call us" (S25). Raises: NotAllowed, Unscoped."""
    _may(actor)
    for discipline, rule in rules.items():
        rows = ReferralRule.objects.filter(clinic_id=actor.clinic, discipline=discipline.value)
        if not rule:
            rows.delete()
        elif not rows.update(rule=rule):
            ReferralRule.objects.create(clinic_id=actor.clinic, discipline=discipline.value, rule=rule)


@transaction.atomic
def set_texts(actor: Actor, texts: Mapping[TextKey, tuple[str, str]]) -> None:
    """Set the clinic's texts in English and Spanish; both or neither. Raises: NotAllowed, Unscoped, BadPlace."""
    _may(actor)
    if any(bool(en.strip()) != bool(es.strip()) for en, es in texts.values()):
        raise BadPlace(Fault.ONE_LANGUAGE)
    for key, (en, es) in texts.items():
        rows = ClinicText.objects.filter(clinic_id=actor.clinic, key=key.value)
        if not en.strip():
            rows.delete()
        elif not rows.update(en=en.strip(), es=es.strip()):
            ClinicText.objects.create(clinic_id=actor.clinic, key=key.value, en=en.strip(), es=es.strip())


def set_details(actor: Actor, *, telephone: str, notice_minutes: int) -> None:
    """Set the clinic's number, and how long before a visit it can still be booked. Raises: NotAllowed, Unscoped."""
    _may(actor)
    Clinic.objects.filter(id=actor.clinic).update(telephone=telephone, notice_minutes=notice_minutes)


def check_wall_hours(start: time, end: time) -> None:
    """Check hours of one day on the wall. Raises: BadPlace."""
    try:
        book.Hours(start=start, end=end)
    except NotAWallTime as error:
        raise BadPlace(Fault.OFF_THE_QUARTER) from error
    except OverNight as error:
        raise BadPlace(Fault.BACKWARD) from error


def _may(actor: Actor) -> None:
    actor.must_be(ActorKind.MANAGER, to="change how the clinic is set up")
