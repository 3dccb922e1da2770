"""A call as it stands so far: who it is about and what was wished for. It travels in the address, without any name."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest

from reable.terms import Discipline, Language, Specialty
from reable.web.booking.forms import ANY
from reable.web.booking.search import Found, search
from reable.web.clinic.addresses import url
from reable.web.clinic.views.common import actor_of, day_in, id_in
from reable.web.clinic.words import language
from reable.web.records.actor import Actor
from reable.web.records.selectors.openings import EVALUATION, FOLLOW_UP
from reable.web.records.selectors.patients import PatientLine, patient_line, treated_in
from reable.web.records.selectors.slots import Wish
from reable.web.records.selectors.staff import therapists
from reable.web.records.services.persons import OLDEST
from reable.web.records.services.telephone import must_be_asked

KEPT = (
    *("patient", "kind", "what", "age", "location", "language", "step_free", "therapist", "specialty"),
    *("asked", "from"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CallSoFar:
    """What was said in this call by now; `known` is a patient of the clinic, None for somebody new."""

    known: PatientLine | None
    said: Mapping[str, str]
    inquiry_id: UUID | None  # what was answered about danger
    treated: frozenset[Discipline] = frozenset()  # in what the known patient was seen here

    @property
    def kind(self) -> str:
        """The kind of visit; empty while it is not chosen."""
        given = self.said.get("kind", "")
        return given if given in (EVALUATION, FOLLOW_UP) else ""

    @property
    def disciplines(self) -> tuple[Discipline, ...]:
        """What it is for; nothing while it is not chosen."""
        given = self.said.get("what", "")
        if given == "both":
            return tuple(Discipline)
        return (Discipline(given),) if given in set(Discipline) else ()

    @property
    def age(self) -> int | None:
        """The age that was told now, else the one that is known here."""
        given = self.said.get("age", "")
        if given.isascii() and given.isdigit() and len(given) < 4 and int(given) <= OLDEST:
            return int(given)
        return self.known.age if self.known else None

    @property
    def spoken(self) -> Language:
        """The language that they are read to in: wished for, known here, else that of the page."""
        given = (self.said.get("language", ""), self.known.language if self.known else "")
        return next((Language(one) for one in given if one in set(Language)), language())

    @property
    def first_day(self) -> date | None:
        """From which day on times are looked for; None for the soonest."""
        return day_in(self.said.get("from"))

    @property
    def must_ask(self) -> bool:
        """Test if danger is still to be asked: before an evaluation, and of who was never seen for it at all."""
        is_asked_of = bool(self.kind) and must_be_asked(self.kind, self.disciplines, self.treated)
        return self.inquiry_id is None and is_asked_of

    def url(self, name: str, **more: str) -> str:
        """Give the address of a page of this call; an empty value takes one out."""
        said = {key: value for key, value in {**self.said, **more}.items() if value}
        return f"{url(name)}?{urlencode(said)}" if said else url(name)

    def wishes(self, actor: Actor) -> Mapping[Discipline, Wish]:
        """Put together what is looked for. A therapist is wished for in their own discipline."""
        chosen = next((one for one in therapists(actor) if str(one.id) == self.said.get("therapist")), None)
        spoken, trained = self.said.get("language"), self.said.get("specialty")
        place = self.said.get("location", ANY)
        return {
            one: Wish(
                discipline=one,
                age=self.age,
                language=Language(spoken) if spoken in set(Language) else None,
                specialties=frozenset({Specialty(trained)} if trained in set(Specialty) else ()),
                location_id=None if place == ANY else id_in(place),
                step_free=bool(self.said.get("step_free")),
                therapist_id=chosen.id if chosen is not None and chosen.discipline is one else None,
                kind=self.kind,
            )
            for one in self.disciplines
        }

    def found(self, actor: Actor) -> Found:
        """Look for free times."""
        wishes = self.wishes(actor)
        return search(actor, actor.clinic, wishes, order=None, first_day=self.first_day, by_telephone=True)


def call_of(request: HttpRequest) -> CallSoFar:
    """Read the call from the address. Raises: NotAllowed, Unscoped, NotFound."""
    said = {key: request.GET[key] for key in KEPT if request.GET.get(key)}
    patient_id = id_in(said.get("patient"))
    actor = actor_of(request)
    return CallSoFar(
        known=None if patient_id is None else patient_line(actor, patient_id),
        said=said,
        inquiry_id=id_in(said.get("asked")),
        treated=frozenset() if patient_id is None else treated_in(actor, patient_id),
    )
