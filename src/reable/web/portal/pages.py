"""What each page of the person holds: frozen values, so that a template cannot reach for anything else."""

from dataclasses import dataclass

from reable.web.portal.forms import AboutForm, AnswerForm, CheckedForm, DangerForm, MoreForm, StartForm, TapForm
from reable.web.portal.reach_form import ReachForm
from reable.web.ui.parts import Link, Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class PortalPage:
    """What all pages of the person share. `erase` leads to "delete what I told you", once there is something."""

    title: str
    help: str  # the list of dangers, always one tap away
    back: str = ""
    errors: tuple[Problem, ...] = ()
    erase: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StartPage(PortalPage):
    """The first page."""

    form: StartForm
    clinic: str = ""
    telephone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """An activity to tap."""

    id: str
    value: str
    text: str
    search: str
    checked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TileGroup:
    """Activities that belong together."""

    id: str
    name: str
    tiles: tuple[Tile, ...]

    @property
    def open(self) -> bool:
        """Test if something in it is tapped: then it must be seen."""
        return any(tile.checked for tile in self.tiles)


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyRow:
    """A part of the body to tap."""

    name: str
    value: str
    checked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TapPage(PortalPage):
    """The first page without typing."""

    form: TapForm
    groups: tuple[TileGroup, ...]
    body: tuple[BodyRow, ...]
    child: bool
    other_list: str  # the same page for the other age

    @property
    def body_open(self) -> bool:
        """Test if a part of the body is tapped."""
        return any(row.checked for row in self.body)


@dataclass(frozen=True, slots=True, kw_only=True)
class AboutPage(PortalPage):
    """A few facts."""

    form: AboutForm
    for_other: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DangerPage(PortalPage):
    """The checklist of dangers."""

    form: DangerForm


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionPage(PortalPage):
    """One question."""

    form: AnswerForm
    number: int  # which question this is; 0 for questions about danger, which are not counted
    most: int  # how many there can be at most
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """One thing that was understood, and how it can be put right."""

    key: str
    words: str
    name: str
    how: str  # limited, wanted, fine, past, other_person, hypothetical
    side: str
    taken_back: bool
    can_turn: bool  # a side makes sense


@dataclass(frozen=True, slots=True, kw_only=True)
class UnderstoodPage(PortalPage):
    """What we understood."""

    statement: str
    spans: tuple[tuple[int, int], ...]
    private: bool
    items: tuple[Understood, ...]
    tapped: tuple[str, ...]
    checked: tuple[str, ...]
    foreign: bool
    form: MoreForm
    action: str
    go_on: str
    about: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedPage(PortalPage):
    """Whether a clinician has looked at a danger."""

    form: CheckedForm
    name: str
    danger: str  # back to the danger page
    refused: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReachPage(PortalPage):
    """Whether and how it is safe to make contact (S13). Without a form no clinic can see what was told."""

    form: ReachForm | None
    kept: bool
    exit: str
    private: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """A heading with lines below it."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RecommendationPage(PortalPage):
    """The answer."""

    headline: str
    more: tuple[str, ...]
    doctor: Lines | None  # see a doctor first, or tell the doctor
    because: Lines | None
    side_by_side: tuple[Lines, ...]
    difference: Lines
    other: Lines | None
    also: Lines | None
    sure: Lines | None
    danger: Lines
    first_visit: Lines
    to_bring: Lines
    notes: tuple[str, ...]
    set_aside: tuple[str, ...]
    bookable: bool
    book: str
    telephone: str
    letter: str
    pdf: str
    link: str
    understood: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterPage(PortalPage):
    """One page for the doctor, to print."""

    spoke: str
    said: str
    sections: tuple[Lines, ...]
    asked: tuple[tuple[str, str], ...]
    made_on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkPage(PortalPage):
    """A way back without an account."""

    action: str
    address: str  # only right after it was made
    qr: str
    days: int
    refused: bool  # private: no link is made
    proxy: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasePage(PortalPage):
    """Delete what I told you."""

    action: str
    booked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DifferencePage(PortalPage):
    """PT and OT in plain words."""

    sections: tuple[Lines, ...]
    sides: tuple[Lines, ...]
    links: tuple[Link, ...]
    unsigned: bool
