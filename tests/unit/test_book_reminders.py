"""Reminders and the quiet hours."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reable import book
from reable.book import Channel, NoTimeZone, ReminderKind

BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
moments = st.integers(0, 2 * 365 * 96).map(lambda quarters: BEGIN + quarters * timedelta(minutes=15))
zones = st.sampled_from(("America/New_York", "Europe/Madrid", "America/Santiago", "Australia/Lord_Howe")).map(ZoneInfo)
NEW_YORK = ZoneInfo("America/New_York")


@given(
    moments,
    st.integers(-100, 4000).map(lambda quarters: quarters * timedelta(minutes=15)),
    st.sets(st.sampled_from(Channel)),
    st.sets(st.sampled_from(ReminderKind)),
    zones,
)
def test_no_reminder_is_at_night_in_the_past_or_after_the_visit_began(start, ahead, channels, kinds, zone):
    now = start - ahead

    found = book.due_reminders("7f3a", start, channels=channels, kinds=kinds, zone=zone, now=now)

    assert [reminder.due for reminder in found] == sorted(reminder.due for reminder in found)
    assert len({reminder.key for reminder in found}) == len(found) <= len(channels) * len(kinds)
    for reminder in found:
        assert now <= reminder.due <= start - timedelta(hours=1)
        assert time(8) <= book.local(reminder.due, zone).time() < time(20)
        assert reminder.key == f"7f3a:{reminder.channel.value}:{reminder.kind.value}"
    if ahead > timedelta(days=4):
        assert len(found) == len(channels) * len(kinds)


def test_a_channel_named_twice_sends_once():
    start = datetime(2026, 3, 12, 15, tzinfo=NEW_YORK)

    found = book.due_reminders(
        "7f3a",
        start,
        channels=[Channel.SMS, Channel.SMS],
        kinds=[ReminderKind.ON_THE_MORNING] * 2,
        zone=NEW_YORK,
        now=start - timedelta(days=9),
    )

    assert [reminder.key for reminder in found] == ["7f3a:sms:on_the_morning"]


def test_a_visit_without_a_zone_is_refused():
    with pytest.raises(NoTimeZone):
        book.due_reminders("7f3a", datetime(2026, 3, 12), channels=[], kinds=[*ReminderKind], zone=UTC, now=BEGIN)  # noqa: DTZ001


@pytest.mark.parametrize(
    ("at", "waking"),
    [
        ("2026-03-02 07:59", "2026-03-02 08:00"),
        ("2026-03-02 08:00", "2026-03-02 08:00"),
        ("2026-03-02 19:59", "2026-03-02 19:59"),
        ("2026-03-02 20:00", "2026-03-03 08:00"),
        ("2026-03-07 23:30", "2026-03-08 08:00"),
    ],
)
def test_the_quiet_hours_end_at_eight(at, waking):
    moment, expected = (datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=NEW_YORK) for text in (at, waking))

    assert book.next_waking(moment, NEW_YORK) == expected
    assert book.is_quiet(moment, NEW_YORK) is (at != waking)


def test_a_time_to_decide_may_end_with_the_day():
    evening = datetime(2026, 3, 2, 18, tzinfo=NEW_YORK)

    assert book.after_waking(evening, 120, NEW_YORK) == evening + timedelta(hours=2)
    assert book.after_waking(evening, 121, NEW_YORK) == datetime(2026, 3, 3, 8, 1, tzinfo=NEW_YORK)


@given(moments, st.integers(0, 3000), zones)
def test_waking_minutes_are_those_outside_the_quiet_hours(moment, minutes, zone):
    end = book.after_waking(moment, minutes, zone)

    quarters = int((end - moment) / timedelta(minutes=15))
    whole = [moment + number * timedelta(minutes=15) for number in range(quarters)]
    awake = 15 * sum(not book.is_quiet(each, zone) for each in whole)
    assert 0 <= minutes - awake < 15
    assert end >= book.next_waking(moment, zone)
