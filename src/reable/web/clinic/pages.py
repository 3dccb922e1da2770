"""What each page of the clinic holds: frozen values, so that a template cannot reach for anything else."""

from dataclasses import dataclass
from datetime import date, datetime, time

from reable.web.clinic.forms import CancelForm, DecisionForm, MoveForm, PeopleForm, ScheduleForm
from reable.web.ui.parts import Link, Pager, Problem, Row, Table, TagColor, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What stands around every page: the sections of one's roles, the clinics one can go to, who one is."""

    sections: tuple[Link, ...]
    clinic: str
    zone: str  # in which the clinic's clock runs
    others: tuple[tuple[str, str], ...]  # id and name of the other clinics
    who: str
    roles: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClinicPage:
    """What all pages of the clinic share."""

    title: Text
    frame: Frame
    back: str = ""
    errors: tuple[Problem, ...] = ()

    @property
    def sections(self) -> tuple[Link, ...]:
        """The sections of one's roles."""
        return self.frame.sections


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """A short word in a color."""

    text: Text
    color: TagColor


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonCard:
    """Somebody on the board of new people."""

    href: str
    name: str
    asked: datetime
    facts: tuple[Text, ...]
    needs: tuple[tuple[str, str], ...]  # what is hard, and the words
    more_needs: int
    door: Text
    priority: Tag | None
    urgency: Text
    flags: tuple[str, ...]
    unasked: int
    finished: bool
    decided: tuple[Text, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PeoplePage(ClinicPage):
    """The board of new people."""

    form: PeopleForm
    people: tuple[PersonCard, ...]
    total: int
    left_out: int
    narrowed: bool
    pager: Pager


@dataclass(frozen=True, slots=True, kw_only=True)
class FlagCard:
    """A danger with all that speaks to it."""

    name: str
    urgency: Text
    open: bool
    says: tuple[Text, ...]
    sources: tuple[Text, ...]
    signed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionCard:
    """A decision that was made."""

    title: Text
    at: datetime
    by: str
    reason: str
    cleared: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonPage(ClinicPage):
    """One person, as a therapist sees them."""

    door: Text
    withheld: bool
    words: str
    spans: tuple[tuple[int, int], ...]
    facts: tuple[Row, ...]
    needs: tuple[tuple[str, str], ...]
    tapped: tuple[str, ...]
    corrected: tuple[Text, ...]
    flags: tuple[FlagCard, ...]
    asked: tuple[tuple[str, Text], ...]
    pending: tuple[str, ...]
    danger_open: bool
    recommendation: tuple[Row, ...]
    points: Table
    withdrawn: tuple[str, ...]
    versions: str
    visits: tuple[Text, ...]
    orders: tuple[tuple[str, Text], ...]  # address and words of a doctor's referral
    differs: bool  # the doctor ordered something else (S17)
    decisions: tuple[DecisionCard, ...]
    form: DecisionForm


@dataclass(frozen=True, slots=True, kw_only=True)
class ActButton:
    """Something that can be done to a visit: a form to send, or a page to go to."""

    text: Text
    href: str
    posts: bool
    main: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitCard:
    """A visit in the schedule."""

    id: str
    starts: time
    ends: time
    name: str
    href: str
    in_day: str  # where it stands in its day
    telephone: str
    discipline: Text
    therapist: str
    place: str
    room: str
    state: Tag
    acts: tuple[ActButton, ...]
    is_ot: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkedHours:
    """When somebody works on a day."""

    therapist: str
    place: str
    times: tuple[tuple[time, time], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DayColumn:
    """A day in the heading of the week."""

    on: date
    href: str
    is_today: bool
    closed: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekRow:
    """The week of one therapist: for each day the hours and the visits."""

    therapist: str
    discipline: Text
    days: tuple[tuple[tuple[WorkedHours, ...], tuple[VisitCard, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SchedulePage(ClinicPage):
    """The schedule of a day or a week."""

    form: ScheduleForm
    previous: str
    next: str
    today: str
    here: str  # where an act leads back to
    is_week: bool
    closed: tuple[str, ...]
    hours: tuple[WorkedHours, ...]
    visits: tuple[VisitCard, ...]
    columns: tuple[DayColumn, ...]
    rows: tuple[WeekRow, ...]
    zone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelPage(ClinicPage):
    """Cancel a visit."""

    form: CancelForm
    facts: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MovePage(ClinicPage):
    """Move a visit."""

    form: MoveForm
    facts: tuple[Row, ...]
    later: str
    sooner: str
    why_not: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskCard:
    """Something to do."""

    what: str
    name: str
    href: str
    reach: tuple[str, ...]
    language: Text
    role: str
    due: datetime
    late: bool
    done: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TasksPage(ClinicPage):
    """Open tasks."""

    tasks: tuple[TaskCard, ...]
    total: int
    other: str
    everybody: bool
    pager: Pager


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingCard:
    """Somebody on the waiting list."""

    name: str
    href: str
    discipline: Text
    priority: Tag
    place: str
    since: datetime
    late: bool
    offer: str
    answer_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingPage(ClinicPage):
    """The waiting list."""

    people: tuple[WaitingCard, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PatientVisit:
    """A visit of a patient."""

    when: datetime
    what: str
    state: Text
    color: TagColor
    acts: tuple[ActButton, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PatientPage(ClinicPage):
    """A patient."""

    book_next: str
    book_first: str
    facts: tuple[Row, ...]
    visits: tuple[PatientVisit, ...]
    notes: tuple[str, ...]
    told: tuple[tuple[str, str], ...]
    referrals: tuple[tuple[str, str], ...]
