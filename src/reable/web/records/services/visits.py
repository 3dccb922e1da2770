"""What happens to a visit: it holds its quarter hours until it is cancelled, and its states follow the table.

The therapist's, the room's and the patient's cells are claimed in one statement, in one order for everybody, so that
two bookings at once cannot lock each other: the unique constraint lets exactly one of them through.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from reable import book
from reable.book import CancelReason, ReferralAct, Role, VisitAct, VisitState, visits
from reable.terms import Discipline
from reable.web.records.actor import Actor
from reable.web.records.models import Appointment, AppointmentStatus, Claim, Clinic, Task
from reable.web.records.selectors.bookings import facts_of, open_appointment, roles_in
from reable.web.records.selectors.choices import TimeTaken as TimeTaken  # part of what this module gives
from reable.web.records.selectors.openings import EVALUATION, PATIENT, ROOM, THERAPIST
from reable.web.records.services.referrals import follow_visit
from reable.web.records.services.reminders import TaskKind, write_task

_REFERRAL_ACTS = {
    VisitAct.FINISH: ReferralAct.EVALUATE,
    VisitAct.MISS: ReferralAct.NOT_SEEN,
    VisitAct.CANCEL: ReferralAct.NOT_SEEN,
}


class JustTaken(TimeTaken):
    """The same, found out only while claiming: with another room it may still go."""


def arrive(actor: Actor, appointment_id: UUID, *, now: datetime | None = None) -> VisitState:
    """Mark that somebody is here. Raises: NotFound, NotAllowed (of `reable.book`)."""
    return _act(actor, appointment_id, VisitAct.ARRIVE, now or datetime.now(UTC))


def finish(actor: Actor, appointment_id: UUID, *, now: datetime | None = None) -> VisitState:
    """Mark a visit as done; a referral behind it waits for its letter now. Raises: NotFound, NotAllowed (of book)."""
    return _act(actor, appointment_id, VisitAct.FINISH, now or datetime.now(UTC))


def miss(actor: Actor, appointment_id: UUID, *, now: datetime | None = None) -> VisitState:
    """Mark that somebody did not come, and have them called. Raises: NotFound, NotAllowed (of `reable.book`)."""
    return _act(actor, appointment_id, VisitAct.MISS, now or datetime.now(UTC))


def undo(actor: Actor, appointment_id: UUID, *, now: datetime | None = None) -> VisitState:
    """Take a mark back on its day. Raises: NotFound, NotAllowed (of `reable.book`)."""
    return _act(actor, appointment_id, VisitAct.UNDO, now or datetime.now(UTC))


@transaction.atomic
def _act(actor: Actor, appointment_id: UUID, act: VisitAct, now: datetime) -> VisitState:
    row, before = locked(actor, appointment_id)
    state = step(actor, row, before, act, now=now)
    discipline = Discipline(row.discipline)
    if act is VisitAct.MISS:
        write_task(TaskKind.CALL_MISSED, Role.FRONT_DESK, clinic=row.clinic, patient_id=row.patient_id, now=now)
    followed = row.visit_type.kind == EVALUATION  # only an evaluation carries its referral further
    if act is VisitAct.UNDO and before.state == VisitState.NO_SHOW:
        Task.objects.filter(patient_id=row.patient_id, kind=TaskKind.CALL_MISSED, done_at__isnull=True).delete()
        if followed:
            follow_visit(actor, row.patient_id, discipline, ReferralAct.BOOK, now=now)
    if followed and act in _REFERRAL_ACTS:
        follow_visit(actor, row.patient_id, discipline, _REFERRAL_ACTS[act], now=now)
    return state


def locked(actor: Actor, appointment_id: UUID) -> tuple[Appointment, AppointmentStatus]:
    """Give a visit with its latest status, so that nobody else changes it meanwhile. Raises: NotFound."""
    row = open_appointment(actor, appointment_id)
    Appointment.objects.select_for_update().get(id=row.id)
    return row, row.statuses.order_by("-id")[0]


def step(
    actor: Actor,
    row: Appointment,
    before: AppointmentStatus,
    act: VisitAct,
    *,
    now: datetime,
    reason: CancelReason | None = None,
) -> VisitState:
    """Take a step of the table in whichever role of the actor may take it. Raises: NotAllowed (of `reable.book`)."""
    facts = facts_of(row, since=before.at, now=now)
    state = VisitState(before.state)
    roles = roles_in(actor, row.booking)
    able = (role for role in roles if visits.allowed(state, act, role, facts=facts, reason=reason))
    after = visits.apply(state, act, next(able, roles[0]), facts=facts, reason=reason)
    write_state(actor, row, after, now=now, reason=reason)
    if not after.holds_time:
        row.claims.all().delete()
    return after


def write_state(
    actor: Actor, row: Appointment, state: VisitState, *, now: datetime, reason: CancelReason | None = None
) -> None:
    """Write the row of a change."""
    AppointmentStatus.objects.create(
        appointment=row,
        state=state,
        reason="" if reason is None else reason.value,
        by_id=actor.user_id,
        role=actor.kind.value,
        at=now,
    )


def claim(appointments: Iterable[Appointment]) -> None:
    """Claim all quarter hours of these visits for therapist, room and patient, or none. Raises: JustTaken.

    Must run inside a transaction that is rolled back when it is refused.
    """
    rows = [
        Claim(appointment=row, resource=resource, resource_id=resource_id, cell=cell)
        for row in appointments
        for resource, resource_id in _resources(row)
        for cell in book.cells(row.starts_at, row.ends_at)
    ]
    rows.sort(key=lambda one: (one.resource, str(one.resource_id), one.cell))
    try:
        Claim.objects.bulk_create(rows)
    except IntegrityError as error:
        raise JustTaken from error


def lock_clinic(clinic_id: UUID) -> None:
    """Take turns, clinic by clinic, in what frees times and offers them; always the first lock of a transaction.

    Rows that only point to the clinic, as a new booking does, need not wait.
    """
    Clinic.objects.select_for_update(no_key=True).get(id=clinic_id)


def _resources(row: Appointment) -> Sequence[tuple[str, UUID]]:
    both = [(PATIENT, row.patient_id), (THERAPIST, row.therapist_id)]
    return both if row.room_id is None else [*both, (ROOM, row.room_id)]
