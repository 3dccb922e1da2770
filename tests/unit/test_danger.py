"""The rules of screening, on a small made-up knowledge, each branch on its own."""

import pytest

from reable.knowledge.shapes.danger import SignKind
from reable.navigate.danger import screen
from reable.navigate.evidence import Via
from reable.terms import Answer, Hold, IcfCode, Polarity, Screen, Site, Urgency, Within
from tests.unit.small import category, combination, flag, given, keyed, knowledge, question, said, sign

ALL = (Polarity.FINE, Polarity.PAST, Polarity.OTHER_PERSON, Polarity.HYPOTHETICAL, Polarity.TREATED)


def raised(*evidence, sites=(), answers=None, **tables):
    screening = screen(tuple(evidence), sites, answers or {}, knowledge=knowledge(**tables))
    return [r.flag.key for r in screening.raised]


def screening(*evidence, sites=(), answers=None, **tables):
    return screen(tuple(evidence), sites, answers or {}, knowledge=knowledge(**tables))


def test_nothing_said_raises_nothing():
    found = screening(red_flags=keyed(flag("fire")))

    assert (found.raised, found.urgency, found.within, found.hold) == ((), None, None, None)
    assert found.screen is Screen.NOT_ASKED
    assert found.pending == ()


def test_its_own_phrase_raises_a_flag():
    assert raised(said("fire"), red_flags=keyed(flag("fire"), flag("flood"))) == ["fire"]


def test_any_sign_that_raises_alone():
    tables = {"red_flags": keyed(flag("fire", raised_by=("smoke", "heat")))}

    assert raised(said("heat"), **tables) == ["fire"]
    assert raised(said("rain"), **tables) == []


@pytest.mark.parametrize("polarity", ALL)
def test_each_way_of_saying_calms_only_where_the_flag_allows(polarity):
    others = tuple(p for p in ALL if p is not polarity)

    assert raised(said("fire", polarity), red_flags=keyed(flag("fire", calmed_by=(polarity,)))) == []
    assert raised(said("fire", polarity), red_flags=keyed(flag("fire", calmed_by=others))) == ["fire"]


def test_wanted_back_is_present():
    assert raised(said("fire", Polarity.WANTED), red_flags=keyed(flag("fire"))) == ["fire"]


@pytest.mark.parametrize(("ago", "expected"), [(13, ["fire"]), (14, ["fire"]), (15, []), (None, ["fire"])])
def test_what_is_over_counts_within_its_window_and_an_unknown_time_is_inside(ago, expected):
    tables = {"red_flags": keyed(flag("fire", counts_if_resolved_within=14))}

    assert raised(said("fire", Polarity.PAST, ago=ago), **tables) == expected


@pytest.mark.parametrize(
    ("ago", "lasting", "expected"),
    [(None, 31, []), (31, None, []), (30, 30, ["fire"]), (5, 31, []), (31, 5, []), (None, None, ["fire"])],
)
def test_what_is_old_calms_a_flag_about_new_signs(ago, lasting, expected):
    tables = {"red_flags": keyed(flag("fire", calm_if_older_than=30))}

    assert raised(said("fire", ago=ago, lasting=lasting), **tables) == expected


def test_old_age_calms_no_other_flag():
    assert raised(said("fire", lasting=4000), red_flags=keyed(flag("fire"))) == ["fire"]


def test_treated_calms_unless_it_is_worse():
    tables = {"red_flags": keyed(flag("fire"))}

    assert raised(said("fire", Polarity.TREATED), **tables) == []
    assert raised(said("fire", Polarity.TREATED, worse=True), **tables) == ["fire"]
    assert raised(said("fire", Polarity.FINE, worse=True), **tables) == []


@pytest.mark.parametrize(
    ("limit", "ago", "expected"),
    [
        ("calm_if_older_than", 31, []),
        ("calm_if_older_than", 30, ["fire"]),
        ("counts_if_resolved_within", 31, []),
        ("counts_if_resolved_within", 30, ["fire"]),
        ("calm_if_older_than", None, ["fire"]),
    ],
)
def test_where_treatment_calms_nothing_what_was_treated_is_as_old_as_is_said(limit, ago, expected):
    tables = {"red_flags": keyed(flag("fire", calmed_by=(Polarity.PAST,), **{limit: 30}))}

    assert raised(said("fire", Polarity.TREATED, ago=ago), **tables) == expected


def test_an_answer_is_never_calmed():
    answered = given("fire", Polarity.FINE, via=Via.ANSWER)

    assert raised(answered, red_flags=keyed(flag("fire"))) == ["fire"]


def test_a_condition_given_is_never_calmed_by_time():
    assert raised(given("fire"), red_flags=keyed(flag("fire", calm_if_older_than=1))) == ["fire"]


@pytest.mark.parametrize(
    ("polarity", "counts"),
    [
        (Polarity.LIMITED, True),
        (Polarity.PAST, True),
        (Polarity.TREATED, True),
        (Polarity.FINE, False),
        (Polarity.OTHER_PERSON, False),
        (Polarity.HYPOTHETICAL, False),
    ],
)
def test_a_context_is_not_calmed_by_being_past(polarity, counts):
    tables = {
        "red_flags": keyed(flag("fire")),
        "signs": keyed(sign("dry_wood", SignKind.CONTEXT)),
        "combinations": (combination("fire", "dry_wood", "spark"),),
    }

    assert raised(said("spark"), said("dry_wood", polarity), **tables) == (["fire"] if counts else [])


@pytest.mark.parametrize(("ago", "counts"), [(90, True), (91, False), (None, True)])
def test_a_context_counts_only_as_far_back_as_it_says(ago, counts):
    tables = {
        "red_flags": keyed(flag("fire")),
        "signs": keyed(sign("dry_wood", SignKind.CONTEXT, within_days=90), sign("spark")),
        "combinations": (combination("fire", "dry_wood", "spark"),),
    }

    assert raised(said("spark"), said("dry_wood", ago=ago), **tables) == (["fire"] if counts else [])


def test_a_symptom_sign_is_calmed_as_its_flag_says():
    tables = {"red_flags": keyed(flag("fire", raised_by=("smoke",))), "signs": keyed(sign("smoke"))}

    assert raised(said("smoke", Polarity.PAST), **tables) == []


def test_a_combination_needs_all_its_signs():
    tables = {
        "red_flags": keyed(flag("fire"), flag("flood")),
        "combinations": (combination("fire", "spark", "wood"), combination("flood", "rain", "river")),
    }

    assert raised(said("spark"), **tables) == []
    assert raised(said("spark"), said("wood", Polarity.FINE), **tables) == []
    assert raised(said("spark"), said("rain"), **tables) == []
    assert raised(said("spark"), said("wood", at=9), **tables) == ["fire"]


def test_an_inferred_combination_raises_like_a_sourced_one_but_asks_nothing():
    rules = (combination("fire", "spark", "wood", inferred=True), combination("flood", "rain", "river", inferred=True))
    tables = {
        "red_flags": keyed(flag("fire"), flag("flood")),
        "combinations": rules,
        "questions": keyed(question("ask_wood", ("wood",), signs=("nothing",))),
    }

    assert raised(said("spark"), said("wood", at=9), **tables) == ["fire"]
    assert raised(said("wood"), said("spark", Polarity.PAST, at=9), **tables) == []
    assert raised(said("spark"), said("rain", at=9), **tables) == []
    assert [q.key for q in screening(said("spark"), **tables).pending] == []
    assert [q.key for q in screening(said("spark"), said("wood", Polarity.FINE), **tables).pending] == []


def test_each_combination_is_weighed_by_itself_also_where_a_question_asks_about_every_sign():
    tables = {
        "red_flags": keyed(flag("fire"), flag("flood")),
        "combinations": (combination("fire", "spark", "wood"), combination("flood", "rain", "river")),
        "questions": keyed(
            question("ask_fire", ("spark", "wood"), signs=("nothing",)),
            question("ask_flood", ("rain", "river"), signs=("nothing",)),
        ),
    }

    everything = (said("spark"), said("wood", at=9), said("rain", at=20), said("river", at=30))
    assert raised(*everything, **tables) == ["fire", "flood"]
    assert [q.key for q in screening(said("river"), **tables).pending] == ["ask_flood"]


def test_evidence_is_kept_once_each_in_the_order_of_the_words():
    tables = {
        "red_flags": keyed(flag("fire", raised_by=("smoke",))),
        "combinations": (combination("fire", "spark", "smoke"),),
    }

    found = screening(said("spark", at=20), said("smoke", at=5), given("smoke"), **tables)

    assert [(e.key, e.via) for e in found.raised[0].evidence] == [
        ("smoke", Via.CONDITION),
        ("smoke", Via.WORDS),
        ("spark", Via.WORDS),
    ]


def test_evidence_of_one_place_is_ordered_by_its_end_key_way_and_origin():
    tables = {"red_flags": keyed(flag("fire", raised_by=("a", "b")))}

    found = screening(said("b"), said("a"), given("b"), given("a", via=Via.ANSWER), given("a"), **tables)

    assert [(e.key, e.via.value) for e in found.raised[0].evidence] == [
        ("a", "answer"),
        ("a", "condition"),
        ("b", "condition"),
        ("a", "words"),
        ("b", "words"),
    ]


def test_a_diagnosis_explains_a_flag():
    tables = {"red_flags": keyed(flag("fire", calmed_by_conditions=("fireplace",)))}

    assert raised(said("fire"), given("fireplace"), **tables) == []
    assert raised(said("fire"), said("fireplace", Polarity.FINE), **tables) == ["fire"]
    assert raised(said("fire"), given("oven"), **tables) == ["fire"]


def test_the_most_urgent_comes_first_then_by_key():
    tables = {
        "red_flags": keyed(
            flag("b", Urgency.SAME_DAY), flag("c"), flag("a", Urgency.SAME_DAY), flag("d", Urgency.DOCTOR_FIRST)
        )
    }

    found = screening(said("d"), said("b"), said("a"), said("c"), **tables)

    assert [r.flag.key for r in found.raised] == ["c", "a", "b", "d"]
    assert found.urgency is Urgency.EMERGENCY


def test_the_shortest_limit_and_the_strictest_hold_stand():
    tables = {
        "red_flags": keyed(
            flag("a", Urgency.DOCTOR_FIRST, within=Within.ROUTINE, hold=Hold.HOLD_THERAPY),
            flag("b", Urgency.DOCTOR_FIRST, within=Within.DAYS_2, hold=Hold.CONTINUE_AND_TELL),
            flag("c", Urgency.SAME_DAY),
        )
    }

    found = screening(said("a"), said("b"), said("c"), **tables)

    assert (found.within, found.hold) == (Within.DAYS_2, Hold.HOLD_THERAPY)


BY_SITE = question("by_site", ("fire",), sites=(Site.KNEE,))
BY_CODE = question("by_code", ("fire",), limitations=(IcfCode("d450"),))
BY_CONDITION = question("by_condition", ("fire",), conditions=("stroke",))
BY_SIGN = question("by_sign", ("fire",), signs=("smoke",))
ALWAYS = question("always", ("flood",))


@pytest.mark.parametrize(
    ("asked", "evidence", "sites", "belongs"),
    [
        (BY_SITE, (), (Site.KNEE,), True),
        (BY_SITE, (), (Site.HAND,), False),
        (BY_CODE, (said("d4500"),), (), True),
        (BY_CODE, (said("d4500", Polarity.FINE),), (), False),
        (BY_CODE, (said("d455"),), (), False),
        (BY_CONDITION, (given("stroke"),), (), True),
        (BY_CONDITION, (given("smoke"),), (), False),
        (BY_SIGN, (said("smoke"),), (), True),
        (BY_SIGN, (said("smoke", Polarity.FINE), said("smoke")), (), True),
        (BY_SIGN, (said("smoke", Polarity.FINE),), (), False),
        (ALWAYS, (), (), True),
    ],
)
def test_a_danger_question_belongs_to_what_was_said(asked, evidence, sites, belongs):
    tables = {
        "red_flags": keyed(flag("fire"), flag("flood")),
        "categories": keyed(category("d4500", 3, 0), category("d455", 3, 0)),
    }

    found = screening(*evidence, sites=sites, questions=keyed(asked), **tables)

    assert found.pending == ((asked,) if belongs else ())


def test_a_question_belongs_if_a_yes_would_complete_a_combination():
    tables = {
        "red_flags": keyed(flag("fire")),
        "combinations": (combination("fire", "spark", "wood"), combination("fire", "sun", "glass", "straw")),
        "questions": keyed(
            question("ask_wood", ("wood", "water"), signs=("never",)),
            question("ask_straw", ("straw",), signs=("never",)),
        ),
    }

    assert [q.key for q in screening(said("spark"), **tables).pending] == ["ask_wood"]
    assert screening(said("sun"), **tables).pending == ()
    assert [q.key for q in screening(said("sun"), said("glass"), **tables).pending] == ["ask_straw"]
    assert screening(said("spark"), said("wood"), **tables).pending == ()


def test_questions_come_the_most_urgent_first_and_the_general_one_last():
    tables = {
        "red_flags": keyed(flag("fire"), flag("flood", Urgency.SAME_DAY), flag("frost", Urgency.DOCTOR_FIRST)),
        "questions": keyed(
            question("a_general", ("fire",)),
            question("b_frost", ("frost",), sites=(Site.KNEE,)),
            question("c_flood", ("flood", "frost"), sites=(Site.KNEE,)),
            question("d_fire", ("frost", "fire"), sites=(Site.KNEE,)),
            question("e_context", ("age",), sites=(Site.KNEE,)),
            question("d_fire_too", ("fire",), sites=(Site.KNEE,)),
        ),
    }

    found = screening(sites=(Site.KNEE,), **tables)

    assert [q.key for q in found.pending] == ["d_fire", "d_fire_too", "c_flood", "b_frost", "e_context", "a_general"]


def test_what_is_answered_or_known_is_not_asked_again():
    tables = {"red_flags": keyed(flag("fire", Urgency.SAME_DAY), flag("flood")), "questions": keyed(BY_SITE, ALWAYS)}

    assert screening(said("fire"), sites=(Site.KNEE,), **tables).pending == (ALWAYS,)
    assert screening(sites=(Site.KNEE,), answers={"always": Answer.NO}, **tables).pending == (BY_SITE,)


def test_a_question_with_something_left_to_learn_is_still_asked():
    more = question("more", ("fire", "flood"), sites=(Site.KNEE,))
    tables = {"red_flags": keyed(flag("fire", Urgency.SAME_DAY), flag("flood")), "questions": keyed(more)}

    assert screening(said("fire"), sites=(Site.KNEE,), **tables).pending == (more,)


def test_known_signs_of_a_raised_flag_are_not_asked_again():
    about = question("about", ("smoke",), sites=(Site.KNEE,))
    tables = {"red_flags": keyed(flag("fire", Urgency.SAME_DAY, raised_by=("smoke",))), "questions": keyed(about)}

    assert screening(said("smoke"), sites=(Site.KNEE,), **tables).pending == ()


def test_in_an_emergency_nothing_more_is_asked():
    tables = {"red_flags": keyed(flag("fire"), flag("flood")), "questions": keyed(ALWAYS)}

    assert screening(said("fire"), **tables).pending == ()


def test_how_far_danger_was_asked():
    tables = {"red_flags": keyed(flag("fire"), flag("flood")), "questions": keyed(BY_SITE, ALWAYS)}

    def far(**answers):
        return screening(sites=(Site.KNEE,), answers=answers, **tables).screen

    assert far() is Screen.NOT_ASKED
    assert far(unrelated=Answer.NO) is Screen.NOT_ASKED
    assert far(always=Answer.NO) is Screen.PARTIAL
    assert far(always=Answer.NO, by_site=Answer.YES) is Screen.COMPLETE


def test_of_equally_urgent_questions_the_one_for_the_fewest_occasions_comes_first():
    """Each sort of occasion counts alike."""
    questions = [
        question("a_four", ("fire",), sites=(Site.KNEE, Site.HIP), conditions=("stroke",), signs=("smoke",)),
        question("b_three", ("fire",), sites=(Site.KNEE,), signs=("smoke", "heat")),
        question("c_three", ("fire",), sites=(Site.KNEE,), limitations=(IcfCode("d450"), IcfCode("d540"))),
        question("d_three", ("fire",), sites=(Site.KNEE,), conditions=("stroke", "fall")),
        question("e_two", ("fire",), sites=(Site.KNEE, Site.FOOT)),
        question("f_one", ("fire",), sites=(Site.KNEE,)),
    ]

    found = screening(sites=(Site.KNEE,), red_flags=keyed(flag("fire")), questions=keyed(*questions))

    assert [q.key for q in found.pending] == ["f_one", "e_two", "b_three", "c_three", "d_three", "a_four"]


def test_what_was_only_learned_raises_and_calms_nothing_but_may_ask():
    fire = flag("fire", raised_by=("smoke",), calmed_by_conditions=("stove",))
    tables = {
        "red_flags": keyed(fire, flag("flood")),
        "combinations": (combination("flood", "rain", "d450"),),
        "questions": keyed(question("ask_fire", ("smoke",), limitations=(IcfCode("d450"),))),
        "categories": keyed(category("d450", 3, 1)),
    }

    assert raised(said("smoke", chance=990), **tables) == []
    assert raised(said("smoke"), said("stove", chance=990), **tables) == ["fire"]
    assert raised(said("rain"), said("d450", chance=990), **tables) == []
    assert [q.key for q in screening(said("d450", chance=990), **tables).pending] == ["ask_fire"]


def test_what_is_doubted_as_a_need_counts_in_danger_all_the_same():
    tables = {"red_flags": keyed(flag("flood")), "combinations": (combination("flood", "rain", "d450"),)}

    assert raised(said("rain"), said("d450", doubted=True), **tables) == ["flood"]


def test_of_the_same_urgency_what_was_said_itself_comes_before_what_signs_add_up_to():
    tables = {
        "red_flags": keyed(flag("anger"), flag("stroke")),
        "signs": keyed(sign("shouting"), sign("since_today")),
        "combinations": (combination("anger", "shouting", "since_today"),),
    }

    assert raised(said("shouting"), said("since_today"), said("stroke"), **tables) == ["stroke", "anger"]
    assert raised(said("anger"), said("stroke"), **tables) == ["anger", "stroke"]


@pytest.mark.parametrize(("age", "asked"), [(None, ["child", "fire"]), (40, ["fire"]), (5, ["fire"])])
def test_nobody_is_asked_for_an_age_that_is_known(age, asked):
    questions = keyed(question("child", ("child",)), question("fire", ("fire",)))
    tables = knowledge(red_flags=keyed(flag("fire")), signs=keyed(sign("child")), questions=questions)

    found = screen((), (), {}, age=age, knowledge=tables)

    assert sorted(one.key for one in found.pending) == asked


def test_what_a_clinician_has_looked_at_is_set_aside_only_where_that_may_calm_it():
    tables = knowledge(red_flags=keyed(flag("fire"), flag("flood", calmed_by=(Polarity.PAST,))))

    found = screen((said("fire"), said("flood")), (), {}, ("fire", "flood"), knowledge=tables)

    assert [one.flag.key for one in found.set_aside] == ["fire"]
    assert [one.flag.key for one in found.raised] == ["flood"]
    assert screen((said("fire"),), (), {}, knowledge=tables).set_aside == ()


def test_what_the_learned_model_suspects_is_asked_about_first():
    tables = {
        "signs": keyed(sign("smoke"), sign("suspected_fire")),
        "questions": keyed(
            question("a_of_smoke", ("flood",), signs=("smoke",)),
            question("b_of_suspicion", ("fire",), signs=("suspected_fire",)),
        ),
        "red_flags": keyed(flag("fire"), flag("flood")),
    }

    def asked(*evidence):
        return [q.key for q in screening(*evidence, **tables).pending]

    assert asked(said("smoke"), said("suspected_fire")) == ["a_of_smoke", "b_of_suspicion"]
    assert asked(said("smoke"), said("suspected_fire", chance=700)) == ["b_of_suspicion", "a_of_smoke"]
    assert asked(said("smoke", chance=700), said("suspected_fire")) == ["a_of_smoke", "b_of_suspicion"]
