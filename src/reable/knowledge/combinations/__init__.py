"""Rules of S7: which weak signs alarm together. Each is Python, with its own source."""

from reable.knowledge.combinations import (
    body_told,
    brain_more,
    general,
    heart_more,
    infection_more,
    injury,
    injury_more,
    metabolic_more,
    mind_more,
    neuro,
    neuro_told,
    safe_told,
    spine_more,
)
from reable.knowledge.shapes.danger import Combination

_FAMILIES = (
    body_told,
    brain_more,
    general,
    heart_more,
    infection_more,
    injury,
    injury_more,
    metabolic_more,
    mind_more,
    neuro,
    neuro_told,
    safe_told,
    spine_more,
)

ALL: tuple[Combination, ...] = tuple(rule for family in _FAMILIES for rule in family.COMBINATIONS)
