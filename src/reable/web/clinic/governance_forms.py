"""What staff fill in about safety: a signature, why an item is withdrawn, what went wrong."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reable.web.clinic.words import SEVERITIES
from reable.web.hazards import hazards
from reable.web.ui.forms import QuestionForm
from reable.web.ui.widgets import Choice

_LONGEST_NAME, _LONGEST_LICENCE, _LONGEST_REASON, _LONGEST_WHAT = 120, 60, 500, 2000  # as the tables keep them
_LONGEST_HAZARD = 40


class SignForm(QuestionForm):
    """A signature under one part, at the version that was read.

    Whoever opened the page before the knowledge changed sees the new one, and says anew that they have read it.
    """

    one_thing = False
    says = _("I have read all of this page and sign it for this clinic, at version %(version)s.")

    version = forms.CharField(widget=forms.HiddenInput)
    name = forms.CharField(label=_("Your name"), max_length=_LONGEST_NAME)
    licence = forms.CharField(label=_("Your license: number and state"), max_length=_LONGEST_LICENCE)
    read = forms.BooleanField(error_messages={"required": _("Tick the box once you have read the page.")})

    def __init__(self, given: Any, *, version: str, name: str) -> None:
        stale = given is not None and given.get("version") != version
        if stale:
            given = {key: value for key, value in given.items() if key != "read"} | {"version": version}
        super().__init__(given, initial={"version": version, "name": name})
        self.fields["read"].label = self.says % {"version": version}
        if stale:
            self.fields["read"].error_messages["required"] = _(
                "The knowledge has changed since you opened this page. Read what it says now, then tick the box."
            )


class RiskForm(SignForm):
    """The acceptance of the risk that is left over: by a post, not by a license."""

    says = _("I have read this page and accept the risk that is left over, at version %(version)s.")

    licence = forms.CharField(label=_("The post you hold"), max_length=_LONGEST_LICENCE)


class SearchForm(QuestionForm):
    """Look for an item by its name."""

    one_thing = False

    words = forms.CharField(
        label=_("Name of the item"),
        help_text=_("Such as walking, stroke or eye."),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"class": "nhsuk-input--width-20", "type": "search"}),
    )


class WithdrawForm(QuestionForm):
    """Why an item is switched off."""

    one_thing = False

    reason = forms.CharField(
        label=_("Why do you withdraw it?"),
        help_text=_("Everybody who looks after this clinic reads it. Nothing about a patient."),
        max_length=_LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class IncidentForm(QuestionForm):
    """What went wrong or nearly did. Where the hazard log lies beside the software, its hazards can be chosen."""

    one_thing = False
    field_order = ("what", "severity", "hazard", "owner")

    what = forms.CharField(
        label=_("What happened?"),
        help_text=_("What the software or we did. Never a patient's name or words."),
        max_length=_LONGEST_WHAT,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    severity = forms.ChoiceField(
        label=_("How bad was it?"),
        choices=[(key, Choice(name, hint=hint)) for key, (name, hint, _color) in SEVERITIES.items()],
        widget=forms.RadioSelect,
    )
    owner = forms.CharField(
        label=_("Who follows it up?"), help_text=_("A name, or a post in this clinic."), max_length=_LONGEST_NAME
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["hazard"] = _hazard_field()
        self.order_fields(self.field_order)


def _hazard_field() -> forms.CharField | forms.ChoiceField:
    known = hazards()
    if not known:
        return forms.CharField(
            label=_("Hazard"),
            help_text=_("Its number in the hazard log, such as H38, if you know it."),
            max_length=_LONGEST_HAZARD,
            required=False,
        )
    listed = [(one.id, f"{one.id}: {one.hazard}") for one in known]
    return forms.ChoiceField(
        label=_("Hazard"),
        help_text=_("Which hazard of the hazard log does it belong to?"),
        choices=[("", _("None of these, or not known")), *listed],
        required=False,
    )
