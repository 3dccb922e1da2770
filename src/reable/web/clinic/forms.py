"""What staff can fill in at their daily work: the board of new people, a decision, visits, referrals, letters."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reable.book import CancelReason
from reable.terms import Discipline, Door, Language, Priority
from reable.web.clinic import words
from reable.web.records.selectors.people import Stage
from reable.web.records.services.decisions import LONGEST_HOW, LONGEST_NAME, LONGEST_REASON, Verdict
from reable.web.records.services.referrals import LONGEST_LETTER, LONGEST_TEXT
from reable.web.ui.forms import QuestionForm
from reable.web.ui.parts import Text
from reable.web.ui.widgets import Choice, TimeTiles

Choices = Sequence[tuple[str, Any]]
LONGEST_NOTE = 480  # letters: a note in a referral's history has room for these


class DayInput(forms.DateInput):
    """A day, with the browser's own calendar where it has one."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"class": "nhsuk-input--width-10", **(attrs or {})}, format="%Y-%m-%d")


class TimeInput(forms.TimeInput):
    """A time of day on the wall."""

    input_type = "time"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"class": "nhsuk-input--width-5", "step": "900", **(attrs or {})}, format="%H:%M")


def day_field(label: Any, *, required: bool = True, hint: Any = "") -> forms.DateField:
    """Make a field for a day."""
    return forms.DateField(
        label=label,
        help_text=hint,
        required=required,
        widget=DayInput(),
        error_messages={"invalid": _("Write the day as year-month-day, such as 2026-03-27.")},
    )


def time_field(label: Any, *, required: bool = True) -> forms.TimeField:
    """Make a field for a time of day."""
    return forms.TimeField(
        label=label,
        required=required,
        widget=TimeInput(),
        error_messages={"invalid": _("Write the time as hours and minutes, such as 08:30 or 16:45.")},
    )


class PeopleForm(QuestionForm):
    """What the board of new people is narrowed to."""

    one_thing = False

    stage = forms.ChoiceField(
        label=_("Show"),
        choices=[(Stage.NEW, _("Waiting for a decision")), (Stage.DECIDED, _("Decided"))],
        required=False,
    )
    discipline = forms.ChoiceField(
        label=_("For"),
        choices=[("", _("My discipline")), ("pt", _("PT")), ("ot", _("OT")), ("all", _("PT and OT"))],
        required=False,
    )
    name = forms.CharField(label=_("Name"), max_length=60, required=False)


class DecisionForm(QuestionForm):
    """What a therapist decides; who cleared a danger is asked where one is open."""

    one_thing = False

    def __init__(
        self, *args: Any, disciplines: tuple[Discipline, ...], accept: Text, danger_open: bool, keep: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.danger_open = danger_open
        self.fields["last_entry"] = forms.IntegerField(widget=forms.HiddenInput)
        if len(disciplines) > 1:
            choices = [(one.value, words.DISCIPLINES[one]) for one in disciplines]
            self.fields["discipline"] = forms.ChoiceField(
                label=_("You decide as"), choices=choices, widget=forms.RadioSelect
            )
        self.fields["verdict"] = forms.ChoiceField(
            label=_("What do you decide?"),
            choices=[
                *([(Verdict.ACCEPTED, Choice(_("Accept"), hint=accept))] if accept else []),
                (Verdict.CHANGED, Choice(_("Change"), hint=_("The person goes somewhere else; say where and why."))),
                (
                    Verdict.DECLINED,
                    Choice(_("Decline"), hint=_("Your discipline is not what this person needs; say why.")),
                ),
            ],
            widget=forms.RadioSelect,
            error_messages={"required": _("Choose what you decide.")},
        )
        self.fields["door"] = forms.ChoiceField(
            label=_("If you change it: where does the person go?"),
            choices=[("", _("Not changed"))]
            + [(one.value, words.DOORS[one]) for one in (Door.PT, Door.OT, Door.BOTH, Door.OTHER)],
            required=False,
        )
        self.fields["reason"] = forms.CharField(
            label=_("Why?"),
            help_text=_("Needed when you change or decline. The other therapists read it."),
            required=False,
            max_length=LONGEST_REASON,
            widget=forms.Textarea(attrs={"rows": 3, "data-keep": f"reason-{keep}"}),
        )
        if danger_open:
            self._ask_who_cleared(keep)

    def _ask_who_cleared(self, keep: str) -> None:
        self.fields["cleared_by"] = forms.CharField(
            label=_("Who cleared the danger?"),
            help_text=_("The clinician who asked or examined the person, with their profession."),
            required=False,
            max_length=LONGEST_NAME,
            widget=forms.TextInput(attrs={"class": "nhsuk-input--width-20"}),
        )
        self.fields["cleared_on"] = day_field(_("On which day?"), required=False)
        self.fields["cleared_how"] = forms.CharField(
            label=_("How was it cleared?"),
            help_text=_("What was asked, examined or agreed."),
            required=False,
            max_length=LONGEST_HOW,
            widget=forms.Textarea(attrs={"rows": 3, "data-keep": f"how-{keep}"}),
        )

    def clean(self) -> dict[str, Any]:
        """Ask for the rest once something of the clearing was given."""
        data = super().clean() or {}
        given = [data.get("cleared_by", "").strip(), data.get("cleared_on"), data.get("cleared_how", "").strip()]
        if self.danger_open and any(given) and not all(given):
            told = (
                ("cleared_by", _("Write who cleared the danger.")),
                ("cleared_on", _("Write on which day it was cleared.")),
                ("cleared_how", _("Write how it was cleared.")),
            )
            for (field, message), value in zip(told, given, strict=True):
                if not value and field not in self.errors:
                    self.add_error(field, message)
        return data

    def day_cleared(self) -> date | None:
        """Give the day on which the danger was cleared, if it was given."""
        return self.cleaned_data.get("cleared_on")


class ScheduleForm(QuestionForm):
    """Which days are shown, of whom and where."""

    one_thing = False

    def __init__(self, *args: Any, therapists: Choices, places: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["day"] = day_field(_("Day"), required=False)
        self.fields["view"] = forms.ChoiceField(
            label=_("Show"), choices=[("day", _("One day")), ("week", _("The week"))], required=False
        )
        self.fields["therapist"] = forms.ChoiceField(
            label=_("Therapist"), choices=[("", _("Everybody")), *therapists], required=False
        )
        self.fields["place"] = forms.ChoiceField(
            label=_("Place"), choices=[("", _("All places")), *places], required=False
        )


class CancelForm(QuestionForm):
    """Why a visit is cancelled."""

    def __init__(self, *args: Any, reasons: Sequence[CancelReason], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"] = forms.ChoiceField(
            label=_("Why is the visit cancelled?"),
            choices=[(reason.value, words.CANCEL_REASONS[reason]) for reason in reasons],
            widget=forms.RadioSelect,
            error_messages={"required": _("Choose why the visit is cancelled.")},
        )

    one_thing = False


class MoveForm(QuestionForm):
    """Another time for a visit."""

    one_thing = False

    def __init__(self, *args: Any, times: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        gone = _("Choose a time. If yours is not listed any more, somebody else was faster: choose another one.")
        self.fields["time"] = forms.ChoiceField(
            label=_("Choose another time"),
            choices=times,
            widget=TimeTiles,
            error_messages={"required": _("Choose a time."), "invalid_choice": gone},
        )


class ReferralForm(QuestionForm):
    """A referral, as a physician asks for it or as it came on paper."""

    one_thing = False

    def __init__(self, *args: Any, known: bool, own: bool, draft: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not known:
            self._ask_who()
        choices = [(one.value, words.DISCIPLINES[one]) for one in Discipline]
        if draft:  # a draft is of one discipline: one for both became two
            self.fields["discipline"] = forms.ChoiceField(
                label=_("What is asked for?"), choices=choices, widget=forms.RadioSelect
            )
        else:
            self.fields["disciplines"] = forms.MultipleChoiceField(
                label=_("What is asked for?"),
                choices=choices,
                widget=forms.CheckboxSelectMultiple,
                error_messages={"required": _("Tick at least one.")},
            )
        self.fields["priority"] = forms.ChoiceField(
            label=_("How soon?"),
            choices=[(one.value, words.PRIORITIES[one]) for one in Priority],
            initial=Priority.ROUTINE.value,
            widget=forms.RadioSelect,
        )
        self.fields["text"] = forms.CharField(
            label=_("Diagnosis, what is hard for the person, what is asked, what to take care of"),
            max_length=LONGEST_TEXT,
            widget=forms.Textarea(attrs={"rows": 8, "data-keep": "referral"}),
        )
        self.fields["physician_name"] = _short(_("Your name") if own else _("Name of the physician"))
        self.fields["physician_contact"] = _short(
            _("Where the letter back goes"), hint=_("Fax, telephone or address of the practice.")
        )

    def _ask_who(self) -> None:
        self.fields["name"] = _short(_("Name of the person"))
        self.fields["telephone"] = _short(_("Telephone"), required=False, hint=_("Telephone or e-mail is needed."))
        self.fields["email"] = forms.EmailField(
            label=_("E-mail"),
            required=False,
            error_messages={"invalid": _("Write an e-mail address, such as name@example.org.")},
        )
        self.fields["age"] = forms.IntegerField(
            label=_("Age in years"),
            min_value=0,
            max_value=130,
            widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "nhsuk-input--width-3"}),
            error_messages={"invalid": _("Write the age in years, for example 7 or 72.")},
        )
        self.fields["language"] = forms.ChoiceField(
            label=_("Language of the person"), choices=[(one.value, words.LANGUAGES[one]) for one in Language]
        )


class ReasonForm(QuestionForm):
    """Why a step of a referral is taken."""

    one_thing = False

    def __init__(self, *args: Any, reasons: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if reasons:
            self.fields["reason"] = forms.ChoiceField(
                label=_("Why?"),
                choices=[(one, words.REFERRAL_REASONS[one]) for one in reasons],
                widget=forms.RadioSelect,
                error_messages={"required": _("Choose a reason. The physician is told.")},
            )


class ClearForm(QuestionForm):
    """Who cleared a danger that a referral speaks of."""

    one_thing = False

    how = forms.CharField(
        label=_("Who cleared the danger, on which day, and how?"),
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 3, "data-keep": "clear"}),
        error_messages={"required": _("Write who cleared the danger, on which day, and how.")},
    )


class LetterForm(QuestionForm):
    """The letter back to the physician."""

    one_thing = False

    text = forms.CharField(
        label=_("The letter"),
        max_length=LONGEST_LETTER,
        widget=forms.Textarea(attrs={"rows": 18, "data-keep": "letter"}),
        error_messages={"required": _("Write the letter.")},
    )


def _short(label: Any, *, required: bool = True, hint: Any = "") -> forms.CharField:
    widget = forms.TextInput(attrs={"class": "nhsuk-input--width-20"})
    return forms.CharField(label=label, max_length=120, required=required, help_text=hint, widget=widget)
