"""The hours in which nobody is written to, and in which nobody's time to decide runs."""

from datetime import datetime, time, timedelta, tzinfo

from reable.book.intervals import utc
from reable.book.wall import day_of, instant, local

DAY_BEGINS = time(8)  # judgement: before 8 in the morning a message wakes somebody
DAY_ENDS = time(20)  # judgement: from 8 in the evening on it comes too late to act on, and children sleep
_DAY = timedelta(days=1)


def is_quiet(moment: datetime, zone: tzinfo) -> bool:
    """Test that it is before 08:00, or 20:00 or later, on the wall. Raises: NoTimeZone."""
    return not DAY_BEGINS <= local(moment, zone).time() < DAY_ENDS


def next_waking(moment: datetime, zone: tzinfo) -> datetime:
    """Give the moment itself, or the end of the quiet hours that it lies in, in UTC. Raises: NoTimeZone."""
    if not is_quiet(moment, zone):
        return utc(moment)
    day = day_of(moment, zone)
    return instant(day if local(moment, zone).time() < DAY_BEGINS else day + _DAY, DAY_BEGINS, zone)


def after_waking(moment: datetime, minutes: int, zone: tzinfo) -> datetime:
    """Give the moment, in UTC, at which so many minutes outside the quiet hours have passed. Raises: NoTimeZone."""
    at, left = next_waking(moment, zone), timedelta(minutes=minutes)
    while at + left > (quiet := instant(day_of(at, zone), DAY_ENDS, zone)):
        at, left = next_waking(quiet, zone), left - (quiet - at)
    return at + left
