"""Referrals as those see them who have to do with them: a physician their own, the clinic's staff all, overdue first.

Notes on the way of a referral (somebody tried to reach the person, a danger was cleared) are statuses that keep the
state; the day on which a state began is that of its first status.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from reable import book
from reable.book import ReferralAct, ReferralFacts, ReferralState, Role, referrals
from reable.terms import Discipline, Priority, Urgency
from reable.web.records.actor import Actor, ActorKind, NotFound
from reable.web.records.finding import finding_of
from reable.web.records.models import Referral, ReferralStatus
from reable.web.records.selectors.people import Need, needs_of

TRIED, CLEARED, EDITED = "tried", "danger_cleared", "edited"  # reasons of statuses that keep the state
ASKED_PRIORITY = "asked_priority"  # key in the record: how soon the physician wants it
STAFF_ROLES = {
    ActorKind.FRONT_DESK: Role.FRONT_DESK,
    ActorKind.MANAGER: Role.MANAGER,
    ActorKind.PT: Role.PT,
    ActorKind.OT: Role.OT,
    ActorKind.INTEGRATION: Role.INTEGRATION,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a referral stands: its state, since which day of the clinic, and what was noted in this state."""

    state: ReferralState
    since: date
    due_on: date | None
    tries: int
    cleared: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralLine:
    """A referral in a list. No clinical word is in it (S31)."""

    referral_id: UUID
    patient_id: UUID
    name: str
    discipline: Discipline
    priority: Priority
    state: ReferralState
    since: date
    due_on: date | None
    overdue: bool
    owner: Role | None
    is_mine: bool  # it is the turn of a role that the reader has, or overdue and theirs to watch
    physician: str
    acts: tuple[ReferralAct, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralStep:
    """One change or note in a referral's history."""

    at: datetime
    role: str
    by: str
    state: ReferralState
    reason: str
    due_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterBack:
    """A letter back to the physician."""

    at: datetime
    by: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralSeen:
    """A whole referral. `text`, `dangers` and `letters` are for therapists and its physician; empty for the office.

    Where the text tells of abuse (S13) it is withheld from the therapists, who see what it asks for in `needs`.
    """

    line: ReferralLine
    physician_contact: str
    telephone: str
    email: str
    text: str
    withheld: bool
    is_private: bool
    needs: tuple[Need, ...]
    dangers: tuple[str, ...]
    danger_open: bool
    letters: tuple[LetterBack, ...]
    history: tuple[ReferralStep, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A referral that is not sent yet, as its physician wrote it. `own_person`: nobody else has to do with them."""

    discipline: Discipline
    priority: Priority
    text: str
    physician_name: str
    physician_contact: str
    own_person: bool
    name: str
    telephone: str
    email: str
    age: int | None
    language: str


def all_referrals(actor: Actor, *, with_closed: bool = False, now: datetime | None = None) -> tuple[ReferralLine, ...]:
    """List what the actor may see: overdue first, then by the day due. Raises: Unscoped, NotAllowed."""
    rows = Referral.objects.filter(clinic_id=actor.clinic, patient__erased_at__isnull=True)
    if not actor.kinds & set(STAFF_ROLES):
        actor.must_be(ActorKind.REFERRING_PHYSICIAN, to="see referrals")
        rows = rows.filter(physician_id=actor.user_id)
    found = rows.select_related("clinic", "patient").prefetch_related("statuses").order_by("entered_at", "id")
    lines = [_line(row, roles_on(actor, row), now or datetime.now(UTC)) for row in found]
    shown = [line for line in lines if with_closed or not line.state.is_final]
    actor.reads(patients=[line.patient_id for line in shown])
    return tuple(sorted(shown, key=lambda line: (not line.overdue, line.due_on or date.max)))


def referral(actor: Actor, referral_id: UUID, *, now: datetime | None = None) -> ReferralSeen:
    """Show one referral. Raises: NotFound."""
    row = open_referral(actor, referral_id)
    roles = roles_on(actor, row)
    clinical = bool({Role.PT, Role.OT, Role.REFERRING_PHYSICIAN}.intersection(roles))
    finding = finding_of(row.record)
    withheld = clinical and finding.is_private and Role.REFERRING_PHYSICIAN not in roles
    statuses = _statuses(row)
    letters = row.letters.select_related("by").order_by("at") if clinical else ()
    return ReferralSeen(
        line=_line(row, roles, now or datetime.now(UTC)),
        physician_contact=row.physician_contact,
        telephone=row.patient.telephone,
        email=row.patient.email,
        text=row.text if clinical and not withheld else "",
        withheld=withheld,
        is_private=clinical and finding.is_private,
        needs=needs_of(finding) if withheld else (),
        dangers=dangers_of(row.record) if clinical else (),
        danger_open=bool(dangers_of(row.record)) and not _was_cleared(statuses),
        letters=tuple(LetterBack(at=one.at, by=str(one.by), text=one.text) for one in letters),
        history=tuple(
            ReferralStep(
                at=one.at,
                role=one.role,
                by=str(one.by),
                state=ReferralState(one.state),
                reason=one.reason if clinical or not one.reason.startswith(CLEARED) else CLEARED,
                due_on=one.due_on,
            )
            for one in row.statuses.select_related("by").order_by("id")
        ),
    )


def draft(actor: Actor, referral_id: UUID) -> Draft:
    """Give a draft to whoever may send it. Raises: NotFound, also for what is sent already."""
    row = open_draft(actor, referral_id)
    return Draft(
        discipline=Discipline(row.discipline),
        priority=Priority(row.record.get(ASKED_PRIORITY) or Priority.ROUTINE),
        text=row.text,
        physician_name=row.physician_name,
        physician_contact=row.physician_contact,
        own_person=is_own_person(row),
        name=row.patient.name,
        telephone=row.patient.telephone,
        email=row.patient.email,
        age=row.patient.age,
        language=row.patient.language,
    )


def open_draft(actor: Actor, referral_id: UUID) -> Referral:
    """Give the row of a draft, for services and selectors only. Raises: NotFound, as for a missing one."""
    row = open_referral(actor, referral_id)
    standing = standing_of(row)
    facts = facts_of(row, standing, datetime.now(UTC))
    able = (referrals.allowed(standing.state, ReferralAct.SEND, role, facts=facts) for role in roles_on(actor, row))
    if standing.state is not ReferralState.DRAFTED or not any(able):
        raise NotFound
    return row


def is_own_person(row: Referral) -> bool:
    """Test if the patient is known here by this physician's drafts alone: what was written of them can be put right."""
    patient = row.patient
    if patient.user_id is not None or patient.bookings.exists() or patient.waiting.exists():
        return False
    others = patient.referrals.select_related("clinic").prefetch_related("statuses")
    return all(
        one.physician_id == row.physician_id and standing_of(one).state is ReferralState.DRAFTED for one in others
    )


def open_referral(actor: Actor, referral_id: UUID) -> Referral:
    """Give the row, for services and selectors only. Raises: NotFound for foreign and missing."""
    rows = Referral.objects.filter(id=referral_id, patient__erased_at__isnull=True)
    row = rows.select_related("clinic", "patient").first()
    if row is None or not roles_on(actor, row):
        raise NotFound
    actor.reads(patients=[row.patient_id])
    return row


def roles_on(actor: Actor, row: Referral) -> tuple[Role, ...]:
    """List in which roles somebody has to do with a referral. Empty: it does not exist for them."""
    here = actor.clinic_id == row.clinic_id
    roles = [role for kind, role in STAFF_ROLES.items() if here and kind in actor.kinds]
    if here and ActorKind.REFERRING_PHYSICIAN in actor.kinds and actor.user_id == row.physician_id is not None:
        roles.append(Role.REFERRING_PHYSICIAN)
    if row.patient_id in actor.patient_ids:
        roles.append(Role.CARER if actor.kind is ActorKind.CARER else Role.PATIENT)
    return tuple(roles)


def standing_of(row: Referral) -> Standing:
    """Add up the statuses of a referral."""
    statuses = _statuses(row)
    zone = ZoneInfo(row.clinic.time_zone)
    last = statuses[-1]
    run = [last]
    for one in reversed(statuses[:-1]):
        if one.state != last.state:
            break
        run.append(one)
    tried = {book.day_of(one.at, zone) for one in run if one.reason == TRIED}
    return Standing(
        state=ReferralState(last.state),
        since=book.day_of(run[-1].at, zone),
        due_on=last.due_on,
        tries=len(tried),
        cleared=_was_cleared(statuses),
    )


def facts_of(row: Referral, standing: Standing, now: datetime) -> ReferralFacts:
    """Give what the table of referrals asks about."""
    return ReferralFacts(
        discipline=Discipline(row.discipline),
        priority=priority_of(row.record),
        since=standing.since,
        today=max(standing.since, book.day_of(now, ZoneInfo(row.clinic.time_zone))),  # a clock may be put back
        tries=standing.tries,
        danger_open=bool(dangers_of(row.record)) and not standing.cleared,
    )


def priority_of(record: Mapping[str, Any]) -> Priority:
    """Give how soon care should begin: what was understood or what the physician asked for, the sooner one."""
    asked = [Priority(record[key]) for key in ("therapy_priority", ASKED_PRIORITY) if record.get(key)]
    return min(asked, key=lambda priority: priority.rank, default=Priority.ROUTINE)


def dangers_of(record: Mapping[str, Any]) -> tuple[str, ...]:
    """List the red flags in what was made of the text that mean today or at once."""
    flags = record.get("red_flags", ())
    return tuple(one["id"] for one in flags if Urgency(one["urgency"]).is_urgent)


def referral_in(state: ReferralState, patient_id: UUID, clinic_id: UUID, discipline: Discipline) -> Referral | None:
    """Find a patient's referral for a discipline that stands in this state. For services only."""
    rows = Referral.objects.filter(patient_id=patient_id, clinic_id=clinic_id, discipline=discipline.value)
    found = rows.select_related("clinic").prefetch_related("statuses").order_by("entered_at")
    return next((row for row in found if standing_of(row).state is state), None)


def _line(row: Referral, roles: Sequence[Role], now: datetime) -> ReferralLine:
    standing = standing_of(row)
    facts = facts_of(row, standing, now)
    owner = referrals.owner(standing.state, facts.discipline)
    overdue = standing.due_on is not None and facts.today > standing.due_on
    watcher = referrals.told_when_overdue(standing.state)
    acts = [act for role in roles for act in referrals.possible(standing.state, role, facts=facts)]
    return ReferralLine(
        referral_id=row.id,
        patient_id=row.patient_id,
        name=row.patient.name,
        discipline=facts.discipline,
        priority=facts.priority,
        state=standing.state,
        since=standing.since,
        due_on=standing.due_on,
        overdue=overdue,
        owner=owner,
        is_mine=owner in roles or (overdue and watcher in roles),
        physician=row.physician_name,
        acts=tuple(dict.fromkeys(acts)),
    )


def _statuses(row: Referral) -> list[ReferralStatus]:
    return sorted(row.statuses.all(), key=lambda one: one.pk)


def _was_cleared(statuses: Sequence[ReferralStatus]) -> bool:
    """Test if somebody has cleared the danger in the text as it stands: what was changed since counts anew."""
    noted = [one.reason for one in statuses if one.reason == EDITED or one.reason.startswith(CLEARED)]
    return bool(noted) and noted[-1] != EDITED
