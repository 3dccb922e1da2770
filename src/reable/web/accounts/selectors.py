"""What the pages of accounts show: demo accounts, an invitation, who works in a clinic, who cares for whom."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.utils import timezone

from reable.web.accounts.models import Invitation, Membership, RoleName, User
from reable.web.accounts.services.invitations import digest_of, open_invitations
from reable.web.records.actor import Actor, ActorKind, NotFound
from reable.web.records.models import Carer, Clinic, Patient

_MOST_DEMO_PATIENTS = 3
_SECOND = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoAccount:
    """Somebody made up whom a visitor of the demo can sign in as."""

    user_id: UUID
    name: str
    roles: tuple[str, ...]  # values of RoleName, or patient, carer
    clinic_id: UUID
    clinic: str


def demo_accounts() -> tuple[DemoAccount, ...]:
    """Give whom one can sign in as: everybody who works in a demo clinic, a few patients and carers of it."""
    found: dict[tuple[UUID, UUID], DemoAccount] = {}

    def add(user: User | None, clinic: Clinic, role: str) -> None:
        if user is None:
            return
        before = found.get((user.id, clinic.id))
        roles = (*before.roles, role) if before else (role,)
        found[user.id, clinic.id] = DemoAccount(
            user_id=user.id, name=str(user), roles=tuple(dict.fromkeys(roles)), clinic_id=clinic.id, clinic=clinic.name
        )

    rows = Membership.objects.filter(clinic__is_demo=True, revoked_at__isnull=True, user__is_active=True)
    for row in rows.select_related("user", "clinic").order_by("clinic__name", "since", "user__name", "role"):
        add(row.user, row.clinic, row.role)
    patients = Patient.objects.filter(clinic__is_demo=True, user__is_active=True, erased_at__isnull=True)
    for patient in patients.select_related("user", "clinic").order_by("name", "id")[:_MOST_DEMO_PATIENTS]:
        add(patient.user, patient.clinic, "patient")
    carers = Carer.objects.filter(patient__clinic__is_demo=True, revoked_at__isnull=True, user__is_active=True)
    for carer in carers.select_related("user", "patient__clinic").order_by("user__name", "id")[:_MOST_DEMO_PATIENTS]:
        add(carer.user, carer.patient.clinic, "carer")
    return tuple(found.values())


def demo_account(user_id: UUID, clinic_id: UUID) -> DemoAccount:
    """Give one of them. Raises: NotFound for everybody else."""
    for account in demo_accounts():
        if (account.user_id, account.clinic_id) == (user_id, clinic_id):
            return account
    raise NotFound


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """How somebody signs in."""

    id: UUID
    name: str
    email: str
    has_password: bool


def account_of(user_id: UUID) -> Account:
    """Give the account of who is signed in. Raises: NotFound."""
    user = user_by_id(user_id)
    return Account(id=user.id, name=user.name, email=user.email, has_password=user.has_usable_password())


def user_by_id(user_id: UUID) -> User:
    """Give a user, for signing in as them. Raises: NotFound."""
    user = User.objects.filter(id=user_id, is_active=True).first()
    if user is None:
        raise NotFound
    return user


def operators() -> Mapping[str, UUID]:
    """Give who has an operator's account, by e-mail address."""
    return dict(User.objects.filter(is_superuser=True, is_active=True).order_by("email").values_list("email", "id"))


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationCard:
    """What somebody sees who opened the link of an invitation."""

    clinic: str
    role: RoleName
    email: str
    expires_at: datetime
    has_account: bool


def invitation_by_secret(secret: str) -> InvitationCard:
    """Give an invitation that can be taken up. Raises: NotFound for wrong, expired, used and revoked ones."""
    row = open_invitations(timezone.now()).select_related("clinic").filter(digest=digest_of(secret)).first()
    if row is None:
        raise NotFound("invitation")
    return InvitationCard(
        clinic=row.clinic.name,
        role=RoleName(row.role),
        email=row.email,
        expires_at=row.expires_at,
        has_account=User.objects.filter(email=row.email).exists(),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffRole:
    """One role of somebody who works in a clinic."""

    membership_id: UUID
    user_id: UUID
    name: str
    email: str
    role: RoleName
    since: datetime
    has_second_factor: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenInvitation:
    """An invitation that waits for its answer."""

    id: UUID
    email: str
    role: RoleName
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffList:
    """Who works in a clinic, and who was asked to."""

    roles: tuple[StaffRole, ...]
    invitations: tuple[OpenInvitation, ...]


def staff_list(actor: Actor) -> StaffList:
    """Give the roles and open invitations of the actor's clinic, for its managers. Raises: NotAllowed, Unscoped."""
    actor.must_be(ActorKind.MANAGER, to="see who works here")
    live = Membership.objects.filter(clinic_id=actor.clinic, revoked_at__isnull=True).select_related("user")
    rows = list(live.order_by("user__name", "user__email", "role"))
    users = {row.user_id for row in rows}
    secured = set(Authenticator.objects.filter(user__in=users, type__in=_SECOND).values_list("user_id", flat=True))
    invited = open_invitations(timezone.now()).filter(clinic_id=actor.clinic).order_by("invited_at")
    return StaffList(
        roles=tuple(_role(row, row.user_id in secured) for row in rows), invitations=tuple(map(_open, invited))
    )


def _role(row: Membership, has_second_factor: bool) -> StaffRole:
    return StaffRole(
        membership_id=row.id,
        user_id=row.user_id,
        name=str(row.user),
        email=row.user.email,
        role=RoleName(row.role),
        since=row.since,
        has_second_factor=has_second_factor,
    )


def _open(row: Invitation) -> OpenInvitation:
    return OpenInvitation(id=row.id, email=row.email, role=RoleName(row.role), expires_at=row.expires_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClinicChoice:
    """A clinic somebody works in."""

    id: UUID
    name: str
    current: bool


def clinics_of(actor: Actor) -> tuple[ClinicChoice, ...]:
    """Give the clinics the actor works in; one of them is chosen in this session."""
    live = Membership.objects.filter(user_id=actor.user_id, revoked_at__isnull=True) if actor.user_id else ()
    names = dict(live.order_by("clinic__name").values_list("clinic_id", "clinic__name")) if live else {}
    return tuple(ClinicChoice(id=id_, name=name, current=id_ == actor.clinic_id) for id_, name in names.items())


@dataclass(frozen=True, slots=True, kw_only=True)
class CarerCard:
    """Somebody who may see and change a patient's visits."""

    id: UUID
    name: str
    email: str
    relation: str
    authority: str
    granted_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnPatient:
    """A patient who the actor is, in one clinic, with their carers."""

    id: UUID
    name: str
    clinic: str
    carers: tuple[CarerCard, ...]


def own_patients(actor: Actor) -> tuple[OwnPatient, ...]:
    """Give whom the actor is a patient as; those they care for are left out."""
    if actor.user_id is None:
        return ()
    rows = Patient.objects.filter(user_id=actor.user_id, erased_at__isnull=True).select_related("clinic")
    found = tuple(rows.order_by("clinic__name", "name", "id"))
    actor.reads(patients=[row.id for row in found])
    return tuple(OwnPatient(id=row.id, name=row.name, clinic=row.clinic.name, carers=_carers(row)) for row in found)


def carers_of_patient(actor: Actor, patient_id: UUID) -> tuple[CarerCard, ...]:
    """Give a patient's carers, for the front desk. Raises: NotFound, NotAllowed, Unscoped."""
    actor.must_be(ActorKind.FRONT_DESK, to="see who helps a patient")
    row = Patient.objects.filter(id=patient_id, clinic_id=actor.clinic, erased_at__isnull=True).first()
    if row is None:
        raise NotFound
    actor.reads(patients=[row.id])
    return _carers(row)


def _carers(patient: Patient) -> tuple[CarerCard, ...]:
    live = patient.carers.filter(revoked_at__isnull=True).select_related("user").order_by("granted_at")
    return tuple(
        CarerCard(
            id=row.id,
            name=row.user.name,
            email=row.user.email,
            relation=row.relation,
            authority=row.authority,
            granted_at=row.granted_at,
        )
        for row in live
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Factors:
    """The second steps that a user has set up."""

    app: bool
    keys: int
    codes: bool

    @property
    def any(self) -> bool:
        """Test if one of them guards the account; recovery codes alone do not."""
        return self.app or self.keys > 0


def factors_of(user_id: UUID) -> Factors:
    """Give the second steps of a user."""
    types = list(Authenticator.objects.filter(user_id=user_id).values_list("type", flat=True))
    return Factors(
        app=Authenticator.Type.TOTP in types,
        keys=types.count(Authenticator.Type.WEBAUTHN),
        codes=Authenticator.Type.RECOVERY_CODES in types,
    )
