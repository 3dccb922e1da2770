"""One page for the doctor: the clinician's wording, codes, what was asked and what was not (S32); HTML and PDF."""

from ctypes.util import find_library
from datetime import date
from functools import lru_cache
from importlib.util import find_spec
from typing import Any

from django.utils import formats

from reable import navigate
from reable.navigate.evidence import OLDER_FROM
from reable.terms import Relation
from reable.web import core
from reable.web.portal.pages import LetterPage, Lines
from reable.web.portal.way import Way

_OLDER = "65 or over"
_SAFETY_ANSWERS = {
    "blood thinners": "ask_blood_thinner",
    "recent operation": "ask_recent_operation",
    "recent injury": "ask_recent_injury",
    _OLDER: "ask_65_or_over",
    "pregnancy": "ask_pregnant",
}
_PDF_NEEDS = ("pango-1.0", "pangoft2-1.0")
_UNKNOWN = ("weight-bearing limits", "pacemaker or implant", "falls in the last year")  # no question asks for these yet


def letter_page(way: Way, *, today: date, back: str, help_: str) -> LetterPage:
    """Fill the page. What a private flag rests on is withheld (S13)."""
    here, navigation = core.opened(), way.navigation
    sections = navigate.for_clinician(navigation, knowledge=here.knowledge, versions=here.versions)
    asked = [
        (here.knowledge.questions[key].text.en, answer.value.replace("_", " "))
        for key, answer in way.state.answers.items()
        if key in here.knowledge.questions and not _is_private(key)
    ]
    speaker = navigation.inquiry.relation or navigation.reading.relation
    return LetterPage(
        title="For the doctor or therapist",
        help=help_,
        back=back,
        spoke=f"Somebody who helps the person ({way.state.relation})" if speaker is Relation.PROXY else "The person",
        said="" if way.is_private else navigation.inquiry.words,
        sections=(*(Lines(title=s.title, lines=s.lines) for s in sections), _facts(way)),
        asked=tuple(asked),
        made_on=formats.date_format(today, "DATE_FORMAT"),
    )


def _facts(way: Way) -> Lines:
    """List what a doctor looks for first, each with the answer or "not asked"."""
    answers = {key: answer.value.replace("_", " ") for key, answer in way.state.answers.items()}
    age = way.navigation.inquiry.age if way.navigation.inquiry.age is not None else way.navigation.reading.age
    if age is not None:
        answers[_SAFETY_ANSWERS[_OLDER]] = "yes" if age >= OLDER_FROM else "no"
    lines = [f"{name}: {answers.get(key, 'not asked')}" for name, key in _SAFETY_ANSWERS.items()]
    conditions = [
        core.knowledge().conditions[piece.key].name.en
        for piece in way.navigation.evidence
        if piece.key in core.knowledge().conditions and piece.is_live
    ]
    lines.append(f"conditions told: {', '.join(dict.fromkeys(conditions)) or 'none told'}")
    return Lines(title="Before therapy", lines=(*lines, *(f"{name}: not asked" for name in _UNKNOWN)))


def _is_private(question: str) -> bool:
    knowledge = core.knowledge()
    means = knowledge.questions[question].yes_means
    return any(key in knowledge.red_flags and knowledge.red_flags[key].private for key in means)


@lru_cache(maxsize=1)
def pdf_possible() -> bool:
    """Test if the library that makes PDFs and what it needs of the system are there, without loading it (seconds)."""
    return find_spec("weasyprint") is not None and all(find_library(name) for name in _PDF_NEEDS)


def pdf_of(html: str) -> bytes:
    """Make a PDF of a page; nothing is fetched, neither from the network nor from files."""
    import weasyprint

    made: Any = weasyprint.HTML(string=html, url_fetcher=_nothing).write_pdf(pdf_variant="pdf/ua-1")
    return bytes(made)


def _nothing(url: str, *args: object, **kwargs: object) -> dict[str, object]:
    raise ValueError("a letter fetches nothing")
