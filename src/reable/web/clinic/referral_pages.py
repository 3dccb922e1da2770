"""What each page about referrals holds."""

from dataclasses import dataclass
from datetime import date, datetime

from reable.web.clinic.forms import ClearForm, LetterForm, ReasonForm, ReferralForm
from reable.web.clinic.pages import ActButton, ClinicPage, Tag
from reable.web.ui.parts import Pager, Row, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralCard:
    """A referral in the list."""

    href: str
    name: str
    discipline: Text
    state: Text
    physician: str
    owner: Text
    due: date | None
    overdue: bool
    is_mine: bool
    priority: Tag | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralsPage(ClinicPage):
    """The list of referrals."""

    referrals: tuple[ReferralCard, ...]
    total: int
    overdue: int
    other: str  # the same list with or without closed ones
    with_closed: bool
    may_enter: bool
    is_physician: bool
    pager: Pager


@dataclass(frozen=True, slots=True, kw_only=True)
class NewReferralPage(ClinicPage):
    """Enter a referral, or change a draft."""

    form: ReferralForm
    for_whom: str  # a patient who is known
    may_draft: bool
    button: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryLine:
    """One step in the history of a referral."""

    at: datetime
    who: Text
    what: Text
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralPage(ClinicPage):
    """One referral."""

    facts: tuple[Row, ...]
    overdue: bool
    text: str
    withheld: bool  # the letter is for the safeguarding clinician alone; `needs` say what it asks for
    private: bool  # not read aloud, not printed
    needs: tuple[tuple[str, str], ...]
    clinicians: tuple[str, ...]  # whom to ask about what is withheld
    dangers: tuple[str, ...]
    danger_open: bool
    clear_form: ClearForm | None
    clear: str
    acts: tuple[ActButton, ...]
    letters: tuple[tuple[datetime, str, str], ...]  # when, by whom, text
    print_letter: str
    history: tuple[HistoryLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralActPage(ClinicPage):
    """Take a step that needs a reason or a second thought."""

    form: ReasonForm
    act: Text
    who: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterPage(ClinicPage):
    """Write the letter back."""

    form: LetterForm
    facts: tuple[Row, ...]
    asked: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedLetterPage(ClinicPage):
    """The letter back, to print."""

    to: str
    contact: str
    about: str
    letters: tuple[tuple[datetime, str, str], ...]
