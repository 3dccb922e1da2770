"""What a phrase can be about."""

from enum import StrEnum

from reable.knowledge.base import Knowledge


class Kind(StrEnum):
    """What a mention is a mention of."""

    LIMITATION = "limitation"
    CONDITION = "condition"
    DANGER = "danger"  # a sign or a red flag
    DOOR = "door"  # an other door or a referral
    WISH = "wish"  # wants both therapies looked at


TOLD_WHOLE = frozenset({Kind.DANGER, Kind.WISH})  # whose phrases keep their small words: "kill me", "which one of you"
FULL_PLAN = "unsure_or_full_plan"


def kinds_of(knowledge: Knowledge) -> dict[str, Kind]:
    """Tell for each key that phrases may belong to what kind of thing it is."""
    return (
        dict.fromkeys(knowledge.categories, Kind.LIMITATION)
        | dict.fromkeys(knowledge.conditions, Kind.CONDITION)
        | dict.fromkeys((*knowledge.signs, *knowledge.red_flags), Kind.DANGER)
        | dict.fromkeys((*knowledge.doors, *knowledge.referrals), Kind.DOOR)
        | {FULL_PLAN: Kind.WISH}
    )


def settings_of(knowledge: Knowledge) -> frozenset[str]:
    """Give the limitations that are settings: parts of life in which a trouble shows."""
    return frozenset(key for key, category in knowledge.categories.items() if category.setting)
