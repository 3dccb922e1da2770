"""Rules of S7: which weak signs alarm together. Each is Python, with its own source."""

from reable.knowledge.combinations import (
    brain_more,
    general,
    heart_more,
    infection_more,
    injury,
    injury_more,
    metabolic_more,
    mind_more,
    neuro,
    spine_more,
)
from reable.knowledge.shapes.danger import Combination

_FAMILIES = (
    brain_more,
    general,
    heart_more,
    infection_more,
    injury,
    injury_more,
    metabolic_more,
    mind_more,
    neuro,
    spine_more,
)

ALL: tuple[Combination, ...] = tuple(rule for family in _FAMILIES for rule in family.COMBINATIONS)
