"""The independent checker accepts what follows, and nothing else."""

import copy
import json
import random
from dataclasses import asdict

import pytest
from bench.generate import inquiries, mutated

from reable import navigate as core
from reable.cli.main import main
from reable.cli.navigate import record_of
from reable.verify import verify

SAMPLE = 150
SEED = 7


@pytest.fixture(scope="module")
def check(assets):
    versions = {f"{name}_version": value for name, value in asdict(assets.versions).items()}
    return lambda answer: verify(
        answer, knowledge=assets.knowledge, understander=assets.understander, versions=versions
    )


@pytest.fixture(scope="module")
def answers(assets):
    return [
        record_of(core.inquiry_from(request, knowledge=assets.knowledge), request["id"], assets)
        for request in inquiries(SAMPLE, assets, seed=SEED)
    ]


def test_it_accepts_what_navigate_derives(answers, check):
    assert [check(answer) for answer in answers] == [[]] * SAMPLE


def test_it_accepts_the_same_after_a_way_through_json(answers, check):
    assert [check(json.loads(json.dumps(answer))) for answer in answers[:30]] == [[]] * 30


def test_it_rejects_every_alteration_and_omission(answers, check):
    chance = random.Random(SEED)

    assert all(check(mutated(answer, chance)) for answer in answers)


@pytest.mark.parametrize(
    "change",
    [
        lambda a: a["red_flags"].clear(),
        lambda a: a["red_flags"][0].update(urgency="same_day"),
        lambda a: a.update(urgency=None),
        lambda a: a.update(door="pt"),
        lambda a: a["limitations"].clear(),
        lambda a: a["limitations"][0].update(polarity="fine"),
        lambda a: a["derivation"]["mentions"][0]["cues"].append({"cue": "not", "start": 0, "end": 1}),
        lambda a: a["derivation"]["points"][0].update(movement=9),
        lambda a: a.update(extra=1),
        lambda a: a.pop("danger_screen"),
        lambda a: a.update(start_with_evaluation=0),
        lambda a: a.update(knowledge_version="0" * 16),
    ],
)
def test_it_rejects_each_lie_about_a_danger(record, check, change):
    answer = record("I want to walk again. Since this morning my face droops on one side and my speech is slurred")
    assert check(answer) == []

    lie = copy.deepcopy(answer)
    change(lie)

    assert check(lie)


@pytest.mark.parametrize("nothing", [{}, [], {"inquiry": {}}, {"inquiry": {"text": 1}}, {"error": "x"}, None])
def test_what_is_no_answer_is_rejected_not_crashed_on(check, nothing):
    assert check(nothing)


def test_the_command_names_what_does_not_follow(tmp_path, record, capsys):
    answer = record("I want to walk without pain")
    file = tmp_path / "answers.jsonl"
    file.write_text(json.dumps(answer) + "\n" + json.dumps({**answer, "door": "ot"}) + "\n", encoding="utf-8")

    assert main(["verify", str(file)]) == 1

    assert capsys.readouterr().out.splitlines() == [
        "answer 2: door: does not follow",
        "1 of 2 answers follow from their words and the knowledge",
    ]
