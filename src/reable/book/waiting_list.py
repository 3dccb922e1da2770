"""A fair waiting list: who is next for a slot that became free, and who must be called (S21).

The order is therapy priority, then the time of joining. A freed slot is offered to one person at a time, for a hold
time that runs only while people are awake. Who refuses, or does not answer in time, keeps the place; the slot goes to
the next. After three offers without a yes the person is asked by telephone when it is their turn again: messages may
not reach them.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta, tzinfo
from enum import StrEnum

from reable.book.cells import whole_cells
from reable.book.deadlines import in_time_days
from reable.book.intervals import Interval, utc
from reable.book.matching import Location, Need, Therapist, fit
from reable.book.quiet import after_waking
from reable.book.slots import Slot
from reable.book.wall import Weekday, check_hours, local
from reable.errors import ReableError
from reable.terms import Priority

OFFERS_BEFORE_A_CALL = 3  # judgement: one may be missed, two may not suit, three say that writing is not the way


class BadOffer(ReableError):
    """An offer that cannot be made: no time to decide, or a slot of another therapist or location."""

    code = "book.bad_offer"


class OfferIsOver(ReableError):
    """An answer to an offer that has expired or was answered already."""

    code = "book.offer_is_over"


@dataclass(frozen=True, slots=True, kw_only=True)
class Suits:
    """Hours of a weekday, on the wall, at which somebody can come. Raises: NotAWallTime, OverNight."""

    weekday: Weekday
    start: time
    end: time

    def __post_init__(self) -> None:
        check_hours(self.start, self.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingListEntry:
    """One person who waits for one visit of `minutes`.

    `notice`: minutes that the person must know of a visit before it starts. `locations` and `suits`: empty is any.
    `called`: when somebody last spoke with the person by telephone about it; None if nobody has.
    Raises: NoTimeZone, OffTheMark, BadOffer.
    """

    key: str
    need: Need
    priority: Priority
    joined: datetime
    minutes: int
    notice: int
    locations: frozenset[str]
    suits: tuple[Suits, ...]
    called: datetime | None

    def __post_init__(self) -> None:
        object.__setattr__(self, "joined", utc(self.joined))
        object.__setattr__(self, "called", None if self.called is None else utc(self.called))
        whole_cells(self.minutes)
        if self.notice < 0:
            raise BadOffer("notice is a number of minutes, 0 or more")

    @property
    def rank(self) -> tuple[int, datetime, str]:
        """Priority, then the time of joining; the key breaks ties."""
        return (self.priority.rank, self.joined, self.key)


class OfferAnswer(StrEnum):
    """What the person said to an offer."""

    NONE_YET = "none_yet"
    TAKEN = "taken"
    REFUSED = "refused"


class OfferState(StrEnum):
    """Where an offer stands at a moment."""

    OPEN = "open"
    TAKEN = "taken"
    REFUSED = "refused"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A freed slot, held for one person until `expires_at`. `entry` is the key of the waiting list entry.

    Raises: NoTimeZone.
    """

    entry: str
    slot: Slot
    made_at: datetime
    expires_at: datetime
    by_telephone: bool
    answer: OfferAnswer

    def __post_init__(self) -> None:
        object.__setattr__(self, "made_at", utc(self.made_at))
        object.__setattr__(self, "expires_at", utc(self.expires_at))

    def state(self, now: datetime) -> OfferState:
        """Tell where the offer stands. It is open up to, but without, the moment at which it expires."""
        if self.answer is OfferAnswer.TAKEN:
            return OfferState.TAKEN
        if self.answer is OfferAnswer.REFUSED:
            return OfferState.REFUSED
        return OfferState.OPEN if utc(now) < self.expires_at else OfferState.EXPIRED


def in_order(entries: Iterable[WaitingListEntry]) -> tuple[WaitingListEntry, ...]:
    """Put those who wait in their order: priority, then the time of joining."""
    return tuple(sorted(entries, key=lambda entry: entry.rank))


def next_offer(
    entries: Iterable[WaitingListEntry],
    offers: Iterable[Offer],
    *,
    freed: Slot,
    freed_at: datetime,
    therapist: Therapist,
    location: Location,
    now: datetime,
    hold: int,
    zone: tzinfo,
) -> Offer | None:
    """Say to whom the freed slot is offered next; None while an offer of it is open or taken, or if it suits nobody.

    `offers` are all that were made so far, of any slot; one made and taken before `freed_at` no longer holds the slot.
    Who took a slot is no longer among `entries`. `hold` is in minutes, counted outside the quiet hours; all of it must
    fit before the slot, less the notice that the person needs. Nobody is offered the same time of the same therapist
    twice, or two slots at once. Raises: NoTimeZone, BadOffer.
    """
    if hold < 1 or (freed.therapist, freed.location) != (therapist.key, location.key):
        raise BadOffer("an offer needs a minute or more to decide, and a slot of this therapist at this location")
    now, offers = utc(now), tuple(offers)
    of_this = [o for o in offers if o.slot.therapist == freed.therapist and o.slot.when.overlaps(freed.when)]
    still_open = {o.entry for o in offers if o.state(now) is OfferState.OPEN}
    taken = any(o.answer is OfferAnswer.TAKEN and o.made_at >= utc(freed_at) for o in of_this)
    if taken or any(o.state(now) is OfferState.OPEN for o in of_this):
        return None
    passed_over = still_open | {o.entry for o in of_this}
    expires = after_waking(now, hold, zone)
    for entry in in_order(entry for entry in entries if entry.key not in passed_over):
        slot = _slot_for(entry, freed, expires, zone)
        if slot is not None and fit(entry.need, therapist=therapist, location=location).is_whole:
            return Offer(
                entry=entry.key,
                slot=slot,
                made_at=now,
                expires_at=expires,
                by_telephone=ask_by_telephone(entry, offers, now=now),
                answer=OfferAnswer.NONE_YET,
            )
    return None


def answer_offer(offer: Offer, *, takes: bool, now: datetime) -> Offer:
    """Write down the person's answer. Raises: OfferIsOver, NoTimeZone."""
    if offer.state(now) is not OfferState.OPEN:
        raise OfferIsOver("this offer was answered or has expired", hint="the place on the waiting list is kept")
    return replace(offer, answer=OfferAnswer.TAKEN if takes else OfferAnswer.REFUSED)


def ask_by_telephone(entry: WaitingListEntry, offers: Iterable[Offer], *, now: datetime) -> bool:
    """Test that so many offers since the last call were refused or expired that the next is made by telephone."""
    lost = {OfferState.REFUSED, OfferState.EXPIRED}
    own = (o for o in offers if o.entry == entry.key and (entry.called is None or o.made_at > entry.called))
    return sum(offer.state(now) in lost for offer in own) >= OFFERS_BEFORE_A_CALL


def in_time_by(entry: WaitingListEntry) -> datetime:
    """Give the moment, in UTC, by which a visit of this priority is in time."""
    return entry.joined + timedelta(days=in_time_days(entry.priority))


def call_needed(entry: WaitingListEntry, *, soonest: datetime | None) -> bool:
    """Test that a person must call: no fitting slot in time for the priority, or the age is still not known.

    `soonest` is the start of the soonest free slot that fits; None if none is known. Raises: NoTimeZone.
    """
    return soonest is None or utc(soonest) > in_time_by(entry) or entry.need.age_group is None


def _slot_for(entry: WaitingListEntry, freed: Slot, expires: datetime, zone: tzinfo) -> Slot | None:
    """Cut the freed slot to the length that the person needs; None if it is too short, too soon or does not suit."""
    end = freed.start + timedelta(minutes=entry.minutes)
    too_soon = expires + timedelta(minutes=entry.notice) > freed.start
    elsewhere = bool(entry.locations) and freed.location not in entry.locations
    if end > freed.end or too_soon or elsewhere:
        return None
    when = Interval(start=freed.start, end=end)
    return replace(freed, when=when) if _suits(entry, when, zone) else None


def _suits(entry: WaitingListEntry, when: Interval, zone: tzinfo) -> bool:
    start, end = local(when.start, zone), local(when.end, zone)
    if not entry.suits:
        return True
    return start.date() == end.date() and any(
        hours.weekday is Weekday.of(start.date()) and hours.start <= start.time() and end.time() <= hours.end
        for hours in entry.suits
    )
