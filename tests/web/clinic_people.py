"""A clinic at work for the tests of its pages: staff who can sign in, people who asked, visits on given days."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.test import Client

from reable import book
from reable.knowledge.shapes.danger import DangerQuestion
from reable.terms import Discipline
from reable.web import core
from reable.web.accounts.models import User
from reable.web.records.actor import Actor, ActorKind
from reable.web.records.models import (
    Appointment,
    AppointmentStatus,
    Booking,
    Clinic,
    Inquiry,
    Location,
    Patient,
    Therapist,
    VisitType,
)
from reable.web.records.selectors.inquiries import state_of
from reable.web.records.selectors.places import zone_of
from reable.web.records.services.inquiries import begin_inquiry, give, keep_recommendation
from tests.web.people import make_clinic, make_location, make_member, make_patient, make_therapist

BUTTON = "I cannot button my shirt"  # OT
WALK = "My knee hurts when I walk"  # PT
DROOP = "Since this morning my face droops and my arm is weak"  # an emergency
HIT = "My husband hits me. My shoulder hurts when I reach up"  # private
HOSTILE = ("<script>alert(1)</script>", "=cmd|' /C calc'!A0", "\u202eRTL Example", 'a"onmouseover="alert(1)')


@dataclass(frozen=True, kw_only=True)
class Workplace:
    """A clinic of the demo (so nobody needs a second step) with one of each role."""

    clinic: Clinic
    location: Location
    pt: Actor
    ot: Actor
    desk: Actor
    boss: Actor
    physician: Actor
    ada: Therapist  # the PT as people book her
    omar: Therapist


def make_workplace(slug: str = "north", **fields: Any) -> Workplace:
    clinic = make_clinic(slug, is_demo=True, **fields)
    location = make_location(clinic)
    pt, ot = make_member(clinic, "pt"), make_member(clinic, "ot")
    ada, omar = (
        make_therapist(location, discipline, name=name)
        for discipline, name in ((Discipline.PT, "Ada"), (Discipline.OT, "Omar"))
    )
    for therapist, actor in ((ada, pt), (omar, ot)):
        therapist.user_id = actor.user_id
        therapist.save()
    return Workplace(
        clinic=clinic,
        location=location,
        pt=pt,
        ot=ot,
        desk=make_member(clinic, "front_desk"),
        boss=make_member(clinic, "manager"),
        physician=make_member(clinic, "referring_physician"),
        ada=ada,
        omar=omar,
    )


def signed_in(actor: Actor) -> Client:
    client = Client()
    client.force_login(User.objects.get(id=actor.user_id), backend="django.contrib.auth.backends.ModelBackend")
    return client


def fresh(actor: Actor) -> Actor:
    """Give the same actor in another request."""
    return Actor(kind=actor.kind, user_id=actor.user_id, clinic_id=actor.clinic_id, kinds=actor.kinds)


def asked(
    clinic: Clinic | None,
    said: str = BUTTON,
    *,
    finished: bool = True,
    name: str = "",
    hours_ago: int = 0,
    **about: Any,
) -> UUID:
    """Somebody asks on the clinic's link; `finished`: says no to every danger and limitation and sees the answer."""
    actor = Actor(kind=ActorKind.ANONYMOUS)
    told = {"language": "en", "country": "US", "age": 40, "relation": "", **about}
    inquiry_id = begin_inquiry(actor, clinic_id=None if clinic is None else clinic.id, about=told)
    give(actor, inquiry_id, ("statement", {"text": said}))
    if finished:
        finish(actor, inquiry_id)
    if hours_ago:
        _age(inquiry_id, hours_ago)
    if name and clinic is not None:
        book_for(clinic, inquiry_id, name)
    return inquiry_id


def _age(inquiry_id: UUID, hours: int) -> None:
    row, shift = Inquiry.objects.get(id=inquiry_id), timedelta(hours=hours)
    Inquiry.objects.filter(id=inquiry_id).update(begun_at=row.begun_at - shift)
    for one in (*row.entries.all(), *row.recommendations.all()):
        type(one).objects.filter(pk=one.pk).update(at=one.at - shift)


def teller(inquiry_id: UUID) -> Actor:
    return Actor(kind=ActorKind.ANONYMOUS, inquiry_ids=frozenset({inquiry_id}))


def finish(actor: Actor, inquiry_id: UUID) -> None:
    codes = {key: str(activity.code) for key, activity in core.knowledge().activities.items()}
    for _ in range(15):
        found = core.answer(state_of(Inquiry.objects.get(id=inquiry_id)).inquiry(codes))
        question = found.next_question
        if question is None:
            break
        if isinstance(question, DangerQuestion):
            give(actor, inquiry_id, ("answers", {one.key: "no" for one in found.screening.pending}))
        else:
            give(actor, inquiry_id, ("answers", {f"limitation:{question.code}": "no"}))
    keep_recommendation(actor, inquiry_id, found)


def book_for(clinic: Clinic, inquiry_id: UUID | None, name: str, *, starts: datetime | None = None) -> Appointment:
    """Write a booked visit as rows, in the past too."""
    location = clinic.locations.first() or make_location(clinic)
    therapist = clinic.therapists.order_by("discipline").last() or make_therapist(location)
    patient = make_patient(clinic, name=name)
    return visit_of(patient, therapist, starts or datetime.now(UTC) + timedelta(days=3), inquiry_id=inquiry_id)


def visit_of(
    patient: Patient, therapist: Therapist, starts: datetime, *, inquiry_id: UUID | None = None, state: str = "booked"
) -> Appointment:
    key = f"{patient.id}{starts.isoformat()}"[:64]
    booking = Booking.objects.create(
        clinic=patient.clinic,
        patient=patient,
        inquiry_id=inquiry_id,
        digest=key,
        form_key=key,
        made_at=min(starts, datetime.now(UTC)),
    )
    row = Appointment.objects.create(
        clinic=patient.clinic,
        booking=booking,
        patient=patient,
        therapist=therapist,
        location=patient.clinic.locations.first(),
        visit_type=VisitType.objects.filter(clinic=patient.clinic, discipline=therapist.discipline).first(),
        discipline=therapist.discipline,
        starts_at=starts,
        ends_at=starts + timedelta(hours=1),
    )
    mark(row, state, at=starts)
    return row


def mark(row: Appointment, state: str, *, at: datetime | None = None, reason: str = "") -> None:
    reason = reason or ("other" if state == "cancelled" else "")
    AppointmentStatus.objects.create(
        appointment=row, state=state, reason=reason, role="front_desk", at=at or datetime.now(UTC)
    )


def today_at(clinic: Clinic, hour: int) -> datetime:
    """Give an hour of the clinic's today."""
    zone = zone_of(clinic.id)
    return book.instant(book.day_of(datetime.now(UTC), zone), time(hour), zone)


def day_at(clinic: Clinic, moment: datetime) -> str:
    """Give the date of a moment as the clinic's wall reads it, not as the world's clock does."""
    return book.day_of(moment, zone_of(clinic.id)).isoformat()


def text_of(response: Any) -> str:
    return response.content.decode()
