"""What a person can have trouble with, and what each therapy contributes: limitations and conditions."""

from dataclasses import dataclass
from enum import StrEnum

from reable.knowledge.shapes.source import Citation, Status, must_be_signed_by_someone
from reable.terms import Bilingual, Discipline, Grade, IcfCode, Priority, Site, Specialty


class Component(StrEnum):
    """The part of the ICF that a category belongs to."""

    BODY_FUNCTION = "body_function"
    ACTIVITY = "activity"
    PARTICIPATION = "participation"


class Server(StrEnum):
    """Who serves as well, with the training that a need asks for (S20)."""

    PT = "pt"
    OT = "ot"
    SLT = "slt"


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution:
    """How much one discipline contributes, and what its therapist does about it."""

    grade: Grade
    does: Bilingual


@dataclass(frozen=True, slots=True, kw_only=True)
class Category:
    """An ICF category that rehabilitation sees. Grades and `setting` are judgements; `rationale` says why.

    `setting`: a part of life in which a trouble shows (work, church, the bus); beside a plainer limitation it tells
    where it is hard, and not what.
    """

    code: IcfCode
    name: Bilingual
    component: Component
    pt: Contribution
    ot: Contribution
    rationale: str
    sites: tuple[Site, ...]
    setting: bool
    first: Discipline | None
    specialty: tuple[Specialty, ...]
    alternatives: tuple[Server, ...]
    usual: Grade
    ask: Bilingual
    sources: tuple[Citation, ...]
    status: Status
    reviewed_by: tuple[str, ...]

    def __post_init__(self) -> None:
        must_be_signed_by_someone(self.status, self.reviewed_by)
        if self.pt.grade == self.ot.grade == Grade.NOTHING:
            raise ValueError("a limitation to which neither PT nor OT contributes belongs among the other doors")

    @property
    def key(self) -> str:
        """The code, as key."""
        return str(self.code)


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """A diagnosis: who usually leads, what it makes likely, and what it changes about the way (N5-N8, S20-S22)."""

    key: str
    name: Bilingual
    icd10cm: tuple[str, ...]
    pt: Contribution
    ot: Contribution
    rationale: str
    both_unless_fine: bool
    poor_insight: bool
    gains_ot: bool
    first: Discipline | None
    first_because: Bilingual | None
    makes_likely: tuple[IcfCode, ...]
    precautions: tuple[Bilingual, ...]
    course: Bilingual
    specialty: tuple[Specialty, ...]
    alternatives: tuple[Server, ...]
    therapy_priority: Priority
    also_ask: tuple[str, ...]
    signs: tuple[str, ...]
    sources: tuple[Citation, ...]
    status: Status
    reviewed_by: tuple[str, ...]

    def __post_init__(self) -> None:
        must_be_signed_by_someone(self.status, self.reviewed_by)
        if (self.first is None) != (self.first_because is None):
            raise ValueError("'first' and 'first_because' go together: an order names what the second waits for (N5)")
