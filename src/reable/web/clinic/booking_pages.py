"""What the pages hold on which staff book for somebody who calls."""

from dataclasses import dataclass
from datetime import datetime

from reable.web.booking.choice import VisitLine
from reable.web.clinic.booking_forms import AskForm, CallerForm, CallTimeForm, DayForm, FindForm, VisitForm
from reable.web.clinic.pages import ClinicPage
from reable.web.danger_words import DangerWords
from reable.web.ui.parts import Row, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class CallerCard:
    """Somebody who may be the one who calls; enough to tell two of the same name apart."""

    name: str
    href: str
    follow: str  # straight to the next visit
    facts: tuple[Text, ...]
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class FindPage(ClinicPage):
    """Who calls?"""

    form: FindForm
    searched: bool
    found: tuple[CallerCard, ...]
    more: int
    new: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CallPage(ClinicPage):
    """What all pages share once it is known who calls."""

    who: str  # the name of a patient who is known


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitPage(CallPage):
    """What is booked."""

    form: VisitForm


@dataclass(frozen=True, slots=True, kw_only=True)
class AskPage(CallPage):
    """Danger, read aloud."""

    form: AskForm
    lang: str  # in which the questions stand
    more: bool  # the answers so far lead to further questions
    clinicians: tuple[str, ...]  # whom to tell what is heard of abuse


@dataclass(frozen=True, slots=True, kw_only=True)
class SayNowPage(ClinicPage):
    """What to say now, instead of booking."""

    dangers: tuple[DangerWords, ...]  # read aloud; none where abuse alone was told of, and nobody is in danger now
    lang: str
    private: bool  # it was told of abuse: what was written down is kept for `clinicians` alone
    clinicians: tuple[str, ...]
    schedule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CallTimesPage(CallPage):
    """Free times."""

    form: CallTimeForm | None
    days: DayForm
    kept: tuple[tuple[str, str], ...]  # what the choice of a day keeps of the address
    notes: tuple[Text, ...]  # what the referral rule asks for
    taken: bool
    paired: bool
    why_not: tuple[Text, ...]
    later: str
    sooner: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmPage(CallPage):
    """Say it once more, ask how to reach them, and book."""

    form: CallerForm
    form_key: str
    chosen: tuple[VisitLine, ...]
    facts: tuple[Row, ...]
    notes: tuple[Text, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BookedPage(ClinicPage):
    """It is booked: what to say before they hang up."""

    visits: tuple[VisitLine, ...]
    told: Text
    lang: str
    texts: tuple[tuple[Text, str], ...]  # the clinic's own, to read aloud
    patient: str
    schedule: str
