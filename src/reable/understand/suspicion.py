"""Ask the watcher about each sentence: may it tell of a danger that no wording was found for?

A suspicion raises nothing and calms nothing. It only brings the questions about that danger to the front.
"""

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from reable.knowledge.shapes.wording import NOTHING
from reable.terms import BodySide, Polarity
from reable.understand.clauses import Clause
from reable.understand.features import places_of
from reable.understand.kinds import Kind
from reable.understand.learned import sentences
from reable.understand.mention import Mention
from reable.understand.student import THOUSAND, Student
from reable.understand.tokens import Token

WATCHER = "watcher/"  # begins the origin of a suspicion, before the language
SUSPECTED_FROM = 600  # thousandths: the chance that a sentence tells of any danger, from which on it is asked about
_LEAST_WORDS = 2  # with meaning: "Howdy" tells of nothing
_MOST_PLACES = 60


@dataclass(frozen=True, slots=True)
class Suspicion:
    """A sentence that may tell of a danger: the sign that stands for it, the chance of any, the words from and to."""

    label: str
    chance: int
    first: Token
    last: Token


def suspicions(
    watcher: Student, text: str, clauses: Sequence[Clause], settled: AbstractSet[int]
) -> Iterator[Suspicion]:
    """Go through the sentences of the plain `text` that the watcher suspects, each with its likeliest danger.

    Where rules settled a clause, because a danger in it was said to be past, denied or another's, they know better.
    """
    for numbers in sentences(clauses):
        said = [token for number in numbers for token in clauses[number].tokens if token.key][:_MOST_PLACES]
        if sum(bool(token.concept) for token in said) < _LEAST_WORDS or not settled.isdisjoint(numbers):
            continue
        understood = watcher.understand(list(places_of(text, said)), {NOTHING: 0}, most=2)
        chance = THOUSAND - understood.chances[NOTHING]
        if chance >= SUSPECTED_FROM:
            label = next(guess.label for guess in understood.guesses if guess.label != NOTHING)
            yield Suspicion(label, chance, said[0], said[-1])


def mention_of(suspicion: Suspicion, language: str, words: str, start: int, end: int) -> Mention:
    """Make a mention of a suspicion that stands from `start` to `end` in `words`."""
    return Mention(
        key=suspicion.label,
        kind=Kind.DANGER,
        phrase=f"{WATCHER}{language}",
        words=words[start:end],
        start=start,
        end=end,
        polarity=Polarity.LIMITED,
        cues=(),
        side=BodySide.NONE,
        mild=False,
        with_activity=False,
        at_hand=False,
        ago_days=None,
        for_days=None,
        worse=False,
        chance=suspicion.chance,
    )
