"""What a clinic stands for, as pages show it: red flags, emergency texts, order rules, the risk left over; items."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reable.knowledge.shapes.care import Country
from reable.knowledge.shapes.danger import RedFlag
from reable.knowledge.shapes.need import Category, Condition
from reable.knowledge.shapes.source import Checked, Citation, strongest
from reable.terms import Bilingual, Polarity, Urgency
from reable.web import core
from reable.web.clinic import words
from reable.web.clinic.governance_pages import Pair, Part, Reading, SourceLine
from reable.web.clinic.pages import Tag
from reable.web.hazards import Hazard, hazards
from reable.web.records.answer_keys import ORDER
from reable.web.records.finding import is_private
from reable.web.records.services.governance import withdrawable
from reable.web.ui.parts import TagColor, Text

Names = Mapping[str, str | Promise]
PARTS: Names = {
    "red_flags": gettext_lazy("The red flags"),
    "emergency_texts": gettext_lazy("The emergency texts"),
    "order_rules": gettext_lazy("The order rules"),
    "residual_risk": gettext_lazy("The risk that is left over"),
}
WHAT_IT_IS: Names = {
    "red_flags": gettext_lazy(
        "Each danger that is searched for, how soon a doctor must look, and what people are told."
    ),
    "emergency_texts": gettext_lazy("The numbers to call, the sentences around a danger, and the danger questions."),
    "order_rules": gettext_lazy("When one therapy comes before the other, and what the second one waits for."),
    "residual_risk": gettext_lazy("What could still go wrong. A named person of the clinic accepts it."),
}
_CHECKED: Mapping[Checked, tuple[str | Promise, TagColor]] = {
    Checked.READ: (gettext_lazy("read"), "green"),
    Checked.SECOND_HAND: (gettext_lazy("second-hand"), "yellow"),
    Checked.UNCHECKED: (gettext_lazy("unchecked"), "red"),
}
_URGENCY_COLORS: Mapping[Urgency, TagColor] = {
    Urgency.EMERGENCY: "red",
    Urgency.SAME_DAY: "orange",
    Urgency.DOCTOR_FIRST: "yellow",
}
_CALMS = {
    Polarity.FINE: gettext_lazy("it is no trouble"),
    Polarity.PAST: gettext_lazy("it is over"),
    Polarity.OTHER_PERSON: gettext_lazy("it is somebody else"),
    Polarity.HYPOTHETICAL: gettext_lazy("it is feared, not there"),
    Polarity.TREATED: gettext_lazy("a clinician has looked at it, and it is not worse"),
}
_SENTENCES = (
    *("help_title", "title_do_now", "title_do_not", "call_number", "text_to", "local_emergency", "local_suicide_line"),
    *("nobody_reads", "danger_not_asked", "danger_partial", "danger_complete", "third_language", "door_doctor"),
    *("doctor_days_2", "doctor_weeks_2", "doctor_routine", "then_therapy"),
    *("hold_hold_therapy", "hold_therapy_may_start", "hold_continue_and_tell"),
)
"""The sentences around a danger, by their keys in texts.csv."""


def reading_of(part: str, country: str) -> tuple[Part, ...]:
    """Give all that is signed with a part, in the order in which it is read. Raises: KeyError for no part."""
    chapters: Mapping[str, Callable[[], Iterable[Part]]] = {
        "red_flags": _red_flags,
        "emergency_texts": lambda: _emergency_texts(country),
        "order_rules": _order_rules,
        "residual_risk": _residual_risk,
    }
    return tuple(chapters[part]())


def counted(part: str) -> Text:
    """Say how the sources of the red flags were checked; nothing for other parts."""
    if part != "red_flags":
        return ""
    flags = core.knowledge().red_flags.values()
    best = Counter(strongest(flag.sources) for flag in flags)
    return _(
        "{all} red flags. The best source of each was read ({read}), is known second-hand ({second}) "
        "or was checked by nobody ({unchecked})."
    ).format(
        all=len(flags), read=best[Checked.READ], second=best[Checked.SECOND_HAND], unchecked=best[Checked.UNCHECKED]
    )


def _red_flags() -> Iterator[Part]:
    flags = core.knowledge().red_flags.values()
    for urgency in Urgency:
        there = sorted((one for one in flags if one.urgency is urgency), key=lambda one: (one.family, one.key))
        yield Part(title=words.URGENCIES[urgency], readings=tuple(_flag(one) for one in there))


def _flag(flag: RedFlag) -> Reading:
    told = {_("What people are told"): (flag.says,), _("Do this now"): flag.do_now, _("Do not"): flag.do_not}
    return Reading(
        name=flag.name.in_(words.language()),
        other_name=_other(flag.name),
        tag=Tag(text=words.URGENCIES[flag.urgency], color=_URGENCY_COLORS[flag.urgency]),
        pairs=tuple(_pair(label, *texts) for label, texts in told.items() if texts),
        facts=tuple(_about(flag)),
        together=tuple(_together(flag)),
        sources=_cited(flag.sources),
        unsigned=not flag.reviewed_by,
    )


def _together(flag: RedFlag) -> Iterator[Text]:
    """Say which signs raise it together, each with how the best source of that rule was checked."""
    for rule in core.knowledge().combinations:
        if rule.raises == flag.key:
            signs = " + ".join(_plain_name(key) for key in rule.signs)
            yield _("{signs} (source: {how})").format(signs=signs, how=_CHECKED[strongest(rule.sources)][0])


def _about(flag: RedFlag) -> Iterator[Text]:
    if flag.within is not None and flag.hold is not None:
        texts = core.knowledge().texts
        limits = (texts[f"doctor_{flag.within}"], texts[f"hold_{flag.hold}"])
        yield " ".join(text.in_(words.language()) for text in limits)
    if flag.calmed_by:
        yield _("Not raised when the person says: {what}.").format(
            what="; ".join(str(_CALMS[one]) for one in flag.calmed_by)
        )
    else:
        yield _("Nothing that is said calms it.")
    if flag.calmed_by_conditions:
        names = ", ".join(_plain_name(key) for key in flag.calmed_by_conditions)
        yield _("Not raised with these conditions: {names}.").format(names=names)
    if flag.counts_if_resolved_within is not None:
        yield _("Counts also when it is over, for this many days: {days}.").format(days=flag.counts_if_resolved_within)
    if flag.calm_if_older_than is not None:
        yield _("Not raised when it began longer ago than this many days: {days}.").format(days=flag.calm_if_older_than)
    if flag.private:
        yield _("Told in confidence: it shows on no list, letter or print.")


def _emergency_texts(country: str) -> Iterator[Part]:
    knowledge = core.knowledge()
    codes = dict.fromkeys((settings.REABLE_COUNTRY, country))
    numbers = (knowledge.countries[code] for code in codes if code in knowledge.countries)
    yield Part(title=_("Numbers to call"), readings=tuple(_numbers(one) for one in numbers))
    sentences = (Reading(name="", pairs=(_pair("", knowledge.texts[key]),)) for key in _SENTENCES)
    yield Part(title=_("Sentences around a danger"), readings=tuple(sentences))
    questions = (
        Reading(
            name="",
            pairs=(_pair("", one.text),),
            facts=(_("A yes means: {names}").format(names=", ".join(_plain_name(key) for key in one.yes_means)),),
        )
        for one in knowledge.questions.values()
    )
    yield Part(title=_("Danger questions"), readings=tuple(questions))


def _numbers(country: Country) -> Reading:
    unknown = _("not known")
    shown = {
        _("Emergency number"): country.emergency_number,
        _("Crisis line"): country.suicide_line,
        _("Crisis line by text"): country.suicide_line_text,
        _("Hours"): country.suicide_hours,
        _("For deaf people"): country.deaf_access,
    }
    return Reading(
        name=country.name.in_(words.language()),
        other_name=_other(country.name),
        facts=tuple(f"{what}: {number or unknown}" for what, number in shown.items()),
        sources=_cited((Citation(source=country.source, at=country.at, checked=country.checked),)),
    )


def _order_rules() -> Iterator[Part]:
    knowledge = core.knowledge()
    ordered: Iterable[Category | Condition] = (*knowledge.conditions.values(), *knowledge.categories.values())
    yield Part(title=_("Which therapy comes first"), readings=tuple(_order(one) for one in ordered if one.first))


def _order(item: Category | Condition) -> Reading:
    because = item.first_because if isinstance(item, Condition) else None
    first = words.DISCIPLINES[item.first] if item.first else ""
    return Reading(
        name=item.name.in_(words.language()),
        other_name=_other(item.name),
        pairs=(_pair(_("What people are told"), because),) if because else (),
        facts=(_("First: {therapy}").format(therapy=first), _("Why: {rationale}").format(rationale=item.rationale)),
        sources=_cited(item.sources),
        unsigned=not item.reviewed_by,
    )


def _residual_risk() -> Iterator[Part]:
    yield Part(title=_("Hazards, the gravest first"), readings=tuple(_hazard(one) for one in _gravest_first()))


def _gravest_first() -> list[Hazard]:
    return sorted(hazards(), key=lambda one: (-one.severity * one.likelihood, -one.severity))


def _hazard(hazard: Hazard) -> Reading:
    left = _("Left over: severity {severity} of 5, likelihood {likelihood} of 5. A judgement, not a measurement.")
    facts = [
        _("What stands against it: {mitigation}").format(mitigation=hazard.mitigation),
        left.format(severity=hazard.severity, likelihood=hazard.likelihood),
        _("Watched by: {owner}").format(owner=hazard.owner),
        *([_("No test proves this yet: {missing}").format(missing=hazard.open)] if hazard.open else []),
    ]
    return Reading(name=f"{hazard.id}: {hazard.hazard}", facts=tuple(facts))


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """Something that answers rest on. A danger can be looked at, but never switched off."""

    key: str
    name: str
    kind: Text
    may_withdraw: bool
    private: bool


def item_of(key: str) -> Item | None:
    """Give an item that can be withdrawn, or a red flag; None for everything else."""
    knowledge = core.knowledge()
    if key in knowledge.red_flags:
        return Item(key=key, name=item_name(key), kind=_("Red flag"), may_withdraw=False, private=is_private(key))
    if key not in withdrawable(knowledge):
        return None
    kinds = {
        _("Limitation"): knowledge.categories,
        _("Condition"): knowledge.conditions,
        _("Other help"): knowledge.doors,
        _("Text for people"): knowledge.education,
    }
    kind = next((name for name, items in kinds.items() if key in items), _("Order rule"))
    return Item(key=key, name=item_name(key), kind=kind, may_withdraw=True, private=False)


def items_like(given: str, *, most: int) -> tuple[tuple[Item, ...], int]:
    """Find items whose key, or name in either language, holds what is looked for; and how many there are."""
    knowledge, sought = core.knowledge(), given.strip().casefold()
    found = [
        key
        for key in (*sorted(withdrawable(knowledge)), *sorted(knowledge.red_flags))
        if any(sought in name.casefold() for name in (key, *_names(key)))
    ]
    items = (item_of(key) for key in found[:most])
    return tuple(item for item in items if item is not None), len(found)


def item_name(key: str) -> str:
    """Name an item in the language of the page; one that is known no more keeps its key."""
    if key.startswith(ORDER):
        return _("Which therapy comes first: {item}").format(item=item_name(key.removeprefix(ORDER)))
    return _plain_name(key)


def _plain_name(key: str) -> str:
    text = _name(key)
    return key if text is None else text.in_(words.language())


def _names(key: str) -> tuple[str, ...]:
    text = _name(key.removeprefix(ORDER))
    return () if text is None else (text.en, text.es)


def _name(key: str) -> Bilingual | None:
    knowledge = core.knowledge()
    if key in knowledge.education:
        return knowledge.education[key].title
    named = (knowledge.categories, knowledge.conditions, knowledge.doors, knowledge.red_flags, knowledge.signs)
    return next((items[key].name for items in named if key in items), None)


def _pair(label: Text, *texts: Bilingual) -> Pair:
    """Show sentences in both languages, with the numbers of the site's country where a page shows them."""
    return Pair(
        label=label, en=" ".join(_filled(one.en) for one in texts), es=" ".join(_filled(one.es) for one in texts)
    )


def _filled(text: str) -> str:
    country = core.knowledge().countries.get(settings.REABLE_COUNTRY)
    if country is None:
        return text
    filled = text.replace("{emergency_number}", country.emergency_number or "{emergency_number}")
    return filled.replace("{suicide_line}", country.suicide_line or "{suicide_line}")


def _other(name: Bilingual) -> str:
    return name.es if name.in_(words.language()) == name.en else name.en


def _cited(citations: Iterable[Citation]) -> tuple[SourceLine, ...]:
    known = core.knowledge().sources
    return tuple(
        SourceLine(
            title=known[one.source].title if one.source in known else one.source,
            at=one.at,
            how=Tag(text=_CHECKED[one.checked][0], color=_CHECKED[one.checked][1]),
        )
        for one in citations
    )
