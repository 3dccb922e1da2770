"""How sure the door is, and which question would tell most about it (decisions 5).

The open questions with the greatest say are looked at together: every way in which a person could answer all of them,
how likely it is, and which door it leads to. Confidence is the share of ways that keep the door. The next question is
the one whose answer leaves the door most certain on average (quadratic information). All in whole numbers, so that
every machine gives the same answer.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, product

from reable.knowledge import Knowledge
from reable.knowledge.shapes.need import Category
from reable.knowledge.shapes.parameters import AnswerShares
from reable.navigate.evidence import LIMITATION_QUESTION, Evidence, conditions_in
from reable.navigate.recommendation import Points, Recommendation, Rule, cores_of, door_from, points_of
from reable.terms import Answer, Discipline, Door, Grade, Site

THOUSAND = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A limitation that could be asked about, how likely each answer is, and what made it likely."""

    code: str
    shares: AnswerShares
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """How sure the door is, in thousandths, and the next question about a limitation; None when it is time to stop."""

    confidence: int
    next: Candidate | None


def outlook(
    recommendation: Recommendation,
    evidence: tuple[Evidence, ...],
    sites: tuple[Site, ...],
    answers: Mapping[str, Answer],
    *,
    knowledge: Knowledge,
) -> Outlook:
    """Look at what the open questions could still change."""
    if recommendation.rule is Rule.WANTS_A_FULL_PLAN:
        return Outlook(confidence=THOUSAND, next=None)
    if recommendation.rule is Rule.OTHER_DOOR and recommendation.leaning is None:
        return Outlook(confidence=THOUSAND, next=None)
    open_ = candidates(evidence, sites, answers, knowledge=knowledge)
    base = tuple((p.movement, p.daily_function, p.key, p.weight) for p in recommendation.points)
    kept = recommendation.leaning or Door.BOTH
    confidence, best = weigh(base, kept, open_, knowledge)
    unclear = recommendation.rule is Rule.NOTHING_UNDERSTOOD
    asked = sum(key.startswith(LIMITATION_QUESTION) for key in answers)
    stop = asked >= knowledge.parameters.most_questions or (confidence >= knowledge.parameters.stop_at and not unclear)
    return Outlook(confidence=0 if unclear else confidence, next=None if stop or best is None else open_[best])


def candidates(
    evidence: tuple[Evidence, ...], sites: tuple[Site, ...], answers: Mapping[str, Answer], *, knowledge: Knowledge
) -> tuple[Candidate, ...]:
    """Choose the open questions to look at: likely first, then the usual ones that touch the same body sites.

    Nothing is asked again that was said or answered, nor anything above or below it in the ICF.
    """
    known = {e.key for e in evidence if e.key in knowledge.categories}
    known |= {key.removeprefix(LIMITATION_QUESTION) for key in answers if key.startswith(LIMITATION_QUESTION)}
    likely = {
        str(code): key for key in conditions_in(evidence, knowledge) for code in knowledge.conditions[key].makes_likely
    }
    askable = _askable(knowledge)
    taken = frozenset().union(*(_akin(key, knowledge) for key in known))
    near = frozenset().union(*(askable.at.get(site, frozenset()) for site in sites))
    usual = islice((key for key in askable.usual if key not in taken), knowledge.parameters.looked_at)
    ranked = sorted(
        (-(8 * (key in likely) + askable.usual[key] + 3 * (key in near)), key)
        for key in {*usual, *((near | likely.keys()) & askable.usual.keys()) - taken}
    )
    return tuple(
        Candidate(code=key, shares=_shares(knowledge.categories[key], likely, knowledge), because=likely.get(key, ""))
        for _, key in ranked[: knowledge.parameters.looked_at]
    )


@dataclass(frozen=True, slots=True)
class _Askable:
    """The limitations that could tip a door: `usual` gives what each says as a common one, the most common first."""

    usual: Mapping[str, int]
    at: Mapping[Site, frozenset[str]]


@lru_cache(maxsize=4)
def _askable(knowledge: Knowledge) -> _Askable:
    """List the limitations that could tip a door (much for one discipline, little for the other).

    How much an answer could say: likely ones 8, those at the same body site 3, common ones up to 6.
    """
    tipping = {
        key: category
        for key, category in knowledge.categories.items()
        if abs(category.pt.grade - category.ot.grade) >= Grade.MUCH
    }
    ranked = sorted((-2 * category.usual, key) for key, category in tipping.items())
    sites = {site for category in tipping.values() for site in category.sites}
    return _Askable(
        usual={key: -rank for rank, key in ranked},
        at={site: frozenset(key for key, category in tipping.items() if site in category.sites) for site in sites},
    )


@lru_cache(maxsize=1024)
def _akin(code: str, knowledge: Knowledge) -> frozenset[str]:
    """List the askable limitations that are `code`, or lie above or below it in the ICF."""
    return frozenset(key for key in _askable(knowledge).usual if code.startswith(key) or key.startswith(code))


def _shares(category: Category, likely: Mapping[str, str], knowledge: Knowledge) -> AnswerShares:
    if category.key in likely:
        return knowledge.parameters.likely
    return knowledge.parameters.usual if category.usual is Grade.CORE else knowledge.parameters.unlikely


Base = tuple[tuple[int, int, str, int], ...]


@lru_cache(maxsize=4096)
def weigh(base: Base, kept: Door, open_: tuple[Candidate, ...], knowledge: Knowledge) -> tuple[int, int | None]:
    """Go through all ways to answer `open_`: the confidence in `kept`, and the number of the most telling question.

    The number is None if there is nothing to ask or no answer changes anything.
    """
    lead_share = knowledge.parameters.lead_share
    movement, daily = sum(m for m, _, _, _ in base), sum(d for _, d, _, _ in base)
    so_far = [Points(key=key, weight=weight, movement=m, daily_function=d) for m, d, key, weight in base]
    cores = frozenset(core for points in so_far for core in cores_of(points, knowledge))
    ways: list[Way] = [(1, movement, daily, cores)]
    for answers in [_ways(candidate, knowledge) for candidate in open_]:
        ways = [
            (share * its_share, m + its_m, d + its_d, more | its_core)
            for share, m, d, more in ways
            for its_share, its_m, its_d, its_core in answers
        ]
    led = [(share, door_from(m, d, more, lead_share=lead_share) if m + d else Door.BOTH) for share, m, d, more in ways]
    total = sum(share for share, _ in led)
    keeping = sum(share for share, door in led if door is kept)
    confidence = keeping * THOUSAND // total
    if keeping == total or not open_:
        return confidence, None
    gains = [
        (sum(_certainty((led[way] for way in answered), total) for answered in by_answer), -number)
        for number, by_answer in enumerate(_by_answer(len(open_)))
    ]
    return confidence, -max(gains)[1]


Way = tuple[int, int, int, frozenset[Discipline]]  # share, movement, daily function, core need


@lru_cache(maxsize=1024)
def _ways(candidate: Candidate, knowledge: Knowledge) -> tuple[Way, Way, Way]:
    """Say for yes, a little and no: how likely it is, and what it adds."""
    parameters, shares = knowledge.parameters, candidate.shares
    plain = points_of(candidate.code, parameters.weight_limited, knowledge)
    mild = points_of(candidate.code, parameters.weight_a_little, knowledge)
    none: frozenset[Discipline] = frozenset()
    return (
        (shares.yes, plain.movement, plain.daily_function, cores_of(plain, knowledge)),
        (shares.a_little, mild.movement, mild.daily_function, none),
        (shares.no, 0, 0, none),
    )


@lru_cache(maxsize=8)
def _by_answer(questions: int) -> tuple[tuple[tuple[int, ...], ...], ...]:
    """List for each of so many questions and each answer to it (yes, a little, no) the ways that hold it."""
    ways = list(product(range(3), repeat=questions))
    return tuple(
        tuple(tuple(n for n, way in enumerate(ways) if way[number] == answer) for answer in range(3))
        for number in range(questions)
    )


def _certainty(led: Iterable[tuple[int, Door]], total: int) -> int:
    """How certain the door is after one answer, times how likely that is, in millionths: p(a) * sum of p(d|a)^2."""
    masses: dict[Door, int] = {}
    for share, door in led:
        masses[door] = masses.get(door, 0) + share
    likely = sum(masses.values())
    return sum(mass * mass for mass in masses.values()) * THOUSAND * THOUSAND // (likely * total) if likely else 0
