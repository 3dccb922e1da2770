"""The life of a visit: one table says from which state, by which act, by whom and when the next state is reached."""

from dataclasses import dataclass
from datetime import datetime, tzinfo
from enum import StrEnum
from typing import assert_never

from reable.book.intervals import utc
from reable.book.roles import FAMILY, STAFF, THERAPISTS, Role, is_within_discipline
from reable.book.steps import NotAllowed, Refusal
from reable.book.wall import day_of
from reable.terms import Discipline


class VisitState(StrEnum):
    """Where a visit stands."""

    BOOKED = "booked"
    ARRIVED = "arrived"
    DONE = "done"
    NO_SHOW = "no_show"
    CANCELLED = "cancelled"

    @property
    def holds_time(self) -> bool:
        """Test that the visit keeps its quarter hours; only a cancelled one gives them back."""
        return self is not VisitState.CANCELLED


class VisitAct(StrEnum):
    """What somebody does to a visit."""

    ARRIVE = "arrive"
    FINISH = "finish"
    MISS = "miss"
    CANCEL = "cancel"
    UNDO = "undo"


class CancelReason(StrEnum):
    """Why a visit was cancelled. Says nothing of health but that somebody is ill."""

    PATIENT_ILL = "patient_ill"
    PATIENT_CANNOT_COME = "patient_cannot_come"
    THERAPIST_AWAY = "therapist_away"
    CLINIC_CLOSED = "clinic_closed"
    MOVED = "moved"
    OTHER = "other"


class VisitTime(StrEnum):
    """From or until when a step can be taken."""

    ANY_TIME = "any_time"
    BEFORE_START = "before_start"
    FROM_THE_DAY = "from_the_day"
    AFTER_START = "after_start"
    SAME_DAY = "same_day"


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitFacts:
    """What a step depends on: the visit's discipline and start, since when it is in its state, and now.

    `zone` is that of the location. Raises: NoTimeZone.
    """

    discipline: Discipline
    start: datetime
    since: datetime
    now: datetime
    zone: tzinfo

    def __post_init__(self) -> None:
        for name in ("start", "since", "now"):
            object.__setattr__(self, name, utc(getattr(self, name)))


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitStep:
    """One row of the table. `reasons` are those to choose from; empty where none is asked."""

    state: VisitState
    act: VisitAct
    to: VisitState
    who: frozenset[Role]
    when: VisitTime
    reasons: frozenset[CancelReason]


_S, _A, _T = VisitState, VisitAct, VisitTime
_NO_REASON: frozenset[CancelReason] = frozenset()
ALL_REASONS = frozenset(CancelReason)
FAMILY_REASONS = ALL_REASONS - {CancelReason.THERAPIST_AWAY, CancelReason.CLINIC_CLOSED}

# A person cancels until the visit starts, later the clinic does it. What was marked by mistake is undone on the day of
# the mark; after that the mark stands and a correction is a note. Only the visit's own profession says it is done.
VISIT_STEPS = tuple(
    VisitStep(state=state, act=act, to=to, who=who, when=when, reasons=reasons)
    for state, act, to, who, when, reasons in (
        (_S.BOOKED, _A.ARRIVE, _S.ARRIVED, STAFF, _T.FROM_THE_DAY, _NO_REASON),
        (_S.BOOKED, _A.MISS, _S.NO_SHOW, STAFF, _T.AFTER_START, _NO_REASON),
        (_S.BOOKED, _A.CANCEL, _S.CANCELLED, FAMILY, _T.BEFORE_START, FAMILY_REASONS),
        (_S.BOOKED, _A.CANCEL, _S.CANCELLED, STAFF, _T.ANY_TIME, ALL_REASONS),
        (_S.ARRIVED, _A.FINISH, _S.DONE, THERAPISTS, _T.AFTER_START, _NO_REASON),
        (_S.ARRIVED, _A.CANCEL, _S.CANCELLED, STAFF, _T.ANY_TIME, ALL_REASONS),
        (_S.ARRIVED, _A.UNDO, _S.BOOKED, STAFF, _T.SAME_DAY, _NO_REASON),
        (_S.NO_SHOW, _A.UNDO, _S.BOOKED, STAFF, _T.SAME_DAY, _NO_REASON),
    )
)


def refusal(
    state: VisitState, act: VisitAct, role: Role, *, facts: VisitFacts, reason: CancelReason | None = None
) -> Refusal | None:
    """Say why the act is not allowed; None if it is."""
    found = _judge(state, act, role, facts, reason)
    return found if isinstance(found, Refusal) else None


def allowed(
    state: VisitState, act: VisitAct, role: Role, *, facts: VisitFacts, reason: CancelReason | None = None
) -> bool:
    """Test that somebody in `role` may do the act now."""
    return refusal(state, act, role, facts=facts, reason=reason) is None


def apply(
    state: VisitState, act: VisitAct, role: Role, *, facts: VisitFacts, reason: CancelReason | None = None
) -> VisitState:
    """Do the act: give the next state. `reason` exactly for cancelling. Raises: NotAllowed."""
    found = _judge(state, act, role, facts, reason)
    if isinstance(found, Refusal):
        raise NotAllowed(state=state, act=act, role=role, refusal=found)
    return found.to


def possible(state: VisitState, role: Role, *, facts: VisitFacts) -> tuple[VisitAct, ...]:
    """List what somebody in `role` can do now, as buttons to show; a reason is chosen afterwards."""
    steps = (step for step in VISIT_STEPS if step.state is state and role in step.who)
    return tuple(step.act for step in steps if _untimely(step, role, facts) is None)


def reasons_for(state: VisitState, role: Role) -> tuple[CancelReason, ...]:
    """List the reasons that somebody in `role` can choose from when cancelling."""
    found = _step(state, VisitAct.CANCEL, role)
    return () if isinstance(found, Refusal) else tuple(reason for reason in CancelReason if reason in found.reasons)


def _step(state: VisitState, act: VisitAct, role: Role) -> VisitStep | Refusal:
    rows = [step for step in VISIT_STEPS if step.state is state and step.act is act]
    if not rows:
        return Refusal.NO_SUCH_STEP
    return next((step for step in rows if role in step.who), Refusal.NOT_THIS_ROLE)


def _judge(
    state: VisitState, act: VisitAct, role: Role, facts: VisitFacts, reason: CancelReason | None
) -> VisitStep | Refusal:
    """Find the row that allows the act, or why there is none."""
    step = _step(state, act, role)
    if isinstance(step, Refusal):
        return step
    if (untimely := _untimely(step, role, facts)) is not None:
        return untimely
    if reason is None:
        return Refusal.REASON_NEEDED if step.reasons else step
    return step if reason in step.reasons else Refusal.REASON_NOT_ALLOWED


def _untimely(step: VisitStep, role: Role, facts: VisitFacts) -> Refusal | None:
    if step.act is VisitAct.FINISH and not is_within_discipline(role, facts.discipline):
        return Refusal.OTHER_DISCIPLINE
    match step.when:
        case VisitTime.ANY_TIME:
            return None
        case VisitTime.BEFORE_START:
            return None if facts.now < facts.start else Refusal.TOO_LATE
        case VisitTime.AFTER_START:
            return None if facts.now > facts.start else Refusal.TOO_EARLY
        case VisitTime.FROM_THE_DAY:
            return None if day_of(facts.now, facts.zone) >= day_of(facts.start, facts.zone) else Refusal.TOO_EARLY
        case VisitTime.SAME_DAY:
            return None if day_of(facts.now, facts.zone) == day_of(facts.since, facts.zone) else Refusal.TOO_LATE
        case _:
            assert_never(step.when)
