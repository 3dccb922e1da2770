"""Teaching: from the rows of many writers to the small model that finds what the rules miss."""

from reable.learn.examples import Example, examples_of, hash_of, seen, taught, watched
from reable.learn.keywords import keyword_weights
from reable.learn.lesson import (
    Measure,
    Vectors,
    left_out,
    measure,
    parts_of,
    student_of,
    taught_by,
    temperature_of,
    without,
)
from reable.learn.pack import packed
from reable.learn.training import Taught, teach

__all__ = [
    "Example",
    "Measure",
    "Taught",
    "Vectors",
    "examples_of",
    "hash_of",
    "keyword_weights",
    "left_out",
    "measure",
    "packed",
    "parts_of",
    "seen",
    "student_of",
    "taught",
    "taught_by",
    "teach",
    "temperature_of",
    "watched",
    "without",
]
