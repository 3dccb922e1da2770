"""Ask the student about a sentence, and find the words that made it say so."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from reable.knowledge.shapes.wording import NOTHING
from reable.terms import Door
from reable.understand.clauses import Clause
from reable.understand.cues import Cue
from reable.understand.features import Place, places_of
from reable.understand.student import Student, Understood

STATED_FROM = 650  # thousandths: from here on the student's word counts as said
AGREED_FROM = 800  # thousandths: or that of all labels which lead to the same therapist
LEAST_CHANCE = 120
KEPT_FROM = 15  # thousandths: below, what the rules found is doubted
BESIDE_ANOTHER_DOOR = 300  # thousandths: the same in a sentence that is about another door
NOTHING_FROM = 700  # thousandths: from here on a sentence is believed to say no trouble
SUPPORT = 500_000  # millionths of a logit for each element of a wording that was found
BESIDE_FROM = 850  # thousandths: from here on a second need is believed in a part of a sentence
_LEAST_WORDS = 2  # with meaning, that a sentence needs
_MOST_PLACES = 60

Spot = tuple[int, int]  # clause within the sentence, token within the clause


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
    """A whole statement after the student, by clause and label: what it doubts of the rules, and what it adds."""

    doubted: AbstractSet[tuple[int, str]]
    learned: Mapping[tuple[int, str], Learned]


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
    where = [spot for part in _parts(sentence) for spot in part][:_MOST_PLACES]
    if not _says_enough(where, sentence):
        return Fused(frozenset(), None)
    seen = _seen(text, sentence, where)
    understood = student.understand(seen, {k: n * SUPPORT for k, n in found.items() if student.knows(k)})
    best = understood.guesses[0]
    sure = best.chance >= STATED_FROM or (best.chance >= LEAST_CHANCE and understood.agreeing >= AGREED_FROM)
    learned = None
    if sure and best.label != NOTHING and best.label not in found:
        learned = Learned(best.label, best.chance, *_telling(where, student.by_place(seen, best.label), sentence))
    return Fused(_doubted(student, understood, learned is not None), learned)


def _doubted(student: Student, understood: Understood, learned: bool) -> frozenset[str]:
    """Choose the labels of the rules that the student does not believe, if it has something better to say.

    Where it has not, what was found stays: a wording that fits is more than nothing.
    """
    best = understood.guesses[0]
    elsewhere = student.leads_to(best.label) == Door.OTHER and best.chance >= STATED_FROM
    least = BESIDE_ANOTHER_DOOR if elsewhere else KEPT_FROM  # "my dog limps" is no limp
    doubted = frozenset(label for label, chance in understood.chances.items() if chance < least)
    better = learned or len(doubted) < len(understood.chances)
    return doubted if better or (best.label == NOTHING and best.chance >= NOTHING_FROM) else frozenset()


def beside(student: Student, text: str, sentence: Sequence[Clause], known: Collection[str]) -> Learned | None:
    """Find a second need in a part of a sentence that leads to the other therapist: "I limp, and cuffs beat me".

    `known` are the labels understood so far; None if they do not lead to one therapist alone.
    """
    leads = {student.leads_to(label) for label in known}
    if leads not in ({Door.PT}, {Door.OT}):
        return None
    parts = [part for part in _parts(sentence) if _says_enough(part, sentence)]
    for part in parts if len(parts) > 1 else ():
        best = student.understand(_seen(text, sentence, part), {}).guesses[0]
        lead = student.leads_to(best.label)
        if best.chance >= BESIDE_FROM and lead in (Door.PT, Door.OT) and lead not in leads:
            number = part[0][0]
            return Learned(best.label, best.chance, number, tuple(place for clause, place in part if clause == number))
    return None


def _parts(sentence: Sequence[Clause]) -> list[list[Spot]]:
    """Part the words of a sentence at its clauses, its commas and its "and"."""
    parts: list[list[Spot]] = []
    for number, clause in enumerate(sentence):
        parts.append([])
        for place, token in enumerate(clause.tokens):
            if token.stop == "," or token.cue is Cue.JOIN:
                parts.append([])
            if token.key:
                parts[-1].append((number, place))
    return parts


def _says_enough(where: Sequence[Spot], sentence: Sequence[Clause]) -> bool:
    return sum(bool(sentence[number].tokens[place].concept) for number, place in where) >= _LEAST_WORDS


def _seen(text: str, sentence: Sequence[Clause], where: Sequence[Spot]) -> list[Place]:
    return list(places_of(text, [sentence[number].tokens[place] for number, place in where]))


def _telling(where: Sequence[Spot], said: Sequence[int], sentence: Sequence[Clause]) -> tuple[int, tuple[int, ...]]:
    """Find the clause whose words spoke most for the label, and its words with meaning: they are played back whole."""
    totals: dict[int, int] = {}
    for (number, _), value in zip(where, said, strict=True):
        totals[number] = totals.get(number, 0) + value
    best = max(totals, key=lambda number: (totals[number], -number))
    meant = tuple(place for number, place in where if number == best and sentence[number].tokens[place].concept)
    return best, meant or (0,)
