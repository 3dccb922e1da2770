"""Forms that render through the components: labels, hints, errors and ids as the design system wants them.

A field with id `name` has `name-hint` and `name-error`; its options are `name`, `name-2`, `name-3`, so that the error
summary can link to the first. A form with one field asks one thing: its label or legend is the page's h1.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.renderers import DjangoTemplates
from django.forms.utils import flatatt, pretty_name
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from reable.web.ui.parts import Problem, Text
from reable.web.ui.widgets import Choice, DateParts, PictureTiles, TimeTiles

KINDS: tuple[tuple[type[forms.Widget], str], ...] = (
    (PictureTiles, "pictures"),
    (TimeTiles, "times"),
    (DateParts, "date"),
    (forms.CheckboxSelectMultiple, "checkboxes"),  # before radios: to Django it is one of them
    (forms.RadioSelect, "radios"),
    (forms.CheckboxInput, "checkbox"),
    (forms.Textarea, "textarea"),
    (forms.Select, "select"),
)
"""Which component shows which widget, the more special one first; everything else is an input."""

MANAGED = frozenset({"id", "name", "class", "type", "rows", "cols", "value", "aria-describedby"})
"""Attributes that the templates write themselves; all others of a widget are passed on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One answer to choose from, as a template shows it."""

    id: str
    value: str
    text: Text
    hint: Text = ""
    picture: str = ""
    chosen: bool = False
    divider: bool = False
    exclusive: bool = False
    group: Text = ""

    @property
    def file(self) -> str:
        """The picture's file, without the name of the symbol in it."""
        return self.picture.partition("#")[0]

    @property
    def symbol(self) -> str:
        """The symbol in the picture's file, or empty when the file is one picture."""
        return self.picture.partition("#")[2]


class ReBoundField(forms.BoundField):
    """A field of a form with all that its component's template asks for."""

    @property
    def kind(self) -> str:
        """Name the component: radios, checkboxes, checkbox, pictures, times, date, select, textarea or input."""
        return next((kind for widget, kind in KINDS if isinstance(self.field.widget, widget)), "input")

    @property
    def template_name(self) -> str:
        """Name the component's template, for `as_field_group` and `{% include field.template_name %}`."""
        return getattr(self.field, "template_name", None) or f"ui/fields/{self.kind}.html"

    @property
    def template(self) -> str:
        """The same as `template_name`, shorter to write in templates."""
        return self.template_name

    @property
    def id(self) -> str:
        """The id of the first input, or of the first part of a date."""
        parts = self.parts
        return parts[0].id if parts else self.auto_id

    @property
    def heading(self) -> bool:
        """Whether the label or legend is the page's h1."""
        return self.kind != "checkbox" and bool(getattr(self.form, "asks_one_thing", False))

    @property
    def size(self) -> str:
        """The size of the label or legend: l for a page's heading, else what the form says."""
        return "l" if self.heading else str(getattr(self.form, "label_size", "s"))

    @property
    def caption(self) -> Text:
        """A line above a heading, such as the part of the form it belongs to; the widget's attribute `data-caption`."""
        return self.field.widget.attrs.get("data-caption", "") if self.heading else ""

    @property
    def hint(self) -> Text:
        """Help for all who answer."""
        return self.help_text

    @property
    def error(self) -> str:
        """Everything that is wrong with the answer, in one line."""
        return " ".join(str(message) for message in self.errors)

    @property
    def described_by(self) -> str:
        """The ids of hint and error, for aria-describedby."""
        told = (("hint", self.hint), ("error", self.error))
        return " ".join(f"{self.auto_id}-{name}" for name, text in told if text)

    @property
    def type(self) -> str:
        """The type of the input."""
        return str(getattr(self.field.widget, "input_type", "text"))

    @property
    def shown(self) -> str | None:
        """The value as a text field shows it; a password is never sent back."""
        if isinstance(self.field.widget, forms.PasswordInput):
            return None
        value = self.field.widget.format_value(self.value())
        return None if value is None else str(value)

    @property
    def ticked(self) -> bool:
        """Whether a single box is ticked."""
        return bool(self.value())

    @property
    def rows(self) -> int:
        """How many lines a textarea shows: the number that was given, else five (Django's own "10" is a text)."""
        given = self.field.widget.attrs.get("rows")
        return given if isinstance(given, int) else 5

    @property
    def classes(self) -> str:
        """Further classes of the widget, such as nhsuk-input--width-10."""
        return str(self.field.widget.attrs.get("class", ""))

    @property
    def extra(self) -> SafeString:
        """Further attributes of the widget (autocomplete, inputmode, data-keep), ready to print."""
        attrs = {
            name: value
            for name, value in self.field.widget.attrs.items()
            if name not in MANAGED and name != "data-caption"
        }
        if self.field.disabled:
            attrs["disabled"] = True
        return flatatt(attrs)

    @property
    def parts(self) -> tuple[Any, ...]:
        """Day, month and year of a date, in the order of the language; empty for other fields."""
        widget = self.field.widget
        return widget.parts(self.html_name, self.auto_id, self.value()) if isinstance(widget, DateParts) else ()

    @property
    def options(self) -> tuple[Option, ...]:
        """All answers to choose from, in order."""
        return tuple(self._options())

    @property
    def groups(self) -> tuple[tuple[Text, tuple[Option, ...]], ...]:
        """The same by group, such as the times of one day; answers without a group come under an empty name."""
        found: dict[Text, list[Option]] = {}
        for option in self.options:
            found.setdefault(option.group, []).append(option)
        return tuple((name, tuple(options)) for name, options in found.items())

    def _options(self) -> Iterator[Option]:
        given = self.value()
        listed = given if isinstance(given, (list, tuple, set)) else [given]
        chosen = {str(value) for value in listed if value is not None}
        for number, (group, value, label) in enumerate(_flat(getattr(self.field, "choices", ())), start=1):
            told = label if isinstance(label, Choice) else Choice(label)
            yield Option(
                id=self.auto_id if number == 1 else f"{self.auto_id}-{number}",
                value=str(value),
                text=told.text,
                hint=told.hint,
                picture=told.picture,
                chosen=str(value) in chosen,
                divider=told.divider,
                exclusive=told.exclusive,
                group=group,
            )


def _what_to_do(widget: forms.Widget) -> str:
    """Say what to do about an empty answer, in place of Django's "This field is required."."""
    if isinstance(widget, forms.CheckboxInput):
        return _("Tick the box: %(label)s")
    if isinstance(widget, forms.RadioSelect | forms.Select):
        return _("Choose an answer: %(label)s")
    return _("Write an answer: %(label)s")


def _flat(choices: Any) -> Iterator[tuple[Text, Any, Any]]:
    for value, label in choices:
        if isinstance(label, (list, tuple)):
            for inner, text in label:
                yield value, inner, text
        else:
            yield "", value, label


class Renderer(DjangoTemplates):
    """Renders every form of the project through the components (setting FORM_RENDERER)."""

    bound_field_class = ReBoundField
    form_template_name = "ui/form.html"


class QuestionMixin(forms.BaseForm):
    """What a form needs to render through the components; use it beside `forms.ModelForm` and forms of others."""

    bound_field_class = ReBoundField
    default_renderer = Renderer
    label_size = "s"
    one_thing: bool | None = None
    """Whether the one label is the page's h1; None decides by the number of visible fields."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "%s")
        kwargs.setdefault("use_required_attribute", False)
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if field.error_messages.get("required") is forms.Field.default_error_messages["required"]:
                field.error_messages["required"] = _what_to_do(field.widget) % {
                    "label": field.label or pretty_name(name)
                }

    @property
    def asks_one_thing(self) -> bool:
        """Test if the form has one visible field, whose label then is the page's h1."""
        if self.one_thing is not None:
            return self.one_thing
        return sum(not field.widget.is_hidden for field in self.fields.values()) == 1

    def problems(self) -> tuple[Problem, ...]:
        """List what is wrong, in the order of the fields, each linked to the field it concerns."""
        bound = [self[name] for name in self.fields]
        first = next((f"#{field.id}" for field in bound if not field.is_hidden), "")  # type: ignore[attr-defined]
        whole = [Problem(text=str(message), href=first) for message in self.non_field_errors()]
        return (
            *whole,
            *(Problem(text=str(message), href=f"#{field.id}") for field in bound for message in field.errors),  # type: ignore[attr-defined]
        )


class QuestionForm(QuestionMixin, forms.Form):
    """The base of our forms: `{{ form }}` or `{{ form.name.as_field_group }}` renders it; see `problems()`."""
