"""Book for somebody who calls: danger is asked aloud first, the referral rule is looked at, then it books as online.

What was answered is kept as an inquiry of its own, spoken for by the desk, so that those who treat see that danger was
asked (S32). An answer that means danger ends in words to say, not in a booking. What was written down of abuse is kept
for the safeguarding clinician alone (S13).
"""

from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from reable import navigate
from reable.errors import ReableError
from reable.knowledge.shapes.danger import DangerQuestion
from reable.navigate import Navigation
from reable.terms import Answer, Discipline, Hold, Language, Relation
from reable.web import core
from reable.web.records.actor import Actor, ActorKind
from reable.web.records.finding import asks_in_private, is_private
from reable.web.records.models import Clinic, Inquiry, InquiryEntry, Patient, Therapist
from reable.web.records.selectors.choices import Chosen
from reable.web.records.selectors.governance import must_take_people
from reable.web.records.selectors.inquiries import state_of
from reable.web.records.selectors.openings import EVALUATION, clinic_row
from reable.web.records.selectors.patients import treated_in
from reable.web.records.selectors.rules import Standing, rules_for
from reable.web.records.services.access import BookingMade
from reable.web.records.services.bookings import book
from reable.web.records.services.inquiries import begin_inquiry, give
from reable.web.records.services.persons import BadPerson, Person, known_patient, patient_for
from reable.web.records.services.safeguarding import notice
from reable.web.records.services.screening import DangerSaid, inquiry_for

DESK = "desk"  # the relation of who speaks for the person: staff who ask aloud
PATIENT = "patient"  # key of what the answers are about: the patient who called, none for somebody new
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
    actor: Actor,
    answers: Mapping[str, Answer],
    *,
    patient_id: UUID | None,
    age: int | None,
    language: Language,
    now: datetime | None = None,
) -> Asked:
    """Keep what was answered aloud, and say before which dangers nothing is booked. It counts for this patient alone.

    Raises: NotAllowed, Unscoped, ClinicNotLive.
    """
    actor.must_be(*_STAFF, to="ask about danger on the telephone")
    must_take_people(actor.clinic)  # staff who read the questions aloud use what is to be signed (S40)
    clinic = clinic_row(actor.clinic)
    about = {**_about(clinic, language, age), PATIENT: None if patient_id is None else str(patient_id)}
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
    if _must_be_asked(actor, call):
        must_take_people(actor.clinic)
    try:
        with transaction.atomic():
            return _book(actor, call, now)
    except DangerSaid as danger:
        if is_private(danger.flag):
            _keep_told(actor, call, now)
        raise


def must_be_asked(kind: str, disciplines: Collection[Discipline], treated: frozenset[Discipline]) -> bool:
    """Test if danger is asked in a call: before an evaluation, and of who was never here for one of the disciplines."""
    return kind == EVALUATION or not disciplines or not treated.issuperset(disciplines)


def _must_be_asked(actor: Actor, call: Call) -> bool:
    treated = frozenset() if call.patient_id is None else treated_in(actor, call.patient_id)
    return must_be_asked(call.kind, _disciplines(actor, call), treated)


def _book(actor: Actor, call: Call, now: datetime) -> BookingMade:
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
        if _must_be_asked(actor, call):
            raise DangerNotAsked
        return
    row = inquiry_for(actor, call.inquiry_id, actor.clinic)
    if row is not None:
        Inquiry.objects.select_for_update(no_key=True).get(id=row.id)  # two forms of one call follow each other
    if row is None or not _is_of_this_call(row, call, now):
        raise DangerNotAsked
    state = state_of(row)
    for age in {state.age, state.age if call.person is None else call.person.age}:
        asked = {one.key for one in questions_to_ask(age=age, answers=state.answers)}
        if not asked <= set(state.answers) or _stops(_answer(state.answers, age=age, country=state.country)):
            raise DangerNotAsked


def _is_of_this_call(row: Inquiry, call: Call, now: datetime) -> bool:
    others = row.bookings.exclude(form_key=call.form_key)
    about = row.entries.filter(kind="about").order_by("id").values_list("data", flat=True).first() or {}
    whose = None if call.patient_id is None else str(call.patient_id)
    is_theirs = about.get("relation") == DESK and about.get(PATIENT) in (None, whose)  # "new" may turn out to be known
    return is_theirs and row.begun_at > now - ASKED_WITHIN and not others.exists()


def _about(clinic: Clinic, language: Language, age: int | None) -> dict[str, Any]:
    return {"language": language.value, "country": clinic.country, "relation": DESK, "age": age}


def _keep_told(actor: Actor, call: Call, now: datetime) -> None:
    """Keep for the safeguarding clinician what the desk wrote down of abuse, and of whom, though nothing is booked."""
    with transaction.atomic():
        row = None if call.inquiry_id is None else inquiry_for(actor, call.inquiry_id, actor.clinic)
        if row is None or not _is_of_this_call(row, call, now):
            clinic, person = clinic_row(actor.clinic), call.person
            about = _about(clinic, person.language if person else Language.EN, person.age if person else None)
            row = Inquiry.objects.get(id=begin_inquiry(actor, clinic_id=clinic.id, about=about, now=now))
        InquiryEntry.objects.create(inquiry=row, kind="addition", data={"text": call.note.strip()}, at=now)
        notice(row, patient=_patient(actor, call, now), now=now)


def _patient(actor: Actor, call: Call, now: datetime) -> Patient | None:
    """Find or note who it is about; nobody where what was written of them cannot be used."""
    with suppress(BadPerson):
        return patient_for(actor, actor.clinic, call.person, patient_id=call.patient_id, inquiry=None, now=now)
    return None


def _disciplines(actor: Actor, call: Call) -> tuple[Discipline, ...]:
    wanted = Therapist.objects.filter(clinic_id=actor.clinic, id__in=[one.therapist_id for one in call.times])
    return tuple(Discipline(one) for one in wanted.values_list("discipline", flat=True))


def _check_rules(actor: Actor, call: Call, now: datetime) -> None:
    for seen in rules_for(actor, call.patient_id, _disciplines(actor, call), kind=call.kind, now=now):
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
