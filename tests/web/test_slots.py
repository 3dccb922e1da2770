"""Free times: what is open less what is taken, for this person; and plain words where there are none."""

from datetime import date, time, timedelta
from random import Random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reable.book import Lack
from reable.terms import Discipline, Language, Priority, Specialty
from reable.web.records.actor import ActorKind, NotFound
from reable.web.records.models import AvailabilityException, Clinic, Closure, OpeningHours, ReferralRule, VisitType
from reable.web.records.selectors.choices import Chosen
from reable.web.records.selectors.slots import WhyNot, free_pairs, free_times
from tests.web.people import DAY, NOW, at, booked, make_clinic, make_location, make_therapist, nobody, slot, staff, wish

pytestmark = pytest.mark.django_db
PT, OT = Discipline.PT, Discipline.OT


@pytest.fixture
def clinic():
    return make_clinic()


@pytest.fixture
def lakeside(clinic):
    return make_location(clinic)


@pytest.fixture
def ada(lakeside):
    return make_therapist(lakeside)


def times(clinic, wanted=None, **more):
    return free_times(nobody(), clinic.id, wanted or wish(), **{"now": NOW, "most": 200, "most_a_day": 50, **more})


def starts(found):
    return [one.starts_at for one in found.times]


def test_the_first_times_name_who_where_and_when_on_the_wall_and_in_utc(clinic, ada):
    found = free_times(nobody(), clinic.id, wish(), now=NOW)

    first = found.times[0]
    assert (first.therapist, first.location, first.room) == ("Ada", "Lakeside", "")
    assert first.starts_at == at(2, 15)  # the clinic wants two hours' notice, so 9 o'clock (14:00) is too soon
    assert (first.wall.hour, first.zone) == (10, "EST")
    assert len(found.times) == 6
    assert not found.call_needed
    assert [day for day, _ in found.by_day] == [date(2026, 3, 2), date(2026, 3, 3), date(2026, 3, 4)]


def test_times_keep_to_the_wall_across_the_change_of_the_clocks(clinic, ada):
    monday = times(clinic, first_day=date(2026, 3, 9))

    assert monday.times[0].starts_at == at(9, 13)
    assert (monday.times[0].wall.hour, monday.times[0].zone) == (9, "EDT")


def test_hours_in_the_gap_of_the_clock_change_do_not_exist(clinic, lakeside):
    make_therapist(lakeside, weekdays=[6], hours=(2, 4), name="Owl")  # Sunday 2 to 4; 2 to 3 is skipped on March 8

    found = times(clinic)

    assert at(8, 7) in starts(found)  # 3 o'clock, the first moment after the jump
    assert [one.wall.hour for one in found.times if one.wall.date() == date(2026, 3, 8)] == [3]


def test_what_is_booked_is_not_offered_and_touching_is_not_overlapping(clinic, lakeside, ada):
    booked([slot(ada, lakeside, at(3, 15))], clinic)

    tuesday = times(clinic, first_day=date(2026, 3, 3))

    assert [one.wall.hour for one in tuesday.times if one.wall.date() == date(2026, 3, 3)] == [9, 11]


def test_a_closure_leave_and_other_hours_change_the_day(clinic, lakeside, ada):
    Closure.objects.create(clinic=clinic, on=date(2026, 3, 3), reason="holiday")
    Closure.objects.create(clinic=clinic, location=make_location(clinic, "Hill"), on=date(2026, 3, 6), reason="paint")
    AvailabilityException.objects.create(therapist=ada, on=date(2026, 3, 4))
    AvailabilityException.objects.create(
        therapist=ada, on=date(2026, 3, 5), location=lakeside, starts=time(14), ends=time(15)
    )

    found = times(clinic)

    by_day = {day: [one.wall.hour for one in ones] for day, ones in found.by_day}
    assert date(2026, 3, 3) not in by_day
    assert date(2026, 3, 4) not in by_day
    assert by_day[date(2026, 3, 5)] == [14]
    assert by_day[date(2026, 3, 6)] == [9, 10, 11]


def test_other_hours_elsewhere_stand_instead_of_the_weekly_ones(clinic, lakeside, ada):
    hill = make_location(clinic, "Hill")
    AvailabilityException.objects.create(
        therapist=ada, on=date(2026, 3, 5), location=hill, starts=time(9), ends=time(10)
    )

    thursday = [one for one in times(clinic).times if one.wall.date() == date(2026, 3, 5)]

    assert [one.location for one in thursday] == ["Hill"]


def test_opening_hours_cut_off_what_a_therapist_offers(clinic, lakeside, ada):
    for weekday in range(5):
        OpeningHours.objects.create(location=lakeside, weekday=weekday, opens=time(10), closes=time(12))

    assert {one.wall.hour for one in times(clinic).times} == {10, 11}


def test_a_location_with_rooms_needs_a_free_one(clinic):
    hill = make_location(clinic, "Hill", rooms=["Blue"])
    ada, ben = make_therapist(hill), make_therapist(hill, OT, name="Ben")
    before = starts(times(clinic, wish(OT)))
    booked([slot(ada, hill, at(3, 14))], clinic)

    after = times(clinic, wish(OT))

    assert set(before) - set(starts(after)) == {at(3, 14)}
    assert after.times[0].room == "Blue"
    assert ben.name == after.times[0].therapist


@pytest.mark.parametrize(
    ("wanted", "lack"),
    [
        (wish(specialties=frozenset({Specialty.HAND})), Lack.SPECIALTY),
        (wish(age=8), Lack.AGE_GROUP),
        (wish(age=None), Lack.AGE_NOT_KNOWN),
        (wish(step_free=True), Lack.STEP_FREE),
    ],
)
def test_what_nobody_has_is_named(clinic, wanted, lack):
    make_therapist(make_location(clinic, step_free=False))

    found = times(clinic, wanted)

    assert (found.why_not, found.lacks, found.times) == (WhyNot.NOBODY_FITS, (lack,), ())
    assert found.missing_specialties == tuple(wanted.specialties)
    assert found.call_needed
    assert found.telephone == "212 555 0100"


def test_a_language_is_asked_for_or_any(clinic, lakeside):
    make_therapist(lakeside, languages=["en"])

    assert times(clinic, wish(language=Language.ES)).lacks == (Lack.LANGUAGE,)
    assert times(clinic, wish(language=None)).times


def test_an_older_person_is_found_whichever_word_the_row_uses(clinic, lakeside):
    make_therapist(lakeside, age_groups=["older_person"])

    assert times(clinic, wish(age=80)).times


def test_without_a_rule_or_a_visit_type_one_calls(clinic, ada):
    ReferralRule.objects.filter(discipline="pt").delete()
    assert times(clinic).why_not is WhyNot.CALL_US

    ReferralRule.objects.create(clinic=clinic, discipline="pt", rule="direct")
    VisitType.objects.filter(discipline="pt").delete()
    assert times(clinic).why_not is WhyNot.CALL_US
    assert times(clinic).call_needed


def test_where_a_referral_is_needed_only_staff_see_times(ada):
    strict = make_clinic("strict", rules="referral")
    make_therapist(make_location(strict))

    assert times(strict).why_not is WhyNot.REFERRAL
    assert times(strict, referred=True).times
    assert free_times(staff(strict, ActorKind.FRONT_DESK), strict.id, wish(), now=NOW).times
    assert free_times(staff(make_clinic("other"), ActorKind.MANAGER), strict.id, wish(), now=NOW).times == ()


def test_a_time_after_the_limit_of_the_priority_needs_a_call(clinic, lakeside):
    make_therapist(lakeside, weekdays=[4])  # Fridays: the first is in four days

    assert times(clinic, wish(priority=Priority.DAYS)).call_needed
    assert times(clinic, wish(priority=Priority.DAYS)).times
    assert not times(clinic, wish(priority=Priority.TWO_WEEKS)).call_needed


def test_no_time_in_six_weeks_is_said(clinic, lakeside, ada):
    for day in range(60):
        Closure.objects.create(clinic=clinic, on=date(2026, 3, 1) + timedelta(days=day), reason="flood")

    assert (times(clinic).why_not, times(clinic).call_needed) == (WhyNot.NONE_FREE, True)


def test_a_place_is_chosen_or_any(clinic, lakeside, ada):
    hill = make_location(clinic, "Hill")
    make_therapist(hill, name="Ben", hours=(13, 15))

    assert {one.location for one in times(clinic).times} == {"Lakeside", "Hill"}
    assert {one.location for one in times(clinic, wish(location_id=hill.id)).times} == {"Hill"}


def test_pairs_are_on_one_day_at_one_place_in_the_recommended_order(clinic, lakeside, ada):
    make_therapist(lakeside, OT, name="Ben", hours=(10, 14))
    make_therapist(make_location(clinic, "Hill"), OT, name="Cal", hours=(9, 14))

    found = free_pairs(nobody(), clinic.id, wish(PT), wish(OT), order=(OT, PT), now=NOW)

    assert found.pairs
    assert not found.call_needed
    for first, second in found.pairs:
        assert (first.discipline, second.discipline) == (OT, PT)
        assert first.location == second.location
        assert first.ends_at <= second.starts_at
        assert first.wall.date() == second.wall.date()


def test_without_a_pair_each_alone_is_shown(clinic, lakeside):
    make_therapist(lakeside, weekdays=[1])
    make_therapist(lakeside, OT, weekdays=[2])

    found = free_pairs(nobody(), clinic.id, wish(PT), wish(OT), order=None, now=NOW)

    assert found.pairs == ()
    assert found.pt.times
    assert found.ot.times


def test_the_number_of_queries_does_not_grow_with_the_clinic(clinic, lakeside, ada):
    def queries():
        with CaptureQueriesContext(connection) as caught:
            free_pairs(nobody(), clinic.id, wish(PT), wish(OT), order=None, now=NOW)
        return len(caught)

    few = queries()
    for number in range(12):
        place = make_location(clinic, f"Place {number}", rooms=["A", "B"])
        therapist = make_therapist(place, OT if number % 2 else PT, name=f"T{number}")
        AvailabilityException.objects.create(therapist=therapist, on=date(2026, 3, 4))
        Closure.objects.create(clinic=clinic, location=place, on=date(2026, 3, 5), reason="paint")

    assert queries() == few == 7


@pytest.mark.parametrize("seed", range(5))
def test_every_time_that_is_offered_can_be_booked_until_none_is_left(seed):
    """Random hours, rooms, closures and lengths around the change of the clocks; what is shown never disappoints."""
    mix = Random(seed)
    clinic = make_clinic(minutes=mix.choice([30, 45, 60]), notice_minutes=mix.choice([0, 60, 1440]))
    places = [make_location(clinic, f"P{n}", rooms=["A", "B"][: mix.randrange(3)]) for n in range(2)]
    for number in range(3):
        first = mix.randrange(0, 21)
        hours = (first, first + mix.randrange(1, 3))
        make_therapist(mix.choice(places), weekdays=mix.sample(range(7), 3), hours=hours, name=f"T{number}")
    Closure.objects.create(clinic=clinic, on=date(2026, 3, mix.randrange(2, 12)), reason="holiday")
    taken = []

    for _ in range(60):
        found = free_times(nobody(), clinic.id, wish(), most=500, most_a_day=50, now=NOW)
        if not found.times or len(taken) >= 25:
            break
        one = mix.choice(found.times)
        assert all(
            not (one.therapist_id == t and one.starts_at < end and start < one.ends_at) for t, start, end in taken
        )
        booked([Chosen(therapist_id=one.therapist_id, location_id=one.location_id, starts_at=one.starts_at)], clinic)
        taken.append((one.therapist_id, one.starts_at, one.ends_at))

    assert taken


def test_other_clinics_therapists_are_not_found_nor_is_a_missing_clinic(clinic, ada):
    other = make_clinic("other")
    make_therapist(make_location(other, "Far"), name="Zoe")

    assert {one.therapist for one in times(clinic).times} == {"Ada"}
    with pytest.raises(NotFound):
        times(Clinic(slug="missing"))


def test_who_left_and_what_closed_for_good_are_not_offered(clinic, lakeside, ada):
    ada.left_at = NOW + 3 * DAY
    ada.save()
    assert {one.wall.date() for one in times(clinic).times} == {date(2026, 3, 2), date(2026, 3, 3), date(2026, 3, 4)}

    lakeside.closed_for_good_at = NOW + DAY
    lakeside.save()
    assert {one.wall.date() for one in times(clinic).times} == {date(2026, 3, 2)}


def test_asking_reads_nothing_of_a_patient(clinic, lakeside, ada):
    booked([slot(ada, lakeside, at(3, 15))], clinic)
    actor = nobody()

    found = free_times(actor, clinic.id, wish(), now=NOW)

    assert not actor.touched_patients
    assert "Rosa" not in repr(found)
