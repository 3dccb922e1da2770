"""Book for somebody who calls: danger is asked aloud first, the referral rule is looked at, then it books as online.

What was answered is kept as an inquiry of its own, spoken for by the desk, so that those who treat see that danger was
asked (S32). An answer that means danger ends in words to say, not in a booking.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.db import transaction

from reable import navigate
from reable.errors import ReableError
from reable.knowledge.shapes.danger import DangerQuestion
from reable.navigate import Navigation
from reable.terms import Answer, Discipline, Hold, Language, Relation
from reable.web import core
from reable.web.records.actor import Actor, ActorKind
from reable.web.records.finding import asks_in_private
from reable.web.records.models import Inquiry, Patient, Therapist
from reable.web.records.selectors.choices import Chosen
from reable.web.records.selectors.governance import must_take_people
from reable.web.records.selectors.inquiries import state_of
from reable.web.records.selectors.openings import EVALUATION, clinic_row
from reable.web.records.selectors.rules import Standing, rules_for
from reable.web.records.services.access import BookingMade
from reable.web.records.services.bookings import book
from reable.web.records.services.inquiries import begin_inquiry, give
from reable.web.records.services.persons import Person, known_patient
from reable.web.records.services.screening import inquiry_for

DESK = "desk"  # the relation of who speaks for the person: staff who ask aloud
ASKED_WITHIN = timedelta(days=1)  # a later call asks again
LONGEST_WHY = 300
_STAFF = (ActorKind.PT, ActorKind.OT, ActorKind.FRONT_DESK, ActorKind.MANAGER)


class DangerNotAsked(ReableError):
    """An evaluation, or a visit of somebody new, was to be booked, but danger was not asked to its end in this call."""

    code = "web.danger_not_asked"

    def __init__(self) -> None:
        super().__init__("danger was not asked in this call", hint="read the questions about danger aloud first")


class RuleNotMet(ReableError):
    """The clinic's referral rule does not let this be booked; `standing` says what is missing."""

    code = "web.rule_not_met"

    def __init__(self, discipline: Discipline, standing: Standing) -> None:
        super().__init__(f"{discipline} cannot be booked: {standing}", hint="write why you book all the same")
        self.discipline = discipline
        self.standing = standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What came of asking: the inquiry that keeps it, and the red flags before which nothing is booked."""

    inquiry_id: UUID
    flags: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """What was agreed on the telephone. `why`: why it is booked although the referral rule asks for more."""

    times: tuple[Chosen, ...]
    kind: str
    note: str
    why: str
    form_key: str
    inquiry_id: UUID | None
    patient_id: UUID | None = None
    person: Person | None = None
    remind_by_email: bool = False
    remind_by_sms: bool = False


def questions_to_ask(*, age: int | None, answers: Mapping[str, Answer]) -> tuple[DangerQuestion, ...]:
    """List what is read aloud: what is always asked, what belongs to the age, and what the answers so far lead to.

    What may be answered only in private is left out: somebody may be listening (S13).
    """
    known = core.knowledge().questions
    always = [question for question in known.values() if question.when.always]
    so_far = {**dict.fromkeys((one.key for one in always), Answer.NO), **answers}
    pending = _answer(so_far, age=age, country="US").screening.pending
    given = (known[key] for key in answers if key in known)
    asked = {one.key: one for one in (*always, *given, *pending) if not asks_in_private(one.key)}
    return tuple(asked.values())


@transaction.atomic
def keep_answers(
    actor: Actor, answers: Mapping[str, Answer], *, age: int | None, language: Language, now: datetime | None = None
) -> Asked:
    """Keep what was answered aloud, and say before which dangers nothing is booked.

    Raises: NotAllowed, Unscoped, ClinicNotLive.
    """
    actor.must_be(*_STAFF, to="ask about danger on the telephone")
    must_take_people(actor.clinic)  # staff who read the questions aloud use what is to be signed (S40)
    clinic = clinic_row(actor.clinic)
    about = {"language": language.value, "country": clinic.country, "relation": DESK, "age": age}
    inquiry_id = begin_inquiry(actor, clinic_id=clinic.id, about=about, now=now)
    give(actor, inquiry_id, ("answers", {key: one.value for key, one in answers.items()}), now=now)
    return Asked(inquiry_id=inquiry_id, flags=_stops(_answer(answers, age=age, country=clinic.country)))


def book_by_telephone(actor: Actor, call: Call, *, now: datetime | None = None) -> BookingMade:
    """Book what was agreed; all of it or nothing.

    A clinic that is not live takes nobody; whoever is known there may still get a next visit.
    Raises: NotAllowed, Unscoped, ClinicNotLive, NotFound, DangerNotAsked, RuleNotMet, and what `bookings.book` raises.
    """
    actor.must_be(*_STAFF, to="book for somebody who calls")
    now = now or datetime.now(UTC)
    if call.kind == EVALUATION or call.patient_id is None:
        must_take_people(actor.clinic)
    _check_asked(actor, call, now)
    _check_rules(actor, call, now)
    _wish_reminders(actor, call)
    why = call.why.strip()
    return book(
        actor,
        clinic_id=actor.clinic,
        inquiry_id=call.inquiry_id,
        person=call.person,
        times=call.times,
        note="\n".join(part for part in (call.note.strip(), why) if part),
        form_key=call.form_key,
        patient_id=call.patient_id,
        kind=call.kind,
        rule_met=True,
        now=now,
    )


def _answer(answers: Mapping[str, Answer], *, age: int | None, country: str) -> Navigation:
    return core.answer(
        navigate.Inquiry(text="", answers=dict(answers), age=age, country=country, relation=Relation.PROXY)
    )


def _stops(found: Navigation) -> tuple[str, ...]:
    """List the red flags that mean today or at once, and those with which therapy waits for a doctor."""
    flags = (one.flag for one in found.screening.raised)
    return tuple(flag.key for flag in flags if flag.urgency.is_urgent or flag.hold is Hold.HOLD_THERAPY)


def _check_asked(actor: Actor, call: Call, now: datetime) -> None:
    """Before an evaluation danger was asked in this very call, to its end, and nothing stands against it (S1, S3).

    So it was before any visit of somebody new. What belongs to the age is asked for the age that is booked.
    """
    if call.inquiry_id is None:
        if call.kind == EVALUATION or call.patient_id is None:
            raise DangerNotAsked
        return
    row = inquiry_for(actor, call.inquiry_id, actor.clinic)
    if row is None or not _is_of_this_call(row, call, now):
        raise DangerNotAsked
    state = state_of(row)
    for age in {state.age, state.age if call.person is None else call.person.age}:
        asked = {one.key for one in questions_to_ask(age=age, answers=state.answers)}
        if not asked <= set(state.answers) or _stops(_answer(state.answers, age=age, country=state.country)):
            raise DangerNotAsked


def _is_of_this_call(row: Inquiry, call: Call, now: datetime) -> bool:
    others = row.bookings.exclude(form_key=call.form_key)
    return state_of(row).relation == DESK and row.begun_at > now - ASKED_WITHIN and not others.exists()


def _check_rules(actor: Actor, call: Call, now: datetime) -> None:
    wanted = Therapist.objects.filter(clinic_id=actor.clinic, id__in=[one.therapist_id for one in call.times])
    disciplines = [Discipline(one) for one in wanted.values_list("discipline", flat=True)]
    for seen in rules_for(actor, call.patient_id, disciplines, kind=call.kind, now=now):
        missing = seen.standing.asks_why and not call.why.strip()
        if missing or seen.standing is Standing.DANGER_OPEN:
            raise RuleNotMet(seen.discipline, seen.standing)


def _wish_reminders(actor: Actor, call: Call) -> None:
    """Note how somebody who is known here wants to be reminded from now on."""
    if call.patient_id is not None:
        row = known_patient(actor, actor.clinic, call.patient_id)
        Patient.objects.filter(id=row.id).update(
            remind_by_email=call.remind_by_email and bool(row.email),
            remind_by_sms=call.remind_by_sms and bool(row.telephone),
        )
