"""Ask the student about a sentence, and find the words that made it say so."""

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from reable.knowledge.shapes.wording import NOTHING
from reable.understand.clauses import Clause
from reable.understand.features import Place, places_of
from reable.understand.student import Student, Understood

STATED_FROM = 500  # thousandths: from here on the student's word counts as said
AGREED_FROM = 600  # thousandths: or that of all labels which lead to the same therapist
LEAST_CHANCE = 50
KEPT_FROM = 15  # thousandths: below, what the rules found is dropped, unless it is near the best
BESIDE_ANOTHER_DOOR = 300  # thousandths: the same in a sentence that is about another door
NOTHING_FROM = 700  # thousandths: from here on a sentence is believed to say no trouble
SUPPORT = 500_000  # millionths of a logit for each element of a wording that was found
_LEAST_WORDS = 2  # with meaning, that a sentence needs
_MOST_PLACES = 60


@dataclass(frozen=True, slots=True)
class Learned:
    """What the student understood: `clause` counts within the sentence, `places` are tokens of that clause."""

    label: str
    chance: int
    clause: int
    places: tuple[int, ...]

    @property
    def is_sure(self) -> bool:
        """Test if this very label is believed, and not only where it leads."""
        return self.chance >= STATED_FROM


@dataclass(frozen=True, slots=True)
class Weighed:
    """A whole statement after the student: (clause, label) of the rules that it doubts, and what it adds by clause."""

    doubted: AbstractSet[tuple[int, str]]
    learned: Mapping[int, Learned]


@dataclass(frozen=True, slots=True)
class Fused:
    """A sentence after the student: the labels of the rules that it does not believe, and what it adds."""

    doubted: frozenset[str]
    learned: Learned | None


def sentences(clauses: Sequence[Clause]) -> Iterator[list[int]]:
    """Group the numbers of clauses by sentence."""
    current: list[int] = []
    for number, clause in enumerate(clauses):
        if clause.opens and current:
            yield current
            current = []
        current.append(number)
    if current:
        yield current


def fuse(student: Student, text: str, sentence: Sequence[Clause], found: Mapping[str, int]) -> Fused:
    """Let the student weigh one sentence of the plain `text` together with what the rules `found` in it.

    `found` gives for each label how many elements of a wording were found.
    """
    where = [
        (number, place)
        for number, clause in enumerate(sentence)
        for place, token in enumerate(clause.tokens)
        if token.key
    ][:_MOST_PLACES]
    if sum(bool(sentence[number].tokens[place].concept) for number, place in where) < _LEAST_WORDS:
        return Fused(frozenset(), None)
    seen: list[Place] = list(places_of(text, [sentence[number].tokens[place] for number, place in where]))
    understood = student.understand(seen, {k: n * SUPPORT for k, n in found.items() if student.knows(k)})
    best = understood.guesses[0]
    sure = best.chance >= STATED_FROM or (best.chance >= LEAST_CHANCE and understood.agreeing >= AGREED_FROM)
    learned = None
    if sure and best.label != NOTHING and best.label not in found:
        learned = Learned(best.label, best.chance, *_telling(where, understood.by_place, sentence))
    return Fused(_doubted(student, understood, learned is not None), learned)


def _doubted(student: Student, understood: Understood, learned: bool) -> frozenset[str]:
    """Choose the labels of the rules that the student does not believe, if it has something better to say.

    Where it has not, what was found stays: a wording that fits is more than nothing.
    """
    best = understood.guesses[0]
    elsewhere = student.leads_elsewhere(best.label) and best.chance >= STATED_FROM
    least = BESIDE_ANOTHER_DOOR if elsewhere else KEPT_FROM  # "my dog limps" is no limp
    doubted = frozenset(label for label, chance in understood.chances.items() if chance < least)
    better = learned or len(doubted) < len(understood.chances)
    return doubted if better or (best.label == NOTHING and best.chance >= NOTHING_FROM) else frozenset()


def _telling(
    where: Sequence[tuple[int, int]], said: Sequence[int], sentence: Sequence[Clause]
) -> tuple[int, tuple[int, ...]]:
    """Find the clause whose words spoke most for the label, and among its words those that spoke for it."""
    totals: dict[int, int] = {}
    for (number, _), value in zip(where, said, strict=True):
        totals[number] = totals.get(number, 0) + value
    best = max(totals, key=lambda number: (totals[number], -number))
    meant = [
        (place, value)
        for (number, place), value in zip(where, said, strict=True)
        if number == best and sentence[number].tokens[place].concept
    ]
    telling = tuple(place for place, value in meant if value > 0)
    return best, telling or tuple(place for place, _ in meant) or (0,)
