"""No miss on plain statements: stroke, cauda equina, chest pain, breath, suicide, abuse and others, English and Spanish."""

from pathlib import Path

import pytest

from reable.terms import Door

PLAIN = (Path(__file__).parent / "plain_dangers.txt").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("statement", PLAIN)
def test_a_plain_statement_of_danger_is_never_missed(ask, statement):
    assert ask(statement).door is Door.URGENT


@pytest.mark.parametrize("statement", PLAIN[::6])
def test_nor_inside_an_ordinary_story(ask, statement):
    story = f"Hello, I am 58 and I like my garden. {statement}. I would also like to walk to the shop again. Thank you."

    assert ask(story).door is Door.URGENT
