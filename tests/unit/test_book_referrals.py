"""The table of a referral: each row, everything else refused, and what holds for the whole of it."""

from datetime import date, timedelta
from itertools import product

import pytest

from reable.book import (
    TRIES_TO_REACH,
    BadFacts,
    DeclineReason,
    NotAllowed,
    ReferralAct,
    ReferralFacts,
    ReferralState,
    Refusal,
    Role,
    SendBackNeed,
    referrals,
)
from reable.book.referral_table import DUTIES, REFERRAL_STEPS
from reable.terms import Discipline, Priority

SINCE = date(2026, 3, 2)
WHO = {
    "physician": "referring_physician",
    "office": "front_desk manager",
    "therapist": "pt",  # of the referral's discipline, which is PT here
    "staff": "pt ot front_desk manager",
    "family": "patient carer",
    "system": "integration",
}
TABLE = """
drafted             | send             | received            | physician                   |
drafted             | withdraw         | withdrawn           | physician                   |
drafted             | withdraw         | withdrawn           | manager                     | overdue
received            | check            | checked             | office                      |
received            | send_back        | sent_back           | office                      | signature
received            | decline          | declined            | office                      | no_capacity
received            | patient_declines | patient_declined    | office family               |
received            | withdraw         | withdrawn           | physician                   |
checked             | accept           | accepted            | therapist                   | danger cleared
checked             | send_back        | sent_back           | therapist                   | precautions
checked             | decline          | declined            | therapist                   | needs_doctor_first
checked             | patient_declines | patient_declined    | office family               |
checked             | withdraw         | withdrawn           | physician                   |
sent_back           | send             | received            | physician system front_desk |
sent_back           | decline          | declined            | office                      | overdue, no_reply
sent_back           | patient_declines | patient_declined    | office family               |
sent_back           | withdraw         | withdrawn           | physician                   |
accepted            | book             | booked              | staff family                |
accepted            | decline          | declined            | therapist                   | no_capacity
accepted            | give_up_reaching | patient_unreachable | office                      | tries
accepted            | patient_declines | patient_declined    | office family               |
accepted            | withdraw         | withdrawn           | physician                   |
booked              | evaluate         | evaluated           | therapist                   |
booked              | not_seen         | accepted            | staff                       |
booked              | patient_declines | patient_declined    | office family               |
booked              | withdraw         | withdrawn           | physician                   |
evaluated           | write_letter     | answered            | therapist                   |
answered            | close            | closed              | staff system                |
declined            | tell_physician   | closed              | staff system                |
patient_unreachable | reopen           | accepted            | office family               |
patient_unreachable | tell_physician   | closed              | staff system                |
patient_declined    | reopen           | received            | office family               |
patient_declined    | tell_physician   | closed              | staff system                |
"""
ROWS = [[cell.strip() for cell in line.split("|")] for line in TABLE.strip().splitlines()]
REASONS = {str(reason): reason for reason in (*DeclineReason, *SendBackNeed)}
CONDITIONS = {"overdue", "danger cleared", "tries"}

DUE = """
state               | whose turn          | told when overdue | days | two_weeks | routine
drafted             | referring_physician | manager           | 1    | 3         | 7
received            | front_desk          | manager           | 1    | 1         | 3
checked             | pt                  | manager           | 1    | 2         | 5
sent_back           | referring_physician | front_desk        | 1    | 4         | 10
accepted            | front_desk          | manager           | 1    | 2         | 5
booked              | pt                  | front_desk        | 3    | 14        | 42
evaluated           | pt                  | manager           | 2    | 5         | 7
answered            | front_desk          | manager           | 1    | 2         | 3
declined            | front_desk          | manager           | 1    | 1         | 3
patient_unreachable | front_desk          | manager           | 1    | 1         | 3
patient_declined    | front_desk          | manager           | 1    | 1         | 3
"""


def facts(discipline=Discipline.PT, overdue=True, tries=TRIES_TO_REACH, danger_open=False):
    return ReferralFacts(
        discipline=discipline,
        priority=Priority.ROUTINE,
        since=SINCE,
        today=SINCE + timedelta(days=400 if overdue else 0),
        tries=tries,
        danger_open=danger_open,
    )


def roles(words):
    return [Role(role) for word in words.split() for role in WHO.get(word, word).split()]


def said(row):
    """Give the reason and the conditions that a row names."""
    words = [word.strip() for word in row[4].split(",")]
    return next((REASONS[word] for word in words if word in REASONS), None), CONDITIONS.intersection(words)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row[0]} {row[1]} {row[3]}")
def test_each_row_is_allowed_and_only_when_its_condition_holds(row):
    state, act, to = ReferralState(row[0]), ReferralAct(row[1]), ReferralState(row[2])
    reason, conditions = said(row)
    unmet = {
        "overdue": (facts(overdue=False), Refusal.NOT_OVERDUE),
        "tries": (facts(tries=TRIES_TO_REACH - 1), Refusal.TOO_FEW_TRIES),
        "danger cleared": (facts(danger_open=True), Refusal.DANGER_OPEN),
    }

    for role in roles(row[3]):
        assert referrals.apply(state, act, role, facts=facts(), reason=reason) is to
        assert act in referrals.possible(state, role, facts=facts())
        for condition, (wrong, refusal) in unmet.items():
            expected = refusal if condition in conditions else None
            assert referrals.refusal(state, act, role, facts=wrong, reason=reason) is expected


@pytest.mark.parametrize("discipline", Discipline)
def test_nothing_but_the_rows_is_allowed(discipline):
    own = str(referrals.therapist_of(discipline))
    expected = {(row[0], row[1], own if row[3] == "therapist" else str(role)) for row in ROWS for role in roles(row[3])}

    found = {
        (str(state), str(act), str(role))
        for state, act, role, reason in product(ReferralState, ReferralAct, Role, [None, *REASONS.values()])
        if referrals.allowed(state, act, role, facts=facts(discipline), reason=reason)
    }

    assert expected == found


def test_a_reason_is_asked_exactly_for_declining_and_sending_back():
    with_reason = {ReferralAct.DECLINE, ReferralAct.SEND_BACK}

    for step in REFERRAL_STEPS:
        assert bool(step.reasons) is (step.act in with_reason)
        for role, reason in product(step.who - {Role.OT}, [None, *REASONS.values()]):
            allowed = referrals.allowed(step.state, step.act, role, facts=facts(), reason=reason)
            assert allowed is (reason in step.reasons if step.reasons else reason is None)


def test_the_front_desk_gives_no_clinical_reason():
    clinical = {DeclineReason.NEEDS_DOCTOR_FIRST, DeclineReason.OTHER_CARE_FITS_BETTER, SendBackNeed.PRECAUTIONS}
    clinical |= {SendBackNeed.DIAGNOSIS, SendBackNeed.WEIGHT_BEARING, SendBackNeed.QUESTION_TO_ANSWER}

    for state, act in product(ReferralState, ReferralAct):
        assert not clinical.intersection(referrals.reasons_for(state, act, Role.FRONT_DESK))
    assert SendBackNeed.PRECAUTIONS in referrals.reasons_for(ReferralState.CHECKED, ReferralAct.SEND_BACK, Role.OT)
    assert referrals.reasons_for(ReferralState.CLOSED, ReferralAct.DECLINE, Role.MANAGER) == ()


def test_the_buttons_are_what_is_allowed_with_some_reason():
    for state, role, discipline, hard in product(ReferralState, Role, Discipline, (False, True)):
        now = facts(discipline, overdue=not hard, tries=0 if hard else TRIES_TO_REACH, danger_open=hard)
        allowed = {
            act
            for act, reason in product(ReferralAct, [None, *REASONS.values()])
            if referrals.allowed(state, act, role, facts=now, reason=reason)
        }
        assert set(referrals.possible(state, role, facts=now)) == allowed


def test_refusals_say_why():
    now = facts()

    for state, act, role, reason, expected in (
        ("closed", "reopen", "manager", None, Refusal.NO_SUCH_STEP),
        ("checked", "accept", "manager", None, Refusal.NOT_THIS_ROLE),
        ("checked", "accept", "ot", None, Refusal.OTHER_DISCIPLINE),
        ("received", "decline", "manager", None, Refusal.REASON_NEEDED),
        ("received", "decline", "manager", "diagnosis", Refusal.REASON_NOT_ALLOWED),
    ):
        step = (ReferralState(state), ReferralAct(act), Role(role))
        with pytest.raises(NotAllowed) as caught:
            referrals.apply(*step, facts=now, reason=REASONS.get(reason))
        assert caught.value.refusal is expected


def test_facts_that_cannot_be_are_refused():
    with pytest.raises(BadFacts):
        facts(tries=-1)
    with pytest.raises(BadFacts):
        ReferralFacts(
            discipline=Discipline.PT,
            priority=Priority.DAYS,
            since=SINCE,
            today=SINCE - timedelta(days=1),
            tries=0,
            danger_open=False,
        )


@pytest.mark.parametrize("row", DUE.strip().splitlines()[1:], ids=lambda row: row.split("|")[0].strip())
def test_each_open_state_has_an_owner_a_watcher_and_a_day(row):
    state, turn, told, *days = (cell.strip() for cell in row.split("|"))
    state = ReferralState(state)

    assert referrals.owner(state, Discipline.PT) is Role(turn)
    assert referrals.owner(state, Discipline.OT) is Role(turn if turn != "pt" else "ot")
    assert referrals.told_when_overdue(state) is Role(told)
    for priority, count in zip(Priority, map(int, days), strict=True):
        due = SINCE + timedelta(days=count)
        assert due == referrals.next_due(state, SINCE, priority=priority)
        assert not referrals.is_overdue(state, SINCE, due, priority=priority)
        assert referrals.is_overdue(state, SINCE, due + timedelta(days=1), priority=priority)


def exits(state):
    return {step.to for step in REFERRAL_STEPS if step.state is state}


def reachable(state, without=None):
    seen, open_ = {state}, [state]
    while open_:
        new = exits(open_.pop()) - seen - {without}
        seen |= new
        open_ += new
    return seen


def test_only_final_states_have_no_owner_no_day_and_no_exit():
    final = {state for state in ReferralState if state.is_final}

    assert final == {ReferralState.CLOSED, ReferralState.WITHDRAWN}
    for state in ReferralState:
        assert (state in final) is (referrals.owner(state, Discipline.PT) is None)
        assert (state in final) is (referrals.told_when_overdue(state) is None)
        assert (state in final) is (referrals.next_due(state, SINCE, priority=Priority.DAYS) is None)
        assert (state in final) is (not exits(state))
        if state in final:
            assert not referrals.is_overdue(state, SINCE, date.max, priority=Priority.DAYS)


def test_the_owner_can_always_do_something_and_every_state_can_end():
    for state, discipline in product(DUTIES, Discipline):
        owner = referrals.owner(state, discipline)
        hardest = facts(discipline, overdue=False, tries=0, danger_open=True)
        assert referrals.possible(state, owner, facts=hardest)
        assert ReferralState.CLOSED in reachable(state) or state.is_final


def test_who_was_seen_is_never_without_a_letter_back():
    """From the evaluation on, nothing but the letter leads to an end."""
    assert not [state for state in reachable(ReferralState.EVALUATED, without=ReferralState.ANSWERED) if state.is_final]
    assert exits(ReferralState.EVALUATED) == {ReferralState.ANSWERED}


def test_every_way_to_closed_tells_the_physician():
    last = {(step.state, step.act) for step in REFERRAL_STEPS if step.to is ReferralState.CLOSED}

    assert {act for state, act in last if state is not ReferralState.ANSWERED} == {ReferralAct.TELL_PHYSICIAN}


def test_no_state_act_and_role_has_two_rows():
    keys = [(step.state, step.act, role) for step in REFERRAL_STEPS for role in step.who]

    assert len(keys) == len(set(keys))


def test_each_state_is_reached_from_where_a_referral_begins():
    first = [state for state in ReferralState if any(referrals.may_begin(state, role) for role in Role)]

    assert first == [ReferralState.DRAFTED, ReferralState.RECEIVED]
    assert reachable(ReferralState.DRAFTED) == set(ReferralState)
    assert referrals.may_begin(ReferralState.DRAFTED, Role.REFERRING_PHYSICIAN)
    assert not referrals.may_begin(ReferralState.DRAFTED, Role.FRONT_DESK)
    assert not referrals.may_begin(ReferralState.CLOSED, Role.MANAGER)


def test_the_shortest_way_to_the_evaluation_keeps_the_promise_of_urgent_care():
    """Received, checked and accepted in three days, evaluated in three more: the worst case of 'days'."""
    way = (ReferralState.RECEIVED, ReferralState.CHECKED, ReferralState.ACCEPTED, ReferralState.BOOKED)

    assert sum(DUTIES[state].days for state in way) <= 7
    assert sum(DUTIES[state].two_weeks for state in way) <= 21
