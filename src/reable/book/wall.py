"""From the clock on the wall to UTC and back, right across daylight saving. The zone is an argument.

The rule: the wall time is kept. A time that the clock jumps over in spring moves forward to the first time that
exists; a time that comes twice in autumn is the first of the two.
"""

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum

from reable.book.intervals import utc
from reable.errors import ReableError

_SECOND = timedelta(seconds=1)


class Weekday(StrEnum):
    """A day of the week, Monday first."""

    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"

    @classmethod
    def of(cls, day: date) -> "Weekday":
        """Tell the weekday of `day`."""
        return cls.numbered(day.weekday())

    @classmethod
    def numbered(cls, number: int) -> "Weekday":
        """Give the weekday by its number; 0 is Monday."""
        return list(cls)[number]


class NotAWallTime(ReableError):
    """A time of day with a zone of its own, or one that is no quarter of an hour."""

    code = "book.not_a_wall_time"


class OverNight(ReableError):
    """Hours that do not end later on the same day."""

    code = "book.over_night"


def check_hours(start: time, end: time) -> None:
    """Check hours of one day: on quarter hours, without a zone of their own, ending later on the same day.

    Raises: NotAWallTime, OverNight.
    """
    if any(t.tzinfo is not None or t.minute % 15 or t.second or t.microsecond for t in (start, end)):
        raise NotAWallTime("hours are times on the wall, on a quarter of an hour", hint="such as 08:00 or 16:45")
    if end <= start:
        raise OverNight("hours must end later on the same day", hint="split hours over midnight into two days")


def instant(day: date, at: time, zone: tzinfo) -> datetime:
    """Tell when, in UTC, the clock on the wall in `zone` shows `at` on `day` (see the rule above)."""
    wall = datetime.combine(day, at.replace(fold=0, tzinfo=None))
    first = wall.replace(tzinfo=zone).astimezone(UTC)
    if first.astimezone(zone).replace(tzinfo=None) == wall:
        return first
    return _end_of_gap(wall.replace(tzinfo=zone, fold=1).astimezone(UTC), first, zone)


def _end_of_gap(before: datetime, after: datetime, zone: tzinfo) -> datetime:
    """Find the moment between the two at which the clock jumps, to the second, by halving."""
    offset = before.astimezone(zone).utcoffset()
    while after - before > _SECOND:
        middle = before + (after - before) // 2
        if middle.astimezone(zone).utcoffset() == offset:
            before = middle
        else:
            after = middle
    return after.replace(microsecond=0)


def local(moment: datetime, zone: tzinfo) -> datetime:
    """Tell what the clock on the wall in `zone` shows at `moment`. Raises: NoTimeZone."""
    return utc(moment).astimezone(zone).replace(tzinfo=None)


def day_of(moment: datetime, zone: tzinfo) -> date:
    """Tell on which day in `zone` the moment falls. Raises: NoTimeZone."""
    return local(moment, zone).date()
