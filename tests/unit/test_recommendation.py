"""The rules of the door, on a small made-up knowledge, each branch on its own."""

import pytest

from reable.knowledge.shapes.need import Server
from reable.navigate.recommendation import Points, Rule, door_of, leads_of, recommend
from reable.terms import Bilingual, Discipline, Door, Polarity, Priority, Relation, Specialty
from reable.understand import FULL_PLAN
from tests.unit.small import category, condition, door, given, keyed, knowledge, referral, said

WALK = category("d450", 3, 1, specialty=(Specialty.NEURO,), alternatives=(Server.OT,))
DRESS = category("d540", 1, 3, specialty=(Specialty.HAND,), alternatives=(Server.PT, Server.SLT))
REACH = category("d445", 2, 1)
FACE = category("d335", 2, 3, first=Discipline.OT)
SIT = category("d415", 2, 2)
CATEGORIES = keyed(WALK, DRESS, REACH, FACE, SIT)
SELF, PROXY = Relation.SELF, Relation.PROXY


def advice(*evidence, relation=SELF, long_days=None, **tables):
    return recommend(tuple(evidence), relation, long_days, knowledge=knowledge(**{"categories": CATEGORIES, **tables}))


def points(key, movement, daily, weight=2):
    return Points(key=key, weight=weight, movement=movement, daily_function=daily)


@pytest.mark.parametrize(
    ("movement", "daily", "expected"),
    [
        (66, 34, Door.PT),
        (65, 35, Door.BOTH),
        (35, 65, Door.BOTH),
        (34, 66, Door.OT),
        (50, 50, Door.BOTH),
        (1, 0, Door.PT),
        (0, 1, Door.OT),
    ],
)
def test_two_thirds_let_one_lead(movement, daily, expected):
    assert door_of([points("N6", movement, daily)], knowledge()) is expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (points("d450", 6, 0), points("d540", 2, 6), Door.BOTH),
        (points("d450", 6, 2), points("d540", 0, 6), Door.BOTH),
        (points("d450", 6, 0), points("d540", 2, 5), Door.PT),  # less than the core of OT
        (points("d450", 6, 0), points("d540", 3, 6), Door.PT),  # more than some PT in it
        (points("d450", 6, 0), points("d540", 1, 3, weight=1), Door.PT),  # only a little
        (points("d450", 6, 0), points("nothing", 2, 6), Door.PT),  # no limitation at all
        (points("d540", 0, 6), points("d450", 5, 2), Door.OT),
        (points("d540", 0, 6), points("d450", 6, 3), Door.OT),
    ],
)
def test_a_core_need_of_each_makes_both(one, other, expected):
    """However many points one discipline has beside it."""
    many = points("N6", 0, 60) if expected is Door.OT else points("N6", 60, 0)

    assert door_of([one, other, many], knowledge(categories=CATEGORIES)) is expected


def test_what_one_does_before_the_other_needs_both_whatever_else_was_said():
    # 4 + 2 + 2 for movement against 6 + 6 + 6: two thirds would go to OT alone
    found = advice(said("d335"), said("d540"), said("d550"), categories=keyed(FACE, DRESS, category("d550", 1, 3)))

    assert (found.movement, found.daily_function) == (8, 18)
    assert found.door is Door.BOTH
    assert found.order == (Discipline.OT, Discipline.PT)


def test_at_the_hand_the_larger_grade_is_that_of_ot():
    assert advice(said("d450", at_hand=True)).points == (points("d450", 2, 6),)
    assert advice(said("d540", at_hand=True)).points == (points("d540", 2, 6),)
    assert advice(said("d450", at_hand=True), said("d450")).points == (points("d450", 6, 2),)
    assert advice(said("d450"), said("d450", at_hand=True)).points == (points("d450", 6, 2),)
    assert advice(given("d450")).points == (points("d450", 6, 2),)


def test_limitations_decide():
    found = advice(said("d450", Polarity.WANTED))

    assert (found.door, found.leaning, found.rule) == (Door.PT, Door.PT, Rule.LIMITATION)
    assert found.points == (Points(key="d450", weight=2, movement=6, daily_function=2),)
    assert (found.movement, found.daily_function) == (6, 2)
    assert not found.start_with_evaluation
    assert found.order is None
    assert found.other is None
    assert found.also_ask == ()


def test_a_limitation_counts_once_by_the_plainest_way_it_was_said():
    found = advice(said("d450", mild=True), said("d450"), said("d450", mild=True), said("d540", mild=True))

    assert found.points == (points("d450", 6, 2), points("d540", 1, 3, weight=1))


def test_an_answer_weighs_in_full():
    assert advice(given("d540")).points == (points("d540", 2, 6),)


@pytest.mark.parametrize("polarity", [Polarity.FINE, Polarity.PAST, Polarity.OTHER_PERSON, Polarity.HYPOTHETICAL])
def test_what_is_not_there_now_does_not_count(polarity):
    found = advice(said("d450", polarity))

    assert (found.door, found.leaning, found.rule, found.points) == (
        Door.UNCLEAR,
        Door.BOTH,
        Rule.NOTHING_UNDERSTOOD,
        (),
    )


def test_who_is_unsure_gets_both_at_once():
    found = advice(said(FULL_PLAN), said("d450"))

    assert (found.door, found.rule, found.start_with_evaluation) == (Door.BOTH, Rule.WANTS_A_FULL_PLAN, True)
    assert advice(said(FULL_PLAN, Polarity.FINE), said("d450")).door is Door.PT


STROKE = condition("stroke", 2, 3, both_unless_fine=True, poor_insight=True)
FRAIL = condition("frail", 3, 1, both_unless_fine=True)


def test_after_a_stroke_both_until_the_other_domain_is_fine():
    tables = {"conditions": keyed(STROKE, FRAIL)}

    assert advice(given("stroke"), **tables).rule is Rule.BOTH_UNLESS_FINE
    assert advice(given("stroke"), **tables).door is Door.BOTH
    assert advice(given("frail"), said("d450"), **tables).rule is Rule.BOTH_UNLESS_FINE
    assert advice(given("frail"), said("d450"), **tables).door is Door.BOTH
    assert advice(given("frail"), said("d450"), said("d540", Polarity.FINE), **tables).door is Door.PT
    assert advice(given("frail"), said("d450"), said("d415", Polarity.FINE), **tables).door is Door.PT
    assert advice(given("frail"), said("d450"), said("d445", Polarity.FINE), **tables).door is Door.BOTH
    assert advice(given("frail"), said("d540"), said("d445", Polarity.FINE), **tables).door is Door.OT
    assert advice(given("frail"), said("d540"), said("unknown", Polarity.FINE), **tables).door is Door.BOTH


def test_with_poor_insight_a_helper_must_say_that_it_is_fine():
    tables = {"conditions": keyed(STROKE)}
    evidence = (given("stroke"), said("d450"), said("d540", Polarity.FINE))

    assert advice(*evidence, relation=SELF, **tables).door is Door.BOTH
    assert advice(*evidence, relation=PROXY, **tables).door is Door.PT


def test_where_both_follow_from_the_limitations_they_are_the_reason():
    found = advice(given("frail"), said("d450"), said("d540"), conditions=keyed(FRAIL))

    assert (found.door, found.rule) == (Door.BOTH, Rule.LIMITATION)


def test_conditions_decide_where_no_limitation_is_named():
    knee = condition("knee", 3, 1)
    found = advice(given("knee"), conditions=keyed(knee))

    assert (found.door, found.rule) == (Door.PT, Rule.CONDITION)
    assert found.points == (points("knee", 3, 1, weight=1),)


def test_a_past_condition_is_still_had_and_a_denied_one_is_not():
    tables = {"conditions": keyed(condition("knee", 3, 1))}

    assert advice(said("knee", Polarity.PAST), **tables).rule is Rule.CONDITION
    assert advice(said("knee", Polarity.FINE), **tables).rule is Rule.NOTHING_UNDERSTOOD


HAND = condition("hand", 2, 1, gains_ot=True)


def test_n6_weighs_for_daily_function_in_a_close_call():
    found = advice(given("hand"), conditions=keyed(HAND))

    assert found.points == (points("hand", 2, 1, weight=1), points("N6", 0, 2, weight=1))
    assert found.door is Door.BOTH


def test_n6_changes_nothing_where_the_call_is_not_close():
    assert advice(given("hand"), said("d450"), conditions=keyed(HAND)).points == (points("d450", 6, 2),)
    assert advice(conditions=keyed(HAND)).points == ()


@pytest.mark.parametrize(("days", "shifted"), [(None, False), (179, False), (180, True)])
def test_a_long_duration_weighs_for_daily_function(days, shifted):
    found = advice(said("d445"), long_days=days)

    assert (points("N6", 0, 2, weight=1) in found.points) is shifted
    assert found.door is (Door.BOTH if shifted else Door.PT)


def test_where_one_waits_for_the_other_n6_shifts_nothing():
    waits = condition("face", 2, 3, gains_ot=True, first=Discipline.OT, first_because=Bilingual(en="a", es="b"))

    assert advice(said("d335"), given("hand"), conditions=keyed(HAND)).points == (points("d335", 4, 6),)
    assert advice(given("face"), conditions=keyed(waits)).points == (points("face", 2, 3, weight=1),)


def test_a_condition_without_n6_shifts_nothing():
    assert advice(said("d445"), given("knee"), conditions=keyed(condition("knee", 3, 1))).points == (
        points("d445", 4, 2),
    )


def test_order_needs_both_and_one_voice():
    first_pt = condition("spine", 1, 1, first=Discipline.PT, first_because=Bilingual(en="a", es="b"))
    tables = {"conditions": keyed(first_pt)}

    assert advice(said("d335")).order == (Discipline.OT, Discipline.PT)
    assert advice(given("spine"), **tables).order == (Discipline.PT, Discipline.OT)
    assert advice(given("spine"), said("d335"), **tables).order is None
    assert advice(said("d335"), said("d450")).order == (Discipline.OT, Discipline.PT)
    assert advice(said("d335"), said("d540")).order == (Discipline.OT, Discipline.PT)
    assert advice(said("d450"), given("spine"), **tables).order is None
    assert advice(said("d450"), said("d540")).order is None


def test_another_door_alone_and_beside_therapy():
    tables = {"doors": keyed(door("dentist"), door("glasses")), "conditions": keyed(condition("knee", 3, 1), FRAIL)}

    alone = advice(said("dentist"), **tables)
    assert (alone.door, alone.leaning, alone.rule, alone.other) == (Door.OTHER, None, Rule.OTHER_DOOR, "dentist")
    beside = advice(said("dentist"), said("d450"), said("glasses"), **tables)
    assert (beside.door, beside.rule, beside.other) == (Door.PT, Rule.LIMITATION, "dentist")
    known = advice(said("dentist"), given("knee"), **tables)
    assert (known.door, known.leaning, known.rule) == (Door.OTHER, Door.PT, Rule.OTHER_DOOR)
    spanning = advice(said("dentist"), given("frail"), **tables)
    assert (spanning.door, spanning.leaning) == (Door.OTHER, Door.BOTH)
    unsure = advice(said("dentist"), said(FULL_PLAN), **tables)
    assert (unsure.door, unsure.other) == (Door.BOTH, "dentist")
    assert advice(said("dentist", Polarity.FINE), **tables).door is Door.UNCLEAR


def test_who_else_serves_and_with_which_training():
    tables = {
        "conditions": keyed(
            condition(
                "knee", 3, 1, specialty=(Specialty.SPORTS,), alternatives=(Server.SLT,), therapy_priority=Priority.DAYS
            ),
            condition("back", 3, 1, therapy_priority=Priority.TWO_WEEKS),
        )
    }

    assert advice(said("d540")).alternatives == ("pt", "slt")
    assert advice(said("d450")).alternatives == ("ot",)
    itself = {"categories": keyed(category("d450", 3, 0, alternatives=(Server.PT, Server.SLT)))}
    assert advice(said("d450"), **itself).alternatives == ("slt",)
    assert advice(said("d450"), said("d540")).alternatives == ("slt",)
    found = advice(said("d540"), given("knee"), given("back"), **tables)
    assert found.specialty == (Specialty.HAND, Specialty.SPORTS)
    assert found.therapy_priority is Priority.DAYS
    assert advice(said("d450")).therapy_priority is Priority.ROUTINE
    assert advice(given("knee"), **tables).alternatives == ("slt",)
    slow = {"conditions": keyed(condition("scar", 1, 1), condition("back", 3, 1, therapy_priority=Priority.TWO_WEEKS))}
    assert advice(given("scar"), given("back"), **slow).therapy_priority is Priority.TWO_WEEKS


def test_other_care_is_asked_about_once_in_the_order_of_the_knowledge():
    tables = {
        "conditions": keyed(condition("knee", 3, 1, also_ask=("shot",))),
        "referrals": keyed(
            referral("by_code", when_limitations=("d450",)),
            referral("by_condition", when_conditions=("knee",)),
            referral("by_sign", when_signs=("fever",)),
            referral("shot"),
            referral("said"),
            referral("never", when_signs=("frost",)),
        ),
    }

    assert advice(given("knee"), **tables).also_ask == ("by_condition", "shot")
    assert advice(said("d450"), said("fever"), said("said"), **tables).also_ask == ("by_code", "by_sign", "said")
    assert advice(said("d450", Polarity.FINE), **tables).also_ask == ()


def test_where_each_thing_leads_when_it_is_all_that_was_said():
    found = leads_of(
        knowledge(
            categories=CATEGORIES,
            conditions=keyed(condition("knee", 3, 1), condition("frail", 3, 0, both_unless_fine=True)),
            doors=keyed(door("dentist")),
        )
    )

    assert found == {
        "d450": "pt", "d540": "ot", "d445": "pt", "d335": "both", "d415": "both",
        "knee": "pt", "frail": "both", "dentist": "other", FULL_PLAN: "both",
    }  # fmt: skip


def test_what_is_doubted_is_no_need():
    doors = {"doors": keyed(door("dentist"))}
    referrals = {"referrals": keyed(referral("by_code", when_limitations=("d450",)))}

    assert advice(said("d540"), said("d450", doubted=True)).door is Door.OT
    assert advice(said("d450", doubted=True), **doors).rule is Rule.NOTHING_UNDERSTOOD
    assert advice(said("dentist", doubted=True), said("d450"), **doors).other is None
    assert advice(said("d450", doubted=True), **referrals).also_ask == ()
    assert advice(said(FULL_PLAN, doubted=True), said("d450")).door is Door.PT
