"""When somebody works: weekly hours in the local time on the wall, and days that are different.

Hours are kept as people say them ("Tuesdays 8 to 12") and turned into UTC for a range of days, so that 8 o'clock stays
8 o'clock when the clocks change. Hours that lie wholly in the hour that is skipped in spring do not exist that day;
hours across the doubled hour in autumn are that much longer. No length is ever negative.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta, tzinfo
from enum import StrEnum
from typing import assert_never

from reable.book.intervals import Interval, common, merged
from reable.book.wall import Weekday, check_hours, instant
from reable.errors import ReableError

_DAY = timedelta(days=1)


class BadDays(ReableError):
    """A range of days that ends before it begins."""

    code = "book.bad_days"


class BadException(ReableError):
    """An exceptional day whose kind and hours contradict each other."""

    code = "book.bad_exception"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """Hours of one day, on the wall. Raises: NotAWallTime, OverNight."""

    start: time
    end: time

    def __post_init__(self) -> None:
        check_hours(self.start, self.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class WeeklyHours:
    """Hours that come back each week, on the wall. Both days of validity count; None is until further notice.

    Raises: NotAWallTime, OverNight, BadDays.
    """

    weekday: Weekday
    start: time
    end: time
    valid_from: date
    valid_until: date | None

    def __post_init__(self) -> None:
        check_hours(self.start, self.end)
        if self.valid_until is not None:
            _check_days(self.valid_from, self.valid_until)

    def hold_on(self, day: date) -> bool:
        """Test that these hours are worked on `day`."""
        until = self.valid_until or date.max
        return self.weekday is Weekday.of(day) and self.valid_from <= day <= until


class DayKind(StrEnum):
    """How a day is different.

    On a holiday of the clinic and on leave there are no hours. Other hours stand instead of the weekly ones. On a
    short day the clinic is open only within the hours given: who would not have worked then does not work now.
    """

    HOLIDAY = "holiday"
    LEAVE = "leave"
    OTHER_HOURS = "other_hours"
    SHORT_DAY = "short_day"

    @property
    def closes(self) -> bool:
        """Test that nobody works at all."""
        match self:
            case DayKind.HOLIDAY | DayKind.LEAVE:
                return True
            case DayKind.OTHER_HOURS | DayKind.SHORT_DAY:
                return False
            case _:
                assert_never(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Exceptional:
    """Days, the first and the last included, that are different. Hours exactly where the kind has hours.

    Raises: BadDays, BadException.
    """

    first_day: date
    last_day: date
    kind: DayKind
    hours: tuple[Hours, ...]

    def __post_init__(self) -> None:
        _check_days(self.first_day, self.last_day)
        if self.kind.closes is bool(self.hours):
            raise BadException(f"a day of the kind '{self.kind}' {'has no' if self.kind.closes else 'needs'} hours")

    def covers(self, day: date) -> bool:
        """Test that `day` is one of these days."""
        return self.first_day <= day <= self.last_day


def open_intervals(
    weekly: Iterable[WeeklyHours], exceptional: Iterable[Exceptional], *, zone: tzinfo, first_day: date, last_day: date
) -> tuple[Interval, ...]:
    """Tell when, in UTC, there are hours on the days from `first_day` to `last_day`, both included.

    Hours that overlap are merged. Closed wins over all else; then other hours stand instead of the weekly ones;
    then short days cut off. Raises: BadDays.
    """
    _check_days(first_day, last_day)
    weekly, exceptional = tuple(weekly), tuple(exceptional)
    days = (first_day + _DAY * number for number in range((last_day - first_day).days + 1))
    return merged(interval for day in days for interval in _of_day(day, weekly, exceptional, zone))


def _of_day(
    day: date, weekly: Iterable[WeeklyHours], exceptional: Iterable[Exceptional], zone: tzinfo
) -> tuple[Interval, ...]:
    today = [different for different in exceptional if different.covers(day)]
    if any(different.kind.closes for different in today):
        return ()
    instead = [hours for different in today if different.kind is DayKind.OTHER_HOURS for hours in different.hours]
    usual = [hours for hours in weekly if hours.hold_on(day)]
    worked = merged(_in_utc(day, instead or usual, zone))
    for different in today:
        if different.kind is DayKind.SHORT_DAY:
            worked = common(worked, _in_utc(day, different.hours, zone))
    return worked


def _in_utc(day: date, hours: Iterable[Hours | WeeklyHours], zone: tzinfo) -> Iterator[Interval]:
    for each in hours:
        start, end = instant(day, each.start, zone), instant(day, each.end, zone)
        if start < end:
            yield Interval(start=start, end=end)


def _check_days(first: date, last: date) -> None:
    if last < first:
        raise BadDays("the last day must not be before the first day")
