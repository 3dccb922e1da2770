"""The day of a visit: arrived, done, missed, undone, by whom and when; and the schedule that shows it."""

from datetime import date, timedelta

import pytest

from reable.book import NotAllowed as NotAllowedNow
from reable.book import Refusal, VisitAct, VisitState
from reable.terms import Discipline
from reable.web.records.actor import ActorKind, NotAllowed, NotFound, Unscoped
from reable.web.records.models import Appointment, Claim, Closure, Task
from reable.web.records.selectors.schedule import day, week
from reable.web.records.services.bookings import move
from reable.web.records.services.visits import arrive, finish, miss, undo
from tests.web.people import DAY, HOUR, NOW, at, booked, make_clinic, make_location, make_therapist, nobody, slot, staff

pytestmark = pytest.mark.django_db
TUESDAY_10 = at(3, 15)


@pytest.fixture
def clinic():
    return make_clinic()


@pytest.fixture
def lakeside(clinic):
    return make_location(clinic, rooms=["Blue"])


@pytest.fixture
def ada(lakeside):
    return make_therapist(lakeside)


@pytest.fixture
def visit(clinic, lakeside, ada):
    return Appointment.objects.get(booking_id=booked([slot(ada, lakeside, TUESDAY_10)], clinic, note="bring cane")[1])


def test_a_visit_goes_from_booked_to_done_and_keeps_its_time(clinic, visit):
    desk, therapist = staff(clinic, ActorKind.FRONT_DESK), staff(clinic, ActorKind.PT)

    assert arrive(desk, visit.id, now=TUESDAY_10) is VisitState.ARRIVED
    assert finish(therapist, visit.id, now=TUESDAY_10 + HOUR) is VisitState.DONE

    rows = visit.statuses.order_by("id").values_list("state", "role", "by_id")
    assert list(rows)[1:] == [("arrived", "front_desk", desk.user_id), ("done", "pt", therapist.user_id)]
    assert Claim.objects.filter(appointment=visit).exists()


@pytest.mark.parametrize(
    ("act", "kind", "when", "refusal"),
    [
        (arrive, ActorKind.FRONT_DESK, NOW, Refusal.TOO_EARLY),
        (miss, ActorKind.FRONT_DESK, TUESDAY_10, Refusal.TOO_EARLY),
        (finish, ActorKind.PT, TUESDAY_10 + HOUR, Refusal.NO_SUCH_STEP),
        (undo, ActorKind.PT, TUESDAY_10, Refusal.NO_SUCH_STEP),
    ],
)
def test_steps_out_of_turn_are_refused_and_say_why(clinic, visit, act, kind, when, refusal):
    with pytest.raises(NotAllowedNow) as refused:
        act(staff(clinic, kind), visit.id, now=when)

    assert refused.value.refusal is refusal
    assert visit.statuses.count() == 1


@pytest.mark.parametrize("kind", [ActorKind.OT, ActorKind.FRONT_DESK, ActorKind.MANAGER])
def test_only_the_visits_own_profession_ends_it_as_done(clinic, visit, kind):
    arrive(staff(clinic, ActorKind.FRONT_DESK), visit.id, now=TUESDAY_10)

    with pytest.raises(NotAllowedNow):
        finish(staff(clinic, kind), visit.id, now=TUESDAY_10 + HOUR)


def test_who_holds_both_roles_acts_in_the_one_that_may(clinic, visit):
    both = staff(clinic, ActorKind.FRONT_DESK, ActorKind.OT, ActorKind.PT)
    arrive(both, visit.id, now=TUESDAY_10)

    assert finish(both, visit.id, now=TUESDAY_10 + HOUR) is VisitState.DONE


def test_for_others_the_visit_does_not_exist(clinic, visit):
    for actor in (staff(make_clinic("other"), ActorKind.PT), staff(clinic, ActorKind.REFERRING_PHYSICIAN), nobody()):
        with pytest.raises(NotFound):
            arrive(actor, visit.id, now=TUESDAY_10)


def test_who_did_not_come_is_called_and_a_mistake_is_undone_on_its_day(clinic, visit):
    desk = staff(clinic, ActorKind.FRONT_DESK)
    miss(desk, visit.id, now=TUESDAY_10 + HOUR)
    assert Task.objects.get().kind == "call_missed"

    assert undo(desk, visit.id, now=TUESDAY_10 + 2 * HOUR) is VisitState.BOOKED
    assert not Task.objects.exists()

    miss(desk, visit.id, now=TUESDAY_10 + 3 * HOUR)
    with pytest.raises(NotAllowedNow):
        undo(desk, visit.id, now=TUESDAY_10 + DAY)


def test_the_schedule_shows_names_times_and_what_can_be_done_but_no_clinical_word(clinic, visit):
    desk = staff(clinic, ActorKind.FRONT_DESK)

    shown = day(desk, date(2026, 3, 3), now=TUESDAY_10)

    (line,) = shown.days[0].visits
    assert (line.name, line.therapist, line.room, line.state) == ("Rosa Example", "Ada", "Blue", VisitState.BOOKED)
    assert (line.wall.hour, line.wall_end.hour) == (10, 11)
    assert set(line.acts) == {VisitAct.ARRIVE, VisitAct.CANCEL}
    assert [(one.start.hour, one.end.hour) for one in shown.days[0].hours] == [(9, 12)]
    assert "cane" not in repr(shown)
    assert desk.touched_patients == {visit.patient_id}


def test_a_week_runs_from_monday_to_sunday_of_the_clinics_own_days(clinic, lakeside, ada, visit):
    Closure.objects.create(clinic=clinic, on=date(2026, 3, 4), reason="Founders' day")
    Closure.objects.create(clinic=clinic, location=lakeside, on=date(2026, 3, 5), reason="Painting")

    shown = week(staff(clinic, ActorKind.PT), date(2026, 3, 8), now=NOW)

    assert [one.on.day for one in shown.days] == [2, 3, 4, 5, 6, 7, 8]
    assert [len(one.visits) for one in shown.days] == [0, 1, 0, 0, 0, 0, 0]
    assert [len(one.hours) for one in shown.days] == [1, 1, 0, 0, 1, 0, 0]
    assert [one.closed for one in shown.days][2:4] == [("Founders' day",), ("Lakeside: Painting",)]
    assert shown.today == date(2026, 3, 2)


def test_the_schedule_is_of_the_clinic_a_place_or_a_therapist(clinic, lakeside, ada, visit):
    ben = make_therapist(make_location(clinic, "Hill"), Discipline.OT, name="Ben")
    desk, on = staff(clinic, ActorKind.MANAGER), date(2026, 3, 3)

    assert len(day(desk, on, therapist_id=ada.id, now=NOW).days[0].visits) == 1
    assert day(desk, on, therapist_id=ben.id, now=NOW).days[0].visits == ()
    assert day(desk, on, location_id=lakeside.id, now=NOW).days[0].hours[0].therapist == "Ada"
    assert day(staff(make_clinic("other"), ActorKind.MANAGER), on, now=NOW).days[0].visits == ()


def test_only_staff_of_the_clinic_see_a_schedule(clinic, visit):
    with pytest.raises(NotAllowed):
        day(staff(clinic, ActorKind.REFERRING_PHYSICIAN), now=NOW)
    with pytest.raises(Unscoped):
        day(nobody(), now=NOW)


def test_a_moved_visit_stands_where_it_went(clinic, lakeside, ada, visit):
    desk = staff(clinic, ActorKind.FRONT_DESK)
    move(desk, visit.id, slot(ada, lakeside, at(4, 14)), now=NOW)

    shown = week(desk, date(2026, 3, 3), now=NOW)

    assert [len(one.visits) for one in shown.days] == [0, 0, 1, 0, 0, 0, 0]


def test_the_schedule_takes_a_fixed_number_of_queries(clinic, lakeside, django_assert_max_num_queries):
    for number in range(6):
        therapist = make_therapist(lakeside if number == 0 else make_location(clinic, f"P{number}"), name=f"T{number}")
        place = therapist.availability.first().location
        booked([slot(therapist, place, at(3, 14) + timedelta(hours=number % 3))], clinic)

    therapist = staff(clinic, ActorKind.PT)
    with django_assert_max_num_queries(10):
        assert sum(len(one.visits) for one in week(therapist, date(2026, 3, 3), now=NOW).days) == 6
