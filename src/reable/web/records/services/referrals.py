"""A physician's referral from its entry to the letter back: each step by the table, with its owner and its due day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from reable import book
from reable.book import ReferralAct, ReferralReason, ReferralState, Role, referrals, therapist_of
from reable.errors import ReableError
from reable.navigate import Inquiry, Navigation, to_record
from reable.terms import Discipline, Priority
from reable.web import core
from reable.web.records import actor as actors
from reable.web.records.actor import Actor, ActorKind
from reable.web.records.models import Letter, Referral, ReferralRule, ReferralStatus
from reable.web.records.selectors.choices import Hindrance as Hindrance  # part of what this module gives
from reable.web.records.selectors.choices import NotBookable as NotBookable
from reable.web.records.selectors.openings import clinic_row
from reable.web.records.selectors.referrals import (
    ASKED_PRIORITY,
    CLEARED,
    EDITED,
    STAFF_ROLES,
    TRIED,
    facts_of,
    is_own_person,
    open_draft,
    open_referral,
    priority_of,
    referral_in,
    roles_on,
    standing_of,
)
from reable.web.records.selectors.slots import DIRECT
from reable.web.records.services.persons import Person, correct_person, patient_for
from reable.web.records.services.reminders import TaskKind, write_task
from reable.web.records.services.safeguarding import notice_referral
from reable.web.records.services.screening import dangers

LONGEST_TEXT, LONGEST_LETTER, LONGEST_REASON = 5000, 10000, 500


class BadReferral(ReableError):
    """A referral or a letter without what it needs. Names the fields, never what is in them."""

    code = "web.bad_referral"

    def __init__(self, fields: tuple[str, ...]) -> None:
        super().__init__(f"these fields cannot be used: {', '.join(fields)}", hint="fill them in")
        self.fields = fields


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralsEntered:
    """What was made of one letter: a referral for each discipline, and the dangers that its text speaks of (S3)."""

    ids: tuple[UUID, ...]
    dangers: tuple[str, ...]


def enter_referral(
    actor: Actor,
    *,
    person: Person | None,
    disciplines: Sequence[Discipline],
    text: str,
    physician_name: str,
    physician_contact: str,
    patient_id: UUID | None = None,
    priority: Priority | None = None,
    as_draft: bool = False,
    now: datetime | None = None,
) -> ReferralsEntered:
    """Enter a referral, as the physician who asks or for one; one of both disciplines becomes two.

    The text is searched for danger: it is kept all the same, a therapist is asked to look the same day, and nobody
    accepts it before somebody has written down who cleared it. `priority` is how soon the physician wants it; the
    sooner of this and what the text says counts. Raises: Unscoped, NotAllowed (web), BadReferral, BadPerson, NotFound.
    """
    now = now or datetime.now(UTC)
    state = ReferralState.DRAFTED if as_draft else ReferralState.RECEIVED
    role, by = _beginner(actor, state), _user(actor)
    _check_referral(physician_name, text, disciplines)
    clinic = clinic_row(actor.clinic)
    found = core.answer(Inquiry(text=text, country=clinic.country, age=person.age if person else None))
    with transaction.atomic():
        patient = patient_for(actor, clinic.id, person, patient_id=patient_id, inquiry=None, now=now)
        rows = [
            Referral(
                clinic=clinic,
                patient=patient,
                discipline=discipline,
                physician_id=by if role is Role.REFERRING_PHYSICIAN else None,
                physician_name=physician_name.strip(),
                physician_contact=physician_contact.strip(),
                text=text,
                entered_by_id=by,
                entered_at=now,
            )
            for discipline in dict.fromkeys(disciplines)
        ]
        for row in rows:
            _make(row, found, state, role, priority)
    actor.reads(patients=[patient.id])
    return ReferralsEntered(ids=tuple(row.id for row in rows), dangers=dangers(found))


def edit_draft(
    actor: Actor,
    referral_id: UUID,
    *,
    person: Person | None,
    discipline: Discipline,
    text: str,
    physician_name: str,
    physician_contact: str,
    priority: Priority | None = None,
    now: datetime | None = None,
) -> ReferralsEntered:
    """Change a referral that is not sent yet; its text is searched for danger anew.

    `person` is left as it is where others have to do with them too. Raises: NotFound, also for one that is sent;
    BadReferral, BadPerson, NotAllowed (web).
    """
    now = now or datetime.now(UTC)
    _check_referral(physician_name, text, [discipline])
    with transaction.atomic():
        _locked(actor, referral_id)
        row = open_draft(actor, referral_id)
        if person is not None and is_own_person(row):
            correct_person(row.patient_id, person)
        age = person.age if person else row.patient.age
        found = core.answer(Inquiry(text=text, country=row.clinic.country, age=age))
        row.discipline, row.text = discipline.value, text
        row.physician_name, row.physician_contact = physician_name.strip(), physician_contact.strip()
        row.record = _record(row, found, priority)
        row.save(update_fields=["discipline", "text", "physician_name", "physician_contact", "record"])
        _note(actor, row, EDITED, now)
        _have_looked_at(row, found, now)
    return ReferralsEntered(ids=(row.id,), dangers=dangers(found))


def act_on_referral(
    actor: Actor,
    referral_id: UUID,
    act: ReferralAct,
    *,
    reason: ReferralReason | None = None,
    now: datetime | None = None,
) -> ReferralState:
    """Take a step of the table. A letter is written with `write_letter`.

    Raises: NotFound; NotAllowed (of `reable.book`) with why not; NotAllowed (web) without an account.
    """
    if act is ReferralAct.WRITE_LETTER:
        raise BadReferral(("letter",))
    with transaction.atomic():
        return _step(actor, _locked(actor, referral_id), act, reason, now or datetime.now(UTC))


def write_letter(actor: Actor, referral_id: UUID, text: str, *, now: datetime | None = None) -> UUID:
    """Write the letter back and take the step. Raises: NotFound, NotAllowed (of `reable.book`), BadReferral."""
    if not text.strip() or len(text) > LONGEST_LETTER:
        raise BadReferral(("letter",))
    now = now or datetime.now(UTC)
    with transaction.atomic():
        row = _locked(actor, referral_id)
        _step(actor, row, ReferralAct.WRITE_LETTER, None, now)
        return Letter.objects.create(referral=row, text=text, by_id=_user(actor), at=now).id


@transaction.atomic
def note_try(actor: Actor, referral_id: UUID, *, now: datetime | None = None) -> int:
    """Note a try to reach the person; gives on how many days so far. Raises: NotFound, NotAllowed (web)."""
    row = _locked(actor, referral_id)
    actor.must_be(ActorKind.FRONT_DESK, ActorKind.MANAGER, to="note a try to reach somebody")
    _note(actor, row, TRIED, now or datetime.now(UTC))
    return standing_of(row).tries


@transaction.atomic
def clear_danger(actor: Actor, referral_id: UUID, how: str, *, now: datetime | None = None) -> None:
    """Write down who cleared a danger that the text speaks of, and how (S31); only a therapist of the discipline.

    Raises: NotFound, NotAllowed (web), BadReferral.
    """
    row = _locked(actor, referral_id)
    if Discipline(row.discipline) not in actor.disciplines:
        raise actors.NotAllowed("clear a danger")
    if not how.strip():
        raise BadReferral(("how",))
    _note(actor, row, f"{CLEARED} {how.strip()}"[:LONGEST_REASON], now or datetime.now(UTC))


def check_rule(
    clinic_id: UUID, discipline: Discipline, *, rule: str | None, patient_id: UUID | None, by_telephone: bool = False
) -> None:
    """Test the clinic's rule for a discipline: no rule is "call us", which is enough `by_telephone`.

    Where a referral is needed, one of this patient must be accepted (S25). Raises: NotBookable.
    """
    if rule is None and not by_telephone:
        raise NotBookable(Hindrance.CALL_US)
    if rule not in (None, DIRECT) and not has_accepted(patient_id, clinic_id, discipline):
        raise NotBookable(Hindrance.REFERRAL)


def rule_of(clinic_id: UUID, discipline: Discipline) -> str | None:
    """Give the clinic's rule for a discipline; None is "call us"."""
    rows = ReferralRule.objects.filter(clinic_id=clinic_id, discipline=discipline.value)
    return rows.values_list("rule", flat=True).first()


def has_accepted(patient_id: UUID | None, clinic_id: UUID, discipline: Discipline) -> bool:
    """Test if a referral of this patient waits for its evaluation to be booked."""
    if patient_id is None:
        return False
    return referral_in(ReferralState.ACCEPTED, patient_id, clinic_id, discipline) is not None


def follow_visit(actor: Actor, patient_id: UUID, discipline: Discipline, act: ReferralAct, *, now: datetime) -> bool:
    """Take the step of a referral that follows from what happened to its visit, where there is one and it may be.

    For services only. Gives whether a step was taken.
    """
    if actor.user_id is None:
        return False
    rows = Referral.objects.filter(patient_id=patient_id, discipline=discipline.value).select_related(
        "clinic", "patient"
    )
    for row in rows.select_for_update(of=("self",)).order_by("entered_at"):
        standing = standing_of(row)
        facts = facts_of(row, standing, now)
        role = next(
            (one for one in roles_on(actor, row) if referrals.allowed(standing.state, act, one, facts=facts)), None
        )
        if role is not None:
            _write(actor, row, referrals.apply(standing.state, act, role, facts=facts), role, "", now)
            return True
    return False


def _check_referral(physician_name: str, text: str, disciplines: Sequence[Discipline]) -> None:
    """Refuse what is missing, too long, or no text. Raises: BadReferral."""
    faults = [name for name, given in (("physician_name", physician_name), ("text", text)) if not given.strip()]
    faults += ["text"] if len(text) > LONGEST_TEXT or "\x00" in text else []
    faults += [] if disciplines else ["disciplines"]
    if faults:
        raise BadReferral(tuple(faults))


def _beginner(actor: Actor, state: ReferralState) -> Role:
    """Find the role in which somebody begins a referral. Raises: NotAllowed (web)."""
    kinds = {ActorKind.REFERRING_PHYSICIAN: Role.REFERRING_PHYSICIAN, **STAFF_ROLES}
    for kind, role in kinds.items():
        if kind in actor.kinds and referrals.may_begin(state, role):
            return role
    raise actors.NotAllowed("enter a referral")


def _make(row: Referral, found: Navigation, state: ReferralState, role: Role, priority: Priority | None) -> None:
    row.record = _record(row, found, priority)
    row.save(force_insert=True)
    ReferralStatus.objects.create(
        referral=row,
        state=state,
        due_on=_due(row, state, row.entered_at),
        by_id=row.entered_by_id,
        role=role,
        at=row.entered_at,
    )
    _have_looked_at(row, found, row.entered_at)


def _record(row: Referral, found: Navigation, priority: Priority | None) -> dict[str, Any]:
    """Write down what the core made of the text, with how soon the physician wants it."""
    here = core.opened()
    record = to_record(found, id_=str(row.id), knowledge=here.knowledge, versions=here.versions)
    return record if priority is None else {**record, ASKED_PRIORITY: priority.value}


def _locked(actor: Actor, referral_id: UUID) -> Referral:
    """Give the row, so that nobody else takes a step meanwhile. Raises: NotFound."""
    row = open_referral(actor, referral_id)
    Referral.objects.select_for_update().get(id=row.id)
    return row


def _step(actor: Actor, row: Referral, act: ReferralAct, reason: ReferralReason | None, now: datetime) -> ReferralState:
    standing = standing_of(row)
    facts = facts_of(row, standing, now)
    roles = roles_on(actor, row)
    allowed = (one for one in roles if referrals.allowed(standing.state, act, one, facts=facts, reason=reason))
    role = next(allowed, roles[0])
    state = referrals.apply(standing.state, act, role, facts=facts, reason=reason)
    _write(actor, row, state, role, "" if reason is None else reason.value, now)
    return state


def _write(actor: Actor, row: Referral, state: ReferralState, role: Role, reason: str, now: datetime) -> None:
    ReferralStatus.objects.create(
        referral=row, state=state, reason=reason, due_on=_due(row, state, now), by_id=_user(actor), role=role, at=now
    )


def _note(actor: Actor, row: Referral, reason: str, now: datetime) -> None:
    """Note something without a change of state; the day due stays, unless the priority is another."""
    standing = standing_of(row)
    ReferralStatus.objects.create(
        referral=row,
        state=standing.state,
        reason=reason,
        due_on=referrals.next_due(standing.state, standing.since, priority=priority_of(row.record)),
        by_id=_user(actor),
        role=actor.kind,
        at=now,
    )


def _user(actor: Actor) -> UUID:
    """Give who acts: every step of a referral is somebody's. Raises: NotAllowed (web)."""
    if actor.user_id is None:
        raise actors.NotAllowed("change a referral without an account")
    return actor.user_id


def _due(row: Referral, state: ReferralState, now: datetime) -> date | None:
    day = book.day_of(now, ZoneInfo(row.clinic.time_zone))
    return referrals.next_due(state, day, priority=priority_of(row.record))


def _have_looked_at(row: Referral, found: Navigation, now: datetime) -> None:
    """Have a therapist look at a text that speaks of a danger, the same day; of abuse the named clinician (S13)."""
    notice_referral(row, now=now)
    if not dangers(found):
        return
    role = therapist_of(Discipline(row.discipline))
    write_task(TaskKind.CHECK_DANGER, role, clinic=row.clinic, patient_id=row.patient_id, now=now, within=60)
