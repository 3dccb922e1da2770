"""Check what one file cannot know of itself: that keys which point elsewhere point at something."""

from collections import Counter
from collections.abc import Iterable, Iterator

from reable.knowledge.base import Knowledge
from reable.knowledge.faults import did_you_mean
from reable.knowledge.shapes.wording import NOTHING, SENTENCE, Wording
from reable.terms import Language

LEAST_WORDINGS = {Language.EN: 12, Language.ES: 6}
NamedFault = tuple[str, str]  # the key of the faulty item, the message


def cross_check(knowledge: Knowledge, wordings: Iterable[Wording]) -> Iterator[NamedFault]:
    """Find every pointer that points nowhere, every key used twice, and every thin phrase bank."""
    yield from _keys_are_unique(knowledge)
    yield from pointers_and_citations(knowledge)
    yield from _banks(knowledge, tuple(wordings))


def pointers_and_citations(knowledge: Knowledge) -> Iterator[NamedFault]:
    """Find every pointer to an item or a source that does not exist."""
    yield from _pointers(knowledge)
    yield from _citations(knowledge)


def _keys_are_unique(knowledge: Knowledge) -> Iterator[NamedFault]:
    kinds = (
        knowledge.categories, knowledge.conditions, knowledge.signs,
        knowledge.red_flags, knowledge.doors, knowledge.referrals, knowledge.activities,
    )  # fmt: skip
    for key, count in Counter(key for kind in kinds for key in kind).items():
        if count > 1:
            yield key, f"the key '{key}' is used by {count} items; a key is unique over all kinds"


def _pointers(knowledge: Knowledge) -> Iterator[NamedFault]:
    for key, allowed, pointers in _all_pointers(knowledge):
        for pointer in pointers:
            if pointer not in allowed:
                yield key, f"'{key}' points to '{pointer}', which does not exist.{did_you_mean(pointer, allowed)}"


def _all_pointers(knowledge: Knowledge) -> Iterator[tuple[str, frozenset[str], Iterable[str]]]:
    categories, conditions = frozenset(knowledge.categories), frozenset(knowledge.conditions)
    dangers = frozenset(knowledge.signs) | frozenset(knowledge.red_flags)
    anything = categories | conditions | dangers
    for condition in knowledge.conditions.values():
        yield condition.key, categories, condition.makes_likely
        yield condition.key, frozenset(knowledge.referrals), condition.also_ask
        yield condition.key, dangers, condition.signs
    for flag in knowledge.red_flags.values():
        yield flag.key, dangers, flag.raised_by
        yield flag.key, conditions, flag.calmed_by_conditions
    for question in knowledge.questions.values():
        yield question.key, dangers, question.yes_means
        yield question.key, conditions, question.when.conditions
        yield question.key, anything, question.when.signs
    for rule in knowledge.combinations:
        yield rule.raises, frozenset(knowledge.red_flags), (rule.raises,)
        yield rule.raises, anything, rule.signs
    for door in knowledge.doors.values():
        yield door.key, categories, door.also_served
    for referral in knowledge.referrals.values():
        yield referral.key, conditions, referral.when_conditions
        yield referral.key, categories, referral.when_limitations
        yield referral.key, dangers, referral.when_signs
    for activity in knowledge.activities.values():
        yield activity.key, categories, (activity.code,)
        yield activity.key, frozenset(knowledge.activity_groups), (activity.group,)


def _citations(knowledge: Knowledge) -> Iterator[NamedFault]:
    sources = frozenset(knowledge.sources)
    for kind, item in knowledge.reviewable():
        if not item.sources:
            yield item.key, f"the {kind} '{item.key}' has no source; give one, if need be 'checked: unchecked'"
        for citation in item.sources:
            if citation.source not in sources:
                near = did_you_mean(citation.source, sources)
                yield item.key, f"'{item.key}' cites '{citation.source}', which is not in sources/.{near}"
    for rule in knowledge.combinations:
        if not rule.sources or not sources.issuperset(c.source for c in rule.sources):
            yield rule.raises, f"a combination for '{rule.raises}' has no source that stands in sources/"


def _banks(knowledge: Knowledge, wordings: tuple[Wording, ...]) -> Iterator[NamedFault]:
    allowed = knowledge.sayable() | {NOTHING}
    counted = Counter((wording.key, wording.language) for wording in wordings if wording.note != SENTENCE)
    for key in sorted({wording.key for wording in wordings} - allowed):
        yield key, f"phrases/*/{key}.csv belongs to no item.{did_you_mean(key, allowed)}"
    for key in knowledge.categories:
        for language, least in LEAST_WORDINGS.items():
            count = counted[key, language]
            if count < least:
                yield key, f"the limitation '{key}' has {count} phrases in {language}; at least {least} are needed"
