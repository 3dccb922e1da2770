"""What the tests of signing in share: a therapist with a password, and short ways to sign in."""

import re
from typing import Any

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.test import Client

from reable.web.accounts.models import User
from reable.web.records.models import Clinic
from tests.web.people import make_member

PHRASE, WRONG, ANOTHER, SECRET = "a long enough phrase", "a wrong phrase", "another long phrase", "JBSWY3DPEHPK3PXP"
LOGIN, CODE, CONFIRM = "/account/login/", "/account/login/code/", "/account/login/code/confirm/"


def make_therapist_user(clinic: Clinic) -> User:
    """Give a therapist who can sign in with PHRASE."""
    return User.objects.get(id=make_member(clinic, "pt", email="ada@example.org", password=PHRASE).user_id)


def code_now(secret: str = SECRET) -> str:
    """Give what an app shows."""
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def by_password(client: Client, email: str = "ada@example.org", password: str = PHRASE, **more: str) -> Any:
    return client.post(LOGIN, {"login": email, "password": password, **more})


def code_in(mail: Any) -> str:
    return re.search(r"^(\d{4}-\d{4})$", mail.body, re.MULTILINE).group(1)


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session
