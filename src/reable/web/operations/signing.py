"""`reable signing`: what a clinic has signed and withdrawn; sign, withdraw, find answers, from the command line.

Whoever signs or withdraws proves with their own password who they are: the operator of a machine signs nothing.
"""

from dataclasses import dataclass
from uuid import uuid4

from django.contrib.auth.backends import ModelBackend

from reable.errors import ReableError
from reable.web.operations.site import operator
from reable.web.records.actor import Actor, ActorKind
from reable.web.records.selectors import governance as state
from reable.web.records.selectors.clinics import ClinicCard, all_clinics, clinic_by_slug
from reable.web.records.selectors.governance import AnswerFound, Signed
from reable.web.records.services import governance as acts
from reable.web.records.services.audit import note_access

_LEADING = (ActorKind.PT, ActorKind.OT, ActorKind.MANAGER)


class NotThem(ReableError):
    """Somebody could not show who they are, or does not work in this clinic."""

    code = "web.not_them"

    def __init__(self) -> None:
        super().__init__(
            "This is not the e-mail address and password of a therapist or manager of this clinic.",
            hint="Whoever signs in without a password signs on the clinic's page.",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a clinic stands."""

    clinic: ClinicCard
    parts: tuple[Signed, ...]
    missing: tuple[str, ...]
    withdrawn: tuple[str, ...]


def standing(slug: str | None = None) -> tuple[Standing, ...]:
    """Say of one clinic, or of all, what is signed, missing and withdrawn. Raises: NotFound."""
    clinics = (clinic_by_slug(operator(), slug),) if slug else all_clinics(operator())
    return tuple(
        Standing(
            clinic=clinic,
            parts=state.signatures(_at(clinic)),
            missing=state.going_live(clinic.id),
            withdrawn=tuple(sorted(state.withdrawn_items(clinic.id))),
        )
        for clinic in clinics
    )


def in_words(part: Signed) -> str:
    """Say by whom a part is signed, and whether that still holds."""
    if part.at is None:
        return "nobody has signed"
    by = f"{part.by_name}, {part.licence}, {part.at:%Y-%m-%d}, version {part.knowledge_version}"
    return by if part.in_force else f"{by} (NOT IN FORCE)"


def lacks(missing: tuple[str, ...]) -> tuple[str, ...]:
    """Say in plain words what a clinic that takes nobody yet must still do beside signing (S13)."""
    says = {
        "safeguarding_clinician": "nobody is named as safeguarding clinician: a manager names one on the page Staff",
        "safeguarding_steps": "the local steps when somebody tells of abuse or neglect are not written in both "
        "languages: a manager writes them on the page Texts and numbers",
    }
    return tuple(says[one] for one in missing if one in says)


def somebody(slug: str, email: str, password: str) -> Actor:
    """Give the actor of somebody of a clinic who shows their password. Raises: NotThem, NotFound."""
    clinic = clinic_by_slug(operator(), slug)
    user = ModelBackend().authenticate(None, username=email.strip().lower(), password=password)
    if user is None:
        raise NotThem
    roles = user.memberships.filter(clinic_id=clinic.id, revoked_at__isnull=True).values_list("role", flat=True)
    kinds = frozenset(ActorKind(role) for role in roles)
    kind = next((one for one in _LEADING if one in kinds), None)
    if kind is None:
        raise NotThem
    return Actor(kind=kind, user_id=user.pk, clinic_id=clinic.id, kinds=kinds)


def sign(actor: Actor, *, part: str, name: str, licence: str, knowledge_version: str) -> None:
    """Sign a part. Raises: what the service raises."""
    acts.sign(actor, part=part, name=name, licence=licence, knowledge_version=knowledge_version)
    _note(actor, "signing sign")


def withdraw(actor: Actor, *, item: str, reason: str) -> None:
    """Switch an item off at once. Raises: what the service raises."""
    acts.withdraw(actor, item=item, reason=reason)
    _note(actor, "signing withdraw")


def put_back(actor: Actor, *, item: str) -> None:
    """Switch an item on again. Raises: what the service raises."""
    acts.put_back(actor, item=item)
    _note(actor, "signing put back")


def answers_with(*, item: str | None, knowledge_version: str | None) -> tuple[AnswerFound, ...]:
    """Find everybody whose answer rests on an item or version; looking is an entry of the audit."""
    actor = operator()
    found = state.answers_with(actor, item=item, knowledge_version=knowledge_version)
    _note(actor, "signing answers")
    return found


def _at(clinic: ClinicCard) -> Actor:
    return Actor(kind=ActorKind.OPERATOR, clinic_id=clinic.id, kinds=frozenset({ActorKind.OPERATOR}))


def _note(actor: Actor, act: str) -> None:
    note_access(actor, act=act, method="COMMAND", status=200, request_id=uuid4().hex[:12])
