"""What a plain keyword search knows, as rows of the student: how much each word and pair speaks for each label.

The weights add up word by word like the student's own rows, so they cost nothing at run time. What the student learns
by steps and what is merely counted err differently: on sentences of left-out writers both together were right seven
points more often than what is learned, and no less often than what is counted (three points more in English).
"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import replace
from math import log
from typing import TypeVar

import numpy as np

from reable.learn.examples import Example
from reable.learn.training import Taught
from reable.understand.features import own_features

SHARE = 0.2  # of a weight in a row; measured on left-out writers from 0.05 to 0.4
LEAST_PAIRS = 2  # times that a pair must stand somewhere; a word counts from the first
_SATURATION, _BY_LENGTH = 1.2, 0.75  # the usual constants of BM25

Term = TypeVar("Term", bound=Hashable)


def with_keywords(taught: Taught, examples: Sequence[Example]) -> Taught:
    """Add to what was learned what is counted in the same examples."""
    counts, kept = _counted(examples)
    numbers = {label: number for number, label in enumerate(taught.labels)}
    buckets = np.union1d(taught.buckets, np.array(sorted(kept), np.int64))
    place_of = {int(bucket): place for place, bucket in enumerate(buckets)}
    rows = np.zeros((len(buckets), len(numbers)), np.float32)
    rows[np.searchsorted(buckets, taught.buckets)] = taught.rows
    for bucket, label, weight in keyword_weights(counts):
        if bucket in kept:
            rows[place_of[bucket], numbers[label]] += SHARE * weight
    return replace(taught, buckets=buckets, rows=rows)


def keyword_weights(counts: Mapping[str, Counter[Term]]) -> Iterator[tuple[Term, str, float]]:
    """Weigh each term for each label by BM25, with all that was said of a label (`counts`) as one document."""
    among = Counter(term for count in counts.values() for term in count)
    mean = sum(count.total() for count in counts.values()) / len(counts)
    for label, count in counts.items():
        length = _SATURATION * (1 - _BY_LENGTH + _BY_LENGTH * count.total() / mean)
        for term, often in count.items():
            rare = log(1 + (len(counts) - among[term] + 0.5) / (among[term] + 0.5))
            yield term, label, rare * often * (_SATURATION + 1) / (often + length)


def _counted(examples: Sequence[Example]) -> tuple[dict[str, Counter[int]], set[int]]:
    """Count words, meanings and pairs of meanings by label; and choose those that are worth a row."""
    counts: dict[str, Counter[int]] = defaultdict(Counter)
    pairs: Counter[int] = Counter()
    words: set[int] = set()
    for example in examples:
        for place in example.places:
            own = own_features(place.word, place.concept)
            _, pair = place.pairs  # pairs of written words added nothing
            words.update(own)
            pairs[pair] += 1
            counts[example.label].update((*own, pair))
    often = {pair for pair, count in pairs.items() if count >= LEAST_PAIRS}
    return counts, words | often
