"""Free times for an evaluation or a follow-up, as anybody may see them: who, where and when; nothing of any patient."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from itertools import groupby
from typing import TypeVar
from uuid import UUID

from reable import book
from reable.book import AgeGroup, Fit, Lack, Need, Pair, Slot
from reable.terms import Discipline, Language, Priority, Specialty
from reable.web.records.actor import Actor, ActorKind
from reable.web.records.selectors.openings import EVALUATION, HORIZON_DAYS, Post, openings

DIRECT = "direct"  # the referral rule that lets anybody book
MOST, MOST_A_DAY = 6, 2  # judgement: as many tiles as somebody reads on a phone without giving up
STAFF = frozenset({ActorKind.PT, ActorKind.OT, ActorKind.FRONT_DESK, ActorKind.MANAGER, ActorKind.TICK})
_DAY = timedelta(days=1)
_PRIME = 2**61 - 1  # puts ids into another order each day
Choice = TypeVar("Choice", Slot, Pair)
Days = tuple[date, date]


class WhyNot(StrEnum):
    """Why there is no time to choose. The page says it plainly and shows the telephone number."""

    CALL_US = "call_us"  # the clinic has no rule or no visit of this kind: never silently bookable (S25)
    REFERRAL = "referral"  # a doctor's referral is needed first (S25)
    NOBODY_FITS = "nobody_fits"  # `lacks` says what nobody here has (S20)
    NONE_FREE = "none_free"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What somebody looks for. `age` is in years, None if not known; no language, place or therapist is any."""

    discipline: Discipline
    age: int | None
    language: Language | None = None
    specialties: frozenset[Specialty] = frozenset()
    location_id: UUID | None = None
    step_free: bool = False
    priority: Priority = Priority.ROUTINE
    therapist_id: UUID | None = None
    kind: str = EVALUATION


@dataclass(frozen=True, slots=True, kw_only=True)
class FreeTime:
    """A time that can be booked. `wall` is what the clock there shows, `zone` its short name, such as EST."""

    discipline: Discipline
    therapist_id: UUID
    therapist: str
    location_id: UUID
    location: str
    room: str  # one that is free now; empty where the location has no rooms of its own
    starts_at: datetime
    ends_at: datetime
    wall: datetime
    zone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FreeTimes:
    """Times to choose from, soonest first; or why there are none, and whether a person must call (S21)."""

    discipline: Discipline
    times: tuple[FreeTime, ...]
    why_not: WhyNot | None
    lacks: tuple[Lack, ...]
    missing_specialties: tuple[Specialty, ...]
    call_needed: bool
    telephone: str

    @property
    def by_day(self) -> tuple[tuple[date, tuple[FreeTime, ...]], ...]:
        """The same times under their days."""
        return tuple((day, tuple(times)) for day, times in groupby(self.times, key=lambda time: time.wall.date()))


@dataclass(frozen=True, slots=True, kw_only=True)
class FreePairs:
    """Both disciplines on one day at one location, the sooner one first; and each alone, should there be no pair."""

    pairs: tuple[tuple[FreeTime, FreeTime], ...]
    pt: FreeTimes
    ot: FreeTimes

    @property
    def call_needed(self) -> bool:
        """Test if a person must call about either."""
        return self.pt.call_needed or self.ot.call_needed


def free_times(
    actor: Actor,
    clinic_id: UUID,
    wish: Wish,
    *,
    first_day: date | None = None,
    most: int = MOST,
    most_a_day: int = MOST_A_DAY,
    referred: bool = False,
    by_telephone: bool = False,
    now: datetime | None = None,
) -> FreeTimes:
    """Find the first free times from `first_day` on (today if None). Anybody may ask: no patient is in the answer.

    `call_needed` is said of the soonest times, so not for a later first day. `referred`: a doctor's referral for this
    is accepted; staff see such times always. `by_telephone`: staff look for somebody who called; then they see times
    at short notice too, and where no rule is set. Raises: NotFound for an unknown clinic.
    """
    search = _Search(actor, clinic_id, first_day, most, most_a_day, now or datetime.now(UTC), kind=wish.kind)
    search.lets(referred=referred, by_telephone=by_telephone)
    return search.single(wish)


def free_pairs(
    actor: Actor,
    clinic_id: UUID,
    pt: Wish,
    ot: Wish,
    *,
    order: tuple[Discipline, ...] | None,
    first_day: date | None = None,
    most: int = MOST,
    most_a_day: int = MOST_A_DAY,
    referred: bool = False,
    by_telephone: bool = False,
    now: datetime | None = None,
) -> FreePairs:
    """Find PT and OT on one day at one location in the recommended order; also each alone.

    Raises: NotFound for an unknown clinic.
    """
    search = _Search(actor, clinic_id, first_day, most, most_a_day, now or datetime.now(UTC), kind=pt.kind)
    search.lets(referred=referred, by_telephone=by_telephone)
    return FreePairs(pairs=search.pairs(pt, ot, order), pt=search.single(pt), ot=search.single(ot))


def post_fits(post: Post, wish: Wish) -> Fit:
    """Compare a therapist at a location with a wish."""
    need = Need(
        discipline=wish.discipline,
        specialties=wish.specialties,
        age_group=None if wish.age is None else AgeGroup.of(wish.age),
        language=wish.language or Language.EN,
        step_free=wish.step_free,
    )
    found = book.fit(need, therapist=post.offers, location=post.place)
    if wish.language is not None:
        return found
    lacks = tuple(lack for lack in found.lacks if lack is not Lack.LANGUAGE)
    return Fit(lacks=lacks, missing_specialties=found.missing_specialties)


class _Search:
    """One look at a clinic, for one discipline or both."""

    def __init__(
        self,
        actor: Actor,
        clinic_id: UUID,
        first_day: date | None,
        most: int,
        most_a_day: int,
        now: datetime,
        *,
        kind: str,
    ) -> None:
        self._now, self._most, self._most_a_day = now, most, most_a_day
        self._by_staff = actor.clinic_id == clinic_id and bool(STAFF & actor.kinds)
        self._soonest = first_day is None
        self._opened = openings(clinic_id, now=now, kind=kind)
        self._by_key = {(str(post.therapist.id), str(post.location.id)): post for post in self._opened.posts}
        self._first = max(first_day or self._opened.today, self._opened.today)
        self.lets(referred=False, by_telephone=False)

    def lets(self, *, referred: bool, by_telephone: bool) -> None:
        """Say what is known of who looks: a referral is accepted, or staff look for somebody who called."""
        self._may_be_referred = referred or self._by_staff
        self._without_rule = by_telephone and self._by_staff
        self._notice = 0 if self._without_rule else self._opened.clinic.notice_minutes

    def single(self, wish: Wish) -> FreeTimes:
        """Find times of one discipline, or why there are none."""
        why_not, best = self._obstacle(wish)
        chosen = () if why_not else self._choose(self._slots(wish, days) for days in self._stretches(3))
        in_time = bool(chosen) and chosen[0].start <= self._now + book.in_time_days(wish.priority) * _DAY
        return FreeTimes(
            discipline=wish.discipline,
            times=tuple(self._shown(slot) for slot in chosen),
            why_not=why_not or (None if chosen else WhyNot.NONE_FREE),
            lacks=best.lacks,
            missing_specialties=best.missing_specialties,
            call_needed=self._soonest and not in_time,
            telephone=self._opened.clinic.telephone,
        )

    def pairs(self, pt: Wish, ot: Wish, order: tuple[Discipline, ...] | None) -> tuple[tuple[FreeTime, FreeTime], ...]:
        """Find both on one day."""
        if self._obstacle(pt)[0] or self._obstacle(ot)[0]:
            return ()
        found = (
            book.pairs(self._slots(pt, days), self._slots(ot, days), order=order, zone=self._opened.zone)
            for days in self._stretches(1)
        )
        chosen = self._choose(found)
        return tuple((self._shown(first), self._shown(second)) for first, second in (one.in_order for one in chosen))

    def _obstacle(self, wish: Wish) -> tuple[WhyNot | None, Fit]:
        """Say why nothing can be chosen at all, and how well the best therapist fits."""
        fits = [post_fits(post, wish) for post in self._posts(wish)]
        nobody = Fit(lacks=(Lack.DISCIPLINE,), missing_specialties=())
        best = min(fits, key=lambda fit: len(fit.lacks), default=nobody)
        rule = self._opened.rules.get(wish.discipline)
        if wish.discipline not in self._opened.visit_types or (rule is None and not self._without_rule):
            return WhyNot.CALL_US, best
        if rule not in (None, DIRECT) and not self._may_be_referred:
            return WhyNot.REFERRAL, best
        return (None if best.is_whole else WhyNot.NOBODY_FITS), best

    def _posts(self, wish: Wish) -> Iterator[Post]:
        for post in self._opened.posts:
            here = wish.location_id in (None, post.location.id) and wish.therapist_id in (None, post.therapist.id)
            if here and post.therapist.discipline == wish.discipline:
                yield post

    def _slots(self, wish: Wish, days: Days) -> tuple[Slot, ...]:
        """List what fits; of therapists who are free at one place at one time, one: who it is goes round by day."""
        minutes = self._opened.visit_types[wish.discipline].minutes
        turn = days[0].toordinal()
        posts = [post for post in self._posts(wish) if post_fits(post, wish).is_whole]
        posts.sort(key=lambda post: (post.therapist.id.int * (2 * turn + 1)) % _PRIME)
        found: dict[tuple[str, datetime], Slot] = {}
        for post in posts:
            for slot in post.slots(minutes, first_day=days[0], last_day=days[1]):
                found.setdefault((slot.location, slot.start), slot)
        return tuple(found.values())

    def _stretches(self, length: int) -> Iterator[Days]:
        """Go through the days some at a time: mostly the first are enough."""
        first, last = self._first, self._opened.today + HORIZON_DAYS * _DAY
        while first <= last:
            yield first, min(first + (length - 1) * _DAY, last)
            first += length * _DAY

    def _choose(self, stretches: Iterable[tuple[Choice, ...]]) -> tuple[Choice, ...]:
        chosen: tuple[Choice, ...] = ()
        for found in stretches:
            chosen += book.first_slots(
                found,
                now=self._now,
                notice=self._notice,
                zone=self._opened.zone,
                most=self._most - len(chosen),
                most_a_day=self._most_a_day,
            )
            if len(chosen) >= self._most:
                break
        return chosen

    def _shown(self, slot: Slot) -> FreeTime:
        post = self._by_key[slot.therapist, slot.location]
        room = post.room(slot.when)
        wall = slot.start.astimezone(self._opened.zone)
        return FreeTime(
            discipline=Discipline(post.therapist.discipline),
            therapist_id=post.therapist.id,
            therapist=post.therapist.name,
            location_id=post.location.id,
            location=post.location.name,
            room=room.name if room else "",
            starts_at=slot.start,
            ends_at=slot.end,
            wall=wall.replace(tzinfo=None),
            zone=wall.tzname() or "",
        )
