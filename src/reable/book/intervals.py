"""Stretches of time in UTC, and what can be done with them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from reable.errors import ReableError


class NoTimeZone(ReableError):
    """A moment without a time zone: nobody can say when it is."""

    code = "book.no_time_zone"


class EndsTooEarly(ReableError):
    """A stretch of time that does not end after it starts."""

    code = "book.ends_too_early"


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """A stretch of time from `start` up to, but without, `end`. Kept in UTC; never empty.

    Raises: NoTimeZone, EndsTooEarly.
    """

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        object.__setattr__(self, "start", utc(self.start))
        object.__setattr__(self, "end", utc(self.end))
        if self.end <= self.start:
            raise EndsTooEarly("a stretch of time must end after it starts")

    @property
    def minutes(self) -> int:
        """The length in whole minutes."""
        return int((self.end - self.start).total_seconds()) // 60

    def overlaps(self, other: "Interval") -> bool:
        """Test that the two share time. To touch is not to overlap."""
        return self.start < other.end and other.start < self.end


def utc(moment: datetime) -> datetime:
    """Give the same moment in UTC. Raises: NoTimeZone."""
    if moment.utcoffset() is None:
        raise NoTimeZone("a moment must say its time zone", hint="pass a datetime with tzinfo, such as one in UTC")
    return moment.astimezone(UTC)


def merged(intervals: Iterable[Interval]) -> tuple[Interval, ...]:
    """Join what overlaps or touches, soonest first."""
    joined: list[Interval] = []
    for interval in sorted(intervals, key=lambda i: (i.start, i.end)):
        if joined and interval.start <= joined[-1].end:
            joined[-1] = Interval(start=joined[-1].start, end=max(joined[-1].end, interval.end))
        else:
            joined.append(interval)
    return tuple(joined)


def common(some: Iterable[Interval], others: Iterable[Interval]) -> tuple[Interval, ...]:
    """Keep the time that lies in both."""
    others = merged(others)
    return tuple(
        Interval(start=max(one.start, other.start), end=min(one.end, other.end))
        for one in merged(some)
        for other in others
        if one.overlaps(other)
    )
