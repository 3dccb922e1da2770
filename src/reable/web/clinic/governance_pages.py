"""What each page about safety holds: what is signed, what it says, what is withdrawn, what went wrong."""

from dataclasses import dataclass
from datetime import datetime

from reable.web.clinic.governance_forms import IncidentForm, SearchForm, SignForm, WithdrawForm
from reable.web.clinic.pages import ClinicPage, Tag
from reable.web.ui.parts import Link, Pager, Task, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class SafetyPage(ClinicPage):
    """Where the pages about safety begin."""

    tasks: tuple[Task, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PartCard:
    """A part that must be signed; `says` tells by whom and when."""

    name: Text
    what: Text
    tag: Tag
    says: Text
    href: str
    may_sign: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SigningPage(ClinicPage):
    """What must be signed, and what else is missing."""

    version: str
    takes_people: bool
    demo: bool
    parts: tuple[PartCard, ...]
    missing: tuple[Text, ...]  # beside signatures; without these nobody is taken
    lacks: tuple[Link, ...]  # without these nobody can book; a link where the reader may set it


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A text in both languages."""

    label: Text
    en: str
    es: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceLine:
    """A place in a source, and how that was checked."""

    title: str
    at: str
    how: Tag


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One thing to read before signing."""

    name: str
    other_name: str = ""
    tag: Tag | None = None
    pairs: tuple[Pair, ...] = ()
    facts: tuple[Text, ...] = ()
    together: tuple[Text, ...] = ()  # rules of signs that raise it only together
    sources: tuple[SourceLine, ...] = ()
    unsigned: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Things to read under one heading."""

    title: Text
    readings: tuple[Reading, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PartPage(ClinicPage):
    """All that is signed with a part, and the form to sign it."""

    what: Text
    counted: Text
    version: str
    signed: Text
    parts: tuple[Part, ...]
    form: SignForm | None
    is_risk: bool
    nothing: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawnCard:
    """An item that is switched off."""

    name: str
    href: str
    why: str
    says: Text
    put_back: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundItem:
    """An item that was looked for."""

    name: str
    href: str
    facts: tuple[Text, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawnPage(ClinicPage):
    """What is switched off, and the way to anything else."""

    withdrawn: tuple[WithdrawnCard, ...]
    form: SearchForm
    sought: str
    found: tuple[FoundItem, ...]
    more: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WhoseAnswer:
    """Somebody whose answer rests on an item."""

    name: str
    href: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemPage(ClinicPage):
    """One item: switch it off or on; who got an answer that rests on it."""

    kind: Text
    key: str
    refused: Text  # why it cannot be switched off
    private: bool
    withdrawn: WithdrawnCard | None
    form: WithdrawForm | None
    answers: int
    booked: int
    shows_people: bool
    people: tuple[WhoseAnswer, ...]
    pager: Pager
    incidents: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentCard:
    """Something that went wrong, or nearly."""

    severity: Tag
    what: str
    facts: tuple[Text, ...]
    close: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentsPage(ClinicPage):
    """What went wrong; whoever may not read it can still note something."""

    may_read: bool
    open: tuple[IncidentCard, ...]
    closed: tuple[IncidentCard, ...]
    form: IncidentForm
