"""Whether a clinic may take people yet, what it withdrew, and whose answers rest on an item (S40, S41)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast

from reable.errors import ReableError
from reable.web import core
from reable.web.records.actor import Actor, ActorKind, NotAllowed
from reable.web.records.answer_keys import ORDER, keys_of
from reable.web.records.finding import asks_in_private, is_private
from reable.web.records.models import Clinic, ClinicText, Incident, Patient, Recommendation, Signature, WithdrawnItem
from reable.web.records.selectors.people import visible_inquiries

RESIDUAL_RISK = "residual_risk"
PARTS = ("red_flags", "emergency_texts", "order_rules", RESIDUAL_RISK)
"""What must be signed at the version of the knowledge in force before a clinic takes people."""

LEADS = (ActorKind.PT, ActorKind.OT, ActorKind.MANAGER)
"""Who watches over what the clinic tells people."""

SAFEGUARDING = ("safeguarding_clinician", "safeguarding_steps")
"""What else must be there (S13): somebody named for what is told in confidence, and the clinic's steps for it."""

_MOST_ROWS = 500  # read from the database at a time


class ClinicNotLive(ReableError):
    """A clinic that has not signed what it must was asked to take people."""

    code = "web.clinic_not_live"

    def __init__(self, clinic_id: UUID | None) -> None:
        self.clinic_id = clinic_id
        super().__init__("This clinic does not take people through this site yet.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """One part and the latest signature under it; without `by_name` nobody has signed it."""

    part: str
    by_name: str
    licence: str
    at: datetime | None
    knowledge_version: str
    in_force: bool  # signed at the version that answers now


def knowledge_in_force() -> str:
    """Name the version of the knowledge that answers now."""
    return core.opened().versions.knowledge


def going_live(clinic_id: UUID) -> tuple[str, ...]:
    """Name the parts that are not signed at the version in force, then what safeguarding lacks.

    None means that the clinic is ready.
    """
    signed = set(
        Signature.objects.filter(clinic_id=clinic_id, knowledge_version=knowledge_in_force())
        .order_by()
        .values_list("part", flat=True)
    )
    return (*(part for part in PARTS if part not in signed), *safeguarding_missing(clinic_id))


def safeguarding_missing(clinic_id: UUID) -> tuple[str, ...]:
    """Name what is not set for the day on which somebody tells of abuse; it says nothing of whether anybody did."""
    steps = ClinicText.objects.filter(clinic_id=clinic_id, key="safeguarding").exclude(en="").exclude(es="")
    there = (named_for_safeguarding(clinic_id).exists(), steps.exists())
    return tuple(what for what, is_there in zip(SAFEGUARDING, there, strict=True) if not is_there)


def named_for_safeguarding(clinic_id: UUID) -> QuerySet[Any]:
    """Give the memberships of who is the safeguarding clinician of a clinic by now: who can still sign in."""
    # Through the clinic: the accounts know the records, so the records must not know the accounts.
    here = Clinic.objects.get(id=clinic_id).memberships
    return here.filter(role=ActorKind.SAFEGUARDING.value, revoked_at__isnull=True, user__is_active=True)


def may_see_patients(clinic_id: UUID | None) -> bool:
    """Test if people may be taken: always in the demo, else once everything is signed.

    Without a clinic (somebody came on no clinic's link) it asks whether any clinic here may.
    """
    if settings.DEMO:
        return True
    if clinic_id is not None:
        return not going_live(clinic_id)
    return any(not going_live(id_) for id_ in Clinic.objects.values_list("id", flat=True))


def must_take_people(clinic_id: UUID | None) -> None:
    """Refuse to go on for a clinic that is not live. Raises: ClinicNotLive."""
    if not may_see_patients(clinic_id):
        raise ClinicNotLive(clinic_id)


def signatures(actor: Actor) -> tuple[Signed, ...]:
    """Give each part with its latest signature in the actor's clinic. Raises: NotAllowed, Unscoped."""
    actor.must_be(*LEADS, ActorKind.OPERATOR, to="see what is signed")
    version = knowledge_in_force()
    rows = Signature.objects.filter(clinic_id=actor.clinic).order_by("at")
    latest = {row.part: row for row in rows}
    return tuple(_signed(part, latest.get(part), version) for part in PARTS)


def _signed(part: str, row: Signature | None, version: str) -> Signed:
    if row is None:
        return Signed(part=part, by_name="", licence="", at=None, knowledge_version="", in_force=False)
    return Signed(
        part=part,
        by_name=row.name,
        licence=row.licence,
        at=row.at,
        knowledge_version=row.knowledge_version,
        in_force=row.knowledge_version == version,
    )


def withdrawn_items(clinic_id: UUID | None) -> frozenset[str]:
    """List what is switched off: in this clinic, or without one in any clinic here."""
    rows = WithdrawnItem.objects.filter(put_back_at__isnull=True)
    if clinic_id is not None:
        rows = rows.filter(clinic_id=clinic_id)
    return frozenset(rows.values_list("item", flat=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawn:
    """An item that the clinic has switched off, by whom and why."""

    item: str
    reason: str
    by: str
    at: datetime


def withdrawn_now(actor: Actor) -> tuple[Withdrawn, ...]:
    """List what is switched off in the actor's clinic, latest first. Raises: NotAllowed, Unscoped."""
    actor.must_be(*LEADS, to="see what is withdrawn")
    rows = WithdrawnItem.objects.filter(clinic_id=actor.clinic, put_back_at__isnull=True).select_related("by")
    return tuple(
        Withdrawn(item=row.item, reason=row.reason, by=str(row.by), at=row.at) for row in rows.order_by("-at", "id")
    )


def withdrawn_in(clinic_id: UUID | None, record: Mapping[str, Any]) -> tuple[str, ...]:
    """Name the withdrawn items that an answer rests on; then a person answers instead of it.

    What it says about danger is shown all the same: a withdrawal never touches that.
    """
    return tuple(sorted(withdrawn_items(clinic_id) & keys_of(record)))


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerFound:
    """An answer that rests on something since found wrong, and who got it, as far as they booked."""

    recommendation_id: UUID
    inquiry_id: UUID
    patient_ids: tuple[UUID, ...]
    at: datetime
    knowledge_version: str


def answers_with(
    actor: Actor, *, item: str | None = None, knowledge_version: str | None = None
) -> tuple[AnswerFound, ...]:
    """Find answers that rest on an item, were given at a version, or both; oldest first.

    Staff find those of their clinic, the operator all; what was told in confidence is found by no list (S13).
    Raises: NotAllowed, Unscoped.
    """
    actor.must_be(*LEADS, ActorKind.OPERATOR, to="find answers")
    if item is not None and actor.kind is not ActorKind.OPERATOR and (is_private(item) or asks_in_private(item)):
        raise NotAllowed("find what was told in confidence")
    rows = Recommendation.objects.select_related("inquiry").prefetch_related("inquiry__bookings").order_by("at", "id")
    if actor.kind is not ActorKind.OPERATOR:
        of_clinic = Q(inquiry__clinic_id=actor.clinic) | Q(inquiry__bookings__clinic_id=actor.clinic)
        rows = rows.filter(of_clinic).distinct()
    if knowledge_version is not None:
        rows = rows.filter(knowledge_version=knowledge_version)
    if item is not None:
        # A first sieve in the database; what it lets through is read exactly.
        text = Cast("record", TextField())
        rows = rows.annotate(text=text).filter(text__contains=f'"{item.removeprefix(ORDER)}"')
    clinic_id = None if actor.kind is ActorKind.OPERATOR else actor.clinic
    found = tuple(_found(rows.iterator(chunk_size=_MOST_ROWS), item, clinic_id))
    actor.reads(patients=(id_ for one in found for id_ in one.patient_ids), inquiries=(one.inquiry_id for one in found))
    return found


def _found(rows: Iterator[Recommendation], item: str | None, clinic_id: UUID | None) -> Iterator[AnswerFound]:
    """Read each answer exactly; of those who booked, a clinic is given its own patients only."""
    for row in rows:
        if item is None or item in keys_of(row.record):
            booked = (one for one in row.inquiry.bookings.all() if clinic_id in (None, one.clinic_id))
            yield AnswerFound(
                recommendation_id=row.id,
                inquiry_id=row.inquiry_id,
                patient_ids=tuple(sorted({booking.patient_id for booking in booked}, key=str)),
                at=row.at,
                knowledge_version=row.knowledge_version,
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonFound:
    """Somebody whose answer rests on an item; without a booking nobody knows their name."""

    inquiry_id: UUID
    patient_id: UUID | None
    name: str
    at: datetime


def people_with(actor: Actor, *, item: str) -> tuple[PersonFound, ...]:
    """Name those whose answer rests on an item, latest first: to call them. For therapists only (S31).

    Whom the clinic may not see any more is not among them. Raises: NotAllowed, Unscoped.
    """
    actor.must_be(ActorKind.PT, ActorKind.OT, to="see whose answer it was")
    found = {one.inquiry_id: one for one in answers_with(actor, item=item)}  # of each inquiry the latest answer
    visible = visible_inquiries(actor.clinic, datetime.now(UTC)).filter(id__in=found)
    booked = {id_ for one in found.values() for id_ in one.patient_ids}
    rows = Patient.objects.filter(id__in=booked, clinic_id=actor.clinic, erased_at__isnull=True)
    names = dict(rows.values_list("id", "name"))
    people = (_person(found[id_], names) for id_ in visible.values_list("id", flat=True))
    return tuple(sorted(people, key=lambda one: (one.at, str(one.inquiry_id)), reverse=True))


def _person(answer: AnswerFound, names: Mapping[UUID, str]) -> PersonFound:
    patient_id = next((id_ for id_ in answer.patient_ids if id_ in names), None)
    return PersonFound(
        inquiry_id=answer.inquiry_id,
        patient_id=patient_id,
        name="" if patient_id is None else names[patient_id],
        at=answer.at,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentEntry:
    """One line of the incident log."""

    id: UUID
    what: str
    severity: str
    hazard: str
    owner: str
    at: datetime
    closed_at: datetime | None


def incidents(actor: Actor, *, only_open: bool = False) -> tuple[IncidentEntry, ...]:
    """Give the incidents of the actor's clinic, open ones first, then the latest. Raises: NotAllowed, Unscoped."""
    actor.must_be(*LEADS, to="read incidents")
    rows = Incident.objects.filter(clinic_id=actor.clinic).order_by("-at")
    if only_open:
        rows = rows.filter(closed_at__isnull=True)
    entries = (
        IncidentEntry(
            id=row.id,
            what=row.what,
            severity=row.severity,
            hazard=row.hazard,
            owner=row.owner,
            at=row.at,
            closed_at=row.closed_at,
        )
        for row in rows
    )
    return tuple(sorted(entries, key=lambda entry: entry.closed_at is not None))
