"""Recommend PT, OT, both or another door: limitations first, conditions second (N1-N8).

Every live limitation adds points: its weight times the grade of each discipline. Movement need is the sum for PT,
daily-function need the sum for OT. All points are shown, so that anybody can add them up.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from reable.knowledge import Knowledge
from reable.knowledge.shapes.need import Category, Condition
from reable.knowledge.shapes.parameters import Parameters
from reable.navigate.evidence import Evidence, conditions_in
from reable.terms import Discipline, Door, Grade, Polarity, Priority, Relation, Specialty
from reable.understand import FULL_PLAN

DOCTOR = "doctor"
_BOTH = len(Discipline)


class Rule(StrEnum):
    """The rule that decided the door."""

    WANTS_A_FULL_PLAN = "N4"
    LIMITATION = "N2"
    BOTH_UNLESS_FINE = "N7"
    CONDITION = "condition"
    OTHER_DOOR = "S24"
    NOTHING_UNDERSTOOD = "S23"


@dataclass(frozen=True, slots=True, kw_only=True)
class Points:
    """What one limitation, condition or circumstance adds to each need."""

    key: str
    weight: int
    movement: int
    daily_function: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Recommendation:
    """What Reable advises, and the sum that led there. A person decides; this is no diagnosis.

    `door` is the therapy door or `other` or `unclear`; danger is laid over it later. `leaning` is the best therapy
    door so far, None when there is nothing for therapy. `order` is given where one must wait for the other (N5).
    """

    door: Door
    leaning: Door | None
    rule: Rule
    points: tuple[Points, ...]
    order: tuple[Discipline, ...] | None
    start_with_evaluation: bool
    alternatives: tuple[str, ...]
    specialty: tuple[Specialty, ...]
    therapy_priority: Priority
    also_ask: tuple[str, ...]
    other: str | None

    @property
    def movement(self) -> int:
        """The points for PT, added up."""
        return sum(points.movement for points in self.points)

    @property
    def daily_function(self) -> int:
        """The points for OT, added up."""
        return sum(points.daily_function for points in self.points)


def recommend(
    evidence: tuple[Evidence, ...], relation: Relation, long_days: int | None, *, knowledge: Knowledge
) -> Recommendation:
    """Recommend a door. `long_days` is the longest duration that was said, in days; None if none was."""
    needs = tuple(_needs(evidence, knowledge))
    conditions = conditions_in(evidence, knowledge)
    shift = _shift(needs, conditions, long_days, knowledge)
    door, rule = _leaning(evidence, needs, shift, conditions, relation, knowledge)
    leaning: Door | None = door
    other = next((e.key for e in evidence if e.key in knowledge.doors and e.is_need), None)
    if other is not None and not needs and rule is not Rule.WANTS_A_FULL_PLAN:
        leaning, rule = None if rule is Rule.NOTHING_UNDERSTOOD else leaning, Rule.OTHER_DOOR
    return Recommendation(
        door=_door(leaning, rule),
        leaning=leaning,
        rule=rule,
        points=(*(needs or _of_conditions(conditions, knowledge)), *shift),
        order=_order(leaning, needs, conditions, knowledge),
        start_with_evaluation=rule is Rule.WANTS_A_FULL_PLAN,
        alternatives=_alternatives(leaning, needs, conditions, knowledge),
        specialty=_specialty(needs, conditions, knowledge),
        therapy_priority=_priority(conditions, knowledge),
        also_ask=tuple(_also_ask(evidence, knowledge)),
        other=other,
    )


def _needs(evidence: Iterable[Evidence], knowledge: Knowledge) -> Iterator[Points]:
    """Weigh each live limitation once, by the plainest way in which it was said (N2)."""
    weights: dict[str, int] = {}
    hands: dict[str, bool] = {}
    for piece in evidence:
        if piece.is_need and piece.key in knowledge.categories:
            weights[piece.key] = max(weights.get(piece.key, 0), weight_of(piece, knowledge.parameters))
            at_hand = piece.mention is not None and piece.mention.at_hand
            hands[piece.key] = hands.get(piece.key, True) and at_hand
    for key, weight in weights.items():
        yield points_of(key, weight, knowledge, at_hand=hands[key])


def weight_of(piece: Evidence, parameters: Parameters) -> int:
    """Weigh one piece of evidence: a little counts less, and so does a pain told of an activity that counts itself."""
    mild = piece.mention is not None and (piece.mention.mild or piece.mention.with_activity)
    return parameters.weight_a_little if mild else parameters.weight_limited


def points_of(key: str, weight: int, knowledge: Knowledge, *, at_hand: bool = False) -> Points:
    """Multiply the grades of a limitation with its weight; at the hand the larger grade is that of OT (N6)."""
    category = knowledge.categories[key]
    pt, ot = int(category.pt.grade), int(category.ot.grade)
    if at_hand and pt > ot:
        pt, ot = ot, pt
    return Points(key=key, weight=weight, movement=weight * pt, daily_function=weight * ot)


def _of_conditions(conditions: Iterable[str], knowledge: Knowledge) -> tuple[Points, ...]:
    known = [knowledge.conditions[key] for key in conditions]
    return tuple(Points(key=c.key, weight=1, movement=int(c.pt.grade), daily_function=int(c.ot.grade)) for c in known)


def _leaning(
    evidence: tuple[Evidence, ...],
    needs: tuple[Points, ...],
    shift: tuple[Points, ...],
    conditions: tuple[str, ...],
    relation: Relation,
    knowledge: Knowledge,
) -> tuple[Door, Rule]:
    """Choose the therapy door, in the order of precedence: N4, N7 with S22, limitations, N7, the condition table."""
    if any(e.key == FULL_PLAN and (e.is_need or e.polarity is Polarity.HYPOTHETICAL) for e in evidence):
        return Door.BOTH, Rule.WANTS_A_FULL_PLAN
    both = [knowledge.conditions[key] for key in conditions if knowledge.conditions[key].both_unless_fine]
    if needs:
        door = door_of((*needs, *shift), knowledge)
        poor_insight = any(condition.poor_insight for condition in both)
        if both and door is not Door.BOTH and not _other_is_fine(door, evidence, relation, poor_insight, knowledge):
            return Door.BOTH, Rule.BOTH_UNLESS_FINE
        return door, Rule.LIMITATION
    if both:
        return Door.BOTH, Rule.BOTH_UNLESS_FINE
    if conditions:
        return door_of((*_of_conditions(conditions, knowledge), *shift), knowledge), Rule.CONDITION
    return Door.BOTH, Rule.NOTHING_UNDERSTOOD


def door_of(points: Iterable[Points], knowledge: Knowledge) -> Door:
    """Decide by the points (see `door_from`)."""
    points = tuple(points)
    movement = sum(p.movement for p in points)
    daily = sum(p.daily_function for p in points)
    cores = frozenset(core for p in points for core in cores_of(p, knowledge))
    return door_from(movement, daily, cores, lead_share=knowledge.parameters.lead_share)


def door_from(movement: int, daily: int, cores: frozenset[Discipline], *, lead_share: int) -> Door:
    """Let one discipline lead that has two thirds of the points, unless each has a core need of its own (N1).

    A core need: a plain limitation that is the core of one discipline and hardly of the other. What one does before
    the other is a core need of both, whatever else was said.
    """
    if len(cores) == _BOTH:
        return Door.BOTH
    lead = lead_share * (movement + daily)
    if movement * 1000 >= lead:
        return Door.PT
    return Door.OT if daily * 1000 >= lead else Door.BOTH


def leads_of(knowledge: Knowledge) -> dict[str, str]:
    """Tell for each limitation, other door and condition where it leads when it is all that was said."""
    full = knowledge.parameters.weight_limited
    by_limitation = {key: door_of([points_of(key, full, knowledge)], knowledge) for key in knowledge.categories}
    by_condition = {key: door_of(_of_conditions([key], knowledge), knowledge) for key in knowledge.conditions}
    both = {key: Door.BOTH for key, condition in knowledge.conditions.items() if condition.both_unless_fine}
    others = dict.fromkeys(knowledge.doors, Door.OTHER)
    doors: dict[str, Door] = {FULL_PLAN: Door.BOTH, **by_limitation, **by_condition, **both, **others}
    return {key: door.value for key, door in doors.items()}


def cores_of(points: Points, knowledge: Knowledge) -> frozenset[Discipline]:
    """Tell for which disciplines a limitation is a core need: for both where one waits for the other (N5)."""
    full = knowledge.parameters.weight_limited
    if points.key not in knowledge.categories or points.weight < full:
        return frozenset()
    if knowledge.categories[points.key].first:
        return frozenset(Discipline)
    if points.movement >= Grade.CORE * full and points.daily_function <= Grade.SOME * full:
        return frozenset({Discipline.PT})
    if points.daily_function >= Grade.CORE * full and points.movement <= Grade.SOME * full:
        return frozenset({Discipline.OT})
    return frozenset()


def _shift(
    needs: tuple[Points, ...], conditions: tuple[str, ...], long_days: int | None, knowledge: Knowledge
) -> tuple[Points, ...]:
    """Let N6 and a long duration weigh for daily function where the call is close."""
    base = needs or _of_conditions(conditions, knowledge)
    movement, daily = sum(p.movement for p in base), sum(p.daily_function for p in base)
    parameters = knowledge.parameters
    if not base or max(movement, daily) * 1000 >= parameters.close_share * (movement + daily):
        return ()
    if any(_item(p.key, knowledge).first for p in base):
        return ()  # where one waits for the other both are needed: N5 stands above N6
    gains = any(knowledge.conditions[key].gains_ot for key in conditions)
    prolonged = long_days is not None and long_days >= parameters.long_days
    if not (gains or prolonged):
        return ()
    return (Points(key="N6", weight=1, movement=0, daily_function=parameters.ot_shift),)


def _item(key: str, knowledge: Knowledge) -> Category | Condition:
    return knowledge.categories.get(key) or knowledge.conditions[key]


def _other_is_fine(
    door: Door, evidence: Iterable[Evidence], relation: Relation, poor_insight: bool, knowledge: Knowledge
) -> bool:
    """Test if the other domain was told or asked about and is fine; with poor insight a helper must say so (S22)."""
    if poor_insight and relation is Relation.SELF:
        return False
    fine = (
        knowledge.categories[e.key] for e in evidence if e.polarity is Polarity.FINE and e.key in knowledge.categories
    )
    if door is Door.PT:
        return any(category.ot.grade >= Grade.MUCH for category in fine)
    return any(category.pt.grade >= Grade.MUCH for category in fine)


def _door(leaning: Door | None, rule: Rule) -> Door:
    if rule is Rule.OTHER_DOOR:
        return Door.OTHER
    return Door.UNCLEAR if rule is Rule.NOTHING_UNDERSTOOD or leaning is None else leaning


def _order(
    leaning: Door | None, needs: tuple[Points, ...], conditions: tuple[str, ...], knowledge: Knowledge
) -> tuple[Discipline, ...] | None:
    """Say which starts where both are needed and an item says that one waits for the other (N5)."""
    if leaning is not Door.BOTH:
        return None
    firsts = {knowledge.categories[p.key].first for p in needs} | {
        knowledge.conditions[key].first for key in conditions
    }
    named = firsts - {None}
    if len(named) != 1:
        return None
    return (Discipline.PT, Discipline.OT) if Discipline.PT in named else (Discipline.OT, Discipline.PT)


def _alternatives(
    leaning: Door | None, needs: tuple[Points, ...], conditions: tuple[str, ...], knowledge: Knowledge
) -> tuple[str, ...]:
    """List who else serves, with the training the need asks for (S20)."""
    items = _items(needs, conditions, knowledge)
    named = {str(server) for item in items for server in item.alternatives}
    taken = {"pt", "ot"} if leaning is Door.BOTH else {str(leaning)}
    return tuple(sorted(named - taken))


def _specialty(needs: tuple[Points, ...], conditions: tuple[str, ...], knowledge: Knowledge) -> tuple[Specialty, ...]:
    items = _items(needs, conditions, knowledge)
    return tuple(sorted({specialty for item in items for specialty in item.specialty}))


def _items(
    needs: tuple[Points, ...], conditions: tuple[str, ...], knowledge: Knowledge
) -> tuple[Category | Condition, ...]:
    return (*(knowledge.categories[p.key] for p in needs), *(knowledge.conditions[key] for key in conditions))


def _priority(conditions: tuple[str, ...], knowledge: Knowledge) -> Priority:
    named = [knowledge.conditions[key].therapy_priority for key in conditions]
    return min(named, key=lambda priority: priority.rank, default=Priority.ROUTINE)


def _also_ask(evidence: tuple[Evidence, ...], knowledge: Knowledge) -> Iterator[str]:
    """List the other care to ask a doctor about (N8): what a condition names, and what the picture asks for."""
    live = {e.key for e in evidence if e.is_need}
    named = {key for c in conditions_in(evidence, knowledge) for key in knowledge.conditions[c].also_ask}
    asks = _asks(knowledge)
    named.update(key for one in live for key in asks.get(one, ()))
    return (key for key in knowledge.referrals if key in named)


@lru_cache(maxsize=4)
def _asks(knowledge: Knowledge) -> Mapping[str, list[str]]:
    """List for each key that may be said which referrals it asks for."""
    asks: dict[str, list[str]] = {}
    for one in knowledge.referrals.values():
        for key in (*one.when_conditions, *one.when_limitations, *one.when_signs, one.key):
            asks.setdefault(key, []).append(one.key)
    return asks
