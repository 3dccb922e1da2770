"""Leave a row for each request that touched a person's data."""

from datetime import UTC, datetime

from reable.web.records.actor import Actor
from reable.web.records.models import AccessEntry


def note_access(actor: Actor, *, act: str, method: str, status: int, request_id: str) -> None:
    """Write one row: who, what kind of act, whose data; never what was read."""
    AccessEntry.objects.create(
        clinic_id=actor.clinic_id,
        at=datetime.now(UTC),
        request_id=request_id,
        user_id=actor.user_id,
        actor=actor.kind.value,
        act=act,
        method=method,
        status=status,
        patients=sorted(str(id_) for id_ in actor.touched_patients),
        inquiries=sorted(str(id_) for id_ in actor.touched_inquiries),
    )
