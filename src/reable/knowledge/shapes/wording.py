"""A row of a phrase bank: one way in which people say one thing."""

from dataclasses import dataclass
from enum import StrEnum

from reable.terms import Language


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
