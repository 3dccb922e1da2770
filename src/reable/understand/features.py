"""What the learned model sees of a sentence: its words, its meanings, its pairs, its letters.

Every feature belongs to one place in the sentence, so that what each word says can be added up and shown.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple
from zlib import crc32

from reable.understand.tokens import Token

BUCKETS = 1 << 19
_SHORTEST, _LONGEST = 3, 5  # letters of a piece of a word
_LETTERS = 24  # of a word that are looked at
_EDGE = "\n"
_MOST_REMEMBERED = 2_000

Features = tuple[int, ...]


class Place(NamedTuple):
    """One place of a sentence: the written word, what it stands for, and the same of the place before it."""

    word: str
    concept: str
    word_before: str
    concept_before: str

    @property
    def whole(self) -> Features:
        """List its features, without letter pieces."""
        return (*own_features(self.word, self.concept), *self.pairs)

    @property
    def pairs(self) -> Features:
        """List the features that it shares with the place before it."""
        return tuple(pairs_of((self,)))

    @property
    def pieces(self) -> Features:
        """List the letter pieces of its word; together they count as one feature."""
        return pieces_of(self.word)


def places_of(text: str, tokens: Sequence[Token]) -> Iterator[Place]:
    """Go through the places of a sentence; `tokens` are those of the sentence in the plain `text`."""
    word_before = concept_before = _EDGE
    for token in tokens:
        if token.key:
            word, concept = text[token.start : token.end], token.concept or token.key
            yield Place(word, concept, word_before, concept_before)
            word_before, concept_before = word, concept


def pairs_of(places: Iterable[Place]) -> list[int]:
    """List the features of each place with the place before it, two a place; the student's busiest lines."""
    features: list[int] = []
    for word, concept, word_before, concept_before in places:
        features.append(crc32(f"p:{word_before} {word}".encode()) % BUCKETS)
        features.append(crc32(f"m:{concept_before} {concept}".encode()) % BUCKETS)
    return features


def own_features(word: str, concept: str) -> Features:
    """List the features of a place by itself."""
    return _bucket(f"w:{word}"), _bucket(f"c:{concept}")


@lru_cache(maxsize=_MOST_REMEMBERED)
def pieces_of(word: str) -> Features:
    """List the letter pieces of a written word, three to five letters each, its edges marked."""
    marked = f"<{word[:_LETTERS]}>"
    return tuple(
        _bucket(f"g:{marked[start : start + length]}")
        for length in range(_SHORTEST, _LONGEST + 1)
        for start in range(len(marked) - length + 1)
    )


def _bucket(feature: str) -> int:
    """Give the number of a feature; two features may share one."""
    return crc32(feature.encode()) % BUCKETS
