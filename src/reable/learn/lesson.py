"""One lesson: teach a student of one language, and measure it on a writer whose rows it has not seen."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from reable.learn.examples import Example
from reable.learn.keywords import with_keywords
from reable.learn.pack import packed
from reable.learn.training import Floats, Taught, teach
from reable.understand.student import Student

_TEMPERATURES = tuple(n / 20 for n in range(6, 41))
_LEAST_ROWS = 1000  # of a writer who is left out
_BINS = 10
THOUSAND = 1000


@dataclass(frozen=True, slots=True)
class Vectors:
    """The frozen word vectors: `words[n]` has `values[n]`, whole numbers of one byte."""

    words: Sequence[str]
    values: Floats

    def table(self) -> Mapping[str, Floats]:
        """Give the vectors by word, between -1 and 1."""
        return dict(zip(self.words, np.asarray(self.values, np.float32) / 127, strict=True))


@dataclass(frozen=True, slots=True)
class Measure:
    """How a student does on one left-out writer; shares in thousandths. `ece`: expected calibration error."""

    writer: str
    rows: int
    first: int
    among_three: int
    ece: int


def left_out(examples: Sequence[Example]) -> list[str]:
    """List the writers with rows enough to be left out, in the order of their names."""
    counts = Counter(example.writer for example in examples)
    return sorted(writer for writer, count in counts.items() if count >= _LEAST_ROWS)


def without(writer: str, examples: Sequence[Example], vectors: Vectors) -> Taught:
    """Teach a student that has seen nothing of `writer`."""
    return taught_by([e for e in examples if e.writer != writer], vectors)


def taught_by(examples: Sequence[Example], vectors: Vectors) -> Taught:
    """Teach a student: what it learns by steps, and what a keyword search would count."""
    return with_keywords(teach(examples, vectors.table(), vectors.values.shape[1]), examples)


def temperature_of(taught: Taught, of_writer: Sequence[Example], vectors: Vectors) -> float:
    """Find the temperature under which the chances fit a left-out writer best."""
    known = [e for e in of_writer if e.label in taught.labels]
    return min(_TEMPERATURES, key=lambda t: _surprise(student_of(taught, vectors, t), known))


def student_of(taught: Taught, vectors: Vectors, temperature: float) -> Student:
    """Make the student that will run, whole numbers and all."""
    return Student(parts_of(taught, vectors, temperature), {})


def parts_of(taught: Taught, vectors: Vectors, temperature: float) -> Mapping[str, Any]:
    """Pack a student together with its vectors."""
    words = np.frombuffer("\n".join(vectors.words).encode(), np.uint8)
    return {**packed(taught, temperature), "words": words, "vectors": np.asarray(vectors.values, np.int8)}


def measure(student: Student, writer: str, of_writer: Sequence[Example]) -> Measure:
    """Measure a student on the rows of one writer."""
    guesses = [(student.understand(e.places, {}, most=3).guesses, e.label) for e in of_writer if e.places]
    first = sum(given[0].label == label for given, label in guesses)
    three = sum(any(g.label == label for g in given) for given, label in guesses)
    sure = np.array([given[0].chance / THOUSAND for given, _ in guesses])
    right = np.array([given[0].label == label for given, label in guesses])
    bins = np.minimum((sure * _BINS).astype(int), _BINS - 1)
    gaps = [abs(sure[bins == b].sum() - right[bins == b].sum()) for b in range(_BINS)]
    count = len(guesses)
    return Measure(
        writer, count, first * THOUSAND // count, three * THOUSAND // count, round(sum(gaps) * THOUSAND / count)
    )


def _surprise(student: Student, examples: Sequence[Example]) -> float:
    """Give the mean surprise (negative logarithm of the chance) at the true labels."""
    chances = [student.understand(e.places, {e.label: 0}).chances[e.label] for e in examples if e.places]
    return float(-np.log((np.array(chances) + 0.5) / THOUSAND).mean())
