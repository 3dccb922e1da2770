"""What a licensed therapist decides on a recommendation: within their own discipline, never past an open danger (S31).

The recommendation stays as it is: the decision is a row beside it, so that the difference between the two is kept.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from reable import book
from reable.errors import ReableError
from reable.terms import Discipline, Door
from reable.web import core
from reable.web.records.actor import Actor, ActorKind, NotAllowed, NotFound
from reable.web.records.finding import THERAPY
from reable.web.records.models import Booking, Clinic, Decision, Recommendation
from reable.web.records.selectors.person import Told, told_to_clinic
from reable.web.records.services.reminders import TaskKind, write_task

LONGEST_REASON, LONGEST_NAME, LONGEST_HOW = 2000, 120, 1500
CHANGES = (Door.PT, Door.OT, Door.BOTH, Door.OTHER)


class Verdict(StrEnum):
    """What is decided."""

    ACCEPTED = "accepted"
    CHANGED = "changed"
    DECLINED = "declined"


class Objection(StrEnum):
    """Why a decision is refused."""

    OUTDATED = "outdated"  # the person told more since the page was read
    DANGER_OPEN = "danger_open"  # nobody has written down who cleared it
    CLEARED_IN_PART = "cleared_in_part"  # who, when or how is missing, or it was not yet
    OTHER_DISCIPLINE = "other_discipline"
    NOTHING_TO_ACCEPT = "nothing_to_accept"
    REASON_NEEDED = "reason_needed"
    SAME_DOOR = "same_door"  # a change to what was recommended is no change
    NO_DOOR = "no_door"


class DecisionRefused(ReableError):
    """A decision that may not be made so; `objection` says why."""

    code = "web.decision_refused"

    def __init__(self, objection: Objection) -> None:
        super().__init__(f"the decision was refused: {objection}", hint="look at the page of the person again")
        self.objection = objection


@dataclass(frozen=True, slots=True, kw_only=True)
class Cleared:
    """Who cleared the open dangers, on which day, and how."""

    who: str
    on: date
    how: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a therapist wants to decide. `door` is for a change; `last_entry` is the last thing they have read."""

    discipline: Discipline
    verdict: Verdict
    last_entry: int
    door: Door | None = None
    reason: str = ""
    cleared: Cleared | None = None


def decide(actor: Actor, inquiry_id: UUID, wanted: Wanted, *, now: datetime | None = None) -> UUID:
    """Decide for one discipline. Where the person gave a name and hears other than advised, the office calls them.

    Raises: NotAllowed, Unscoped, NotFound, DecisionRefused.
    """
    actor.must_be(ActorKind.PT, ActorKind.OT, to="decide on a recommendation")
    if wanted.discipline not in actor.disciplines or actor.user_id is None:
        raise NotAllowed("decide for another discipline")
    now = now or datetime.now(UTC)
    with transaction.atomic():
        told = told_to_clinic(actor, inquiry_id, now)
        clinic = Clinic.objects.get(id=actor.clinic)
        door = _door(told, wanted)
        today = book.day_of(now, ZoneInfo(clinic.time_zone))
        objection = _objection(told, wanted, door, today)
        if objection is not None:
            raise DecisionRefused(objection)
        made = Decision.objects.create(
            clinic=clinic,
            recommendation_id=told.kept_id or _keep(told, now),
            decision=wanted.verdict.value,
            door=door.value,
            reason=wanted.reason.strip(),
            danger_cleared=_in_words(wanted.cleared),
            by_id=actor.user_id,
            discipline=wanted.discipline.value,
            at=now,
        )
        if wanted.verdict is not Verdict.ACCEPTED:
            _have_them_called(told, clinic, now)
    return made.id


def _door(told: Told, wanted: Wanted) -> Door:
    """Say where the person goes by this: a refusal of both leaves the other discipline its part."""
    if told.finding is None:
        raise NotFound
    target = told.finding.target
    match wanted.verdict:
        case Verdict.ACCEPTED:
            return target
        case Verdict.CHANGED:
            return wanted.door or Door.UNCLEAR
        case Verdict.DECLINED:
            rest = Door.OT if wanted.discipline is Discipline.PT else Door.PT
            return rest if target in (Door.BOTH, rest) else Door.OTHER


def _objection(told: Told, wanted: Wanted, door: Door, today: date) -> Objection | None:
    """Say why not, the gravest first; None if nothing speaks against it."""
    if wanted.last_entry != told.last_entry:
        return Objection.OUTDATED
    wrong = _wrong_door(told, wanted, door)
    if wrong is not None:
        return wrong
    if wanted.verdict is not Verdict.ACCEPTED and not wanted.reason.strip():
        return Objection.REASON_NEEDED
    return _danger(told, wanted, door, today)


def _wrong_door(told: Told, wanted: Wanted, door: Door) -> Objection | None:
    own = (Door.BOTH, Door.OTHER, Door(wanted.discipline.value))
    if wanted.verdict is Verdict.ACCEPTED:
        if door is Door.UNCLEAR:
            return Objection.NOTHING_TO_ACCEPT
        return None if door in own else Objection.OTHER_DISCIPLINE
    if wanted.verdict is Verdict.CHANGED:
        if door not in CHANGES:
            return Objection.NO_DOOR
        return Objection.SAME_DOOR if told.finding is not None and door is told.finding.target else None
    return None


def _danger(told: Told, wanted: Wanted, door: Door, today: date) -> Objection | None:
    """Nobody comes to therapy past an open danger, private ones among them, unless somebody cleared it (S31)."""
    cleared = wanted.cleared
    if cleared is not None and not (cleared.who.strip() and cleared.how.strip() and cleared.on <= today):
        return Objection.CLEARED_IN_PART
    is_open = told.finding is not None and told.finding.is_dangerous
    into_therapy = wanted.verdict is not Verdict.DECLINED and door in THERAPY
    return Objection.DANGER_OPEN if is_open and into_therapy and cleared is None else None


def _in_words(cleared: Cleared | None) -> str:
    return "" if cleared is None else f"{cleared.who.strip()}, {cleared.on.isoformat()}: {cleared.how.strip()}"


def _keep(told: Told, now: datetime) -> UUID:
    """Keep the answer to what was told by now: the person stopped before they saw it, or told more since."""
    if told.finding is None:
        raise NotFound
    record: dict[str, Any] = dict(told.finding.record)
    versions = core.opened().versions
    made = Recommendation.objects.create(
        inquiry=told.inquiry,
        record=record,
        door=record["door"],
        leaning=record["leaning"] or "",
        urgency=record["urgency"] or "",
        danger_screen=record["danger_screen"],
        knowledge_version=versions.knowledge,
        model_version=versions.model,
        reasoning_version=versions.reasoning,
        at=now,
    )
    return made.id


def _have_them_called(told: Told, clinic: Clinic, now: datetime) -> None:
    patients = Booking.objects.filter(inquiry=told.inquiry, clinic=clinic).values_list("patient_id", flat=True)
    for patient_id in dict.fromkeys(patients):
        write_task(TaskKind.CALL, ActorKind.FRONT_DESK.value, clinic=clinic, patient_id=patient_id, now=now)
