"""Rules of S7: which weak signs alarm together. Each is Python, with its own source."""

from reable.knowledge.combinations import general, injury, neuro
from reable.knowledge.shapes.danger import Combination

ALL: tuple[Combination, ...] = (*general.COMBINATIONS, *injury.COMBINATIONS, *neuro.COMBINATIONS)
