"""What somebody of the clinic has to do: the open tasks of the reader's own roles, the longest due first."""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from reable.web.records.actor import Actor, ActorKind
from reable.web.records.models import Task
from reable.web.records.selectors.places import zone_of

A_PAGE = 50
_STAFF = (ActorKind.PT, ActorKind.OT, ActorKind.FRONT_DESK, ActorKind.MANAGER)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenTask:
    """Something to do, by when on the clinic's clock, and whom to reach. No clinical word (S31)."""

    task_id: UUID
    patient_id: UUID | None
    kind: str
    role: str
    name: str
    telephone: str
    email: str
    language: str
    due: datetime
    late: bool
    is_mine: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenTasks:
    """One page of tasks."""

    tasks: tuple[OpenTask, ...]
    total: int
    page: int
    pages: int


def open_tasks(actor: Actor, *, page: int = 1, everybody: bool = False, now: datetime | None = None) -> OpenTasks:
    """Give the open tasks of the reader's roles; `everybody`: all of the clinic's, for a manager.

    Raises: NotAllowed, Unscoped.
    """
    actor.must_be(*_STAFF, to="see tasks")
    if everybody:
        actor.must_be(ActorKind.MANAGER, to="see the tasks of others")
    now, zone = now or datetime.now(UTC), zone_of(actor.clinic)
    own = {kind.value for kind in actor.kinds}
    rows = Task.objects.filter(clinic_id=actor.clinic, done_at__isnull=True).select_related("patient")
    rows = rows if everybody else rows.filter(role__in=own)
    total = rows.count()
    pages = max(1, -(-total // A_PAGE))
    page = min(max(1, page), pages)
    cut = list(rows.order_by("due_at", "id")[(page - 1) * A_PAGE : page * A_PAGE])
    actor.reads(patients=[row.patient_id for row in cut if row.patient_id])
    tasks = tuple(
        OpenTask(
            task_id=row.id,
            patient_id=row.patient_id,
            kind=row.kind,
            role=row.role,
            name=row.patient.name if row.patient else "",
            telephone=row.patient.telephone if row.patient else "",
            email=row.patient.email if row.patient else "",
            language=row.patient.language if row.patient else "",
            due=row.due_at.astimezone(zone).replace(tzinfo=None),
            late=row.due_at < now,
            is_mine=row.role in own,
        )
        for row in cut
    )
    return OpenTasks(tasks=tasks, total=total, page=page, pages=pages)
