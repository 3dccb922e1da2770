"""The forms of accounts: allauth's, with our words and through our components; and those of invitations and carers."""

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as second
from allauth.mfa.recovery_codes.forms import GenerateRecoveryCodesForm
from allauth.mfa.totp.forms import ActivateTOTPForm, DeactivateTOTPForm
from allauth.mfa.webauthn import forms as keys
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from reable.web.accounts.models import User
from reable.web.accounts.services.people import user_for_code
from reable.web.ui.forms import QuestionForm, QuestionMixin

RELATIONS = (
    ("partner", _("My partner")),
    ("parent", _("My mother or father")),
    ("child", _("My son or daughter")),
    ("relative", _("Someone else in my family")),
    ("friend", _("A friend or neighbor")),
    ("care_worker", _("A paid helper")),
    ("other", _("Someone else")),
)
_LONG_ENOUGH = _("At least 12 letters, numbers or signs. A few words in a row are fine.")


_NO_ADDRESS = _("Write an e-mail address, such as name@example.com.")
_MISSING = {
    "login": _("Write your e-mail address."),
    "email": _("Write the e-mail address."),
    "password": _("Write your password."),
    "oldpassword": _("Write your password of now."),
    "password1": _("Write a new password."),
    "password2": _("Write the same password again."),
    "code": _("Write the code."),
}


class _Ours(QuestionMixin):
    """Renders through our components; the page has an h1 of its own."""

    one_thing = False


class _Words(forms.BaseForm):
    """Our words; no text in a field takes the place of its label. It comes before QuestionMixin looks at the labels."""

    labels: dict[str, Any] = {}
    hints: dict[str, Any] = {}
    attributes: dict[str, dict[str, str]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = self.labels.get(name, field.label)
            field.help_text = self.hints.get(name, "")
            field.widget.attrs.update(self.attributes.get(name, {}))
            if name in _MISSING:
                field.error_messages["required"] = _MISSING[name]
            if isinstance(field, forms.EmailField):
                field.error_messages["invalid"] = _NO_ADDRESS


_ADDRESS = {"autocomplete": "email", "inputmode": "email", "autocapitalize": "none", "spellcheck": "false"}
_CODE = {"autocomplete": "one-time-code", "inputmode": "numeric", "class": "nhsuk-input--width-10"}
_NEW_PASSWORDS = {"password1": _("New password"), "password2": _("The same password again")}


class SignInForm(_Ours, _Words, account.LoginForm):  # type: ignore[misc]
    """E-mail address and password."""

    labels = {"login": _("Your e-mail address"), "password": _("Your password")}
    attributes = {"login": {**_ADDRESS, "autocomplete": "username"}}


class AskCodeForm(_Ours, _Words, account.RequestLoginCodeForm):  # type: ignore[misc]
    """Where a code is to be sent."""

    labels = {"email": _("Your e-mail address")}
    hints = {"email": _("We send a code there. You need no password.")}
    attributes = {"email": _ADDRESS}

    def clean_email(self) -> str:
        """Make sure that a patient who booked with this address has a user, before allauth looks for one."""
        user_for_code(self.cleaned_data["email"])
        return str(super().clean_email())


class CodeForm(_Ours, _Words, account.ConfirmLoginCodeForm):  # type: ignore[misc]
    """The code that came by mail."""

    labels = {"code": _("Your code")}
    hints = {"code": _("8 numbers. You can copy it from the e-mail.")}
    attributes = {"code": _CODE}


class AskResetForm(_Ours, _Words, account.ResetPasswordForm):  # type: ignore[misc]
    """Where a link for a new password is to be sent."""

    labels = {"email": _("Your e-mail address")}
    attributes = {"email": _ADDRESS}


class ResetForm(_Ours, _Words, account.ResetPasswordKeyForm):  # type: ignore[misc]
    """A new password, from the link."""

    labels = _NEW_PASSWORDS
    hints = {"password1": _LONG_ENOUGH}


class ChangePasswordForm(_Ours, _Words, account.ChangePasswordForm):  # type: ignore[misc]
    """The password of now, and a new one."""

    labels = {"oldpassword": _("Your password now"), **_NEW_PASSWORDS}
    hints = {"password1": _LONG_ENOUGH}


class SetPasswordForm(_Ours, _Words, account.SetPasswordForm):  # type: ignore[misc]
    """A first password."""

    labels = _NEW_PASSWORDS
    hints = {"password1": _LONG_ENOUGH}


class ChangeEmailForm(_Ours, _Words, account.AddEmailForm):  # type: ignore[misc]
    """A new address."""

    labels = {"email": _("Your new e-mail address")}
    attributes = {"email": _ADDRESS}


class PasswordAgainForm(_Ours, _Words, account.ReauthenticateForm):  # type: ignore[misc]
    """The password once more, before something important."""

    labels = {"password": _("Your password")}


class SecondStepForm(_Ours, _Words, second.AuthenticateForm):  # type: ignore[misc]
    """The code of an app, or a recovery code."""

    labels = {"code": _("Your code")}
    hints = {"code": _("The 6 numbers in your app, or one of your recovery codes.")}
    attributes = {"code": _CODE}


class SecondStepAgainForm(_Ours, _Words, second.ReauthenticateForm):  # type: ignore[misc]
    """The same once more, before something important."""

    labels = SecondStepForm.labels
    hints = SecondStepForm.hints
    attributes = {"code": _CODE}


class AddAppForm(_Ours, _Words, ActivateTOTPForm):  # type: ignore[misc]
    """The first code of an app."""

    labels = {"code": _("The 6 numbers in your app")}
    attributes = {"code": _CODE}


class RemoveAppForm(_Ours, _Words, DeactivateTOTPForm):  # type: ignore[misc]
    """No field: one button."""


class NewCodesForm(_Ours, _Words, GenerateRecoveryCodesForm):  # type: ignore[misc]
    """No field: one button."""


class AddKeyForm(_Ours, _Words, keys.AddWebAuthnForm):  # type: ignore[misc]
    """The name of a passkey; the browser fills in the rest."""

    labels = {"name": _("Name of this passkey")}
    hints = {"name": _("So that you know it again. For example: “My phone”.")}


class RenameKeyForm(_Ours, _Words, keys.EditWebAuthnForm):  # type: ignore[misc]
    """Another name."""

    labels = {"name": _("Name of this passkey")}


class KeyForm(_Ours, _Words, keys.AuthenticateWebAuthnForm):  # type: ignore[misc]
    """What the browser says about a passkey."""


class KeyAgainForm(_Ours, _Words, keys.ReauthenticateWebAuthnForm):  # type: ignore[misc]
    """The same before something important."""


class JoinForm(QuestionForm):
    """What a new person gives who takes up an invitation."""

    label_size = "m"
    one_thing = False

    name = forms.CharField(
        label=_("Your name"),
        help_text=_("As the people of the clinic know you."),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    password = forms.CharField(
        label=_("A password, if you want one"),
        help_text=_(
            "At least 12 letters, numbers or signs. Leave it empty to sign in with a passkey or an e-mail code."
        ),
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._email = email

    def clean_password(self) -> str:
        """Refuse a password that is easy to guess."""
        password: str = self.cleaned_data["password"]
        if password:
            validate_password(password, User(email=self._email, name=self.cleaned_data.get("name", "")))
        return password

    def clean_name(self) -> str:
        """Refuse signs that cannot be seen."""
        name = " ".join(str(self.cleaned_data["name"]).split())
        if not name.isprintable():
            raise ValidationError(_("Write your name with letters only."))
        return name


class CarerForm(QuestionForm):
    """Who may see and change one's visits."""

    label_size = "m"
    one_thing = False

    email = forms.EmailField(
        label=_("Their e-mail address"),
        help_text=_("They sign in with a code that we send there."),
        max_length=254,
        widget=forms.EmailInput(attrs={**_ADDRESS, "autocomplete": "off"}),
        error_messages={"invalid": _NO_ADDRESS, "required": _MISSING["email"]},
    )
    relation = forms.ChoiceField(label=_("Who is this person to you?"), choices=RELATIONS, widget=forms.RadioSelect)
    agrees = forms.BooleanField(
        label=_("Yes, this person may see and change my visits"),
        error_messages={"required": _("Tick the box if you want this. If not, leave this page.")},
    )

    def __init__(self, *args: Any, patients: tuple[tuple[str, str], ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if len(patients) > 1:
            self.fields["patient"] = forms.ChoiceField(
                label=_("At which clinic?"), choices=patients, widget=forms.RadioSelect
            )
            self.order_fields(["patient", "email", "relation", "agrees"])
        self._only = patients[0][0]

    @property
    def patient_id(self) -> str:
        """Give the patient the person helps."""
        return str(self.cleaned_data.get("patient", self._only))
