"""What is filled in to book: where and in which language, which time, and how to reach the person."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reable.terms import Language
from reable.web.records.selectors.clinics import LocationCard
from reable.web.records.services.persons import BadPerson, Person
from reable.web.ui.forms import QuestionForm
from reable.web.ui.widgets import Choice, TimeTiles

ANY = "any"


class WishForm(QuestionForm):
    """Where, in which language, with or without steps; and what, if both therapies are advised."""

    label_size = "m"

    def __init__(self, *args: Any, places: Sequence[LocationCard], what: str, age_known: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not age_known:
            self.fields["age"] = forms.IntegerField(
                label=_("How old is the person who comes?"),
                help_text=_("In years. Some therapists see only children, or only adults."),
                min_value=0,
                max_value=130,
                widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "nhsuk-input--width-3"}),
                error_messages={
                    "required": _("Write the age in years, for example 7 or 72."),
                    "invalid": _("Write the age in years, for example 7 or 72."),
                },
            )
        if what == "both":
            self.fields["what"] = forms.ChoiceField(
                label=_("Which visit?"),
                choices=[
                    ("both", Choice(_("Both on one day"), hint=_("This is what we advise."))),
                    ("pt", _("Physical therapy only, for now")),
                    ("ot", _("Occupational therapy only, for now")),
                ],
                initial="both",
                widget=forms.RadioSelect,
            )
        if len(places) > 1:
            self.fields["location"] = forms.ChoiceField(
                label=_("Where?"),
                choices=[(ANY, _("Any place")), *((str(one.id), Choice(one.name, hint=_hint(one))) for one in places)],
                initial=ANY,
                widget=forms.RadioSelect,
            )
        self.fields["language"] = forms.ChoiceField(
            label=_("In which language?"),
            choices=[(ANY, _("Any")), ("en", _("English")), ("es", _("Spanish"))],
            initial=ANY,
            widget=forms.RadioSelect,
        )
        self.fields["step_free"] = forms.BooleanField(
            label=_("I need a place without steps"), required=False, widget=forms.CheckboxInput
        )


def _hint(place: LocationCard) -> str:
    steps = _("No steps.") if place.step_free else _("There are steps.")
    return f"{place.address}. {steps}"


class TimeForm(QuestionForm):
    """One of the free times, as large tiles."""

    def __init__(self, *args: Any, times: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["time"] = forms.ChoiceField(
            label=_("Choose a time"),
            choices=times,
            widget=TimeTiles,
            error_messages={
                "required": _("Tap one of the times."),
                "invalid_choice": _("That time was just taken. Please choose another one."),
            },
        )


class ContactForm(QuestionForm):
    """Name and how to reach the person; an e-mail address or a telephone number is enough."""

    name = forms.CharField(
        label=_("Name of the person who comes"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name", "data-keep": "name"}),
        error_messages={"required": _("Write the name.")},
    )
    telephone = forms.CharField(
        label=_("Telephone"),
        help_text=_("Or an e-mail address below. One of the two is enough."),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel"}),
    )
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
        error_messages={"invalid": _("Write the e-mail address in full, like name@example.com.")},
    )
    remind = forms.MultipleChoiceField(
        label=_("How may we remind you?"),
        help_text=_("We only write that you have a visit. Nothing about your health."),
        choices=[("email", _("By e-mail")), ("sms", _("By text message"))],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    note = forms.CharField(
        label=_("Anything we should know for the visit?"),
        help_text=_("For example a wheelchair, or someone who comes with you. You may leave this empty."),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2, "data-keep": "note", "data-dictate": True}),
    )

    def clean(self) -> dict[str, Any]:
        """Ask for one way to reach the person, and for what the reminders need."""
        data = super().clean() or {}
        if not (data.get("telephone") or data.get("email")) and not self.errors:
            self.add_error("telephone", _("Write a telephone number or an e-mail address."))
        if "email" in data.get("remind", ()) and not data.get("email") and "email" not in self.errors:
            self.add_error("email", _("To remind you by e-mail, we need your e-mail address."))
        if "sms" in data.get("remind", ()) and not data.get("telephone") and "telephone" not in self.errors:
            self.add_error("telephone", _("To remind you by text message, we need your number."))
        return data

    def person(self, *, language: Language, age: int | None) -> Person:
        """Put together who comes."""
        data = self.cleaned_data
        return Person(
            name=data["name"],
            email=data["email"],
            telephone=data["telephone"],
            language=language,
            age=age,
            remind_by_email="email" in data["remind"],
            remind_by_sms="sms" in data["remind"],
        )

    def add_faults(self, bad: BadPerson) -> None:
        """Say at each field what the booking could not use."""
        told = {
            "name": _("Write the name with letters only."),
            "email": _("Write the e-mail address in full, like name@example.com."),
            "telephone": _("Write the telephone number with digits, for example 555 010 4477."),
            "contact": _("Write a telephone number or an e-mail address."),
        }
        for field in bad.fields:
            self.add_error(field if field in self.fields else None, told.get(field, told["contact"]))
