"""When somebody works and where: the clinics of a user, therapists as people book them, their hours and other days."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from reable import book
from reable.book import AgeGroup
from reable.terms import Discipline, Language, Specialty
from reable.web.records.actor import Actor, ActorKind, NotFound
from reable.web.records.models import Availability, AvailabilityException, Clinic, Location, Room, Therapist
from reable.web.records.selectors.places import zone_of

_AHEAD = timedelta(days=370)  # as far as a change of the clock is looked for


@dataclass(frozen=True, slots=True, kw_only=True)
class TherapistLine:
    """A therapist as people book one."""

    id: UUID
    user_id: UUID
    name: str
    discipline: Discipline
    specialties: tuple[Specialty, ...]
    languages: tuple[Language, ...]
    age_groups: tuple[AgeGroup, ...]
    left: date | None
    has_hours: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class GapNote:
    """A day on which the clock skips the time that was typed: the first time that there is instead."""

    day: date
    typed: time
    first: time


@dataclass(frozen=True, slots=True, kw_only=True)
class HoursLine:
    """Weekly hours at a place; 0 is Monday."""

    id: UUID
    weekday: int
    starts: time
    ends: time
    place: str
    room: str
    valid_from: date
    valid_until: date | None
    gaps: tuple[GapNote, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherDay:
    """A day that differs: away without times, else other hours at a place."""

    id: UUID
    on: date
    starts: time | None
    ends: time | None
    place: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """A therapist's hours, with the places to choose from."""

    therapist: TherapistLine
    weekly: tuple[HoursLine, ...]
    other: tuple[OtherDay, ...]
    places: tuple[tuple[UUID, str], ...]
    rooms: tuple[tuple[UUID, str, str], ...]  # room, its name, the name of its place
    zone: str
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Workplace:
    """A clinic where somebody has a role."""

    clinic_id: UUID
    name: str
    zone: str
    current: bool


def workplaces(actor: Actor) -> tuple[Workplace, ...]:
    """List the clinics where the actor has a live role, by name."""
    if actor.user_id is None:
        return ()
    rows = Clinic.objects.filter(memberships__user_id=actor.user_id, memberships__revoked_at__isnull=True)
    found = rows.order_by("name").values_list("id", "name", "time_zone").distinct()
    return tuple(
        Workplace(clinic_id=clinic_id, name=name, zone=zone, current=clinic_id == actor.clinic_id)
        for clinic_id, name, zone in found
    )


def therapists(actor: Actor, *, now: datetime | None = None) -> tuple[TherapistLine, ...]:
    """List the therapists who work here, by name. Raises: NotAllowed, Unscoped."""
    actor.must_be(ActorKind.PT, ActorKind.OT, ActorKind.FRONT_DESK, ActorKind.MANAGER, to="see who works here")
    zone = zone_of(actor.clinic)
    rows = (
        _working(actor.clinic, now or datetime.now(UTC)).prefetch_related("availability").order_by("name", "discipline")
    )
    return tuple(_therapist(row, zone) for row in rows)


def own_therapists(actor: Actor, *, now: datetime | None = None) -> tuple[TherapistLine, ...]:
    """List the therapists whose hours the actor may change: their own, for a manager everybody's.

    Raises: NotAllowed, Unscoped.
    """
    actor.must_be(ActorKind.PT, ActorKind.OT, ActorKind.MANAGER, to="change hours")
    found = therapists(actor, now=now)
    everybody = ActorKind.MANAGER in actor.kinds
    return tuple(one for one in found if everybody or one.user_id == actor.user_id)


def open_therapist(actor: Actor, therapist_id: UUID) -> Therapist:
    """Give the row of a therapist whose hours the actor may change. Raises: NotFound, NotAllowed, Unscoped."""
    actor.must_be(ActorKind.PT, ActorKind.OT, ActorKind.MANAGER, to="change hours")
    row = Therapist.objects.filter(id=therapist_id, clinic_id=actor.clinic).select_related("clinic").first()
    if row is None or not (ActorKind.MANAGER in actor.kinds or row.user_id == actor.user_id):
        raise NotFound
    return row


def hours(actor: Actor, therapist_id: UUID, *, now: datetime | None = None) -> Hours:
    """Give a therapist's hours from today on. Raises: NotFound, NotAllowed, Unscoped."""
    row = open_therapist(actor, therapist_id)
    zone = ZoneInfo(row.clinic.time_zone)
    today = book.day_of(now or datetime.now(UTC), zone)
    there = row.availability.exclude(valid_until__lt=today).select_related("location", "room")
    others = row.exceptions.filter(on__gte=today).select_related("location").order_by("on", "starts")
    places = Location.objects.filter(clinic_id=row.clinic_id, closed_for_good_at__isnull=True).order_by("name")
    rooms = Room.objects.filter(location__in=places).select_related("location").order_by("location__name", "name")
    return Hours(
        therapist=_therapist(row, zone),
        weekly=tuple(_weekly(one, zone, today) for one in there.order_by("weekday", "starts")),
        other=tuple(_other(one) for one in others),
        places=tuple((place.id, place.name) for place in places),
        rooms=tuple((room.id, room.name, room.location.name) for room in rooms),
        zone=row.clinic.time_zone,
        today=today,
    )


def gaps(starts: time, ends: time, zone: ZoneInfo, days: list[date]) -> tuple[GapNote, ...]:
    """Find the days on which the clock skips one of these times, with the time that there is instead."""
    found = []
    for day in days:
        for typed in (starts, ends):
            shown = book.local(book.instant(day, typed, zone), zone).time()
            if shown != typed:
                found.append(GapNote(day=day, typed=typed, first=shown))
    return tuple(found)


def _weekly(row: Availability, zone: ZoneInfo, today: date) -> HoursLine:
    first = max(today, row.valid_from)
    first += timedelta(days=(row.weekday - first.weekday()) % 7)
    last = min(row.valid_until or date.max, today + _AHEAD)
    days = [first + timedelta(days=7 * number) for number in range(max(0, (last - first).days // 7 + 1))]
    return HoursLine(
        id=row.id,
        weekday=row.weekday,
        starts=row.starts,
        ends=row.ends,
        place=row.location.name,
        room=row.room.name if row.room else "",
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        gaps=gaps(row.starts, row.ends, zone, days),
    )


def _other(row: AvailabilityException) -> OtherDay:
    return OtherDay(
        id=row.id,
        on=row.on,
        starts=row.starts,
        ends=row.ends,
        place=row.location.name if row.location else "",
        reason=row.reason,
    )


def _therapist(row: Therapist, zone: ZoneInfo) -> TherapistLine:
    groups = {"older" if group == "older_person" else group for group in row.age_groups}
    return TherapistLine(
        id=row.id,
        user_id=row.user_id,
        name=row.name,
        discipline=Discipline(row.discipline),
        specialties=tuple(one for one in Specialty if one.value in row.specialties),
        languages=tuple(one for one in Language if one.value in row.languages),
        age_groups=tuple(one for one in AgeGroup if one.value in groups),
        left=None if row.left_at is None else book.day_of(row.left_at, zone),
        has_hours=bool(row.availability.all()),
    )


def _working(clinic_id: UUID, now: datetime) -> QuerySet[Therapist]:
    return Therapist.objects.filter(clinic_id=clinic_id).exclude(left_at__lte=now)
