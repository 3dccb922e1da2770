"""The phrase bank of one language, made ready for finding phrases in clauses.

A phrase is a set of elements: base forms; `!` and a base form where the phrase says that it is impaired or absent;
`~` and a base form for a small word without which the phrase would say too little; `@` and a cue.
It is found where all its elements stand near each other in one clause, in any order. Phrases are looked up by their
rarest element, so that the time for a clause does not grow with the size of the bank.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from reable.knowledge.shapes.wording import WordingPolarity
from reable.knowledge.shapes.words import Words
from reable.understand.clauses import Clause
from reable.understand.cues import Cue
from reable.understand.lexicon import Lexicon
from reable.understand.phrase import IMPAIRED, SAID_CUE, SMALL_WORD, Phrase, kept_cue

GAP = 3  # words with meaning that may stand between those of a phrase

Plain = object


@dataclass(frozen=True, slots=True)
class Match:
    """A phrase found in a clause; `places` are the places of its words there, in order."""

    phrase: Phrase
    places: tuple[int, ...]


class PhraseBank:
    """All phrases of one language and the lexicon that reads them."""

    def __init__(
        self, words: Words, phrases: Iterable[Phrase], vocabulary: Iterable[str], surfaces: Iterable[str]
    ) -> None:
        self.vocabulary = frozenset(vocabulary)
        self.surfaces = frozenset(surfaces)
        self.lexicon = Lexicon(words, self.vocabulary, self.surfaces)
        self.phrases = tuple(phrases)
        self._by_anchor = _by_anchor(self.phrases)

    def find(self, clause: Clause) -> list[Match]:
        """Find all phrases in `clause`, each once, in the order of their first words."""
        where = _where(clause, self.lexicon)
        found = (
            Match(phrase, places)
            for element in where
            for phrase in self._by_anchor.get(element, ())
            if (places := _places(phrase.elements, where)) is not None
        )
        return sorted(found, key=lambda match: (match.places, match.phrase.id))


def extended(bank: PhraseBank, words: Words, more: PhraseBank) -> PhraseBank:
    """Add the phrases of another bank of the same language."""
    vocabulary, surfaces = bank.vocabulary | more.vocabulary, bank.surfaces | more.surfaces
    return PhraseBank(words, (*bank.phrases, *more.phrases), vocabulary, surfaces)


def to_plain(bank: PhraseBank) -> Plain:
    """Turn a bank into plain data that JSON can hold; `from_plain` is the way back."""
    return {
        "vocabulary": sorted(bank.vocabulary),
        "surfaces": sorted(bank.surfaces),
        "phrases": [[p.id, p.key, p.polarity.value, list(p.elements), p.weak] for p in bank.phrases],
    }


def from_plain(words: Words, data: Mapping[str, Any]) -> PhraseBank:
    """Make a bank from what `to_plain` gave."""
    polarities = {polarity.value: polarity for polarity in WordingPolarity}
    phrases = [
        Phrase(i, key, polarities[polarity], tuple(elements), weak)
        for i, key, polarity, elements, weak in data["phrases"]
    ]
    return PhraseBank(words, phrases, data["vocabulary"], data["surfaces"])


def _by_anchor(phrases: tuple[Phrase, ...]) -> dict[str, list[Phrase]]:
    """Index phrases by their first, rarest element, and drop those that only repeat another of the same key."""
    index: dict[str, list[Phrase]] = {}
    seen: set[tuple[str, WordingPolarity, tuple[str, ...]]] = set()
    for phrase in phrases:
        same = (phrase.key, phrase.polarity, phrase.elements)
        if same not in seen:
            seen.add(same)
            index.setdefault(phrase.elements[0], []).append(phrase)
    return index


def _where(clause: Clause, lexicon: Lexicon) -> dict[str, list[tuple[int, int]]]:
    """List for each element of the clause its places: (number among words with meaning, place among all tokens)."""
    where: dict[str, list[tuple[int, int]]] = {}
    number = 0
    for place, token in enumerate(clause.tokens):
        if token.concept:
            where.setdefault(token.concept, []).append((number, place))
            if place in clause.impaired:
                where.setdefault(IMPAIRED + token.concept, []).append((number, place))
            number += 1
        elif token.key:
            where.setdefault(SMALL_WORD + token.key, []).append((number, place))
            cue = kept_cue(token, lexicon)
            for said in (cue, Cue.NOW) if cue is Cue.LATELY else (cue,):  # what is of today is of now as well
                if said is not None:
                    where.setdefault(SAID_CUE + said, []).append((number, place))
    return where


def _places(elements: tuple[str, ...], where: Mapping[str, list[tuple[int, int]]]) -> tuple[int, ...] | None:
    """Find places for all elements within reach of each other, the first such; None if there are none."""
    choices = []
    for element in elements:
        choice = where.get(element)
        if choice is None:
            return None
        choices.append(choice)
    if len(choices) == 1:
        return (choices[0][0][1],)
    reach = len(elements) - 1 + GAP
    for number, _ in choices[0]:
        nearest = [min(choice, key=lambda spot: abs(spot[0] - number)) for choice in choices]
        numbers = [spot[0] for spot in nearest]
        if max(numbers) - min(numbers) <= reach:
            return tuple(sorted({spot[1] for spot in nearest}))
    return None
