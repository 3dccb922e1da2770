"""What a manager sets for the clinic: places with rooms and hours, days closed, visits, referral rules, texts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import StrEnum
from uuid import UUID
from zoneinfo import ZoneInfo

from reable import book
from reable.terms import Discipline
from reable.web.records.actor import Actor, ActorKind, NotFound
from reable.web.records.models import Clinic, ClinicText, Closure, Location, OpeningHours, ReferralRule, Room, VisitType
from reable.web.records.selectors.openings import EVALUATION, FOLLOW_UP

VISITS = tuple((discipline, kind) for discipline in Discipline for kind in (EVALUATION, FOLLOW_UP))


class TextKey(StrEnum):
    """A text that is the clinic's own."""

    FIND_US = "find_us"
    TO_BRING = "to_bring"
    WHEN_CLOSED = "when_closed"
    IF_LATE = "if_late"
    SAFEGUARDING = "safeguarding"  # for staff: the local steps when somebody tells of abuse or neglect (S13)


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomLine:
    """A room of a place."""

    id: UUID
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenLine:
    """Hours in which a place is open; 0 is Monday."""

    id: UUID
    weekday: int
    opens: time
    closes: time


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place of the clinic. `closed` is the day on which it was closed for good."""

    id: UUID
    name: str
    address: str
    telephone: str
    step_free: bool
    latitude: str
    longitude: str
    closed: date | None
    rooms: tuple[RoomLine, ...]
    hours: tuple[OpenLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedDay:
    """A day on which the clinic, or one place, is closed. No place: all of them."""

    id: UUID
    on: date
    place: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """The clinic itself."""

    name: str
    telephone: str
    time_zone: str
    notice_minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnText:
    """A text in both languages."""

    en: str
    es: str


def places(actor: Actor) -> tuple[Place, ...]:
    """List the places of the clinic, open ones first. Raises: NotAllowed, Unscoped."""
    actor.must_be(ActorKind.MANAGER, to="see how the clinic is set up")
    rows = Location.objects.filter(clinic_id=actor.clinic).select_related("clinic").prefetch_related("rooms", "hours")
    found = [_place(row) for row in rows.order_by("name")]
    return tuple(sorted(found, key=lambda one: one.closed is not None))


def place(actor: Actor, place_id: UUID) -> Place:
    """Give one place. Raises: NotAllowed, Unscoped, NotFound."""
    return _place(open_place(actor, place_id))


def open_place(actor: Actor, place_id: UUID) -> Location:
    """Give the row, for services and selectors only. Raises: NotAllowed, Unscoped, NotFound."""
    actor.must_be(ActorKind.MANAGER, to="see how the clinic is set up")
    row = Location.objects.filter(id=place_id, clinic_id=actor.clinic).select_related("clinic").first()
    if row is None:
        raise NotFound
    return row


def closed_days(actor: Actor, *, now: datetime | None = None) -> tuple[ClosedDay, ...]:
    """List the days to come on which something is closed. Raises: NotAllowed, Unscoped."""
    actor.must_be(ActorKind.MANAGER, to="see how the clinic is set up")
    today = book.day_of(now or datetime.now(UTC), zone_of(actor.clinic))
    rows = Closure.objects.filter(clinic_id=actor.clinic, on__gte=today).select_related("location").order_by("on")
    return tuple(
        ClosedDay(id=row.id, on=row.on, place="" if row.location is None else row.location.name, reason=row.reason)
        for row in rows
    )


def visit_lengths(actor: Actor) -> Mapping[tuple[Discipline, str], int | None]:
    """Give the minutes of each kind of visit; None where it is not offered. Raises: NotAllowed, Unscoped."""
    actor.must_be(ActorKind.MANAGER, to="see how the clinic is set up")
    rows = VisitType.objects.filter(clinic_id=actor.clinic).values_list("discipline", "kind", "minutes")
    known = {(Discipline(discipline), kind): minutes for discipline, kind, minutes in rows}
    return {visit: known.get(visit) for visit in VISITS}


def referral_rules(actor: Actor) -> Mapping[Discipline, str]:
    """Give the rule of each discipline; empty where none is set: "call us" (S25). Raises: NotAllowed, Unscoped."""
    actor.must_be(ActorKind.MANAGER, to="see how the clinic is set up")
    rows = dict(ReferralRule.objects.filter(clinic_id=actor.clinic).values_list("discipline", "rule"))
    return {discipline: rows.get(discipline.value, "") for discipline in Discipline}


def details(actor: Actor) -> Details:
    """Give the clinic's own details. Raises: NotAllowed, Unscoped."""
    actor.must_be(ActorKind.MANAGER, to="see how the clinic is set up")
    row = Clinic.objects.get(id=actor.clinic)
    return Details(name=row.name, telephone=row.telephone, time_zone=row.time_zone, notice_minutes=row.notice_minutes)


def own_texts(actor: Actor) -> Mapping[TextKey, OwnText]:
    """Give the clinic's texts; empty ones where there are none. Raises: NotAllowed, Unscoped."""
    actor.must_be(ActorKind.MANAGER, to="see how the clinic is set up")
    rows = {row.key: OwnText(en=row.en, es=row.es) for row in ClinicText.objects.filter(clinic_id=actor.clinic)}
    return {key: rows.get(key.value, OwnText(en="", es="")) for key in TextKey}


def zone_of(clinic_id: UUID) -> ZoneInfo:
    """Give the time zone of a clinic."""
    return ZoneInfo(Clinic.objects.values_list("time_zone", flat=True).get(id=clinic_id))


def _place(row: Location) -> Place:
    zone = ZoneInfo(row.clinic.time_zone)
    rooms: list[Room] = sorted(row.rooms.all(), key=lambda room: room.name.casefold())
    hours: list[OpeningHours] = sorted(row.hours.all(), key=lambda one: (one.weekday, one.opens))
    closed = row.closed_for_good_at
    return Place(
        id=row.id,
        name=row.name,
        address=row.address,
        telephone=row.telephone,
        step_free=row.step_free,
        latitude="" if row.latitude is None else str(row.latitude),
        longitude="" if row.longitude is None else str(row.longitude),
        closed=None if closed is None else book.day_of(closed, zone),
        rooms=tuple(RoomLine(id=room.id, name=room.name) for room in rooms),
        hours=tuple(OpenLine(id=one.id, weekday=one.weekday, opens=one.opens, closes=one.closes) for one in hours),
    )
