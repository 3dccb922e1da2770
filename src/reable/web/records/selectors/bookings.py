"""What is booked, for those whose booking it is: the holder of its link, the patient, a carer, the clinic's staff."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parseaddr
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Exists, OuterRef, Subquery
from django.utils import translation
from django.utils.translation import gettext as _

from reable import book
from reable.book import (
    CalendarEntry,
    CalendarMethod,
    CalendarWords,
    Interval,
    Role,
    VisitAct,
    VisitFacts,
    VisitState,
    visits,
)
from reable.terms import Discipline, Language
from reable.web.records.actor import Actor, ActorKind, NotFound
from reable.web.records.models import Appointment, AppointmentStatus, Booking
from reable.web.records.selectors.clinics import clinic_words

ALARM_MINUTES = 120  # judgement: long enough to get ready and to travel

_STAFF_ROLES = {
    ActorKind.PT: Role.PT,
    ActorKind.OT: Role.OT,
    ActorKind.FRONT_DESK: Role.FRONT_DESK,
    ActorKind.MANAGER: Role.MANAGER,
    ActorKind.TICK: Role.MANAGER,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitSeen:
    """One visit of a booking. `wall` is what the clock at the place shows, `zone` its short name."""

    appointment_id: UUID
    discipline: Discipline
    therapist: str
    location: str
    address: str
    step_free: bool
    telephone: str
    room: str
    starts_at: datetime
    ends_at: datetime
    wall: datetime
    zone: str
    state: VisitState
    can_change: bool  # moved or cancelled by who looks at it


@dataclass(frozen=True, slots=True, kw_only=True)
class BookingSeen:
    """A booking with its visits in order, as its confirmation shows it. The note only for the person and therapists."""

    booking_id: UUID
    clinic_id: UUID
    clinic: str
    patient_id: UUID
    name: str
    email: str
    telephone: str
    remind_by_email: bool
    remind_by_sms: bool
    note: str
    link_is_open: bool
    visits: tuple[VisitSeen, ...]


def latest(field: str) -> Subquery:
    """Give a field of the latest status of an appointment; null marks a time that is only held for an offer."""
    rows = AppointmentStatus.objects.filter(appointment=OuterRef("pk")).order_by("-id")
    return Subquery(rows.values(field)[:1])


def roles_in(actor: Actor, row: Booking) -> tuple[Role, ...]:
    """List in which roles somebody may act on a booking, staff roles first. Empty: it does not exist for them."""
    roles = [role for kind, role in _STAFF_ROLES.items() if actor.clinic_id == row.clinic_id and kind in actor.kinds]
    by_link = row.id in actor.booking_ids and row.link_revoked_at is None
    if row.patient_id in actor.patient_ids or by_link:
        roles.append(Role.CARER if actor.kind is ActorKind.CARER else Role.PATIENT)
    return tuple(roles)


def open_booking(actor: Actor, booking_id: UUID) -> Booking:
    """Give the row, for services and selectors only. Raises: NotFound for foreign, missing, erased and merely held."""
    real = Exists(AppointmentStatus.objects.filter(appointment__booking=OuterRef("pk")))
    rows = Booking.objects.filter(real, id=booking_id, patient__erased_at__isnull=True)
    row = rows.select_related("clinic", "patient").first()
    if row is None or not roles_in(actor, row):
        raise NotFound
    actor.reads(patients=[row.patient_id])
    return row


def open_appointment(actor: Actor, appointment_id: UUID) -> Appointment:
    """Give the row with all that is around it, for services and selectors only. Raises: NotFound."""
    rows = Appointment.objects.filter(id=appointment_id, patient__erased_at__isnull=True)
    rows = rows.filter(Exists(AppointmentStatus.objects.filter(appointment=OuterRef("pk"))))
    row = rows.select_related("booking", "clinic", "patient", "therapist", "location", "room", "visit_type").first()
    if row is None or not roles_in(actor, row.booking):
        raise NotFound
    actor.reads(patients=[row.patient_id])
    return row


def booking(actor: Actor, booking_id: UUID, *, now: datetime | None = None) -> BookingSeen:
    """Show a booking. Raises: NotFound."""
    row = open_booking(actor, booking_id)
    return _seen(actor, row, now or datetime.now(UTC))


def bookings_of(actor: Actor, *, now: datetime | None = None) -> tuple[BookingSeen, ...]:
    """List the bookings of who acts, as a patient, a carer or by links: the latest made first."""
    mine = Booking.objects.filter(patient_id__in=actor.patient_ids) | Booking.objects.filter(id__in=actor.booking_ids)
    real = Exists(AppointmentStatus.objects.filter(appointment__booking=OuterRef("pk")))
    rows = mine.filter(real, patient__erased_at__isnull=True).select_related("clinic", "patient")
    found = [row for row in rows.order_by("-made_at", "id") if roles_in(actor, row)]
    actor.reads(patients=[row.patient_id for row in found])
    return tuple(_seen(actor, row, now or datetime.now(UTC)) for row in found)


def calendar(actor: Actor, booking_id: UUID, *, now: datetime | None = None) -> str:
    """Write the booking's calendar file: what is on; or, when all is cancelled, what to take out. Raises: NotFound."""
    row = open_booking(actor, booking_id)
    shown = list(row.appointments.filter(replaced_by__isnull=True).annotate(state=latest("state")))
    on = [one for one in shown if one.state != VisitState.CANCELLED]
    return calendar_of(on or shown, cancelled=not on, now=now or datetime.now(UTC))


def calendar_of(appointments: Iterable[Appointment], *, cancelled: bool, now: datetime) -> str:
    """Write a calendar file of these visits, with no word of health in it. For services and selectors."""
    rows = sorted(appointments, key=lambda row: (row.starts_at, str(row.id)))
    spoken = rows[0].patient.language
    late = clinic_words(None, rows[0].clinic_id, Language(spoken)).if_late if spoken in set(Language) else ""
    with translation.override(spoken):
        words = CalendarWords(
            summary=_("Your appointment"),
            note=" ".join(part for part in (late, _("To change it, call us:")) if part),
            telephone=rows[0].location.telephone or rows[0].clinic.telephone,
            email=parseaddr(settings.DEFAULT_FROM_EMAIL)[1],
        )
    entries = [_entry(row, cancelled=cancelled) for row in rows]
    method = CalendarMethod.CANCEL if cancelled else CalendarMethod.PUBLISH
    return book.calendar_text(entries, method=method, words=words, now=now, alarm=ALARM_MINUTES)


def _entry(row: Appointment, *, cancelled: bool) -> CalendarEntry:
    """A moved visit keeps the identifier of the first; each move, and the cancelling, counts one up."""
    first, moves = row, 0
    while first.replaces is not None:
        first, moves = first.replaces, moves + 1
    return CalendarEntry(
        id=str(first.id),
        sequence=moves + (1 if cancelled else 0),
        when=Interval(start=row.starts_at, end=row.ends_at),
        location=row.location.address,
    )


def facts_of(row: Appointment, *, since: datetime, now: datetime) -> VisitFacts:
    """Give what the table of visits asks about."""
    return VisitFacts(
        discipline=Discipline(row.discipline),
        start=row.starts_at,
        since=since,
        now=now,
        zone=ZoneInfo(row.clinic.time_zone),
    )


def _seen(actor: Actor, row: Booking, now: datetime) -> BookingSeen:
    roles = roles_in(actor, row)
    own = bool({Role.PATIENT, Role.CARER, Role.PT, Role.OT}.intersection(roles))
    shown = row.appointments.filter(replaced_by__isnull=True).order_by("starts_at", "id")
    shown = shown.select_related("therapist", "location", "room", "clinic")
    found = shown.annotate(state=latest("state"), since=latest("at")).filter(state__isnull=False)
    patient = row.patient
    return BookingSeen(
        booking_id=row.id,
        clinic_id=row.clinic_id,
        clinic=row.clinic.name,
        patient_id=patient.id,
        name=patient.name,
        email=patient.email,
        telephone=patient.telephone,
        remind_by_email=patient.remind_by_email,
        remind_by_sms=patient.remind_by_sms,
        note=row.note if own else "",
        link_is_open=row.link_revoked_at is None,
        visits=tuple(_visit(one, VisitState(one.state), one.since, roles, now) for one in found),
    )


def _visit(row: Appointment, state: VisitState, since: datetime, roles: tuple[Role, ...], now: datetime) -> VisitSeen:
    facts = facts_of(row, since=since, now=now)
    wall = row.starts_at.astimezone(facts.zone)
    return VisitSeen(
        appointment_id=row.id,
        discipline=Discipline(row.discipline),
        therapist=row.therapist.name,
        location=row.location.name,
        address=row.location.address,
        step_free=row.location.step_free,
        telephone=row.location.telephone or row.clinic.telephone,
        room=row.room.name if row.room else "",
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        wall=wall.replace(tzinfo=None),
        zone=wall.tzname() or "",
        state=state,
        can_change=any(VisitAct.CANCEL in visits.possible(state, role, facts=facts) for role in roles),
    )
