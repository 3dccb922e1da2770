"""Bookable times: all that are free, a short choice of them, and pairs of PT and OT on one day."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from itertools import zip_longest
from typing import TypeVar

from reable.book.cells import CELL_MINUTES, next_mark, whole_cells
from reable.book.intervals import Interval, merged, utc
from reable.book.wall import day_of, local
from reable.errors import ReableError
from reable.terms import Discipline

NOON = time(12)
MOST_GAP_MINUTES = 120  # judgement: two hours is the longest that somebody who came for both is asked to wait


Rank = tuple[datetime, datetime, datetime, tuple[str, ...]]


class BadChoice(ReableError):
    """A number that makes no sense in asking for slots."""

    code = "book.bad_choice"


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A bookable time of one therapist at one location; both are the identifiers that the caller uses."""

    when: Interval
    therapist: str
    location: str

    @property
    def start(self) -> datetime:
        """When it starts, in UTC."""
        return self.when.start

    @property
    def end(self) -> datetime:
        """When it ends, in UTC."""
        return self.when.end

    @property
    def rank(self) -> Rank:
        """Soonest first; the keys break ties."""
        return (self.start, self.end, self.start, (self.therapist, self.location))


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A PT and an OT slot on one day at one location, one soon after the other: booked both or none."""

    pt: Slot
    ot: Slot

    @property
    def in_order(self) -> tuple[Slot, Slot]:
        """The two, the sooner one first."""
        return (self.pt, self.ot) if self.pt.start < self.ot.start else (self.ot, self.pt)

    @property
    def start(self) -> datetime:
        """When the first of the two starts, in UTC."""
        return self.in_order[0].start

    @property
    def end(self) -> datetime:
        """When the second of the two ends, in UTC."""
        return self.in_order[1].end

    @property
    def rank(self) -> Rank:
        """Soonest first, then soonest over; the keys break ties."""
        first, second = self.in_order
        return (first.start, second.end, second.start, (first.therapist, second.therapist, first.location))


Choice = TypeVar("Choice", Slot, Pair)


def free_slots(
    open_: Iterable[Interval],
    taken: Iterable[Interval],
    *,
    minutes: int,
    therapist: str,
    location: str,
    step: int = CELL_MINUTES,
    buffer: int = 0,
) -> tuple[Slot, ...]:
    """List all times at which a visit of `minutes` fits into the open hours of one therapist, soonest first.

    Starts are counted from the opening (its next quarter hour) in steps of `step` minutes. Between the visit and
    anything taken, before and after, `buffer` minutes stay free; the edges of the hours need none.
    `taken` is everything that the therapist is bound by, at any location. Raises: OffTheMark, BadChoice.
    """
    length, stride = whole_cells(minutes), whole_cells(step)
    if buffer < 0:
        raise BadChoice("a buffer is a number of minutes, 0 or more")
    margin = timedelta(minutes=buffer)
    bound = merged(Interval(start=each.start - margin, end=each.end + margin) for each in taken)
    return tuple(
        Slot(when=Interval(start=start, end=start + length), therapist=therapist, location=location)
        for hours in merged(open_)
        for start in _starts(hours, length, stride)
        if _is_free(start, start + length, bound)
    )


def first_slots(
    slots: Iterable[Choice], *, now: datetime, notice: int, zone: tzinfo, most: int, most_a_day: int
) -> tuple[Choice, ...]:
    """Choose few of many slots or pairs: the soonest, at most `most_a_day` a local day and `most` in all.

    None starts before `now` and `notice` minutes. On a day with room for two or more there are mornings (start before
    noon on the wall) and afternoons, if both are free; what is shown of one half day does not overlap.
    Raises: NoTimeZone, BadChoice.
    """
    if notice < 0 or most < 1 or most_a_day < 1:
        raise BadChoice("notice is 0 minutes or more; at least one slot must be asked for")
    earliest = utc(now) + timedelta(minutes=notice)
    mornings: dict[date, list[Choice]] = {}
    afternoons: dict[date, list[Choice]] = {}
    for slot in sorted((slot for slot in slots if slot.start >= earliest), key=lambda slot: slot.rank):
        wall = local(slot.start, zone)
        (mornings if wall.time() < NOON else afternoons).setdefault(wall.date(), []).append(slot)
    chosen: list[Choice] = []
    for day in sorted({*mornings, *afternoons}):
        useful = _in_turn(_apart(mornings.get(day, [])), _apart(afternoons.get(day, [])))
        chosen += useful[: min(most_a_day, most - len(chosen))]
    return tuple(sorted(chosen, key=lambda slot: slot.rank))


def pairs(
    pt: Iterable[Slot],
    ot: Iterable[Slot],
    *,
    order: tuple[Discipline, ...] | None,
    zone: tzinfo,
    most_gap: int = MOST_GAP_MINUTES,
) -> tuple[Pair, ...]:
    """List all ways to have PT and OT on one local day at one location, soonest first.

    The second begins 0 to `most_gap` minutes after the first ends. `order` is the recommended one: its first
    discipline comes first; None is either way. The work grows with the number of pairs, so pass few weeks.
    """
    pt, ot = tuple(pt), tuple(ot)
    found: list[Pair] = []
    gap = timedelta(minutes=most_gap)
    if not order or order[0] is Discipline.PT:
        found += [Pair(pt=first, ot=second) for first, second in _following(pt, ot, gap, zone)]
    if not order or order[0] is Discipline.OT:
        found += [Pair(pt=second, ot=first) for first, second in _following(ot, pt, gap, zone)]
    return tuple(sorted(found, key=lambda pair: pair.rank))


def _starts(hours: Interval, length: timedelta, stride: timedelta) -> Iterator[datetime]:
    start = next_mark(hours.start)
    while start + length <= hours.end:
        yield start
        start += stride


def _is_free(start: datetime, end: datetime, bound: Sequence[Interval]) -> bool:
    """Test that nothing of `bound`, which is sorted and does not overlap, shares time with the visit."""
    following = bisect_left(bound, end, key=lambda each: each.start)
    return following == 0 or bound[following - 1].end <= start


def _in_turn(mornings: list[Choice], afternoons: list[Choice]) -> list[Choice]:
    """Order the slots of one day by use: the first morning, the first afternoon, the next morning ..."""
    return [slot for two in zip_longest(mornings, afternoons) for slot in two if slot is not None]


def _apart(slots: list[Choice]) -> list[Choice]:
    """Keep the first, then each that starts when the one kept before it is over."""
    kept: list[Choice] = []
    for slot in slots:
        if not kept or slot.start >= kept[-1].end:
            kept.append(slot)
    return kept


def _following(
    firsts: Iterable[Slot], seconds: Iterable[Slot], gap: timedelta, zone: tzinfo
) -> Iterator[tuple[Slot, Slot]]:
    """Give each first with each second that follows it soon enough on the same day at the same location."""
    by_day: dict[tuple[str, date], list[Slot]] = {}
    for second in sorted(seconds, key=lambda slot: slot.start):
        by_day.setdefault((second.location, day_of(second.start, zone)), []).append(second)
    for first in firsts:
        same_day = by_day.get((first.location, day_of(first.start, zone)), [])
        soon = bisect_left(same_day, first.end, key=lambda slot: slot.start)
        late = bisect_right(same_day, first.end + gap, key=lambda slot: slot.start)
        yield from ((first, second) for second in same_day[soon:late])
