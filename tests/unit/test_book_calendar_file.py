"""The calendar file: what a strange calendar program reads out of it."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from reable import book
from reable.book import BadCalendarFile, CalendarEntry, CalendarMethod, CalendarWords, Interval, NoTimeZone

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
START = datetime(2026, 3, 9, 9, 30, tzinfo=ZoneInfo("America/New_York"))
WORDS = CalendarWords(
    summary="Appointment at Lakeside", note="Call us:", telephone="+1 555 0100", email="desk@lakeside.example"
)


def entry(**change):
    parts = {
        "id": "7f3a-1",
        "sequence": 0,
        "when": Interval(start=START, end=START + timedelta(minutes=45)),
        "location": "12 Shore Road, Lakeside",
    }
    return CalendarEntry(**{**parts, **change})


def words(**change):
    parts = {"summary": WORDS.summary, "note": WORDS.note, "telephone": WORDS.telephone, "email": WORDS.email}
    return CalendarWords(**{**parts, **change})


def write(*entries, method=CalendarMethod.PUBLISH, said=WORDS, alarm=None):
    return book.calendar_text(entries or [entry()], method=method, words=said, now=NOW, alarm=alarm)


def test_a_booking_is_written_like_this():
    assert write(alarm=120).split("\r\n") == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Reable//Reable//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        "SUMMARY:Appointment at Lakeside",
        "DTSTART:20260309T133000Z",
        "DTEND:20260309T141500Z",
        "DTSTAMP:20260301T120000Z",
        "UID:7f3a-1@reable",
        "SEQUENCE:0",
        "CLASS:PRIVATE",
        "DESCRIPTION:Call us: +1 555 0100",
        "LOCATION:12 Shore Road\\, Lakeside",
        "ORGANIZER:mailto:desk@lakeside.example",
        "STATUS:CONFIRMED",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        "DESCRIPTION:Appointment at Lakeside",
        "TRIGGER:-PT2H",
        "END:VALARM",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


def test_a_cancelled_booking_keeps_its_identifier_and_has_no_alarm():
    text = write(entry(sequence=1), method=CalendarMethod.CANCEL, alarm=120)

    (event,) = Calendar.from_ical(text).walk("VEVENT")
    assert "METHOD:CANCEL\r\n" in text
    assert (event["UID"], event["SEQUENCE"], event["STATUS"]) == ("7f3a-1@reable", 1, "CANCELLED")
    assert "VALARM" not in text


def test_two_appointments_of_a_booking_are_two_events():
    later = Interval(start=START + timedelta(hours=1), end=START + timedelta(hours=2))

    events = Calendar.from_ical(write(entry(), entry(id="7f3a-2", when=later))).walk("VEVENT")

    assert [event["UID"] for event in events] == ["7f3a-1@reable", "7f3a-2@reable"]


HOSTILE = st.text(
    st.one_of(st.sampled_from('\r\n\t\x00\x0b\x85\u2028;,:\\"\u200b\u202e'), st.characters(exclude_categories=["Cs"])),
    max_size=120,
)


@given(HOSTILE, HOSTILE, HOSTILE, HOSTILE)
def test_no_text_breaks_out_of_its_line(summary, note, telephone, location):
    said = words(summary=summary, note=f"{note}\r\nATTENDEE:mailto:evil@example.org", telephone=telephone)

    text = write(entry(location=location), said=said, alarm=0)

    lines = text.split("\r\n")
    plain = write(alarm=0).split("\r\n")
    names = [line.split(":")[0] for line in lines if not line.startswith(" ")]
    assert names == [line.split(":")[0] for line in plain]
    assert all(len(line.encode()) <= 75 for line in lines)
    assert not [letter for line in lines for letter in line if not letter.isprintable()]
    (event,) = Calendar.from_ical(text).walk("VEVENT")
    assert "ATTENDEE" not in event
    visible = "".join(letter if letter.isprintable() else " " for letter in summary)
    assert str(event["SUMMARY"]) == " ".join(visible.split())


@pytest.mark.parametrize("id_", ["", "a b", "a\r\nb", "a@b", "é", "a:b"])
def test_an_identifier_that_could_be_misread_is_refused(id_):
    with pytest.raises(BadCalendarFile):
        entry(id=id_)


@pytest.mark.parametrize("email", ["", "desk", "a@b@c", "desk@x\r\nATTENDEE:y", "desk@x;CN=y", "désk@x", "a b@c"])
def test_an_address_that_could_be_misread_is_refused(email):
    with pytest.raises(BadCalendarFile):
        words(email=email)


def test_numbers_that_make_no_sense_are_refused():
    with pytest.raises(BadCalendarFile):
        entry(sequence=-1)
    with pytest.raises(BadCalendarFile):
        write(alarm=-1)
    with pytest.raises(NoTimeZone):
        book.calendar_text(
            [entry()], method=CalendarMethod.PUBLISH, words=WORDS, now=NOW.replace(tzinfo=None), alarm=None
        )
