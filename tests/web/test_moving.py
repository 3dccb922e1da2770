"""After booking: who may see and change it, cancelling, moving, and what calendars are told."""

from datetime import timedelta
from uuid import uuid4

import pytest
from icalendar import Calendar

from reable.book import CancelReason, Refusal, VisitState
from reable.book import NotAllowed as NotAllowedNow
from reable.terms import Discipline
from reable.web.records.actor import Actor, ActorKind, NotFound
from reable.web.records.models import Appointment, Booking, Claim, Message, Room
from reable.web.records.selectors.bookings import booking, bookings_of, calendar
from reable.web.records.selectors.choices import TimeTaken
from reable.web.records.selectors.messages import messages_of, open_tasks
from reable.web.records.services.access import LinkTo, open_by_secret, revoke_link, secret_of
from reable.web.records.services.bookings import cancel, move
from reable.web.records.services.inquiries import digest_of
from tests.web.people import (
    DAY,
    NOW,
    at,
    booked,
    make_clinic,
    make_location,
    make_patient,
    make_therapist,
    nobody,
    patient_actor,
    slot,
    staff,
)

pytestmark = pytest.mark.django_db
PT, OT = Discipline.PT, Discipline.OT
TUESDAY_10, WEDNESDAY_9 = at(3, 15), at(4, 14)
STAFF = (ActorKind.FRONT_DESK, ActorKind.MANAGER, ActorKind.PT, ActorKind.OT)


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
def made(clinic, lakeside, ada):
    """A booking on Tuesday at ten: who made it, its id, its secret."""
    return booked([slot(ada, lakeside, TUESDAY_10)], clinic)


def visits_of(booking_id):
    return Appointment.objects.filter(booking_id=booking_id).order_by("starts_at")


def states(appointment):
    return list(appointment.statuses.order_by("id").values_list("state", "reason"))


def strangers(clinic, made):
    """Everybody for whom this booking does not exist."""
    other = make_clinic("other")
    yield nobody()
    yield from (staff(other, kind) for kind in STAFF)
    yield staff(clinic, ActorKind.REFERRING_PHYSICIAN)
    yield staff(clinic, ActorKind.INTEGRATION)
    yield Actor(kind=ActorKind.OPERATOR, user_id=uuid4())
    yield patient_actor(make_patient(clinic, name="Somebody Else"))
    yield Actor(kind=ActorKind.LINK_HOLDER, booking_ids=frozenset({uuid4()}))


def friends(clinic, made):
    """Everybody who may see and change it."""
    actor, booking_id, _ = made
    patient = Booking.objects.get(id=booking_id).patient
    yield actor
    yield Actor(kind=ActorKind.LINK_HOLDER, booking_ids=frozenset({booking_id}))
    yield patient_actor(patient)
    yield patient_actor(patient, ActorKind.CARER)
    yield from (staff(clinic, kind) for kind in STAFF)


def test_a_foreign_booking_is_as_missing_as_one_that_never_was(clinic, lakeside, ada, made):
    _, booking_id, _ = made
    visit = visits_of(booking_id)[0]
    acts = (
        lambda actor, id_: booking(actor, id_),
        lambda actor, id_: calendar(actor, id_),
        lambda actor, id_: messages_of(actor, id_),
        lambda actor, id_: revoke_link(actor, id_),
        lambda actor, id_: cancel(actor, id_, reason=CancelReason.OTHER, now=NOW),
        lambda actor, id_: move(
            actor, visit.id if id_ == booking_id else id_, slot(ada, lakeside, WEDNESDAY_9), now=NOW
        ),
    )

    for actor in strangers(clinic, made):
        for act in acts:
            answers = []
            for id_ in (booking_id, uuid4()):
                with pytest.raises(NotFound) as refused:
                    act(actor, id_)
                answers.append(str(refused.value))
            assert answers[0] == answers[1]
        assert not actor.touched_patients

    assert states(visit) == [("booked", "")]


def test_those_whose_it_is_see_it_and_the_audit_knows(clinic, made):
    for actor in friends(clinic, made):
        seen = booking(actor, made[1], now=NOW)
        assert (seen.name, seen.visits[0].therapist, seen.visits[0].wall.hour) == ("Rosa Example", "Ada", 10)
        assert seen.visits[0].can_change
        assert actor.touched_patients == {seen.patient_id}


@pytest.mark.parametrize("number", range(8))
def test_each_of_those_may_cancel(clinic, made, number):
    actor = list(friends(clinic, made))[number]

    cancel(actor, made[1], reason=CancelReason.OTHER, now=NOW)

    assert states(visits_of(made[1])[0])[-1] == ("cancelled", "other")


def test_the_link_opens_it_until_it_is_revoked_or_a_month_has_passed(clinic, made):
    _, booking_id, secret = made
    guest = nobody()

    assert open_by_secret(guest, digest_of(secret), now=NOW) == booking_id
    assert booking(guest, booking_id, now=NOW).link_is_open
    with pytest.raises(NotFound):
        open_by_secret(nobody(), digest_of(secret), now=NOW + 60 * DAY)

    revoke_link(guest, booking_id)
    with pytest.raises(NotFound):
        open_by_secret(nobody(), digest_of(secret), now=NOW)
    with pytest.raises(NotFound):
        booking(guest, booking_id)  # the browser that came by the link is shut out too
    assert booking(staff(clinic, ActorKind.FRONT_DESK), booking_id).link_is_open is False


def test_a_wrong_secret_opens_nothing(made):
    guest = nobody()

    for wrong in ("", made[2][:-1], secret_of(LinkTo.WAITING, made[1])):
        with pytest.raises(NotFound):
            open_by_secret(guest, digest_of(wrong), now=NOW)
    assert not guest.booking_ids


def test_an_erased_patient_has_no_booking_any_more(clinic, made):
    patient = Booking.objects.get(id=made[1]).patient
    patient.erased_at = NOW
    patient.save()

    with pytest.raises(NotFound):
        booking(staff(clinic, ActorKind.MANAGER), made[1])
    with pytest.raises(NotFound):
        open_by_secret(nobody(), digest_of(made[2]), now=NOW)


def test_a_patient_sees_all_their_bookings_and_no_others(clinic, lakeside, ada, made):
    other = booked([slot(ada, lakeside, WEDNESDAY_9)], clinic, name="Somebody Else")
    patient = Booking.objects.get(id=made[1]).patient

    assert [one.booking_id for one in bookings_of(patient_actor(patient), now=NOW)] == [made[1]]
    assert [one.booking_id for one in bookings_of(other[0], now=NOW)] == [other[1]]
    assert bookings_of(nobody(), now=NOW) == ()


def test_cancelling_frees_the_time_and_says_so(clinic, lakeside, ada, made):
    actor, booking_id, _ = made

    cancel(actor, booking_id, reason=CancelReason.PATIENT_CANNOT_COME, now=NOW)

    visit = visits_of(booking_id)[0]
    assert states(visit) == [("booked", ""), ("cancelled", "patient_cannot_come")]
    assert not Claim.objects.exists()
    assert set(Message.objects.filter(dropped_at__isnull=True).values_list("kind", flat=True)) == {"cancelled"}
    assert booking(actor, booking_id, now=NOW).visits[0].state is VisitState.CANCELLED
    booked([slot(ada, lakeside, TUESDAY_10)], clinic)


def test_cancelling_twice_is_cancelling_once(made):
    actor, booking_id, _ = made

    for _ in range(2):
        cancel(actor, booking_id, reason=CancelReason.OTHER, now=NOW)

    assert len(states(visits_of(booking_id)[0])) == 2
    assert Message.objects.filter(kind="cancelled").count() == 1


def test_one_visit_of_a_booking_can_be_cancelled_alone(clinic, lakeside, ada):
    ben = make_therapist(lakeside, OT, name="Ben")
    actor, booking_id, _ = booked([slot(ben, lakeside, at(3, 14)), slot(ada, lakeside, TUESDAY_10)], clinic)
    first, second = visits_of(booking_id)

    cancel(actor, booking_id, reason=CancelReason.OTHER, appointment_id=first.id, now=NOW)

    assert [one.state for one in booking(actor, booking_id, now=NOW).visits] == ["cancelled", "booked"]
    assert set(Claim.objects.values_list("appointment_id", flat=True)) == {second.id}
    with pytest.raises(NotFound):
        cancel(actor, booking_id, reason=CancelReason.OTHER, appointment_id=uuid4(), now=NOW)


@pytest.mark.parametrize(
    ("reason", "when", "refusal"),
    [
        (CancelReason.THERAPIST_AWAY, NOW, Refusal.REASON_NOT_ALLOWED),
        (CancelReason.MOVED, NOW, Refusal.REASON_NOT_ALLOWED),
        (CancelReason.OTHER, TUESDAY_10, Refusal.TOO_LATE),
    ],
)
def test_a_person_cancels_before_it_starts_and_for_reasons_of_their_own(made, reason, when, refusal):
    actor, booking_id, _ = made

    with pytest.raises(NotAllowedNow) as refused:
        cancel(actor, booking_id, reason=reason, now=when)

    assert refused.value.refusal is refusal
    assert states(visits_of(booking_id)[0]) == [("booked", "")]


def test_a_clinic_that_cancels_has_to_call(clinic, made):
    cancel(staff(clinic, ActorKind.PT), made[1], reason=CancelReason.THERAPIST_AWAY, now=NOW)

    tasks = open_tasks(staff(clinic, ActorKind.FRONT_DESK), now=NOW)
    assert [(one.kind, one.name, one.telephone) for one in tasks] == [("rebook", "Rosa Example", "212 555 0199")]
    assert open_tasks(staff(make_clinic("other"), ActorKind.FRONT_DESK), now=NOW) == ()


def test_moving_gives_the_old_time_back_and_claims_the_new_in_one_act(clinic, lakeside, ada, made):
    actor, booking_id, secret = made

    moved = move(actor, visits_of(booking_id)[0].id, slot(ada, lakeside, WEDNESDAY_9), now=NOW)

    old, new = visits_of(booking_id)
    assert (moved.booking_id, moved.secret) == (booking_id, secret)
    assert (states(old)[-1], states(new)) == (("cancelled", "moved"), [("booked", "")])
    assert new.replaces == old
    assert set(Claim.objects.values_list("appointment_id", flat=True)) == {new.id}
    assert [one.starts_at for one in booking(actor, booking_id, now=NOW).visits] == [WEDNESDAY_9]
    live = Message.objects.filter(dropped_at__isnull=True)
    assert set(live.values_list("appointment_id", flat=True)) == {new.id}


def test_a_visit_can_move_by_less_than_its_length(lakeside, ada, made):
    actor, booking_id, _ = made

    move(actor, visits_of(booking_id)[0].id, slot(ada, lakeside, TUESDAY_10 + timedelta(minutes=15)), now=NOW)

    assert Claim.objects.filter(resource="therapist").count() == 4


def test_the_same_move_sent_twice_is_one(lakeside, ada, made):
    actor, booking_id, _ = made
    visit, chosen = visits_of(booking_id)[0], slot(ada, lakeside, WEDNESDAY_9)

    assert move(actor, visit.id, chosen, now=NOW) == move(actor, visit.id, chosen, now=NOW)
    assert visits_of(booking_id).count() == 2
    move(actor, visits_of(booking_id)[1].id, chosen, now=NOW)  # to where it is
    assert visits_of(booking_id).count() == 2


def test_a_move_to_a_taken_time_leaves_all_as_it_was(clinic, lakeside, ada, made):
    actor, booking_id, _ = made
    booked([slot(ada, lakeside, WEDNESDAY_9)], clinic, name="Somebody Else")
    before = list(Claim.objects.values_list("resource_id", "cell"))

    with pytest.raises(TimeTaken):
        move(actor, visits_of(booking_id)[0].id, slot(ada, lakeside, WEDNESDAY_9), now=NOW)

    assert list(Claim.objects.values_list("resource_id", "cell")) == before
    assert states(visits_of(booking_id)[0]) == [("booked", "")]
    assert not Message.objects.filter(dropped_at__isnull=False).exists()


def test_a_visit_does_not_move_to_the_other_discipline(lakeside, made):
    ben = make_therapist(lakeside, OT, name="Ben")

    with pytest.raises(TimeTaken):
        move(made[0], visits_of(made[1])[0].id, slot(ben, lakeside, WEDNESDAY_9), now=NOW)


def test_a_visit_that_began_is_not_moved_by_the_person(lakeside, ada, made):
    with pytest.raises(NotAllowedNow):
        move(made[0], visits_of(made[1])[0].id, slot(ada, lakeside, WEDNESDAY_9), now=TUESDAY_10)


def test_a_room_lost_to_somebody_else_is_no_lost_time(clinic):
    """Two rooms, two therapists: the second booking takes the second room."""
    hill = make_location(clinic, "Hill", rooms=["Blue", "Green"])
    blue = Room.objects.get(name="Blue")
    cy, di = make_therapist(hill, name="Cy", room=blue), make_therapist(hill, name="Di", room=blue)

    ids = [booked([slot(one, hill, TUESDAY_10)], clinic)[1] for one in (cy, di)]

    assert [visits_of(id_)[0].room.name for id_ in ids] == ["Blue", "Green"]


def events(text):
    return [dict(one.items()) for one in Calendar.from_ical(text).walk("VEVENT")]


def test_calendars_are_told_of_each_change_under_one_identifier(lakeside, ada, made):
    actor, booking_id, _ = made
    first = events(calendar(actor, booking_id, now=NOW))[0]

    move(actor, visits_of(booking_id)[0].id, slot(ada, lakeside, WEDNESDAY_9), now=NOW)
    second = events(calendar(actor, booking_id, now=NOW))[0]
    move(actor, visits_of(booking_id)[1].id, slot(ada, lakeside, at(5, 14)), now=NOW)
    third = events(calendar(actor, booking_id, now=NOW))[0]
    cancel(actor, booking_id, reason=CancelReason.OTHER, now=NOW)
    text = calendar(actor, booking_id, now=NOW)
    last = events(text)[0]

    assert len({str(one["UID"]) for one in (first, second, third, last)}) == 1
    assert [int(one["SEQUENCE"]) for one in (first, second, third, last)] == [0, 1, 2, 3]
    assert second["DTSTART"].dt == WEDNESDAY_9
    assert "METHOD:CANCEL" in text


def test_a_calendar_file_says_nothing_of_health(clinic, lakeside, ada, made):
    text = calendar(made[0], made[1], now=NOW).lower()

    assert "lakeside road 1" in text
    for word in ("therap", "ada", "rosa", "evaluation", "north", "physical"):
        assert word not in text


def test_messages_are_listed_without_their_words(clinic, made):
    seen = messages_of(staff(clinic, ActorKind.FRONT_DESK), made[1])

    assert [(one.kind, one.state) for one in seen] == [("booked", "waiting"), ("on_the_morning", "waiting")]
