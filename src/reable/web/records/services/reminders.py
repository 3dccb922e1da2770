"""Rows of what must be sent and of what a person of the clinic must do, written with the act that needs them.

A message says when, whom to call and where to look; never who, with whom, or why: no health content, and no name.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time
from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from reable import book
from reable.book import Channel, ReminderKind, VisitState
from reable.web.records.actor import Actor, NotFound
from reable.web.records.models import Appointment, Clinic, Message, Patient, Task
from reable.web.records.selectors.bookings import calendar_of, latest
from reable.web.records.selectors.governance import named_for_safeguarding
from reable.web.records.services.access import LinkTo, link_to

CALL_WITHIN_MINUTES = 240  # judgement: half a working day, counted outside the quiet hours


class MessageKind(StrEnum):
    """Why a message is sent, beside the kinds of reminders."""

    BOOKED = "booked"
    MOVED = "moved"
    CANCELLED = "cancelled"
    OFFER = "offer"
    WAITING = "waiting"
    SOMETHING_NEW = "something_new"  # for the safeguarding clinician; it never says of what (S13)


class TaskKind(StrEnum):
    """What somebody of the clinic has to do. None of these says anything of health (S31)."""

    CALL = "call"  # no time soon enough, or something to ask
    CALL_MISSED = "call_missed"  # they did not come
    REBOOK = "rebook"  # cancelled, and still in need of a time
    READ_NOTE = "read_note"  # a therapist reads what was written with a booking, before the visit
    CHECK_DANGER = "check_danger"  # a therapist looks at what was told or referred, the same day
    OFFER_CALL = "offer_call"  # tell somebody of a freed time by telephone
    NOT_SENT = "not_sent"  # a message could not be sent: call instead


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A message as it is sent; `calendar` is empty where there is no file with it, `cancels` says what it does."""

    subject: str
    lines: tuple[str, ...]
    calendar: str
    cancels: bool


def write_task(
    kind: TaskKind, role: str, *, clinic: Clinic, patient_id: UUID, now: datetime, within: int = CALL_WITHIN_MINUTES
) -> None:
    """Ask somebody in `role` to do something within so many waking minutes; never twice what is open."""
    if not Task.objects.filter(clinic=clinic, patient_id=patient_id, kind=kind, role=role, done_at=None).exists():
        due = book.after_waking(now, within, ZoneInfo(clinic.time_zone))
        Task.objects.create(clinic=clinic, patient_id=patient_id, kind=kind, role=role, due_at=due, made_at=now)


@transaction.atomic
def finish_task(actor: Actor, task_id: UUID, *, now: datetime) -> None:
    """Tick a task off. Raises: NotFound, Unscoped."""
    row = Task.objects.select_for_update().filter(id=task_id, clinic_id=actor.clinic).first()
    if row is None or row.role not in {kind.value for kind in actor.kinds} or actor.user_id is None:
        raise NotFound
    if row.patient_id is not None:
        actor.reads(patients=[row.patient_id])
    if row.done_at is None:
        row.done_at, row.done_by_id = now, actor.user_id
        row.save(update_fields=["done_at", "done_by"])


def tell(kind: MessageKind, appointment: Appointment, *, now: datetime) -> None:
    """Have the patient told of this visit by each way they gave; of a booking, one message tells all its visits."""
    about = appointment.booking_id if kind is MessageKind.BOOKED else appointment.id
    zone = ZoneInfo(appointment.clinic.time_zone)
    _write(
        Message(
            clinic=appointment.clinic,
            patient=appointment.patient,
            appointment=appointment,
            kind=kind,
            channel=channel,
            dedupe_key=f"{about}:{channel}:{kind}",
            due_at=now if channel is Channel.EMAIL else book.next_waking(now, zone),
        )
        for channel in channels_of(appointment.patient)
    )


def remind(appointment: Appointment, *, now: datetime) -> None:
    """Write the reminders that the patient wished for."""
    patient = appointment.patient
    wished = [Channel.EMAIL] if patient.remind_by_email and patient.email else []
    wished += [Channel.SMS] if patient.remind_by_sms and patient.telephone else []
    found = book.due_reminders(
        str(appointment.id),
        appointment.starts_at,
        channels=wished,
        kinds=ReminderKind,
        zone=ZoneInfo(appointment.clinic.time_zone),
        now=now,
    )
    _write(
        Message(
            clinic=appointment.clinic,
            patient=patient,
            appointment=appointment,
            kind=one.kind,
            channel=one.channel,
            dedupe_key=one.key,
            due_at=one.due,
        )
        for one in found
    )


def tell_waiting(
    kind: MessageKind, patient: Patient, about: UUID, lines: Sequence[str], *, now: datetime
) -> tuple[Channel, ...]:
    """Write to somebody on the waiting list, at a waking hour; gives the ways taken, none if they must be called."""
    zone = ZoneInfo(patient.clinic.time_zone)
    ways = channels_of(patient)
    _write(
        Message(
            clinic=patient.clinic,
            patient=patient,
            kind=kind,
            channel=channel,
            dedupe_key=f"{about}:{channel}:{kind}",
            text="\n".join(lines),
            due_at=book.next_waking(now, zone),
        )
        for channel in ways
    )
    return ways


def tell_clinician(clinic: Clinic, about: str, *, now: datetime) -> None:
    """Write to each safeguarding clinician of a clinic that something is new, and nothing else (S13)."""
    named = named_for_safeguarding(clinic.id).values_list("user_id", flat=True)
    _write(
        Message(
            clinic=clinic,
            user_id=user_id,
            kind=MessageKind.SOMETHING_NEW,
            channel=Channel.EMAIL,
            dedupe_key=f"{about}:{user_id}",
            due_at=now,
        )
        for user_id in named
    )


def drop(appointments: Sequence[UUID], *, now: datetime) -> None:
    """Take back what was not sent yet about these visits: they were moved or cancelled.

    A confirmation that tells of other visits too is sent all the same: it says what stands by then.
    """
    rows = Message.objects.filter(appointment_id__in=appointments, sent_at__isnull=True, dropped_at__isnull=True)
    others = Appointment.objects.filter(booking__appointments__in=appointments).exclude(id__in=appointments)
    if others.annotate(state=latest("state")).filter(state=VisitState.BOOKED).exists():
        rows = rows.exclude(kind=MessageKind.BOOKED)
    rows.update(dropped_at=now, text="")


def drop_about(about: UUID, *, now: datetime) -> None:
    """Take back what was not sent yet about an offer or a place on the list: it was answered or left."""
    rows = Message.objects.filter(dedupe_key__startswith=f"{about}:", sent_at__isnull=True, dropped_at__isnull=True)
    rows.update(dropped_at=now, text="")


def channels_of(patient: Patient) -> tuple[Channel, ...]:
    """List the ways to tell somebody of what was done: by e-mail if there is an address, by SMS if they wished it."""
    email = (Channel.EMAIL,) if patient.email else ()
    return (*email, Channel.SMS) if patient.telephone and patient.remind_by_sms else email


def written(message: Message, *, now: datetime) -> Written | None:
    """Write the words of a message in the patient's language; None if there is nothing to say any more."""
    if message.patient is None:
        return None if message.user_id is None else _to_clinician(message, message.user_id)
    appointment = message.appointment
    with translation.override(message.patient.language):
        if appointment is None:
            subject = (
                _("A time is free for you") if message.kind == MessageKind.OFFER else _("You are on our waiting list")
            )
            return Written(subject=subject, lines=tuple(message.text.split("\n")), calendar="", cancels=False)
        visits = _told(message, appointment)
        if not visits:
            return None
        cancels = message.kind == MessageKind.CANCELLED
        is_reminder = message.kind in set(ReminderKind)
        return Written(
            subject=_subject(message.kind),
            lines=(_subject(message.kind) + ":", *(when(one) for one in visits), *_ways(appointment, cancels=cancels)),
            calendar="" if is_reminder else calendar_of(visits, cancelled=cancels, now=now),
            cancels=cancels,
        )


def when(appointment: Appointment) -> str:
    """Say a visit's day and time in the language that is on."""
    return moment_in_words(appointment.starts_at, ZoneInfo(appointment.clinic.time_zone))


def moment_in_words(moment: datetime, zone: ZoneInfo) -> str:
    """Say a day and a time of the clinic's clock in the language that is on."""
    locale = translation.get_language() or "en"
    wall = moment.astimezone(zone)
    day = format_date(wall, "full", locale=locale)
    time = format_time(wall, "short", locale=locale).replace("\u202f", " ")  # a plain space: one letter fewer to break
    return _("{day} at {time}").format(day=day, time=time)


def _told(message: Message, appointment: Appointment) -> list[Appointment]:
    """Find the visits that a message is about, as they stand now."""
    rows = Appointment.objects.filter(booking_id=appointment.booking_id, replaced_by__isnull=True)
    rows = rows.select_related("clinic", "location", "patient", "booking").order_by("starts_at", "id")
    if message.kind != MessageKind.BOOKED:
        rows = rows.filter(id=appointment.id)
    wanted = VisitState.CANCELLED if message.kind == MessageKind.CANCELLED else VisitState.BOOKED
    return list(rows.annotate(state=latest("state")).filter(state=wanted))


def _to_clinician(message: Message, user_id: UUID) -> Written | None:
    """Say that something is new: no name, no word of what; nothing to who has the role no more."""
    if not named_for_safeguarding(message.clinic_id).filter(user_id=user_id).exists():
        return None
    address = getattr(settings, "REABLE_ADDRESS", "http://127.0.0.1:8000").rstrip("/")
    with translation.override(settings.LANGUAGE_CODE):
        subject = _("There is something new for you on Reable")
        lines = (f"{subject}.", _("Sign in and look: {link}").format(link=f"{address}{reverse('account_login')}"))
    return Written(subject=subject, lines=lines, calendar="", cancels=False)


def _subject(kind: str) -> str:
    match kind:
        case MessageKind.BOOKED:
            return _("Your visit is booked")
        case MessageKind.MOVED:
            return _("Your visit has a new time")
        case MessageKind.CANCELLED:
            return _("Your visit is cancelled")
        case _other:
            return _("Your visit is soon")


def _ways(appointment: Appointment, *, cancels: bool) -> tuple[str, ...]:
    telephone = appointment.location.telephone or appointment.clinic.telephone
    call = _("Call us: {telephone}").format(telephone=telephone)
    row = appointment.booking
    link = "" if cancels or row.link_revoked_at else link_to(LinkTo.BOOKING, row.id, row.digest)
    if not link:
        return (call,)
    return (_("See where it is, or change it: {link}").format(link=link), call)


def _write(rows: Iterable[Message]) -> None:
    """Write messages; one that was written before stays one."""
    Message.objects.bulk_create(rows, ignore_conflicts=True)
