"""A physician's referral as a contract: each state has an owner, a day by which it is due, and ways out of it.

A referral asks for the care of one discipline. It ends only with an answer to the physician: a letter after a
therapist has seen the person, or a notice that and why nobody will. Overdue work shows at the owner and, beside the
owner, at who watches it. The rows are in `referral_table`; persons who come without a referral book directly.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import assert_never

from reable.book.referral_table import (
    DUTIES,
    FIRST_STATES,
    REFERRAL_STEPS,
    DeclineReason,
    Duty,
    Owner,
    ReferralAct,
    ReferralState,
    ReferralStep,
    ReferralTime,
    SendBackNeed,
)
from reable.book.roles import Role, is_within_discipline, therapist_of
from reable.book.steps import NotAllowed, Refusal
from reable.errors import ReableError
from reable.terms import Discipline, Priority

TRIES_TO_REACH = 3  # judgement: three tries on different days before nobody can say that they were not asked

ReferralReason = DeclineReason | SendBackNeed


class BadFacts(ReableError):
    """Facts of a referral that cannot be: begun after today, or fewer tries than none."""

    code = "book.bad_facts"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralFacts:
    """What a step depends on. `since` is the day on which the state began, both days are those of the clinic's zone.

    `tries`: how often, on different days, somebody tried to reach the person. `danger_open`: a danger was found and
    no clinician has recorded who cleared it (S31). Raises: BadFacts.
    """

    discipline: Discipline
    priority: Priority
    since: date
    today: date
    tries: int
    danger_open: bool

    def __post_init__(self) -> None:
        if self.today < self.since or self.tries < 0:
            raise BadFacts("a state began today or before, and the number of tries is 0 or more")


def may_begin(state: ReferralState, role: Role) -> bool:
    """Test that somebody in `role` may make a new referral in this state."""
    return role in FIRST_STATES.get(state, frozenset())


def owner(state: ReferralState, discipline: Discipline) -> Role | None:
    """Tell whose turn it is; None when nothing is left to do."""
    duty = DUTIES.get(state)
    return None if duty is None else _role_of(duty.owner, discipline)


def told_when_overdue(state: ReferralState) -> Role | None:
    """Tell who watches over the owner: sees the referral too once it is overdue. None when nothing is left to do."""
    duty = DUTIES.get(state)
    return None if duty is None else duty.watched_by


def next_due(state: ReferralState, since: date, *, priority: Priority) -> date | None:
    """Give the day by which the state should be left; None exactly for a final state."""
    duty = DUTIES.get(state)
    return None if duty is None else since + timedelta(days=_days(duty, priority))


def is_overdue(state: ReferralState, since: date, today: date, *, priority: Priority) -> bool:
    """Test that the day by which the state should have been left is past. That day itself is still in time."""
    due = next_due(state, since, priority=priority)
    return due is not None and today > due


def refusal(
    state: ReferralState, act: ReferralAct, role: Role, *, facts: ReferralFacts, reason: ReferralReason | None = None
) -> Refusal | None:
    """Say why the act is not allowed; None if it is."""
    found = _judge(state, act, role, facts, reason)
    return found if isinstance(found, Refusal) else None


def allowed(
    state: ReferralState, act: ReferralAct, role: Role, *, facts: ReferralFacts, reason: ReferralReason | None = None
) -> bool:
    """Test that somebody in `role` may do the act now."""
    return refusal(state, act, role, facts=facts, reason=reason) is None


def apply(
    state: ReferralState, act: ReferralAct, role: Role, *, facts: ReferralFacts, reason: ReferralReason | None = None
) -> ReferralState:
    """Do the act: give the next state. `reason` exactly for declining and sending back. Raises: NotAllowed."""
    found = _judge(state, act, role, facts, reason)
    if isinstance(found, Refusal):
        raise NotAllowed(state=state, act=act, role=role, refusal=found)
    return found.to


def possible(state: ReferralState, role: Role, *, facts: ReferralFacts) -> tuple[ReferralAct, ...]:
    """List what somebody in `role` can do now, as buttons to show; a reason is chosen afterwards."""
    steps = (step for step in REFERRAL_STEPS if step.state is state and role in step.who)
    return tuple(step.act for step in steps if _objection(step, role, facts) is None)


def reasons_for(state: ReferralState, act: ReferralAct, role: Role) -> tuple[ReferralReason, ...]:
    """List the reasons that somebody in `role` can choose from; empty where none is asked."""
    found = _step(state, act, role)
    if isinstance(found, Refusal):
        return ()
    return tuple(reason for reason in (*DeclineReason, *SendBackNeed) if reason in found.reasons)


def _judge(
    state: ReferralState, act: ReferralAct, role: Role, facts: ReferralFacts, reason: ReferralReason | None
) -> ReferralStep | Refusal:
    """Find the row that allows the act, or why there is none."""
    step = _step(state, act, role)
    if isinstance(step, Refusal):
        return step
    if (objection := _objection(step, role, facts)) is not None:
        return objection
    if reason is None:
        return Refusal.REASON_NEEDED if step.reasons else step
    return step if reason in step.reasons else Refusal.REASON_NOT_ALLOWED


def _step(state: ReferralState, act: ReferralAct, role: Role) -> ReferralStep | Refusal:
    rows = [step for step in REFERRAL_STEPS if step.state is state and step.act is act]
    if not rows:
        return Refusal.NO_SUCH_STEP
    return next((step for step in rows if role in step.who), Refusal.NOT_THIS_ROLE)


def _objection(step: ReferralStep, role: Role, facts: ReferralFacts) -> Refusal | None:
    if step.own_discipline and not is_within_discipline(role, facts.discipline):
        return Refusal.OTHER_DISCIPLINE
    match step.when:
        case ReferralTime.ANY_TIME:
            return None
        case ReferralTime.WHEN_OVERDUE:
            late = is_overdue(step.state, facts.since, facts.today, priority=facts.priority)
            return None if late else Refusal.NOT_OVERDUE
        case ReferralTime.AFTER_TRIES:
            return None if facts.tries >= TRIES_TO_REACH else Refusal.TOO_FEW_TRIES
        case ReferralTime.DANGER_CLEARED:
            return Refusal.DANGER_OPEN if facts.danger_open else None
        case _:
            assert_never(step.when)


def _role_of(owner: Owner, discipline: Discipline) -> Role:
    match owner:
        case Owner.PHYSICIAN:
            return Role.REFERRING_PHYSICIAN
        case Owner.FRONT_DESK:
            return Role.FRONT_DESK
        case Owner.THERAPIST:
            return therapist_of(discipline)
        case _:
            assert_never(owner)


def _days(duty: Duty, priority: Priority) -> int:
    match priority:
        case Priority.DAYS:
            return duty.days
        case Priority.TWO_WEEKS:
            return duty.two_weeks
        case Priority.ROUTINE:
            return duty.routine
        case _:
            assert_never(priority)
