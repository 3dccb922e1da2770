"""Tags and filters for templates of pages: components that hold other markup, and a person's words with marks.

{% details _("Why we say this") %} <p>...</p> {% enddetails %}
{% warning _("Do not drive") %} ... {% endwarning %}
{% care_card "urgent" _("Call a doctor today") %} ... {% endcare_card %}
{% card _("Your visit") %} ... {% endcard %}
{% inset %} ... {% endinset %}
{{ page.words|marked:page.spans }}
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString

from reable.web.ui.parts import Row

_BLOCKS = ("<p", "<ul", "<ol", "<h", "<div", "<form", "<dl")
register = template.Library()


@register.filter
def as_paragraph(text: Any, css: str = "") -> SafeString:
    """Leave markup as it is and make a paragraph of other text; nothing of nothing."""
    if isinstance(text, SafeString) or not text:
        return conditional_escape(text or "")
    return format_html('<p class="{}">{}</p>', css, text) if css else format_html("<p>{}</p>", text)


@register.filter
def marked(words: str, spans: Iterable[Any]) -> SafeString:
    """Put <mark> around those parts of a person's words that an answer rests on.

    Spans are pairs (start, end) or values with `start` and `end`, in any order; overlapping ones become one mark.
    """
    pieces: list[tuple[str, str]] = []
    at = 0
    for start, end in _merged(spans, len(words)):
        pieces += [("", words[at:start]), ("mark", words[start:end])]
        at = end
    pieces.append(("", words[at:]))
    return format_html_join(
        "", "{}", ((format_html("<mark>{}</mark>", text) if tag else text,) for tag, text in pieces if text)
    )


def _merged(spans: Iterable[Any], length: int) -> list[tuple[int, int]]:
    pairs = sorted(tuple(s) if isinstance(s, Sequence) else (s.start, s.end) for s in spans)
    merged: list[tuple[int, int]] = []
    for start, end in ((max(0, start), min(length, end)) for start, end in pairs):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        elif start < end:
            merged.append((start, end))
    return merged


@register.filter
def any_actions(rows: Iterable[Row]) -> bool:
    """Test if any row of a summary list can be acted on; the others then keep the column free."""
    return any(row.actions for row in rows)


@register.simple_block_tag
def details(content: str, summary: str, *, open: bool = False) -> str:  # noqa: A002 - the word of HTML
    """Show a disclosure: a line to open, and what it holds."""
    return _with(content, "details", summary=summary, open=open)


@register.simple_block_tag
def warning(content: str, heading: str, *, level: int = 3) -> str:
    """Show a warning callout around markup."""
    return _with(content, "warning_callout", heading=heading, level=level)


@register.simple_block_tag
def care_card(content: str, variant: str, heading: str, *, level: int = 2) -> str:
    """Show a care card around markup: emergency, urgent or non-urgent."""
    return _with(content, "care_card", variant=variant, heading=heading, level=level)


@register.simple_block_tag
def card(content: str, heading: str = "", *, href: str = "", level: int = 2, size: str = "m", variant: str = "") -> str:
    """Show a card around markup; with `href` the whole card is the link."""
    return _with(content, "card", heading=heading, href=href, level=level, size=size, variant=variant)


@register.simple_block_tag
def inset(content: str) -> str:
    """Show an inset text around markup; words without a block around them become a paragraph, which has a size."""
    words = content.strip()
    return _with(words if words.startswith(_BLOCKS) else f"<p>{words}</p>", "inset_text")


def _with(content: str, component: str, **params: object) -> str:
    # What stands between the tags was rendered by the engine, so it is escaped already.
    return render_to_string(f"ui/{component}.html", {"text": SafeString(content), **params})
