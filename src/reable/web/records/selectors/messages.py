"""What was and will be sent about a booking, and what people of the clinic have to do. No texts, no numbers."""

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from uuid import UUID

from reable.book import Channel
from reable.web.records.actor import Actor
from reable.web.records.models import Message, Task
from reable.web.records.selectors.bookings import open_booking


class MessageState(StrEnum):
    """Where a message stands."""

    WAITING = "waiting"
    SENT = "sent"
    DROPPED = "dropped"  # the visit was moved or cancelled, or it could not be sent


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageSeen:
    """One message: why, by which way, and when."""

    kind: str
    channel: Channel
    state: MessageState
    at: datetime  # sent or dropped, else due
    tries: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskSeen:
    """Something to do, without a word of why in matters of health (S31)."""

    task_id: UUID
    kind: str
    role: str
    patient_id: UUID | None
    name: str
    telephone: str
    email: str
    due_at: datetime
    late: bool


def messages_of(actor: Actor, booking_id: UUID) -> tuple[MessageSeen, ...]:
    """List the messages about a booking's visits, soonest first. Raises: NotFound."""
    row = open_booking(actor, booking_id)
    rows = Message.objects.filter(appointment__booking=row).order_by("due_at", "id")
    return tuple(sorted((_message(one) for one in rows), key=lambda one: one.at))


def open_tasks(actor: Actor, *, now: datetime | None = None) -> tuple[TaskSeen, ...]:
    """List what the actor's roles have to do in their clinic, the soonest due first. Raises: Unscoped."""
    now = now or datetime.now(UTC)
    rows = Task.objects.filter(
        clinic_id=actor.clinic, role__in=[kind.value for kind in actor.kinds], done_at__isnull=True
    )
    found = list(rows.select_related("patient").order_by("due_at", "id"))
    actor.reads(patients=[row.patient_id for row in found if row.patient_id is not None])
    return tuple(
        TaskSeen(
            task_id=row.id,
            kind=row.kind,
            role=row.role,
            patient_id=row.patient_id,
            name=row.patient.name if row.patient else "",
            telephone=row.patient.telephone if row.patient else "",
            email=row.patient.email if row.patient else "",
            due_at=row.due_at,
            late=row.due_at < now,
        )
        for row in found
    )


def _message(row: Message) -> MessageSeen:
    state = MessageState.SENT if row.sent_at else MessageState.DROPPED if row.dropped_at else MessageState.WAITING
    return MessageSeen(
        kind=row.kind,
        channel=Channel(row.channel),
        state=state,
        at=row.sent_at or row.dropped_at or row.due_at,
        tries=row.tries,
    )
