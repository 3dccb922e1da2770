"""What the pages about booking hold."""

from dataclasses import dataclass

from reable.web.booking.choice import VisitLine
from reable.web.booking.forms import ContactForm, TimeForm, WishForm
from reable.web.portal.booking_forms import ClinicForm
from reable.web.portal.pages import PortalPage
from reable.web.ui.parts import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place of the clinic, for the list that a browser can sort by distance."""

    value: str
    name: str
    latitude: str
    longitude: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BookPage(PortalPage):
    """Where and in which language."""

    form: WishForm | ClinicForm
    clinic: str
    telephone: str
    advice: str  # the recommendation in one line
    find: str = ""  # the clinic's own words: where it is, and what when it is closed
    closed: str = ""
    places: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TimesPage(PortalPage):
    """Free times to choose from, or why there are none."""

    form: TimeForm | None
    taken: bool
    telephone: str
    why_not: tuple[str, ...]
    closed: str
    call_needed: bool
    paired: bool
    later: str
    sooner: str
    letter: str
    wait: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactPage(PortalPage):
    """How to reach the person."""

    form: ContactForm
    form_key: str
    chosen: tuple[VisitLine, ...]
    telephone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BookedVisit:
    """A visit with what can be done about it."""

    line: VisitLine
    state: Text
    move: str
    cancel: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BookedPage(PortalPage):
    """The confirmation, and the page that the link in the e-mail opens."""

    fresh: bool
    name: str
    clinic: str
    visits: tuple[BookedVisit, ...]
    calendar: str
    link: str  # only right after booking
    link_is_open: bool
    end_link: str
    reminded: tuple[str, ...]
    bring: tuple[str, ...]
    find: str
    late: str  # empty: the standard sentence
    closed: str
    telephone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelledPage(PortalPage):
    """A visit was cancelled."""

    line: VisitLine
    telephone: str
    again: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MovePage(PortalPage):
    """Another time for a visit."""

    form: TimeForm | None
    taken: bool
    line: VisitLine
    later: str
    telephone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitPage(PortalPage):
    """Join the waiting list."""

    form: ContactForm
    what: str
    telephone: str
    closed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferPage(PortalPage):
    """On the waiting list; a freed time is offered here."""

    line: VisitLine | None
    until: str
    what: str
    clinic: str
    late: bool
    telephone: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitsPage(PortalPage):
    """All bookings of who is signed in, or who holds their links."""

    bookings: tuple[tuple[str, str, tuple[BookedVisit, ...]], ...]  # address, name, visits
