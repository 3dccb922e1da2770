"""A row of a phrase bank: one way in which people say one thing."""

from dataclasses import dataclass
from enum import StrEnum

from reable.terms import Language

WHOLE = "whole"  # the note of a row whose small words count: "took all my pills"
SENTENCE = "sentence"  # the note of a row that teaches the learned model and is no wording to look for
NOTHING = "nothing"  # the key of sentences that tell no trouble and no wish for another door


class Register(StrEnum):
    """Who talks like this."""

    PATIENT = "patient"
    CARER = "carer"
    CLINICIAN = "clinician"
    REFERRAL = "referral"


class Origin(StrEnum):
    """Where a row comes from. No row comes from a patient."""

    SYNTHETIC = "synthetic"
    OFFICIAL = "official"
    CONTRIBUTED = "contributed"


class WordingPolarity(StrEnum):
    """`NEUTRAL` names a thing (denying it means trouble), `LIMITED` states the trouble, `CALM` cancels a look-alike."""

    NEUTRAL = "neutral"
    LIMITED = "limited"
    CALM = "calm"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """One row of `phrases/<language>/<key>.csv`; `line` is its place there."""

    key: str
    language: Language
    text: str
    register: Register
    origin: Origin
    writer: str
    polarity: WordingPolarity
    note: str
    line: int
