"""`reable clinic`: a new clinic with its first place, and the invitation of who will manage it."""

from dataclasses import dataclass
from datetime import datetime
from smtplib import SMTPException
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction

from reable.errors import ReableError
from reable.knowledge.faults import did_you_mean
from reable.web.accounts.selectors import operators
from reable.web.accounts.services import invite_first_manager
from reable.web.operations.site import operator
from reable.web.records.actor import Actor, ActorKind
from reable.web.records.selectors.clinics import clinic_by_slug
from reable.web.records.services.audit import note_access
from reable.web.records.services.clinics import ClinicGiven, new_clinic
from reable.web.records.services.places import PlaceGiven

_STAYS_HERE = ("console", "dummy", "filebased", "locmem")  # mail that reaches nobody


class NoOperator(ReableError):
    """Nobody can answer for the invitation of a first manager."""

    code = "web.no_operator"

    def __init__(self, known: tuple[str, ...], given: str | None) -> None:
        if given is not None:
            what, hint = f"Nobody here is an operator under that address.{did_you_mean(given, known)}", ""
        elif known:
            what, hint = "Several people have an operator's account here.", "Say with --by who invites."
        else:
            what, hint = "Nobody has an operator's account yet, and an invitation says who invites.", ""
        super().__init__(what, hint=hint or "Make an account first: python -m django createsuperuser")


class MailNotSent(ReableError):
    """The mail server did not take the invitation; all else was kept."""

    code = "web.mail_not_sent"

    def __init__(self, slug: str) -> None:
        super().__init__(
            f"The clinic '{slug}' is there, but the invitation could not be sent.",
            hint=f"Mend REABLE_MAIL_HOST and its like, then: reable clinic invite {slug} --manager ADDRESS",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """Who was invited to manage a clinic, until when; `link` only where the mail reaches nobody."""

    email: str
    expires_at: datetime
    link: str


def place(*, name: str, address: str, telephone: str, step_free: bool) -> PlaceGiven:
    """Put together what the command was given of the first place; its manager sets it on the map."""
    return PlaceGiven(
        name=name, address=address, telephone=telephone, step_free=step_free, latitude=None, longitude=None
    )


def new(
    slug: str,
    *,
    name: str,
    telephone: str,
    time_zone: str,
    country: str,
    notice_minutes: int,
    place: PlaceGiven,
    manager: str,
    by: str | None,
) -> Invitation:
    """Make a clinic and invite who will manage it: both or neither.

    Raises: NoOperator, ClinicRefused, CannotInvite, MailNotSent.
    """
    user_id = _who(by)
    clinic = ClinicGiven(
        slug=slug,
        name=name,
        telephone=telephone,
        time_zone=time_zone,
        country=country.strip().upper(),
        notice_minutes=notice_minutes,
        place=place,
    )
    return _send(slug, manager, user_id, clinic)


def invite(slug: str, *, manager: str, by: str | None) -> Invitation:
    """Invite the first manager once more: the link was lost or is too old.

    Raises: NoOperator, NotFound, CannotInvite, MailNotSent.
    """
    return _send(slug, manager, _who(by), None)


def in_words(invitation: Invitation) -> str:
    """Say who was invited, and the link where no mail carries it."""
    said = f"invited to manage it: {invitation.email}, until {invitation.expires_at:%Y-%m-%d}"
    if not invitation.link:
        return said
    return f"{said}\nNo mail leaves this machine. Hand this link to them alone: {invitation.link}"


def _send(slug: str, manager: str, user_id: UUID, clinic: ClinicGiven | None) -> Invitation:
    try:
        with transaction.atomic():
            made = None if clinic is None else new_clinic(operator(), clinic, is_demo=settings.DEMO)
            actor = Actor(
                kind=ActorKind.OPERATOR,
                user_id=user_id,
                clinic_id=made or clinic_by_slug(operator(), slug).id,
                kinds=frozenset({ActorKind.OPERATOR}),
            )
            first = invite_first_manager(actor, manager)
            act = "clinic invite" if clinic is None else "clinic new"
            note_access(actor, act=act, method="COMMAND", status=200, request_id=uuid4().hex[:12])
    except (SMTPException, OSError) as error:  # the mail goes out once all else is kept
        raise MailNotSent(slug) from error
    stays = settings.EMAIL_BACKEND.split(".")[-2] in _STAYS_HERE
    return Invitation(email=first.invited.email, expires_at=first.invited.expires_at, link=first.link if stays else "")


def _who(by: str | None) -> UUID:
    """Find the operator who invites: the one that is named, else the only one. Raises: NoOperator."""
    known = operators()
    if by is not None and by.strip().lower() in known:
        return known[by.strip().lower()]
    if by is not None or len(known) != 1:
        raise NoOperator(tuple(known), by)
    return next(iter(known.values()))
