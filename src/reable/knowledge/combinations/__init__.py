"""Rules of S7: which weak signs alarm together. Each is Python, with its own source.

The `alike_*` modules hold what is inferred: signs that alarm alike stand for each other (decision 13).
`told_at_home`, `told_plainly`, `told_seen` and `told_sideways` hold judgements of our own, unchecked; both kinds are marked `inferred`.
"""

from reable.knowledge.combinations import (
    alike_brain,
    alike_child,
    alike_general,
    alike_heart,
    alike_infection,
    alike_injury,
    alike_medicines,
    alike_mind,
    alike_moment,
    alike_nerves,
    alike_pregnancy,
    alike_safety,
    alike_spine,
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
    told_at_home,
    told_plainly,
    told_seen,
    told_sideways,
)
from reable.knowledge.rules import alike
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
_ALIKE = (
    alike_brain,
    alike_child,
    alike_general,
    alike_heart,
    alike_infection,
    alike_injury,
    alike_medicines,
    alike_mind,
    alike_moment,
    alike_nerves,
    alike_pregnancy,
    alike_safety,
    alike_spine,
)
_JUDGED = (told_at_home, told_plainly, told_seen, told_sideways)
_SOURCED = tuple(rule for family in _FAMILIES for rule in family.COMBINATIONS)

_INFERRED = alike((row for family in _ALIKE for row in family.ROWS), _SOURCED)
_WRITTEN = frozenset((rule.raises, frozenset(rule.signs)) for rule in (*_SOURCED, *_INFERRED))
_TOLD = tuple(
    rule for family in _JUDGED for rule in family.COMBINATIONS if (rule.raises, frozenset(rule.signs)) not in _WRITTEN
)

ALL: tuple[Combination, ...] = (*_SOURCED, *_INFERRED, *_TOLD)
