"""What was told in confidence (S13): note that it is there, have the named clinician told, keep what they did.

Nothing of what was said is copied into these rows but the names of the flags; no message says what it is about.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from uuid import UUID

from django.db import transaction

from reable.errors import ReableError
from reable.web.records.actor import Actor, NotFound
from reable.web.records.finding import derived, finding_of
from reable.web.records.models import Disclosure, DisclosureAct, Inquiry, Patient, Referral, SafeContact
from reable.web.records.selectors.inquiries import clinics_of, open_inquiry, state_of
from reable.web.records.selectors.safeguarding import LATE_AFTER, open_disclosure, unseen
from reable.web.records.services.persons import is_address, is_number
from reable.web.records.services.reminders import drop_about, tell_clinician

LONGEST_NOTE, LONGEST_WHEN = 1000, 300


class Way(StrEnum):
    """How somebody may be reached safely."""

    CALL = "call"
    TEXT = "text"
    EMAIL = "email"


class Outcome(StrEnum):
    """How a disclosure ended for the clinic."""

    REPORTED = "reported"
    HELP_FOUND = "help_found"
    NO_REPORT = "no_report"  # the person was spoken with alone, and no step was due
    NOT_REACHED = "not_reached"


class BadNote(ReableError):
    """What was done cannot be kept like this: nothing was written, or too much."""

    code = "web.bad_safeguarding_note"

    def __init__(self) -> None:
        super().__init__(
            "a note says in up to 1,000 letters what was done", hint="Write what was done, by whom and on which day."
        )


class BadSafeContact(ReableError):
    """A safe way to reach somebody cannot be used. Names the fields, never what is in them."""

    code = "web.bad_safe_contact"

    def __init__(self, fields: tuple[str, ...]) -> None:
        super().__init__(f"these fields cannot be used: {', '.join(fields)}", hint="Ask the person to look at them.")
        self.fields = fields


@dataclass(frozen=True, slots=True, kw_only=True)
class SafeWay:
    """A way of which the person says that it is safe: `when` also says what to tell somebody else who answers."""

    way: Way
    address: str
    when: str


def notice(inquiry: Inquiry, *, patient: Patient | None = None, now: datetime) -> None:
    """Note for each clinic that may see this inquiry by now that it tells of abuse, and have its clinician told.

    For services, within the act that told more or made it visible. A clinic that knows already is told again only if
    its clinician has looked since: one message a look. A way back that was made before ends: who has its link could
    read that something was told, and answer how it is safe to make contact. `patient`: whom the clinic knows it of,
    though nothing was booked.
    """
    clinics = clinics_of(inquiry, now)
    known = {row.clinic_id: row for row in Disclosure.objects.filter(inquiry=inquiry, clinic_id__in=clinics)}
    if clinics - known.keys():
        flags = _private_flags(inquiry)
        for clinic_id in clinics - known.keys() if flags else ():
            known[clinic_id], _made = Disclosure.objects.get_or_create(  # two pages may be sent at one moment
                clinic_id=clinic_id, inquiry=inquiry, defaults={"flags": list(flags), "since": now, "patient": patient}
            )
    links = inquiry.links.filter(revoked_at__isnull=True)
    if known or (links.exists() and _private_flags(inquiry)):
        links.update(revoked_at=now)
    for row in known.values():
        _tell(row, f"{row.acts.count()}", now=now)


def notice_referral(referral: Referral, *, now: datetime) -> None:
    """Note that a doctor's letter tells of abuse, and have the clinician of its clinic told; again for a changed one.

    For services, within the act that entered or changed the letter.
    """
    row = Disclosure.objects.filter(referral=referral).first()
    flags = finding_of(referral.record).confided
    if row is None and flags:
        row = Disclosure.objects.create(
            clinic_id=referral.clinic_id,
            referral=referral,
            patient_id=referral.patient_id,
            flags=list(flags),
            since=now,
        )
    if row is not None:
        _tell(row, f"{row.acts.count()}", now=now)


def tell_of_unseen(now: datetime) -> int:
    """Tell of what nobody has looked at: once each clinician who was named since, and all once more when it is late.

    What was told after the last look counts the same. Gives how many disclosures wait.
    """
    waiting = unseen(now)
    for row, since in waiting:
        looks = row.acts.count()
        _tell(row, f"{looks}", now=now)
        if now - since > LATE_AFTER:
            _tell(row, f"late{looks}", now=now)
    return len(waiting)


def forget(inquiry: Inquiry, *, now: datetime) -> None:
    """Delete what may be told of a disclosure with the inquiry; what a clinician wrote down as done stays."""
    SafeContact.objects.filter(inquiry=inquiry).delete()
    rows = Disclosure.objects.filter(inquiry=inquiry)
    for disclosure_id in rows.values_list("id", flat=True):
        drop_about(disclosure_id, now=now)
    rows.filter(acts__isnull=True).delete()
    rows.update(flags=[])


@transaction.atomic
def keep_safe_contact(actor: Actor, inquiry_id: UUID, safe: SafeWay | None, *, now: datetime | None = None) -> None:
    """Keep whether and how it is safe to make contact; None: it is not safe. The latest word counts.

    Raises: NotFound (also where nothing was told in confidence), BadSafeContact.
    """
    now = now or datetime.now(UTC)
    inquiry = open_inquiry(actor, inquiry_id)
    if not clinics_of(inquiry, now) or not _private_flags(inquiry):
        raise NotFound
    if safe is None:
        SafeContact.objects.create(inquiry=inquiry, is_safe=False, at=now)
    else:
        faults = tuple(_faults(safe))
        if faults:
            raise BadSafeContact(faults)
        SafeContact.objects.create(
            inquiry=inquiry,
            is_safe=True,
            way=safe.way.value,
            address=safe.address.strip(),
            when=safe.when.strip(),
            at=now,
        )
    notice(inquiry, now=now)


@transaction.atomic
def note_seen(actor: Actor, source_id: UUID, *, now: datetime | None = None) -> None:
    """Keep that the safeguarding clinician has read it. Raises: NotFound."""
    _act(actor, source_id, "seen", now=now)


@transaction.atomic
def note_done(
    actor: Actor, source_id: UUID, text: str, *, outcome: Outcome | None = None, now: datetime | None = None
) -> None:
    """Keep what was done; with an outcome it is closed, without one it is open (again). Raises: NotFound, BadNote."""
    if not text.strip() or len(text.strip()) > LONGEST_NOTE:
        raise BadNote
    _act(actor, source_id, "note" if outcome is None else "closed", text=text.strip(), outcome=outcome, now=now)


def _act(
    actor: Actor,
    source_id: UUID,
    kind: str,
    *,
    text: str = "",
    outcome: Outcome | None = None,
    now: datetime | None = None,
) -> None:
    now = now or datetime.now(UTC)
    row = open_disclosure(actor, source_id, now)
    if actor.user_id is None:
        raise NotFound
    DisclosureAct.objects.create(
        disclosure=row, kind=kind, text=text, outcome=outcome.value if outcome else "", by_id=actor.user_id, at=now
    )


def _private_flags(inquiry: Inquiry) -> tuple[str, ...]:
    record = derived(state_of(inquiry))
    return () if record is None else finding_of(record).confided


def _tell(row: Disclosure, about: str, *, now: datetime) -> None:
    tell_clinician(row.clinic, f"{row.id}:{about}", now=now)


def _faults(safe: SafeWay) -> Iterator[str]:
    address = safe.address.strip()
    if not (is_address(address) if safe.way is Way.EMAIL else is_number(address)):
        yield "address"
    if len(safe.when.strip()) > LONGEST_WHEN:
        yield "when"
