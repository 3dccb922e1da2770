"""The learned part: what a sentence is about, where no wording of the phrase bank was found in it.

The student is additive. Every place of a sentence adds its numbers, so that what each word said can be shown. All
arithmetic is in whole numbers: every machine gives the same scores. The student names limitations and other doors
only, never a danger. The watcher is one of the same make, taught on dangers alone (`suspicion`). Neither raises or
lowers a flag.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import exp, isqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reable.knowledge.shapes.wording import NOTHING
from reable.understand.features import BUCKETS, Place, own_features, pairs_of, pieces_of

THOUSAND = 1000
ONE = 256  # a whole feature; letter pieces share one
LENGTH = 1024  # that the sum of word vectors is brought to
_STEPS, _DEEPEST = 64, 16  # of the table of chances: steps a unit, units
_CHANCES = np.array([round(exp(-step / _STEPS) * (1 << 24)) for step in range(_STEPS * _DEEPEST)], dtype=np.int64)
_MOST_REMEMBERED = 3_000
_NONE = -1

Ints = NDArray[np.int64]
Said = NDArray[np.int32]
Rows = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Guess:
    """A label with its chance in thousandths."""

    label: str
    chance: int


@dataclass(frozen=True, slots=True)
class Understood:
    """The likeliest labels of a sentence, and the chances of those that the rules found."""

    guesses: tuple[Guess, ...]
    chances: Mapping[str, int]
    agreeing: int  # thousandths: the chance of all labels that lead to the same place as the first


class Student:
    """A learned model of one language, made of the arrays that `learn` wrote.

    `rows` (buckets x labels), `mixing` (vector x labels) and `vectors` (words x vector) are whole numbers of one byte;
    `units` says what one of `rows` and of `mixing` is worth, in millionths, with the temperature in it. `leads_to`
    tells for a label where it leads (a therapist, another door), so that labels which lead to the same can agree.
    """

    def __init__(self, arrays: Mapping[str, Any], leads_to: Mapping[str, str]) -> None:
        self.labels: tuple[str, ...] = tuple(_words(arrays["labels"]))
        self._leads_to = leads_to
        led = np.array([leads_to.get(label, NOTHING) for label in self.labels])
        self._same = (led[:, None] == led[None, :]).astype(np.int64)
        self._numbers = {label: number for number, label in enumerate(self.labels)}
        self._rows: NDArray[np.int8] = arrays["rows"]
        self._row_of = np.full(BUCKETS, _NONE, np.int32)  # most buckets have no row
        self._row_of[arrays["buckets"]] = np.arange(len(self._rows), dtype=np.int32)
        self._mixing = arrays["mixing"].astype(np.float64)  # whole numbers: sums stay exact
        self._vectors: NDArray[np.int8] = arrays["vectors"]
        self._rows_unit, self._mixing_unit = (int(unit) for unit in arrays["units"])
        self._words = _numbers_of(bytes(arrays["words"]))
        self._alone = lru_cache(maxsize=_MOST_REMEMBERED)(self._by_itself)

    def understand(self, places: Sequence[Place], support: Mapping[str, int], *, most: int = 1) -> Understood:
        """Say what a sentence is about: the `most` likeliest labels, the likeliest first.

        `support`: what the rules found, in millionths of a logit for each label.
        """
        alone = np.add.reduce([self._alone(place.word, place.concept) for place in places], dtype=np.int64)
        spoken, vector = alone[: len(self.labels)], alone[len(self.labels) :]
        spoken += self._sum(self._rows_of(pairs_of(places))) * ONE
        scale = isqrt(len(places) * LENGTH * LENGTH)
        length = isqrt(int(vector @ vector)) + 1
        mixed = ((vector * LENGTH) // length).astype(np.float64) @ self._mixing
        logits: Ints = spoken * self._rows_unit // scale + mixed.astype(np.int64) * self._mixing_unit // LENGTH
        for label, more in support.items():
            logits[self._numbers[label]] += more
        chances = _chances(logits)
        best = [int(logits.argmax())] if most == 1 else np.argsort(-logits, kind="stable")[:most].tolist()
        return Understood(
            guesses=tuple(Guess(self.labels[n], int(chances[n])) for n in best),
            chances={label: int(chances[self._numbers[label]]) for label in support},
            agreeing=int(chances @ self._same[best[0]]),
        )

    def by_place(self, places: Sequence[Place], label: str) -> tuple[int, ...]:
        """Tell what each place of a sentence says for one label."""
        number = self._numbers[label]
        return tuple(
            int(self._alone(place.word, place.concept)[number])
            + int(self._rows[self._rows_of(place.pairs), number].sum(dtype=np.int64)) * ONE
            for place in places
        )

    def knows(self, label: str) -> bool:
        """Test if the student learned this label."""
        return label in self._numbers

    def leads_to(self, label: str) -> str:
        """Tell where a label leads when it is all that was said; `nothing` if nowhere."""
        return self._leads_to.get(label, NOTHING)

    def _by_itself(self, word: str, concept: str) -> Said:
        """Give in one row what a word says for each label, and its vector: a sentence adds up both at once."""
        pieces = pieces_of(word)
        own, known = self._rows_of(own_features(word, concept)), self._rows_of(pieces)
        said = self._sum(own) * ONE + self._sum(known) * ONE // len(pieces)
        return np.concatenate((said, self._vector_of(word)))

    def _rows_of(self, features: Sequence[int]) -> Rows:
        """Find the rows of features; those without one are passed over."""
        rows = self._row_of.take(features)
        return np.asarray(rows[rows != _NONE])

    def _sum(self, rows: Rows) -> Said:
        return np.asarray(np.add.reduce(self._rows.take(rows, axis=0), axis=0, dtype=np.int32))

    def _vector_of(self, word: str) -> Said:
        known = [self._words[part] for part in word.split() if part in self._words]
        return np.asarray(self._vectors[known].sum(axis=0, dtype=np.int32))


def _chances(logits: Ints) -> Ints:
    """Turn logits (millionths) into chances in thousandths."""
    shares = _CHANCES.take((logits.max() - logits) * _STEPS // 1_000_000, mode="clip")
    return np.asarray(shares * THOUSAND // shares.sum())


def _words(array: NDArray[np.uint8]) -> list[str]:
    return bytes(array).decode().split("\n")


@lru_cache(maxsize=4)
def _numbers_of(words: bytes) -> Mapping[str, int]:
    """Number the words of a table; student and watcher of a language share it."""
    return {word: number for number, word in enumerate(words.decode().split("\n"))}
