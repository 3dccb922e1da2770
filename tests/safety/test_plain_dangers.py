"""No miss on plain statements: stroke, cauda equina, chest pain, breath, suicide, abuse and others, English and Spanish."""

from pathlib import Path

import pytest

from reable.terms import Door

PLAIN = (Path(__file__).parent / "plain_dangers.txt").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("statement", PLAIN)
def test_a_plain_statement_of_danger_is_never_missed(ask, statement):
    assert ask(statement).door is Door.URGENT


@pytest.mark.parametrize("statement", PLAIN)
def test_nor_inside_an_ordinary_story(ask, statement):
    story = f"Hello, I am 58 and I like my garden. {statement}. I would also like to walk to the shop again. Thank you."

    assert ask(story).door is Door.URGENT


@pytest.mark.parametrize(
    "statement",
    [
        "My carer pushes me in my wheelchair every day",
        "His son beats him at chess",
        "Her husband hit a pole and hurt his shoulder",
        "No safeguarding concerns",
        "He is not being hit at home",
        "El cuidador me empuja en la silla de ruedas",
        "Sin sospecha de maltrato físico",
    ],
)
def test_what_sounds_like_abuse_and_is_none_stays_calm(ask, statement):
    assert ask(statement).door is not Door.URGENT
