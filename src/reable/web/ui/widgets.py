"""Answers that Django has no widget for: tiles of times and pictures, a date in three parts, choices with hints."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from reable.web.ui.parts import Text


@dataclass(frozen=True, slots=True)
class Choice:
    """The label of one choice, with what the component may show beside it: `choices=[("pt", Choice(_("Walking")))]`.

    `picture` is a path under static, `file.svg#symbol` or an image. A `divider` is the word between answers ("or"), no
    answer itself. An `exclusive` answer ("None of these") unticks the others where scripts run.
    """

    text: Text
    hint: Text = ""
    picture: str = ""
    divider: bool = False
    exclusive: bool = False

    def __str__(self) -> str:
        return str(self.text)


class TimeTiles(forms.RadioSelect):
    """Free times as large tiles; group the choices by day: `[(_("Tuesday 3 March"), [(key, "9:00"), ...]), ...]`."""


class PictureTiles(forms.CheckboxSelectMultiple):
    """Activities as tiles with a drawing and a box to tick; give each choice as `Choice(text, picture=...)`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DatePart:
    """One of the three fields of a date."""

    name: str
    id: str
    label: Text
    value: str
    width: int


class DateParts(forms.Widget):
    """A date as three fields, month first in English and day first in other languages."""

    labels = {"day": _("Day"), "month": _("Month"), "year": _("Year")}

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> dict[str, str]:
        """Read the three parts as they were typed."""
        return {part: str(data.get(f"{name}-{part}", "")).strip() for part in self.labels}

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        """Test if none of the three was sent."""
        return all(f"{name}-{part}" not in data for part in self.labels)

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        """Give no id: the three parts have labels of their own."""
        return ""

    def parts(self, name: str, id_: str, value: Any) -> tuple[DatePart, ...]:
        """Give the three fields with what they hold, in the order of the language."""
        typed = value if isinstance(value, dict) else {}
        if isinstance(value, date):
            typed = {"day": str(value.day), "month": str(value.month), "year": str(value.year)}
        order = ("month", "day", "year") if (get_language() or "en").startswith("en") else ("day", "month", "year")
        return tuple(
            DatePart(
                name=f"{name}-{part}",
                id=f"{id_}-{part}",
                label=self.labels[part],
                value=typed.get(part, ""),
                width=4 if part == "year" else 2,
            )
            for part in order
        )


class DatePartsField(forms.Field):
    """A date typed in three parts."""

    widget = DateParts
    default_error_messages = {
        "required": _("Enter a date"),
        "incomplete": _("Enter the day, the month and the year"),
        "invalid": _("Enter a real date, such as 3, 27 and 2026 for March 27, 2026"),
    }

    def to_python(self, value: Any) -> date | None:
        """Make a date of the three parts, or None if all are empty."""
        if value is None or isinstance(value, date):
            return value
        parts = [str(value.get(part, "")).strip() for part in ("year", "month", "day")]
        if not any(parts):
            return None
        if not all(parts):
            raise ValidationError(self.error_messages["incomplete"], code="incomplete")
        try:
            return date(*(int(part) for part in parts))
        except ValueError as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error
