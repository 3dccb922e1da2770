"""What is only named in passing: "I teach. My back hurts." tells of a back, not of teaching.

The default is *limited*, so that whoever writes "stairs" is understood. Where a statement tells plainly what is hard,
that default is too much for what else it names: a life that goes on ("I drive to work, I cook") and the places where a
trouble shows. These count where nothing plainer was told.
"""

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from reable.terms import Polarity
from reable.understand.kinds import Kind
from reable.understand.mention import Mention


@dataclass(frozen=True, slots=True)
class Told:
    """A mention with the number of its sentence. `bare`: nothing in that sentence tells of a trouble."""

    mention: Mention
    sentence: int
    bare: bool


def in_passing(told: Sequence[Told], settings: AbstractSet[str]) -> set[int]:
    """Give the numbers of those that were named in passing. `settings`: limitations that are parts of life."""
    limited = {number for number, one in enumerate(told) if _is_need(one.mention, Kind.LIMITATION)}
    doors = any(_is_need(one.mention, Kind.DOOR) for one in told)
    bare = {number for number in limited if told[number].bare and told[number].mention.polarity is Polarity.LIMITED}
    plain = {told[number].sentence for number in limited - bare}
    asides = {number for number in bare if told[number].sentence not in plain}
    places = set(_settings(told, limited - asides, settings))
    if limited - asides - places:
        return asides | places
    return asides if places or doors else set()


def _settings(told: Sequence[Told], limited: AbstractSet[int], settings: AbstractSet[str]) -> Iterator[int]:
    for number in limited:
        mention = told[number].mention
        if mention.key in settings and mention.polarity is Polarity.LIMITED:
            yield number


def _is_need(mention: Mention, kind: Kind) -> bool:
    live = mention.polarity in (Polarity.LIMITED, Polarity.WANTED, Polarity.TREATED)
    return mention.kind is kind and mention.counts and live
