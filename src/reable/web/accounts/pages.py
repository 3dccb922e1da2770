"""What each page of accounts holds: frozen values, so that a template cannot reach for anything else."""

from dataclasses import dataclass
from datetime import datetime

from django.forms import BaseForm

from reable.web.ui.parts import Link, Problem, Row, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountPage:
    """What all pages of accounts share; `next` is where one goes afterwards, if something asked for that."""

    title: Text
    back: str = ""
    errors: tuple[Problem, ...] = ()
    next: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormPage(AccountPage):
    """A page with one form."""

    form: BaseForm
    action: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoPerson:
    """Somebody to sign in as in the demo."""

    id: str
    name: str
    role: str
    clinic_id: str
    clinic: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInPage(AccountPage):
    """The ways in: a code by mail, a passkey, a password."""

    form: BaseForm
    code_form: BaseForm
    timed_out: bool
    minutes: int
    people: tuple[DemoPerson, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CodePage(FormPage):
    """The code that was sent to an address is typed in."""

    email: str
    minutes: int
    can_resend: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondStepPage(AccountPage):
    """The second step of a sign-in, or the same again before something important."""

    form: BaseForm | None
    options: str = ""  # for a passkey, as JSON; empty without one
    password: bool = False  # the form asks for the password
    others: tuple[Link, ...] = ()
    again: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class EmailPage(FormPage):
    """One's address, and the one it is about to become."""

    current: str
    pending: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmPage(AccountPage):
    """Is this your address?"""

    email: str
    action: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FactorsPage(AccountPage):
    """The second steps of an account."""

    rows: tuple[Row, ...]
    secured: bool
    needed: bool  # for staff
    work: str  # back to one's work


@dataclass(frozen=True, slots=True, kw_only=True)
class AppPage(FormPage):
    """An app is connected."""

    qr: str
    secret: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CodesPage(AccountPage):
    """Recovery codes."""

    codes: tuple[str, ...]
    work: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AddKeyPage(FormPage):
    """A passkey is made."""

    options: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KeysPage(AccountPage):
    """One's passkeys."""

    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SetUpPage(AccountPage):
    """Staff choose their second step."""

    minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ClinicButton:
    """A clinic one works in."""

    id: str
    name: str
    current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class HomePage(AccountPage):
    """One's account."""

    rows: tuple[Row, ...]
    clinics: tuple[ClinicButton, ...]
    demo_staff: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class UnsentPage(AccountPage):
    """A form that was sent too late."""

    fields: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationPage(AccountPage):
    """An invitation: who invites, to what, and what can be done with it."""

    clinic: str
    role: Text
    email: str
    form: BaseForm | None  # for a new person
    can_accept: bool  # signed in with the invited address
    sign_in: str  # for somebody who has an account
    sign_out: bool  # signed in with another address


@dataclass(frozen=True, slots=True, kw_only=True)
class CarerRow:
    """Somebody who may see and change one's visits."""

    name: str
    relation: Text
    since: datetime
    end: str
    by_law: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CareredClinic:
    """The carers at one clinic."""

    clinic: str
    carers: tuple[CarerRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CarersPage(AccountPage):
    """Who helps me."""

    clinics: tuple[CareredClinic, ...]
    add: str
    exit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EndCarerPage(AccountPage):
    """One carer's access is about to end."""

    name: str
    exit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AddCarerPage(FormPage):
    """One carer is added."""

    exit: str
