"""End what somebody may do in a clinic; the next request of theirs is refused, since actors are read from live rows."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from reable.errors import ReableError
from reable.web.accounts.models import Membership, RoleName
from reable.web.records.actor import Actor, ActorKind, NotAllowed, NotFound
from reable.web.records.models import Appointment, Therapist
from reable.web.records.selectors.bookings import latest


class LastToManage(ReableError):
    """Without its last manager nobody could invite or remove anybody in this clinic."""

    code = "accounts.last_manager"

    def __init__(self) -> None:
        super().__init__(_("You are the last manager of this clinic. Invite another manager first."))


@transaction.atomic
def revoke_membership(actor: Actor, membership_id: UUID, *, now: datetime | None = None) -> int:
    """End one role of somebody in the actor's clinic; a therapist can be booked no more.

    With the last role as a therapist ends that of the safeguarding clinician.
    Gives how many of their visits are still booked. Raises: NotAllowed, Unscoped, NotFound, LastToManage.
    """
    managers, now = managers_of(actor), now or timezone.now()
    row = Membership.objects.filter(id=membership_id, clinic_id=actor.clinic, revoked_at__isnull=True).first()
    if row is None:
        raise NotFound
    if row.role == RoleName.MANAGER and len(managers) == 1:
        raise LastToManage
    Membership.objects.filter(id=row.id).update(revoked_at=now)
    here = Membership.objects.filter(user_id=row.user_id, clinic_id=row.clinic_id, revoked_at__isnull=True)
    if not here.filter(role__in=(RoleName.PT, RoleName.OT)).exists():
        here.filter(role=RoleName.SAFEGUARDING).update(revoked_at=now)
    as_therapist = Therapist.objects.filter(clinic_id=row.clinic_id, user_id=row.user_id, discipline=row.role)
    booked = Appointment.objects.filter(therapist__in=as_therapist, ends_at__gt=now, replaced_by__isnull=True)
    as_therapist.filter(left_at__isnull=True).update(left_at=now)
    return booked.annotate(state=latest("state")).filter(state="booked").count()


def managers_of(actor: Actor) -> list[UUID]:
    """Give the managers of the actor's clinic, the actor first, and let nobody else change them meanwhile.

    Two managers who remove each other at the same moment come one after the other: the second is none any more.
    Raises: NotAllowed, Unscoped.
    """
    actor.must_be(ActorKind.MANAGER, to="change who works here")
    live = Membership.objects.select_for_update().filter(
        clinic_id=actor.clinic, role=RoleName.MANAGER, revoked_at__isnull=True
    )
    managers = sorted(live.order_by("id").values_list("user_id", flat=True), key=lambda id_: id_ != actor.user_id)
    if actor.user_id not in managers:
        raise NotAllowed("change who works here")
    return managers
