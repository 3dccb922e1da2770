"""What staff fill in while somebody is on the telephone: who calls, what for, danger asked aloud, how to reach them."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from reable.terms import Answer, Language, Specialty
from reable.web.booking.forms import ContactForm, TimeForm, WishForm
from reable.web.clinic import words
from reable.web.clinic.forms import Choices, DayInput
from reable.web.records.selectors.openings import EVALUATION, FOLLOW_UP
from reable.web.records.selectors.patients import PatientLine
from reable.web.records.services.bookings import LONGEST_NOTE as MOST_KEPT
from reable.web.records.services.telephone import LONGEST_WHY
from reable.web.ui.forms import QuestionForm
from reable.web.ui.widgets import Choice, TimeTiles

NEW = "new"
TAKEN = _("That time was just taken. Choose another one. Nothing else is lost.")
LONGEST_NOTE = MOST_KEPT - LONGEST_WHY - 1  # both are kept in one text
KINDS = [
    (EVALUATION, Choice(_("An evaluation"), hint=_("The first visit for this trouble. Danger is asked first."))),
    (FOLLOW_UP, Choice(_("A follow-up visit"), hint=_("The next visit of somebody who is in treatment here."))),
]
_SAID = [
    (Answer.YES.value, _("Yes")),
    (Answer.NO.value, _("No")),
    (Answer.NOT_SURE.value, Choice(_("They are not sure"), hint=_("It counts as yes."))),
]


class FindForm(QuestionForm):
    """Who calls."""

    one_thing = False

    who = forms.CharField(
        label=_("Name, telephone number or e-mail address"),
        help_text=_("A part of it is enough. Of a number, four digits or more."),
        max_length=120,
        widget=forms.TextInput(attrs={"class": "nhsuk-input--width-20", "autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": _("Write a name, a number or an e-mail address, or choose “Somebody new”.")},
    )


class VisitForm(WishForm):
    """What is booked, and what they wish for: the person's own form, with what only the clinic chooses."""

    one_thing = False
    label_size = "s"

    def __init__(self, *args: Any, therapists: Choices, specialties: Sequence[Specialty], **kwargs: Any) -> None:
        super().__init__(*args, what="", **kwargs)
        self.fields["kind"] = forms.ChoiceField(
            label=_("What kind of visit?"),
            choices=KINDS,
            widget=forms.RadioSelect,
            error_messages={"required": _("Choose what kind of visit it is.")},
        )
        self.fields["what"] = forms.ChoiceField(
            label=_("For what?"),
            choices=[*((one, words.DISCIPLINES[one]) for one in words.DISCIPLINES), ("both", _("Both on one day"))],
            widget=forms.RadioSelect,
            error_messages={"required": _("Choose what the visit is for.")},
        )
        self.fields["language"].help_text = _("The questions about danger are shown in it too.")
        self.fields["step_free"].label = _("They need a place without steps")
        self.fields["therapist"] = forms.ChoiceField(
            label=_("With whom?"), choices=[("", _("Anybody")), *therapists], required=False
        )
        if specialties:
            self.fields["specialty"] = forms.ChoiceField(
                label=_("Special training"),
                help_text=_("Only if a doctor or a therapist has asked for it."),
                choices=[("", _("None")), *((one.value, words.SPECIALTIES[one]) for one in specialties)],
                required=False,
            )
        self.order_fields(["kind", "what", "age", "language", "location", "therapist", "specialty", "step_free"])


class AskForm(QuestionForm):
    """Danger, question by question, to be read aloud."""

    one_thing = False

    def __init__(self, *args: Any, questions: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key, text in questions.items():
            self.fields[key] = forms.ChoiceField(
                label=text,
                choices=_SAID,
                widget=forms.RadioSelect,
                error_messages={"required": _("Ask this too: %(question)s") % {"question": text}},
            )

    def answers(self) -> dict[str, Answer]:
        """Give what was answered so far."""
        return {key: Answer(value) for key, value in self.cleaned_data.items() if value}


class DayForm(QuestionForm):
    """From which day on times are shown."""

    one_thing = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["from"] = forms.DateField(label=_("From which day on?"), required=False, widget=DayInput())


class CallTimeForm(TimeForm):
    """One of the free times, on a page with a heading of its own."""

    one_thing = False


class CallerForm(ContactForm):
    """Who comes: the person's own form and checks; of a known patient only what is still to be asked.

    `times` are shown where the chosen one was taken meanwhile: another is chosen beside all that was typed. `alike` are
    known by the same name, number or address as somebody who was taken for new.
    Nothing is kept in the browser and nothing filled in by it: the next caller is somebody else.
    """

    one_thing = False

    def __init__(
        self,
        *args: Any,
        known: PatientLine | None,
        spoken: Language,
        asks_why: bool,
        alike: Sequence[PatientLine] = (),
        times: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.known = known
        self.fields["time"] = forms.CharField(widget=forms.HiddenInput) if times is None else _time(times)
        self.fields["remind"].label = _("How may we remind them?")
        self.fields["note"].validators.append(MaxLengthValidator(LONGEST_NOTE))
        for field in self.fields.values():
            field.widget.attrs.pop("data-keep", None)
            field.widget.attrs["autocomplete"] = "off"
        if known is not None:
            self._ask_less(known)
        else:
            self.fields["spoken"] = forms.ChoiceField(
                label=_("In which language do we write to them?"),
                choices=[(one.value, words.LANGUAGES[one]) for one in Language],
                initial=spoken.value,
            )
        if alike:
            self.fields["who"] = _who(alike)
        if asks_why:
            self.fields["why"] = forms.CharField(
                label=_("Why do you book all the same?"),
                help_text=_("The therapists read it with the booking."),
                max_length=LONGEST_WHY,
                widget=forms.Textarea(attrs={"rows": 2}),
                error_messages={"required": _("Write why you book although the rule asks for more.")},
            )
        self.order_fields(["time", "who", "name", "telephone", "email", "spoken", "remind", "note", "why"])

    def _ask_less(self, known: PatientLine) -> None:
        for name in ("name", "telephone", "email"):
            self.fields.pop(name)
        reached = {"email": bool(known.email), "sms": bool(known.telephone)}
        remind = self.fields["remind"]
        remind.choices = [one for one in remind.choices if reached[one[0]]]  # type: ignore[attr-defined]
        wished = {"email": known.remind_by_email, "sms": known.remind_by_sms}
        remind.initial = [way for way, wanted in wished.items() if wanted]

    def chosen(self) -> UUID | None:
        """Give the patient who it is after all; None for somebody new."""
        given = self.cleaned_data.get("who", NEW)
        return None if given == NEW else UUID(given)

    def clean(self) -> dict[str, Any]:
        """Check how a new person is reached; of a known one that is known."""
        return super().clean() if self.known is None else self.cleaned_data


def _who(alike: Sequence[PatientLine]) -> forms.ChoiceField:
    known = [(str(line.patient_id), Choice(line.name, hint=", ".join(told_apart(line)))) for line in alike]
    return forms.ChoiceField(
        label=_("Is it one of these?"),
        help_text=_("They have the same name, number or e-mail address, and are known here."),
        choices=[*known, (NEW, _("No, it is somebody new"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whether it is one of these, or somebody new.")},
    )


def told_apart(line: PatientLine) -> tuple[str, ...]:
    """Give what tells two people of one name apart."""
    age = "" if line.age is None else gettext("{age} years old").format(age=line.age)
    return tuple(one for one in (line.telephone, line.email, age) if one)


def _time(times: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("Choose another time"),
        choices=times,
        widget=TimeTiles,
        error_messages={"required": TAKEN, "invalid_choice": TAKEN},
    )
