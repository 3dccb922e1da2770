"""The waiting list: fair, one offer at a time, and what is offered is really held."""

from datetime import timedelta
from random import Random
from uuid import uuid4

import pytest

from reable.book import CancelReason, OfferIsOver
from reable.terms import Discipline, Language, Priority, Specialty
from reable.web.records.actor import ActorKind, NotAllowed, NotFound, Unscoped
from reable.web.records.models import (
    Appointment,
    AvailabilityException,
    Booking,
    Claim,
    Message,
    ReferralRule,
    Task,
    WaitingListEntry,
    WaitingListOffer,
)
from reable.web.records.selectors.bookings import booking, bookings_of, open_appointment
from reable.web.records.selectors.choices import NotBookable, TimeTaken
from reable.web.records.selectors.schedule import day
from reable.web.records.selectors.slots import free_times
from reable.web.records.selectors.waiting_list import place, waiting_list
from reable.web.records.services.bookings import Chosen, book, cancel
from reable.web.records.services.inquiries import digest_of
from reable.web.records.services.persons import BadPerson
from reable.web.records.services.screening import DangerSaid
from reable.web.records.services.tick import tick
from reable.web.records.services.waiting_list import join, leave, refuse_offer, take_offer
from tests.web.clinic_people import signed_in
from tests.web.people import (
    DAY,
    HOUR,
    NOW,
    at,
    booked,
    form_key,
    make_clinic,
    make_location,
    make_member,
    make_patient,
    make_therapist,
    make_user,
    nobody,
    patient_actor,
    person,
    slot,
    staff,
    visitor,
    wish,
)

pytestmark = pytest.mark.django_db
FRIDAY_10 = at(6, 15)


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
def friday(clinic, lakeside, ada):
    """A booking on Friday at ten, by somebody who will give it back."""
    return booked([slot(ada, lakeside, FRIDAY_10)], clinic, name="Gives Back")


def wait(clinic, name, *, now=NOW, who=None, actor=None, inquiry_id=None, said="", **wanted):
    """Put somebody on the list; gives the digest of their link."""
    if actor is None:
        actor, inquiry_id = visitor(said=said)
    wanted = wish(**wanted)
    given = who or person(name=name, age=wanted.age, email=f"{name.lower()}@example.org")
    joined = join(actor, clinic_id=clinic.id, inquiry_id=inquiry_id, person=given, wish=wanted, now=now)
    return digest_of(joined.secret)


def give_back(friday, *, now=NOW, by=None, reason=CancelReason.OTHER):
    cancel(by or friday[0], friday[1], reason=reason, now=now)


def booked_by(actor, inquiry_id, clinic, *times):
    made = book(
        actor,
        clinic_id=clinic.id,
        inquiry_id=inquiry_id,
        person=person(),
        times=times,
        note="",
        form_key=form_key(),
        now=NOW,
    )
    return made.booking_id


def offered_to():
    """Who has an open offer."""
    rows = WaitingListOffer.objects.filter(answered_at__isnull=True)
    return [row.entry.patient.name for row in rows.select_related("entry__patient")]


def test_a_freed_time_goes_by_priority_then_by_time_of_joining(clinic, friday):
    wait(clinic, "Late", now=NOW + HOUR)
    first = wait(clinic, "Early")
    soon = wait(clinic, "Soon", now=NOW + 2 * HOUR, priority=Priority.DAYS)

    give_back(friday, now=NOW + 3 * HOUR)
    assert offered_to() == ["Soon"]

    refuse_offer(nobody(), digest=soon, now=NOW + 3 * HOUR)
    assert offered_to() == ["Early"]

    refuse_offer(nobody(), digest=first, now=NOW + 3 * HOUR)
    assert offered_to() == ["Late"]


@pytest.mark.parametrize("seed", range(6))
def test_everybody_is_asked_once_in_the_fair_order_whatever_the_mix(clinic, friday, seed):
    mix = Random(seed)
    people = [(mix.choice(list(Priority)), NOW + mix.randrange(120) * HOUR / 60, f"P{number}") for number in range(7)]
    links = {name: wait(clinic, name, now=joined, priority=priority) for priority, joined, name in people}
    asked = []

    give_back(friday, now=NOW + 2 * HOUR)
    while offered_to():
        asked += offered_to()
        refuse_offer(nobody(), digest=links[asked[-1]], now=NOW + 2 * HOUR)

    fair = sorted(people, key=lambda one: (one[0].rank, one[1]))
    assert [priority.rank for priority, _, name in fair] == [
        next(priority.rank for priority, _, name in people if name == one) for one in asked
    ]
    assert len(asked) == len(set(asked)) == 7


def test_an_offered_time_is_held_against_everybody_else(clinic, lakeside, ada, friday):
    wait(clinic, "Waits")
    give_back(friday)

    with pytest.raises(TimeTaken):
        booked([slot(ada, lakeside, FRIDAY_10)], clinic)
    shown = free_times(nobody(), clinic.id, wish(), most=99, most_a_day=9, now=NOW)
    assert FRIDAY_10 not in {one.starts_at for one in shown.times}


def test_a_held_time_is_no_booking_for_anybody(clinic, friday):
    digest = wait(clinic, "Waits")
    give_back(friday)
    held = Appointment.objects.get(patient__name="Waits")
    desk = staff(clinic, ActorKind.FRONT_DESK)

    with pytest.raises(NotFound):
        booking(desk, held.booking_id)
    with pytest.raises(NotFound):
        open_appointment(desk, held.id)
    assert bookings_of(patient_actor(held.patient)) == ()
    (line,) = day(desk, FRIDAY_10.date(), now=NOW).days[0].visits
    assert (line.held, line.state, line.acts) == (True, None, ())
    assert place(nobody(), digest=digest, now=NOW).offer.starts_at == FRIDAY_10


def test_taking_the_offer_books_it_and_ends_the_waiting(clinic, friday):
    digest = wait(clinic, "Waits")
    give_back(friday)
    guest = nobody()

    made = take_offer(guest, digest=digest, now=NOW + HOUR)

    shown = booking(guest, made.booking_id, now=NOW)
    assert (shown.name, shown.visits[0].starts_at, shown.visits[0].state) == ("Waits", FRIDAY_10, "booked")
    assert digest_of(made.secret) == Booking.objects.get(id=made.booking_id).digest
    assert set(
        Message.objects.filter(patient__name="Waits", appointment__isnull=False).values_list("kind", flat=True)
    ) == {"booked", "two_days_before", "on_the_morning"}
    again = nobody()
    assert take_offer(again, digest=digest, now=NOW + HOUR) == made  # the button pressed twice
    assert again.booking_ids == {made.booking_id}
    with pytest.raises(NotFound):
        place(nobody(), digest=digest)


def test_taking_exchanges_a_later_visit_and_offers_that_in_turn(clinic, lakeside, ada, friday):
    """Somebody booked for next week waits for an earlier time, and a third person waits for anything."""
    actor, inquiry_id = visitor()
    late = booked_by(actor, inquiry_id, clinic, slot(ada, lakeside, at(13, 14)))
    digest = wait(clinic, "", actor=actor, inquiry_id=inquiry_id, who=person())
    wait(clinic, "Third", now=NOW + HOUR)
    give_back(friday, now=NOW + 2 * HOUR)

    made = take_offer(nobody(), digest=digest, now=NOW + 2 * HOUR)

    shown = booking(actor, late, now=NOW)
    assert made.booking_id == late
    assert [(one.starts_at, one.state) for one in shown.visits] == [(FRIDAY_10, "booked")]
    assert offered_to() == ["Third"]
    assert Appointment.objects.get(patient__name="Third").starts_at == at(13, 14)
    assert Message.objects.filter(kind="moved", dropped_at__isnull=True).count() == 1


def test_who_has_an_earlier_visit_or_gave_it_back_is_not_asked(clinic, lakeside, ada, friday):
    actor, inquiry_id = visitor()
    booked_by(actor, inquiry_id, clinic, slot(ada, lakeside, at(3, 15)))
    wait(clinic, "", actor=actor, inquiry_id=inquiry_id, who=person())
    inquiry = Booking.objects.get(id=friday[1]).inquiry_id
    wait(clinic, "", actor=friday[0], inquiry_id=inquiry, who=person(name="Gives Back"))

    give_back(friday)

    assert offered_to() == []


@pytest.mark.parametrize(
    "wanted", [{"discipline": Discipline.OT}, {"specialties": frozenset({Specialty.HAND})}, {"age": 8}, {"age": None}]
)
def test_a_time_that_does_not_fit_is_not_offered(clinic, friday, wanted):
    wait(clinic, "Waits", **wanted)

    give_back(friday)

    assert offered_to() == []
    assert not Claim.objects.exists()


def test_a_place_that_was_chosen_is_kept_to(clinic, lakeside, friday):
    hill = make_location(clinic, "Hill")
    make_therapist(hill, name="Ben")
    wait(clinic, "Hilly", location_id=hill.id)
    wait(clinic, "Laky", location_id=lakeside.id, now=NOW + HOUR)

    give_back(friday, now=NOW + 2 * HOUR)

    assert offered_to() == ["Laky"]


def test_who_needs_step_free_access_waits_for_a_place(clinic, lakeside, ada):
    wait(clinic, "Wheels", step_free=True)
    assert WaitingListEntry.objects.get().location == lakeside

    make_location(clinic, "Hill")
    with pytest.raises(BadPerson):
        wait(clinic, "Wheels", step_free=True)
    with pytest.raises(NotFound):
        wait(clinic, "Wheels", location_id=uuid4())


def test_who_does_not_answer_keeps_the_place_and_the_time_goes_on(clinic, friday):
    silent, second = wait(clinic, "Silent"), wait(clinic, "Second", now=NOW + HOUR)
    give_back(friday, now=NOW + HOUR)
    ends = WaitingListOffer.objects.get().expires_at
    assert ends == NOW + 5 * HOUR  # four hours, in the daytime

    assert tick(ends - timedelta(minutes=1)).offers_expired == 0
    done = tick(ends)

    assert (done.offers_expired, done.offers_made) == (1, 1)
    assert offered_to() == ["Second"]
    assert place(nobody(), digest=silent, now=ends).before == 0
    with pytest.raises(OfferIsOver):
        take_offer(nobody(), digest=silent, now=ends)
    take_offer(nobody(), digest=second, now=ends)


def test_when_nobody_is_left_the_time_is_free_for_all(clinic, lakeside, ada, friday):
    digest = wait(clinic, "Waits")
    give_back(friday)
    refuse_offer(nobody(), digest=digest, now=NOW)

    assert offered_to() == []
    assert not Claim.objects.exists()
    booked([slot(ada, lakeside, FRIDAY_10)], clinic)


def test_an_offer_whose_time_is_over_is_not_taken_even_before_the_tick(clinic, friday):
    digest = wait(clinic, "Waits")
    give_back(friday)

    with pytest.raises(OfferIsOver):
        take_offer(nobody(), digest=digest, now=NOW + 5 * HOUR)


def test_a_time_too_soon_to_ask_anybody_is_simply_free(clinic, lakeside, ada):
    soon = booked([slot(ada, lakeside, at(3, 15))], clinic, name="Gives Back")
    wait(clinic, "Waits")

    give_back(soon, now=at(3, 13))

    assert offered_to() == []


def test_less_time_to_decide_where_the_time_is_near(clinic, lakeside, ada):
    soon = booked([slot(ada, lakeside, at(3, 15))], clinic, name="Gives Back")
    wait(clinic, "Waits")

    give_back(soon, now=at(2, 23))  # 18 o'clock: two waking hours are left today, none tomorrow before the notice

    assert WaitingListOffer.objects.get().expires_at == at(3, 1)


def test_who_is_elsewhere_at_that_time_is_passed_over(clinic, lakeside, friday):
    """They see an occupational therapist at ten on Friday, and wait for a physical therapist."""
    ben = make_therapist(lakeside, Discipline.OT, name="Ben")
    actor, inquiry_id = visitor()
    booked_by(actor, inquiry_id, clinic, slot(ben, lakeside, FRIDAY_10))
    wait(clinic, "", actor=actor, inquiry_id=inquiry_id, who=person())
    wait(clinic, "Second", now=NOW + HOUR)

    give_back(friday, now=NOW + HOUR)

    assert offered_to() == ["Second"]


@pytest.mark.parametrize("reason", [CancelReason.THERAPIST_AWAY, CancelReason.CLINIC_CLOSED])
def test_a_time_that_the_clinic_cannot_keep_is_not_offered(clinic, friday, reason):
    wait(clinic, "Waits")

    give_back(friday, by=staff(clinic, ActorKind.MANAGER), reason=reason)

    assert offered_to() == []


def test_a_time_that_is_not_worked_any_more_is_not_offered(clinic, ada, friday):
    wait(clinic, "Waits")
    AvailabilityException.objects.create(therapist=ada, on=FRIDAY_10.date())

    give_back(friday)

    assert offered_to() == []


def test_leaving_gives_an_offer_to_the_next(clinic, friday):
    first = wait(clinic, "First")
    wait(clinic, "Second", now=NOW + HOUR)
    give_back(friday, now=NOW + HOUR)

    for _ in range(2):
        leave(nobody(), digest=first, now=NOW + HOUR)

    assert offered_to() == ["Second"]
    with pytest.raises(NotFound):
        take_offer(nobody(), digest=first, now=NOW + HOUR)
    with pytest.raises(NotFound):
        place(nobody(), digest=first)


def test_who_waits_already_keeps_the_place(clinic, ada):
    actor, inquiry_id = visitor()

    first = wait(clinic, "", actor=actor, inquiry_id=inquiry_id, who=person())
    second = wait(clinic, "", actor=actor, inquiry_id=inquiry_id, who=person(), now=NOW + DAY)

    assert first == second
    assert WaitingListEntry.objects.get().joined_at == NOW


def test_a_person_calls_where_no_time_is_soon_enough(clinic, lakeside):
    make_therapist(lakeside, weekdays=[4])

    wait(clinic, "Routine")
    assert not Task.objects.exists()
    wait(clinic, "Urgent", priority=Priority.DAYS)

    assert Task.objects.get().kind == "call"


def test_who_cannot_be_written_to_is_called_with_the_offer(clinic, friday):
    wait(clinic, "Phone", who=person(name="Phone", email="", remind_by_email=False))

    give_back(friday)

    assert offered_to() == ["Phone"]
    task = Task.objects.get(kind="offer_call")
    assert (task.role, task.due_at) == ("front_desk", NOW + timedelta(minutes=30))
    entry = WaitingListEntry.objects.get()
    take_offer(staff(clinic, ActorKind.FRONT_DESK), entry_id=entry.id, now=NOW)


def test_a_danger_told_comes_before_waiting(clinic, ada):
    with pytest.raises(DangerSaid):
        wait(clinic, "Waits", said="I have chest pain right now")

    assert not WaitingListEntry.objects.exists()


def test_what_needs_a_referral_or_a_call_is_not_waited_for_online(clinic, ada):
    ReferralRule.objects.update(rule="referral")
    with pytest.raises(NotBookable):
        wait(clinic, "Waits")

    ReferralRule.objects.all().delete()
    with pytest.raises(NotBookable):
        wait(clinic, "Waits")


def test_a_place_is_its_persons_the_links_and_the_clinics(clinic, ada):
    wait(clinic, "Waits")
    entry = WaitingListEntry.objects.get()
    friends = (staff(clinic, ActorKind.FRONT_DESK), patient_actor(entry.patient))
    strangers = (
        nobody(),
        staff(make_clinic("other"), ActorKind.FRONT_DESK),
        staff(clinic, ActorKind.REFERRING_PHYSICIAN),
        patient_actor(make_patient(clinic)),
    )

    for actor in friends:
        assert place(actor, entry_id=entry.id, now=NOW).name == "Waits"
        assert actor.touched_patients == {entry.patient_id}
    for actor in strangers:
        for act in (place, leave, take_offer, refuse_offer):
            with pytest.raises(NotFound):
                act(actor, entry_id=entry.id)
            with pytest.raises(NotFound):
                act(actor, digest=digest_of("guess"))


def test_the_clinic_sees_its_list_in_order(clinic, ada):
    wait(clinic, "Routine")
    wait(clinic, "Soon", now=NOW + HOUR, priority=Priority.TWO_WEEKS)
    wait(clinic, "Hands", now=NOW, discipline=Discipline.OT)

    seen = waiting_list(staff(clinic, ActorKind.FRONT_DESK), now=NOW + 15 * DAY)

    assert {one.name for one in seen[1:]} == {"Routine", "Hands"}
    assert (seen[0].name, seen[0].late, seen[1].late) == ("Soon", True, False)
    assert waiting_list(staff(clinic, ActorKind.PT), now=NOW + 50 * DAY)[0].late
    assert waiting_list(staff(make_clinic("other"), ActorKind.MANAGER), now=NOW) == ()
    with pytest.raises(NotAllowed):
        waiting_list(staff(clinic, ActorKind.REFERRING_PHYSICIAN))
    with pytest.raises(Unscoped):
        waiting_list(nobody())


def test_the_messages_of_the_list_hold_a_link_and_no_word_of_health(clinic, ada, friday):
    wait(clinic, "Waits", who=person(name="Waits", language=Language.ES))
    give_back(friday)

    offer = Message.objects.get(kind="offer")
    assert "/waiting/" in offer.text
    for word in ("Waits", "Ada", "Lakeside", "North", "therap", "PT", "physical"):
        assert word.lower() not in offer.text.replace("/waiting/", "").lower().partition("http")[0]


@pytest.mark.parametrize("language", list(Language))
def test_no_time_in_an_offer_is_followed_by_two_dots(client, clinic, ada, language):
    """Where a time is written "10:00 a.m.", a sentence cannot end with it."""
    free = free_times(nobody(), clinic.id, wish()).times[-1]
    actor, inquiry_id = visitor()
    one = Chosen(therapist_id=free.therapist_id, location_id=free.location_id, starts_at=free.starts_at)
    fields = {"clinic_id": clinic.id, "inquiry_id": inquiry_id, "person": person()}
    made = book(actor, times=[one], note="", form_key=form_key(), **fields)
    waits, other = visitor()
    joined = join(
        waits,
        clinic_id=clinic.id,
        inquiry_id=other,
        person=person(name="Waits", email="waits@example.org", language=language),
        wish=wish(),
    )
    cancel(actor, made.booking_id, reason=CancelReason.OTHER)
    client.cookies["django_language"] = language.value
    clinic.is_demo = True  # so that nobody needs a second step
    clinic.save()
    desk = signed_in(make_member(clinic, "front_desk"))

    said = Message.objects.get(kind="offer").text
    theirs = client.get(f"/waiting/{joined.secret}/").content.decode()
    ours = desk.get("/clinic/waiting/").content.decode()

    assert "a.m" in ours
    for text in (said, theirs, ours):
        assert "m.." not in text


def test_an_offer_that_was_answered_is_not_sent_any_more(clinic, friday):
    digest = wait(clinic, "Waits")
    give_back(friday)
    refuse_offer(nobody(), digest=digest, now=NOW)

    message = Message.objects.get(kind="offer")
    assert (message.text, message.dropped_at) == ("", NOW)


def test_a_signed_in_patient_may_wait_without_telling_again(clinic, ada):
    patient = make_patient(clinic, user=make_user())

    joined = join(
        patient_actor(patient),
        clinic_id=clinic.id,
        inquiry_id=None,
        person=None,
        patient_id=patient.id,
        wish=wish(),
        now=NOW,
    )

    assert WaitingListEntry.objects.get(id=joined.entry_id).patient == patient
    with pytest.raises(NotFound):
        join(
            patient_actor(make_patient(clinic)),
            clinic_id=clinic.id,
            inquiry_id=None,
            person=None,
            patient_id=patient.id,
            wish=wish(),
            now=NOW,
        )
