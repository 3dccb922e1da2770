"""The schedule: days and weeks, what is done to a visit by whom, moving and cancelling, patients and tasks."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from reable.web.records.models import Appointment, AppointmentStatus, Task
from reable.web.records.services.reminders import TaskKind, write_task
from tests.web.clinic_people import (
    HOSTILE,
    asked,
    book_for,
    day_at,
    make_workplace,
    mark,
    signed_in,
    text_of,
    today_at,
    visit_of,
)
from tests.web.people import make_patient, make_user

pytestmark = pytest.mark.django_db
SCHEDULE = "/clinic/schedule/"


@pytest.fixture
def here():
    return make_workplace()


@pytest.fixture
def visit(here):
    """A visit of today that began an hour ago, as far as the day allows."""
    return visit_of(make_patient(here.clinic), here.ada, today_at(here.clinic, 0))


def act(visit, what):
    return reverse("clinic:visit_act", args=[visit.booking_id, visit.id, what])


def page_of(name, visit):
    return reverse(f"clinic:{name}", args=[visit.booking_id, visit.id])


class TestDaysAndWeeks:
    def test_a_day_shows_its_visits_and_who_works(self, here, visit):
        page = text_of(signed_in(here.desk).get(SCHEDULE))

        assert "Rosa Example" in page
        assert "PT, Ada" in page
        assert "Day before" in page
        assert "Times are those of the clinic (America/New_York)." in page

    def test_an_empty_day_says_so(self, here):
        page = text_of(signed_in(here.desk).get(SCHEDULE, {"day": "2026-03-01"}))  # a Sunday

        assert "Nobody works on this day, and no visit is booked." in page
        assert "No visit is booked on this day." in text_of(signed_in(here.desk).get(SCHEDULE, {"day": "2026-03-02"}))

    def test_the_day_that_is_shown_stands_in_its_field_with_the_other_choices(self, here):
        client = signed_in(here.desk)

        today = text_of(client.get(SCHEDULE))
        chosen = text_of(client.get(SCHEDULE, {"day": "2026-03-04", "therapist": str(here.ada.id)}))
        week = text_of(client.get(SCHEDULE, {"view": "week", "day": "2026-03-04"}))

        assert f'value="{day_at(here.clinic, datetime.now(UTC))}"' in today
        assert 'value="2026-03-04"' in chosen
        assert f'value="{here.ada.id}" selected' in chosen
        assert 'value="2026-03-04"' in week
        assert 'value="week" selected' in week

    def test_a_week_has_a_row_for_each_therapist(self, here, visit):
        page = text_of(signed_in(here.desk).get(SCHEDULE, {"view": "week"}))

        assert page.count('<th scope="row">') == 2
        assert "Rosa Example" in page
        assert "Week before" in page
        assert f"#visit-{visit.id}" in page

    def test_is_narrowed_to_a_therapist_and_a_place(self, here, visit):
        client = signed_in(here.desk)

        assert "Rosa Example" in text_of(client.get(SCHEDULE, {"therapist": str(here.ada.id)}))
        assert "Rosa Example" not in text_of(client.get(SCHEDULE, {"therapist": str(here.omar.id)}))
        assert "Rosa Example" in text_of(client.get(SCHEDULE, {"place": str(here.location.id)}))

    @pytest.mark.parametrize("wrong", [{"day": "yesterday"}, {"therapist": str(uuid4())}, {"view": "year"}])
    def test_a_wrong_address_is_said_and_today_is_shown(self, here, wrong):
        answer = signed_in(here.desk).get(SCHEDULE, wrong)

        assert answer.status_code == 422
        assert "There is a problem" in text_of(answer)

    def test_another_clinic_finds_no_trace(self, here, visit):
        elsewhere = make_workplace("south")

        assert "Rosa" not in text_of(signed_in(elsewhere.desk).get(SCHEDULE))
        assert "Ada" not in text_of(signed_in(elsewhere.boss).get("/clinic/hours/")).replace("Ada</a>", "", 1)

    def test_a_physician_sees_no_schedule(self, here):
        assert signed_in(here.physician).get(SCHEDULE).status_code == 403

    def test_hostile_names_stay_text(self, here):
        for hour, name in enumerate(HOSTILE):
            visit_of(make_patient(here.clinic, name=name), here.ada, today_at(here.clinic, hour + 1))

        for query in ({}, {"view": "week"}):
            page = text_of(signed_in(here.desk).get(SCHEDULE, query))
            assert "<script>alert" not in page
            assert 'a"onmouseover' not in page
            assert "<bdi>\u202eRTL Example</bdi>" in page

    def test_many_visits_take_few_reads(self, here, django_assert_max_num_queries):
        for number in range(30):
            starts = today_at(here.clinic, 0) + timedelta(minutes=number)
            visit_of(make_patient(here.clinic, name=f"Person {number}"), here.ada, starts)
        client = signed_in(here.desk)
        client.get(SCHEDULE, {"view": "week"})

        with django_assert_max_num_queries(22):
            assert text_of(client.get(SCHEDULE, {"view": "week"})).count("Person ") == 30


class TestMarks:
    def test_the_front_desk_marks_who_arrived_and_takes_it_back(self, here, visit):
        client = signed_in(here.desk)
        assert "Arrived<span" in text_of(client.get(SCHEDULE))

        answer = client.post(act(visit, "arrive"), {"next": "/clinic/schedule/?day=2026-03-02"})
        assert answer.url == f"/clinic/schedule/?day=2026-03-02#visit-{visit.id}"
        assert visit.statuses.latest("id").state == "arrived"

        client.post(act(visit, "undo"))
        assert visit.statuses.latest("id").state == "booked"

    def test_only_its_own_discipline_says_that_a_visit_is_done(self, here, visit):
        mark(visit, "arrived")

        for actor in (here.desk, here.ot):
            answer = signed_in(actor).post(act(visit, "finish"), follow=True)
            assert visit.statuses.latest("id").state == "arrived"
            assert "nhsuk-inset-text re-message re-message--error" in text_of(answer)

        signed_in(here.pt).post(act(visit, "finish"))
        assert visit.statuses.latest("id").state == "done"

    def test_who_did_not_come_is_called(self, here, visit):
        signed_in(here.desk).post(act(visit, "miss"))

        assert visit.statuses.latest("id").state == "no_show"
        assert Task.objects.get().kind == TaskKind.CALL_MISSED

    def test_leads_back_to_the_clinics_own_pages_only(self, here, visit):
        for hostile in ("https://evil.example/clinic/", "//evil.example", "/account/logout/", "javascript:alert(1)"):
            answer = signed_in(here.desk).post(act(visit, "arrive"), {"next": hostile})
            assert answer.url.startswith("/clinic/schedule/")

    def test_a_foreign_and_a_missing_visit_are_the_same(self, here, visit):
        client = signed_in(make_workplace("south").desk)

        assert client.post(act(visit, "arrive")).status_code == 404
        missing = reverse("clinic:visit_act", args=[uuid4(), uuid4(), "arrive"])
        assert client.post(missing).status_code == 404
        assert signed_in(here.physician).post(act(visit, "arrive")).status_code == 404
        assert AppointmentStatus.objects.count() == 1

    def test_a_patient_marks_nothing(self, here, visit):
        user = make_user()
        type(visit.patient).objects.filter(id=visit.patient_id).update(user=user)

        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")

        assert client.post(act(visit, "arrive")).status_code == 404
        assert client.get(page_of("visit_cancel", visit)).status_code == 404

    def test_an_act_that_is_none_is_not_found(self, here, visit):
        client = signed_in(here.desk)

        assert client.post(act(visit, "dance")).status_code == 404
        assert client.post(act(visit, "cancel")).status_code == 404
        assert client.get(act(visit, "arrive")).status_code == 405


class TestCancelAndMove:
    @pytest.fixture
    def ahead(self, here):
        return book_for(here.clinic, asked(here.clinic), "Rosa Example", starts=today_at(here.clinic, 10) + 3 * DAY)

    def test_a_visit_is_cancelled_with_a_reason(self, here, ahead):
        client = signed_in(here.desk)
        address = page_of("visit_cancel", ahead)

        assert "Rosa Example" in text_of(client.get(address))
        empty = client.post(address, {})
        assert empty.status_code == 422
        assert "Choose why the visit is cancelled." in text_of(empty)
        assert client.post(address, {"reason": "moved"}).status_code == 422

        assert client.post(address, {"reason": "patient_ill"}).status_code == 302
        last = ahead.statuses.latest("id")
        assert (last.state, last.reason, last.by_id) == ("cancelled", "patient_ill", here.desk.user_id)

    def test_a_visit_is_moved_to_a_free_time(self, here, ahead):
        client = signed_in(here.desk)
        address = page_of("visit_move", ahead)
        page = text_of(client.get(address))
        key = page.split('name="time" type="radio" value="')[1].split('"')[0]

        answer = client.post(address, {"time": key})

        moved = Appointment.objects.get(replaces=ahead)
        assert answer.status_code == 302
        assert answer.url == f"{SCHEDULE}?day={day_at(here.clinic, moved.starts_at)}"
        assert ahead.statuses.latest("id").reason == "moved"

    def test_a_time_that_was_not_offered_is_refused(self, here, ahead):
        client = signed_in(here.desk)
        address = page_of("visit_move", ahead)
        far = (datetime.now(UTC) + timedelta(days=9)).isoformat()

        for hostile in ("", "x", f"{here.ada.id}|{here.location.id}|{far}", "a|b|c"):
            assert client.post(address, {"time": hostile}).status_code == 422
        assert not Appointment.objects.filter(replaces=ahead).exists()

    def test_later_times_can_be_looked_at(self, here, ahead):
        client = signed_in(here.desk)

        page = text_of(client.get(page_of("visit_move", ahead), {"from": "2026-13-45"}))

        assert "Show later times" in page

    @pytest.mark.parametrize("name", ["visit_cancel", "visit_move"])
    def test_others_find_nothing(self, here, ahead, name):
        for actor in (make_workplace("south").desk, here.physician):
            assert signed_in(actor).get(page_of(name, ahead)).status_code == 404
        wrong = reverse(f"clinic:{name}", args=[ahead.booking_id, uuid4()])
        assert signed_in(here.desk).get(wrong).status_code == 404


class TestPatientsAndTasks:
    def test_the_front_desk_sees_names_and_times_but_no_note(self, here):
        visit = book_for(here.clinic, asked(here.clinic), "Rosa Example")
        type(visit.booking).objects.update(note="I fell last week")
        address = reverse("clinic:patient", args=[visit.patient_id])

        office, therapist = text_of(signed_in(here.desk).get(address)), text_of(signed_in(here.pt).get(address))

        assert "rosa@example.org" in office
        assert "I fell last week" not in office
        assert "What was told" not in office
        assert "I fell last week" in therapist
        assert "What was told" in therapist

    def test_a_foreign_and_a_missing_patient_are_the_same(self, here):
        foreign = make_patient(make_workplace("south").clinic)

        for id_ in (foreign.id, uuid4()):
            assert signed_in(here.desk).get(reverse("clinic:patient", args=[id_])).status_code == 404
        assert signed_in(here.physician).get(reverse("clinic:patient", args=[foreign.id])).status_code == 403

    def test_tasks_are_those_of_ones_role(self, here):
        patient = make_patient(here.clinic, telephone="212 555 0155")
        now = datetime.now(UTC)
        write_task(TaskKind.CALL, "front_desk", clinic=here.clinic, patient_id=patient.id, now=now - timedelta(days=2))
        write_task(TaskKind.CHECK_DANGER, "pt", clinic=here.clinic, patient_id=patient.id, now=now)

        desk, pt = (text_of(signed_in(actor).get("/clinic/tasks/")) for actor in (here.desk, here.pt))

        assert "Call this person" in desk
        assert "212 555 0155" in desk
        assert "Late" in desk
        assert "Look today" not in desk
        assert "Look today at what this person told us" in pt

    def test_a_task_is_done_by_its_role_only(self, here):
        patient = make_patient(here.clinic)
        write_task(TaskKind.CALL, "front_desk", clinic=here.clinic, patient_id=patient.id, now=datetime.now(UTC))
        address = reverse("clinic:task_done", args=[Task.objects.get().id])

        for actor in (here.pt, make_workplace("south").desk):
            assert signed_in(actor).post(address).status_code == 404
        assert signed_in(here.desk).post(address).url == "/clinic/tasks/"
        assert Task.objects.get().done_by_id == here.desk.user_id
        assert "Nothing is to be done." in text_of(signed_in(here.desk).get("/clinic/tasks/"))

    def test_a_manager_sees_the_tasks_of_all_if_asked(self, here):
        write_task(
            TaskKind.CALL,
            "front_desk",
            clinic=here.clinic,
            patient_id=make_patient(here.clinic).id,
            now=datetime.now(UTC),
        )
        client = signed_in(here.boss)

        assert "Nothing is to be done." in text_of(client.get("/clinic/tasks/"))
        everybody = text_of(client.get("/clinic/tasks/?whose=all"))
        assert "Call this person" in everybody
        assert "/done/" not in everybody
        assert signed_in(here.desk).get("/clinic/tasks/?whose=all").status_code == 403

    def test_many_tasks_are_paged(self, here):
        for number in range(60):
            patient = make_patient(here.clinic, name=f"Person {number}")
            write_task(TaskKind.CALL, "front_desk", clinic=here.clinic, patient_id=patient.id, now=datetime.now(UTC))
        client = signed_in(here.desk)

        pages = [text_of(client.get("/clinic/tasks/", {"page": page})) for page in (1, 2)]

        assert [page.count("cl-task__who") for page in pages] == [50, 10]

    def test_the_waiting_list_says_when_nobody_waits(self, here):
        assert "Nobody is on the waiting list." in text_of(signed_in(here.desk).get("/clinic/waiting/"))
        assert signed_in(here.physician).get("/clinic/waiting/").status_code == 403


DAY = timedelta(days=1)
