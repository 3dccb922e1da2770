"""The automatic sign-out of staff: when it comes, where it leads, and that a form that was sent too late is kept."""

import time

import pytest
from django.core.cache import cache
from django.test import RequestFactory
from django.urls import reverse

from reable.web.accounts import unsent
from reable.web.accounts.services import add_user
from tests.web.people import make_clinic, make_member
from tests.web.signing_in import PHRASE, by_password, is_signed_in, make_therapist_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_limits():
    cache.clear()


@pytest.fixture
def clinic():
    return make_clinic(is_demo=True)


@pytest.fixture
def therapist(clinic):
    return make_therapist_user(clinic)


class TestIdle:
    def wait(self, client, minutes):
        session = client.session
        session["seen_at"] = time.time() - minutes * 60
        session.save()

    @pytest.fixture
    def working(self, client, therapist):
        client.force_login(therapist)
        client.get(reverse("accounts:index"))
        return client

    def test_staff_are_signed_out_and_led_back(self, working):
        self.wait(working, 16)

        answer = working.get("/account/carers/?a=b")

        assert answer.url == "/account/login/?next=%2Faccount%2Fcarers%2F%3Fa%3Db&idle=1"
        assert not is_signed_in(working)
        assert "We signed you out" in working.get(answer.url).content.decode()

    def test_whoever_does_something_stays(self, working):
        for _ in range(3):
            self.wait(working, 10)
            assert working.post(reverse("accounts:stay")).status_code == 204

        assert working.get(reverse("accounts:index")).status_code == 200

    def test_what_a_page_asks_by_itself_is_no_sign_of_a_person(self, working):
        self.wait(working, 14)
        working.get(reverse("accounts:index"), headers={"X-Reable-Look": "1"})

        assert working.session["seen_at"] < time.time() - 13 * 60

    def test_a_part_of_a_page_leads_the_whole_page_to_the_sign_in(self, working):
        self.wait(working, 16)

        answer = working.get("/account/", headers={"HX-Request": "true", "Referer": "http://testserver/account/?x=1"})

        assert (answer.status_code, answer.headers["HX-Redirect"]) == (
            204,
            "/account/login/?next=%2Faccount%2F%3Fx%3D1&idle=1",
        )

    def test_patients_are_not_hurried(self, client):
        client.force_login(add_user("rosa@example.org", "Rosa"))
        self.wait(client, 600)

        assert client.get(reverse("accounts:index")).status_code == 200

    def test_a_form_that_was_sent_too_late_is_sent_once_more_by_hand(self, working, therapist):
        self.wait(working, 16)
        page = {"Referer": "http://testserver/clinic/somewhere/", "Origin": "http://testserver"}
        given = {"language": "es", "note": ["half", "typed"]}

        answer = working.post("/language/?a=b", given, headers=page)
        working.force_login(therapist)
        offered = working.get(reverse("accounts:unsent")).content.decode()
        sent = working.post(reverse("accounts:unsent"), given)

        assert "next=%2Faccount%2Funsent%2F" in answer.url
        for value in ("es", "half", "typed"):
            assert f'value="{value}"' in offered
        assert (sent.status_code, sent.headers["Location"]) == (307, "/language/?a=b")
        assert working.get(reverse("accounts:unsent")).url == reverse("home")

    def test_it_can_be_dropped_and_leads_back_to_its_page(self, working, therapist):
        self.wait(working, 16)
        working.post("/language/", {"language": "es"}, headers={"Referer": "http://testserver/clinic/somewhere/"})
        working.force_login(therapist)

        assert working.post(reverse("accounts:unsent"), {"drop": "1"}).url == "/clinic/somewhere/"

    def test_nobody_else_gets_it(self, working, clinic):
        self.wait(working, 16)
        working.post("/language/", {"language": "es"})
        other = make_member(clinic, "ot", email="eve@example.org", password=PHRASE)

        by_password(working, "eve@example.org")

        assert working.session["_auth_user_id"] == str(other.user_id)
        assert working.get(reverse("accounts:unsent")).url == reverse("home")
        assert "unsent" not in working.session

    def test_forms_of_other_sites_and_passwords_are_not_kept(self, working):
        request = RequestFactory().post("/clinic/x/", {"a": "b"}, headers={"Origin": "https://evil.example"})
        own = RequestFactory().post("/account/password/change/", {"oldpassword": PHRASE})

        assert unsent.from_request(request, "/") is None
        assert unsent.from_request(own, "/") is None
