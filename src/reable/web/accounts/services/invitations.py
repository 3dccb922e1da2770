"""Invite somebody to a role in a clinic, and take an invitation up. The link's secret is kept as a digest only."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from secrets import token_urlsafe
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import send_mail
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from reable.errors import ReableError
from reable.web.accounts.models import Invitation, Membership, RoleName, User
from reable.web.accounts.services.memberships import managers_of
from reable.web.accounts.services.people import add_user, prove_address
from reable.web.records.actor import Actor, ActorKind, NotFound
from reable.web.records.models import Clinic

VALID_DAYS = 7
BY_PERSONS = frozenset(RoleName) - {RoleName.INTEGRATION}  # a connected system does not read mail


class CannotInvite(ReableError):
    """This invitation makes no sense."""

    code = "accounts.cannot_invite"


class NotATherapist(CannotInvite):
    """What is told in confidence is for somebody licensed who works there (S13)."""

    code = "accounts.not_a_therapist"

    def __init__(self) -> None:
        super().__init__(
            _("The safeguarding clinician must be a physical or occupational therapist of this clinic."),
            hint="Invite them as a therapist first. Once they have taken that up, invite them to this role as well.",
        )


class AddressDiffers(ReableError):
    """An invitation is taken up by whoever reads the mail of the invited address, and by nobody else."""

    code = "accounts.address_differs"

    def __init__(self) -> None:
        super().__init__("This invitation was sent to another address.", hint="Sign out, then open the link again.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Invited:
    """An invitation that was sent; who sent it never sees its link."""

    id: UUID
    email: str
    role: RoleName
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstInvited:
    """The invitation of a first manager. The operator may hand its link over where no mail is really sent."""

    invited: Invited
    link: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPerson:
    """Somebody without an account; without a password they sign in with a passkey or a code."""

    name: str
    password: str | None = None


@transaction.atomic
def invite(actor: Actor, email: str, role: str, *, now: datetime | None = None) -> Invited:
    """Send somebody an invitation to a role in the actor's clinic; an earlier one to that role ends.

    Raises: NotAllowed (for managers only), Unscoped, CannotInvite.
    """
    manager, *_others = managers_of(actor)
    now = now or timezone.now()
    address = email.strip().lower()
    if role not in BY_PERSONS:
        raise CannotInvite(f"'{role}' is not a role that a person can be invited to.")
    if _live(address, actor.clinic, role).exists():
        raise CannotInvite(_("This person already has this role here."))
    if role == RoleName.SAFEGUARDING and not _is_therapist(address, actor.clinic):
        raise NotATherapist
    return _invited(actor.clinic, address, RoleName(role), by=manager, now=now)[0]


@transaction.atomic
def invite_first_manager(actor: Actor, email: str, *, now: datetime | None = None) -> FirstInvited:
    """Invite who will manage a clinic that nobody manages, as an operator with an account; the mail goes out as usual.

    Whoever was invited to it before is so no more: the address may have been mistyped.
    Raises: NotAllowed (for the operator only), Unscoped, CannotInvite.
    """
    actor.must_be(ActorKind.OPERATOR, to="invite a first manager")
    address = email.strip().lower()
    try:
        validate_email(address)
    except ValidationError as error:
        raise CannotInvite("The first manager's e-mail address cannot be read, such as name@example.org.") from error
    if Membership.objects.filter(clinic_id=actor.clinic, role=RoleName.MANAGER, revoked_at__isnull=True).exists():
        raise CannotInvite("This clinic has a manager already, who invites everybody else on the page Staff.")
    if actor.user_id is None:
        raise CannotInvite("Only an operator with an account can invite.")
    now = now or timezone.now()
    open_invitations(now).filter(clinic_id=actor.clinic, role=RoleName.MANAGER).update(revoked_at=now)
    invited, secret = _invited(actor.clinic, address, RoleName.MANAGER, by=actor.user_id, now=now)
    return FirstInvited(invited=invited, link=_link(secret))


def _invited(clinic_id: UUID, address: str, role: RoleName, *, by: UUID, now: datetime) -> tuple[Invited, str]:
    """Write the invitation and let its mail go out; gives its secret, which is kept nowhere."""
    open_ = Invitation.objects.filter(
        clinic_id=clinic_id, email=address, role=role, accepted_at__isnull=True, revoked_at__isnull=True
    )
    open_.update(revoked_at=now)
    secret = token_urlsafe(24)
    row = Invitation.objects.create(
        clinic_id=clinic_id,
        email=address,
        role=role,
        digest=digest_of(secret),
        invited_by_id=by,
        invited_at=now,
        expires_at=now + timedelta(days=VALID_DAYS),
    )
    clinic = Clinic.objects.values_list("name", flat=True).get(id=clinic_id)
    transaction.on_commit(lambda: _send(address, clinic, secret))
    return Invited(id=row.id, email=address, role=role, expires_at=row.expires_at), secret


@transaction.atomic
def revoke(actor: Actor, invitation_id: UUID) -> None:
    """Take back an invitation that nobody took up. Raises: NotAllowed, Unscoped, NotFound."""
    managers_of(actor)
    rows = Invitation.objects.filter(
        id=invitation_id, clinic_id=actor.clinic, accepted_at__isnull=True, revoked_at__isnull=True
    )
    if not rows.update(revoked_at=timezone.now()):
        raise NotFound


@transaction.atomic
def accept(secret: str, *, by: UUID | None = None, new: NewPerson | None = None, now: datetime | None = None) -> User:
    """Take an invitation up, as a user who is signed in or as a new person; gives the user.

    Raises: NotFound (wrong, expired, used, taken back, or a new person whose address has an account),
    AddressDiffers (the user has another address).
    """
    now = now or timezone.now()
    row = open_invitations(now).select_for_update().filter(digest=digest_of(secret)).first()
    if row is None:
        raise NotFound("invitation")
    if row.role == RoleName.SAFEGUARDING and not _is_therapist(row.email, row.clinic_id):
        raise NotFound("invitation")  # they work there as a therapist no more
    user = _new_user(row.email, new) if by is None else User.objects.get(id=by)
    if user.email != row.email:
        raise AddressDiffers
    prove_address(user, row.email)
    if not _live(row.email, row.clinic_id, row.role).exists():
        Membership.objects.create(user=user, clinic_id=row.clinic_id, role=row.role, since=now)
    Invitation.objects.filter(id=row.id).update(accepted_at=now)
    return user


def open_invitations(now: datetime) -> QuerySet[Invitation]:
    """Give the invitations that can be taken up."""
    return Invitation.objects.filter(accepted_at__isnull=True, revoked_at__isnull=True, expires_at__gt=now)


def digest_of(secret: str) -> str:
    """Hash the secret of an invitation's link: the database alone cannot open it."""
    return sha256(secret.encode()).hexdigest()


def _live(address: str, clinic_id: UUID, role: str) -> QuerySet[Membership]:
    return Membership.objects.filter(user__email=address, clinic_id=clinic_id, role=role, revoked_at__isnull=True)


def _is_therapist(address: str, clinic_id: UUID) -> bool:
    return any(_live(address, clinic_id, role).exists() for role in (RoleName.PT, RoleName.OT))


def _new_user(address: str, new: NewPerson | None) -> User:
    if new is None:
        raise NotFound("invitation")
    try:
        return add_user(address, new.name, password=new.password, proven=True)
    except IntegrityError as error:  # there is an account: whoever has it signs in first
        raise NotFound("invitation") from error


def _send(address: str, clinic: str, secret: str) -> None:
    context = {"clinic": clinic, "link": _link(secret), "days": VALID_DAYS}
    text = render_to_string("accounts/email/invitation.txt", context)
    send_mail(_("You are invited to work with %(clinic)s") % {"clinic": clinic}, text, None, [address])


def _link(secret: str) -> str:
    site = getattr(settings, "REABLE_ADDRESS", "http://127.0.0.1:8000").rstrip("/")
    return f"{site}{reverse('accounts:invitation', args=[secret])}"
