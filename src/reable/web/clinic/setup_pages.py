"""What each page holds on which the clinic is set up: working hours, places, rules, texts, staff; and the numbers."""

from dataclasses import dataclass
from datetime import date, time

from reable.web.clinic.pages import ClinicPage
from reable.web.clinic.setup_forms import (
    ClosedDayForm,
    HoursForm,
    InviteForm,
    OpenHoursForm,
    OtherDayForm,
    PlaceForm,
    ProfileForm,
    RoomForm,
    SinceForm,
    TextsForm,
    VisitTypesForm,
)
from reable.web.ui.parts import Link, Table, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class TherapistsPage(ClinicPage):
    """Whose hours one may change."""

    therapists: tuple[tuple[Link, Text, Text], ...]
    is_manager: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WeeklyLine:
    """Weekly hours."""

    weekday: Text
    starts: time
    ends: time
    where: str
    first: date
    last: date | None
    notes: tuple[str, ...]
    end: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DayLine:
    """A day that differs."""

    on: date
    starts: time | None
    ends: time | None
    place: str
    reason: str
    remove: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HoursPage(ClinicPage):
    """A therapist's hours."""

    weekly: tuple[WeeklyLine, ...]
    other: tuple[DayLine, ...]
    form: HoursForm
    day_form: OtherDayForm
    zone: str
    has_places: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number with what it counts; `href` leads to the rows behind it."""

    number: Text
    what: Text
    href: str = ""
    more: Text = ""
    late: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OverviewPage(ClinicPage):
    """The numbers of the clinic."""

    form: SinceForm
    since: date
    now: tuple[Figure, ...]
    waits: tuple[Figure, ...]
    visits: tuple[Figure, ...]
    agreement: Table | None
    decisions: str
    spans: tuple[Link, ...]
    unready: tuple[Link, ...]  # what safeguarding lacks


@dataclass(frozen=True, slots=True, kw_only=True)
class RowsPage(ClinicPage):
    """The rows behind a number."""

    since: date
    table: Table | None
    nothing: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceCard:
    """A place in the list."""

    href: str
    name: str
    address: str
    facts: tuple[Text, ...]
    closed: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacesPage(ClinicPage):
    """The places of the clinic."""

    places: tuple[PlaceCard, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Removable:
    """A line with a button that takes it away."""

    text: Text
    remove: str
    note: Text = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacePage(ClinicPage):
    """One place; a new one has no rooms and hours yet."""

    form: PlaceForm
    is_new: bool
    closed: date | None
    rooms: tuple[Removable, ...]
    room_form: RoomForm
    hours: tuple[Removable, ...]
    hours_form: OpenHoursForm
    close: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmPage(ClinicPage):
    """A second thought before something that cannot be taken back."""

    lines: tuple[Text, ...]
    button: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedDaysPage(ClinicPage):
    """Days on which something is closed."""

    days: tuple[Removable, ...]
    form: ClosedDayForm


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitTypesPage(ClinicPage):
    """Lengths of visits and referral rules."""

    form: VisitTypesForm


@dataclass(frozen=True, slots=True, kw_only=True)
class TextsPage(ClinicPage):
    """The clinic's texts and numbers."""

    form: TextsForm
    clinic: str
    unready: tuple[Link, ...]  # what safeguarding lacks


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleLine:
    """A role of somebody, with what can be done about it."""

    name: Text
    since: date
    end: str
    profile: str  # where to set for what they can be booked
    bookable: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffCard:
    """Somebody who works here."""

    name: str
    email: str
    secured: bool
    roles: tuple[RoleLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffPage(ClinicPage):
    """Who works here, and who is invited."""

    people: tuple[StaffCard, ...]
    invited: tuple[Removable, ...]
    form: InviteForm


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfilePage(ClinicPage):
    """For what a therapist can be booked."""

    form: ProfileForm
