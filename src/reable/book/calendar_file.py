"""A booking as a calendar file (.ics, RFC 5545 and 5546) that a person's calendar can take up, change and remove.

It travels through strangers' machines, so it says nothing of health: where, when, and whom to call. All words are
given by the caller, who writes "Appointment at Lakeside" and never the therapy. Line ends are CRLF; keep them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from icalendar import Alarm, Calendar, Event, vCalAddress

from reable.book.intervals import Interval, utc
from reable.errors import ReableError

PRODUCT = "-//Reable//Reable//EN"
_UID_MORE = frozenset("-_")
_ADDRESS_MORE = frozenset("-_.+@")


class BadCalendarFile(ReableError):
    """A part of a calendar file that would not be safe or not be understood."""

    code = "book.bad_calendar_file"


class CalendarMethod(StrEnum):
    """What the file does to the calendar: puts in or changes, or takes out."""

    PUBLISH = "PUBLISH"
    CANCEL = "CANCEL"


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarEntry:
    """One appointment as a calendar shows it. `location` is an address as people write it.

    `id` never changes: a booking's identifier, with a number where it has several appointments; letters, digits, - _.
    `sequence` counts up from 0 with each change of the appointment, the cancelling included. Raises: BadCalendarFile.
    """

    id: str
    sequence: int
    when: Interval
    location: str

    def __post_init__(self) -> None:
        if not self.id or not _made_of(self.id, _UID_MORE):
            raise BadCalendarFile("an identifier is made of letters, digits, '-' and '_'")
        if self.sequence < 0:
            raise BadCalendarFile("the sequence of an appointment is 0 or more")


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarWords:
    """What the calendar says, in the person's language. `note` stands before the telephone number, such as "Call us:".

    `email` is the clinic's address: the standard wants an organizer. Raises: BadCalendarFile.
    """

    summary: str
    note: str
    telephone: str
    email: str

    def __post_init__(self) -> None:
        if self.email.count("@") != 1 or not _made_of(self.email, _ADDRESS_MORE):
            raise BadCalendarFile("the clinic's e-mail address must be a plain one", hint="such as desk@clinic.example")


def calendar_text(
    entries: Iterable[CalendarEntry], *, method: CalendarMethod, words: CalendarWords, now: datetime, alarm: int | None
) -> str:
    """Write the file. Times are in UTC: each calendar shows them in its own zone, right across daylight saving.

    `alarm`: minutes before the start at which the calendar reminds; None is no alarm. Raises: NoTimeZone,
    BadCalendarFile.
    """
    if alarm is not None and alarm < 0:
        raise BadCalendarFile("an alarm is a number of minutes before the start, 0 or more")
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method.value)
    for entry in entries:
        event = _event(entry, method, words, utc(now))
        if alarm is not None and method is CalendarMethod.PUBLISH:
            event.add_component(_alarm(alarm, words))
        calendar.add_component(event)
    text: bytes = calendar.to_ical()
    return text.decode()


def _event(entry: CalendarEntry, method: CalendarMethod, words: CalendarWords, now: datetime) -> Event:
    event = Event()
    event.add("uid", f"{entry.id}@reable")
    event.add("sequence", entry.sequence)
    event.add("dtstamp", now)
    event.add("dtstart", entry.when.start)
    event.add("dtend", entry.when.end)
    event.add("status", "CONFIRMED" if method is CalendarMethod.PUBLISH else "CANCELLED")
    event.add("class", "PRIVATE")
    event.add("organizer", vCalAddress(f"mailto:{words.email}"))
    event.add("summary", _one_line(words.summary))
    event.add("location", _one_line(entry.location))
    event.add("description", _one_line(f"{words.note} {words.telephone}"))
    return event


def _alarm(minutes: int, words: CalendarWords) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", _one_line(words.summary))
    alarm.add("trigger", timedelta(minutes=-minutes))
    return alarm


def _one_line(text: str) -> str:
    """Put a text on one line, without letters that nobody can see; the library escapes commas and semicolons."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())


def _made_of(text: str, more: frozenset[str]) -> bool:
    return text.isascii() and all(letter.isalnum() or letter in more for letter in text)
