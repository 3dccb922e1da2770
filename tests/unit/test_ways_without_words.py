"""Taps instead of words, somebody else who speaks, and a danger that a clinician has looked at."""

import pytest

from reable.navigate import NothingSaid, to_record
from reable.terms import Door, Relation, Site
from reable.verify import verify

DROOP = "My face droops on one side since this morning and I cannot button my shirt"


@pytest.mark.parametrize(
    "given",
    [
        {"text": "", "answers": {"limitation:d5400": "yes"}},
        {"text": "", "sites": ["knee", "back"], "answers": {"limitation:d4500": "a_little"}},
        {"text": DROOP, "checked": ["facial_droop_sudden", "facial_droop_new"], "relation": "proxy"},
    ],
)
def test_an_answer_to_taps_can_be_verified(given, ask, assets):
    record = to_record(ask(**given), id_=None, knowledge=assets.knowledge, versions=assets.versions)
    versions = {f"{name}_version": getattr(assets.versions, name) for name in ("knowledge", "model", "reasoning")}

    assert not verify(record, knowledge=assets.knowledge, understander=assets.understander, versions=versions)
    assert verify(
        {**record, "inquiry": {**record["inquiry"], "checked": ["stroke_signs"], "sites": ["chest"]}},
        knowledge=assets.knowledge,
        understander=assets.understander,
        versions=versions,
    )


def test_taps_alone_name_a_therapist_and_are_no_foreign_language(ask):
    navigation = ask("", answers={"limitation:d5400": "yes"})

    assert navigation.door is Door.OT
    assert navigation.warnings == ()


def test_a_tapped_part_of_the_body_brings_its_danger_questions(ask):
    asked = {question.key for question in ask("", sites=["chest"]).screening.pending}

    assert "ask_chest_now" in asked


def test_nothing_at_all_is_still_refused(ask):
    with pytest.raises(NothingSaid):
        ask("  ", relation="self")


def test_who_speaks_may_be_said_beside_the_words(ask):
    assert ask("I cannot cook", relation="proxy").inquiry.relation is Relation.PROXY
    assert ask("", sites=["hand"]).inquiry.sites == (Site.HAND,)


def test_a_danger_that_a_clinician_has_looked_at_is_set_aside_but_stays(ask):
    before = ask(DROOP)
    keys = [raised.flag.key for raised in before.screening.raised]

    after = ask(DROOP, checked=keys)

    assert before.door is Door.URGENT
    assert after.door is Door.BOTH
    assert [raised.flag.key for raised in after.screening.set_aside] == keys


def test_self_harm_is_never_set_aside(ask):
    words = "I want to kill myself and I have the pills here"
    keys = [raised.flag.key for raised in ask(words).screening.raised]

    assert keys
    assert ask(words, checked=keys).door is Door.URGENT


def test_what_is_taken_back_speaks_for_no_therapist_but_still_counts_in_danger(ask, record):
    words = "I cannot walk far and I cannot button my shirt"

    assert ask(words).leaning is Door.BOTH
    assert ask(words, taken_back={"d450": "past", "d4501": "past"}).leaning is Door.OT
    kept = ask(DROOP, taken_back={"facial_droop_sudden": "past", "facial_droop_new": "past"})
    assert kept.door is Door.URGENT
    shown = record(words, taken_back={"d5400": "other_person"}, sides={"d5400": "left"})["limitations"]
    assert {("other_person", "left")} == {(one["polarity"], one["side"]) for one in shown if one["icf"] == "d5400"}
