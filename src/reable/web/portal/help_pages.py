"""The danger pages: one for each red flag and language, written out at start as plain files.

They need no database, no account, no script and no worker: the web server hands them out by itself, also when every
worker is busy (decisions 18). Their addresses are numbers without a meaning, so that a history or a log tells nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from shutil import copyfile

from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils import translation

from reable.knowledge import Knowledge
from reable.knowledge.shapes.danger import RedFlag
from reable.terms import Language
from reable.web import core
from reable.web.danger_words import Elsewhere, Number, Numbers, code_of, danger_words

FIRST_SIGNS = (
    *("stroke_signs", "chest_pain_at_rest", "severe_breathlessness", "cauda_equina", "head_injury", "blood_clot_leg"),
    *("sudden_limb_weakness", "sudden_vision_loss", "thunderclap_headache", "sepsis", "fracture_suspected"),
    *("suicidal_thoughts", "partner_violence", "elder_abuse", "child_abuse"),
)
"""What the first page about danger lists, most pressing first."""

REACH = "/reach/"
_STYLE = ("reable.css", "fonts/latin.woff2", "fonts/latin-ext.woff2")
_STYLE_AT = "/help/style/reable.css"
_EXITS = {Language.EN: "https://www.weather.gov/", Language.ES: "https://www.weather.gov/?lang=es"}


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpPage:
    """One danger, one action."""

    title: str
    heading: str
    calls: tuple[Number, ...]
    text_to: Number | None
    do_now: tuple[str, ...]
    do_not: tuple[str, ...]
    emergency: bool
    crisis: bool
    private: bool
    reach: str  # where a private one asks whether contact is safe (S13)
    not_now: str  # where "this is not happening now" leads; empty where it may not be said
    other_language: str
    exit: str
    elsewhere: tuple[Elsewhere, ...]
    unsigned: bool
    errors: tuple[()] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpIndex:
    """The list of dangers that stands on its own page."""

    title: str
    calls: tuple[Number, ...]
    signs: tuple[tuple[str, str], ...]  # address, name
    other_language: str
    exit: str
    elsewhere: tuple[Elsewhere, ...]
    errors: tuple[()] = ()


def address_of(key: str, language: Language) -> str:
    """Give the address of a flag's page."""
    return f"/help/{language}/{code_of(key)}/"


def exit_of(language: Language) -> str:
    """Give the harmless page of others to which one leaves at once."""
    return _EXITS[language]


def help_page(flag: RedFlag, language: Language, knowledge: Knowledge) -> HelpPage:
    """Fill one danger page: numbers of the clinic's country, never of the language (S11)."""
    numbers, said = Numbers(language, knowledge), danger_words(flag, language, knowledge)
    return HelpPage(
        title=numbers.plain("help_title"),
        heading=said.heading,
        calls=said.calls,
        text_to=said.text_to,
        do_now=said.do_now,
        do_not=said.do_not,
        emergency=said.emergency,
        crisis=said.crisis,
        private=flag.private,
        reach=REACH if flag.private else "",
        not_now=f"/not-now/{code_of(flag.key)}/" if flag.may_be_checked else "",
        other_language=f"/help/{_other(language)}/{code_of(flag.key)}/",
        exit=exit_of(language),
        elsewhere=tuple(numbers.elsewhere()),
        unsigned=not flag.reviewed_by,
    )


def help_index(language: Language, knowledge: Knowledge) -> HelpIndex:
    """Fill the page that lists dangers."""
    numbers = Numbers(language, knowledge)
    return HelpIndex(
        title=numbers.plain("help_title"),
        calls=numbers.emergency(),
        signs=tuple((address_of(key, language), knowledge.red_flags[key].name.in_(language)) for key in FIRST_SIGNS),
        other_language=f"/help/{_other(language)}/",
        exit=exit_of(language),
        elsewhere=tuple(numbers.elsewhere()),
    )


def write_help_pages(folder: Path) -> int:
    """Write all danger pages below `folder`; gives how many."""
    knowledge = core.knowledge()
    written = 0
    for language in Language:
        for place, page, template in _all(language, knowledge):
            target = folder / place / "index.html"
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(rendered(page, template, language, style=_STYLE_AT), encoding="utf-8")
            written += 1
    index = rendered(help_index(Language.EN, knowledge), "portal/help_index.html", Language.EN, style=_STYLE_AT)
    (folder / "index.html").write_text(index, encoding="utf-8")
    _write_style(folder)
    return written + 1


def rendered(page: HelpPage | HelpIndex, template: str, language: Language, *, style: str) -> str:
    """Render a page outside of any request."""
    with translation.override(language.value):
        return render_to_string(template, {"page": page, "demo": settings.DEMO, "style": style})


def _write_style(folder: Path) -> None:
    """Put the style sheet and its fonts beside the pages: no worker is needed for these either."""
    target = folder / "style" / "fonts"
    target.mkdir(parents=True, exist_ok=True)
    for name in _STYLE:
        found = finders.find(f"ui/{name}")
        if isinstance(found, str):
            copyfile(found, folder / "style" / name)


def _all(language: Language, knowledge: Knowledge) -> Iterator[tuple[str, HelpPage | HelpIndex, str]]:
    yield language.value, help_index(language, knowledge), "portal/help_index.html"
    for flag in knowledge.red_flags.values():
        yield f"{language}/{code_of(flag.key)}", help_page(flag, language, knowledge), "portal/help.html"


def _other(language: Language) -> Language:
    return Language.ES if language is Language.EN else Language.EN
