"""When to remind somebody of a visit: never at night, never in the past, each reminder once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo
from enum import StrEnum
from typing import assert_never

from reable.book.intervals import utc
from reable.book.quiet import DAY_BEGINS
from reable.book.wall import day_of, instant

TWO_DAYS_BEFORE_AT = time(10)  # judgement: in the morning, when the clinic can still give the slot to somebody else
EVENING_BEFORE_AT = time(19)  # judgement: the last hour before the quiet hours, for visits early in the morning
MORNING_LEAD_MINUTES = 60  # judgement: a reminder less than an hour before the visit comes when people have left
_DAY = timedelta(days=1)


class Channel(StrEnum):
    """How a reminder is sent."""

    EMAIL = "email"
    SMS = "sms"


class ReminderKind(StrEnum):
    """When a person wants to be reminded."""

    TWO_DAYS_BEFORE = "two_days_before"
    ON_THE_MORNING = "on_the_morning"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """One message that is due at a moment, in UTC. `key` is the same each time the same reminder is worked out."""

    due: datetime
    channel: Channel
    kind: ReminderKind
    key: str


def due_reminders(
    visit: str,
    start: datetime,
    *,
    channels: Iterable[Channel],
    kinds: Iterable[ReminderKind],
    zone: tzinfo,
    now: datetime,
) -> tuple[Reminder, ...]:
    """List the reminders still due for a visit, soonest first. `visit` is its identifier, `zone` that of the location.

    Two days before: at 10:00 on the wall, two calendar days before the visit. On the morning: at 08:00 on its day; for
    a visit that starts before 09:00 at 19:00 on the evening before. What would have been due before `now` is left out.
    Raises: NoTimeZone.
    """
    due = {kind: _due(kind, start, zone) for kind in kinds}
    found = (
        Reminder(due=at, channel=channel, kind=kind, key=f"{visit}:{channel}:{kind}")
        for channel in frozenset(channels)
        for kind, at in due.items()
        if at >= utc(now)
    )
    return tuple(sorted(found, key=lambda reminder: (reminder.due, reminder.key)))


def _due(kind: ReminderKind, start: datetime, zone: tzinfo) -> datetime:
    day = day_of(start, zone)
    match kind:
        case ReminderKind.TWO_DAYS_BEFORE:
            return instant(day - 2 * _DAY, TWO_DAYS_BEFORE_AT, zone)
        case ReminderKind.ON_THE_MORNING:
            morning = instant(day, DAY_BEGINS, zone)
            in_time = morning + timedelta(minutes=MORNING_LEAD_MINUTES) <= utc(start)
            return morning if in_time else instant(day - _DAY, EVENING_BEFORE_AT, zone)
        case _:
            assert_never(kind)
