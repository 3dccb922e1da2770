"""The table of a visit: each row that is allowed, and everything else refused."""

from datetime import UTC, datetime, timedelta
from itertools import product
from zoneinfo import ZoneInfo

import pytest

from reable.book import CancelReason, NotAllowed, NoTimeZone, Refusal, Role, VisitAct, VisitFacts, VisitState, visits
from reable.book.steps import HINTS
from reable.terms import Discipline

ZONE = ZoneInfo("America/New_York")
START = datetime(2026, 3, 3, 10, tzinfo=ZONE)
STAFF = "pt ot front_desk manager"
NOBODY_ELSE = {Role.REFERRING_PHYSICIAN, Role.INTEGRATION, Role.OPERATOR}

TABLE = f"""
booked  | arrive | arrived   | {STAFF}       | the day begins - ever
booked  | miss   | no_show   | {STAFF}       | it has started - ever
booked  | cancel | cancelled | {STAFF}       | ever           - ever
booked  | cancel | cancelled | patient carer | ever           - it starts
arrived | finish | done      | pt            | it has started - ever
arrived | cancel | cancelled | {STAFF}       | ever           - ever
arrived | undo   | booked    | {STAFF}       | ever           - the day of the mark ends
no_show | undo   | booked    | {STAFF}       | ever           - the day of the mark ends
"""  # for a PT visit
SECOND = timedelta(seconds=1)
DAY_BEGINS = datetime(2026, 3, 3, tzinfo=ZONE)
MOMENTS = {
    "ever": (None, None),
    "the day begins": (DAY_BEGINS, DAY_BEGINS - SECOND),  # the first moment that is right, the last that is too early
    "it has started": (START + SECOND, START),
    "it starts": (START - SECOND, START),  # the last that is right, the first that is too late
    "the day of the mark ends": (DAY_BEGINS + timedelta(days=1) - SECOND, DAY_BEGINS + timedelta(days=1)),
}
ROWS = [[cell.strip() for cell in line.split("|")] for line in TABLE.strip().splitlines()]
ALLOWED = {(row[0], row[1], role): row for row in ROWS for role in row[3].split()}


def facts(now, discipline=Discipline.PT):
    return VisitFacts(discipline=discipline, start=START, since=START, now=now, zone=ZONE)


def reason_for(act):
    return CancelReason.PATIENT_ILL if act == "cancel" else None


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row[0]} {row[1]} {row[3][:7]}")
def test_each_row_is_allowed_in_its_time_and_refused_outside(row):
    state, act, to, who, when = row
    first, last = (MOMENTS[words.strip()] for words in when.split("-"))
    right = [moment for moment in (first[0], last[0]) if moment] or [START + timedelta(days=400)]

    for role in map(Role, who.split()):
        step = (VisitState(state), VisitAct(act), role)
        for now in right:
            assert visits.apply(*step, facts=facts(now), reason=reason_for(act)) is VisitState(to)
            assert VisitAct(act) in visits.possible(step[0], role, facts=facts(now))
        for wrong, refusal in ((first[1], Refusal.TOO_EARLY), (last[1], Refusal.TOO_LATE)):
            if wrong is not None:
                assert visits.refusal(*step, facts=facts(wrong), reason=reason_for(act)) is refusal
                assert VisitAct(act) not in visits.possible(step[0], role, facts=facts(wrong))


@pytest.mark.parametrize("discipline", Discipline)
def test_nothing_but_the_rows_is_allowed(discipline):
    moments = [moment for pair in MOMENTS.values() for moment in pair if moment is not None]

    for state, act, role, now, reason in product(VisitState, VisitAct, Role, moments, [None, *CancelReason]):
        if not visits.allowed(state, act, role, facts=facts(now, discipline), reason=reason):
            continue
        if act is VisitAct.FINISH:
            assert (state, role) == (VisitState.ARRIVED, visits_own(discipline))
        else:
            assert (state, act, role) in ALLOWED
        assert (reason is not None) is (act is VisitAct.CANCEL)


def visits_own(discipline):
    return {Discipline.PT: Role.PT, Discipline.OT: Role.OT}[discipline]


def test_the_buttons_are_what_is_allowed_with_some_reason():
    moments = [moment for pair in MOMENTS.values() for moment in pair if moment is not None]

    for state, role, now in product(VisitState, Role, moments):
        allowed = {
            act
            for act, reason in product(VisitAct, [None, *CancelReason])
            if visits.allowed(state, act, role, facts=facts(now), reason=reason)
        }
        assert set(visits.possible(state, role, facts=facts(now))) == allowed


def test_refusals_say_why():
    now = facts(START + SECOND)
    said = {
        ("done", "undo", "manager", None): Refusal.NO_SUCH_STEP,
        ("cancelled", "undo", "manager", None): Refusal.NO_SUCH_STEP,
        ("booked", "arrive", "patient", None): Refusal.NOT_THIS_ROLE,
        ("booked", "cancel", "operator", "other"): Refusal.NOT_THIS_ROLE,
        ("arrived", "finish", "ot", None): Refusal.OTHER_DISCIPLINE,
        ("booked", "cancel", "pt", None): Refusal.REASON_NEEDED,
        ("booked", "arrive", "pt", "other"): Refusal.REASON_NOT_ALLOWED,
    }

    for (state, act, role, reason), expected in said.items():
        step = (VisitState(state), VisitAct(act), Role(role))
        given = None if reason is None else CancelReason(reason)
        assert expected is visits.refusal(*step, facts=now, reason=given)
        with pytest.raises(NotAllowed, match=expected.value) as caught:
            visits.apply(*step, facts=now, reason=given)
        assert caught.value.refusal is expected
        assert caught.value.code == "book.not_allowed"
        assert caught.value.hint


def test_a_person_cannot_cancel_in_the_name_of_the_clinic():
    early = facts(START - timedelta(days=1))
    step = (VisitState.BOOKED, VisitAct.CANCEL, Role.CARER)

    assert visits.refusal(*step, facts=early, reason=CancelReason.CLINIC_CLOSED) is Refusal.REASON_NOT_ALLOWED
    assert CancelReason.THERAPIST_AWAY not in visits.reasons_for(VisitState.BOOKED, Role.CARER)
    assert visits.reasons_for(VisitState.BOOKED, Role.MANAGER) == tuple(CancelReason)
    assert visits.reasons_for(VisitState.DONE, Role.MANAGER) == ()


def test_every_refusal_says_what_to_do():
    assert set(HINTS) == set(Refusal)
    assert all(HINTS.values())


def test_done_and_cancelled_are_the_ends_and_only_a_cancelled_visit_gives_its_time_back():
    leaving = {step.state for step in visits.VISIT_STEPS}

    assert set(VisitState) - leaving == {VisitState.DONE, VisitState.CANCELLED}
    assert [state for state in VisitState if not state.holds_time] == [VisitState.CANCELLED]


def test_who_treats_nobody_here_can_do_nothing():
    for state, role in product(VisitState, NOBODY_ELSE):
        assert visits.possible(state, role, facts=facts(START + SECOND)) == ()


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(NoTimeZone):
        VisitFacts(discipline=Discipline.PT, start=START, since=START, now=datetime(2026, 3, 3), zone=UTC)  # noqa: DTZ001


def test_the_day_is_that_of_the_location():
    """At 23:30 in New York it is already the next day in UTC; the mark can still be undone."""
    late = VisitFacts(
        discipline=Discipline.OT, start=START, since=START, now=datetime(2026, 3, 4, 4, 30, tzinfo=UTC), zone=ZONE
    )

    assert visits.allowed(VisitState.ARRIVED, VisitAct.UNDO, Role.FRONT_DESK, facts=late)
