"""The knowledge base: every item by key, frozen, with the version it is known by."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from enum import Enum
from typing import Protocol

from reable.knowledge.shapes.care import Country, Education, OtherDoor, Referral
from reable.knowledge.shapes.danger import Combination, DangerQuestion, RedFlag, Sign
from reable.knowledge.shapes.need import Category, Condition
from reable.knowledge.shapes.parameters import Parameters
from reable.knowledge.shapes.source import Citation, Source, Status
from reable.knowledge.shapes.tap import Activity, ActivityGroup, SiteName
from reable.terms import Bilingual, Site


class Reviewable(Protocol):
    """An item that rests on sources and that a clinician can sign."""

    @property
    def key(self) -> str:
        """The item's key."""

    @property
    def sources(self) -> tuple[Citation, ...]:
        """What it rests on."""

    @property
    def status(self) -> Status:
        """How far it has come."""

    @property
    def reviewed_by(self) -> tuple[str, ...]:
        """Licensed clinicians who signed it."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Knowledge:
    """All that Reable knows, without the phrase banks. `version` is the hash of the compiled form."""

    version: str
    categories: Mapping[str, Category]
    conditions: Mapping[str, Condition]
    signs: Mapping[str, Sign]
    red_flags: Mapping[str, RedFlag]
    combinations: tuple[Combination, ...]
    questions: Mapping[str, DangerQuestion]
    doors: Mapping[str, OtherDoor]
    referrals: Mapping[str, Referral]
    education: Mapping[str, Education]
    countries: Mapping[str, Country]
    sources: Mapping[str, Source]
    texts: Mapping[str, Bilingual]
    activity_groups: Mapping[str, ActivityGroup]
    activities: Mapping[str, Activity]
    site_names: Mapping[Site, SiteName]
    parameters: Parameters

    def reviewable(self) -> Iterator[tuple[str, Reviewable]]:
        """Go through all items that rest on sources, each with the name of its kind."""
        yield from (("limitation", item) for item in self.categories.values())
        yield from (("condition", item) for item in self.conditions.values())
        yield from (("red flag", item) for item in self.red_flags.values())
        yield from (("other door", item) for item in self.doors.values())
        yield from (("referral", item) for item in self.referrals.values())
        yield from (("education", item) for item in self.education.values())

    def signed(self) -> int:
        """Count the items that a clinician has checked and signed."""
        return sum(bool(item.reviewed_by) for _, item in self.reviewable())

    def sayable(self) -> frozenset[str]:
        """List the keys that phrases may belong to."""
        kinds: Iterable[Mapping[str, object]] = (
            self.categories,
            self.conditions,
            self.signs,
            self.red_flags,
            self.doors,
            self.referrals,
        )
        return frozenset(key for items in kinds for key in items)


def to_plain(value: object) -> object:
    """Turn a shape into plain data that JSON can hold; `build` is the way back."""
    if isinstance(value, Enum):
        return value.value
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: to_plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [to_plain(item) for item in value]
    if isinstance(value, Mapping):
        return {key: to_plain(item) for key, item in value.items()}
    return value


def canonical(data: object) -> str:
    """Write plain data in the one form that hashes the same everywhere."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
