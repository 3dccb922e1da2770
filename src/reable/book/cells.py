"""Time in cells of a quarter of an hour, so that a database can refuse to give the same time twice (decision 17).

One row per resource and cell, unique: a therapist, a room and a patient are each in one place at a time.
"""

from datetime import datetime, timedelta

from reable.book.intervals import Interval, utc
from reable.errors import ReableError

CELL_MINUTES = 15  # every time zone in use today is a whole number of quarter hours from UTC
CELL = timedelta(minutes=CELL_MINUTES)


class OffTheMark(ReableError):
    """A time or a length that is not on a quarter of an hour."""

    code = "book.off_the_mark"


def cells(start: datetime, end: datetime) -> tuple[datetime, ...]:
    """List the starts, in UTC, of all quarter hours from `start` up to, but without, `end`.

    Raises: NoTimeZone, EndsTooEarly, OffTheMark.
    """
    whole = Interval(start=on_the_mark(start), end=on_the_mark(end))
    return tuple(whole.start + CELL * number for number in range(whole.minutes // CELL_MINUTES))


def on_the_mark(moment: datetime) -> datetime:
    """Give the moment in UTC, if it is a whole quarter of an hour. Raises: NoTimeZone, OffTheMark."""
    moment = utc(moment)
    if next_mark(moment) != moment:
        raise OffTheMark("a visit starts and ends on a quarter of an hour", hint="use minutes 0, 15, 30 or 45")
    return moment


def next_mark(moment: datetime) -> datetime:
    """Give the first quarter of an hour in UTC that is not before `moment`. Raises: NoTimeZone."""
    moment = utc(moment)
    mark = moment.replace(minute=moment.minute - moment.minute % CELL_MINUTES, second=0, microsecond=0)
    return mark if mark == moment else mark + CELL


def whole_cells(minutes: int) -> timedelta:
    """Give a length in minutes, if it is one or more whole quarter hours. Raises: OffTheMark."""
    if minutes <= 0 or minutes % CELL_MINUTES:
        raise OffTheMark(f"a length must be a multiple of {CELL_MINUTES} minutes", hint="use 15, 30, 45, 60 ...")
    return timedelta(minutes=minutes)
