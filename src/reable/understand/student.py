"""The learned part: what a sentence is about, where no wording of the phrase bank was found in it.

The student is additive. Every place of a sentence adds its numbers, so that what each word said can be shown. All
arithmetic is in whole numbers: every machine gives the same scores. It names limitations and other doors only, never
a danger, and it raises or lowers no flag.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import exp, isqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reable.knowledge.shapes.wording import NOTHING
from reable.understand.features import Place

THOUSAND = 1000
_ONE = 256  # a whole feature; letter pieces share one
_LENGTH = 1024  # that the sum of word vectors is brought to
_STEPS, _DEEPEST = 64, 16  # of the table of chances: steps a unit, units
_CHANCES = tuple(round(exp(-step / _STEPS) * (1 << 24)) for step in range(_STEPS * _DEEPEST))
_MOST_REMEMBERED = 20_000

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Guess:
    """A label with its chance in thousandths."""

    label: str
    chance: int


@dataclass(frozen=True, slots=True)
class Understood:
    """The likeliest labels of a sentence, what each of its places said for the first of them, and all chances."""

    guesses: tuple[Guess, ...]
    by_place: tuple[int, ...]
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
        self._same = led[:, None] == led[None, :]
        self._numbers = {label: number for number, label in enumerate(self.labels)}
        self._buckets: NDArray[np.int32] = arrays["buckets"]
        self._rows: NDArray[np.int8] = arrays["rows"]
        self._mixing = arrays["mixing"].astype(np.float64)  # whole numbers: sums stay exact
        self._vectors: NDArray[np.int8] = arrays["vectors"]
        self._rows_unit, self._mixing_unit = (int(unit) for unit in arrays["units"])
        self._words = {word: number for number, word in enumerate(_words(arrays["words"]))}
        self._said = lru_cache(maxsize=_MOST_REMEMBERED)(self._said_by_features)
        self._vector = lru_cache(maxsize=_MOST_REMEMBERED)(self._vector_of)

    def understand(self, places: Sequence[Place], support: Mapping[str, int], *, most: int = 3) -> Understood:
        """Say what a sentence is about, the likeliest first.

        `support`: what the rules found, in millionths of a logit for each label.
        """
        said = np.array([self._said(place.whole, place.pieces) for place in places])
        scale = isqrt(len(places) * _LENGTH * _LENGTH)
        vector = np.sum([self._vector(place.word) for place in places], axis=0)
        length = isqrt(int(vector @ vector)) + 1
        mixed = ((vector * _LENGTH) // length).astype(np.float64) @ self._mixing
        logits = said.sum(axis=0) * self._rows_unit // scale + mixed.astype(np.int64) * self._mixing_unit // _LENGTH
        for label, more in support.items():
            logits[self._numbers[label]] += more
        best = np.argsort(-logits, kind="stable")[:most]
        chances = _chances(logits)
        supported = {label: int(chances[self._numbers[label]]) for label in support}
        guesses = tuple(Guess(self.labels[n], int(chances[n])) for n in best)
        agreeing = int(chances[self._same[best[0]]].sum())
        return Understood(guesses, tuple(int(value) for value in said[:, best[0]]), supported, agreeing)

    def knows(self, label: str) -> bool:
        """Test if the student learned this label."""
        return label in self._numbers

    def leads_to(self, label: str) -> str:
        """Tell where a label leads when it is all that was said; `nothing` if nowhere."""
        return self._leads_to.get(label, NOTHING)

    def _said_by_features(self, whole: tuple[int, ...], pieces: tuple[int, ...]) -> Ints:
        said = self._sum(whole) * _ONE
        return said + self._sum(pieces) * _ONE // len(pieces)

    def _sum(self, features: Iterable[int]) -> Ints:
        wanted = np.array(features, dtype=np.int32)
        at = np.searchsorted(self._buckets, wanted)
        at = at[(at < len(self._buckets)) & (self._buckets[np.minimum(at, len(self._buckets) - 1)] == wanted)]
        return np.asarray(self._rows[at].sum(axis=0, dtype=np.int64))

    def _vector_of(self, word: str) -> Ints:
        known = [self._words[part] for part in word.split() if part in self._words]
        return np.asarray(self._vectors[known].sum(axis=0, dtype=np.int64))


def _chances(logits: Ints) -> Ints:
    """Turn logits (millionths) into chances in thousandths."""
    below = np.minimum((logits.max() - logits) * _STEPS // 1_000_000, len(_CHANCES) - 1)
    shares = np.array(_CHANCES, dtype=np.int64)[below]
    return np.asarray(shares * THOUSAND // shares.sum())


def _words(array: NDArray[np.uint8]) -> list[str]:
    return bytes(array).decode().split("\n")
