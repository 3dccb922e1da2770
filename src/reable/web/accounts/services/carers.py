"""Let a carer see and change a patient's visits, and end it: by the patient's word, or as told to the front desk."""

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from reable.errors import ReableError
from reable.web.accounts.services.people import user_for_patient
from reable.web.records.actor import Actor, ActorKind, NotFound
from reable.web.records.models import Carer, Patient

RELATIONS = ("partner", "parent", "child", "relative", "friend", "care_worker", "other")
PATIENTS_WORD = "patients_word"
BY_LAW = frozenset({"parent_of_minor", "guardian", "power_of_attorney"})  # holds also if the patient cannot agree


class CannotGrant(ReableError):
    """A carer needs the patient's agreement, or a right by law."""

    code = "accounts.cannot_grant"


@dataclass(frozen=True, slots=True, kw_only=True)
class Granted:
    """A carer's access that was given; given twice, it is the same."""

    id: UUID
    user_id: UUID


@transaction.atomic
def grant_carer(
    actor: Actor, patient_id: UUID, email: str, relation: str, authority: str, patient_agrees: bool
) -> Granted:
    """Let the user of an address see and change a patient's visits.

    By the patient, or by the front desk when the patient agreed or the carer has a right by law. Both get a mail
    without any name or health content. Raises: NotFound, CannotGrant.
    """
    patient, by_patient = _mine(actor, patient_id)
    _check(email, relation, authority, agrees=patient_agrees, by_patient=by_patient)
    address = email.strip().lower()
    user_id = user_for_patient(address, "")
    if user_id == patient.user_id:
        raise CannotGrant(_("This is the patient's own address. Give the address of the person who helps."))
    row = Carer.objects.filter(patient=patient, user_id=user_id, revoked_at__isnull=True).first()
    if row is None:
        row = Carer.objects.create(
            patient=patient,
            user_id=user_id,
            relation=relation,
            authority=authority,
            patient_agrees=patient_agrees,
            granted_at=timezone.now(),
        )
        told = "" if by_patient else patient.email
        transaction.on_commit(lambda: _tell(address, told, patient.language), robust=True)
    return Granted(id=row.id, user_id=user_id)


@transaction.atomic
def revoke_carer(actor: Actor, carer_id: UUID) -> None:
    """End a carer's access at once; the carer is not told. By the patient or the front desk. Raises: NotFound."""
    row = Carer.objects.select_related("patient").filter(id=carer_id, revoked_at__isnull=True).first()
    if row is None:
        raise NotFound
    _mine(actor, row.patient_id)
    Carer.objects.filter(id=row.id).update(revoked_at=timezone.now())


def _mine(actor: Actor, patient_id: UUID) -> tuple[Patient, bool]:
    """Give the patient, and whether the actor is that patient; a carer is not: they cannot pass their access on."""
    row = Patient.objects.filter(id=patient_id, erased_at__isnull=True).first()
    if row is None:
        raise NotFound
    by_patient = actor.user_id is not None and row.user_id == actor.user_id
    front_desk = actor.clinic_id == row.clinic_id and ActorKind.FRONT_DESK in actor.kinds
    if not (by_patient or front_desk):
        raise NotFound
    actor.reads(patients=[row.id])
    return row, by_patient


def _check(email: str, relation: str, authority: str, *, agrees: bool, by_patient: bool) -> None:
    if relation not in RELATIONS:
        raise CannotGrant(f"'{relation}' is not a relation that is known here.")
    if authority != PATIENTS_WORD and (by_patient or authority not in BY_LAW):
        raise CannotGrant(f"'{authority}' is not an authority that can be given here.")
    if not agrees and authority not in BY_LAW:
        raise CannotGrant(_("The patient does not agree. Ask the patient first."))
    if not email.strip():
        raise CannotGrant(_("Write the e-mail address of the person who helps."))


def _tell(carer: str, patient: str, language: str) -> None:
    site = getattr(settings, "REABLE_ADDRESS", "http://127.0.0.1:8000").rstrip("/")
    address = site + reverse("account_login")
    text = render_to_string("accounts/email/carer.txt", {"address": address})
    send_mail(_("You can now help with visits"), text, None, [carer])
    if patient:
        with override(language):
            text = render_to_string("accounts/email/carer_added.txt", {"address": address})
            send_mail(_("Somebody can now see your visits"), text, None, [patient])
