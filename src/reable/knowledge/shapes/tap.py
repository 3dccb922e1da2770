"""What a person can tap instead of typing: everyday activities, each with a picture, and the parts of the body."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from reable.terms import Bilingual, BodySide, IcfCode, Language, Site

MOST_WORDS = {Language.EN: 4, Language.ES: 5}  # Spanish needs the article that English leaves out


class View(StrEnum):
    """On which figure of the body map a part is drawn."""

    FRONT = "front"
    BACK = "back"
    BOTH = "both"


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityGroup:
    """Activities that stand together on a page. `rank` is the place among the groups, from 1."""

    key: str
    name: Bilingual
    rank: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """An everyday activity to tap; `code` is the limitation that a tap names.

    Its picture is the symbol `a-KEY` of the sprite. `for_adult` and `for_child`: in whose day it belongs, at least one
    of them. `search`: other words that people type to find it. `rank` is the place among all activities, from 1.
    """

    key: str
    group: str
    code: IcfCode
    for_adult: bool
    for_child: bool
    name: Bilingual
    search: Mapping[Language, tuple[str, ...]]
    rank: int

    def __post_init__(self) -> None:
        if not (self.key.isidentifier() and self.key.islower()):
            raise ValueError(f"'{self.key}' is not a key: small letters, digits and _, as in tie_shoelaces")
        if not (self.for_adult or self.for_child):
            raise ValueError("an activity is for adults, for children or for both")
        for language, most in MOST_WORDS.items():
            if len(self.name.in_(language).split()) > most:
                raise ValueError(f"'{self.name.in_(language)}' is too long to tap: at most {most} words in {language}")
            if not self.search.get(language):
                raise ValueError(f"there are no search words in {language}; give one or more, parted by ';'")

    def suits(self, *, child: bool) -> bool:
        """Test if it belongs in the day of a child, or else of an adult."""
        return self.for_child if child else self.for_adult


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteName:
    """What people call a part of the body; `left` and `right` are None where it is one."""

    site: Site
    view: View
    name: Bilingual
    left: Bilingual | None
    right: Bilingual | None

    def __post_init__(self) -> None:
        if (self.left is None) != (self.right is None):
            raise ValueError("a part of the body has names for both its left and its right, or for neither")

    @property
    def paired(self) -> bool:
        """Test if there is a left one and a right one."""
        return self.left is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyPart:
    """One part to tap: a site on one side. The side is the person's own; it is `NONE` where there is but one."""

    site: Site
    side: BodySide
    name: Bilingual

    @property
    def value(self) -> str:
        """Write it as forms and the body map do: `knee:left`, `back`."""
        return self.site.value if self.side is BodySide.NONE else f"{self.site.value}:{self.side.value}"


def grouped(
    groups: Mapping[str, ActivityGroup], activities: Mapping[str, Activity], *, child: bool
) -> tuple[tuple[ActivityGroup, tuple[Activity, ...]], ...]:
    """Put the activities of a child, or else of an adult, under their groups, both in the order of their files."""
    suited = sorted((one for one in activities.values() if one.suits(child=child)), key=lambda one: one.rank)
    return tuple(
        (group, tuple(one for one in suited if one.group == group.key))
        for group in sorted(groups.values(), key=lambda group: group.rank)
    )


def body_parts(site_names: Mapping[Site, SiteName]) -> Iterator[BodyPart]:
    """Go through all parts of the body from head to foot, the left one before the right one."""
    for site in Site:
        named = site_names[site]
        if named.left is None or named.right is None:
            yield BodyPart(site=site, side=BodySide.NONE, name=named.name)
        else:
            yield BodyPart(site=site, side=BodySide.LEFT, name=named.left)
            yield BodyPart(site=site, side=BodySide.RIGHT, name=named.right)
