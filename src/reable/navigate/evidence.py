"""Everything that speaks for a key: words that were said, answers, conditions given, the age."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from reable.knowledge import Knowledge
from reable.navigate.inquiry import Inquiry
from reable.terms import Answer, Polarity
from reable.understand import Mention, Reading

BABY_BELOW = 2  # years
CHILD_BELOW = 18
OLDER_FROM = 65
LIMITATION_QUESTION = "limitation:"


class Via(StrEnum):
    """How evidence came."""

    WORDS = "words"
    ANSWER = "answer"
    CONDITION = "condition"
    AGE = "age"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One thing that speaks for `key`. `origin` is the phrase, question, condition or "age" it came from.

    `mention` is the place in the statement, where it came from words.
    """

    key: str
    via: Via
    origin: str
    polarity: Polarity
    mention: Mention | None = None

    @property
    def is_live(self) -> bool:
        """Test if it says that the person has it now, or wants it back."""
        return self.polarity in (Polarity.LIMITED, Polarity.WANTED, Polarity.TREATED)

    @property
    def is_need(self) -> bool:
        """Test if it is live, and nothing that was said speaks against it as what the person means."""
        return self.is_live and (self.mention is None or self.mention.counts)

    @property
    def is_learned(self) -> bool:
        """Test if it rests on the learned model alone; then it neither raises nor calms a flag."""
        return self.mention is not None and self.mention.is_learned


def gather(
    reading: Reading, inquiry: Inquiry, conditions: tuple[str, ...], *, knowledge: Knowledge
) -> tuple[Evidence, ...]:
    """Gather all evidence: from words in their order, then conditions given, the age, answers."""
    found = [
        Evidence(key=mention.key, via=Via.WORDS, origin=mention.phrase, polarity=mention.polarity, mention=mention)
        for mention in reading.mentions
    ]
    found += (
        Evidence(key=key, via=Via.CONDITION, origin=key, polarity=Polarity.LIMITED) for key in dict.fromkeys(conditions)
    )
    found += list(_implied(found, knowledge))
    found += _of_age(inquiry.age if inquiry.age is not None else reading.age)
    found += _of_answers(inquiry.answers, knowledge)
    return tuple(found)


def _implied(found: list[Evidence], knowledge: Knowledge) -> Iterator[Evidence]:
    """A condition asserts signs: who has breast cancer has cancer. What was said of it holds for them too."""
    for evidence in found:
        condition = knowledge.conditions.get(evidence.key)
        for sign in condition.signs if condition else ():
            yield Evidence(
                key=sign, via=Via.CONDITION, origin=evidence.key, polarity=evidence.polarity, mention=evidence.mention
            )


def _of_age(age: int | None) -> Iterator[Evidence]:
    if age is None:
        return
    bands = {"baby": age < BABY_BELOW, "child": age < CHILD_BELOW, "older_person": age >= OLDER_FROM}
    for key, holds in bands.items():
        if holds:
            yield Evidence(key=key, via=Via.AGE, origin="age", polarity=Polarity.LIMITED)


def _of_answers(answers: Mapping[str, Answer], knowledge: Knowledge) -> Iterator[Evidence]:
    """To a danger question only "no" denies (S1); to a limitation question "not sure" says nothing."""
    for key, answer in answers.items():
        if key.startswith(LIMITATION_QUESTION):
            if answer is not Answer.NOT_SURE:
                polarity = Polarity.FINE if answer is Answer.NO else Polarity.LIMITED
                yield Evidence(key=key.removeprefix(LIMITATION_QUESTION), via=Via.ANSWER, origin=key, polarity=polarity)
        elif key in knowledge.questions and answer is not Answer.NO:
            for sign in knowledge.questions[key].yes_means:
                yield Evidence(key=sign, via=Via.ANSWER, origin=key, polarity=Polarity.LIMITED)


def conditions_in(evidence: tuple[Evidence, ...], knowledge: Knowledge) -> tuple[str, ...]:
    """List the conditions that the person has or had, each once, in the order they came."""
    return tuple(
        dict.fromkeys(
            e.key for e in evidence if e.key in knowledge.conditions and (e.is_live or e.polarity is Polarity.PAST)
        )
    )
