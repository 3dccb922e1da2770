"""What a person can fill in on the way; every field may be left out that is not needed."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reable.knowledge.shapes.danger import DangerQuestion
from reable.web.ui.forms import QuestionForm
from reable.web.ui.widgets import Choice

LONGEST = 50_000  # letters; a statement of 5,000 words fits
NONE, NOT_SURE = "none", "not_sure"
RELATIONS = (
    ("child", _("My child")),
    ("parent", _("My mother or father")),
    ("partner", _("My partner")),
    ("other", _("Someone else I help")),
)
_ADULT = 18


class StartForm(QuestionForm):
    """The first two questions, in one breath."""

    label_size = "m"

    statement = forms.CharField(
        label=_("Where are you stuck?"),
        help_text=_("Say it in your own words. For example: “I cannot button my shirt” or “My knee hurts on stairs”."),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4, "data-keep": "statement", "data-dictate": True}),
    )
    goal = forms.CharField(
        label=_("What do you want back?"),
        help_text=_("For example: “I want to walk to the shop again”."),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2, "data-keep": "goal", "data-dictate": True}),
    )
    whom = forms.ChoiceField(
        label=_("Who is this for?"),
        choices=[("me", _("For me")), ("other", _("For someone I help"))],
        initial="me",
        widget=forms.RadioSelect,
    )

    def clean(self) -> dict[str, Any]:
        """Ask for at least one of the two."""
        data = super().clean() or {}
        if not self.errors and not (data.get("statement", "").strip() or data.get("goal", "").strip()):
            self.add_error("statement", _("Write where you are stuck, or what you want back. A few words are enough."))
        return data


class TapForm(QuestionForm):
    """The same without typing: activities and parts of the body."""

    label_size = "m"

    def __init__(self, *args: Any, activities: Any, parts: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["whom"] = forms.ChoiceField(
            label=_("Who is this for?"),
            choices=[("me", _("For me")), ("child", _("For a child")), ("other", _("For another adult I help"))],
            initial="me",
            widget=forms.RadioSelect,
        )
        self.fields["activities"] = forms.MultipleChoiceField(choices=activities, required=False)
        self.fields["sites"] = forms.MultipleChoiceField(choices=parts, required=False)

    def clean(self) -> dict[str, Any]:
        """Ask for at least one tap."""
        data = super().clean() or {}
        if not self.errors and not (data.get("activities") or data.get("sites")):
            raise forms.ValidationError(_("Tap at least one thing that is hard, or one part of the body."))
        return data


class AboutForm(QuestionForm):
    """Facts that make the answer fit better."""

    def __init__(self, *args: Any, for_other: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if for_other:
            self.fields["relation"] = forms.ChoiceField(
                label=_("Who is the person?"), choices=RELATIONS, widget=forms.RadioSelect
            )
            self.fields["agrees"] = forms.ChoiceField(
                label=_("Does the person know that you ask for them, and agree?"),
                choices=[("yes", _("Yes")), ("no", _("No")), ("cannot", _("They cannot say"))],
                widget=forms.RadioSelect,
            )
        self.fields["age"] = forms.IntegerField(
            label=_("How old is the person?") if for_other else _("How old are you?"),
            help_text=_("In years. You may leave this empty."),
            required=False,
            min_value=0,
            max_value=130,
            widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "nhsuk-input--width-3"}),
            error_messages={"invalid": _("Write the age in years, for example 7 or 72.")},
        )
        self.fields["health"] = forms.CharField(
            label=_("Illnesses or operations"),
            help_text=_("With the date, if you know it. For example: “Knee operation three weeks ago”."),
            required=False,
            max_length=LONGEST,
            widget=forms.Textarea(attrs={"rows": 3, "data-keep": "health", "data-dictate": True}),
        )

    def clean(self) -> dict[str, Any]:
        """Ask for the age of a child: what is dangerous depends on it."""
        data = super().clean() or {}
        if data.get("relation") == "child" and data.get("age") is None and "age" not in self.errors:
            self.add_error("age", _("Write how old the child is. Some signs matter more in small children."))
        if data.get("relation") == "child" and (data.get("age") or 0) >= _ADULT:
            data["relation"] = "other"
        return data


class DangerForm(QuestionForm):
    """The checklist of dangers that belong to what was said (S1-S3)."""

    def __init__(self, *args: Any, questions: Sequence[tuple[DangerQuestion, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["signs"] = forms.MultipleChoiceField(
            label=_("Does any of this fit?"),
            help_text=_("We ask this before anything else. Tick all that fit."),
            choices=[
                *((question.key, text) for question, text in questions),
                ("or", Choice(_("or"), divider=True)),
                (NONE, Choice(_("None of these fits"), exclusive=True)),
                (NOT_SURE, Choice(_("I am not sure about one of them"), hint=_("We then ask one by one."))),
            ],
            widget=forms.CheckboxSelectMultiple,
            error_messages={"required": _("Tick what fits. If nothing fits, tick “None of these fits”.")},
        )

    def clean_signs(self) -> list[str]:
        """Refuse "none" beside something that was ticked: we must not guess which of the two is meant."""
        signs: list[str] = self.cleaned_data["signs"]
        if NONE in signs and len(signs) > 1:
            raise forms.ValidationError(
                _("You ticked “None of these fits” and something else. Keep only what is true.")
            )
        return signs


class AnswerForm(QuestionForm):
    """One question, four answers."""

    def __init__(self, *args: Any, question: str, why: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answer"] = forms.ChoiceField(
            label=question,
            help_text=why,
            choices=[("yes", _("Yes")), ("a_little", _("A little")), ("no", _("No")), ("not_sure", _("I am not sure"))],
            widget=forms.RadioSelect,
            error_messages={"required": _("Choose one answer. “I am not sure” is fine too.")},
        )


class MoreForm(QuestionForm):
    """Something to add to what was told."""

    one_thing = False

    text = forms.CharField(
        label=_("Is there more to say?"),
        help_text=_("Anything that is missing or that we got wrong."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3, "data-keep": "more", "data-dictate": True}),
        error_messages={"required": _("Write what you want to add, or go on without it.")},
    )


class CorrectionForm(forms.Form):
    """How something that was understood is instead."""

    key = forms.CharField(max_length=60)
    how = forms.ChoiceField(
        choices=[(how, how) for how in ("other_person", "past", "fine", "right", "left", "both", "mine")]
    )


class CheckedForm(QuestionForm):
    """Whether and when a clinician has looked at a danger, and whether it is worse since (S5)."""

    label_size = "m"
    _CHOICES = (("yes", _("Yes")), ("no", _("No")), ("not_sure", _("I am not sure")))

    seen = forms.ChoiceField(
        label=_("Has a doctor or nurse looked at this since it began?"), choices=_CHOICES, widget=forms.RadioSelect
    )
    when = forms.ChoiceField(
        label=_("When was that?"),
        choices=[
            ("today", _("Today or yesterday")),
            ("week", _("In the last week")),
            ("month", _("In the last month")),
            ("longer", _("Longer ago")),
        ],
        required=False,
        widget=forms.RadioSelect,
    )
    worse = forms.ChoiceField(
        label=_("Has it become worse since then, or has something new come?"),
        choices=_CHOICES,
        required=False,
        widget=forms.RadioSelect,
    )

    def clean(self) -> dict[str, Any]:
        """Ask for the rest once a clinician has looked at it."""
        data = super().clean() or {}
        if data.get("seen") == "yes":
            if not data.get("when"):
                self.add_error("when", _("Choose when a doctor or nurse looked at it."))
            if not data.get("worse"):
                self.add_error("worse", _("Choose whether it has become worse. “I am not sure” is fine too."))
        return data

    @property
    def counts(self) -> bool:
        """Test if this calms the danger: seen by a clinician and surely not worse."""
        return self.cleaned_data.get("seen") == "yes" and self.cleaned_data.get("worse") == "no"
