"""How allauth is bent to Reable: nobody signs up by themselves; secrets of second steps are kept encrypted."""

from base64 import urlsafe_b64encode
from hashlib import sha256
from io import BytesIO
from typing import Any

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.http import HttpRequest
from django.utils.encoding import force_bytes
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class InvitedOnly(DefaultAccountAdapter):  # type: ignore[misc]
    """Close the sign-up page; say in plain words what went wrong."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": gettext_lazy("The e-mail address and the password do not fit together."),
        "incorrect_code": gettext_lazy("This code is not right. Look at the newest e-mail from us."),
        "incorrect_password": gettext_lazy("This password is not right."),
        "enter_current_password": gettext_lazy("This is not your password of now."),
        "too_many_login_attempts": gettext_lazy("That was tried too often. Please wait a few minutes."),
        "rate_limited": gettext_lazy("That was tried too often. Please wait a few minutes."),
        "duplicate_email": gettext_lazy("This is your address already."),
        "invalid_password_reset": gettext_lazy("This link does not work any more."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Say no: an account begins with an invitation or a booking."""
        return False

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Offer a passkey first: nothing has to be remembered or typed for it."""
        methods: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        return sorted(methods, key=lambda method: not method["id"].endswith(":webauthn"))

    def save_user(self, request: HttpRequest, user: Any, form: Any, commit: bool = True) -> Any:
        """Refuse as well, should a form get this far."""
        raise PermissionError("Nobody signs up by themselves: staff are invited, patients come by a booking.")


class SecondStep(DefaultMFAAdapter):  # type: ignore[misc]
    """Keep keys and recovery codes unreadable in the database; name and draw things our way."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": gettext_lazy("That did not work. Try again, or use another way."),
    }

    def encrypt(self, text: str) -> str:
        """Encrypt with the key of this server."""
        return _keys().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Decrypt with the key of this server, or with one it had before."""
        return _keys().decrypt(encrypted_text.encode()).decode()

    def build_totp_svg(self, url: str) -> str:
        """Draw the square code that an app reads."""
        drawn = BytesIO()
        segno.make(url, error="m").save(drawn, kind="svg", scale=5, border=2, light="#fff", xmldecl=False)
        return drawn.getvalue().decode()

    def generate_authenticator_name(self, user: Any, type: Any) -> str:  # noqa: A002 - the word of allauth
        """Name a passkey by its number."""
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return _("Passkey %(number)d") % {"number": number}

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Name this site as the browser shows it when a passkey is made."""
        return {**super().get_public_key_credential_rp_entity(), "name": "Reable"}


def client_address(request: HttpRequest) -> str:
    """Give the network address of who asks, behind as many proxies as ALLAUTH_TRUSTED_PROXY_COUNT says."""
    return str(InvitedOnly(request).get_client_ip(request))


def _keys() -> MultiFernet:
    secrets = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return MultiFernet(
        [Fernet(urlsafe_b64encode(sha256(b"reable.second-step:" + force_bytes(secret)).digest())) for secret in secrets]
    )
