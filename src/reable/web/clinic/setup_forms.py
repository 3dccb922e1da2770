"""What a therapist sets for their hours, and a manager for the clinic."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from reable.book import AgeGroup
from reable.terms import Discipline, Language, Specialty
from reable.web.accounts.models import RoleName
from reable.web.accounts.services.invitations import BY_PERSONS
from reable.web.clinic import words
from reable.web.clinic.forms import Choices, day_field, time_field
from reable.web.records.selectors.places import VISITS, TextKey
from reable.web.records.services.clinics import TELEPHONE
from reable.web.ui.forms import QuestionForm
from reable.web.ui.widgets import Choice

_WEEKDAYS = [(str(number), name) for number, name in enumerate(words.WEEKDAYS)]
_TELEPHONE = RegexValidator(TELEPHONE, _("Write a telephone number, such as +1 555 0100."))
_LENGTHS = [("", _("Not offered"))] + [(str(minutes), str(minutes)) for minutes in range(15, 241, 15)]
TEXT_LABELS = {
    TextKey.FIND_US: _("How to find us"),
    TextKey.TO_BRING: _("What to bring and wear"),
    TextKey.WHEN_CLOSED: _("Whom to call when we are closed"),
    TextKey.IF_LATE: _("If you are late or cannot come"),
    TextKey.SAFEGUARDING: _("For staff: the local steps when somebody tells of abuse or neglect"),
}
_SHOWN_AT = {
    TextKey.FIND_US: _("People read it where they choose a place, and with their booking."),
    TextKey.TO_BRING: _("People read it with their booking. If it is empty, they read the standard text."),
    TextKey.WHEN_CLOSED: _("People read it where they book, and with their booking."),
    TextKey.IF_LATE: _("People read it with their booking and in their calendar: no word of health, please."),
}


def _line(label: Any, *, longest: int = 120, required: bool = True, hint: Any = "", width: str = "") -> forms.CharField:
    widget = forms.TextInput(attrs={"class": f"nhsuk-input--width-{width}"} if width else {})
    return forms.CharField(label=label, max_length=longest, required=required, help_text=hint, widget=widget)


class HoursForm(QuestionForm):
    """Weekly hours at a place."""

    one_thing = False

    def __init__(self, *args: Any, places: Choices, rooms: Choices, **kwargs: Any) -> None:
        super().__init__(*args, prefix="weekly", **kwargs)
        self.fields["weekday"] = forms.ChoiceField(label=_("Weekday"), choices=_WEEKDAYS)
        self.fields["starts"] = time_field(_("From"))
        self.fields["ends"] = time_field(_("To"))
        self.fields["place"] = forms.ChoiceField(label=_("Place"), choices=places)
        if rooms:
            self.fields["room"] = forms.ChoiceField(
                label=_("Room"), choices=[("", _("Any room")), *rooms], required=False
            )
        self.fields["valid_from"] = day_field(_("First day"))
        self.fields["valid_until"] = day_field(
            _("Last day"), required=False, hint=_("Leave it empty if there is no end.")
        )


class OtherDayForm(QuestionForm):
    """A day that differs: away, or other hours."""

    one_thing = False

    def __init__(self, *args: Any, places: Choices, **kwargs: Any) -> None:
        super().__init__(*args, prefix="day", **kwargs)
        self.fields["on"] = day_field(_("Day"))
        self.fields["kind"] = forms.ChoiceField(
            label=_("What is different?"),
            choices=[("away", _("Away the whole day")), ("hours", _("Other hours"))],
            widget=forms.RadioSelect,
        )
        self.fields["starts"] = time_field(_("Other hours: from"), required=False)
        self.fields["ends"] = time_field(_("Other hours: to"), required=False)
        self.fields["place"] = forms.ChoiceField(label=_("Other hours: place"), choices=places, required=False)
        self.fields["reason"] = _line(
            _("Note for the clinic"), required=False, hint=_("You may leave this empty. Nothing about health.")
        )

    def clean(self) -> dict[str, Any]:
        """Ask for the times of other hours."""
        data = super().clean() or {}
        if data.get("kind") == "hours":
            missing = (("starts", _("Write when these hours begin.")), ("ends", _("Write when these hours end.")))
            for field, told in missing:
                if not data.get(field) and field not in self.errors:
                    self.add_error(field, told)
            if not data.get("place"):
                self.add_error("place", _("Choose the place."))
        return data


class PlaceForm(QuestionForm):
    """A place of the clinic."""

    one_thing = False

    name = _line(_("Name"), width="20")
    address = _line(_("Address"), longest=240)
    telephone = forms.CharField(label=_("Telephone"), max_length=40, validators=[_TELEPHONE])
    step_free = forms.ChoiceField(
        label=_("Can somebody in a wheelchair get in without a step?"),
        choices=[("yes", _("Yes")), ("no", _("No"))],
        widget=forms.RadioSelect,
    )
    latitude = forms.DecimalField(
        label=_("Latitude"),
        required=False,
        min_value=-90,
        max_value=90,
        max_digits=8,
        decimal_places=5,
        help_text=_("To sort places by distance. Both numbers or neither, such as 40.74120 and -73.98960."),
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "nhsuk-input--width-10"}),
    )
    longitude = forms.DecimalField(
        label=_("Longitude"),
        required=False,
        min_value=-180,
        max_value=180,
        max_digits=8,
        decimal_places=5,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "nhsuk-input--width-10"}),
    )


class RoomForm(QuestionForm):
    """A room of a place."""

    one_thing = False
    room = _line(_("Name of the room"), longest=60, width="20")


class OpenHoursForm(QuestionForm):
    """Hours in which a place is open."""

    one_thing = False
    weekday = forms.ChoiceField(label=_("Weekday"), choices=_WEEKDAYS)
    opens = time_field(_("Opens"))
    closes = time_field(_("Closes"))


class ClosedDayForm(QuestionForm):
    """A day on which the clinic or a place is closed."""

    one_thing = False

    def __init__(self, *args: Any, places: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"] = day_field(_("Day"))
        self.fields["place"] = forms.ChoiceField(
            label=_("Place"), choices=[("", _("The whole clinic")), *places], required=False
        )
        self.fields["reason"] = _line(_("Reason, as staff see it"), width="20")


class VisitTypesForm(QuestionForm):
    """How long visits take, and whether a referral is needed first."""

    one_thing = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = {"evaluation": _("first visit (evaluation)"), "follow_up": _("later visits")}
        for discipline, kind in VISITS:
            self.fields[f"{discipline}_{kind}"] = forms.ChoiceField(
                label=f"{words.SHORT[discipline]}: {kinds[kind]}",
                help_text=_("Minutes"),
                choices=_LENGTHS,
                required=False,
            )
        for discipline in Discipline:
            self.fields[f"{discipline}_rule"] = forms.ChoiceField(
                label=_("%(what)s: may somebody book without a referral?") % {"what": words.DISCIPLINES[discipline]},
                choices=[
                    ("", Choice(_("Not set: people are asked to call"), hint=_("Nobody can book this online."))),
                    ("direct", Choice(_("Yes: anybody may book"))),
                    (
                        "referral",
                        Choice(_("No: a doctor's referral first"), hint=_("People get a page for the doctor.")),
                    ),
                ],
                required=False,
                widget=forms.RadioSelect,
            )

    def lengths(self) -> Mapping[tuple[Discipline, str], int | None]:
        """Give the minutes of each kind of visit; None where it is not offered."""
        given = {visit: self.cleaned_data[f"{visit[0]}_{visit[1]}"] for visit in VISITS}
        return {visit: int(minutes) if minutes else None for visit, minutes in given.items()}

    def rules(self) -> Mapping[Discipline, str]:
        """Give the rule of each discipline."""
        return {discipline: self.cleaned_data[f"{discipline}_rule"] for discipline in Discipline}


class TextsForm(QuestionForm):
    """The clinic's number and its own texts in both languages."""

    one_thing = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["telephone"] = forms.CharField(
            label=_("Telephone of the clinic"), max_length=40, validators=[_TELEPHONE]
        )
        self.fields["notice_minutes"] = forms.IntegerField(
            label=_("How long before a visit can people still book it?"),
            help_text=_("Minutes. Staff can book at any time."),
            min_value=0,
            max_value=10_080,
            widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "nhsuk-input--width-5"}),
        )
        for key, label in TEXT_LABELS.items():
            for language in Language:
                self.fields[f"{key}_{language}"] = forms.CharField(
                    label=f"{label} ({words.LANGUAGES[language]})",
                    help_text=_SHOWN_AT.get(key, ""),
                    max_length=2000,
                    required=False,
                    widget=forms.Textarea(attrs={"rows": 3, "data-keep": f"text-{key}-{language}"}),
                )

    def pairs(self) -> tuple[tuple[forms.BoundField, ...], ...]:
        """Give each text with its translation, to stand side by side."""
        return tuple(tuple(self[f"{key}_{language}"] for language in Language) for key in TEXT_LABELS)

    def clean(self) -> dict[str, Any]:
        """Ask for the other language: people who read Spanish get the same."""
        data = super().clean() or {}
        for key in TEXT_LABELS:
            there = {language: data.get(f"{key}_{language}", "").strip() for language in Language}
            for language, text in there.items():
                if not text and any(there.values()):
                    self.add_error(f"{key}_{language}", _("Write it in both languages, or in neither."))
        return data


def _role_choice(role: RoleName) -> Choice:
    only = _("A therapist who works here already. Only they see what people tell of abuse, violence or neglect.")
    return Choice(words.ROLES[role.value], hint=only if role is RoleName.SAFEGUARDING else "")


class InviteForm(QuestionForm):
    """Invite somebody to a role."""

    one_thing = False

    email = forms.EmailField(
        label=_("E-mail address"),
        error_messages={"invalid": _("Write an e-mail address, such as name@example.org.")},
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    role = forms.ChoiceField(
        label=_("Role"),
        choices=[(one.value, _role_choice(one)) for one in RoleName if one in BY_PERSONS],
        widget=forms.RadioSelect,
    )


class ProfileForm(QuestionForm):
    """For what a therapist can be booked."""

    one_thing = False

    name = _line(_("Name, as people see it when they book"), width="20")
    languages = forms.MultipleChoiceField(
        label=_("Languages they work in"),
        choices=[(one.value, words.LANGUAGES[one]) for one in Language],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick at least one language.")},
    )
    age_groups = forms.MultipleChoiceField(
        label=_("Whom they treat"),
        choices=[(one.value, words.AGE_GROUPS[one]) for one in AgeGroup],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick at least one group.")},
    )
    specialties = forms.MultipleChoiceField(
        label=_("Special training"),
        help_text=_("Only what a license or certificate shows. Visits that need it are booked with them."),
        choices=[(one.value, words.SPECIALTIES[one]) for one in Specialty],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


class SinceForm(QuestionForm):
    """From which day on the numbers are counted."""

    one_thing = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["since"] = day_field(_("Count since"), required=False)
