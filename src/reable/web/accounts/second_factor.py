"""Whether this very session passed a second step: having one set up somewhere is not enough.

A session that began with a stolen password stays without, even when the owner then sets up a second step elsewhere.
"""

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from django.http import HttpRequest

_GONE = "second_factor_gone"  # key of the session: the last one was removed in it


def passed(request: HttpRequest) -> bool:
    """Test if who is signed in used a passkey, an app's code or a recovery code in this session, or set one up."""
    if not request.user.is_authenticated or _GONE in request.session:
        return False
    records = get_authentication_records(request, request.user)
    return any(record.get("method") == "mfa" for record in records)


def note_added(request: HttpRequest, authenticator: Authenticator) -> None:
    """Note that a second step was set up in this session: whoever did it showed just now that they have it."""
    request.session.pop(_GONE, None)
    shown = {"id": authenticator.pk, "type": authenticator.type, "reauthenticated": True}
    record_authentication(request, request.user, method="mfa", **shown)


def note_gone(request: HttpRequest) -> None:
    """Note that the last second step was removed: what was passed before counts no more."""
    request.session[_GONE] = True
