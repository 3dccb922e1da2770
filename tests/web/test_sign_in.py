"""Signing in by code and by password, the pages of it, too many tries, and the demo's accounts."""

import re
from dataclasses import is_dataclass

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from reable.web.accounts.models import User
from reable.web.accounts.selectors import demo_accounts
from reable.web.accounts.services import add_user
from reable.web.records.models import Clinic
from reable.web.records.selectors.actors import CLINIC
from tests.web.people import make_clinic, make_patient, visitor
from tests.web.signing_in import (
    ANOTHER,
    CODE,
    CONFIRM,
    LOGIN,
    PHRASE,
    WRONG,
    by_password,
    code_in,
    is_signed_in,
    make_therapist_user,
)

pytestmark = pytest.mark.django_db
IDS = re.compile(r'\bid="([^"]+)"')


@pytest.fixture(autouse=True)
def _fresh_limits():
    cache.clear()


@pytest.fixture
def real(settings):
    """A real clinic, not the demo."""
    settings.DEMO = False


@pytest.fixture
def clinic():
    return make_clinic(is_demo=True)


@pytest.fixture
def therapist(clinic):
    return make_therapist_user(clinic)


class TestPages:
    ANYBODY = (
        "account_login",
        "account_request_login_code",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key_done",
        "account_signup",
        "account_inactive",
        "account_email_verification_sent",
    )
    SIGNED_IN = (
        "account_logout",
        "account_email",
        "account_set_password",
        "mfa_index",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_list_webauthn",
        "accounts:index",
        "accounts:carers",
    )

    def is_ours(self, response):
        html = response.content.decode()
        assert response.status_code == 200
        assert is_dataclass(response.context["page"])
        assert "re-header" in html
        assert html.count("<h1") == 1
        ids = IDS.findall(html)
        assert len(ids) == len(set(ids))
        assert "style=" not in html
        assert " onclick" not in html
        assert not re.search(r"<script(?![^>]*src=)", html)
        assert "{{" not in html

    @pytest.mark.parametrize("name", ANYBODY)
    @pytest.mark.parametrize("language", ["en", "es"])
    def test_pages_for_anybody_look_like_ours(self, client, name, language):
        client.cookies["django_language"] = language

        self.is_ours(client.get(reverse(name)))

    @pytest.mark.parametrize("name", SIGNED_IN)
    def test_pages_of_an_account_look_like_ours(self, client, name):
        client.force_login(add_user("rosa@example.org", "Rosa"))

        self.is_ours(client.get(reverse(name)))

    def test_dead_links_look_like_ours(self, client):
        for path in ("/account/confirm-email/wrong/", "/account/password/reset/key/1-wrong/"):
            self.is_ours(client.get(path))

    def test_pages_hold_one_frozen_value_and_nothing_else(self, client):
        response = client.get(LOGIN)

        assert set(response.context_data) - {"view"} == {"page"}
        with pytest.raises(AttributeError):
            response.context_data["page"].title = "another"

    def test_nobody_signs_up_by_themselves(self, client):
        client.post("/account/signup/", {"email": "new@example.org", "password1": PHRASE})

        assert not User.objects.exists()

    def test_a_wrong_form_answers_422_and_says_what_to_do(self, client):
        response = by_password(client, "nobody@example.org")

        assert response.status_code == 422
        html = response.content.decode()
        assert "<title>Error: Sign in" in html
        assert 'href="#login"' in html
        assert "nobody@example.org" in html
        assert PHRASE not in html

    def test_password_managers_and_pasting_are_welcome(self, client):
        html = client.get(LOGIN).content.decode()

        for kind in ("username", "current-password", "email"):
            assert f'autocomplete="{kind}"' in html
        assert html.index("Send me a code") < html.index("Sign in with a passkey") < html.index("current-password")

    def test_session_cookies_cannot_be_read_by_scripts_nor_sent_by_other_sites(self, client, therapist):
        cookie = by_password(client).cookies["sessionid"]

        assert cookie["httponly"]
        assert cookie["samesite"] == "Lax"
        assert cookie["max-age"] == ""  # staff are signed out when the browser closes


class TestCodeByMail:
    def ask(self, client, email):
        return client.post(CODE, {"email": email}, follow=True)

    def test_a_patient_without_a_password_signs_in_and_sees_their_visits(self, client, clinic, mailoutbox):
        patient = make_patient(clinic, email="rosa@example.org")

        self.ask(client, "Rosa@Example.org")
        answer = client.post(CONFIRM, {"code": code_in(mailoutbox[0]).replace("-", " ")})

        patient.refresh_from_db()
        assert answer.status_code == 302
        assert patient.user.email == "rosa@example.org"
        assert EmailAddress.objects.get(user=patient.user).verified
        assert client.get(reverse("accounts:index")).wsgi_request.actor.patient_ids == {patient.id}

    def test_an_unknown_address_gets_the_same_page_and_no_code(self, client, clinic, mailoutbox):
        make_patient(clinic, email="rosa@example.org")

        pages = [self.ask(Client(), email) for email in ("rosa@example.org", "nobody@example.org")]

        texts = [re.sub(r'value="[^"]+"', "", page.content.decode()) for page in pages]
        assert texts[0].replace("rosa@", "nobody@") == texts[1]
        assert [bool(re.search(r"\d{4}-\d{4}", mail.body)) for mail in mailoutbox] == [True, False]
        assert not User.objects.filter(email="nobody@example.org").exists()

    def test_no_code_is_right_for_an_unknown_address(self, client):
        self.ask(client, "nobody@example.org")

        for code in ("", "0000-0000", "None"):
            assert client.post(CONFIRM, {"code": code}).status_code == 422
        assert not is_signed_in(client)

    def test_five_wrong_codes_end_it(self, client, mailoutbox):
        add_user("rosa@example.org", "Rosa")
        self.ask(client, "rosa@example.org")
        right = code_in(mailoutbox[0])
        wrong = "0000-0000" if right != "0000-0000" else "1111-1111"

        answers = [client.post(CONFIRM, {"code": wrong}).status_code for _ in range(5)]
        client.post(CONFIRM, {"code": right})

        assert answers == [422, 422, 422, 422, 302]
        assert not is_signed_in(client)

    def test_a_code_of_one_browser_is_of_no_use_in_another(self, client, mailoutbox):
        add_user("rosa@example.org", "Rosa")
        self.ask(client, "rosa@example.org")
        other = Client()

        other.post(CONFIRM, {"code": code_in(mailoutbox[0])})

        assert not is_signed_in(other)

    def test_codes_cannot_be_asked_for_without_end(self, client):
        add_user("rosa@example.org", "Rosa")

        answers = [client.post(CODE, {"email": "rosa@example.org"}).status_code for _ in range(2)]
        client.post("/account/logout/")
        more = [Client().post(CODE, {"email": "rosa@example.org"}).status_code for _ in range(3)]

        assert answers[0] == 302
        assert more[-1] == 422

    def test_a_closed_account_gets_no_code(self, client, mailoutbox):
        user = add_user("rosa@example.org", "Rosa")
        User.objects.filter(id=user.id).update(is_active=False)

        self.ask(client, "rosa@example.org")

        assert not re.search(r"\d{4}-\d{4}", mailoutbox[0].body)

    def test_the_session_gets_a_new_key_and_keeps_what_was_told_before(self, client, mailoutbox):
        add_user("rosa@example.org", "Rosa")
        _actor, inquiry_id = visitor()
        session = client.session
        session["inquiries"] = [str(inquiry_id)]
        session.save()
        before = session.session_key

        self.ask(client, "rosa@example.org")
        client.post(CONFIRM, {"code": code_in(mailoutbox[0])})

        assert client.session.session_key != before
        assert client.session["inquiries"] == [str(inquiry_id)]

    def test_one_comes_back_to_the_page_one_wanted_but_never_to_another_site(self, client, mailoutbox):
        add_user("rosa@example.org", "Rosa")
        for next_, expected in (("/account/carers/", "/account/carers/"), ("https://evil.example/", reverse("home"))):
            cache.clear()
            browser = Client()
            asked = browser.post(CODE, {"email": "rosa@example.org", "next": next_})
            done = browser.post(asked.url, {"code": code_in(mailoutbox[-1]), "next": next_})
            assert done.url == expected


class TestTooManyTries:
    @pytest.fixture
    def guarded(self, settings):
        settings.AXES_ENABLED = True
        settings.ACCOUNT_RATE_LIMITS = {"login_failed": "100/m/ip"}

    def test_eight_wrong_passwords_lock_the_account_for_this_place_with_our_page(self, client, therapist, guarded):
        answers = [by_password(client, password=WRONG) for _ in range(9)]
        locked = by_password(client)

        assert [answer.status_code for answer in answers[:7]] == [422] * 7
        assert locked.status_code == 429
        assert "We wait 15 minutes" in locked.content.decode()
        assert "re-header" in locked.content.decode()
        assert not is_signed_in(client)

    def test_an_unknown_account_is_locked_just_the_same(self, client, guarded):
        answers = [by_password(client, "nobody@example.org").status_code for _ in range(9)]

        assert answers[-1] == 429

    def test_allauth_slows_down_before_that(self, client, therapist):
        answers = [by_password(client, password=WRONG) for _ in range(6)]

        assert "tried too often" in answers[-1].content.decode()
        assert by_password(client).status_code == 422

    def test_too_many_requests_get_our_page(self, client, settings):
        settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}

        answers = [by_password(client, "nobody@example.org") for _ in range(2)]

        assert answers[-1].status_code == 429
        assert "re-header" in answers[-1].content.decode()


class TestDemo:
    def test_the_page_lists_who_one_can_be_and_one_button_signs_in(self, client, clinic, therapist):
        patient = make_patient(clinic, user=add_user("rosa@example.org", "Rosa Example"))

        page = client.get(LOGIN).content.decode()
        answer = client.post(reverse("accounts:demo_sign_in"), {"person": therapist.id, "clinic": clinic.id})

        assert f"Sign in as {therapist.name}" in page
        assert "Physical therapist" in page
        assert f"Sign in as {patient.name}" in page
        assert answer.url == reverse("home")
        assert client.session["_auth_user_id"] == str(therapist.id)
        assert client.session[CLINIC] == str(clinic.id)

    def test_outside_the_demo_it_does_not_exist_and_nobody_is_listed(self, client, clinic, therapist, real):
        answers = [
            client.post(reverse("accounts:demo_sign_in"), {"person": therapist.id, "clinic": clinic.id}),
            client.get(reverse("accounts:demo_sign_in")),
        ]

        assert [answer.status_code for answer in answers] == [404, 404]
        assert not is_signed_in(client)
        assert "Sign in as" not in client.get(LOGIN).content.decode()

    def test_accounts_of_real_clinics_and_operators_are_never_among_them(self, client, clinic, therapist):
        Clinic.objects.update(is_demo=False)
        operator = User.objects.create_superuser("op@example.org", PHRASE)

        assert demo_accounts() == ()
        for person in (therapist.id, operator.id, "no-id", ""):
            answer = client.post(reverse("accounts:demo_sign_in"), {"person": person, "clinic": clinic.id})
            assert answer.status_code == 404
        assert not is_signed_in(client)

    def test_it_needs_a_post(self, client):
        assert client.get(reverse("accounts:demo_sign_in")).status_code == 405


def test_a_password_reset_tells_nobody_whether_there_is_an_account(client, therapist, mailoutbox):
    pages = [client.post("/account/password/reset/", {"email": one}) for one in ("ada@example.org", "no@example.org")]

    assert pages[0].url == pages[1].url
    link = re.search(r"http://testserver(\S+)", mailoutbox[0].body).group(1)
    form = client.get(link, follow=True)
    done = client.post(form.request["PATH_INFO"], {"password1": ANOTHER, "password2": ANOTHER})
    assert done.status_code == 302
    assert by_password(client, password=ANOTHER).status_code == 302
    assert client.get(link).status_code == 200  # used: our page of dead links


def test_a_new_address_counts_once_its_mail_was_read(client, mailoutbox):
    user = add_user("rosa@example.org", "Rosa", proven=True)
    client.force_login(user)

    client.post("/account/email/", {"email": "new@example.org", "action_add": "1"})
    before = User.objects.get().email
    client.post(re.search(r"http://testserver(\S+)", mailoutbox[0].body).group(1))

    assert (before, User.objects.get().email) == ("rosa@example.org", "new@example.org")
