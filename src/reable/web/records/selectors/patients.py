"""A patient as the staff of their clinic see them: how to reach them, their visits, and what leads further.

Notes and what was told are for therapists; the office sees names and times (S31).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Q

from reable.book import VisitState
from reable.terms import Discipline
from reable.web.records.actor import Actor, ActorKind, NotFound
from reable.web.records.models import Appointment, Booking, Patient, Referral
from reable.web.records.selectors.bookings import BookingSeen, booking, latest

MOST_FOUND = 20  # who is not among these writes more of the name
MOST_ALIKE = 5  # who has the same name, number or address as somebody new
FEWEST_DIGITS = 4  # from which numbers are looked for as a telephone number
_TREATED = (VisitState.BOOKED, VisitState.ARRIVED, VisitState.DONE)
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


@dataclass(frozen=True, slots=True, kw_only=True)
class PatientLine:
    """A patient in a list: enough to tell two of the same name apart, and no word of health (S31)."""

    patient_id: UUID
    name: str
    telephone: str
    email: str
    language: str
    age: int | None
    since: datetime
    remind_by_email: bool
    remind_by_sms: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PatientsFound:
    """Who was found, by name; `more` are not listed."""

    lines: tuple[PatientLine, ...]
    more: int


def find_patients(actor: Actor, words: str, *, most: int = MOST_FOUND) -> PatientsFound:
    """Find patients of the actor's clinic by parts of the name, the e-mail address or the telephone number.

    Raises: NotAllowed, Unscoped.
    """
    actor.must_be(*_STAFF, to="see patients")
    rows = Patient.objects.filter(clinic_id=actor.clinic, erased_at__isnull=True).select_related("clinic")
    digits = _digits(words)
    if len(digits) >= FEWEST_DIGITS and not any(letter.isalpha() for letter in words):  # no address, no name
        rows = rows.filter(_has_digits(digits))
    else:
        for word in words.split():
            rows = rows.filter(Q(name__icontains=word) | Q(email__icontains=word))
    shown = list(rows.order_by("name", "since", "id")[:most])
    actor.reads(patients=[row.id for row in shown])
    more = rows.count() - len(shown) if len(shown) == most else 0
    return PatientsFound(lines=tuple(_line(row) for row in shown), more=more)


def patients_like(
    actor: Actor, *, name: str, telephone: str, email: str, form_key: str = ""
) -> tuple[PatientLine, ...]:
    """Find who is known at the actor's clinic by this very name, number or e-mail address; the newest few.

    Nobody where the form with this key has booked already: it is they themselves. Raises: NotAllowed, Unscoped.
    """
    actor.must_be(*_STAFF, to="see patients")
    if form_key and Booking.objects.filter(clinic_id=actor.clinic, form_key=form_key).exists():
        return ()
    same = Q(name__iexact=" ".join(name.split()))
    if email.strip():
        same |= Q(email__iexact=email.strip())
    digits = _digits(telephone)
    if len(digits) > FEWEST_DIGITS:
        same |= _has_digits(digits)
    rows = Patient.objects.filter(same, clinic_id=actor.clinic, erased_at__isnull=True).select_related("clinic")
    shown = list(rows.order_by("-since", "id")[:MOST_ALIKE])
    actor.reads(patients=[row.id for row in shown])
    return tuple(_line(row) for row in shown)


def _digits(words: str) -> str:
    return "".join(letter for letter in words if letter.isdecimal() and letter.isascii())


def _has_digits(digits: str) -> Q:
    return Q(telephone__iregex="[^0-9]*".join(digits))


def patient_line(actor: Actor, patient_id: UUID) -> PatientLine:
    """Give one patient of the actor's clinic, as a list shows them. Raises: NotAllowed, Unscoped, NotFound."""
    return _line(_open(actor, patient_id))


def treated_in(actor: Actor, patient_id: UUID) -> frozenset[Discipline]:
    """List the disciplines in which a patient was seen at the actor's clinic, or will be. Raises: Unscoped."""
    rows = Appointment.objects.filter(patient_id=patient_id, clinic_id=actor.clinic, replaced_by__isnull=True)
    seen = rows.annotate(state=latest("state")).filter(state__in=_TREATED)
    return frozenset(Discipline(one) for one in seen.values_list("discipline", flat=True))


def patient(actor: Actor, patient_id: UUID) -> PatientSeen:
    """Show a patient of the actor's clinic. Raises: NotAllowed, Unscoped, NotFound."""
    row = _open(actor, patient_id)
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


def _open(actor: Actor, patient_id: UUID) -> Patient:
    actor.must_be(*_STAFF, to="see patients")
    rows = Patient.objects.filter(id=patient_id, clinic_id=actor.clinic, erased_at__isnull=True)
    row = rows.select_related("clinic").first()
    if row is None:
        raise NotFound
    actor.reads(patients=[row.id])
    return row


def _line(row: Patient) -> PatientLine:
    return PatientLine(
        patient_id=row.id,
        name=row.name,
        telephone=row.telephone,
        email=row.email,
        language=row.language,
        age=row.age,
        since=_wall(row.since, ZoneInfo(row.clinic.time_zone)),
        remind_by_email=row.remind_by_email,
        remind_by_sms=row.remind_by_sms,
    )


def _referrals(row: Patient, zone: ZoneInfo) -> Iterator[tuple[UUID, str, datetime]]:
    for one in Referral.objects.filter(patient=row).order_by("-entered_at"):
        yield one.id, one.physician_name, _wall(one.entered_at, zone)


def _wall(moment: datetime, zone: ZoneInfo) -> datetime:
    return moment.astimezone(zone).replace(tzinfo=None)
