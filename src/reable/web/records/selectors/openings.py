"""When a clinic's therapists can be booked: their hours at each location less what is claimed, in seven reads.

For selectors and services only: the values hold rows. Weekly hours and days that differ come from the therapist,
opening hours and closures from the clinic; a location without opening hours is open when its therapists are there.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import OuterRef, Q, Subquery

from reable import book
from reable.book import AgeGroup, DayKind, Exceptional, Hours, Interval, Slot, WeeklyHours
from reable.terms import Discipline, Language, Priority, Specialty
from reable.web.records.actor import NotFound
from reable.web.records.models import (
    Availability,
    AvailabilityException,
    Claim,
    Clinic,
    Closure,
    Location,
    OpeningHours,
    ReferralRule,
    Room,
    Therapist,
    VisitType,
)

THERAPIST, ROOM, PATIENT = "therapist", "room", "patient"  # what can be claimed
EVALUATION, FOLLOW_UP = "evaluation", "follow_up"  # kinds of visits
HORIZON_DAYS = book.in_time_days(Priority.ROUTINE)  # as far ahead as a time is still in time
_CELL = timedelta(minutes=book.CELL_MINUTES)
_DAY = timedelta(days=1)
_WEEKDAYS = tuple(book.Weekday)
_OLDER = "older_person"  # another word for it in the rows of therapists

Cells = Mapping[UUID, frozenset[datetime]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A therapist at a location: when they are there, what they are bound by anywhere, which rooms are taken."""

    therapist: Therapist
    location: Location
    weekly: tuple[WeeklyHours, ...]
    exceptional: tuple[Exceptional, ...]
    opening: tuple[WeeklyHours, ...]
    rooms: tuple[Room, ...]  # the therapist's own first, then in an order of each one's own: fewer want the same
    taken: tuple[Interval, ...]
    taken_rooms: Cells
    zone: ZoneInfo

    @property
    def offers(self) -> book.Therapist:
        """The therapist as `book.fit` compares them with a need."""
        row = self.therapist
        groups = {AgeGroup.OLDER.value if group == _OLDER else group for group in row.age_groups}
        return book.Therapist(
            key=str(row.id),
            discipline=Discipline(row.discipline),
            specialties=frozenset(one for one in Specialty if one.value in row.specialties),
            age_groups=frozenset(one for one in AgeGroup if one.value in groups),
            languages=frozenset(one for one in Language if one.value in row.languages),
        )

    @property
    def place(self) -> book.Location:
        """The location as `book.fit` compares it with a need."""
        return book.Location(key=str(self.location.id), step_free=self.location.step_free)

    def open_on(self, first_day: date, last_day: date) -> tuple[Interval, ...]:
        """Tell when the therapist is there on these days, both included, whatever is claimed."""
        zone = self.zone
        worked = book.open_intervals(self.weekly, self.exceptional, zone=zone, first_day=first_day, last_day=last_day)
        if self.opening:
            hours = book.open_intervals(self.opening, (), zone=zone, first_day=first_day, last_day=last_day)
            worked = book.common(worked, hours)
        ends = [at for at in (self.therapist.left_at, self.location.closed_for_good_at) if at is not None]
        return tuple(hours for hours in worked if all(hours.end <= end for end in ends))

    def slots(self, minutes: int, *, first_day: date, last_day: date) -> tuple[Slot, ...]:
        """List all free times of this length on these days, soonest first."""
        found = book.free_slots(
            self.open_on(first_day, last_day),
            self.taken,
            minutes=minutes,
            therapist=str(self.therapist.id),
            location=str(self.location.id),
        )
        return tuple(slot for slot in found if self._has_room(slot.when))

    def is_free(self, when: Interval) -> bool:
        """Test that a visit fits: inside the hours, nothing else then, and a room where there are rooms."""
        day = book.day_of(when.start, self.zone)
        inside = any(hours.start <= when.start and when.end <= hours.end for hours in self.open_on(day, day))
        return inside and not any(bound.overlaps(when) for bound in self.taken) and self._has_room(when)

    def room(self, when: Interval) -> Room | None:
        """Choose a free room; None where there are none."""
        wanted = frozenset(book.cells(when.start, when.end))
        return next((room for room in self.rooms if not wanted & self.taken_rooms.get(room.id, frozenset())), None)

    def _has_room(self, when: Interval) -> bool:
        return not self.rooms or self.room(when) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Openings:
    """A clinic's posts on a range of days, and by discipline the length of one kind of visit and the referral rule."""

    clinic: Clinic
    zone: ZoneInfo
    today: date  # in the clinic's zone
    posts: tuple[Post, ...]
    visit_types: Mapping[Discipline, VisitType]
    rules: Mapping[Discipline, str]  # direct, referral; unset is "call us" (S25)

    def post(self, therapist_id: UUID, location_id: UUID) -> Post | None:
        """Give one post; None if this therapist has no hours at this location."""
        wanted = (therapist_id, location_id)
        return next((post for post in self.posts if (post.therapist.id, post.location.id) == wanted), None)


def openings(
    clinic_id: UUID,
    *,
    now: datetime,
    first_day: date | None = None,
    last_day: date | None = None,
    therapists: Iterable[UUID] | None = None,
    kind: str = EVALUATION,
) -> Openings:
    """Read what is open and what is taken on these days, both included, of all therapists or of these.

    Without days: from today as far ahead as can be booked. `kind`: of visits. Raises: NotFound for an unknown clinic.
    """
    types = _visit_types(clinic_id, kind)
    clinic = types[0][0].clinic if types else clinic_row(clinic_id)
    today = book.day_of(now, ZoneInfo(clinic.time_zone))
    days = (first_day or today, last_day or today + HORIZON_DAYS * _DAY)
    read = _Read(clinic, days, now, None if therapists is None else tuple(therapists))
    return Openings(
        clinic=clinic,
        zone=read.zone,
        today=today,
        posts=tuple(read.posts()),
        visit_types={Discipline(one.discipline): one for one, _ in types},
        rules={Discipline(one.discipline): rule for one, rule in types if rule},
    )


def clinic_row(clinic_id: UUID) -> Clinic:
    """Give the row of a clinic. Raises: NotFound."""
    clinic = Clinic.objects.filter(id=clinic_id).first()
    if clinic is None:
        raise NotFound
    return clinic


def _visit_types(clinic_id: UUID, kind: str) -> list[tuple[VisitType, str | None]]:
    rule = ReferralRule.objects.filter(clinic_id=clinic_id, discipline=OuterRef("discipline"))
    rows = VisitType.objects.filter(clinic_id=clinic_id, kind=kind).select_related("clinic")
    return [(row, row.rule) for row in rows.annotate(rule=Subquery(rule.values("rule")[:1]))]


class _Read:
    """The rows behind a range of days, each kind read once."""

    def __init__(
        self, clinic: Clinic, days: tuple[date, date], now: datetime, therapists: tuple[UUID, ...] | None
    ) -> None:
        self.zone = ZoneInfo(clinic.time_zone)
        self._days = first_day, last_day = days
        there = Q(therapist__clinic=clinic) & (Q(therapist__left_at__isnull=True) | Q(therapist__left_at__gt=now))
        if therapists is not None:
            there &= Q(therapist_id__in=therapists)
        open_ = Q(location__closed_for_good_at__isnull=True) | Q(location__closed_for_good_at__gt=now)
        valid = Q(valid_from__lte=last_day) & (Q(valid_until__isnull=True) | Q(valid_until__gte=first_day))
        both = ("therapist", "location")
        weekly = Availability.objects.filter(there, open_, valid, location__clinic=clinic).select_related(*both)
        differs = AvailabilityException.objects.filter(there, on__range=self._days).select_related(*both)
        self._weekly = list(weekly.order_by("id"))
        self._differs = list(differs.order_by("id"))
        self._places = {one.location_id: one.location for one in self._weekly}
        self._pairs = {(one.therapist_id, one.location_id) for one in self._weekly}
        for one in self._differs:
            if one.location is not None and one.location.clinic_id == clinic.id:
                self._places[one.location.id] = one.location
                self._pairs.add((one.therapist_id, one.location.id))
        self._therapists = {one.therapist_id: one.therapist for one in self._weekly}
        self._therapists |= {one.therapist_id: one.therapist for one in self._differs}
        self._opening = list(OpeningHours.objects.filter(location_id__in=list(self._places)))
        self._closures = list(Closure.objects.filter(clinic=clinic, on__range=self._days))
        self._rooms = list(Room.objects.filter(location_id__in=list(self._places)).order_by("name"))
        self._claims = self._claimed()

    def posts(self) -> Iterator[Post]:
        """Give each therapist at each location where they have hours."""
        for therapist_id, location_id in sorted(self._pairs, key=str):
            yield self._post(self._therapists[therapist_id], self._places[location_id])

    def _post(self, therapist: Therapist, location: Location) -> Post:
        hours = [one for one in self._weekly if (one.therapist_id, one.location_id) == (therapist.id, location.id)]
        own = {one.room_id for one in hours}
        rooms = [room for room in self._rooms if room.location_id == location.id]
        return Post(
            therapist=therapist,
            location=location,
            weekly=tuple(
                WeeklyHours(
                    weekday=_WEEKDAYS[one.weekday],
                    start=one.starts,
                    end=one.ends,
                    valid_from=one.valid_from,
                    valid_until=one.valid_until,
                )
                for one in hours
            ),
            exceptional=(*self._closed(location), *self._different(therapist, location)),
            opening=tuple(self._open(location)),
            rooms=tuple(sorted(rooms, key=lambda room: (room.id not in own, room.id.int ^ therapist.id.int))),
            taken=tuple(_stretches(self._claims.get(therapist.id, frozenset()))),
            taken_rooms=self._claims,
            zone=self.zone,
        )

    def _open(self, location: Location) -> Iterator[WeeklyHours]:
        for one in self._opening:
            if one.location_id == location.id:
                yield WeeklyHours(
                    weekday=_WEEKDAYS[one.weekday],
                    start=one.opens,
                    end=one.closes,
                    valid_from=date.min,
                    valid_until=None,
                )

    def _closed(self, location: Location) -> Iterator[Exceptional]:
        for one in self._closures:
            if one.location_id in (None, location.id):
                yield Exceptional(first_day=one.on, last_day=one.on, kind=DayKind.HOLIDAY, hours=())

    def _different(self, therapist: Therapist, location: Location) -> Iterator[Exceptional]:
        """Away is away everywhere; other hours at one place stand instead of all weekly hours of that day."""
        days: dict[date, list[AvailabilityException]] = defaultdict(list)
        for one in self._differs:
            if one.therapist_id == therapist.id:
                days[one.on].append(one)
        for day, rows in days.items():
            here = tuple(
                Hours(start=one.starts, end=one.ends)
                for one in rows
                if one.location_id == location.id and one.starts and one.ends
            )
            away = not here or any(one.location_id is None for one in rows)
            kind = DayKind.LEAVE if away else DayKind.OTHER_HOURS
            yield Exceptional(first_day=day, last_day=day, kind=kind, hours=() if away else here)

    def _claimed(self) -> Cells:
        first_day, last_day = self._days
        lo, hi = (datetime.combine(day, datetime.min.time(), self.zone) for day in (first_day, last_day + _DAY))
        rooms = [room.id for room in self._rooms]
        whose = Q(resource=THERAPIST, resource_id__in=list(self._therapists)) | Q(resource=ROOM, resource_id__in=rooms)
        found: dict[UUID, set[datetime]] = defaultdict(set)
        rows = Claim.objects.filter(whose, cell__gte=lo, cell__lt=hi).values_list("resource_id", "cell")
        for resource_id, cell in rows:
            found[resource_id].add(cell)
        return {resource_id: frozenset(cells) for resource_id, cells in found.items()}


def _stretches(cells: Iterable[datetime]) -> Iterator[Interval]:
    """Join cells that follow each other."""
    start = end = None
    for cell in sorted(cells):
        if start is None or end is None or cell != end:
            if start is not None and end is not None:
                yield Interval(start=start, end=end)
            start = cell
        end = cell + _CELL
    if start is not None and end is not None:
        yield Interval(start=start, end=end)
