"""Whether and how it is safe to make contact. Nothing that is typed here is kept in the browser."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reable.web.records.services.safeguarding import LONGEST_WHEN, Way
from reable.web.ui.forms import QuestionForm

_OFF = {"autocomplete": "off", "spellcheck": "false"}


class ReachForm(QuestionForm):
    """Two ways to answer: not at all, or by one way that is safe."""

    safe = forms.ChoiceField(
        label=_("May the clinic contact you about this?"),
        choices=[("no", _("No, do not contact me about this")), ("yes", _("Yes, but only as I write here"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose yes or no.")},
    )
    way = forms.ChoiceField(
        label=_("If yes: which way is safe?"),
        choices=[(Way.CALL, _("Call me")), (Way.TEXT, _("Send me a text message")), (Way.EMAIL, _("Write an e-mail"))],
        required=False,
        widget=forms.RadioSelect,
    )
    address = forms.CharField(
        label=_("Telephone number or e-mail address"),
        help_text=_("One that only you can see and hear."),
        required=False,
        max_length=254,
        widget=forms.TextInput(attrs=_OFF),
    )
    when = forms.CharField(
        label=_("When is it safe?"),
        help_text=_("And what may we say if someone else answers? You may leave this empty."),
        required=False,
        max_length=LONGEST_WHEN,
        widget=forms.Textarea(attrs={"rows": 2, **_OFF}),
    )

    def clean(self) -> dict[str, Any]:
        """Ask for the way and the number, once contact is safe."""
        data = super().clean() or {}
        if data.get("safe") == "yes":
            if not data.get("way"):
                self.add_error("way", _("Choose which way is safe."))
            if not data.get("address", "").strip() and "address" not in self.errors:
                self.add_error("address", _("Write the number or the e-mail address."))
        return data
