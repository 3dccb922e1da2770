"""Which therapist, at which location, fits a need; and if one does not, what is missing (S20)."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from reable.terms import Discipline, Language, Specialty

ADULT_FROM = 18  # years; judgement: the common age of majority, below it other training and other consent are needed
OLDER_FROM = 65  # years; judgement: the usual age from which clinics count a person as an older adult


class AgeGroup(StrEnum):
    """An age group as therapists specialize in it."""

    CHILD = "child"
    ADULT = "adult"
    OLDER = "older"

    @classmethod
    def of(cls, years: int) -> "AgeGroup":
        """Tell the age group of somebody who is `years` old."""
        if years < ADULT_FROM:
            return cls.CHILD
        return cls.ADULT if years < OLDER_FROM else cls.OLDER


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """What a person needs of a therapist.

    `age_group` is None while the age is not known: it is never taken for adult (S2), and nobody fits until it is asked.
    """

    discipline: Discipline
    specialties: frozenset[Specialty]
    age_group: AgeGroup | None
    language: Language
    step_free: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Therapist:
    """What a therapist offers. `key` is the identifier that slots carry."""

    key: str
    discipline: Discipline
    specialties: frozenset[Specialty]
    age_groups: frozenset[AgeGroup]
    languages: frozenset[Language]


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """Where visits take place. `step_free`: somebody in a wheelchair gets to the treatment room."""

    key: str
    step_free: bool


class Lack(StrEnum):
    """What keeps a therapist and a location from fitting a need."""

    DISCIPLINE = "discipline"
    SPECIALTY = "specialty"
    AGE_GROUP = "age_group"
    AGE_NOT_KNOWN = "age_not_known"
    LANGUAGE = "language"
    STEP_FREE = "step_free"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """How a therapist and a location fit a need: nothing is lacking, or this is."""

    lacks: tuple[Lack, ...]
    missing_specialties: tuple[Specialty, ...]

    @property
    def is_whole(self) -> bool:
        """Test that nothing is lacking."""
        return not self.lacks


def fit(need: Need, *, therapist: Therapist, location: Location) -> Fit:
    """Compare a need with a therapist at a location. All wanted specialties are needed; those missing are named."""
    missing = tuple(specialty for specialty in Specialty if specialty in need.specialties - therapist.specialties)
    return Fit(lacks=tuple(_lacks(need, missing, therapist, location)), missing_specialties=missing)


def _lacks(need: Need, missing: tuple[Specialty, ...], therapist: Therapist, location: Location) -> Iterator[Lack]:
    if need.discipline is not therapist.discipline:
        yield Lack.DISCIPLINE
    if missing:
        yield Lack.SPECIALTY
    if need.age_group is None:
        yield Lack.AGE_NOT_KNOWN
    elif need.age_group not in therapist.age_groups:
        yield Lack.AGE_GROUP
    if need.language not in therapist.languages:
        yield Lack.LANGUAGE
    if need.step_free and not location.step_free:
        yield Lack.STEP_FREE
