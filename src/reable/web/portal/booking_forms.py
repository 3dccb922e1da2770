"""What only the person fills in to book: which clinic, and why a visit is cancelled."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reable.web.records.selectors.clinics import ClinicCard
from reable.web.ui.forms import QuestionForm
from reable.web.ui.widgets import Choice


class ClinicForm(QuestionForm):
    """Which clinic, where there are several."""

    def __init__(self, *args: Any, clinics: Sequence[ClinicCard], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["clinic"] = forms.ChoiceField(
            label=_("Which clinic?"),
            choices=[(one.slug, Choice(one.name, hint=one.telephone)) for one in clinics],
            widget=forms.RadioSelect,
            error_messages={"required": _("Choose a clinic.")},
        )


class CancelForm(QuestionForm):
    """Why a visit is cancelled; a list, so that nobody has to type."""

    def __init__(self, *args: Any, reasons: Sequence[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"] = forms.ChoiceField(
            label=_("Why do you cancel?"), choices=reasons, widget=forms.RadioSelect
        )
