"""Who acts: every selector and service takes an actor first and gives only what this actor may see."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from reable.errors import ReableError
from reable.terms import Discipline


class ActorKind(StrEnum):
    """What somebody is in this request. A user of several roles acts in one at a time."""

    ANONYMOUS = "anonymous"
    LINK_HOLDER = "link_holder"
    PATIENT = "patient"
    CARER = "carer"
    PT = "pt"
    OT = "ot"
    FRONT_DESK = "front_desk"
    MANAGER = "manager"
    REFERRING_PHYSICIAN = "referring_physician"
    SAFEGUARDING = "safeguarding"  # a therapist who alone sees what was told in confidence (S13)
    INTEGRATION = "integration"
    OPERATOR = "operator"
    TICK = "tick"


class Unscoped(ReableError):
    """A read or write was asked for without a clinic or a patient to which the actor belongs."""

    code = "web.unscoped"

    def __init__(self, what: str) -> None:
        super().__init__(f"'{what}' was asked for by an actor that belongs to no clinic and no patient.")


class NotFound(ReableError):
    """There is no such thing, or the actor may not see it: the answer is the same."""

    code = "web.not_found"

    def __init__(self, what: str = "page") -> None:
        super().__init__(f"This {what} does not exist, or it is not for you.")


class NotAllowed(ReableError):
    """The actor may see the thing, but not do this with it."""

    code = "web.not_allowed"

    def __init__(self, act: str) -> None:
        super().__init__(f"'{act}' is not for this role.", hint="Ask somebody of the clinic whose role it is.")


@dataclass(slots=True, kw_only=True)
class Actor:
    """Who acts in this request, and what they have read of whom (for the audit)."""

    kind: ActorKind
    user_id: UUID | None = None
    clinic_id: UUID | None = None
    kinds: frozenset[ActorKind] = frozenset()  # all roles in this clinic
    inquiry_ids: frozenset[UUID] = frozenset()  # begun in this browser, or opened by a link
    booking_ids: frozenset[UUID] = frozenset()  # made in this browser, or opened by a link
    patient_ids: frozenset[UUID] = frozenset()  # one's own, or cared for
    touched_patients: set[UUID] = field(default_factory=set)
    touched_inquiries: set[UUID] = field(default_factory=set)

    @property
    def clinic(self) -> UUID:
        """The clinic that every read is scoped to. Raises: Unscoped."""
        if self.clinic_id is None or not self.kinds:
            raise Unscoped("a clinic's data")
        return self.clinic_id

    @property
    def is_clinical(self) -> bool:
        """Test if the actor is a licensed therapist here: only they see clinical words (S31)."""
        return bool(self.kinds & {ActorKind.PT, ActorKind.OT})

    @property
    def disciplines(self) -> tuple[Discipline, ...]:
        """The disciplines the actor is licensed for here."""
        return tuple(d for d in Discipline if ActorKind(d.value) in self.kinds)

    def must_be(self, *kinds: ActorKind, to: str) -> None:
        """Refuse who holds none of these roles. Raises: NotAllowed."""
        if not self.kinds.intersection(kinds) and self.kind not in kinds:
            raise NotAllowed(to)

    def reads(self, *, patients: Iterable[UUID] = (), inquiries: Iterable[UUID] = ()) -> None:
        """Note whose data is read in this request: one row of the audit comes of it."""
        self.touched_patients.update(patients)
        self.touched_inquiries.update(inquiries)


ANONYMOUS = ActorKind.ANONYMOUS


def system_actor(clinic_id: UUID | None = None) -> Actor:
    """Give the actor of work that no person asked for: reminders, expiry, the demo's making."""
    return Actor(kind=ActorKind.TICK, clinic_id=clinic_id, kinds=frozenset({ActorKind.TICK}))
