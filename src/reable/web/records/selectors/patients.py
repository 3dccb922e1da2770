"""A patient as the staff of their clinic see them: how to reach them, their visits, and what leads further.

Notes and what was told are for therapists; the office sees names and times (S31).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from reable.web.records.actor import Actor, ActorKind, NotFound
from reable.web.records.models import Booking, Patient, Referral
from reable.web.records.selectors.bookings import BookingSeen, booking

_STAFF = (ActorKind.PT, ActorKind.OT, ActorKind.FRONT_DESK, ActorKind.MANAGER)


@dataclass(frozen=True, slots=True, kw_only=True)
class PatientSeen:
    """A patient. `inquiries` lead to what was told, for therapists; empty for the office."""

    patient_id: UUID
    name: str
    telephone: str
    email: str
    language: str
    age: int | None
    since: datetime
    bookings: tuple[BookingSeen, ...]
    inquiries: tuple[tuple[UUID, datetime], ...]
    referrals: tuple[tuple[UUID, str, datetime], ...]  # id, physician, day of entry


def patient(actor: Actor, patient_id: UUID) -> PatientSeen:
    """Show a patient of the actor's clinic. Raises: NotAllowed, Unscoped, NotFound."""
    actor.must_be(*_STAFF, to="see patients")
    rows = Patient.objects.filter(id=patient_id, clinic_id=actor.clinic, erased_at__isnull=True)
    row = rows.select_related("clinic").first()
    if row is None:
        raise NotFound
    actor.reads(patients=[row.id])
    zone = ZoneInfo(row.clinic.time_zone)
    made = Booking.objects.filter(patient=row, appointments__statuses__isnull=False).distinct().order_by("-made_at")
    told = made.filter(inquiry__isnull=False, inquiry__erased_at__isnull=True) if actor.is_clinical else ()
    return PatientSeen(
        patient_id=row.id,
        name=row.name,
        telephone=row.telephone,
        email=row.email,
        language=row.language,
        age=row.age,
        since=_wall(row.since, zone),
        bookings=tuple(booking(actor, one.id) for one in made),
        inquiries=tuple({one.inquiry_id: _wall(one.made_at, zone) for one in told if one.inquiry_id}.items()),
        referrals=tuple(_referrals(row, zone)),
    )


def _referrals(row: Patient, zone: ZoneInfo) -> Iterator[tuple[UUID, str, datetime]]:
    for one in Referral.objects.filter(patient=row).order_by("-entered_at"):
        yield one.id, one.physician_name, _wall(one.entered_at, zone)


def _wall(moment: datetime, zone: ZoneInfo) -> datetime:
    return moment.astimezone(zone).replace(tzinfo=None)
