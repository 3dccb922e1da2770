"""Care beside PT and OT: other doors (S24), referrals (N8), education (B2), emergency numbers (S11)."""

from dataclasses import dataclass
from enum import StrEnum

from reable.knowledge.shapes.source import Checked, Citation, Status, must_be_signed_by_someone
from reable.terms import Bilingual, IcfCode


class DoorKind(StrEnum):
    """What sort of help stands behind another door."""

    DOCTOR = "doctor"
    PROFESSION = "profession"
    PROGRAMME = "programme"
    SERVICE = "service"
    INFORMATION = "information"
    ADMINISTRATION = "administration"


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherDoor:
    """Help that is neither PT nor OT. `with_therapy`: it comes beside therapy when a limitation is named too."""

    key: str
    name: Bilingual
    kind: DoorKind
    with_therapy: bool
    says: Bilingual
    turn_to: Bilingual
    also_served: tuple[IcfCode, ...]
    sources: tuple[Citation, ...]
    status: Status
    reviewed_by: tuple[str, ...]

    def __post_init__(self) -> None:
        must_be_signed_by_someone(self.status, self.reviewed_by)


@dataclass(frozen=True, slots=True, kw_only=True)
class Referral:
    """Other care to ask a doctor about, and the picture that asks for it (N8, S16)."""

    key: str
    name: Bilingual
    says: Bilingual
    when_conditions: tuple[str, ...]
    when_limitations: tuple[IcfCode, ...]
    when_signs: tuple[str, ...]
    sources: tuple[Citation, ...]
    status: Status
    reviewed_by: tuple[str, ...]

    def __post_init__(self) -> None:
        must_be_signed_by_someone(self.status, self.reviewed_by)


@dataclass(frozen=True, slots=True, kw_only=True)
class Education:
    """A text for people, paragraph by paragraph."""

    key: str
    title: Bilingual
    body: tuple[Bilingual, ...]
    sources: tuple[Citation, ...]
    status: Status
    reviewed_by: tuple[str, ...]

    def __post_init__(self) -> None:
        must_be_signed_by_someone(self.status, self.reviewed_by)


@dataclass(frozen=True, slots=True, kw_only=True)
class Country:
    """Emergency numbers of a country (S11). An empty number means: not known."""

    country: str
    name: Bilingual
    emergency_number: str
    suicide_line: str
    suicide_line_text: str
    suicide_hours: str
    deaf_access: str
    source: str
    at: str
    checked: Checked
