"""What the learned model suspects is asked about first; it raises nothing, calms nothing and moves no door."""

from dataclasses import replace

import pytest

from reable import navigate
from reable.terms import Answer, Door
from reable.understand import WATCHER

SUSPICIOUS = [
    "the grease fire got my forearm",
    "a spade sliced my toe",
    "he says he'll put me in the ground",
    "me voló un tornillo al ojo",
]
HARMLESS = [
    "my knees ache when I garden",
    "I can't do up the buttons of my shirt",
    "quiero volver a coser sin dolor en los dedos",
    "me cuesta subir las escaleras desde hace años",
]


def _suspicions(navigation):
    return [piece for piece in navigation.evidence if piece.origin.startswith(WATCHER)]


@pytest.mark.parametrize("statement", SUSPICIOUS)
def test_a_danger_without_a_rule_is_asked_about_first(ask, statement):
    answer = ask(statement)

    suspected = {piece.key for piece in _suspicions(answer)}
    assert answer.door is not Door.URGENT
    assert suspected.intersection(answer.screening.pending[0].when.signs)


@pytest.mark.parametrize("statement", SUSPICIOUS)
def test_yes_to_that_question_sends_to_a_doctor(ask, assets, statement):
    asked = ask(statement).screening.pending[0].key

    inquiry = navigate.inquiry_from({"text": statement, "answers": {asked: "yes"}}, knowledge=assets.knowledge)
    answer = navigate.navigate(inquiry, knowledge=assets.knowledge, understander=assets.understander)

    assert inquiry.answers[asked] is Answer.YES
    assert answer.door is Door.URGENT


@pytest.mark.parametrize("statement", SUSPICIOUS)
def test_a_suspicion_raises_nothing_and_moves_no_door(ask, assets, statement):
    inquiry = navigate.inquiry_from({"text": statement}, knowledge=assets.knowledge)
    blind = replace(assets.understander, watchers={})
    without = navigate.navigate(inquiry, knowledge=assets.knowledge, understander=blind)
    answer = ask(statement)

    assert answer.screening.raised == without.screening.raised
    assert answer.recommendation == without.recommendation
    assert {q.key for q in without.screening.pending} <= {q.key for q in answer.screening.pending}


@pytest.mark.parametrize("statement", ["Chest pain? No, never.", "I had a stroke ten years ago, all clear since."])
def test_what_rules_found_to_be_denied_or_over_is_not_suspected(ask, statement):
    assert not _suspicions(ask(statement))


@pytest.mark.parametrize("statement", HARMLESS)
def test_what_is_harmless_is_not_suspected(ask, statement):
    assert not _suspicions(ask(statement))


def test_every_family_that_may_be_suspected_has_a_question(assets):
    asked = {sign for question in assets.knowledge.questions.values() for sign in question.when.signs}
    families = {f"suspected_{flag.family}" for flag in assets.knowledge.red_flags.values()}

    assert families <= asked
    for watcher in assets.understander.watchers.values():
        assert set(watcher.labels) - {"nothing"} <= families
