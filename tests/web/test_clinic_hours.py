"""When therapists work: weekly hours, days that differ, and times that a change of the clock skips."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from reable.web.records.actor import NotFound
from reable.web.records.models import Availability, AvailabilityException
from reable.web.records.selectors.slots import free_times
from reable.web.records.selectors.staff import hours, own_therapists
from reable.web.records.services.staff import BadHours, Clash, DayGiven, WeeklyGiven, add_day, add_hours, end_hours
from tests.web.clinic_people import asked, book_for, fresh, make_workplace, signed_in, text_of, today_at
from tests.web.people import make_location, make_member, wish

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 13, tzinfo=UTC)  # a Monday; the clock is put forward on Sunday, March 8, from 2 to 3
SUNDAY, SPRING = 6, date(2026, 3, 8)


@pytest.fixture
def here():
    return make_workplace()


def weekly(here, **fields):
    given = {
        "weekday": SUNDAY,
        "starts": time(9),
        "ends": time(12),
        "place_id": here.location.id,
        "room_id": None,
        "valid_from": date(2026, 3, 1),
        "valid_until": None,
    }
    return WeeklyGiven(**{**given, **fields})


def day(here, **fields):
    given = {"on": SPRING, "hours": (time(9), time(12)), "place_id": here.location.id, "reason": ""}
    return DayGiven(**{**given, **fields})


def clash(act, *args, **fields):
    with pytest.raises(BadHours) as caught:
        act(*args, **fields)
    return caught.value.clash


class TestWeeklyHours:
    def test_a_therapist_adds_their_own(self, here):
        add_hours(fresh(here.pt), here.ada.id, weekly(here))

        line = hours(fresh(here.pt), here.ada.id, now=NOW).weekly[-1]
        assert (line.weekday, line.starts, line.ends, line.place) == (SUNDAY, time(9), time(12), "Lakeside")

    def test_nobody_is_at_two_places_at_once(self, here):
        add_hours(fresh(here.pt), here.ada.id, weekly(here))
        other = make_location(here.clinic, "Harbor")

        for starts, ends in ((9, 12), (8, 10), (11, 13), (10, 11)):
            given = weekly(here, starts=time(starts), ends=time(ends), place_id=other.id)
            assert clash(add_hours, fresh(here.pt), here.ada.id, given) is Clash.OVERLAP
        add_hours(fresh(here.pt), here.ada.id, weekly(here, starts=time(12), ends=time(13), place_id=other.id))

    def test_hours_of_other_times_of_the_year_do_not_clash(self, here):
        add_hours(fresh(here.pt), here.ada.id, weekly(here, valid_until=date(2026, 6, 30)))

        given = weekly(here, valid_from=date(2026, 6, 30))
        assert clash(add_hours, fresh(here.pt), here.ada.id, given) is Clash.OVERLAP
        add_hours(fresh(here.pt), here.ada.id, weekly(here, valid_from=date(2026, 7, 1)))

    @pytest.mark.parametrize(
        ("fields", "expected"),
        [
            ({"starts": time(12), "ends": time(9)}, Clash.BACKWARD),
            ({"starts": time(9), "ends": time(9)}, Clash.BACKWARD),
            ({"starts": time(9, 5)}, Clash.OFF_THE_QUARTER),
            ({"valid_until": date(2026, 2, 1)}, Clash.ENDS_BEFORE_IT_BEGINS),
            ({"room_id": uuid4()}, Clash.WRONG_ROOM),
        ],
    )
    def test_what_cannot_be_is_refused(self, here, fields, expected):
        assert clash(add_hours, fresh(here.pt), here.ada.id, weekly(here, **fields)) is expected

    @pytest.mark.parametrize(
        ("starts", "ends"),
        [(time(9, 5), time(12)), (time(9), time(11, 50)), (time(9, 0, 30), time(12)), (time(9, tzinfo=UTC), time(12))],
    )
    def test_hours_off_the_quarter_are_refused_with_what_to_do_and_the_search_goes_on(self, here, starts, ends):
        with pytest.raises(BadHours) as refused:
            add_hours(fresh(here.pt), here.ada.id, weekly(here, starts=starts, ends=ends, weekday=5))

        assert "quarter of an hour, such as 08:00" in str(refused.value.hint)
        assert free_times(fresh(here.desk), here.clinic.id, wish()).times

    def test_times_that_the_clock_skips_are_explained(self, here):
        add_hours(fresh(here.pt), here.ada.id, weekly(here, starts=time(2, 30), ends=time(6)))

        line = hours(fresh(here.pt), here.ada.id, now=NOW).weekly[-1]

        assert [(gap.day, gap.typed, gap.first) for gap in line.gaps] == [(SPRING, time(2, 30), time(3))]

    def test_hours_end_after_today_and_what_is_booked_is_counted(self, here):
        visit = book_for(here.clinic, asked(here.clinic), "Rosa Example", starts=today_at(here.clinic, 10) + DAYS_7)
        row = visit.therapist.availability.filter(weekday=visit.starts_at.weekday()).first() or add_row(visit)

        booked = end_hours(fresh(here.boss), visit.therapist_id, row.id)

        row.refresh_from_db()
        assert row.valid_until == today_at(here.clinic, 10).date()
        assert booked == 1

    def test_hours_that_have_not_begun_are_taken_away(self, here):
        id_ = add_hours(fresh(here.pt), here.ada.id, weekly(here, valid_from=date(2099, 1, 1)))

        end_hours(fresh(here.pt), here.ada.id, id_)

        assert not Availability.objects.filter(id=id_).exists()


class TestDaysThatDiffer:
    def test_away_and_other_hours_are_kept(self, here):
        add_day(fresh(here.pt), here.ada.id, day(here, hours=None, place_id=None, reason="Course"), now=NOW)
        add_day(fresh(here.pt), here.ada.id, day(here, on=date(2026, 3, 9)), now=NOW)

        away, other = hours(fresh(here.pt), here.ada.id, now=NOW).other
        assert (away.starts, away.reason) == (None, "Course")
        assert (other.starts, other.place) == (time(9), "Lakeside")

    def test_hours_that_do_not_exist_on_that_day_are_refused(self, here):
        given = day(here, hours=(time(2), time(2, 45)))

        assert clash(add_day, fresh(here.pt), here.ada.id, given, now=NOW) is Clash.SKIPPED

    def test_what_cannot_be_is_refused(self, here):
        add_day(fresh(here.pt), here.ada.id, day(here), now=NOW)
        away = day(here, on=date(2026, 3, 9), hours=None)
        add_day(fresh(here.pt), here.ada.id, away, now=NOW)

        def refused(given):
            return clash(add_day, fresh(here.pt), here.ada.id, given, now=NOW)

        assert refused(day(here, hours=(time(11), time(13)))) is Clash.OVERLAP
        assert refused(day(here, on=date(2026, 3, 9))) is Clash.OVERLAP
        assert refused(away) is Clash.AWAY_ALREADY
        assert refused(day(here, on=date(2026, 3, 1))) is Clash.PAST
        assert refused(day(here, on=date(2026, 3, 10), hours=(time(12), time(9)))) is Clash.BACKWARD


class TestWhoMay:
    def test_a_therapist_only_their_own_a_manager_all(self, here):
        assert [one.name for one in own_therapists(fresh(here.pt))] == ["Ada"]
        assert [one.name for one in own_therapists(fresh(here.boss))] == ["Ada", "Omar"]
        assert signed_in(here.ot).get(address(here.ada)).status_code == 404
        assert signed_in(here.boss).get(address(here.ada)).status_code == 200

    def test_others_find_nothing(self, here):
        foreign = make_workplace("south")

        assert signed_in(foreign.boss).get(address(here.ada)).status_code == 404
        assert signed_in(foreign.boss).post(address(here.ada), {"what": "day"}).status_code == 404
        for actor in (here.desk, here.physician):
            assert signed_in(actor).get("/clinic/hours/").status_code == 403
            assert signed_in(actor).get(address(here.ada)).status_code == 403
        with pytest.raises(NotFound):
            add_hours(fresh(here.ot), here.ada.id, weekly(here))

    def test_a_place_of_another_clinic_is_not_found(self, here):
        foreign = make_workplace("south").location

        with pytest.raises(NotFound):
            add_hours(fresh(here.pt), here.ada.id, weekly(here, place_id=foreign.id))


class TestThePage:
    def form(self, here, **fields):
        given = {
            "what": "weekly",
            "weekly-weekday": "6",
            "weekly-starts": "09:00",
            "weekly-ends": "12:00",
            "weekly-place": str(here.location.id),
            "weekly-valid_from": "2026-03-01",
            "weekly-valid_until": "",
        }
        return {**given, **fields}

    def test_a_therapist_lands_on_their_own_hours(self, here):
        assert signed_in(here.pt).get("/clinic/hours/").url == address(here.ada)
        assert "Monday, 9 a.m." in text_of(signed_in(here.pt).get(address(here.ada)))

    def test_who_cannot_be_booked_yet_reads_why(self, here):
        new = make_member(here.clinic, "pt")

        assert "A manager makes you bookable first." in text_of(signed_in(new).get("/clinic/hours/"))

    def test_adds_ends_and_explains(self, here):
        client = signed_in(here.pt)

        answer = client.post(
            address(here.ada),
            self.form(here, **{"weekly-starts": "02:30", "weekly-valid_from": "2026-11-01"}),
            follow=True,
        )
        assert "The hours are kept." in text_of(answer)
        assert "the clock jumps over" in text_of(answer)
        row = Availability.objects.get(weekday=6)
        ended = client.post(reverse("clinic:hours_end", args=[here.ada.id, row.id]), follow=True)
        assert "These hours end today." in text_of(ended)

    def test_says_what_is_wrong_and_loses_nothing(self, here):
        client = signed_in(here.pt)

        backward = client.post(address(here.ada), self.form(here, **{"weekly-ends": "08:00"}))
        assert backward.status_code == 422
        assert "The hours must end later on the same day." in text_of(backward)
        assert 'value="09:00"' in text_of(backward)
        overlap = client.post(address(here.ada), self.form(here, **{"weekly-weekday": "0"}))
        assert "These hours overlap with others." in text_of(overlap)
        nonsense = client.post(address(here.ada), self.form(here, **{"weekly-starts": "soon"}))
        assert "Write the time as hours and minutes" in text_of(nonsense)
        assert client.post(address(here.ada), {}).status_code == 422

    def test_a_day_that_differs_needs_its_times(self, here):
        client = signed_in(here.pt)
        form = {"what": "day", "day-on": "2099-01-05", "day-kind": "hours", "day-reason": ""}

        missing = client.post(address(here.ada), {**form, "day-place": str(here.location.id)})
        assert missing.status_code == 422
        assert "Write when these hours begin." in text_of(missing)
        assert client.post(address(here.ada), {**form, "day-kind": "away"}).status_code == 302
        row = AvailabilityException.objects.get()
        assert client.post(reverse("clinic:day_remove", args=[here.ada.id, row.id])).status_code == 302
        assert not AvailabilityException.objects.exists()
        assert client.post(reverse("clinic:day_remove", args=[here.ada.id, uuid4()])).status_code == 404


DAYS_7 = timedelta(days=7)


def address(therapist):
    return reverse("clinic:hours", args=[therapist.id])


def add_row(visit):
    """Give hours around a visit that lies on a weekend."""
    return Availability.objects.create(
        therapist=visit.therapist,
        location=visit.location,
        weekday=visit.starts_at.weekday(),
        starts=time(9),
        ends=time(12),
        valid_from=date(2026, 1, 1),
    )
