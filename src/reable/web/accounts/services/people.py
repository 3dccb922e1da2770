"""Users of patients and carers: they sign in with a code by e-mail, and see their visits once the code proved it."""

from uuid import UUID

from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from reable.web.accounts.models import User
from reable.web.records.models import Inquiry, Patient
from reable.web.records.selectors.inquiries import state_of

_USER_KEY = "_auth_user_id"  # Django's key for it in a session


def add_user(email: str, name: str, *, password: str | None = None, proven: bool = False) -> User:
    """Make a user with their address; `proven` if they showed that they read its mail. Raises: IntegrityError."""
    with transaction.atomic():
        user = User.objects.create_user(email, password, name=" ".join(name.split())[:120])
        EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=proven)
    return user


def user_for_patient(email: str, name: str) -> UUID:
    """Give the user with this address, or make one without a password.

    This gives access to nothing: a patient is linked to the user only once a code sent there was typed in.
    """
    address = email.strip().lower()
    found = User.objects.filter(email=address).values_list("id", flat=True).first()
    if found is not None:
        return found
    try:
        return add_user(address, name).id
    except IntegrityError:  # somebody was quicker
        return User.objects.values_list("id", flat=True).get(email=address)


def user_for_code(email: str) -> None:
    """Make a user for an address that asks for a code, if a patient gave that address when they booked."""
    address = email.strip().lower()
    if User.objects.filter(email=address).exists():
        return
    name = _waiting_for_user(address).order_by("since").values_list("name", flat=True).first()
    if name is not None:
        user_for_patient(address, name)


def prove_address(user: User, email: str) -> None:
    """Note that the user reads the mail of this address of theirs."""
    if email.strip().lower() == user.email:
        EmailAddress.objects.update_or_create(
            user=user,
            email=user.email,
            defaults={"verified": True},
            create_defaults={"verified": True, "primary": True},
        )


@transaction.atomic
def link_patients_on_sign_in(user: User) -> frozenset[UUID]:
    """Give a user the patients of any clinic who gave the user's proven address and belong to nobody yet.

    Call it only when a code that was sent to the address was typed in just now: an address that was proven long ago
    may belong to somebody else today. Patients for whom somebody else asked are left out, and those whose carer the
    user is or was: the address is the helper's, and a helper becomes a carer only by the patient's word (S30).
    """
    if not EmailAddress.objects.filter(user=user, email=user.email, verified=True).exists():
        return frozenset()
    rows = _waiting_for_user(user.email).exclude(carers__user=user)
    own = frozenset(row.id for row in rows if not _asked_by_somebody_else(row))
    Patient.objects.filter(id__in=own, user__isnull=True).update(user=user)
    return own


def sign_out_everywhere(user_id: UUID, *, but: str | None = None) -> int:
    """End the user's sign-ins on all devices, except the session with the key `but`; gives how many ended.

    It opens every live session of the deployment to look whose it is: about a second for 20,000 of them.
    """
    ended = 0
    for session in Session.objects.filter(expire_date__gt=timezone.now()).exclude(pk=but).iterator(chunk_size=500):
        if session.get_decoded().get(_USER_KEY) == str(user_id):
            session.delete()
            ended += 1
    return ended


def _waiting_for_user(address: str) -> QuerySet[Patient]:
    return Patient.objects.filter(email__iexact=address, user__isnull=True, erased_at__isnull=True)


def _asked_by_somebody_else(patient: Patient) -> bool:
    booked = patient.bookings.values_list("inquiry_id", flat=True)
    waits = patient.waiting.values_list("inquiry_id", flat=True)
    inquiries = Inquiry.objects.filter(id__in={id_ for id_ in (*booked, *waits) if id_ is not None})
    return any(state_of(inquiry).relation for inquiry in inquiries)
