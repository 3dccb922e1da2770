"""Slots, short choices and pairs: what holds for all of them."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reable import book
from reable.book import MOST_GAP_MINUTES, BadChoice, Interval, NoTimeZone, OffTheMark, Slot
from reable.terms import Discipline

MINUTE = timedelta(minutes=1)
BEGIN = datetime(2026, 3, 6, 6, tzinfo=UTC)  # two days before the clocks change in New York

zones = st.sampled_from(("America/New_York", "Europe/Madrid", "America/Santiago", "Australia/Lord_Howe")).map(ZoneInfo)


def stretches(step, longest, most):
    starts, spans = st.integers(0, 2 * 24 * 60 // step), st.integers(1, longest // step)
    one = st.builds(
        lambda start, length: Interval(
            start=BEGIN + start * step * MINUTE, end=BEGIN + (start + length) * step * MINUTE
        ),
        starts,
        spans,
    )
    return st.lists(one, max_size=most)


def a_slot(therapist):
    return st.builds(
        lambda start, length, place: Slot(
            when=Interval(start=BEGIN + start * 15 * MINUTE, end=BEGIN + (start + length) * 15 * MINUTE),
            therapist=therapist,
            location=place,
        ),
        st.integers(0, 96),
        st.integers(1, 6),
        st.sampled_from(("lakeside", "riverside")),
    )


slots = st.lists(st.one_of(a_slot("ana"), a_slot("omar")), max_size=40)


@given(
    stretches(15, 600, 4), stretches(5, 300, 6), st.integers(1, 8), st.sampled_from((15, 30, 60)), st.integers(0, 20)
)
def test_free_slots_are_all_that_fit_and_none_that_does_not(open_, taken, quarters, step, buffer):
    minutes = quarters * 15

    found = book.free_slots(
        open_, taken, minutes=minutes, step=step, buffer=buffer, therapist="ana", location="lakeside"
    )

    expected = []
    for hours in book.merged(open_):
        start = hours.start
        while start + minutes * MINUTE <= hours.end:
            wide = Interval(start=start - buffer * MINUTE, end=start + (minutes + buffer) * MINUTE)
            if not any(wide.overlaps(each) for each in taken):
                expected.append(start)
            start += step * MINUTE
    assert expected == [slot.start for slot in found]
    assert {slot.when.minutes for slot in found} <= {minutes}


@given(stretches(15, 600, 4), stretches(15, 300, 6), st.integers(1, 8))
def test_no_slot_shares_a_cell_with_what_is_taken(open_, taken, quarters):
    asked = {"minutes": quarters * 15, "therapist": "ana", "location": "lakeside"}
    found = book.free_slots(open_, taken, **asked)

    assert found == book.free_slots(open_, taken, **asked, step=15, buffer=0)
    bound = {cell for one in taken for cell in book.cells(one.start, one.end)}
    free = {cell for one in open_ for cell in book.cells(one.start, one.end)}
    for slot in found:
        claimed = set(book.cells(slot.start, slot.end))
        assert not claimed & bound
        assert claimed <= free


def test_hours_off_the_quarter_begin_at_the_next():
    hours = [Interval(start=BEGIN + 7 * MINUTE, end=BEGIN + 60 * MINUTE)]

    found = book.free_slots(hours, [], minutes=30, therapist="ana", location="lakeside")

    assert [slot.start - BEGIN for slot in found] == [15 * MINUTE, 30 * MINUTE]


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"minutes": 0}, OffTheMark),
        ({"minutes": 50}, OffTheMark),
        ({"step": -15}, OffTheMark),
        ({"step": 20}, OffTheMark),
        ({"buffer": -1}, BadChoice),
    ],
)
def test_numbers_that_make_no_sense_are_refused(change, error):
    with pytest.raises(error):
        book.free_slots([], [], **{"minutes": 30, "therapist": "ana", "location": "lakeside", **change})


@pytest.mark.parametrize("change", [{"notice": -1}, {"most": 0}, {"most_a_day": 0}])
def test_a_choice_of_nothing_is_refused(change):
    asked = {"now": BEGIN, "notice": 0, "zone": UTC, "most": 1, "most_a_day": 1, **change}

    with pytest.raises(BadChoice):
        book.first_slots([], **asked)


def test_a_choice_needs_to_know_when_now_is():
    with pytest.raises(NoTimeZone):
        book.first_slots([], now=BEGIN.replace(tzinfo=None), notice=0, zone=UTC, most=1, most_a_day=1)


@given(
    slots, st.integers(0, 4000), st.sampled_from((0, 60, 1440)), st.integers(1, 9), st.integers(1, 4), zones, st.data()
)
def test_a_short_choice_is_short_useful_and_never_in_the_past(free, later, notice, most, a_day, zone, data):
    now = BEGIN + later * MINUTE
    asked = {"now": now, "notice": notice, "zone": zone, "most": most, "most_a_day": a_day}

    found = book.first_slots(free, **asked)

    days = [book.day_of(slot.start, zone) for slot in found]
    possible = [slot for slot in free if slot.start >= now + notice * MINUTE]
    assert found == tuple(sorted(found, key=lambda slot: slot.rank))
    assert set(found) <= set(possible)
    assert len(found) <= most
    assert all(days.count(day) <= a_day for day in days)
    assert bool(found) is bool(possible)
    if possible:
        assert found[0].start == min(slot.start for slot in possible)
    assert found == book.first_slots(data.draw(st.permutations(free)), **asked)


def test_noon_is_afternoon():
    def an_hour_from(hour):
        when = Interval(start=BEGIN.replace(hour=hour), end=BEGIN.replace(hour=hour + 1))
        return Slot(when=when, therapist="ana", location="lakeside")

    free = [an_hour_from(hour) for hour in (9, 10, 12, 13)]

    found = book.first_slots(free, now=BEGIN, notice=0, zone=UTC, most=2, most_a_day=2)

    assert [slot.start.hour for slot in found] == [9, 12]


@given(slots, zones)
def test_a_day_with_both_shows_a_morning_and_an_afternoon(free, zone):
    found = book.first_slots(free, now=BEGIN, notice=0, zone=zone, most=100, most_a_day=2)

    def halves(some):
        return {(book.day_of(s.start, zone), book.local(s.start, zone).time() < time(12)) for s in some}

    assert halves(found) == halves(free)


@given(
    st.lists(a_slot("ana"), max_size=25),
    st.lists(a_slot("omar"), max_size=25),
    st.sampled_from((None, (Discipline.PT, Discipline.OT), (Discipline.OT, Discipline.PT))),
    st.sampled_from((0, 45, MOST_GAP_MINUTES)),
    zones,
)
def test_pairs_are_all_that_keep_order_day_place_and_gap(pt, ot, order, gap, zone):
    found = book.pairs(pt, ot, order=order, zone=zone, most_gap=gap)

    expected = [
        (one, other)
        for one in pt
        for other in ot
        for first, second, leads in ((one, other, Discipline.PT), (other, one, Discipline.OT))
        if (order is None or order[0] is leads)
        and 0 <= (second.start - first.end) / MINUTE <= gap
        and one.location == other.location
        and book.day_of(one.start, zone) == book.day_of(other.start, zone)
    ]
    assert len(expected) == len(found)
    assert set(expected) == {(pair.pt, pair.ot) for pair in found}
    assert [pair.start for pair in found] == sorted(pair.start for pair in found)
    for pair in found:
        assert not pair.pt.when.overlaps(pair.ot.when)
        assert (pair.start, pair.end) == (pair.in_order[0].start, pair.in_order[1].end)
