"""The waiting list: whose turn it is, for how long, and when a person calls."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reable import book
from reable.book import (
    OFFERS_BEFORE_A_CALL,
    AgeGroup,
    BadOffer,
    Interval,
    Location,
    Need,
    NoTimeZone,
    Offer,
    OfferAnswer,
    OfferIsOver,
    OfferState,
    OffTheMark,
    Slot,
    Suits,
    Therapist,
    WaitingListEntry,
    Weekday,
)
from reable.terms import Discipline, Language, Priority

ZONE = ZoneInfo("America/Santiago")
NOW = datetime(2026, 3, 5, 10, tzinfo=ZONE)
LAKESIDE = Location(key="lakeside", step_free=True)
ANA = Therapist(
    key="ana",
    discipline=Discipline.PT,
    specialties=frozenset(),
    age_groups=frozenset(AgeGroup),
    languages=frozenset(Language),
)
NEED = Need(
    discipline=Discipline.PT, specialties=frozenset(), age_group=AgeGroup.ADULT, language=Language.ES, step_free=False
)
MONDAY_TEN = datetime(2026, 3, 9, 10, tzinfo=ZONE)


def slot(start=MONDAY_TEN, minutes=60, therapist="ana", location="lakeside"):
    when = Interval(start=start, end=start + timedelta(minutes=minutes))
    return Slot(when=when, therapist=therapist, location=location)


def waits(key, **change):
    entry = WaitingListEntry(
        key=key,
        need=NEED,
        priority=Priority.ROUTINE,
        joined=datetime(2026, 2, 1, tzinfo=UTC),
        minutes=45,
        notice=60,
        locations=frozenset(),
        suits=(),
        called=None,
    )
    return replace(entry, **change)


def ask(entries, offers=(), **change):
    asked = {"freed": slot(), "freed_at": NOW, "therapist": ANA, "location": LAKESIDE, "now": NOW, "hold": 120}
    return book.next_offer(entries, offers, **{**asked, "zone": ZONE, **change})


def test_an_offer_is_cut_to_the_visit_and_held_for_the_hold_time():
    offer = ask([waits("rosa")])

    assert offer == Offer(
        entry="rosa",
        slot=slot(minutes=45),
        made_at=NOW,
        expires_at=NOW + timedelta(hours=2),
        by_telephone=False,
        answer=OfferAnswer.NONE_YET,
    )
    assert offer.made_at.tzinfo is UTC


def test_the_hold_time_runs_only_while_people_are_awake():
    """Offered at 19:30 for two hours: half an hour runs in the evening, the rest from 8 in the morning."""
    evening = ask([waits("rosa")], now=datetime(2026, 3, 5, 19, 30, tzinfo=ZONE))
    night = ask([waits("rosa")], now=datetime(2026, 3, 6, 2, 0, tzinfo=ZONE))

    assert evening.expires_at == datetime(2026, 3, 6, 9, 30, tzinfo=ZONE)
    assert night.expires_at == datetime(2026, 3, 6, 10, 0, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("change", "fits"),
    [
        ({}, True),
        ({"need": replace(NEED, discipline=Discipline.OT)}, False),
        ({"need": replace(NEED, age_group=None)}, False),
        ({"minutes": 60}, True),
        ({"minutes": 75}, False),
        ({"locations": frozenset({"lakeside", "riverside"})}, True),
        ({"locations": frozenset({"riverside"})}, False),
        ({"suits": (Suits(weekday=Weekday.MONDAY, start=time(10), end=time(10, 45)),)}, True),
        ({"suits": (Suits(weekday=Weekday.MONDAY, start=time(10), end=time(10, 30)),)}, False),
        ({"suits": (Suits(weekday=Weekday.MONDAY, start=time(10, 15), end=time(12)),)}, False),
        ({"suits": (Suits(weekday=Weekday.TUESDAY, start=time(8), end=time(18)),)}, False),
        ({"notice": 94 * 60}, True),
        ({"notice": 94 * 60 + 1}, False),
    ],
)
def test_who_is_offered_a_slot_can_use_it(change, fits):
    """The slot is 96 hours away; two of them are the hold time."""
    assert (ask([waits("rosa", **change)]) is not None) is fits


def test_a_visit_over_midnight_suits_nobody_who_named_hours():
    late = slot(start=datetime(2026, 3, 9, 23, 30, tzinfo=ZONE))
    named = waits("rosa", suits=(Suits(weekday=Weekday.MONDAY, start=time(0), end=time(23, 45)),))

    assert ask([named], freed=late) is None
    assert ask([waits("rosa")], freed=late) is not None


def test_one_person_at_a_time_is_asked():
    first = ask([waits("rosa"), waits("sam")])

    assert first.entry == "rosa"
    assert ask([waits("rosa"), waits("sam")], [first]) is None


def test_a_slot_that_was_taken_is_offered_again_only_when_it_is_freed_again():
    taken = book.answer_offer(ask([waits("rosa")]), takes=True, now=NOW)
    later = NOW + timedelta(hours=3)

    assert ask([waits("sam")], [taken], now=later) is None
    assert ask([waits("sam")], [taken], now=later, freed_at=later).entry == "sam"


def test_an_expired_or_refused_offer_goes_to_the_next_and_the_place_is_kept():
    waiting = [waits("rosa"), waits("sam"), waits("uma")]
    first = ask(waiting)
    second = ask(waiting, [first], now=first.expires_at)
    refused = book.answer_offer(second, takes=False, now=first.expires_at)
    third = ask(waiting, [first, refused], now=first.expires_at)
    other_slot = ask(waiting, [first, refused, third], freed=slot(therapist="bo"), therapist=replace(ANA, key="bo"))

    assert [first.entry, second.entry, third.entry] == ["rosa", "sam", "uma"]
    assert first.state(first.expires_at) is OfferState.EXPIRED
    assert other_slot is None or other_slot.entry == "sam"
    after = third.expires_at
    again = ask(
        waiting, [first, refused, third], freed=slot(therapist="bo"), therapist=replace(ANA, key="bo"), now=after
    )
    assert again.entry == "rosa"
    assert ask(waiting, [first, refused, third], now=after) is None


def test_nobody_is_offered_two_slots_at_once():
    open_ = ask([waits("rosa")])
    bo = {"freed": slot(therapist="bo"), "therapist": replace(ANA, key="bo")}

    assert ask([waits("rosa")], [open_], **bo) is None
    assert ask([waits("rosa"), waits("sam")], [open_], **bo).entry == "sam"


def test_after_three_offers_without_a_yes_the_person_is_asked_by_telephone():
    """Refused or expired, all count; a call begins the count anew."""
    lost = []
    for number in range(OFFERS_BEFORE_A_CALL):
        made = NOW - timedelta(days=20 - number)
        offer = ask([waits("rosa")], lost, freed=slot(MONDAY_TEN + timedelta(days=number)), now=made)
        assert not offer.by_telephone
        lost.append(book.answer_offer(offer, takes=False, now=made) if number else offer)
    called = waits("rosa", called=NOW - timedelta(days=10))
    slot_later = slot(MONDAY_TEN + timedelta(days=7))

    offer = ask([waits("rosa"), waits("sam")], lost, freed=slot_later)

    assert (offer.entry, offer.by_telephone) == ("rosa", True)
    assert not ask([called], lost, freed=slot_later).by_telephone
    assert not book.ask_by_telephone(waits("sam"), lost, now=NOW)


def test_the_count_begins_after_the_call():
    """An offer made in the very moment of the call belongs to the time before it."""
    lost = [replace(ask([waits("rosa")]), answer=OfferAnswer.REFUSED)] * OFFERS_BEFORE_A_CALL

    assert book.ask_by_telephone(waits("rosa", called=NOW - timedelta(seconds=1)), lost, now=NOW)
    assert not book.ask_by_telephone(waits("rosa", called=NOW), lost, now=NOW)


def test_no_notice_and_a_minute_to_decide_are_the_least():
    soon = slot(start=NOW + timedelta(minutes=1))

    assert ask([waits("rosa", notice=0)], freed=soon, hold=1) is not None
    assert ask([waits("rosa", notice=0)], freed=soon, hold=2) is None


@pytest.mark.parametrize("takes", [True, False])
def test_an_answer_is_given_once_and_in_time(takes):
    offer = ask([waits("rosa")])

    answered = book.answer_offer(offer, takes=takes, now=offer.expires_at - timedelta(seconds=1))

    assert answered.state(NOW + timedelta(days=9)) is (OfferState.TAKEN if takes else OfferState.REFUSED)
    for over, now in ((answered, NOW), (offer, offer.expires_at)):
        with pytest.raises(OfferIsOver):
            book.answer_offer(over, takes=takes, now=now)


def test_what_cannot_be_is_refused():
    with pytest.raises(BadOffer):
        ask([waits("rosa")], hold=0)
    with pytest.raises(BadOffer):
        ask([], freed=slot(therapist="bo"))
    with pytest.raises(BadOffer):
        ask([], freed=slot(location="riverside"))
    with pytest.raises(BadOffer):
        waits("rosa", notice=-1)
    with pytest.raises(OffTheMark):
        waits("rosa", minutes=50)
    with pytest.raises(NoTimeZone):
        waits("rosa", joined=datetime(2026, 2, 1))  # noqa: DTZ001


def test_an_unknown_age_needs_a_call():
    """Nobody is offered a slot before the age is known, so a person must ask."""
    unknown = waits("rosa", need=replace(NEED, age_group=None))

    assert book.call_needed(unknown, soonest=unknown.joined)
    assert not book.call_needed(waits("rosa"), soonest=unknown.joined)
    assert book.in_time_by(waits("rosa", priority=Priority.DAYS)) == datetime(2026, 2, 4, tzinfo=UTC)


entries = st.lists(
    st.builds(
        lambda key, priority, day, called: waits(
            key,
            priority=priority,
            joined=datetime(2026, 2, day, tzinfo=UTC),
            called=NOW - timedelta(days=called) if called else None,
        ),
        st.text("abc", min_size=1, max_size=3),
        st.sampled_from(Priority),
        st.integers(1, 4),
        st.integers(0, 3),
    ),
    max_size=12,
    unique_by=lambda entry: entry.key,
)


@given(entries, st.data())
def test_the_order_is_total_and_does_not_depend_on_how_the_list_came(waiting, data):
    found = book.in_order(waiting)

    assert found == book.in_order(data.draw(st.permutations(waiting)))
    assert sorted(entry.key for entry in found) == sorted(entry.key for entry in waiting)
    for one, other in pairwise(found):
        assert one.rank < other.rank
        assert (one.priority.rank, one.joined) <= (other.priority.rank, other.joined)


@given(entries, st.data())
def test_a_slot_goes_down_the_list_until_somebody_takes_it(waiting, data):
    offers, asked, now = [], [], NOW

    while offer := ask(data.draw(st.permutations(waiting)), offers, now=now, hold=30):
        asked.append(offer.entry)
        answer = data.draw(st.sampled_from(OfferAnswer))
        if answer is OfferAnswer.NONE_YET:
            offers.append(offer)
            now = offer.expires_at
        else:
            offers.append(book.answer_offer(offer, takes=answer is OfferAnswer.TAKEN, now=now))

    expected = [entry.key for entry in book.in_order(waiting)]
    assert asked == expected[: len(asked)]
    if len(asked) < len(waiting) and now < NOW + timedelta(days=1):
        assert offers[-1].answer is OfferAnswer.TAKEN
