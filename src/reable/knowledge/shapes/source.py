"""Where a claim comes from, and how that was checked."""

from dataclasses import dataclass
from enum import StrEnum


class Checked(StrEnum):
    """How a citation was checked, strongest first."""

    READ = "read"
    SECOND_HAND = "second-hand"
    UNCHECKED = "unchecked"

    @property
    def rank(self) -> int:
        """0 is strongest."""
        return list(Checked).index(self)


class SourceKind(StrEnum):
    """What sort of text a source is."""

    GUIDELINE = "guideline"
    ARTICLE = "article"
    TEXTBOOK = "textbook"
    CLASSIFICATION = "classification"
    REGULATION = "regulation"
    WEB = "web"
    MISSION = "mission"


class Status(StrEnum):
    """How far an item has come. `SIGNED` only with the names of licensed clinicians."""

    DRAFT = "draft"
    SIGNED = "signed"
    RETIRED = "retired"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A publication. `via` names what was at hand instead when it was not read itself."""

    key: str
    title: str
    publisher: str
    year: int | None
    kind: SourceKind
    via: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """One place in one source, and how it was checked. `at` is a section, page, table or heading."""

    source: str
    at: str
    checked: Checked

    def __post_init__(self) -> None:
        if not self.at.strip():
            raise ValueError("a citation needs 'at': the section, page, table or heading")


def strongest(citations: tuple[Citation, ...]) -> Checked:
    """Find the best check among `citations`; none at all counts as unchecked."""
    return min((c.checked for c in citations), key=lambda checked: checked.rank, default=Checked.UNCHECKED)


def must_be_signed_by_someone(status: Status, reviewed_by: tuple[str, ...]) -> None:
    """Refuse an item that says it is signed but names nobody, or names somebody while it is a draft."""
    if (status is Status.SIGNED) != bool(reviewed_by):
        raise ValueError("'status: signed' and the names in 'reviewed_by' go together: give both or neither")
