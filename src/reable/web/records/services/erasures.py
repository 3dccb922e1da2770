"""After a restore: what people had erased since the backup is there again, and must go again."""

from uuid import UUID

from django.db import transaction

from reable.web.records.actor import Actor, ActorKind, system_actor
from reable.web.records.models import Inquiry
from reable.web.records.selectors.audit import erased_ids
from reable.web.records.services.inquiries import erase_rows

Tombstone = tuple[str, UUID]
"""What kind of thing was erased, and its id."""


def erase_again(actor: Actor, erased: frozenset[Tombstone]) -> tuple[int, tuple[Tombstone, ...]]:
    """Erase once more what `erased` names and the database does not know of; gives how many, and what is left to do.

    Inquiries are erased here. Anything else is left to the service that erases its kind. Raises: NotAllowed.
    """
    actor.must_be(ActorKind.OPERATOR, to="erase again")
    missing = sorted(erased - erased_ids(actor), key=str)
    inquiries = [id_ for kind, id_ in missing if kind == "inquiry"]
    for inquiry in Inquiry.objects.filter(id__in=inquiries, erased_at__isnull=True):
        with transaction.atomic():
            erase_rows(inquiry, system_actor(inquiry.clinic_id))
    return len(inquiries), tuple(one for one in missing if one[0] != "inquiry")
