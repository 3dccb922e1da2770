"""What the pages of the safeguarding clinician hold, and what is filled in there. None is printed or read aloud."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reable.web.clinic.pages import ClinicPage, Tag
from reable.web.records.services.safeguarding import LONGEST_NOTE, Outcome
from reable.web.ui.forms import QuestionForm
from reable.web.ui.parts import Pager, Row, Text

STAYS_OPEN = "open"
OUTCOMES = {
    Outcome.REPORTED: _("Closed: reported, as our local steps say"),
    Outcome.HELP_FOUND: _("Closed: the person has found other help"),
    Outcome.NO_REPORT: _("Closed: I spoke with the person alone, and no report was due"),
    Outcome.NOT_REACHED: _("Closed: the person could not be reached safely"),
}


class DoneForm(QuestionForm):
    """What was done, and whether anything is left to do."""

    one_thing = False

    text = forms.CharField(
        label=_("What was done?"),
        help_text=_("A short note: to whom it was reported, by whom, on which day. It cannot be changed later."),
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
        error_messages={"required": _("Write what was done, by whom and on which day.")},
    )
    standing = forms.ChoiceField(
        label=_("Is anything left to do?"),
        choices=[(STAYS_OPEN, _("Yes, it stays open")), *((one.value, text) for one, text in OUTCOMES.items())],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whether it stays open, or how it ended.")},
    )

    def outcome(self) -> Outcome | None:
        """Give how it ended; None where it stays open."""
        given: Any = self.cleaned_data["standing"]
        return None if given == STAYS_OPEN else Outcome(given)


@dataclass(frozen=True, slots=True, kw_only=True)
class PrivatePage(ClinicPage):
    """A page with what was told in confidence; `private` keeps it from being read aloud."""

    steps: str  # what the clinic does when somebody tells; empty where it has written nothing
    private: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class DisclosureCard:
    """A disclosure in the list."""

    href: str
    name: str
    flags: tuple[str, ...]
    since: datetime
    told: datetime | None  # when more was told since
    standing: Tag
    late: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SafeguardingPage(PrivatePage):
    """All that was told to this clinic in confidence."""

    cards: tuple[DisclosureCard, ...]
    total: int
    pager: Pager


@dataclass(frozen=True, slots=True, kw_only=True)
class ActCard:
    """Something that was done."""

    title: Text
    by: str
    at: datetime
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DisclosurePage(PrivatePage):
    """One disclosure."""

    standing: Tag
    waits: bool  # nobody has looked since something was told
    read: str  # up to when the page shows what was told: what comes later is not seen with it
    deleted: bool
    confided: tuple[tuple[str, tuple[str, ...]], ...]
    words: str
    spans: tuple[tuple[int, int], ...]
    by_other: bool
    by_letter: bool  # a doctor wrote it: the person does not know that we know
    facts: tuple[Row, ...]
    safe: bool | None  # None: nobody has answered whether contact is safe
    reach: tuple[Row, ...]
    visits: tuple[Text, ...]
    acts: tuple[ActCard, ...]
    form: DoneForm
