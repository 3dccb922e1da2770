"""The phrase bank of one language, made ready for finding phrases in clauses.

A phrase is a set of elements: base forms; `!` and a base form where the phrase says that it is impaired or absent;
`~` and a base form for a small word without which the phrase would say too little; `@` and a cue.
It is found where all its elements stand near each other in one clause, in any order. Phrases are looked up by their
rarest element, so that the time for a clause does not grow with the size of the bank.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from sys import intern
from typing import Any

from reable.knowledge.shapes.wording import WordingPolarity
from reable.knowledge.shapes.words import Words
from reable.understand.clauses import Clause
from reable.understand.cues import Cue
from reable.understand.lexicon import Lexicon
from reable.understand.phrase import IMPAIRED, SAID_CUE, SMALL_WORD, Phrase, kept_cue

GAP = 3  # words with meaning that may stand between those of a phrase
_SMALL_GAP = 1  # words that may stand between those of a phrase of small words

Plain = object
Bucket = Mapping[str, Sequence[Phrase]]  # by the second rarest element; "" for phrases of one


@dataclass(frozen=True, slots=True)
class Match:
    """A phrase found in a clause; `places` are the places of its words there, in order."""

    phrase: Phrase
    places: tuple[int, ...]


class PhraseBank:
    """All phrases of one language and the lexicon that reads them.

    `rows` gives the phrases that begin with an element; they are asked for when that element is first met, so that
    opening a bank costs nothing for what is not said.
    """

    def __init__(
        self,
        words: Words,
        rows: Mapping[str, Callable[[], Sequence[Phrase]]],
        vocabulary: Iterable[str],
        surfaces: Iterable[str],
    ) -> None:
        self.vocabulary = frozenset(vocabulary)
        self.surfaces = frozenset(surfaces)
        self.lexicon = Lexicon(words, self.vocabulary, self.surfaces)
        self._rows = rows
        self._met: dict[str, Bucket] = {}

    @property
    def phrases(self) -> Iterator[Phrase]:
        """Go through all phrases."""
        return (phrase for row in self._rows.values() for phrase in row())

    def find(self, clause: Clause) -> list[Match]:
        """Find all phrases in `clause`, each once, in the order of their first words."""
        where = _where(clause, self.lexicon)
        found = [
            Match(phrase, places)
            for phrase in self._beginning(where)
            if (places := _places(phrase.elements, where)) is not None
        ]
        found.sort(key=lambda match: (match.places, match.phrase.id))
        return found

    def _beginning(self, where: Mapping[str, object]) -> Iterator[Phrase]:
        """Go through the phrases whose two rarest elements are both there."""
        said = where.keys()
        for element in where:
            bucket = self._met.get(element)
            if bucket is None:
                if element not in self._rows:
                    continue
                bucket = self._met[element] = _bucket(self._rows[element]())
            yield from bucket.get("", ())
            for second in bucket.keys() & said:
                yield from bucket[second]


def in_rows(phrases: Iterable[Phrase]) -> dict[str, list[Phrase]]:
    """Sort phrases by their first, rarest element, and drop those that only repeat another of the same key."""
    rows: dict[str, list[Phrase]] = {}
    seen: set[tuple[str, WordingPolarity, tuple[str, ...]]] = set()
    for phrase in phrases:
        same = (phrase.key, phrase.polarity, phrase.elements)
        if same not in seen:
            seen.add(same)
            rows.setdefault(phrase.elements[0], []).append(phrase)
    return rows


def made_of(words: Words, phrases: Iterable[Phrase], vocabulary: Iterable[str], surfaces: Iterable[str]) -> PhraseBank:
    """Make a bank of phrases at hand."""
    rows = {first: partial(tuple, row) for first, row in in_rows(phrases).items()}
    return PhraseBank(words, rows, vocabulary, surfaces)


def extended(bank: PhraseBank, words: Words, more: PhraseBank) -> PhraseBank:
    """Add the phrases of another bank of the same language."""
    vocabulary, surfaces = bank.vocabulary | more.vocabulary, bank.surfaces | more.surfaces
    return made_of(words, (*bank.phrases, *more.phrases), vocabulary, surfaces)


def to_plain(bank: PhraseBank) -> tuple[Plain, list[str]]:
    """Turn a bank into plain data that JSON can hold, and its rows; `from_plain` is the way back.

    Each row is JSON in a line of its own, to be read when it is asked for; the data name their first elements in order.
    """
    rows = in_rows(bank.phrases)
    data = {"vocabulary": sorted(bank.vocabulary), "surfaces": sorted(bank.surfaces), "rows": list(rows)}
    return data, [json.dumps([_phrase_to_plain(p) for p in row], separators=(",", ":")) for row in rows.values()]


def from_plain(words: Words, data: Mapping[str, Any], rows: Iterable[bytes]) -> PhraseBank:
    """Make a bank from what `to_plain` gave. Raises: ValueError if there are not as many rows as the data name."""
    opened = {first: partial(_row_from_plain, row) for first, row in zip(data["rows"], rows, strict=True)}
    return PhraseBank(words, opened, data["vocabulary"], data["surfaces"])


_POLARITIES = {polarity.value: polarity for polarity in WordingPolarity}


def _phrase_to_plain(phrase: Phrase) -> Plain:
    return [phrase.id, phrase.key, phrase.polarity.value, list(phrase.elements), phrase.weak]


def _row_from_plain(row: bytes) -> Sequence[Phrase]:
    """Read a row; the same key and the same element are one text in memory wherever they stand."""
    return [
        Phrase(id_, intern(key), _POLARITIES[polarity], tuple(map(intern, elements)), weak)
        for id_, key, polarity, elements, weak in json.loads(row)
    ]


def _bucket(row: Iterable[Phrase]) -> Bucket:
    bucket: dict[str, list[Phrase]] = {}
    for phrase in row:
        bucket.setdefault(phrase.elements[1] if len(phrase.elements) > 1 else "", []).append(phrase)
    return bucket


def _where(clause: Clause, lexicon: Lexicon) -> dict[str, list[tuple[int, int]]]:
    """List for each element of the clause its places: (number among words with meaning, place among all tokens)."""
    where: dict[str, list[tuple[int, int]]] = {}
    number = 0
    for place, token in enumerate(clause.tokens):
        if place in clause.meant:
            where.setdefault(clause.meant[place], []).append((number, place))
        if token.concept:
            where.setdefault(token.concept, []).append((number, place))
            if place in clause.impaired:
                where.setdefault(IMPAIRED + token.concept, []).append((number, place))
            number += 1
        elif token.key:
            where.setdefault(SMALL_WORD + token.key, []).append((number, place))
            cue = None if token.cue is None else kept_cue(token, lexicon)
            for said in (cue, Cue.NOW) if cue is Cue.LATELY else (cue,):  # what is of today is of now as well
                if said is not None:
                    where.setdefault(SAID_CUE + said, []).append((number, place))
    return where


def _places(elements: tuple[str, ...], where: Mapping[str, list[tuple[int, int]]]) -> tuple[int, ...] | None:
    """Find places for all elements within reach of each other, the first such; None if there are none.

    The first element is there: phrases are looked up by it.
    """
    if len(elements) == 1:
        return (where[elements[0]][0][1],)
    choices = []
    for element in elements:
        choice = where.get(element)
        if choice is None:
            return None
        choices.append(choice)
    if elements[0].startswith(SMALL_WORD) and all(element.startswith(SMALL_WORD) for element in elements):
        return _side_by_side([[place for _, place in choice] for choice in choices])
    if max(map(len, choices)) == 1:  # nearly always
        return _within_reach([choice[0] for choice in choices])
    for number, _ in choices[0]:
        nearest = [min(choice, key=lambda spot: abs(spot[0] - number)) for choice in choices]
        if (places := _within_reach(nearest)) is not None:
            return places
    return None


def _side_by_side(choices: Sequence[Sequence[int]]) -> tuple[int, ...] | None:
    """Find small words that stand close together: apart they would say nothing."""
    for place in choices[0]:
        nearest = sorted({min(choice, key=lambda other: abs(other - place)) for choice in choices})
        if nearest[-1] - nearest[0] <= len(choices) - 1 + _SMALL_GAP:
            return tuple(nearest)
    return None


def _within_reach(spots: Sequence[tuple[int, int]]) -> tuple[int, ...] | None:
    """Give the places of words that stand near enough to each other, in order."""
    numbers = [number for number, _ in spots]
    if max(numbers) - min(numbers) > len(spots) - 1 + GAP:
        return None
    return tuple(sorted({place for _, place in spots}))
