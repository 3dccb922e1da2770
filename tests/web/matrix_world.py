"""Two clinics with everything in them, and one browser for each kind of person, for the authorisation matrix."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any

from django.test import Client

from reable.terms import Discipline
from reable.web.accounts.models import Invitation, Membership, User
from reable.web.records.models import (
    Availability,
    AvailabilityException,
    Carer,
    Clinic,
    Closure,
    Disclosure,
    Incident,
    Location,
    OpeningHours,
    Patient,
    Room,
    Task,
    Therapist,
    WithdrawnItem,
)
from reable.web.records.selectors.actors import BOOKINGS, INQUIRIES
from reable.web.records.selectors.choices import Chosen
from reable.web.records.selectors.slots import free_times
from reable.web.records.services.bookings import book
from reable.web.records.services.inquiries import digest_of
from reable.web.records.services.referrals import enter_referral
from reable.web.records.services.waiting_list import join
from tests.web.people import form_key, make_clinic, make_location, make_member, make_therapist, person, visitor, wish


@dataclass(frozen=True)
class World:
    """Who looks, and the parts of addresses that lead to one patient's things."""

    people: Mapping[str, Client]
    parts: Mapping[str, Any]


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def holding(**kept: Any) -> Client:
    """Give a browser whose session holds these ids."""
    client = Client()
    session = client.session
    for key, value in kept.items():
        session[key] = [str(value)]
    session.save()
    return client


def a_clinic(slug: str) -> tuple[Clinic, Location, Therapist]:
    clinic = make_clinic(slug)
    location = make_location(clinic, f"{slug} place", rooms=("1",))
    therapist = make_therapist(location, Discipline.PT, weekdays=range(7), hours=(8, 18))
    Membership.objects.create(user=therapist.user, clinic=clinic, role="pt", since=datetime.now(UTC))
    make_therapist(location, Discipline.OT, weekdays=range(7), hours=(8, 18))
    return clinic, location, therapist


def make_world() -> World:
    now = datetime.now(UTC)
    clinic, location, therapist = a_clinic("north")
    other, _place, _therapist = a_clinic("south")
    actor, inquiry_id = visitor(said="I cannot button my shirt")
    free = free_times(actor, clinic.id, wish()).times[-1]
    chosen = Chosen(therapist_id=free.therapist_id, location_id=free.location_id, starts_at=free.starts_at)
    made = book(
        actor, clinic_id=clinic.id, inquiry_id=inquiry_id, person=person(), times=[chosen], note="", form_key=form_key()
    )
    patient = Patient.objects.get(clinic=clinic)
    appointment = patient.appointments.get()
    waiting = join(actor, clinic_id=clinic.id, inquiry_id=inquiry_id, person=person(), wish=wish(Discipline.OT))
    staff = {role: make_member(clinic, role) for role in ("pt", "ot", "front_desk", "manager", "referring_physician")}
    referral_id = enter_referral(
        staff["referring_physician"],
        person=person(name="Other Example", email="other@example.org"),
        disciplines=[Discipline.PT],
        text="Knee replacement, stiff",
        physician_name="Dr Example",
        physician_contact="555 0100",
    ).ids[0]
    owner, helper = (User.objects.create_user(f"{name}@example.org") for name in ("rosa", "helper"))
    Patient.objects.filter(id=patient.id).update(user=owner)
    carer = Carer.objects.create(
        patient=patient, user=helper, relation="daughter", authority="agreed", patient_agrees=True, granted_at=now
    )
    gone = make_member(clinic, "pt")
    Membership.objects.filter(user_id=gone.user_id).update(revoked_at=now)
    Disclosure.objects.create(clinic=clinic, inquiry_id=inquiry_id, since=now)
    people = {
        "anonymous": Client(),
        "holder": holding(**{INQUIRIES: inquiry_id, BOOKINGS: made.booking_id}),
        "patient": signed_in(owner),
        "carer": signed_in(helper),
        **{role: signed_in(User.objects.get(id=one.user_id)) for role, one in staff.items()},
        "safeguarding": signed_in(User.objects.get(id=make_member(clinic, "pt", "safeguarding").user_id)),
        "other_pt": signed_in(User.objects.get(id=make_member(other, "pt").user_id)),
        "other_manager": signed_in(User.objects.get(id=make_member(other, "manager").user_id)),
        "revoked": signed_in(User.objects.get(id=gone.user_id)),
        "operator": signed_in(User.objects.create_superuser("operator@example.org")),
    }
    parts = {
        "inquiry_id": inquiry_id,
        "source_id": inquiry_id,
        "booking_id": made.booking_id,
        "appointment_id": appointment.id,
        "patient_id": patient.id,
        "carer_id": carer.id,
        "therapist_id": therapist.id,
        "hours_id": Availability.objects.filter(therapist=therapist).first().id,
        "day_id": AvailabilityException.objects.create(therapist=therapist, on=now.date() + timedelta(days=40)).id,
        "referral_id": referral_id,
        "place_id": location.id,
        "room_id": Room.objects.filter(location=location).first().id,
        "closed_id": Closure.objects.create(clinic=clinic, on=now.date() + timedelta(days=50), reason="Holiday").id,
        "invitation_id": Invitation.objects.create(
            clinic=clinic,
            email="new@example.org",
            role="pt",
            digest=digest_of("x"),
            invited_by_id=staff["manager"].user_id,
            invited_at=now,
            expires_at=now + timedelta(days=7),
        ).id,
        "membership_id": Membership.objects.get(user_id=staff["pt"].user_id).id,
        "user_id": therapist.user_id,
        "discipline": "pt",
        "task_id": Task.objects.create(
            clinic=clinic, patient=patient, kind="call", role="front_desk", due_at=now, made_at=now
        ).id,
        "part": "red_flags",
        "item": WithdrawnItem.objects.create(
            clinic=clinic, item="d450", reason="Its source.", by_id=staff["pt"].user_id, at=now
        ).item,
        "incident_id": Incident.objects.create(
            clinic=clinic, what="Late", severity="minor", owner="Boss", by_id=staff["pt"].user_id, at=now
        ).id,
        "slug": "north",
        "spoken": "en",
        "code": "0000000000",
        "secret": waiting.secret,
        "what": "arrive",
        "key": "x",
        "pk": 1,
        "uidb36": "x",
        "open_hours": OpeningHours.objects.create(location=location, weekday=0, opens=time(8), closes=time(18)).id,
    }
    return World(people=people, parts=parts)
