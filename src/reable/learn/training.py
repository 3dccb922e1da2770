"""Teach the student: additive logits from hashed features and frozen word vectors, in plain numpy.

logits = 4 * sum over places (rows of its features) / sqrt(places) + 8 * (sum of word vectors, length 1) @ mixing.
Cross-entropy with smoothed labels, Adam on the rows that a batch touches, words dropped and misspelled at random by
a generator with a fixed seed, so that the same rows give the same student.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reable.learn.examples import Example
from reable.understand.features import Place

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

EPOCHS, BATCH, SEED = 6, 256, 20
RATE, MIXING_RATE = 0.002, 0.01
ROWS_SCALE, VECTORS_SCALE = 4.0, 8.0
SMOOTHING = 0.05
DROPPED = 0.12  # share of places left out of an example, each time it is shown
LEAST_SEEN = 3  # examples that a feature must stand in


@dataclass(frozen=True, slots=True)
class Taught:
    """A student in floats: `rows[n]` are the logits of bucket `buckets[n]`, shape (buckets, labels)."""

    labels: tuple[str, ...]
    buckets: Ints
    rows: Floats
    mixing: Floats


def teach(examples: Sequence[Example], vectors: Mapping[str, Floats], size: int, *, epochs: int = EPOCHS) -> Taught:
    """Teach a student on `examples`; `vectors` are the frozen word vectors, each of `size`."""
    labels = tuple(sorted({example.label for example in examples}))
    numbers = {label: number for number, label in enumerate(labels)}
    buckets = _worth_keeping(examples)
    place_of = {int(b): n for n, b in enumerate(buckets)}
    shown = [_Shown(example.places, place_of, vectors, size) for example in examples]
    target = np.array([numbers[example.label] for example in examples])
    counts = np.bincount(target, minlength=len(labels))
    weight = np.sqrt(counts.mean() / counts)[target].astype(np.float32)
    school = _School(len(buckets), len(labels), size)
    random = np.random.default_rng(SEED)
    for epoch in range(epochs):
        order = random.permutation(len(examples))
        for start in range(0, len(order), BATCH):
            chosen = order[start : start + BATCH]
            rate = 1 - (epoch * len(order) + start) / (epochs * len(order))
            school.learn([shown[n] for n in chosen], target[chosen], weight[chosen], rate, random)
    return Taught(labels, buckets, school.rows, school.mixing)


def _worth_keeping(examples: Sequence[Example]) -> Ints:
    seen: Counter[int] = Counter()
    for example in examples:
        seen.update({b for place in example.places for b in (*place.whole, *place.pieces)})
    return np.array(sorted(b for b, count in seen.items() if count >= LEAST_SEEN))


class _Shown:
    """An example as arrays: kept features, their weights and places, and the word vector of each place."""

    __slots__ = ("features", "places", "vectors", "weights")

    def __init__(self, places: Sequence[Place], place_of: Mapping[int, int], vectors: Mapping[str, Floats], size: int):
        features: list[int] = []
        weights: list[float] = []
        where: list[int] = []
        for number, place in enumerate(places):
            for kept, weight in (
                *((place_of[b], 1.0) for b in place.whole if b in place_of),
                *((place_of[b], 1.0 / len(place.pieces)) for b in place.pieces if b in place_of),
            ):
                features.append(kept)
                weights.append(weight)
                where.append(number)
        self.features = np.array(features, np.int64)
        self.weights = np.array(weights, np.float32)
        self.places = np.array(where, np.int64)
        self.vectors = np.array([vector_of(place.word, vectors, size) for place in places], np.float32).reshape(
            -1, size
        )


def vector_of(word: str, vectors: Mapping[str, Floats], size: int) -> Floats:
    """Give the vector of a written word; words that stand together add up, unknown ones are zero."""
    known = [vectors[part] for part in word.split() if part in vectors]
    return np.sum(known, 0, dtype=np.float32) if known else np.zeros(size, np.float32)


class _School:
    """The student's numbers and Adam's memory of them."""

    def __init__(self, buckets: int, labels: int, size: int) -> None:
        self.rows = np.zeros((buckets, labels), np.float32)
        self.mixing = np.zeros((size, labels), np.float32)
        self._rows_first = np.zeros_like(self.rows)
        self._rows_second = np.zeros(buckets, np.float32)
        self._mixing_first = np.zeros_like(self.mixing)
        self._mixing_second = np.zeros_like(self.mixing)
        self._steps = 0

    def learn(
        self, batch: Sequence[_Shown], target: Ints, weight: Floats, rate: float, random: np.random.Generator
    ) -> None:
        """Take one step on a batch."""
        features, weights, owners, pooled = self._drawn(batch, random)
        logits = VECTORS_SCALE * pooled @ self.mixing
        order = np.argsort(features, kind="stable")
        features, weights, owners = features[order], weights[order], owners[order]
        unique, starts = np.unique(features, return_index=True)
        by_row = np.zeros((len(batch), len(unique)), np.float32)
        np.add.at(by_row, (owners, np.repeat(np.arange(len(unique)), np.diff([*starts, len(features)]))), weights)
        logits += by_row @ self.rows[unique]
        chance = np.exp(logits - logits.max(1, keepdims=True))
        chance /= chance.sum(1, keepdims=True)
        wanted = np.full_like(chance, SMOOTHING / chance.shape[1])
        wanted[np.arange(len(batch)), target] += 1 - SMOOTHING
        slope = (chance - wanted) * weight[:, None] / len(batch)
        self._steps += 1
        self._step_rows(unique, by_row.T @ slope, RATE * rate)
        self._step_mixing(VECTORS_SCALE * pooled.T @ slope, MIXING_RATE * rate)

    def _drawn(self, batch: Sequence[_Shown], random: np.random.Generator) -> tuple[Ints, Floats, Ints, Floats]:
        """Drop some places of each example, and join what is left."""
        features, weights, owners, pooled = [], [], [], []
        for number, shown in enumerate(batch):
            kept = random.random(len(shown.vectors)) >= DROPPED
            here = kept[shown.places]
            scale = ROWS_SCALE / np.sqrt(max(1, kept.sum()))
            features.append(shown.features[here])
            weights.append(shown.weights[here] * np.float32(scale))
            owners.append(np.full(int(here.sum()), number))
            total = shown.vectors[kept].sum(0)
            pooled.append(total / max(float(np.sqrt(total @ total)), 1e-6))
        return np.concatenate(features), np.concatenate(weights), np.concatenate(owners), np.array(pooled, np.float32)

    def _step_rows(self, touched: Ints, slope: Floats, rate: float) -> None:
        """Adam on the touched rows; one second moment a row."""
        first = self._rows_first[touched] = 0.9 * self._rows_first[touched] + 0.1 * slope
        second = self._rows_second[touched] = 0.99 * self._rows_second[touched] + 0.01 * (slope**2).mean(1)
        self.rows[touched] -= rate * first / (np.sqrt(second)[:, None] + 1e-6)

    def _step_mixing(self, slope: Floats, rate: float) -> None:
        self._mixing_first = 0.9 * self._mixing_first + 0.1 * slope
        self._mixing_second = 0.999 * self._mixing_second + 0.001 * slope**2
        first = self._mixing_first / (1 - 0.9**self._steps)
        second = self._mixing_second / (1 - 0.999**self._steps)
        self.mixing -= rate * first / (np.sqrt(second) + 1e-6)
