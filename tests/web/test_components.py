"""Our components make the same document as the official macros of NHS.UK frontend, whose CSS they wear."""

import datetime
import gzip
import re
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import jinja2
import pytest
import tinyhtml5
from django import forms
from django.template import engines
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

from reable.web import ui
from reable.web.ui.forms import QuestionForm
from reable.web.ui.pages import MessagePage, render_page
from reable.web.ui.parts import Cell, Link, Pager, Problem, Row, Table, Task
from reable.web.ui.templatetags.ui import marked
from reable.web.ui.widgets import Choice, DatePartsField, PictureTiles, TimeTiles

FOLDER = Path(ui.__file__).parent
NASTY = """Long "text" with <script>alert('x')</script>, <b>tags</b> & 'quotes', """ + "word " * 40
TEXTS = pytest.mark.parametrize("text", ["Which side is it?", NASTY], ids=["plain", "nasty"])
HINTS = pytest.mark.parametrize("hint", ["", "As you feel it.", NASTY], ids=["no-hint", "hint", "nasty-hint"])
ERRORS = pytest.mark.parametrize("error", ["", "Choose a side", NASTY], ids=["no-error", "error", "nasty-error"])
HEADINGS = pytest.mark.parametrize("heading", [False, True], ids=["field", "page"])
CHOICES = [("l", "Left"), ("r", Choice("Right", hint="Your right")), ("or", Choice("or", divider=True)), ("x", NASTY)]
ITEMS: list[dict[str, Any]] = [
    {"value": "l", "text": "Left"},
    {"value": "r", "text": "Right", "hint": {"text": "Your right"}},
    {"divider": "or"},
    {"value": "x", "text": NASTY},
]

jinja = jinja2.Environment(
    undefined=jinja2.ChainableUndefined, loader=jinja2.PackageLoader("nhsuk_frontend_jinja"), autoescape=True
)


def official(component: str, macro: str, **params: Any) -> str:
    module = jinja.get_template(f"nhsuk/components/{component}/macro.jinja").module
    return str(getattr(module, macro)(params))


def own(component: str, **context: Any) -> str:
    return render_to_string(f"ui/{component}.html", context)


def inline(source: str, **context: Any) -> str:
    return engines["django"].from_string("{% load ui %}" + source).render(context)


def dom(html: str) -> Any:
    """What a browser makes of it: tags, attributes, text; white space between words does not count."""
    document = tinyhtml5.parse(f"<!doctype html><title>t</title><body>{html}", namespace_html_elements=False)
    body = document.find("body")
    assert body is not None
    return tree(body)


def tree(element: Element) -> tuple[Any, ...]:
    attributes = {
        name: tuple(sorted(text.split())) if name == "class" else text for name, text in element.attrib.items()
    }
    inside: list[Any] = [words(element.text)]
    for child in element:
        if isinstance(child.tag, str):  # a comment's tag is a function
            inside.append(tree(child))
        inside.append(words(child.tail))
    return (element.tag, tuple(sorted(attributes.items())), tuple(part for part in inside if part))


def words(text: str | None) -> str:
    return " ".join((text or "").split())


def form_of(field: forms.Field, *, heading: bool, error: str, **kwargs: Any) -> QuestionForm:
    class Question(QuestionForm):
        one_thing = heading
        side = field

    form = Question(**kwargs)
    if error:
        form.cleaned_data = {}
        form._errors = forms.utils.ErrorDict({"side": forms.utils.ErrorList([error])})
    return form


def told(text: str, hint: str, error: str, heading: bool, *, kind: str = "label") -> dict[str, Any]:
    words_of = {"text": text, "size": "l" if heading else "s", "isPageHeading": heading}
    params: dict[str, Any] = {"label": words_of} if kind == "label" else {"fieldset": {"legend": words_of}}
    return params | ({"hint": {"text": hint}} if hint else {}) | ({"errorMessage": {"text": error}} if error else {})


@TEXTS
@HINTS
@ERRORS
@HEADINGS
class TestFields:
    """Each kind of field: plain, with a hint, with an error, with what was answered, with hostile text."""

    def test_radios(self, text: str, hint: str, error: str, heading: bool) -> None:
        field = forms.ChoiceField(label=text, help_text=hint, widget=forms.RadioSelect, choices=CHOICES)
        form = form_of(field, heading=heading, error=error, initial={"side": "r"})

        params = told(text, hint, error, heading, kind="legend")
        expected = official("radios", "radios", name="side", items=ITEMS, value="r", **params)
        assert dom(form["side"].as_field_group()) == dom(expected)

    def test_checkboxes(self, text: str, hint: str, error: str, heading: bool) -> None:
        choices = [*CHOICES, ("none", Choice("None", exclusive=True))]
        field = forms.MultipleChoiceField(
            label=text, help_text=hint, widget=forms.CheckboxSelectMultiple, choices=choices
        )
        form = form_of(field, heading=heading, error=error, initial={"side": ["l", "x"]})

        items = [*ITEMS, {"value": "none", "text": "None", "behaviour": "exclusive"}]
        params = told(text, hint, error, heading, kind="legend")
        expected = official("checkboxes", "checkboxes", name="side", items=items, values=["l", "x"], **params)
        assert dom(form["side"].as_field_group()) == dom(expected)

    def test_input(self, text: str, hint: str, error: str, heading: bool) -> None:
        attrs = {"class": "nhsuk-input--width-10", "autocomplete": "tel", "inputmode": "tel"}
        field = forms.CharField(label=text, help_text=hint, widget=forms.TextInput(attrs=attrs))
        form = form_of(field, heading=heading, error=error, initial={"side": text})

        extra = {"classes": attrs["class"], "autocomplete": "tel", "inputmode": "tel", "value": text}
        expected = official("input", "input", name="side", **extra, **told(text, hint, error, heading))
        assert dom(form["side"].as_field_group()) == dom(expected)

    def test_textarea(self, text: str, hint: str, error: str, heading: bool) -> None:
        widget = forms.Textarea(attrs={"rows": 8, "data-keep": "story"})
        field = forms.CharField(label=text, help_text=hint, widget=widget)
        form = form_of(field, heading=heading, error=error, initial={"side": text})

        extra = {"rows": 8, "value": text, "attributes": {"data-keep": "story"}}
        expected = official("textarea", "textarea", name="side", **extra, **told(text, hint, error, heading))
        assert dom(form["side"].as_field_group()) == dom(expected)

    def test_select(self, text: str, hint: str, error: str, heading: bool) -> None:
        field = forms.ChoiceField(label=text, help_text=hint, choices=[("us", "United States"), ("mx", NASTY)])
        form = form_of(field, heading=heading, error=error, initial={"side": "mx"})

        items = [{"value": "us", "text": "United States"}, {"value": "mx", "text": NASTY}]
        params = told(text, hint, error, heading)
        expected = official("select", "select", name="side", items=items, value="mx", **params)
        assert dom(form["side"].as_field_group()) == dom(expected)

    def test_date_input(self, text: str, hint: str, error: str, heading: bool) -> None:
        field = DatePartsField(label=text, help_text=hint)
        form = form_of(field, heading=heading, error=error, initial={"side": datetime.date(2026, 3, 27)})

        parts = [("month", "Month", "3", 2), ("day", "Day", "27", 2), ("year", "Year", "2026", 4)]
        items = [
            {"id": f"side-{part}", "name": f"side-{part}", "label": {"text": name}, "value": value, "width": width}
            for part, name, value, width in parts
        ]
        params = told(text, hint, error, heading, kind="legend")
        expected = official("date-input", "dateInput", id="side", items=items, **params)
        assert dom(form["side"].as_field_group()) == dom(expected)

    def test_a_single_checkbox(self, text: str, hint: str, error: str, heading: bool) -> None:
        field = forms.BooleanField(label=text, help_text=hint)
        form = form_of(field, heading=heading, error=error, initial={"side": heading})

        items = [{"value": "on", "text": text, "checked": heading}]
        params = {key: value for key, value in told(text, hint, error, heading).items() if key != "label"}
        expected = official("checkboxes", "checkboxes", name="side", items=items, **params)
        assert dom(form["side"].as_field_group()) == dom(expected)


@TEXTS
class TestParts:
    """Every component that is not a field."""

    @pytest.mark.parametrize("variant", ["", "secondary", "warning", "reverse"])
    def test_button(self, text: str, variant: str) -> None:
        sent = {"name": "act", "value": text, "id": "go", "disabled": True}
        shape = {"text": text, "variant": variant, "small": variant == "secondary"}
        assert dom(own("button", **shape)) == dom(official("button", "button", **shape))
        assert dom(own("button", **shape, **sent)) == dom(official("button", "button", **shape, **sent))
        assert dom(own("button", href="/a?b=1&c=2", **shape)) == dom(
            official("button", "button", href="/a?b=1&c=2", **shape)
        )

    def test_back_link_and_skip_link(self, text: str) -> None:
        assert dom(own("back_link", href="/a", text=text)) == dom(
            official("back-link", "backLink", href="/a", text=text)
        )
        assert dom(own("back_link", href="/a")) == dom(official("back-link", "backLink", href="/a"))
        assert dom(own("skip_link")) == dom(official("skip-link", "skipLink", href="#main"))

    def test_error_summary(self, text: str) -> None:
        errors = (Problem(text=text, href="#side"), Problem(text="Everything"))
        listed = [{"text": text, "href": "#side"}, {"text": "Everything"}]
        expected = official("error-summary", "errorSummary", titleText="There is a problem", errorList=listed)
        assert dom(own("error_summary", errors=errors)) == dom(expected)

    def test_details(self, text: str) -> None:
        assert dom(own("details", summary=text, text=text)) == dom(
            official("details", "details", summaryText=text, text=text)
        )
        rich = inline("{% details text open=True %}<p>{{ text }}</p>{% enddetails %}", text=text)
        html = str(jinja.from_string("<p>{{ t }}</p>").render(t=text))
        assert dom(rich) == dom(official("details", "details", summaryText=text, html=html, open=True))

    def test_inset_text(self, text: str) -> None:
        assert dom(own("inset_text", text=text)) == dom(official("inset-text", "insetText", text=text))
        rich = inline("{% inset %}<p>{{ text }}</p>{% endinset %}", text=text)
        assert dom(rich) == dom(official("inset-text", "insetText", text=text))
        assert dom(inline("{% inset %}{{ text }}{% endinset %}", text=text)) == dom(rich)
        assert "<p>" not in inline("{% inset %}<ul><li>{{ text }}</li></ul>{% endinset %}", text=text)

    def test_warning_callout(self, text: str) -> None:
        expected = official("warning-callout", "warningCallout", heading=text, text=text)
        assert dom(own("warning_callout", heading=text, text=text)) == dom(expected)
        rich = inline("{% warning text level=2 %}<b>so</b>{% endwarning %}", text=text)
        expected = official("warning-callout", "warningCallout", heading={"text": text, "level": 2}, html="<b>so</b>")
        assert dom(rich) == dom(expected)

    @pytest.mark.parametrize("variant", ["emergency", "urgent", "non-urgent"])
    def test_care_card(self, text: str, variant: str) -> None:
        expected = official("card", "card", variant=variant, heading=text, description=text)
        assert dom(own("care_card", variant=variant, heading=text, text=text)) == dom(expected)
        rich = inline("{% care_card kind text level=3 %}<b>so</b>{% endcare_card %}", kind=variant, text=text)
        heading = {"text": text, "level": 3}
        assert dom(rich) == dom(official("card", "card", variant=variant, heading=heading, descriptionHtml="<b>so</b>"))

    def test_card(self, text: str) -> None:
        heading = {"text": text, "size": "m"}
        assert dom(own("card", heading=text, text=text)) == dom(
            official("card", "card", heading=heading, description=text)
        )
        assert dom(own("card", heading=text, href="/a", text=text)) == dom(
            official("card", "card", heading=heading, href="/a", clickable=True, description=text)
        )

    def test_do_and_dont_list(self, text: str) -> None:
        items = [{"item": text}, {"item": "rest"}]
        texts = [text, "rest"]
        assert dom(own("do_dont_list", heading=text, items=texts)) == dom(
            official("do-dont-list", "list", heading=text, icon="tick", items=items)
        )
        assert dom(own("do_dont_list", heading=text, items=texts, dont=True)) == dom(
            official("do-dont-list", "list", heading=text, icon="cross", items=items)
        )

    def test_summary_list(self, text: str) -> None:
        change, remove = Link(text="Change", href="/c", hidden=text), Link(text="Remove", href="/r")
        rows = (Row(key=text, value=text, actions=(change, remove)), Row(key="b", value="c", actions=(change,)))
        lines: list[dict[str, Any]] = [
            {
                "key": {"text": row.key},
                "value": {"text": row.value},
                "actions": {
                    "items": [
                        {"text": a.text, "href": a.href} | ({"visuallyHiddenText": a.hidden} if a.hidden else {})
                        for a in row.actions
                    ]
                },
            }
            for row in (*rows, Row(key="d", value="e"))
        ]
        given = (*rows, Row(key="d", value="e"))
        assert dom(own("summary_list", rows=given)) == dom(official("summary-list", "summaryList", rows=lines))

    def test_task_list(self, text: str) -> None:
        items = (
            Task(heading=text, href="/a", hint=text, status=text, color="blue"),
            Task(heading="b", href="/b", status="Done"),
            Task(heading="c", status="Cannot start yet"),
        )
        expected = [
            {
                "heading": text,
                "href": "/a",
                "hint": {"text": text},
                "status": {"tag": {"text": text, "colour": "blue"}},
            },
            {"heading": "b", "href": "/b", "status": {"text": "Done"}},
            {"heading": "c", "status": {"text": "Cannot start yet"}},
        ]
        assert dom(own("task_list", items=items)) == dom(official("task-list", "taskList", items=expected))

    def test_table(self, text: str) -> None:
        head = (Cell(text="Who"), Cell(text="Weeks", numeric=True))
        table = Table(caption=text, head=head, rows=((Cell(text=text, header=True), Cell(text="3", numeric=True)),))
        shown = dom(own("table", table=table, id="weeks"))[2][0]

        expected = official(
            "tables",
            "table",
            caption={"text": text, "id": "weeks-caption"},
            firstCellIsHeader=True,
            head=[{"text": "Who"}, {"text": "Weeks", "format": "numeric"}],
            rows=[[{"text": text}, {"text": "3"}]],
        )
        assert dict(shown[1])["aria-labelledby"] == "weeks-caption"
        assert (shown[2][0],) == dom(expected)[2]

    @pytest.mark.parametrize("color", ["", "grey", "red", "orange"])
    def test_tag(self, text: str, color: str) -> None:
        assert dom(own("tag", text=text, color=color)) == dom(official("tag", "tag", text=text, colour=color))

    def test_notification_banner(self, text: str) -> None:
        assert dom(own("notification_banner", text=text)) == dom(
            official("notification-banner", "notificationBanner", text=text)
        )
        assert dom(own("notification_banner", text=text, success=True)) == dom(
            official("notification-banner", "notificationBanner", text=text, variant="success")
        )


def test_pagination() -> None:
    links = (Link(text="1", href="/1"), Link(text="2", href="/2", current=True), Link(text="", href=""))
    items = [{"number": "1", "href": "/1"}, {"number": "2", "href": "/2", "current": True}, {"ellipsis": True}]
    expected = official("pagination", "pagination", items=items, previous={"href": "/1"}, next={"href": "/3"})
    assert dom(own("pagination", pager=Pager(previous="/1", next="/3", numbers=links))) == dom(expected)


def test_ids_follow_the_name_and_never_repeat() -> None:
    class Many(QuestionForm):
        side = forms.ChoiceField(label="Side", widget=forms.RadioSelect, choices=CHOICES)
        when = DatePartsField(label="When")
        time = forms.ChoiceField(label="Time", widget=TimeTiles, choices=[("Monday", [("a", "9:00"), ("b", "9:45")])])
        acts = forms.MultipleChoiceField(label="Acts", widget=PictureTiles, choices=[("w", Choice("Walk"))])
        note = forms.CharField(label="Note", widget=forms.Textarea)
        key = forms.CharField(widget=forms.HiddenInput, initial="k")

    html = str(Many())
    ids = [dict(node[1])["id"] for node in nodes(dom(html)) if "id" in dict(node[1])]
    labels = [dict(node[1])["for"] for node in nodes(dom(html)) if node[0] == "label"]

    assert len(set(ids)) == len(ids)
    assert {"side", "side-2", "side-4", "when-month", "time", "time-2", "acts", "note", "key"} <= set(ids)
    assert set(labels) <= set(ids)
    assert "required" not in html


def nodes(node: Any) -> list[Any]:
    return [node] + [found for child in node[2] if isinstance(child, tuple) for found in nodes(child)]


def test_problems_link_to_the_first_field_of_each_answer() -> None:
    class Two(QuestionForm):
        side = forms.ChoiceField(label="Which side?", widget=forms.RadioSelect, choices=CHOICES)
        when = DatePartsField(label="When?")

        def clean(self) -> None:
            raise forms.ValidationError("These do not fit together")

    form = Two({"when-day": "31", "when-month": "2", "when-year": "2026"})

    assert not form.is_valid()
    assert [problem.href for problem in form.problems()] == ["#side", "#side", "#when-month"]
    assert form.problems()[1].text == "Choose an answer: Which side?"


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (("3", "27", "2026"), datetime.date(2026, 3, 27)),
        (("", "", ""), None),
        (("2", "29", "2026"), "real"),
        (("3", "", "2026"), "Enter the day"),
        (("x", "1", "2026"), "real"),
    ],
)
def test_a_date_is_read_from_its_parts(typed: tuple[str, str, str], expected: Any) -> None:
    class When(QuestionForm):
        when = DatePartsField(label="When?", required=False)

    form = When(dict(zip(("when-month", "when-day", "when-year"), typed, strict=True)))

    if isinstance(expected, str):
        assert expected in str(form.errors["when"])
        assert f'value="{typed[2]}"' in str(form["when"].as_field_group())
    else:
        assert form.is_valid()
        assert form.cleaned_data["when"] == expected


def test_the_day_comes_first_in_spanish() -> None:
    class When(QuestionForm):
        when = DatePartsField(label="When?")

    with translation.override("es"):
        assert When()["when"].id == "when-day"


def test_a_password_is_never_sent_back() -> None:
    class Secret(QuestionForm):
        word = forms.CharField(widget=forms.PasswordInput(render_value=True))

    assert "hunter2" not in str(Secret({"word": "hunter2"}))


def test_each_time_says_its_day_to_those_who_hear_it() -> None:
    class Time(QuestionForm):
        time = forms.ChoiceField(label="When?", widget=TimeTiles, choices=[("Monday", [("a", "9:00")])])

    assert '<span class="nhsuk-u-visually-hidden">Monday, </span>9:00' in str(Time())


def test_pictures_are_silent_and_words_are_labels() -> None:
    class Acts(QuestionForm):
        acts = forms.MultipleChoiceField(
            label="What?",
            widget=PictureTiles,
            choices=[("a", Choice("Walk", picture="a.svg#w")), ("b", Choice("Cook", picture="b.png"))],
        )

    html = str(Acts())

    assert '<use href="/static/a.svg#w"' in html
    assert 'src="/static/b.png" alt=""' in html


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        ((), "a&lt;b c"),
        (((0, 3),), "<mark>a&lt;b</mark> c"),
        (((2, 3), (0, 2), (4, 99)), "<mark>a&lt;b</mark> <mark>c</mark>"),
        (((1, 1), (3, 2)), "a&lt;b c"),
    ],
)
def test_marks_stand_around_a_persons_words(spans: Any, expected: str) -> None:
    assert marked("a<b c", spans) == expected


def test_a_page_has_one_frame_and_says_its_errors_first() -> None:
    class Broken:
        title = "A <page>"
        errors = (Problem(text="Choose a side", href="#side"),)
        lines = ()
        back = "/before"

    request = RequestFactory().get("/somewhere?a=1")
    html = render_page(request, "ui/message.html", Broken(), status=422).content.decode()
    tags = [node[0] for node in nodes(dom(html))]

    assert "<title>Error: A &lt;page&gt; - Reable</title>" in html
    assert html.index("nhsuk-error-summary") < html.index("<h1>")
    assert 'name="next" value="/somewhere?a=1"' in html
    assert [tags.count(tag) for tag in ("h1", "main", "header", "footer")] == [1, 1, 1, 1]
    assert " style=" not in html
    assert " onclick=" not in html


@pytest.mark.parametrize(("language", "other"), [("en", "Español"), ("es", "English")])
def test_the_switch_offers_the_other_language_in_its_own_words(language: str, other: str) -> None:
    page = MessagePage(title="T", lines=("x",), home=True)
    with translation.override(language):
        html = render_page(RequestFactory().get("/"), "ui/message.html", page).content.decode()

    assert f'<html lang="{language}">' in html
    assert f">{other}</button>" in html


def test_a_page_without_a_request_needs_no_address() -> None:
    html = render_to_string("ui/message.html", {"page": MessagePage(title="T", lines=("x",))})
    assert "set_language" not in html
    assert "csrf" not in html


def test_the_style_sheet_is_small_and_asks_for_nothing_but_our_fonts() -> None:
    css = (FOLDER / "static/ui/reable.css").read_text(encoding="utf-8")

    assert len(gzip.compress(css.encode())) < 25_000
    assert set(re.findall(r"url\(([^)]*)\)", css)) == {'"fonts/latin.woff2"', '"fonts/latin-ext.woff2"'}
    assert not re.search("frutiger|assets.nhs|#005eb8|://", css, re.IGNORECASE)
    assert (FOLDER / "static/ui/fonts/latin.woff2").stat().st_size + len(gzip.compress(css.encode())) < 150_000


@pytest.mark.parametrize("file", sorted(FOLDER.glob("templates/**/*.html")), ids=lambda file: file.name)
def test_templates_are_short_and_hold_no_script_or_style_of_their_own(file: Path) -> None:
    text = file.read_text(encoding="utf-8")

    assert text.count("\n") <= 120
    assert not re.search(r"\sstyle=|\son[a-z]+=|<style|<script>|\|\s*safe\b|autoescape", text)
