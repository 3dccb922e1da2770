"""One person of the script, and what became of them so far."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from reable.errors import ReableError
from reable.terms import Discipline, Language
from reable.web.operations.demo.founding import Founded
from reable.web.operations.demo.shapes import PersonScript, Step
from reable.web.records.actor import Actor, ActorKind
from reable.web.records.services.persons import Person


class CannotPlay(ReableError):
    """A step of the demo that its person cannot take."""

    code = "web.demo_step"


@dataclass(slots=True, kw_only=True)
class Visit:
    """A visit that was booked: the one of its discipline that counts now."""

    id: UUID
    booking_id: UUID
    therapist: str  # key of the script
    starts_at: datetime
    ends_at: datetime


@dataclass(slots=True, kw_only=True)
class Played:
    """Somebody of the script. What they did is known by ids; the rest is in the records."""

    key: str
    script: PersonScript
    clinic: Founded
    now: datetime  # when the demo is made: what the script's moments count from
    last: datetime  # of the step before
    actor: Actor = field(default_factory=lambda: Actor(kind=ActorKind.ANONYMOUS))
    inquiry_id: UUID | None = None
    patient_id: UUID | None = None
    entry_secret: str = ""  # of the place on the waiting list
    visits: dict[Discipline, Visit] = field(default_factory=dict)
    referrals: dict[Discipline, UUID] = field(default_factory=dict)
    steps: list[tuple[str, Step]] = field(default_factory=list)  # what is still to come
    forms: int = 0  # sent so far

    @property
    def language(self) -> Language:
        """The language of their pages."""
        return self.script.language or Language.EN

    @property
    def told(self) -> UUID:
        """Give their inquiry. Raises: CannotPlay."""
        if self.inquiry_id is None:
            raise CannotPlay("they have told nothing yet")
        return self.inquiry_id

    @property
    def patient(self) -> UUID:
        """Give the patient they are. Raises: CannotPlay."""
        if self.patient_id is None:
            raise CannotPlay("they are no patient yet")
        return self.patient_id

    def visit(self, discipline: Discipline) -> Visit:
        """Give their visit. Raises: CannotPlay."""
        if discipline not in self.visits:
            raise CannotPlay(f"they have no visit of {discipline}")
        return self.visits[discipline]

    def person(self) -> Person:
        """Give what they write of themselves when they book. Raises: CannotPlay."""
        who = self.script.who
        if who is None:
            raise CannotPlay("they have no name")
        return Person(
            name=who.name,
            email=who.email or "",
            telephone=who.telephone or "",
            language=self.language,
            age=self.script.age,
            remind_by_email="email" in who.remind,
            remind_by_sms="sms" in who.remind,
        )

    def who_acts(self, key: str | None) -> Actor:
        """Give the actor of somebody of the clinic, or the person's own."""
        return self.actor if key is None else self.clinic.actor(key)
