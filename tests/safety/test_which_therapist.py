"""Which therapist: rows S16 and S20-S24, and the precedence of decisions 1-4."""

import pytest

from reable.navigate import for_person
from reable.terms import Discipline, Door, Priority


def said(sections):
    return "\n".join(line for section in sections for line in section.lines)


def test_n2_same_diagnosis_different_limitation_different_answer(ask):
    assert ask("I have arthritis and can't open jars").door is Door.OT
    assert ask("I have arthritis in my knee and can't walk far").door is Door.PT


def test_n5_order_only_with_what_it_waits_for(ask, assets):
    navigation = ask("I want to move my face naturally after Bell's palsy")

    assert navigation.recommendation.order == (Discipline.OT, Discipline.PT)
    assert "PT then adds" in said(for_person(navigation, knowledge=assets.knowledge))


@pytest.mark.parametrize(
    "text", ["I had a stroke", "I was in a bad car crash with many injuries", "I am getting old and frail"]
)
def test_n7_both_when_no_limitation_is_named(ask, text):
    assert ask(text).recommendation.leaning is Door.BOTH


def test_n8_other_care_is_asked_about(ask):
    assert ask("I have had chronic pain for five years, I can't walk far").recommendation.also_ask


def test_s16_injections_only_as_a_question_for_the_doctor(assets):
    said_of_injections = assets.knowledge.referrals["injections"].says

    assert said_of_injections.en == "Ask your doctor whether other treatment fits."
    assert "inyec" not in said_of_injections.es.lower()


def test_s20_hand_training_and_who_else_serves(ask):
    navigation = ask("tendon repair in my finger two weeks ago, I can't grip")

    assert "hand" in navigation.recommendation.specialty


def test_s21_some_needs_come_soon(ask):
    assert ask("I had my knee replaced and can't bend it").recommendation.therapy_priority is Priority.DAYS
    assert ask("my back aches").recommendation.therapy_priority is Priority.ROUTINE


def test_s22_both_after_a_stroke_until_the_other_domain_is_fine(ask):
    """With poor insight, as after a stroke, somebody who helps must confirm that it is fine."""
    assert ask("I had a stroke last year and can't walk well").recommendation.leaning is Door.BOTH
    assert ask("I had a stroke last year, I can't walk well but I dress fine").recommendation.leaning is Door.BOTH
    assert (
        ask("My mother had a stroke last year, she can't walk well but she dresses fine").recommendation.leaning
        is Door.PT
    )
    assert ask("I am getting frail, I can't walk well but I dress fine").recommendation.leaning is Door.PT


def test_s23_not_understood_is_unclear_with_a_leaning(ask):
    navigation = ask("purple clouds on a monday")

    assert navigation.door is Door.UNCLEAR
    assert navigation.leaning is Door.BOTH
    assert navigation.next_question is not None
    assert navigation.warnings


def test_n4_who_says_they_are_unsure_gets_both_at_once(ask):
    navigation = ask("I'm not sure which therapy I need")

    assert navigation.door is Door.BOTH
    assert navigation.recommendation.start_with_evaluation
    assert navigation.outlook.next is None


def test_s24_other_doors_come_with_therapy(ask):
    navigation = ask(
        "She chokes a little on water sometimes and slurs for years after her stroke, and she can't button her shirt"
    )

    assert navigation.recommendation.leaning in (Door.OT, Door.BOTH)


def test_s24_another_door_alone(ask):
    navigation = ask("I need new glasses")

    assert navigation.door is Door.OTHER
    assert navigation.other == "optometry"
    assert navigation.leaning is None


def test_decision_2_a_door_is_not_withheld_for_danger(ask):
    navigation = ask("My back hurts")

    assert navigation.screening.pending
    assert navigation.door is Door.PT


def test_a_third_language_is_answered_in_plain_words(ask, assets):
    navigation = ask("Nie mogę zapiąć guzików mojej koszuli ponieważ boli mnie ręka")

    assert navigation.door is Door.UNCLEAR
    assert "English or Spanish" in said(for_person(navigation, knowledge=assets.knowledge))
