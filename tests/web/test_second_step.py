"""Staff and operators need a second step, passed in the session they work in; the operator's admin stands behind it."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.core.cache import cache
from django.test import Client, RequestFactory
from django.urls import reverse

from reable.web.accounts import second_factor
from reable.web.accounts.models import User
from reable.web.accounts.operator_site import OperatorSite
from reable.web.accounts.services import add_user
from tests.web.people import make_clinic
from tests.web.signing_in import (
    CODE,
    CONFIRM,
    LOGIN,
    PHRASE,
    SECRET,
    by_password,
    code_in,
    code_now,
    is_signed_in,
    make_therapist_user,
)

pytestmark = pytest.mark.django_db


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


class TestSecondStep:
    def test_a_password_alone_does_not_sign_in_whoever_has_one(self, client, therapist):
        TOTP.activate(therapist, SECRET)

        answer = by_password(client)

        assert answer.url == reverse("mfa_authenticate")
        assert not is_signed_in(client)
        assert client.get(reverse("accounts:index")).status_code == 302

    def test_the_code_of_the_app_signs_in_and_a_wrong_one_does_not(self, client, therapist, real):
        TOTP.activate(therapist, SECRET)
        by_password(client)

        wrong = client.post(reverse("mfa_authenticate"), {"code": "000000"})
        right = client.post(reverse("mfa_authenticate"), {"code": code_now()})

        assert wrong.status_code == 422
        assert right.status_code == 302
        assert client.get(reverse("accounts:index")).status_code == 200

    def test_a_code_by_mail_is_not_enough_either(self, client, therapist, mailoutbox):
        TOTP.activate(therapist, SECRET)
        client.post(CODE, {"email": "ada@example.org"})

        answer = client.post(CONFIRM, {"code": code_in(mailoutbox[0])})

        assert answer.url == reverse("mfa_authenticate")
        assert not is_signed_in(client)

    def test_a_recovery_code_works_once(self, client, therapist, real):
        TOTP.activate(therapist, SECRET)
        code = RecoveryCodes.activate(therapist).get_unused_codes()[0]
        for answer in (302, 422):
            browser = Client()
            by_password(browser)
            assert browser.post(reverse("mfa_authenticate"), {"code": code}).status_code == answer

    def test_what_the_database_holds_opens_nothing(self, therapist):
        TOTP.activate(therapist, SECRET)
        codes = RecoveryCodes.activate(therapist).get_unused_codes()

        held = str(list(Authenticator.objects.values_list("data", flat=True)))

        assert SECRET not in held
        assert not [code for code in codes if code in held]

    def test_staff_without_one_are_led_to_its_set_up_from_everywhere(self, client, therapist, real):
        by_password(client)

        for path in ("/", "/home/", "/account/", "/account/carers/", "/tap/"):
            answer = client.get(path)
            assert (answer.status_code, answer.url) == (302, reverse("accounts:second_factor"))

    def test_set_up_leaving_and_help_stay_open(self, client, therapist, real):
        by_password(client)

        for path in ("/account/second-step/", "/account/2fa/", "/account/logout/", "/help/en/", "/health/live/"):
            assert client.get(path).status_code == 200
        assert client.post("/language/", {"language": "es"}).status_code == 302
        assert client.post("/account/logout/").status_code == 302

    @pytest.mark.django_db(transaction=True)  # allauth notes it once it is committed
    def test_setting_up_an_app_asks_for_the_password_again_and_opens_the_rest(self, client, therapist, real):
        by_password(client)

        asked = client.get(reverse("mfa_activate_totp"))
        client.post(asked.url, {"password": PHRASE})
        page = client.get(reverse("mfa_activate_totp"))
        secret = page.context["page"].secret.replace(" ", "")
        done = client.post(reverse("mfa_activate_totp"), {"code": code_now(secret)})

        assert reverse("account_reauthenticate") in asked.url
        assert done.url == reverse("mfa_view_recovery_codes")
        assert client.get(reverse("accounts:index")).status_code == 200

    def test_patients_need_none(self, client, real):
        client.force_login(add_user("rosa@example.org", "Rosa"))

        assert client.get(reverse("accounts:index")).status_code == 200

    def test_operators_need_one(self, client, real):
        User.objects.create_superuser("op@example.org", PHRASE)

        by_password(client, "op@example.org")

        assert client.get("/").url == reverse("accounts:second_factor")

    def test_a_session_from_before_the_set_up_elsewhere_has_to_sign_in_again(self, client, therapist, real):
        by_password(client)  # somebody with a stolen password
        TOTP.activate(therapist, SECRET)  # the owner, on another device

        answer = client.get(reverse("accounts:index"))

        assert answer.url.startswith(LOGIN)
        assert not is_signed_in(client)

    def test_whoever_removes_the_last_one_is_led_to_the_set_up_again(self, client, therapist, real):
        TOTP.activate(therapist, SECRET)
        by_password(client)
        client.post(reverse("mfa_authenticate"), {"code": code_now()})
        cache.clear()  # the same code within half a minute

        asked = client.get(reverse("mfa_deactivate_totp"))
        client.post(reverse("account_reauthenticate"), {"password": PHRASE})
        removed = client.post(reverse("mfa_deactivate_totp"))

        assert asked.status_code == removed.status_code == 302
        assert not Authenticator.objects.exists()
        assert client.get("/").url == reverse("accounts:second_factor")

    def test_in_the_demo_none_is_needed_and_the_page_says_why(self, client, therapist):
        client.force_login(therapist)

        page = client.get(reverse("accounts:index"))

        assert "In a real clinic everybody who works there needs a passkey" in page.content.decode()


class TestOperatorSite:
    def request(self, client, path="/operator/"):
        request = RequestFactory().get(path)
        request.session, request.user = client.session, User.objects.filter(id=client.session["_auth_user_id"]).first()
        return request

    def test_an_operator_enters_after_the_second_step_only(self, client, real):
        operator = User.objects.create_superuser("op@example.org", PHRASE)
        TOTP.activate(operator, SECRET)
        client.force_login(operator)
        before = OperatorSite().has_permission(self.request(client))
        client.logout()

        by_password(client, "op@example.org")
        client.post(reverse("mfa_authenticate"), {"code": code_now()})

        assert not before
        assert OperatorSite().has_permission(self.request(client))

    def test_nobody_else_enters_not_even_after_a_second_step(self, client, therapist, real):
        TOTP.activate(therapist, SECRET)
        User.objects.filter(id=therapist.id).update(is_staff=True)
        by_password(client)
        client.post(reverse("mfa_authenticate"), {"code": code_now()})

        request = self.request(client)

        assert second_factor.passed(request)
        assert not OperatorSite().has_permission(request)

    def test_it_has_no_sign_in_form_of_its_own(self, rf, django_user_model):
        request = rf.get("/operator/login/?next=/operator/")
        request.user = django_user_model()

        request.user.is_superuser = True
        assert OperatorSite().login(request).url.startswith(reverse("accounts:second_factor"))
