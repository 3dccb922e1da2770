"""What an inquiry holds by now: its entries, added up; the latest word on each thing counts."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from reable.navigate import Inquiry
from reable.terms import Answer, BodySide, Language, Polarity, Relation, Site

Entry = tuple[str, Mapping[str, Any]]  # kind and data


@dataclass(frozen=True, slots=True, kw_only=True)
class InquiryState:
    """Everything that a person gave, as it stands now."""

    id: UUID
    clinic_id: UUID | None
    statement: str = ""
    goal: str = ""
    additions: tuple[str, ...] = ()
    language: Language = Language.EN
    country: str = "US"
    relation: str = ""  # as the person named it: mother, child; empty for oneself
    age: int | None = None
    activities: tuple[str, ...] = ()
    sites: tuple[tuple[Site, BodySide], ...] = ()
    conditions: tuple[str, ...] = ()
    answers: Mapping[str, Answer] = field(default_factory=dict)
    taken_back: Mapping[str, Polarity] = field(default_factory=dict)
    sides: Mapping[str, BodySide] = field(default_factory=dict)
    checked: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # flag to when, by whom, worse since
    not_now: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Test if nothing was given that could lead anywhere."""
        return not (self.statement.strip() or self.goal.strip() or self.additions or self.activities or self.sites)

    def inquiry(self, codes: Mapping[str, str]) -> Inquiry:
        """Ask the core; `codes` gives the ICF code of each activity that can be tapped."""
        tapped = {f"limitation:{codes[key]}": Answer.YES for key in self.activities if key in codes}
        return Inquiry(
            text="\n".join(part for part in (self.statement, *self.additions) if part.strip()),
            goal=self.goal if self.goal.strip() else None,
            language=self.language,
            country=self.country,
            age=self.age,
            conditions=self.conditions,
            answers={**tapped, **self.answers},
            sites=tuple(dict.fromkeys(site for site, _ in self.sites)),
            relation=Relation.PROXY if self.relation else None,
            checked=tuple(key for key, told in self.checked.items() if told.get("counts") == "yes"),
            taken_back=self.taken_back,
            sides=self.sides,
        )


def state_from(id_: UUID, clinic_id: UUID | None, entries: Iterable[Entry]) -> InquiryState:
    """Add up entries, oldest first."""
    state = InquiryState(id=id_, clinic_id=clinic_id)
    for kind, data in entries:
        state = _ADD[kind](state, data)
    return state


def _about(state: InquiryState, data: Mapping[str, Any]) -> InquiryState:
    return replace(
        state,
        language=Language(data.get("language", state.language)),
        country=data.get("country", state.country),
        relation=data.get("relation", state.relation),
        age=data.get("age", state.age),
    )


def _taps(state: InquiryState, data: Mapping[str, Any]) -> InquiryState:
    sites = tuple((Site(site), BodySide(side)) for site, side in data.get("sites", ()))
    return replace(state, activities=tuple(data.get("activities", ())), sites=sites)


def _answers(state: InquiryState, data: Mapping[str, Any]) -> InquiryState:
    given = {key: Answer(value) for key, value in data.items() if value}
    kept = {key: value for key, value in state.answers.items() if key not in data}
    return replace(state, answers={**kept, **given})  # an empty answer takes the earlier one back


def _correction(state: InquiryState, data: Mapping[str, Any]) -> InquiryState:
    key, how = data["key"], data["how"]
    if how in set(BodySide):
        return replace(state, sides={**state.sides, key: BodySide(how)})
    kept = {one: polarity for one, polarity in state.taken_back.items() if one != key}
    return replace(state, taken_back=kept if how == "mine" else {**kept, key: Polarity(how)})


_ADD: Mapping[str, Callable[[InquiryState, Mapping[str, Any]], InquiryState]] = {
    "about": _about,
    "statement": lambda state, data: replace(state, statement=data["text"]),
    "goal": lambda state, data: replace(state, goal=data["text"]),
    "taps": _taps,
    "conditions": lambda state, data: replace(state, conditions=tuple(data["names"])),
    "addition": lambda state, data: replace(state, additions=(*state.additions, data["text"])),
    "answers": _answers,
    "correction": _correction,
    "checked": lambda state, data: replace(state, checked={**state.checked, data["flag"]: dict(data)}),
    "not_now": lambda state, data: replace(state, not_now=(*state.not_now, data["flag"])),
}
