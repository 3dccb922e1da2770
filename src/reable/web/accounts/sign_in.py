"""What happens when somebody signs in, signs out, or changes how they sign in."""

from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.account.signals import authentication_step_completed, user_logged_in
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed
from django.http import HttpRequest

from reable.web.accounts import second_factor, unsent
from reable.web.accounts.models import User
from reable.web.accounts.selectors import factors_of
from reable.web.accounts.services.people import link_patients_on_sign_in, prove_address


def connect() -> None:
    """Listen to allauth."""
    authentication_step_completed.connect(_step_done, dispatch_uid="reable.step")
    user_logged_in.connect(_signed_in, dispatch_uid="reable.signed_in")
    authenticator_added.connect(_factor_added, dispatch_uid="reable.factor")
    authenticator_removed.connect(_factor_removed, dispatch_uid="reable.factor_gone")


def _step_done(request: HttpRequest, user: User, method: str, **extra: Any) -> None:
    """A code that came by mail was typed in: the address is the user's."""
    if method == "code" and extra.get("email"):
        prove_address(user, extra["email"])


def _signed_in(request: HttpRequest, user: User, **extra: Any) -> None:
    """All steps are done: who came by a code sees their visits; what somebody else left unsent is dropped."""
    if any(record.get("method") == "code" for record in get_authentication_records(request, user)):
        link_patients_on_sign_in(user)
    unsent.drop_of_others(request)


def _factor_added(request: HttpRequest, authenticator: Authenticator, **extra: Any) -> None:
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        second_factor.note_added(request, authenticator)


def _factor_removed(request: HttpRequest, user: User, **extra: Any) -> None:
    if not factors_of(user.pk).any:
        second_factor.note_gone(request)
