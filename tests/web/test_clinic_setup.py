"""What a manager sets: places, rooms, hours, closed days, visits, rules, texts, staff; and who may not."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.urls import reverse

from reable.web.accounts.models import Invitation, Membership
from reable.web.records.models import (
    ClinicText,
    Closure,
    Location,
    OpeningHours,
    ReferralRule,
    Room,
    Therapist,
    VisitType,
)
from reable.web.records.services.places import BadPlace, Fault, close_place
from tests.web.clinic_people import asked, book_for, day_at, fresh, make_workplace, signed_in, text_of
from tests.web.people import make_member

pytestmark = pytest.mark.django_db
PLACE = {
    "name": "Harbor",
    "address": "1 Pier Road",
    "telephone": "212 555 0180",
    "step_free": "yes",
    "latitude": "",
    "longitude": "",
}


@pytest.fixture
def here():
    return make_workplace()


@pytest.fixture
def boss(here):
    return signed_in(here.boss)


def page_of(name, *ids):
    return reverse(f"clinic:{name}", args=ids)


class TestWhoMay:
    PAGES = ("overview", "places", "place_new", "closed_days", "visit_types", "texts", "staff")

    @pytest.mark.parametrize("name", [*PAGES, "decisions", "first_visits", "missed_visits"])
    def test_only_managers(self, here, name):
        assert signed_in(here.boss).get(page_of(name)).status_code == 200
        for actor in (here.pt, here.desk, here.physician):
            assert signed_in(actor).get(page_of(name)).status_code == 403

    @pytest.mark.parametrize("name", ["place_new", "closed_days", "visit_types", "texts", "staff"])
    def test_nobody_else_changes_anything(self, here, name):
        for actor in (here.pt, here.desk, here.physician):
            assert signed_in(actor).post(page_of(name), {**PLACE, "email": "a@example.org"}).status_code == 403

    def test_what_is_another_clinics_is_not_found(self, here):
        foreign = signed_in(make_workplace("south").boss)
        room = Room.objects.create(location=here.location, name="Room 1")
        therapist_role = Membership.objects.get(user_id=here.pt.user_id)

        for address in (
            page_of("place", here.location.id),
            page_of("place_close", here.location.id),
            page_of("room_remove", here.location.id, room.id),
            page_of("open_hours_remove", here.location.id, uuid4()),
            page_of("day_open", uuid4()),
            page_of("invitation_revoke", uuid4()),
            page_of("role_end", therapist_role.id),
            page_of("profile", here.pt.user_id, "pt"),
        ):
            assert foreign.post(address, {"what": "place", **PLACE}).status_code == 404
        assert Room.objects.filter(id=room.id).exists()
        here.location.refresh_from_db()
        assert here.location.closed_for_good_at is None


class TestPlaces:
    def test_a_place_is_added_and_changed(self, here, boss):
        added = boss.post(page_of("place_new"), {**PLACE, "latitude": "40.74120", "longitude": "-73.98960"})

        row = Location.objects.get(name="Harbor")
        assert added.url == page_of("place", row.id)
        assert "40.74120" in text_of(boss.get(added.url))
        boss.post(added.url, {"what": "place", **PLACE, "name": "New Harbor", "step_free": "no"})
        row.refresh_from_db()
        assert (row.name, row.step_free, row.latitude) == ("New Harbor", False, None)
        assert "New Harbor" in text_of(boss.get(page_of("places")))

    @pytest.mark.parametrize(
        ("fields", "told"),
        [
            ({"name": "Lakeside"}, "This name is taken."),
            ({"latitude": "40.7"}, "Write both latitude and longitude, or neither."),
            ({"latitude": "140"}, "less than or equal to 90"),
            ({"telephone": "call me"}, "Write a telephone number"),
            ({"name": ""}, "Write an answer: Name"),
        ],
    )
    def test_what_is_wrong_is_said_and_nothing_is_lost(self, boss, here, fields, told):
        if "telephone" in fields:
            fields = {"telephone": "ring <b>"}

        answer = boss.post(page_of("place_new"), {**PLACE, **fields})

        assert answer.status_code == 422
        assert told in text_of(answer)
        assert "1 Pier Road" in text_of(answer)
        assert Location.objects.count() == 1

    def test_a_place_with_visits_is_not_closed(self, here, boss):
        book_for(here.clinic, asked(here.clinic), "Rosa Example")
        address = page_of("place_close", here.location.id)

        assert "This cannot be taken back." in text_of(boss.get(address))
        assert "1 visit is still booked there." in text_of(boss.post(address, follow=True))
        with pytest.raises(BadPlace) as caught:
            close_place(fresh(here.boss), here.location.id)
        assert (caught.value.fault, caught.value.count) == (Fault.STILL_BOOKED, 1)

    def test_a_place_is_closed_for_good(self, here, boss):
        boss.post(page_of("place_close", here.location.id))

        here.location.refresh_from_db()
        assert here.location.closed_for_good_at is not None
        assert "Closed for good on" in text_of(boss.get(page_of("places")))

    def test_rooms_are_added_and_taken_away(self, here, boss):
        address = page_of("place", here.location.id)

        boss.post(address, {"what": "room", "room": "Room 1"})
        again = boss.post(address, {"what": "room", "room": "Room 1"})
        assert again.status_code == 422
        assert "This name is taken." in text_of(again)
        row = Room.objects.get()
        here.ada.availability.update(room=row)
        used = boss.post(page_of("room_remove", here.location.id, row.id), follow=True)
        assert "cannot be taken away" in text_of(used)
        here.ada.availability.update(room=None)
        boss.post(page_of("room_remove", here.location.id, row.id))
        assert not Room.objects.exists()

    def test_opening_hours_do_not_overlap_or_run_backward(self, here, boss):
        address = page_of("place", here.location.id)
        form = {"what": "hours", "weekday": "0", "opens": "08:00", "closes": "17:00"}

        assert boss.post(address, form).status_code == 302
        assert "overlap with others" in text_of(boss.post(address, {**form, "opens": "16:00", "closes": "18:00"}))
        assert "must end later" in text_of(boss.post(address, {**form, "closes": "07:00"}))
        assert "quarter hours" in text_of(boss.post(address, {**form, "weekday": "1", "opens": "08:05"}))
        row = OpeningHours.objects.get()
        assert boss.post(page_of("open_hours_remove", here.location.id, row.id)).status_code == 302
        assert not OpeningHours.objects.exists()


class TestRules:
    def test_a_day_is_closed_and_opened_again(self, here, boss):
        visit = book_for(here.clinic, asked(here.clinic), "Rosa Example")
        on = day_at(here.clinic, visit.starts_at)
        form = {"on": on, "place": "", "reason": "Holiday"}

        answer = boss.post(page_of("closed_days"), form, follow=True)
        assert "The whole clinic: Holiday" in text_of(answer)
        assert "is booked then" in text_of(answer)
        assert "closed already" in text_of(boss.post(page_of("closed_days"), form))
        assert "This day is over." in text_of(boss.post(page_of("closed_days"), {**form, "on": "2020-01-01"}))
        assert boss.post(page_of("day_open", Closure.objects.get().id)).status_code == 302
        assert not Closure.objects.exists()

    def test_lengths_and_rules_are_set_and_unset_means_call_us(self, here, boss):
        form = {"pt_evaluation": "45", "pt_follow_up": "30", "ot_evaluation": "60", "ot_follow_up": ""}

        boss.post(page_of("visit_types"), {**form, "pt_rule": "referral", "ot_rule": ""})

        minutes = VisitType.objects.values_list("discipline", "kind", "minutes")
        assert sorted(minutes) == [("ot", "evaluation", 60), ("pt", "evaluation", 45), ("pt", "follow_up", 30)]
        assert list(ReferralRule.objects.values_list("discipline", "rule")) == [("pt", "referral")]
        page = text_of(boss.get(page_of("visit_types")))
        assert "Not set: people are asked to call" in page

    def test_a_kind_of_visit_that_was_booked_stays(self, here, boss):
        book_for(here.clinic, asked(here.clinic), "Rosa Example")
        form = {"pt_evaluation": "", "ot_evaluation": "60", "pt_rule": "", "ot_rule": ""}

        answer = boss.post(page_of("visit_types"), form)

        assert answer.status_code == 422
        assert "Visits were booked for it" in text_of(answer)
        assert VisitType.objects.filter(discipline="pt").exists()
        assert boss.post(page_of("visit_types"), {"pt_evaluation": "50"}).status_code == 422

    def test_texts_are_kept_in_both_languages_or_neither(self, here, boss):
        form = {"telephone": "212 555 0111", "notice_minutes": "60", "find_us_en": "Second floor.", "find_us_es": ""}

        one = boss.post(page_of("texts"), form)
        assert one.status_code == 422
        assert "Write it in both languages, or in neither." in text_of(one)
        boss.post(page_of("texts"), {**form, "find_us_es": "Segundo piso."})
        row = ClinicText.objects.get()
        assert (row.key, row.en, row.es) == ("find_us", "Second floor.", "Segundo piso.")
        here.clinic.refresh_from_db()
        assert (here.clinic.telephone, here.clinic.notice_minutes) == ("212 555 0111", 60)
        boss.post(page_of("texts"), {**form, "find_us_en": "", "find_us_es": ""})
        assert not ClinicText.objects.exists()


class TestStaff:
    def test_somebody_is_invited_and_the_invitation_taken_back(self, here, boss, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks(execute=True):
            answer = boss.post(page_of("staff"), {"email": "New@Example.org", "role": "ot"}, follow=True)

        assert "The invitation is sent." in text_of(answer)
        assert "new@example.org" in text_of(answer)
        assert mail.outbox[0].to == ["new@example.org"]
        row = Invitation.objects.get()
        boss.post(page_of("invitation_revoke", row.id))
        row.refresh_from_db()
        assert row.revoked_at is not None

    @pytest.mark.parametrize(
        "form", [{}, {"email": "x", "role": "ot"}, {"email": "a@example.org", "role": "integration"}]
    )
    def test_a_wrong_invitation_is_explained(self, boss, form):
        assert boss.post(page_of("staff"), form).status_code == 422
        assert not Invitation.objects.exists()

    def test_who_has_the_role_is_not_invited_again(self, here, boss):
        email = Membership.objects.get(user_id=here.ot.user_id).user.email

        assert "already has this role" in text_of(boss.post(page_of("staff"), {"email": email, "role": "ot"}))

    def test_a_role_ends_and_with_it_the_booking(self, here, boss):
        book_for(here.clinic, asked(here.clinic), "Rosa Example")
        role = Membership.objects.get(user_id=here.pt.user_id)
        address = page_of("role_end", role.id)

        assert "End this role?" in text_of(boss.get(address))
        answer = boss.post(address, follow=True)

        role.refresh_from_db()
        here.ada.refresh_from_db()
        assert role.revoked_at is not None
        assert here.ada.left_at is not None
        assert "1 visit is booked then." in text_of(answer)
        assert signed_in(here.pt).get("/clinic/people/").status_code in (403, 404)

    def test_the_last_manager_stays(self, here, boss):
        role = Membership.objects.get(user_id=here.boss.user_id)

        answer = boss.post(page_of("role_end", role.id), follow=True)

        assert "You are the last manager" in text_of(answer)
        role.refresh_from_db()
        assert role.revoked_at is None

    def test_a_therapist_is_made_bookable(self, here, boss):
        new = make_member(here.clinic, "ot")
        address = page_of("profile", new.user_id, "ot")
        form = {"name": "Nia Park", "languages": ["es"], "age_groups": ["child"], "specialties": ["hand"]}

        assert "Make bookable" in text_of(boss.get(page_of("staff")))
        assert boss.post(address, {"name": ""}).status_code == 422
        boss.post(address, form)
        row = Therapist.objects.get(user_id=new.user_id)
        assert (row.name, row.languages, row.age_groups, row.specialties) == ("Nia Park", ["es"], ["child"], ["hand"])
        assert "Nia Park" in text_of(boss.get(address))

    def test_nobody_is_bookable_without_the_role(self, here, boss):
        for user_id, discipline in ((here.desk.user_id, "pt"), (here.pt.user_id, "ot"), (uuid4(), "pt")):
            assert boss.get(page_of("profile", user_id, discipline)).status_code == 404
        assert boss.get(f"/clinic/staff/{here.pt.user_id}/manager/").status_code == 404


class TestGoingToAnotherClinic:
    def test_who_works_in_two_clinics_goes_from_one_to_the_other(self, here):
        south = make_workplace("south")
        user = Membership.objects.get(user_id=here.desk.user_id).user
        Membership.objects.create(
            user=user, clinic=south.clinic, role="front_desk", since=datetime.now(UTC) + timedelta(days=1)
        )
        book_for(south.clinic, asked(south.clinic), "Sam Southern")
        client = signed_in(here.desk)
        day = day_at(south.clinic, datetime.now(UTC) + timedelta(days=3))

        before = text_of(client.get("/clinic/schedule/"))
        client.post(reverse("accounts:switch"), {"clinic": str(south.clinic.id)})
        after = text_of(client.get("/clinic/schedule/", {"day": day, "view": "week"}))

        assert '<p class="cl-clinic">North</p>' in before
        assert f'<option value="{south.clinic.id}">South</option>' in before
        assert '<p class="cl-clinic">South</p>' in after
        assert "Sam Southern" in after
        stranger = make_workplace("west")
        assert client.post(reverse("accounts:switch"), {"clinic": str(stranger.clinic.id)}).status_code == 404

    def test_each_role_sees_only_its_own_sections(self, here):
        def sections(actor, path):
            page = text_of(signed_in(actor).get(path))
            menu = page.split("re-sections")[1].split("</nav>")[0]
            return [part.split("<")[0].split(">")[-1] for part in menu.split("<a ")[1:]]

        assert sections(here.physician, "/clinic/referrals/") == ["Referrals"]
        assert sections(here.desk, "/clinic/tasks/") == ["Schedule", "Tasks", "Referrals", "Waiting list", "Safety"]
        assert sections(here.pt, "/clinic/people/")[0] == "New people"
        assert "New people" not in sections(here.boss, "/clinic/overview/")
        assert sections(here.boss, "/clinic/overview/")[-1] == "Staff"
