"""Whether a clinic's referral rule lets somebody be booked by telephone, and if not, what is missing (S25, S31)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from uuid import UUID

from reable.book import ReferralState, VisitState
from reable.terms import Discipline
from reable.web.records.actor import Actor, ActorKind
from reable.web.records.models import Appointment, Referral, ReferralRule
from reable.web.records.selectors.bookings import latest
from reable.web.records.selectors.openings import FOLLOW_UP
from reable.web.records.selectors.referrals import facts_of, standing_of
from reable.web.records.selectors.slots import DIRECT


class Standing(StrEnum):
    """How a discipline stands for one person who calls."""

    MET = "met"
    REFERRAL_OPEN = "referral_open"  # there is one, but no therapist has accepted it yet, or no rule asks for it
    NO_RULE = "no_rule"  # "call us": they called; who books says why
    NO_REFERRAL = "no_referral"  # one is needed; who books says why
    DANGER_OPEN = "danger_open"  # a therapist must look at the referral first: nobody books past it

    @property
    def asks_why(self) -> bool:
        """Test if who books must write why."""
        return self in (Standing.NO_RULE, Standing.NO_REFERRAL)


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSeen:
    """How one discipline stands."""

    discipline: Discipline
    standing: Standing


def rules_for(
    actor: Actor, patient_id: UUID | None, disciplines: Iterable[Discipline], *, kind: str, now: datetime | None = None
) -> tuple[RuleSeen, ...]:
    """Tell how each discipline stands for a patient, or for somebody new. Raises: NotAllowed, Unscoped."""
    actor.must_be(ActorKind.PT, ActorKind.OT, ActorKind.FRONT_DESK, ActorKind.MANAGER, to="book for somebody who calls")
    rules = dict(ReferralRule.objects.filter(clinic_id=actor.clinic).values_list("discipline", "rule"))
    now = now or datetime.now(UTC)
    return tuple(
        RuleSeen(discipline=one, standing=_standing(actor.clinic, patient_id, one, rules.get(one.value), kind, now))
        for one in disciplines
    )


def _standing(
    clinic_id: UUID, patient_id: UUID | None, discipline: Discipline, rule: str | None, kind: str, now: datetime
) -> Standing:
    referred = [] if patient_id is None else _referred(clinic_id, patient_id, discipline, now)
    if Standing.DANGER_OPEN in referred:
        return Standing.DANGER_OPEN
    in_care = kind == FOLLOW_UP and patient_id is not None and _was_seen(clinic_id, patient_id, discipline)
    if rule == DIRECT or in_care:
        return Standing.MET
    if rule is not None and Standing.MET in referred:
        return Standing.MET
    if referred:
        return Standing.REFERRAL_OPEN
    return Standing.NO_RULE if rule is None else Standing.NO_REFERRAL


def _referred(clinic_id: UUID, patient_id: UUID, discipline: Discipline, now: datetime) -> list[Standing]:
    """Look at the open referrals for a discipline: accepted, waiting, or with a danger that nobody has cleared."""
    rows = Referral.objects.filter(clinic_id=clinic_id, patient_id=patient_id, discipline=discipline.value)
    found = []
    for row in rows.select_related("clinic").prefetch_related("statuses"):
        standing = standing_of(row)
        if standing.state is ReferralState.DRAFTED or standing.state.is_final:
            continue
        if facts_of(row, standing, now).danger_open:
            found.append(Standing.DANGER_OPEN)
        else:
            found.append(Standing.MET if standing.state is ReferralState.ACCEPTED else Standing.REFERRAL_OPEN)
    return found


def _was_seen(clinic_id: UUID, patient_id: UUID, discipline: Discipline) -> bool:
    rows = Appointment.objects.filter(clinic_id=clinic_id, patient_id=patient_id, discipline=discipline.value)
    seen = (VisitState.ARRIVED, VisitState.DONE)
    return rows.annotate(state=latest("state")).filter(state__in=seen).exists()
