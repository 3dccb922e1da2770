"""In a real browser: passkeys, and the automatic sign-out that loses nothing of what was typed."""

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import include, path

from reable.web import urls
from reable.web.accounts.models import User
from reable.web.accounts.services import add_user, grant_carer
from reable.web.accounts.services.carers import PATIENTS_WORD
from reable.web.records.actor import Actor, ActorKind
from tests.web.people import make_clinic, make_member, make_patient
from tests.web.signing_in import CODE, LOGIN, PHRASE, code_in, make_therapist_user
from tests.web.walker import must_be_accessible

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.urls(__name__)]

NOTE = """{% extends "accounts/base.html" %}{% block main %}<h1>A note</h1>
<form method="post">{% csrf_token %}
<label for="note">Note</label><textarea id="note" name="note"></textarea>
<label for="more">More</label><input id="more" name="more">
<label><input type="radio" name="side" value="left"> Left</label>
<label><input type="radio" name="side" value="right"> Right</label>
<button>Save</button></form>{% endblock %}"""


def note(request: HttpRequest) -> HttpResponse:
    """A page of a clinic, with a form that takes a while to fill in; it shows what it was sent."""
    if request.method == "POST":
        sent = "{{ note }}, {{ more }}, {{ side }}"
        main = '{% extends "accounts/base.html" %}{% block main %}<h1>Saved</h1><p>' + sent + "</p>{% endblock %}"
        return HttpResponse(engines["django"].from_string(main).render(request.POST.dict(), request))
    return HttpResponse(engines["django"].from_string(NOTE).render({}, request))


handler404, handler403, handler500 = urls.handler404, urls.handler403, urls.handler500
urlpatterns = [path("note/", note), path("", include(urls.urlpatterns))]


@pytest.fixture(autouse=True)
def _fresh_limits():
    cache.clear()


@pytest.fixture
def clinic():
    return make_clinic(is_demo=True)


@pytest.fixture
def therapist(clinic):
    return make_therapist_user(clinic)


@pytest.fixture
def phone(page):
    """A phone that makes and opens passkeys when asked; `phone(False)` is a finger that it does not know."""
    protocol = page.context.new_cdp_session(page)
    protocol.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    options |= {"isUserVerified": True, "automaticPresenceSimulation": True}
    made = protocol.send("WebAuthn.addVirtualAuthenticator", {"options": options})

    def verifies(known):
        known = {"authenticatorId": made["authenticatorId"], "isUserVerified": known}
        protocol.send("WebAuthn.setUserVerified", known)

    return verifies


def enters_password(page, live_server, email="ada@example.org"):
    page.goto(live_server.url + LOGIN)
    page.get_by_text("Sign in with a password", exact=True).click()
    form = page.locator("details")
    form.get_by_label("Your e-mail address").fill(email)
    form.get_by_label("Your password").fill(PHRASE)
    form.get_by_role("button", name="Sign in").click()


def makes_passkey(page):
    page.get_by_label("Name of this passkey").fill("My phone")
    page.get_by_role("button", name="Make a passkey").click()
    page.wait_for_url("**/recovery-codes/")


def heading(page):
    return page.locator("h1").inner_text()


class TestPasskeys:
    def test_a_new_therapist_makes_one_and_signs_in_with_it_alone(self, page, live_server, settings, phone, therapist):
        settings.DEMO = False
        enters_password(page, live_server)
        assert heading(page) == "Protect this account"
        must_be_accessible(page)

        page.get_by_role("button", name="Make a passkey").click()
        page.get_by_label("Your password").fill(PHRASE)
        page.get_by_role("button", name="Go on").click()
        makes_passkey(page)
        assert heading(page) == "Your recovery codes"

        page.context.clear_cookies()
        page.goto(live_server.url + "/account/")
        page.get_by_role("button", name="Sign in with a passkey").click()
        page.wait_for_url(live_server.url + "/account/")
        assert "ada@example.org" in page.locator("main").inner_text()

    def test_it_is_the_second_step_after_a_password(self, page, live_server, settings, phone, therapist):
        settings.DEMO = False
        enters_password(page, live_server)
        page.get_by_role("button", name="Make a passkey").click()
        page.get_by_label("Your password").fill(PHRASE)
        page.get_by_role("button", name="Go on").click()
        makes_passkey(page)
        page.context.clear_cookies()

        enters_password(page, live_server)
        assert heading(page) == "One more step"
        page.goto(live_server.url + "/account/")
        assert heading(page) == "One more step"  # not signed in yet
        page.get_by_role("button", name="Use your passkey").click()

        page.wait_for_url(re.compile(r"^(?!.*authenticate).*$"))
        page.goto(live_server.url + "/account/")
        assert heading(page) == "Your account"

    def test_a_patient_who_came_by_a_code_makes_one_without_any_password(
        self, page, live_server, phone, clinic, mailoutbox
    ):
        make_patient(clinic, email="rosa@example.org")
        page.goto(live_server.url + CODE)
        page.get_by_label("Your e-mail address").fill("rosa@example.org")
        page.get_by_role("button", name="Send me a code").click()
        page.get_by_label("Your code").fill(code_in(mailoutbox[0]))
        page.get_by_role("button", name="Sign in").click()

        page.goto(live_server.url + "/account/2fa/webauthn/add/")
        makes_passkey(page)

        assert Authenticator.objects.get(type="webauthn").user.email == "rosa@example.org"

    def test_a_finger_that_is_not_known_gets_a_plain_word_and_another_way(self, page, live_server, phone, therapist):
        page.goto(live_server.url + LOGIN)
        phone(False)
        page.get_by_role("button", name="Sign in with a passkey").click()

        page.get_by_text("The passkey did not work. Try again, or use another way.").wait_for()
        assert page.get_by_role("button", name="Send me a code").is_visible()

    def test_without_scripts_a_code_signs_in_and_no_dead_button_is_shown(
        self, browser, live_server, clinic, mailoutbox
    ):
        add_user("rosa@example.org", "Rosa")
        context = browser.new_context(java_script_enabled=False)
        page = context.new_page()
        page.goto(live_server.url + "/account/")

        assert page.get_by_role("button", name="Sign in with a passkey").count() == 0
        page.get_by_label("Your e-mail address").first.fill("rosa@example.org")
        page.get_by_role("button", name="Send me a code").click()
        page.get_by_label("Your code").fill(code_in(mailoutbox[0]))
        page.get_by_role("button", name="Sign in").click()

        assert page.url == live_server.url + "/account/"
        context.close()

    def test_the_keyboard_is_enough(self, page, live_server, mailoutbox):
        add_user("rosa@example.org", "Rosa")
        page.goto(live_server.url + CODE)
        page.get_by_label("Your e-mail address").focus()
        page.keyboard.type("rosa@example.org")
        with page.expect_navigation():
            page.keyboard.press("Enter")
        page.get_by_label("Your code").focus()
        page.keyboard.type(code_in(mailoutbox[0]))
        with page.expect_navigation():
            page.keyboard.press("Enter")

        page.goto(live_server.url + "/account/")
        assert heading(page) == "Your account"


class TestAutomaticSignOut:
    @pytest.fixture
    def seconds(self, page, live_server, therapist):
        """How long nobody may be there: four seconds instead of fifteen minutes, more where pages are slow."""
        page.goto(live_server.url + LOGIN)
        began = time.monotonic()
        page.goto(live_server.url + LOGIN)
        return max(4, 12 * (time.monotonic() - began))

    @pytest.fixture
    def working(self, page, live_server, settings, seconds, therapist):
        """Somebody at work on a note."""
        settings.STAFF_IDLE_MINUTES = seconds / 60
        self.signs_in(page, live_server, therapist)
        page.goto(live_server.url + "/note/")
        return page

    def types_on(self, page, seconds):
        """Type a word now and then, for longer than nobody may be there."""
        until = time.monotonic() + 1.2 * seconds
        while time.monotonic() < until:
            page.get_by_label("Note").press_sequentially("word ", delay=20)
            page.wait_for_timeout(500)

    def stops_the_clock(self, page):
        page.evaluate("for (let id = 1; id < 999; id++) clearInterval(id)")

    def signs_in(self, page, live_server, user):
        if not page.url.startswith(live_server.url + LOGIN):
            page.goto(live_server.url + LOGIN)
        page.get_by_role("button", name=f"Sign in as {user.name}").click()

    def test_what_was_typed_is_there_after_signing_in_again(self, working, live_server, therapist):
        working.get_by_label("Note").fill("half a sentence")
        working.get_by_label("More").fill("and a word")
        working.get_by_label("Right").check()

        working.wait_for_url("**/account/login/**")
        assert "We signed you out" in working.locator("main").inner_text()
        self.signs_in(working, live_server, therapist)

        assert working.url == live_server.url + "/note/"
        assert working.get_by_label("Note").input_value() == "half a sentence"
        assert working.get_by_label("More").input_value() == "and a word"
        assert working.get_by_label("Right").is_checked()
        assert "We put back what you had typed." in working.locator("main").inner_text()

    def test_somebody_else_in_the_same_tab_does_not_see_it(self, working, live_server, clinic):
        working.get_by_label("Note").fill("about a patient")
        other = User.objects.get(id=make_member(clinic, "ot", email="eve@example.org").user_id)
        User.objects.filter(id=other.id).update(name="Eve")
        other.refresh_from_db()

        working.wait_for_url("**/account/login/**")
        self.signs_in(working, live_server, other)

        assert working.url == live_server.url + "/note/"
        assert working.get_by_label("Note").input_value() == ""
        assert "about a patient" not in working.evaluate("JSON.stringify(sessionStorage)")

    def test_a_warning_comes_first_and_one_button_stays(self, working, seconds):
        working.get_by_role("alertdialog", name="Are you still there?").wait_for()

        working.get_by_role("button", name="Stay signed in").click()
        working.wait_for_timeout(600 * seconds)

        assert working.url.endswith("/note/")
        working.wait_for_url("**/account/login/**")  # and the next time nobody is there

    def test_the_warning_is_accessible(self, working):
        working.get_by_role("alertdialog", name="Are you still there?").wait_for()
        self.stops_the_clock(working)  # looking takes longer than the warning stands

        must_be_accessible(working)

    def test_whoever_types_is_not_signed_out(self, working, seconds):
        self.types_on(working, seconds)

        working.get_by_role("button", name="Save").click()
        assert heading(working) == "Saved"

    def test_another_tab_in_use_keeps_this_one(self, working, live_server, seconds):
        second = working.context.new_page()
        second.goto(live_server.url + "/note/")
        self.types_on(second, seconds)

        assert working.url.endswith("/note/")
        assert second.url.endswith("/note/")

    def test_a_form_sent_after_the_sign_out_is_kept_and_sent_by_hand(self, working, live_server, seconds, therapist):
        working.get_by_label("Note").fill("half a sentence")
        working.get_by_label("Left").check()
        self.stops_the_clock(working)  # a computer that slept
        working.wait_for_timeout(1375 * seconds)

        working.get_by_role("button", name="Save").click()
        self.signs_in(working, live_server, therapist)
        assert heading(working) == "Your last form was not sent"
        working.get_by_role("button", name="Send it now").click()

        assert heading(working) == "Saved"
        assert "half a sentence, , left" in working.locator("main").inner_text()

    def test_a_draft_that_was_left_by_choice_is_not_put_back(self, working, live_server):
        working.get_by_label("Right").check()
        working.goto(live_server.url + "/account/")
        working.goto(live_server.url + "/note/")

        assert not working.get_by_label("Right").is_checked()

    def test_patients_are_never_warned(self, page, live_server, settings, clinic):
        settings.STAFF_IDLE_MINUTES = 1 / 60
        patient = make_patient(clinic, user=add_user("rosa@example.org", "Rosa Example"))
        self.signs_in(page, live_server, patient.user)
        page.goto(live_server.url + "/account/")
        page.wait_for_timeout(2500)

        assert page.locator("dialog").count() == 0
        page.reload()
        assert heading(page) == "Your account"


@pytest.mark.parametrize(("width", "height"), [(390, 844), (1280, 800)], ids=["phone", "desktop"])
def test_every_page_is_accessible(page, live_server, phone, clinic, mailoutbox, width, height):
    page.set_viewport_size({"width": width, "height": height})
    patient = make_patient(clinic, user=add_user("rosa@example.org", "Rosa Example"))
    actor = Actor(kind=ActorKind.PATIENT, user_id=patient.user_id)
    carer = grant_carer(actor, patient.id, "luis@example.org", "child", PATIENTS_WORD, True)

    def looks(*paths):
        for one in paths:
            page.goto(live_server.url + one)
            must_be_accessible(page)

    looks(LOGIN, LOGIN + "?idle=1", CODE, "/account/password/reset/", "/account/signup/", "/account/invitation/x/")
    page.goto(live_server.url + CODE)
    page.get_by_role("button", name="Send me a code").click()
    must_be_accessible(page)
    page.get_by_label("Your e-mail address").fill("rosa@example.org")
    page.get_by_role("button", name="Send me a code").click()
    must_be_accessible(page)
    page.get_by_label("Your code").fill(code_in(mailoutbox[-1]))
    page.get_by_role("button", name="Sign in").click()
    looks("/account/", "/account/carers/", "/account/carers/add/", f"/account/carers/{carer.id}/end/")
    looks("/account/email/", "/account/password/set/", "/account/logout/")
    looks("/account/2fa/totp/activate/", "/account/2fa/webauthn/add/")
    makes_passkey(page)
    must_be_accessible(page)
    looks("/account/2fa/", "/account/2fa/webauthn/")
