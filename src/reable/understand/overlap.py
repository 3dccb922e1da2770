"""Which of several matches stand, where they share words."""

from collections.abc import Sequence

from reable.understand.bank import Match
from reable.understand.kinds import Kind


def swallows(kind: Kind, places: frozenset[int], other: Kind, others: frozenset[int]) -> bool:
    """Test if a phrase of `kind` holds the `other` within itself: "my dog limps" is no limp.

    The `other` is never one that is told whole, such as a danger: nothing holds that.
    """
    if kind is Kind.DOOR and other is Kind.LIMITATION:
        return others <= places
    if kind is Kind.CONDITION and other is Kind.DOOR:
        return others <= places  # a diagnosis is no wish for another door
    if kind is Kind.CONDITION and other is Kind.LIMITATION:
        return others < places and len(others) == 1  # "tennis elbow" is no tennis
    return kind is other and others < places


def one_each(matches: Sequence[Match]) -> list[Match]:
    """Keep of several matches of one key in one clause the longest, and all that share no word with it.

    A wording that holds its own "no" comes first: "I see no point in living" denies no "point of living".
    """
    kept: list[Match] = []
    for match in sorted(matches, key=lambda m: (not m.phrase.denies, -len(m.places), m.places, m.phrase.id)):
        same = (other for other in kept if other.phrase.key == match.phrase.key)
        if not any(set(match.places) & set(other.places) for other in same):
            kept.append(match)
    return sorted(kept, key=lambda m: (m.places, m.phrase.id))
