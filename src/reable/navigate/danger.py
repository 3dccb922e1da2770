"""Screen for danger, first and by rules alone (S1-S8). Nothing after this lowers what is raised here.

A flag is raised by its own phrases, by any sign that raises it alone, or by a combination (S7). A piece of evidence
counts unless the flag says that the way it was said calms this flag (S4). Then the questions about danger that belong
to what was said are found; those not yet asked come before any other (S1).
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from reable.knowledge import Knowledge
from reable.knowledge.shapes.danger import Combination, DangerQuestion, Occasion, RedFlag, SignKind
from reable.navigate.evidence import Evidence, Via
from reable.terms import Answer, Hold, Polarity, Screen, Site, Urgency, Within

_AGES = frozenset({"baby", "child", "older_person"})
_CONTEXT_CALMED_BY = frozenset({Polarity.FINE, Polarity.OTHER_PERSON, Polarity.HYPOTHETICAL})
Rank = tuple[bool, int, int, str]  # of a question, see `_rank`
Said = Mapping[str, Sequence[Evidence]]
Needed = tuple[frozenset[str], Combination]  # the signs that must have been said, and the combination


@dataclass(frozen=True, slots=True, kw_only=True)
class Raised:
    """A red flag with everything that raised it."""

    flag: RedFlag
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Screening:
    """What the screening found, most urgent first; `pending` are the danger questions still to ask, first first.

    `screen` says how far danger was asked. It never means safe (S1). `set_aside` was said too, but a clinician has
    looked at this very episode, as the person says, and it is not worse (S4, S5): it stays for the clinic to see.
    """

    raised: tuple[Raised, ...]
    set_aside: tuple[Raised, ...]
    screen: Screen
    pending: tuple[DangerQuestion, ...]

    @property
    def urgency(self) -> Urgency | None:
        """The most urgent of all that was raised."""
        return self.raised[0].flag.urgency if self.raised else None

    @property
    def within(self) -> Within | None:
        """The shortest time limit of what needs a doctor first."""
        limits = [raised.flag.within for raised in self.raised if raised.flag.within is not None]
        return min(limits, key=lambda limit: limit.rank, default=None)

    @property
    def hold(self) -> Hold | None:
        """The strictest hold rule of what needs a doctor first."""
        holds = [raised.flag.hold for raised in self.raised if raised.flag.hold is not None]
        return min(holds, key=lambda hold: hold.rank, default=None)


def screen(
    evidence: tuple[Evidence, ...],
    sites: tuple[Site, ...],
    answers: Mapping[str, Answer],
    checked: tuple[str, ...] = (),
    *,
    age: int | None = None,
    knowledge: Knowledge,
) -> Screening:
    """Screen all evidence for danger, and find what must still be asked; nobody is asked for an age that is known.

    What the learned model suspects raises nothing: it is asked about first.
    """
    said = _by_key(piece for piece in evidence if not piece.is_learned)
    index = _index(knowledge)
    rules = [_Rule(rule, said, knowledge) for rule in _possible(said, index.rules)]
    found = sorted(_raised(said, rules, knowledge), key=_first)
    aside = [one for one in found if one.flag.key in checked and one.flag.may_be_checked]
    raised = [one for one in found if one not in aside]
    missing = [rule.missing for rule in rules if not rule.inferred]
    live = dict.fromkeys(piece.key for piece in evidence if piece.is_live)
    belonging = _relevant(live, sites, missing, index)
    relevant = [question for question in belonging if age is None or not _AGES.issuperset(question.yes_means)]
    asked = [question for question in relevant if question.key in answers]
    emergency = bool(raised) and raised[0].flag.urgency is Urgency.EMERGENCY
    suspected = {piece.key for piece in evidence if piece.is_learned and piece.key in knowledge.signs}
    known = {key for r in found for key in (r.flag.key, *(e.key for e in r.evidence))}
    pending = [] if emergency else [q for q in relevant if q.key not in answers and not known.issuperset(q.yes_means)]
    return Screening(
        raised=tuple(raised),
        set_aside=tuple(aside),
        screen=_how_far(len(asked), len(relevant)),
        pending=tuple(sorted(pending, key=lambda q: (suspected.isdisjoint(q.when.signs), index.ranks[q.key]))),
    )


def _by_key(evidence: Iterable[Evidence]) -> Said:
    said: dict[str, list[Evidence]] = {}
    for piece in evidence:
        said.setdefault(piece.key, []).append(piece)
    return said


@dataclass(frozen=True, slots=True)
class _Index:
    """For each key, what it can raise alone, which combinations it may complete, and which questions belong to it.

    A combination matters only when the signs that no question asks about were said, an inferred one only when all of
    its signs were: it stands under one of those, the one that stands in the fewest. `asked_by_yes` lists the questions
    by each key that a yes would assert; `asked_by_site` those of a body site; `always` the general ones; `ranks` tells
    for each question by its key what it is ordered by.
    """

    flags: Mapping[str, list[RedFlag]]
    rules: Mapping[str, list[Needed]]
    asked: Mapping[str, list[DangerQuestion]]
    asked_by_site: Mapping[Site, list[DangerQuestion]]
    asked_by_yes: Mapping[str, list[DangerQuestion]]
    always: list[DangerQuestion]
    ranks: Mapping[str, Rank]


@lru_cache(maxsize=4)
def _index(knowledge: Knowledge) -> _Index:
    flags: dict[str, list[RedFlag]] = {}
    for flag in knowledge.red_flags.values():
        for key in (flag.key, *flag.raised_by):
            flags.setdefault(key, []).append(flag)
    asked: dict[str, list[DangerQuestion]] = {}
    by_site: dict[Site, list[DangerQuestion]] = {}
    by_yes: dict[str, list[DangerQuestion]] = {}
    for question in knowledge.questions.values():
        for key in _occasions(question.when, knowledge):
            asked.setdefault(key, []).append(question)
        for site in question.when.sites:
            by_site.setdefault(site, []).append(question)
        for key in question.yes_means:
            by_yes.setdefault(key, []).append(question)
    always = [question for question in knowledge.questions.values() if question.when.always]
    ranks = {key: _rank(question, knowledge) for key, question in knowledge.questions.items()}
    return _Index(flags, _by_rarest(knowledge.combinations, frozenset(by_yes)), asked, by_site, by_yes, always, ranks)


def _by_rarest(combinations: Sequence[Combination], asked_about: frozenset[str]) -> dict[str, list[Needed]]:
    """List the combinations with the signs that must have been said, under the rarest of these, else under all."""
    needed = [(frozenset(rule.signs) - (frozenset() if rule.inferred else asked_about), rule) for rule in combinations]
    often = Counter(key for need, _ in needed for key in need)
    found: dict[str, list[Needed]] = {}
    for need, rule in needed:
        for key in [min(need, key=lambda key: (often[key], key))] if need else rule.signs:
            found.setdefault(key, []).append((need, rule))
    return found


def _occasions(when: Occasion, knowledge: Knowledge) -> Iterator[str]:
    """List the keys that make a question belong: conditions, signs, and all limitations at or below its codes."""
    yield from when.conditions
    yield from when.signs
    yield from (key for key in knowledge.categories if key.startswith(when.limitations))


def _touched(said: Said, by_key: Mapping[str, list[RedFlag]]) -> list[RedFlag]:
    """List the flags that the keys that were said can raise alone, each once."""
    return list({id(one): one for key in said for one in by_key.get(key, ())}.values())


def _possible(said: Said, by_key: Mapping[str, list[Needed]]) -> list[Combination]:
    """List the combinations that what was said completes, or that a yes to a question would, each once."""
    keys = frozenset(said)
    return list({id(rule): rule for key in said for need, rule in by_key.get(key, ()) if need <= keys}.values())


class _Rule:
    """A combination of which something was said: what counts for it, and which signs are missing."""

    def __init__(self, rule: Combination, said: Said, knowledge: Knowledge) -> None:
        flag = knowledge.red_flags[rule.raises]
        parts = {key: _counting(key, flag, said, knowledge) for key in rule.signs}
        self.flag = flag
        self.inferred = rule.inferred
        self.evidence = [piece for part in parts.values() for piece in part]
        self.missing = frozenset(key for key, part in parts.items() if not part)


def _raised(said: Said, rules: Sequence[_Rule], knowledge: Knowledge) -> Iterator[Raised]:
    found: dict[str, list[Evidence]] = {}
    for flag in _touched(said, _index(knowledge).flags):
        for key in (flag.key, *flag.raised_by):
            found.setdefault(flag.key, []).extend(_counting(key, flag, said, knowledge))
    for rule in rules:
        if not rule.missing:
            found.setdefault(rule.flag.key, []).extend(rule.evidence)
    for key, evidence in found.items():
        flag = knowledge.red_flags[key]
        if evidence and not _diagnosed(flag, said):
            yield Raised(flag=flag, evidence=tuple(sorted(dict.fromkeys(evidence), key=_place)))


def _first(raised: Raised) -> tuple[int, bool, str]:
    """Order what was raised: the most urgent first, then what was said itself before what signs add up to."""
    inferred = all(piece.key != raised.flag.key for piece in raised.evidence)
    return raised.flag.urgency.rank, inferred, raised.flag.key


def _place(piece: Evidence) -> tuple[int, int, str, str, str]:
    start, end = (piece.mention.start, piece.mention.end) if piece.mention else (-1, -1)
    return start, end, piece.key, piece.via, piece.origin


def _diagnosed(flag: RedFlag, said: Said) -> bool:
    """Test if a clinician's diagnosis explains the flag: new facial droop with a diagnosed Bell's palsy."""
    had = (piece for key in flag.calmed_by_conditions for piece in said.get(key, ()))
    return any(piece.is_live or piece.polarity is Polarity.PAST for piece in had)


def _counting(key: str, flag: RedFlag, said: Said, knowledge: Knowledge) -> list[Evidence]:
    pieces = said.get(key)
    return [piece for piece in pieces if not _calms(piece, flag, knowledge)] if pieces else []


def _calms(piece: Evidence, flag: RedFlag, knowledge: Knowledge) -> bool:
    """Test if the way `piece` was said calms `flag` (S4).

    An answer never calms: it was asked directly. A context (cancer, an operation) is not calmed by being past, only
    by being denied, imagined or somebody else's, or by lying further back than it counts. Something long-standing
    calms a flag about new signs. Something over calms only outside the flag's window, and an unknown time is inside.
    Something treated calms only while nothing is worse; where it calms nothing, it is as old as is said.
    """
    if piece.via is Via.ANSWER or piece.mention is None:
        return False
    sign = knowledge.signs.get(piece.key)
    if sign is not None and sign.kind is SignKind.CONTEXT:
        return piece.polarity in _CONTEXT_CALMED_BY or _older(piece, sign.within_days)
    if piece.polarity in (Polarity.LIMITED, Polarity.WANTED):
        return _older(piece, flag.calm_if_older_than)
    if piece.polarity is Polarity.TREATED and Polarity.TREATED not in flag.calmed_by:
        return _older(piece, flag.calm_if_older_than) or _older(piece, flag.counts_if_resolved_within)
    if piece.polarity not in flag.calmed_by:
        return False
    if piece.polarity is Polarity.TREATED:
        return not piece.mention.worse
    if piece.polarity is Polarity.PAST and flag.counts_if_resolved_within is not None:
        return _older(piece, flag.counts_if_resolved_within)
    return True


def _older(piece: Evidence, days: int | None) -> bool:
    """Test if a time said beside `piece` lies further back than `days`; without either it does not."""
    if days is None or piece.mention is None:
        return False
    return max(piece.mention.ago_days or 0, piece.mention.for_days or 0) > days


def _how_far(asked: int, relevant: int) -> Screen:
    if asked == 0:
        return Screen.NOT_ASKED
    return Screen.COMPLETE if asked == relevant else Screen.PARTIAL


def _relevant(
    live: Iterable[str], sites: tuple[Site, ...], missing: Iterable[frozenset[str]], index: _Index
) -> Iterator[DangerQuestion]:
    """Find the danger questions that belong to what was said, each once, and those that would complete a rule (S2)."""
    found = {question.key: question for question in index.always}
    for key in live:
        found.update((question.key, question) for question in index.asked.get(key, ()))
    for site in sites:
        found.update((question.key, question) for question in index.asked_by_site.get(site, ()))
    for signs in missing:
        for question in index.asked_by_yes.get(min(signs, default=""), ()):
            if signs.issubset(question.yes_means):
                found[question.key] = question
    yield from found.values()


def _rank(question: DangerQuestion, knowledge: Knowledge) -> Rank:
    """Order the questions: the general one last, the most urgent first, then those for the fewest occasions."""
    flags = (knowledge.red_flags.get(key) for key in question.yes_means)
    ranks = [flag.urgency.rank for flag in flags if flag is not None]
    when = question.when
    occasions = len(when.sites) + len(when.limitations) + len(when.conditions) + len(when.signs)
    return when.always, min(ranks, default=len(Urgency)), occasions, question.key
