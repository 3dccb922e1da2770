"""Moments as the script writes them, on the clinic's clock.

`-12 10:20` is twelve days ago at 10:20, `3` the beginning of the day in three days, `+2 09:00` two days after the step
before, `-3h` and `-40min` that long ago, and `friday 1` the Friday of next week.
"""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from reable import book
from reable.book import Weekday
from reable.errors import ReableError

_UNITS = {"h": timedelta(hours=1), "min": timedelta(minutes=1)}


class BadMoment(ReableError):
    """A moment of the demo's script that cannot be read."""

    code = "web.demo_moment"

    def __init__(self, text: str) -> None:
        super().__init__(f"'{text}' is no moment", hint="such as '-12 10:20', '3', '+2 09:00' or '-3h'")


def moment(text: str, *, now: datetime, zone: ZoneInfo, before: datetime) -> datetime:
    """Read a moment; `before` is that of the step before. Raises: BadMoment."""
    for unit, length in _UNITS.items():
        number = text.removesuffix(unit)
        if number != text:
            return now + _whole(number, text) * length
    day, _, at = text.partition(" ")
    begin = book.day_of(before if day.startswith("+") else now, zone)
    try:
        wall = time.fromisoformat(at or "00:00")
    except ValueError as error:
        raise BadMoment(text) from error
    return book.instant(begin + timedelta(days=_whole(day, text)), wall, zone)


def day(text: str, *, now: datetime, zone: ZoneInfo) -> date:
    """Read a day such as `friday 1`: in so many weeks, 0 is this one. Raises: BadMoment."""
    today = book.day_of(now, zone)
    name, _, weeks = text.partition(" ")
    if name not in list(Weekday):
        return today + timedelta(days=_whole(name, text))
    monday = today - timedelta(days=today.weekday())
    return monday + timedelta(weeks=_whole(weeks, text), days=list(Weekday).index(Weekday(name)))


def span(text: str) -> tuple[time, time]:
    """Read hours such as `08:00-12:00`. Raises: BadMoment."""
    start, _, end = text.partition("-")
    try:
        return time.fromisoformat(start), time.fromisoformat(end)
    except ValueError as error:
        raise BadMoment(text) from error


def _whole(number: str, text: str) -> int:
    try:
        return int(number)
    except ValueError as error:
        raise BadMoment(text) from error
