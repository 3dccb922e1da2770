"""How a person is shown to therapists: what was understood and added up, each danger with its answers and sources."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.utils import formats
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reable.knowledge.shapes.need import Server
from reable.knowledge.shapes.source import Citation
from reable.terms import Answer, BodySide, Discipline, Door, Language, Polarity, Priority, Specialty, Urgency
from reable.web import core
from reable.web.clinic import words
from reable.web.clinic.addresses import url
from reable.web.clinic.pages import DecisionCard, FlagCard, PersonCard, Tag
from reable.web.clinic.words import language
from reable.web.records.answer_keys import ORDER
from reable.web.records.selectors.people import Need, PersonLine
from reable.web.records.selectors.person import BookedVisit, DangerSeen, Made, PersonSeen
from reable.web.records.services.decisions import Verdict
from reable.web.ui.parts import Cell, Row, Table, Text

_MOST_NEEDS = 4  # shown on the board
ANSWERS: dict[Answer, str | Promise] = {
    Answer.YES: gettext_lazy("yes"),
    Answer.A_LITTLE: gettext_lazy("a little"),
    Answer.NO: gettext_lazy("no"),
    Answer.NOT_SURE: gettext_lazy("not sure (counts as yes)"),
}
_HOW = {
    Polarity.OTHER_PERSON: gettext_lazy("said it is somebody else"),
    Polarity.PAST: gettext_lazy("said it is over"),
    Polarity.FINE: gettext_lazy("said it is no trouble"),
    Polarity.HYPOTHETICAL: gettext_lazy("said it may come"),
}
_SIDES = {
    BodySide.LEFT: gettext_lazy("said it is the left side"),
    BodySide.RIGHT: gettext_lazy("said it is the right side"),
    BodySide.BOTH: gettext_lazy("said it is both sides"),
}
_WHEN = {
    "today": gettext_lazy("today or yesterday"),
    "week": gettext_lazy("in the last week"),
    "month": gettext_lazy("in the last month"),
    "longer": gettext_lazy("longer ago"),
}
_YES_NO = {"yes": gettext_lazy("yes"), "no": gettext_lazy("no"), "not_sure": gettext_lazy("not sure")}
_RELATIONS = {
    "child": gettext_lazy("Somebody asks for their child"),
    "parent": gettext_lazy("Somebody asks for their mother or father"),
    "partner": gettext_lazy("Somebody asks for their partner"),
    "desk": gettext_lazy("Staff asked them on the telephone"),
}
_AGREES = {
    "yes": gettext_lazy("knows and agrees"),
    "no": gettext_lazy("does not know or does not agree"),
    "cannot": gettext_lazy("cannot say"),
}
_RULES = {
    "N4": gettext_lazy("They want a full plan or are not sure: both, starting with an evaluation (N4)"),
    "N2": gettext_lazy("What limits them most decides (N2)"),
    "N7": gettext_lazy("With this condition both, unless the other side was asked about and is fine (N7)"),
    "condition": gettext_lazy("No limitation was named: the condition decides"),
    "S24": gettext_lazy("They asked for other care (S24)"),
    "S23": gettext_lazy("Nothing was understood that decides: a person should call (S23)"),
}
_N6 = "N6"


def card(line: PersonLine, asked: datetime) -> PersonCard:
    """Show somebody on the board; `asked` is the clinic's clock."""
    return PersonCard(
        href=url("person", line.inquiry_id),
        name=line.name,
        asked=asked,
        facts=tuple(_facts(line)),
        needs=tuple(_need(need) for need in line.needs[:_MOST_NEEDS]),
        more_needs=max(0, len(line.needs) - _MOST_NEEDS),
        door=door_name(line.door, line.order),
        priority=None if line.priority is Priority.ROUTINE else priority_tag(line.priority),
        urgency=words.URGENCIES[line.urgency] if line.urgency else "",
        flags=tuple(flag_name(key) for key in line.flags),
        unasked=line.unasked,
        finished=line.finished,
        decided=tuple(
            f"{words.SHORT[one.discipline]}: {verdict_name(one.decision, one.door)}" for one in line.decisions
        ),
    )


def _facts(line: PersonLine) -> Iterator[Text]:
    if line.language:
        yield words.LANGUAGES[Language(line.language)]
    if line.age is not None:
        yield _("{age} years old").format(age=line.age)
    if line.for_other:
        yield _("Somebody asks for them")


def priority_tag(priority: Priority) -> Tag:
    """Show how soon therapy should start."""
    return Tag(text=words.PRIORITIES[priority], color=words.PRIORITY_COLORS[priority])


def verdict_name(decision: str, door: Door) -> str:
    """Say a decision in a few words."""
    verdict = Verdict(decision)
    if verdict is Verdict.CHANGED:
        return _("Changed to: {door}").format(door=words.DOORS[door])
    return str(words.VERDICTS[verdict])


def door_name(door: Door, order: tuple[Discipline, ...]) -> Text:
    """Name a door, with the order where it matters."""
    if door is Door.BOTH and order:
        first, then = (words.SHORT[one] for one in order)
        return _("{first} first, then {then}").format(first=first, then=then)
    return words.DOORS[door]


def flag_name(key: str) -> str:
    """Name a red flag."""
    return core.knowledge().red_flags[key].name.in_(language()) if key in core.knowledge().red_flags else key


def item_name(key: str) -> str:
    """Name a limitation, a condition or another thing that was understood, with its code."""
    knowledge = core.knowledge()
    if key.startswith(ORDER):
        return _("Which therapy comes first: {item}").format(item=item_name(key.removeprefix(ORDER)))
    if key in knowledge.categories:
        return f"{knowledge.categories[key].name.in_(language())} ({key})"
    if key in knowledge.conditions:
        return knowledge.conditions[key].name.in_(language())
    if key == _N6:
        return _("Long, or of the nerves: daily life weighs more (N6)")
    return flag_name(key).replace("_", " ")


def _need(need: Need) -> tuple[str, str]:
    return item_name(need.key), need.words


def needs(found: Iterable[Need]) -> tuple[tuple[str, str], ...]:
    """List what is hard, each with the words."""
    return tuple(_need(need) for need in found)


def facts(person: PersonSeen) -> tuple[Row, ...]:
    """List who asked, when, for whom."""
    rows = [
        (_("Name"), ", ".join(person.names) or _("Not given yet: nothing is booked")),
        (_("Reach them"), ", ".join(person.contacts)),
        (_("Asked"), formats.date_format(person.asked, "DATETIME_FORMAT")),
        (_("Language"), str(words.LANGUAGES[person.language])),
        (_("Age"), "" if person.age is None else str(person.age)),
        (_("Who spoke"), who_spoke(person.relation, person.agrees)),
    ]
    return tuple(Row(key=key, value=value or _("Not known")) for key, value in rows)


def who_spoke(relation: str, agrees_said: str) -> str:
    """Say who told it: the person, or somebody for them, and whether the person agrees (S30)."""
    if not relation:
        return _("The person")
    said = str(_RELATIONS.get(relation, _("Somebody asks for somebody they help")))
    agrees = _AGREES.get(agrees_said)
    return said if agrees is None else _("{who}; the person {agrees}").format(who=said, agrees=agrees)


def tapped(person: PersonSeen) -> tuple[str, ...]:
    """List activities and parts of the body that were tapped."""
    knowledge = core.knowledge()
    names = {part.site: part for part in knowledge.site_names.values()}
    activities = [knowledge.activities[key].name for key in person.activities if key in knowledge.activities]
    return (*(name.in_(language()) for name in activities), *(_site(names[site], side) for site, side in person.sites))


def _site(name: Any, side: BodySide) -> str:
    sided = {BodySide.LEFT: name.left, BodySide.RIGHT: name.right}.get(side)
    return str((sided or name.name).in_(language()))


def corrected(person: PersonSeen) -> tuple[Text, ...]:
    """List what the person put right."""
    taken = [(key, _HOW.get(how)) for key, how in person.taken_back.items()]
    turned = [(key, _SIDES.get(side)) for key, side in person.sides.items()]
    return tuple(f"{item_name(key)}: {how}" for key, how in (*taken, *turned) if how is not None)


def flag(danger: DangerSeen) -> FlagCard:
    """Show a danger: how it was raised, what was said of it since, and on what the flag rests."""
    known = core.knowledge().red_flags.get(danger.key)
    return FlagCard(
        name=flag_name(danger.key),
        urgency=words.URGENCIES[known.urgency] if known else words.URGENCIES[Urgency.SAME_DAY],
        open=danger.open,
        says=tuple(_says(danger)),
        sources=tuple(_cited(one) for one in known.sources) if known else (),
        signed=bool(known and known.reviewed_by),
    )


def _says(danger: DangerSeen) -> Iterator[Text]:
    if danger.words:
        yield _("Their words: {words}").format(words=", ".join(f"“{one}”" for one in danger.words))
    elif danger.open:
        yield _("Raised by an answer, the age or a condition.")
    if danger.not_now:
        yield _("They said: this is not happening now.")
    if danger.checked:
        told = danger.checked
        seen = _YES_NO.get(told.get("seen", ""), "")
        yield _("Has a clinician looked at it? They say: {seen}.").format(seen=seen)
        if told.get("when"):
            yield _("When: {when}. Worse since: {worse}.").format(
                when=_WHEN.get(told["when"], told["when"]), worse=_YES_NO.get(told.get("worse", ""), _("not asked"))
            )


def _cited(citation: Citation) -> str:
    source = core.knowledge().sources.get(citation.source)
    title = source.title if source else citation.source
    return _("{title}, {place} (checked: {how})").format(title=title, place=citation.at, how=citation.checked.value)


def asked(person: PersonSeen) -> tuple[tuple[str, Text], ...]:
    """List the danger questions that were answered."""
    return tuple((_question(key), ANSWERS[answer]) for key, answer in person.asked_danger)


def pending(person: PersonSeen) -> tuple[str, ...]:
    """List the danger questions that nobody has answered."""
    return tuple(_question(key) for key in person.pending)


def _question(key: str) -> str:
    known = core.knowledge().questions.get(key)
    return known.text.in_(language()) if known else key


def order(person: PersonSeen) -> tuple[Discipline, ...]:
    """Give the disciplines in order, where it matters."""
    return tuple(Discipline(one) for one in person.record.get("order") or ())


def recommendation(person: PersonSeen) -> tuple[Row, ...]:
    """Say what was recommended, and all that stands beside it."""
    record = person.record
    specialties = [str(words.SPECIALTIES[Specialty(one)]) for one in record.get("specialty") or ()]
    shown = (
        _("Not yet: they stopped before")
        if person.shown_at is None
        else formats.date_format(person.shown_at, "DATETIME_FORMAT")
    )
    also = [core.knowledge().referrals[key].says.in_(language()) for key in record.get("also_ask") or ()]
    rows = [
        (_("Recommended"), str(door_name(person.door, order(person)))),
        (_("Shown to the person"), shown),
        (_("How soon"), str(words.PRIORITIES[person.priority])),
        (_("Rule"), str(_RULES.get(record["derivation"]["rule"], record["derivation"]["rule"]))),
        (_("How sure of the therapist"), f"{round(record['confidence'] * 100)} %"),
        (_("Special training"), ", ".join(specialties)),
        (_("Also serves"), ", ".join(str(words.SERVERS[Server(one)]) for one in record.get("alternatives") or ())),
        (_("Also to ask a doctor about"), " ".join(also)),
    ]
    return tuple(Row(key=key, value=value) for key, value in rows if value)


def points(person: PersonSeen) -> Table:
    """Show the sum so that anybody can add it up."""
    derivation = person.record["derivation"]
    head = (
        Cell(text=_("What")),
        Cell(text=_("Weight"), numeric=True),
        Cell(text=_("Movement (PT)"), numeric=True),
        Cell(text=_("Daily function (OT)"), numeric=True),
    )
    rows = [
        _point(item_name(one["key"]), one["weight"], one["movement"], one["daily_function"])
        for one in derivation["points"]
    ]
    total = _point(_("Sum"), "", derivation["movement"], derivation["daily_function"])
    return Table(caption=_("Points: weight times grade"), head=head, rows=(*rows, total))


def _point(name: str, weight: object, movement: int, daily: int) -> tuple[Cell, ...]:
    numbers = (Cell(text=str(each), numeric=True) for each in (weight, movement, daily))
    return Cell(text=name, header=True), *numbers


def versions(person: PersonSeen) -> str:
    """Name the versions that the answer rests on."""
    record = person.record
    return ", ".join(str(record[key]) for key in ("knowledge_version", "model_version", "reasoning_version"))


def decision(made: Made) -> DecisionCard:
    """Show a decision that was made."""
    return DecisionCard(
        title=f"{words.SHORT[made.discipline]}: {verdict_name(made.decision, made.door)}",
        at=made.at,
        by=made.by,
        reason=made.reason,
        cleared=made.danger_cleared,
    )


def visit(booked: BookedVisit) -> str:
    """Say when a visit is, with whom, and what came of it."""
    when = formats.date_format(booked.starts, "DATETIME_FORMAT")
    with_whom = f"{words.SHORT[booked.discipline]}, {booked.therapist}"
    return f"{when}: {with_whom} ({words.VISIT_STATES[booked.state]})"
