"""Referrals: each state has an owner, a day it is due, and an exit; the text is searched; the physician gets a letter."""

from datetime import date

import pytest

from reable.book import DeclineReason, ReferralAct, ReferralState, Refusal, Role, SendBackNeed
from reable.book import NotAllowed as NotAllowedNow
from reable.terms import Discipline, Priority
from reable.web.records.actor import ActorKind, NotAllowed, NotFound, Unscoped
from reable.web.records.models import Appointment, Patient, Referral, Task
from reable.web.records.selectors.referrals import all_referrals, referral
from reable.web.records.services.bookings import book, cancel
from reable.web.records.services.referrals import (
    BadReferral,
    Hindrance,
    NotBookable,
    act_on_referral,
    clear_danger,
    enter_referral,
    note_try,
    write_letter,
)
from reable.web.records.services.visits import CancelReason, arrive, finish, miss, undo
from tests.web.people import (
    DAY,
    HOUR,
    NOW,
    at,
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
)

pytestmark = pytest.mark.django_db
PT, OT = Discipline.PT, Discipline.OT
TEXT = "Trouble climbing stairs since a knee replacement. Please evaluate."
DANGER = "New numbness between the legs and cannot pass urine since yesterday, with back pain."


@pytest.fixture
def clinic():
    return make_clinic(rules="referral")


@pytest.fixture
def doctor(clinic):
    return staff(clinic, ActorKind.REFERRING_PHYSICIAN)


@pytest.fixture
def desk(clinic):
    return staff(clinic, ActorKind.FRONT_DESK)


@pytest.fixture
def therapist(clinic):
    return staff(clinic, ActorKind.PT)


def enter(actor, *, text=TEXT, disciplines=(PT,), now=NOW, **more):
    given = {"person": person(), "physician_name": "Dr. Example", "physician_contact": "555 0000", **more}
    return enter_referral(actor, disciplines=disciplines, text=text, now=now, **given)


def accepted(desk, therapist, **more):
    """Give a referral that waits to be booked."""
    (id_,) = enter(desk, **more).ids
    act_on_referral(desk, id_, ReferralAct.CHECK, now=NOW)
    act_on_referral(therapist, id_, ReferralAct.ACCEPT, now=NOW)
    return id_


def state(actor, id_, now=NOW):
    return referral(actor, id_, now=now).line.state


def test_a_referral_goes_from_the_physician_to_the_letter_back(clinic, doctor, desk, therapist):
    (id_,) = enter(doctor, as_draft=True).ids
    lakeside = make_location(clinic)
    ada = make_therapist(lakeside)
    patient = Referral.objects.get().patient
    assert state(doctor, id_) is ReferralState.DRAFTED

    act_on_referral(doctor, id_, ReferralAct.SEND, now=NOW)
    act_on_referral(desk, id_, ReferralAct.CHECK, now=NOW)
    act_on_referral(therapist, id_, ReferralAct.ACCEPT, now=NOW)
    made = book(
        desk,
        clinic_id=clinic.id,
        inquiry_id=None,
        person=None,
        patient_id=patient.id,
        times=[slot(ada, lakeside, at(3, 15))],
        note="",
        form_key=form_key(),
        now=NOW,
    )
    assert state(desk, id_) is ReferralState.BOOKED
    visit = Appointment.objects.get(booking_id=made.booking_id)
    arrive(desk, visit.id, now=at(3, 15))
    finish(therapist, visit.id, now=at(3, 16))
    assert state(desk, id_, at(3, 16)) is ReferralState.EVALUATED
    write_letter(therapist, id_, "Dear Dr. Example, thank you.", now=at(3, 17))
    act_on_referral(desk, id_, ReferralAct.CLOSE, now=at(3, 18))

    seen = referral(doctor, id_, now=at(3, 18))
    assert seen.line.state is ReferralState.CLOSED
    assert [one.text for one in seen.letters] == ["Dear Dr. Example, thank you."]
    assert [one.state for one in seen.history] == [
        "drafted", "received", "checked", "accepted", "booked", "evaluated", "answered", "closed",
    ]  # fmt: skip
    assert all((one.due_on is None) == one.state.is_final for one in seen.history)
    assert all_referrals(doctor, now=NOW) == ()
    assert len(all_referrals(doctor, with_closed=True, now=NOW)) == 1


def test_a_physician_sees_their_own_and_nobody_elses(clinic, doctor, desk):
    own, other = enter(doctor).ids[0], enter(staff(clinic, ActorKind.REFERRING_PHYSICIAN)).ids[0]
    by_desk = enter(desk).ids[0]

    assert [one.referral_id for one in all_referrals(doctor, now=NOW)] == [own]
    assert referral(doctor, own).text == TEXT
    for id_ in (other, by_desk):
        with pytest.raises(NotFound):
            referral(doctor, id_)
        with pytest.raises(NotFound):
            act_on_referral(doctor, id_, ReferralAct.WITHDRAW, now=NOW)


def test_for_another_clinic_and_for_nobody_there_is_no_referral(clinic, doctor):
    (id_,) = enter(doctor).ids
    other = make_clinic("other")

    for actor in (staff(other, ActorKind.MANAGER), nobody(), patient_actor(make_patient(clinic))):
        with pytest.raises(NotFound):
            referral(actor, id_)
    assert all_referrals(staff(other, ActorKind.MANAGER), now=NOW) == ()
    with pytest.raises(Unscoped):
        all_referrals(nobody())


def test_the_desk_sees_tasks_and_no_clinical_word(doctor, desk, therapist):
    (id_,) = enter(doctor, text=DANGER).ids
    clear_danger(therapist, id_, "Seen at the hospital this morning, imaging was clear.", now=NOW)

    seen = referral(desk, id_, now=NOW)

    assert (seen.text, seen.dangers, seen.letters) == ("", (), ())
    assert "numbness" not in repr(seen)
    assert "hospital" not in repr(seen)
    assert referral(therapist, id_, now=NOW).text == DANGER


def test_a_danger_in_the_text_is_named_looked_at_the_same_day_and_cleared_by_name(clinic, doctor, desk, therapist):
    entered = enter(doctor, text=DANGER)
    (id_,) = entered.ids
    assert "cauda_equina" in entered.dangers
    assert [(one.kind, one.role) for one in Task.objects.all()] == [("check_danger", "pt")]
    act_on_referral(desk, id_, ReferralAct.CHECK, now=NOW)

    with pytest.raises(NotAllowedNow) as refused:
        act_on_referral(therapist, id_, ReferralAct.ACCEPT, now=NOW)
    assert refused.value.refusal is Refusal.DANGER_OPEN
    for nobody_of_it in (desk, staff(clinic, ActorKind.OT)):
        with pytest.raises(NotAllowed):
            clear_danger(nobody_of_it, id_, "I asked", now=NOW)
    clear_danger(therapist, id_, "Seen at the hospital this morning.", now=NOW)

    assert act_on_referral(therapist, id_, ReferralAct.ACCEPT, now=NOW) is ReferralState.ACCEPTED
    note = referral(therapist, id_, now=NOW).history[-2]
    assert note.reason == "danger_cleared Seen at the hospital this morning."
    assert note.by


def test_a_letter_for_both_disciplines_makes_two_referrals_of_one_patient(doctor):
    entered = enter(doctor, disciplines=(PT, OT, PT))

    assert len(entered.ids) == 2
    assert Patient.objects.count() == 1
    assert {one.discipline for one in Referral.objects.all()} == {"pt", "ot"}


def test_the_sooner_of_what_was_asked_and_what_was_understood_decides_the_days(doctor, desk):
    routine, soon = (
        enter(doctor, text="Stiff shoulder for a year.").ids[0],
        enter(doctor, text="Stiff shoulder for a year.", priority=Priority.DAYS).ids[0],
    )

    assert referral(desk, routine, now=NOW).line.due_on == date(2026, 3, 5)
    assert referral(desk, soon, now=NOW).line.due_on == date(2026, 3, 3)
    assert referral(desk, soon, now=NOW).line.priority is Priority.DAYS


def test_overdue_ones_rise_to_the_top_and_to_who_watches(clinic, doctor, desk):
    late = enter(doctor, now=NOW - 20 * DAY, person=person(name="Late")).ids[0]
    enter(doctor, now=NOW, person=person(name="New"))
    manager = staff(clinic, ActorKind.MANAGER)

    lines = all_referrals(desk, now=NOW)
    assert [(one.name, one.overdue) for one in lines] == [("Late", True), ("New", False)]
    assert all(one.is_mine and one.owner is Role.FRONT_DESK for one in lines)
    assert [one.is_mine for one in all_referrals(manager, now=NOW)] == [True, False]
    assert lines[0].referral_id == late


def test_a_reason_is_asked_exactly_where_the_table_asks_one(doctor, desk):
    (id_,) = enter(doctor).ids

    for reason, refusal in (
        (None, Refusal.REASON_NEEDED),
        (DeclineReason.NEEDS_DOCTOR_FIRST, Refusal.REASON_NOT_ALLOWED),  # a clinical word: not for the desk
    ):
        with pytest.raises(NotAllowedNow) as refused:
            act_on_referral(desk, id_, ReferralAct.DECLINE, reason=reason, now=NOW)
        assert refused.value.refusal is refusal
    act_on_referral(desk, id_, ReferralAct.SEND_BACK, reason=SendBackNeed.SIGNATURE, now=NOW)

    assert referral(doctor, id_, now=NOW).line.owner is Role.REFERRING_PHYSICIAN
    assert ReferralAct.SEND in referral(doctor, id_, now=NOW).line.acts


def test_three_tries_on_different_days_before_somebody_counts_as_unreachable(desk, therapist):
    id_ = accepted(desk, therapist)
    for when in (NOW, NOW + HOUR, NOW + DAY):
        note_try(desk, id_, now=when)
    with pytest.raises(NotAllowedNow) as refused:
        act_on_referral(desk, id_, ReferralAct.GIVE_UP_REACHING, now=NOW + DAY)
    assert refused.value.refusal is Refusal.TOO_FEW_TRIES
    due = referral(desk, id_, now=NOW).line.due_on

    assert note_try(desk, id_, now=NOW + 2 * DAY) == 3
    assert referral(desk, id_, now=NOW).line.due_on == due
    assert act_on_referral(desk, id_, ReferralAct.GIVE_UP_REACHING, now=NOW + 2 * DAY) == "patient_unreachable"
    with pytest.raises(NotAllowed):
        note_try(therapist, id_, now=NOW)


def test_who_did_not_come_and_what_was_cancelled_go_back_to_be_booked(clinic, desk, therapist):
    id_ = accepted(desk, therapist)
    lakeside = make_location(clinic)
    ada = make_therapist(lakeside)
    patient = Referral.objects.get().patient

    def booked_at(when):
        made = book(
            desk, clinic_id=clinic.id, inquiry_id=None, person=None, patient_id=patient.id,
            times=[slot(ada, lakeside, when)], note="", form_key=form_key(), now=NOW,
        )  # fmt: skip
        return made.booking_id, Appointment.objects.get(booking_id=made.booking_id)

    booking_id, _ = booked_at(at(4, 15))
    cancel(desk, booking_id, reason=CancelReason.OTHER, now=NOW)
    assert state(desk, id_) is ReferralState.ACCEPTED
    assert Task.objects.filter(kind="rebook").exists()

    _, visit = booked_at(at(3, 15))
    miss(desk, visit.id, now=at(3, 16))
    assert state(desk, id_, at(3, 16)) is ReferralState.ACCEPTED
    undo(desk, visit.id, now=at(3, 16))
    assert state(desk, id_, at(3, 16)) is ReferralState.BOOKED


def test_without_an_accepted_referral_nobody_books_what_needs_one(clinic, desk, therapist):
    lakeside = make_location(clinic)
    ada = make_therapist(lakeside)
    (id_,) = enter(desk).ids
    patient = Referral.objects.get().patient
    sent = {
        "clinic_id": clinic.id, "inquiry_id": None, "person": None, "patient_id": patient.id,
        "times": [slot(ada, lakeside, at(3, 15))], "note": "", "now": NOW,
    }  # fmt: skip

    with pytest.raises(NotBookable) as refused:
        book(desk, form_key=form_key(), **sent)
    assert refused.value.hindrance is Hindrance.REFERRAL

    act_on_referral(desk, id_, ReferralAct.CHECK, now=NOW)
    act_on_referral(therapist, id_, ReferralAct.ACCEPT, now=NOW)
    book(patient_actor(patient), form_key=form_key(), **sent)
    assert state(desk, id_) is ReferralState.BOOKED


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"text": " "}, "text"),
        ({"text": "x" * 5001}, "text"),
        ({"physician_name": ""}, "physician_name"),
        ({"disciplines": ()}, "disciplines"),
    ],
)
def test_a_referral_without_what_it_needs_is_refused(doctor, change, fault):
    with pytest.raises(BadReferral) as refused:
        enter(doctor, **change)

    assert refused.value.fields == (fault,)
    assert not Patient.objects.exists()


def test_who_may_not_enter_one_is_refused(clinic, therapist):
    for actor in (therapist, staff(clinic, ActorKind.OT)):
        with pytest.raises(NotAllowed):
            enter(actor)


def test_a_patient_may_decline_and_come_back(desk, therapist):
    id_ = accepted(desk, therapist)
    own = patient_actor(Referral.objects.get().patient)

    assert act_on_referral(own, id_, ReferralAct.PATIENT_DECLINES, now=NOW) is ReferralState.PATIENT_DECLINED
    assert act_on_referral(own, id_, ReferralAct.REOPEN, now=NOW) is ReferralState.RECEIVED


def test_a_letter_is_written_by_a_therapist_of_the_discipline_after_the_evaluation(clinic, desk, therapist):
    id_ = accepted(desk, therapist)

    with pytest.raises(NotAllowedNow):
        write_letter(therapist, id_, "Too early.", now=NOW)
    with pytest.raises(BadReferral):
        write_letter(therapist, id_, "  ", now=NOW)
    with pytest.raises(BadReferral):
        act_on_referral(therapist, id_, ReferralAct.WRITE_LETTER, now=NOW)
