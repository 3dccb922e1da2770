"""The learned part: additive, in whole numbers, beside the rules and never above danger."""

import json
from dataclasses import replace

import numpy as np
import pytest

from reable import learn
from reable.assets import MODEL_FACTS, arrays_of
from reable.cli.main import main
from reable.knowledge.shapes.wording import NOTHING
from reable.terms import Door, Language, Polarity
from reable.understand import Student
from reable.understand.student import THOUSAND

ROWS = {
    "d5400": ("the cuff buttons beat me", "my zip stays open", "buttons on the shirt beat me"),
    "d450": ("ten steps and I hang on the fence", "the path to the gate is too far", "I hang on the fence"),
    NOTHING: ("I live by the sea", "the doctor is called Lee", "my daughter lives by the sea"),
}
WORDS = ("buttons", "zip", "fence", "gate", "sea", "doctor")


@pytest.fixture(scope="module")
def bank(assets):
    return assets.understander.banks[Language.EN]


@pytest.fixture(scope="module")
def examples(bank):
    return [learn.Example(learn.seen(text, bank), label, "w") for label, texts in ROWS.items() for text in texts * 4]


@pytest.fixture(scope="module")
def vectors():
    values = np.eye(len(WORDS), 8, dtype=np.int8) * 100
    return learn.Vectors(WORDS, values)


def student(examples, vectors):
    taught = learn.teach(examples, vectors.table(), 8)
    return Student(learn.parts_of(taught, vectors, 1.0), {"d5400": "ot", "d450": "pt"})


def test_it_learns_what_it_was_shown_and_the_same_each_time(examples, vectors, bank):
    first, second = student(examples, vectors), student(examples, vectors)

    for label, texts in ROWS.items():
        understood = first.understand(learn.seen(texts[0], bank), {})
        assert understood.guesses[0].label == label
        assert understood == second.understand(learn.seen(texts[0], bank), {})


def test_chances_are_thousandths_and_each_place_says_its_part(examples, vectors, bank):
    places = learn.seen("the cuff buttons beat me", bank)

    taught = student(examples, vectors)
    understood = taught.understand(places, {"d450": 0, "d5400": 0, NOTHING: 0})
    said = taught.by_place(places, understood.guesses[0].label)

    assert 0.98 * THOUSAND < sum(understood.chances.values()) <= THOUSAND
    assert len(said) == len(places)
    assert sum(said) > 0
    assert understood.agreeing == understood.guesses[0].chance, "no other label leads to the same therapist"


def test_what_the_rules_found_moves_it(examples, vectors, bank):
    taught = student(examples, vectors)
    places = learn.seen("something quite unheard of", bank)

    without = taught.understand(places, {"d450": 0}).chances["d450"]
    supported = taught.understand(places, {"d450": 3_000_000})

    assert supported.chances["d450"] > without
    assert supported.guesses[0].label == "d450"


def test_words_it_never_saw_are_no_fault(examples, vectors, bank):
    understood = student(examples, vectors).understand(learn.seen("xqz wvut", bank), {}, most=3)

    assert sum(guess.chance for guess in understood.guesses) <= THOUSAND


def test_what_is_said_without_a_known_wording_is_understood_and_marked_as_learned(ask):
    found = ask("My cuffs flap open at the bank all day because I gave up on those tiny discs.")

    learned = [m for m in found.reading.mentions if m.is_learned]

    assert found.door is Door.OT
    assert [m.key for m in learned] in (["d5400"], ["d4402"])
    assert learned[0].phrase == "model/en"
    assert learned[0].polarity is Polarity.LIMITED


def test_a_wording_in_a_sentence_about_something_else_is_doubted_and_stays_in_sight(record):
    found = record("An electric shock runs from my buttock to my toes each time I drive for an hour.")

    driving = [m for m in found["derivation"]["mentions"] if m["key"] == "d4751"]

    assert found["door"] == "pt"
    assert [m["doubted"] for m in driving] == [True]
    assert "d4751" not in [one["icf"] for one in found["limitations"]]
    assert "d4751" not in [one["key"] for one in found["derivation"]["points"]]


TEXTS = (
    "My sister had a clot years ago. I can't get my cuffs done up any more.",
    "I had a stroke two years ago and the letters from the council do not turn into anything.",
    "Chest tight since this morning, and I wanted to book the hand class.",
    "Walking is fine. My back aches when I lift the twins, no numbness, bladder fine.",
    "no puedo con los botones y desde ayer se me duerme media cara",
    "I have thought about ending it. The stairs beat me as well.",
    "My mother bathes me. My leg is hot and swollen since the flight.",
)


@pytest.mark.parametrize("text", TEXTS)
def test_it_neither_raises_nor_calms_a_danger(assets, ask, text):
    from reable import navigate as core

    rules_alone = replace(assets.understander, students={}, watchers={})
    inquiry = core.inquiry_from({"text": text}, knowledge=assets.knowledge)
    alone = core.navigate(inquiry, knowledge=assets.knowledge, understander=rules_alone)

    assert alone.screening.raised == ask(text).screening.raised


def test_beside_an_urgent_danger_nothing_is_guessed(ask):
    found = ask("crushing chest pain")

    assert found.door is Door.URGENT
    assert not [piece for piece in found.evidence if piece.is_learned]


def test_the_shipped_model_fits_its_rows(capsys):
    assert main(["learn", "--check"]) == 0, "run `reable learn`"
    assert "fits" in capsys.readouterr().out


def test_a_stale_model_is_refused(monkeypatch, tmp_path, capsys):
    import reable.cli.learn as command

    facts = json.loads(MODEL_FACTS.read_text(encoding="utf-8"))
    stale = tmp_path / "model.json"
    stale.write_text(json.dumps({**facts, "rows": "other"}), encoding="utf-8")
    monkeypatch.setattr(command, "MODEL_FACTS", stale)

    assert main(["learn", "--check"]) == 2
    assert "older than the phrase rows" in capsys.readouterr().err


def test_model_files_hold_numbers_only(tmp_path):
    file = tmp_path / "evil.npz"
    np.savez(file, labels=np.array([{"a": 1}], dtype=object))

    with pytest.raises(ValueError, match="pickle"):
        arrays_of(file)
