"""How allauth is bent to Reable: nobody signs up by themselves; staff are invited, patients come by a booking."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class InvitedOnly(DefaultAccountAdapter):  # type: ignore[misc]
    """Close the sign-up page."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Say no: an account begins with an invitation or a booking."""
        return False

    def save_user(self, request: HttpRequest, user: Any, form: Any, commit: bool = True) -> Any:
        """Refuse as well, should a form get this far."""
        raise PermissionError("Nobody signs up by themselves: staff are invited, patients come by a booking.")
