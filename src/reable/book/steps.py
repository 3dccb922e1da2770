"""What the tables of visits and referrals share: why a step is refused, and the error that says so."""

from enum import StrEnum

from reable.book.roles import Role
from reable.errors import ReableError


class Refusal(StrEnum):
    """Why an act is not allowed now."""

    NO_SUCH_STEP = "no_such_step"
    NOT_THIS_ROLE = "not_this_role"
    OTHER_DISCIPLINE = "other_discipline"
    TOO_EARLY = "too_early"
    TOO_LATE = "too_late"
    NOT_OVERDUE = "not_overdue"
    TOO_FEW_TRIES = "too_few_tries"
    DANGER_OPEN = "danger_open"
    REASON_NEEDED = "reason_needed"
    REASON_NOT_ALLOWED = "reason_not_allowed"


HINTS = {
    Refusal.NO_SUCH_STEP: "look at the state again; somebody may have changed it meanwhile",
    Refusal.NOT_THIS_ROLE: "ask somebody whose role may do it",
    Refusal.OTHER_DISCIPLINE: "only a therapist of that discipline may do it",
    Refusal.TOO_EARLY: "wait until the time of the visit",
    Refusal.TOO_LATE: "call the clinic; it can still change this",
    Refusal.NOT_OVERDUE: "wait until the answer is overdue",
    Refusal.TOO_FEW_TRIES: "try to reach the person again on another day",
    Refusal.DANGER_OPEN: "a clinician must first record who cleared the danger, and when",
    Refusal.REASON_NEEDED: "choose a reason",
    Refusal.REASON_NOT_ALLOWED: "choose a reason that belongs to this step and this role, or none where none is asked",
}


class NotAllowed(ReableError):
    """A step that the table does not allow. Names codes only: the state, the act, the role and the refusal."""

    code = "book.not_allowed"

    def __init__(self, *, state: StrEnum, act: StrEnum, role: Role, refusal: Refusal) -> None:
        super().__init__(f"'{act}' by {role} is refused in the state '{state}': {refusal}", hint=HINTS[refusal])
        self.state = state
        self.act = act
        self.role = role
        self.refusal = refusal
