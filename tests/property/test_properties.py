"""What must hold for any text."""

import string

from hypothesis import given, settings
from hypothesis import strategies as st

from reable import understand
from reable.assets import load
from reable.cli.navigate import line_of
from reable.navigate import Inquiry, navigate, to_record
from reable.terms import Answer
from reable.understand.normalise import normalise

ASSETS = load()
DANGERS = (
    "crushing chest pain and sweating",
    "my face is drooping on one side",
    "I want to kill myself",
    "numb between my legs and can't pee",
    "no puedo respirar",
)
HARMLESS = (
    "I like my garden.",
    "The weather was nice.",
    "We live in a small house.",
    "Thank you for your time.",
    "I have two cats.",
)
HIDDEN = ("\u200b", "\u200d", "\u2060", "\ufeff", "\u00ad", "\u034f", "\ufe0f")


def ask(text, **more):
    return navigate(Inquiry(text=text, **more), knowledge=ASSETS.knowledge, understander=ASSETS.understander)


def flags(text):
    return {raised.flag.key for raised in ask(text).screening.raised}


@given(
    st.sampled_from(DANGERS),
    st.lists(st.sampled_from(HARMLESS), max_size=6),
    st.lists(st.sampled_from(HARMLESS), max_size=6),
)
def test_harmless_text_around_never_hides_a_danger(danger, before, after):
    assert flags(danger) <= flags(" ".join((*before, danger + ".", *after)))


@given(st.sampled_from(DANGERS), st.text(alphabet=string.printable, max_size=80))
def test_a_line_of_anything_before_never_hides_a_danger(danger, noise):
    assert flags(danger) <= flags(noise + ".\n" + danger)


@given(st.sampled_from(DANGERS), st.data())
def test_hidden_characters_change_nothing(danger, data):
    places = data.draw(st.lists(st.integers(0, len(danger)), max_size=8))
    hidden = danger
    for place in sorted(places, reverse=True):
        hidden = hidden[:place] + data.draw(st.sampled_from(HIDDEN)) + hidden[place:]

    assert flags(hidden) == flags(danger)


@given(
    st.sampled_from(("stroke", "heart attack", "broken hip")),
    st.sampled_from(("ten years ago", "in 1999", "twenty years ago")),
)
def test_what_is_long_past_raises_nothing(thing, when):
    assert not [raised for raised in ask(f"I had a {thing} {when}").screening.raised if raised.flag.urgency.is_urgent]


@given(st.text(max_size=300))
@settings(max_examples=300)
def test_any_text_gets_an_answer_twice_the_same(text):
    if not text.strip():
        return

    first, second = (
        line_of(to_record(ask(text), id_=None, knowledge=ASSETS.knowledge, versions=ASSETS.versions)) for _ in range(2)
    )

    assert first == second


@given(st.text(max_size=200))
def test_plain_text_knows_where_each_letter_came_from(text):
    plain = normalise(text)

    assert len(plain.origin) == len(plain.text) + 1
    assert list(plain.origin) == sorted(plain.origin)
    assert normalise(plain.text).text == plain.text


@given(st.text(max_size=200))
def test_each_mention_quotes_the_statement(text):
    for mention in understand.read(text, understander=ASSETS.understander).mentions:
        assert mention.words == text[mention.start : mention.end]


@given(st.dictionaries(st.sampled_from(sorted(ASSETS.knowledge.questions)), st.sampled_from(list(Answer)), max_size=6))
def test_an_answer_of_yes_never_lowers_the_urgency(answers):
    base = ask("my back hurts", answers=dict.fromkeys(answers, Answer.NO)).screening.urgency
    asked = ask("my back hurts", answers=answers).screening.urgency

    assert base is None or (asked is not None and asked.rank <= base.rank)
