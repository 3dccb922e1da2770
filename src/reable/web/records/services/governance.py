"""Sign, withdraw and put back, note incidents (S40, S41). Nothing here can touch a red flag."""

from datetime import UTC, datetime
from uuid import UUID

from django.db import transaction

from reable.errors import ReableError
from reable.knowledge import Knowledge
from reable.knowledge.faults import did_you_mean
from reable.knowledge.shapes.need import Category, Condition
from reable.web import core
from reable.web.records.actor import Actor, ActorKind, NotFound
from reable.web.records.answer_keys import ORDER
from reable.web.records.models import Clinic, Incident, Signature, WithdrawnItem
from reable.web.records.selectors.governance import LEADS, PARTS, RESIDUAL_RISK, knowledge_in_force

NOTES_INCIDENTS = (*LEADS, ActorKind.FRONT_DESK)
SEVERITIES = ("near_miss", "minor", "moderate", "severe", "death")


class CannotSign(ReableError):
    """A signature is not complete, or stands under something else than what answers now."""

    code = "web.cannot_sign"


class CannotWithdraw(ReableError):
    """An item is not known, or must never be switched off."""

    code = "web.cannot_withdraw"


class IncidentUnclear(ReableError):
    """An incident does not say what is needed to follow it up."""

    code = "web.incident_unclear"


@transaction.atomic
def sign(actor: Actor, *, part: str, name: str, licence: str, knowledge_version: str) -> UUID:
    """Sign a part as the one who acts, at the version that was read.

    The knowledge is signed by a licensed therapist of the clinic; the residual risk is accepted by a therapist or
    manager, whose post stands in `licence`. Raises: NotAllowed, Unscoped, CannotSign.
    """
    if part not in PARTS:
        raise CannotSign(
            f"'{part}' is nothing to sign.{did_you_mean(part, PARTS)}", hint=f"One of: {', '.join(PARTS)}."
        )
    actor.must_be(*signers(part), to=f"sign {part}")
    if not name.strip() or not licence.strip():
        raise CannotSign("A signature needs a name, and a licence or a post.")
    if knowledge_version != knowledge_in_force():
        raise CannotSign("The knowledge has changed since it was read.", hint="Read what is in force now, then sign.")
    row = Signature.objects.create(
        clinic_id=actor.clinic,
        part=part,
        knowledge_version=knowledge_version,
        by_id=_who(actor),
        name=name.strip(),
        licence=licence.strip(),
        at=datetime.now(UTC),
    )
    return row.id


def signers(part: str) -> tuple[ActorKind, ...]:
    """Name who may sign a part: the knowledge takes a license, the residual risk somebody who leads."""
    return LEADS if part == RESIDUAL_RISK else (ActorKind.PT, ActorKind.OT)


def withdrawable(knowledge: Knowledge) -> frozenset[str]:
    """List what may be switched off: limitations, conditions, other doors, education, and rules of order.

    Flags, signs, combinations, danger questions, texts and advice to ask a doctor are not among them.
    """
    ordered: dict[str, Category | Condition] = {**knowledge.categories, **knowledge.conditions}
    orders = (f"{ORDER}{key}" for key, item in ordered.items() if item.first is not None)
    return frozenset((*ordered, *knowledge.doors, *knowledge.education, *orders))


@transaction.atomic
def withdraw(actor: Actor, *, item: str, reason: str) -> UUID:
    """Switch an item off in the actor's clinic, at once; what is withdrawn already stays so.

    Raises: NotAllowed, Unscoped, CannotWithdraw.
    """
    actor.must_be(*LEADS, to="withdraw an item")
    _check_withdrawable(item)
    if not reason.strip():
        raise CannotWithdraw("Say why it is withdrawn.")
    Clinic.objects.select_for_update().get(id=actor.clinic)  # two at once must not make two rows
    there = WithdrawnItem.objects.filter(clinic_id=actor.clinic, item=item, put_back_at__isnull=True).first()
    if there is not None:
        return there.id
    row = WithdrawnItem.objects.create(
        clinic_id=actor.clinic, item=item, reason=reason.strip(), by_id=_who(actor), at=datetime.now(UTC)
    )
    return row.id


@transaction.atomic
def put_back(actor: Actor, *, item: str) -> None:
    """Switch a withdrawn item on again. Raises: NotAllowed, Unscoped, NotFound."""
    actor.must_be(*LEADS, to="put an item back")
    rows = WithdrawnItem.objects.filter(clinic_id=actor.clinic, item=item, put_back_at__isnull=True)
    if not rows.update(put_back_at=datetime.now(UTC)):
        raise NotFound("withdrawn item")


@transaction.atomic
def open_incident(actor: Actor, *, what: str, severity: str, owner: str, hazard: str = "") -> UUID:
    """Note that something went wrong or nearly did. `what` holds no patient's words; `owner` follows it up.

    Raises: NotAllowed, Unscoped, IncidentUnclear.
    """
    actor.must_be(*NOTES_INCIDENTS, to="note an incident")
    if severity not in SEVERITIES:
        raise IncidentUnclear(f"'{severity}' is not a severity.", hint=f"One of: {', '.join(SEVERITIES)}.")
    if not what.strip() or not owner.strip():
        raise IncidentUnclear("An incident says what happened and who follows it up.")
    row = Incident.objects.create(
        clinic_id=actor.clinic,
        what=what.strip(),
        severity=severity,
        hazard=hazard.strip(),
        owner=owner.strip(),
        by_id=_who(actor),
        at=datetime.now(UTC),
    )
    return row.id


@transaction.atomic
def close_incident(actor: Actor, incident_id: UUID) -> None:
    """Close an incident of the actor's clinic. Raises: NotAllowed, Unscoped, NotFound."""
    actor.must_be(*LEADS, to="close an incident")
    rows = Incident.objects.filter(id=incident_id, clinic_id=actor.clinic, closed_at__isnull=True)
    if not rows.update(closed_at=datetime.now(UTC)):
        raise NotFound("incident")


def _check_withdrawable(item: str) -> None:
    knowledge = core.knowledge()
    allowed = withdrawable(knowledge)
    if item in allowed:
        return
    if item in knowledge.red_flags or item in knowledge.signs or item in knowledge.questions:
        raise CannotWithdraw(
            f"'{item}' belongs to the search for danger: nobody can switch that off.",
            hint="Note an incident; the knowledge itself must be mended and signed anew.",
        )
    raise CannotWithdraw(
        f"'{item}' is nothing that can be withdrawn.{did_you_mean(item, allowed)}",
        hint="Limitations, conditions, other doors, education, and 'order:' before a key with an order rule.",
    )


def _who(actor: Actor) -> UUID:
    """Name the user who answers for an act; a system or an unknown person signs nothing."""
    if actor.user_id is None:
        raise CannotSign("Only somebody who signed in can do this.")
    return actor.user_id
