"""Cells, intervals, the clock on the wall and weekly hours, across every change of the clocks."""

from datetime import UTC, date, datetime, time, timedelta, timezone
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reable import book
from reable.book import (
    BadDays,
    BadException,
    DayKind,
    EndsTooEarly,
    Exceptional,
    Hours,
    Interval,
    NotAWallTime,
    NoTimeZone,
    OffTheMark,
    OverNight,
    Weekday,
    WeeklyHours,
)

ZONES = ("America/New_York", "Europe/Madrid", "America/Santiago", "Australia/Lord_Howe", "America/Havana", "UTC")
QUARTER = timedelta(minutes=15)
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)

zones = st.sampled_from(ZONES).map(ZoneInfo)
days = st.dates(date(2025, 1, 1), date(2028, 12, 31))
wall_times = st.builds(time, st.integers(0, 23), st.sampled_from((0, 15, 30, 45)))
moments = st.integers(0, 60).map(lambda quarters: NOON + quarters * QUARTER)
lengths = st.integers(1, 12).map(lambda quarters: quarters * QUARTER)
intervals = st.builds(lambda start, length: Interval(start=start, end=start + length), moments, lengths)
spans = st.tuples(wall_times, wall_times).filter(lambda two: two[0] < two[1])


def covered(some):
    return {cell for one in some for cell in book.cells(one.start, one.end)}


def test_an_hour_has_four_cells():
    madrid = datetime(2026, 3, 2, 13, tzinfo=ZoneInfo("Europe/Madrid"))

    found = book.cells(madrid, madrid + timedelta(hours=1))

    assert [f"{cell:%H:%M}" for cell in found] == ["12:00", "12:15", "12:30", "12:45"]
    assert {cell.tzinfo for cell in found} == {UTC}


@pytest.mark.parametrize(
    ("start", "end", "error"),
    [
        (NOON.replace(tzinfo=None), NOON, NoTimeZone),
        (NOON, NOON, EndsTooEarly),
        (NOON, NOON - QUARTER, EndsTooEarly),
        (NOON + timedelta(minutes=7), NOON + QUARTER, OffTheMark),
        (NOON, NOON + timedelta(minutes=15, seconds=1), OffTheMark),
        (NOON, NOON + timedelta(minutes=15, microseconds=1), OffTheMark),
    ],
)
def test_cells_refuse_what_is_no_stretch_of_quarter_hours(start, end, error):
    with pytest.raises(error) as caught:
        book.cells(start, end)

    assert caught.value.code.startswith("book.")


def test_a_zone_off_the_quarter_hour_is_refused():
    odd = timezone(timedelta(minutes=7))

    with pytest.raises(OffTheMark):
        book.cells(datetime(2026, 3, 2, 12, tzinfo=odd), datetime(2026, 3, 2, 13, tzinfo=odd))


@given(intervals)
def test_cells_fill_the_time_without_gap_or_overlap(whole):
    found = book.cells(whole.start, whole.end)

    assert found[0] == whole.start
    assert found[-1] + QUARTER == whole.end
    assert all(one + QUARTER == other for one, other in pairwise(found))
    assert len(found) * 15 == whole.minutes


def test_to_touch_is_not_to_overlap():
    first, second = (Interval(start=NOON + n * QUARTER, end=NOON + (n + 1) * QUARTER) for n in (0, 1))
    whole = Interval(start=first.start, end=second.end)

    assert not first.overlaps(second)
    assert not second.overlaps(first)
    assert whole.overlaps(first)
    assert second.overlaps(whole)
    assert book.merged([second, first]) == (whole,)


@given(st.lists(intervals, max_size=8))
def test_merged_time_is_the_same_time_in_order_and_apart(some):
    found = book.merged(some)

    assert covered(found) == covered(some)
    assert all(one.end < other.start for one, other in pairwise(found))


@given(st.lists(intervals, max_size=6), st.lists(intervals, max_size=6))
def test_common_time_lies_in_both(some, others):
    assert covered(book.common(some, others)) == covered(some) & covered(others)


@given(days, wall_times, zones)
def test_the_wall_time_is_kept_or_moves_to_the_end_of_the_gap(day, at, zone):
    found = book.instant(day, at, zone)

    shown, wanted = book.local(found, zone), datetime.combine(day, at)
    just_before = book.local(found - timedelta(seconds=1), zone)
    assert found.tzinfo is UTC
    assert shown == wanted or just_before < wanted < shown
    earlier = [book.local(found - timedelta(minutes=back), zone) for back in (30, 60)]
    assert wanted not in earlier  # of two the first


@given(days, spans, zones)
def test_time_on_the_wall_never_runs_backward(day, span, zone):
    start, end = span

    assert book.instant(day, start, zone) <= book.instant(day, end, zone)
    assert book.day_of(book.instant(day, time(12), zone), zone) == day


def test_a_whole_day_that_was_left_out_moves_to_the_next():
    """Samoa had no 30 December 2011."""
    apia = ZoneInfo("Pacific/Apia")

    found = book.instant(date(2011, 12, 30), time(9), apia)

    assert book.local(found, apia) == datetime(2011, 12, 31)  # noqa: DTZ001
    weekly = [weekly_hours("friday", time(9), time(12))]
    assert not book.open_intervals(weekly, [], zone=apia, first_day=date(2011, 12, 30), last_day=date(2011, 12, 30))


def test_a_fold_in_the_given_time_changes_nothing():
    new_york = ZoneInfo("America/New_York")
    day = date(2026, 11, 1)

    assert book.instant(day, time(1, 30, fold=1), new_york) == book.instant(day, time(1, 30), new_york)


def test_weekdays_are_numbered_from_monday():
    assert Weekday.numbered(0) is Weekday.MONDAY
    assert Weekday.of(date(2026, 3, 8)) is Weekday.SUNDAY


@pytest.mark.parametrize(
    ("start", "end", "error"),
    [
        (time(22), time(6), OverNight),
        (time(9), time(9), OverNight),
        (time(9), time(0), OverNight),
        (time(9, 5), time(10), NotAWallTime),
        (time(9), time(10, 0, 1), NotAWallTime),
        (time(9), time(10, 0, 0, 1), NotAWallTime),
        (time(9, tzinfo=UTC), time(10), NotAWallTime),
    ],
)
def test_hours_that_are_none_are_refused(start, end, error):
    with pytest.raises(error, match="HINT"):
        Hours(start=start, end=end)
    with pytest.raises(error):
        weekly_hours("monday", start, end)


def weekly_hours(weekday, start, end, first=date(2000, 1, 1), until=None):
    return WeeklyHours(weekday=Weekday(weekday), start=start, end=end, valid_from=first, valid_until=until)


def test_hours_hold_on_the_first_and_the_last_day_of_their_validity():
    hours = weekly_hours("monday", time(9), time(12), first=date(2026, 3, 9), until=date(2026, 3, 16))

    mondays = [date(2026, 3, 2) + timedelta(days=7 * number) for number in range(4)]

    assert [hours.hold_on(monday) for monday in mondays] == [False, True, True, False]


def test_days_that_end_before_they_begin_are_refused():
    last, first = date(2026, 3, 1), date(2026, 3, 2)

    with pytest.raises(BadDays):
        weekly_hours("monday", time(9), time(12), first=first, until=last)
    with pytest.raises(BadDays):
        Exceptional(first_day=first, last_day=last, kind=DayKind.LEAVE, hours=())
    with pytest.raises(BadDays):
        book.open_intervals([], [], zone=UTC, first_day=first, last_day=last)


@pytest.mark.parametrize("kind", DayKind)
def test_an_exceptional_day_has_hours_exactly_if_its_kind_has(kind):
    hours = (Hours(start=time(9), end=time(12)),)
    day = date(2026, 3, 2)

    right, wrong = ((), hours) if kind.closes else (hours, ())

    assert Exceptional(first_day=day, last_day=day, kind=kind, hours=right).covers(day)
    with pytest.raises(BadException, match="has no hours" if kind.closes else "needs hours"):
        Exceptional(first_day=day, last_day=day, kind=kind, hours=wrong)


def test_hours_that_overlap_are_merged():
    weekly = [weekly_hours("monday", time(9), time(11)), weekly_hours("monday", time(10), time(12))]

    found = book.open_intervals(weekly, [], zone=UTC, first_day=date(2026, 3, 2), last_day=date(2026, 3, 2))

    assert [one.minutes for one in found] == [180]


def test_closed_wins_over_other_hours_and_a_short_day_cuts_them_off():
    day = date(2026, 3, 2)

    def on(kind, *spans):
        hours = tuple(Hours(start=time(start), end=time(end)) for start, end in spans)
        return Exceptional(first_day=day, last_day=day, kind=kind, hours=hours)

    def minutes(*exceptional):
        found = book.open_intervals([], exceptional, zone=UTC, first_day=day, last_day=day)
        return sum(one.minutes for one in found)

    assert minutes(on(DayKind.OTHER_HOURS, (9, 12))) == 180
    assert minutes(on(DayKind.OTHER_HOURS, (9, 12)), on(DayKind.HOLIDAY)) == 0
    assert minutes(on(DayKind.OTHER_HOURS, (9, 12)), on(DayKind.SHORT_DAY, (10, 15))) == 120
    assert (
        minutes(on(DayKind.OTHER_HOURS, (9, 12)), on(DayKind.SHORT_DAY, (10, 15)), on(DayKind.SHORT_DAY, (8, 11))) == 60
    )
    assert minutes(on(DayKind.SHORT_DAY, (10, 15))) == 0  # who would not have worked does not


@settings(max_examples=60)
@given(
    st.lists(st.tuples(st.sampled_from(Weekday), spans), min_size=1, max_size=5),
    st.lists(st.tuples(st.sampled_from(DayKind), days, spans), max_size=3),
    days,
    zones,
)
def test_hours_of_many_days_are_those_of_each_day(worked, exceptions, first, zone):
    weekly = [weekly_hours(weekday, *span) for weekday, span in worked]
    exceptional = [
        Exceptional(
            first_day=day,
            last_day=day + timedelta(days=2),
            kind=kind,
            hours=() if kind.closes else (Hours(start=span[0], end=span[1]),),
        )
        for kind, day, span in exceptions
    ]
    range_ = [first + timedelta(days=number) for number in range(15)]

    whole = book.open_intervals(weekly, exceptional, zone=zone, first_day=range_[0], last_day=range_[-1])

    each = [book.open_intervals(weekly, exceptional, zone=zone, first_day=day, last_day=day) for day in range_]
    assert covered(whole) == covered(one for day in each for one in day)
    assert all(one.end < other.start for one, other in pairwise(whole))
    for day, found in zip(range_, each, strict=True):
        assert {book.day_of(one.start, zone) for one in found} <= {day}
        if any(different.covers(day) and different.kind.closes for different in exceptional):
            assert not found
