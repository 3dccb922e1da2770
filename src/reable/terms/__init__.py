"""Value types that all packages share."""

from reable.terms.code import IcfCode, NotAnIcfCode
from reable.terms.kinds import (
    Answer,
    BodySide,
    Discipline,
    Door,
    Grade,
    Hold,
    Language,
    Polarity,
    Priority,
    Relation,
    Screen,
    Site,
    Specialty,
    Urgency,
    Within,
)
from reable.terms.text import Bilingual

__all__ = [
    "Answer",
    "Bilingual",
    "BodySide",
    "Discipline",
    "Door",
    "Grade",
    "Hold",
    "IcfCode",
    "Language",
    "NotAnIcfCode",
    "Polarity",
    "Priority",
    "Relation",
    "Screen",
    "Site",
    "Specialty",
    "Urgency",
    "Within",
]
