"""Booking: one act, all or nothing; what is refused, why, and that danger comes first."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from reable.book import CancelReason
from reable.terms import Discipline
from reable.web import core
from reable.web.records.actor import ActorKind, NotFound
from reable.web.records.models import (
    Appointment,
    AvailabilityException,
    Booking,
    Claim,
    Decision,
    Inquiry,
    Message,
    Patient,
    Recommendation,
    Task,
)
from reable.web.records.selectors.bookings import booking
from reable.web.records.selectors.choices import BadBooking, Hindrance, NotBookable, TimeTaken
from reable.web.records.selectors.inquiries import inquiry_state
from reable.web.records.services.bookings import BookedAlready, Chosen, book, cancel
from reable.web.records.services.inquiries import digest_of, give, keep_recommendation
from reable.web.records.services.persons import BadPerson
from reable.web.records.services.screening import DangerSaid
from tests.web.people import (
    DAY,
    NOW,
    at,
    booked,
    form_key,
    make_clinic,
    make_location,
    make_patient,
    make_therapist,
    nobody,
    patient_actor,
    person,
    slot,
    staff,
    visitor,
)

pytestmark = pytest.mark.django_db
PT, OT = Discipline.PT, Discipline.OT
TUESDAY_10 = at(3, 15)


@pytest.fixture
def clinic():
    return make_clinic()


@pytest.fixture
def lakeside(clinic):
    return make_location(clinic)


@pytest.fixture
def ada(lakeside):
    return make_therapist(lakeside)


@pytest.fixture
def ben(lakeside):
    return make_therapist(lakeside, OT, name="Ben")


def attempt(clinic, *times, actor=None, inquiry_id=None, who=None, note="", key=None, now=NOW, **more):
    if actor is None:
        actor, inquiry_id = visitor()
    return book(
        actor,
        clinic_id=clinic.id,
        inquiry_id=inquiry_id,
        person=who or person(),
        times=times,
        note=note,
        form_key=key or form_key(),
        now=now,
        **more,
    )


def the_visit(booking_id):
    return Appointment.objects.get(booking_id=booking_id, replaced_by__isnull=True)


def state_of(appointment):
    return appointment.statuses.order_by("-id")[0].state


def test_a_booking_claims_every_quarter_hour_of_therapist_room_and_patient(clinic):
    hill = make_location(clinic, "Hill", rooms=["Blue"])
    cy = make_therapist(hill)

    actor, booking_id, secret = booked([slot(cy, hill, TUESDAY_10)], clinic)

    visit = the_visit(booking_id)
    cells = [TUESDAY_10 + timedelta(minutes=15 * number) for number in range(4)]
    claims = set(Claim.objects.values_list("resource", "resource_id", "cell"))
    whose = (("therapist", cy.id), ("room", visit.room_id), ("patient", visit.patient_id))
    assert claims == {(kind, id_, cell) for kind, id_ in whose for cell in cells}
    assert state_of(visit) == "booked"
    assert booking_id in actor.booking_ids
    assert Booking.objects.get().digest == digest_of(secret)
    assert len(secret) == 32
    assert actor.touched_patients == {visit.patient_id}


def test_the_inquiry_is_the_clinics_to_see_from_now_on(clinic, lakeside, ada):
    actor, inquiry_id = visitor()
    assert Inquiry.objects.get(id=inquiry_id).clinic_id is None

    attempt(clinic, slot(ada, lakeside, TUESDAY_10), actor=actor, inquiry_id=inquiry_id)

    assert Inquiry.objects.get(id=inquiry_id).clinic_id == clinic.id


def test_a_taken_time_says_so_and_nothing_is_written(clinic, lakeside, ada):
    booked([slot(ada, lakeside, TUESDAY_10)], clinic)

    with pytest.raises(TimeTaken, match="just taken"):
        attempt(clinic, slot(ada, lakeside, TUESDAY_10 + timedelta(minutes=30)))

    assert (Booking.objects.count(), Patient.objects.count(), Message.objects.filter(kind="booked").count()) == (
        1,
        1,
        1,
    )


def test_both_on_one_day_are_booked_together_or_not_at_all(clinic, lakeside, ada, ben):
    _, booking_id, _ = booked([slot(ben, lakeside, at(3, 14)), slot(ada, lakeside, at(3, 15))], clinic)
    assert Appointment.objects.filter(booking_id=booking_id).count() == 2

    with pytest.raises(TimeTaken):
        attempt(clinic, slot(ben, lakeside, at(4, 14)), slot(ada, lakeside, at(3, 15)))

    assert Appointment.objects.count() == 2
    assert not Claim.objects.filter(cell=at(4, 14)).exists()


def test_nobody_can_be_in_two_places_at_once(clinic, lakeside, ada, ben):
    with pytest.raises(TimeTaken):
        attempt(clinic, slot(ben, lakeside, TUESDAY_10), slot(ada, lakeside, TUESDAY_10 + timedelta(minutes=30)))

    assert not Booking.objects.exists()


def test_the_same_form_sent_twice_makes_one_booking(clinic, lakeside, ada):
    actor, inquiry_id = visitor()
    sent = {"actor": actor, "inquiry_id": inquiry_id, "key": form_key()}

    first = attempt(clinic, slot(ada, lakeside, TUESDAY_10), **sent)
    second = attempt(clinic, slot(ada, lakeside, TUESDAY_10), **sent)

    assert first == second
    assert (Booking.objects.count(), Patient.objects.count()) == (1, 1)


def test_the_same_form_with_another_time_shows_the_booking_that_is_there(clinic, lakeside, ada):
    actor, inquiry_id = visitor()
    sent = {"actor": actor, "inquiry_id": inquiry_id, "key": form_key()}
    first = attempt(clinic, slot(ada, lakeside, TUESDAY_10), **sent)

    with pytest.raises(BookedAlready) as refused:
        attempt(clinic, slot(ada, lakeside, at(4, 15)), **sent)

    assert refused.value.booking_id == first.booking_id


def test_somebody_elses_form_key_opens_nothing(clinic, lakeside, ada):
    key = form_key()
    attempt(clinic, slot(ada, lakeside, TUESDAY_10), key=key)
    stranger, inquiry_id = visitor()

    with pytest.raises(NotFound):
        attempt(clinic, slot(ada, lakeside, TUESDAY_10), actor=stranger, inquiry_id=inquiry_id, key=key)

    assert not stranger.booking_ids


def test_a_second_visit_of_the_same_discipline_is_refused_until_the_first_is_cancelled(clinic, lakeside, ada, ben):
    actor, inquiry_id = visitor()
    sent = {"actor": actor, "inquiry_id": inquiry_id}
    first = attempt(clinic, slot(ada, lakeside, TUESDAY_10), **sent)

    with pytest.raises(BookedAlready):
        attempt(clinic, slot(ada, lakeside, at(4, 15)), **sent)
    attempt(clinic, slot(ben, lakeside, at(4, 15)), **sent)
    cancel(actor, first.booking_id, reason=CancelReason.OTHER, now=NOW)
    attempt(clinic, slot(ada, lakeside, at(5, 15)), **sent)

    assert Patient.objects.count() == 1


@pytest.mark.parametrize(
    "starts_at",
    [
        at(2, 14),  # within the clinic's notice
        at(2, 12),  # past
        at(3, 13),  # before opening
        at(3, 16, 30),  # ends after closing
        at(3, 15, 5),  # not on a quarter of an hour
        at(7, 15),  # Saturday
        at(30, 14, month=6),  # further than can be booked
    ],
)
def test_a_time_that_is_not_offered_cannot_be_booked(clinic, lakeside, ada, starts_at):
    with pytest.raises(TimeTaken):
        attempt(clinic, slot(ada, lakeside, starts_at))


def test_what_changed_since_the_page_was_shown_counts(clinic, lakeside, ada):
    AvailabilityException.objects.create(therapist=ada, on=date(2026, 3, 3))

    with pytest.raises(TimeTaken):
        attempt(clinic, slot(ada, lakeside, TUESDAY_10))


def test_another_clinics_therapist_a_foreign_place_and_a_missing_one_are_refused_alike(clinic, lakeside, ada):
    other = make_clinic("other")
    far = make_location(other, "Far")
    zoe = make_therapist(far)

    for chosen in (slot(zoe, far, TUESDAY_10), slot(ada, far, TUESDAY_10)):
        with pytest.raises(TimeTaken):
            attempt(clinic, chosen)
    with pytest.raises(TimeTaken):
        attempt(clinic, Chosen(therapist_id=uuid4(), location_id=lakeside.id, starts_at=TUESDAY_10))


def test_staff_book_at_short_notice_by_telephone_but_never_in_the_past(clinic, lakeside, ada):
    desk = staff(clinic, ActorKind.FRONT_DESK)

    attempt(clinic, slot(ada, lakeside, at(2, 14)), actor=desk)

    assert Booking.objects.get().inquiry_id is None
    with pytest.raises(TimeTaken):
        attempt(clinic, slot(ada, lakeside, at(2, 12)), actor=desk)


@pytest.mark.parametrize(
    ("rules", "by_staff", "hindrance"),
    [(None, False, Hindrance.CALL_US), ("referral", False, Hindrance.REFERRAL), ("referral", True, Hindrance.REFERRAL)],
)
def test_the_referral_rule_of_the_clinic_holds(rules, by_staff, hindrance):
    clinic = make_clinic("strict", rules=rules)
    place = make_location(clinic)
    actor, inquiry_id = (staff(clinic, ActorKind.FRONT_DESK), None) if by_staff else visitor()

    with pytest.raises(NotBookable) as refused:
        attempt(clinic, slot(make_therapist(place), place, TUESDAY_10), actor=actor, inquiry_id=inquiry_id)

    assert refused.value.hindrance is hindrance
    assert not Patient.objects.exists()


def test_without_a_rule_staff_may_book_who_calls(lakeside):
    clinic = make_clinic("unset", rules=None)
    place = make_location(clinic)

    attempt(clinic, slot(make_therapist(place), place, TUESDAY_10), actor=staff(clinic, ActorKind.MANAGER))

    assert Booking.objects.count() == 1


@pytest.mark.parametrize(
    ("age", "relation", "hindrance"),
    [(None, "", Hindrance.AGE_NOT_KNOWN), (15, "", Hindrance.NEEDS_ADULT), (15, "mother", Hindrance.AGE_GROUP)],
)
def test_a_child_does_not_book_alone_and_an_unknown_age_is_nobodys(clinic, lakeside, ada, age, relation, hindrance):
    actor, inquiry_id = visitor(relation=relation)

    with pytest.raises(NotBookable) as refused:
        attempt(clinic, slot(ada, lakeside, TUESDAY_10), actor=actor, inquiry_id=inquiry_id, who=person(age=age))

    assert refused.value.hindrance is hindrance


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({"name": "  "}, "name"),
        ({"name": "Rosa\x00\x07"}, "name"),
        ({"name": "x" * 121}, "name"),
        ({"email": "rosa@"}, "email"),
        ({"email": "", "telephone": ""}, "contact"),
        ({"telephone": "=1+1"}, "telephone"),
        ({"email": "", "remind_by_email": True}, "remind_by_email"),
        ({"telephone": "", "remind_by_sms": True}, "remind_by_sms"),
    ],
)
def test_a_person_who_cannot_be_reached_is_refused_field_by_field(clinic, lakeside, ada, fields, fault):
    with pytest.raises(BadPerson) as refused:
        attempt(clinic, slot(ada, lakeside, TUESDAY_10), who=person(**fields))

    assert fault in refused.value.fields


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("Rosa\r\nBcc: all@example.org", "Rosa Bcc: all@example.org"),
        ("=HYPERLINK(1)", "=HYPERLINK(1)"),
        ("\u202easoR", "asoR"),
        ("رزا نمونه", "رزا نمونه"),
        ("Zoë 🙂", "Zoë 🙂"),
    ],
)
def test_a_name_is_kept_as_it_is_but_on_one_line_and_in_one_direction(clinic, lakeside, ada, name, kept):
    attempt(clinic, slot(ada, lakeside, TUESDAY_10), who=person(name=name))

    assert Patient.objects.get().name == kept


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"note": "x" * 1001}, "note"),
        ({"note": "a\x00b"}, "note"),
        ({"key": "offer:1"}, "form_key"),
        ({"key": "short"}, "form_key"),
    ],
)
def test_what_no_page_of_ours_sends_is_refused(clinic, lakeside, ada, change, fault):
    with pytest.raises(BadBooking) as refused:
        attempt(clinic, slot(ada, lakeside, TUESDAY_10), **change)

    assert fault in refused.value.fields


def test_a_danger_in_the_note_comes_first_and_nothing_is_booked(clinic, lakeside, ada):
    with pytest.raises(DangerSaid) as refused:
        attempt(clinic, slot(ada, lakeside, TUESDAY_10), note="Please hurry, I have crushing chest pain right now")

    assert refused.value.flag == "chest_pain_at_rest"
    assert "chest pain" not in str(refused.value)
    assert (Booking.objects.count(), Patient.objects.count()) == (0, 0)


def test_a_danger_told_before_stands_in_the_way_until_it_is_not_happening_now(clinic, lakeside, ada):
    actor, inquiry_id = visitor(said="I have chest pain right now")
    sent = {"actor": actor, "inquiry_id": inquiry_id}
    with pytest.raises(DangerSaid):
        attempt(clinic, slot(ada, lakeside, TUESDAY_10), **sent)

    give(actor, inquiry_id, ("not_now", {"flag": "chest_pain_at_rest"}))
    attempt(clinic, slot(ada, lakeside, TUESDAY_10), **sent)

    assert Task.objects.get().kind == "check_danger"
    assert Task.objects.get().role == "pt"


def test_what_is_not_happening_now_does_not_excuse_a_new_note(clinic, lakeside, ada):
    actor, inquiry_id = visitor(said="I have chest pain right now")
    give(actor, inquiry_id, ("not_now", {"flag": "chest_pain_at_rest"}))

    with pytest.raises(DangerSaid):
        attempt(
            clinic, slot(ada, lakeside, TUESDAY_10), actor=actor, inquiry_id=inquiry_id, note="I have chest pain again"
        )


def test_a_doctor_who_must_look_first_comes_before_any_visit_unless_staff_book(clinic, lakeside, ada):
    said = "I have lost a lot of weight without trying and my back hurts at night"
    actor, inquiry_id = visitor(said=said)

    with pytest.raises(NotBookable) as refused:
        attempt(clinic, slot(ada, lakeside, TUESDAY_10), actor=actor, inquiry_id=inquiry_id)
    assert refused.value.hindrance is Hindrance.DOCTOR_FIRST

    attempt(clinic, slot(ada, lakeside, TUESDAY_10), actor=staff(clinic, ActorKind.FRONT_DESK), note=said)
    assert Task.objects.get().kind == "read_note"


def test_a_note_that_a_doctor_should_know_of_is_read_before_the_visit(clinic, lakeside, ada):
    booked([slot(ada, lakeside, TUESDAY_10)], clinic, note="My hand trembles, it is new")

    assert [(one.kind, one.role) for one in Task.objects.all()] == [("read_note", "pt")]


def test_a_danger_that_a_therapist_cleared_is_no_hindrance_any_more(clinic, lakeside, ada):
    actor, inquiry_id = visitor(said="I have chest pain right now")
    navigation = core.answer(inquiry_state(actor, inquiry_id).inquiry({}))
    keep_recommendation(actor, inquiry_id, navigation)
    Decision.objects.create(
        clinic=clinic, recommendation=Recommendation.objects.get(), decision="accepted", door="pt",
        danger_cleared="Seen by Dr. Example on Monday", by_id=staff(clinic, ActorKind.PT).user_id, discipline="pt", at=NOW,
    )  # fmt: skip

    attempt(clinic, slot(ada, lakeside, TUESDAY_10), actor=actor, inquiry_id=inquiry_id)

    assert Booking.objects.count() == 1


def test_who_chooses_once_more_what_is_theirs_is_shown_it(clinic, lakeside, ada):
    actor, inquiry_id = visitor()
    sent = {"actor": actor, "inquiry_id": inquiry_id}
    first = attempt(clinic, slot(ada, lakeside, TUESDAY_10), **sent)

    with pytest.raises(BookedAlready) as refused:
        attempt(clinic, slot(ada, lakeside, TUESDAY_10), **sent)

    assert refused.value.booking_id == first.booking_id


def test_without_an_inquiry_only_staff_and_known_patients_book(clinic, lakeside, ada):
    patient = make_patient(clinic)

    for actor in (nobody(), patient_actor(patient)):
        with pytest.raises(NotFound):
            attempt(clinic, slot(ada, lakeside, TUESDAY_10), actor=actor)
    with pytest.raises(NotFound):  # another clinic's staff book nothing here
        attempt(clinic, slot(ada, lakeside, TUESDAY_10), actor=staff(make_clinic("other"), ActorKind.MANAGER))
    stranger = patient_actor(make_patient(clinic, name="Somebody Else"))
    with pytest.raises(NotFound):
        attempt(clinic, slot(ada, lakeside, TUESDAY_10), actor=stranger, patient_id=patient.id)
    attempt(clinic, slot(ada, lakeside, TUESDAY_10), actor=patient_actor(patient), patient_id=patient.id)

    assert Booking.objects.get().patient == patient


def test_staff_book_on_a_way_that_their_clinic_sees_and_on_no_other(clinic, lakeside, ada):
    _, inquiry_id = visitor()
    desk = staff(clinic, ActorKind.FRONT_DESK)
    with pytest.raises(NotFound):
        attempt(clinic, slot(ada, lakeside, TUESDAY_10), actor=desk, inquiry_id=inquiry_id)

    Inquiry.objects.filter(id=inquiry_id).update(clinic=clinic)
    attempt(clinic, slot(ada, lakeside, TUESDAY_10), actor=desk, inquiry_id=inquiry_id)

    assert desk.touched_inquiries == {inquiry_id}


def test_a_harmless_note_is_kept_for_therapists_and_the_person_not_for_the_desk(clinic, lakeside, ada):
    actor, booking_id, _ = booked([slot(ada, lakeside, TUESDAY_10)], clinic, note="My daughter comes with me.")

    assert booking(actor, booking_id, now=NOW).note == "My daughter comes with me."
    assert booking(staff(clinic, ActorKind.PT), booking_id, now=NOW).note == "My daughter comes with me."
    assert booking(staff(clinic, ActorKind.FRONT_DESK), booking_id, now=NOW).note == ""


def test_a_time_later_than_the_priority_allows_has_somebody_call(clinic, lakeside, ada):
    booked([slot(ada, lakeside, at(12, 14, month=4) + DAY)], clinic)

    assert Task.objects.filter(kind="call", role="front_desk").exists() is True
