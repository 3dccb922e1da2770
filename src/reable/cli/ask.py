"""`reable ask`: the interview in a terminal, one question at a time."""

import argparse
import sys
from dataclasses import replace

from reable import navigate as core
from reable.assets import Assets, load
from reable.cli.navigate import default_country
from reable.cli.printing import bold, show
from reable.knowledge.shapes.danger import DangerQuestion
from reable.navigate import Inquiry, Navigation
from reable.terms import Answer, Door, Language

_KEYS = {
    Language.EN: {"y": Answer.YES, "l": Answer.A_LITTLE, "n": Answer.NO, "?": Answer.NOT_SURE},
    Language.ES: {"s": Answer.YES, "p": Answer.A_LITTLE, "n": Answer.NO, "?": Answer.NOT_SURE},
}
_OFFER = {
    Language.EN: "[y]es  a [l]ittle  [n]o  not sure [?]  [b]ack  [q]uit: ",
    Language.ES: "[s]í  un [p]oco  [n]o  no sé [?]  [b] volver  [q] salir: ",
}
_START = {
    Language.EN: "Where are you stuck, and what do you want back?\n> ",
    Language.ES: "¿Qué le cuesta hacer, y qué quiere volver a hacer?\n> ",
}
_AGAIN = {Language.EN: "Please type one of the letters shown.", Language.ES: "Escriba una de las letras indicadas."}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument(
        "--lang", choices=[language.value for language in Language], default="en", help="language of the questions"
    )
    parser.add_argument("--age", type=int, help="age in years of the person it is about")
    parser.add_argument("--country", default=default_country(), help="two letters, for emergency numbers")


def run(options: argparse.Namespace) -> int:
    """Ask until nothing is left to ask, then show the recommendation."""
    assets = load()
    language = Language(options.lang)
    data = {"text": _line(_START[language]) or "", "lang": options.lang, "age": options.age, "country": options.country}
    inquiry = core.inquiry_from(data, knowledge=assets.knowledge)
    navigation = _answer(inquiry, assets)
    while (question := navigation.next_question) is not None:
        key, text, why = _words(question, language, assets)
        given = _ask(text, why, language)
        if given is None:
            break
        answers = dict(navigation.inquiry.answers)
        if given == "back":
            if answers:
                answers.popitem()
        else:
            answers[key] = Answer(given)
        navigation = _answer(replace(navigation.inquiry, answers=answers), assets)
        if navigation.door is Door.URGENT:
            break
    show(core.for_person(navigation, knowledge=assets.knowledge))
    return 0


def _answer(inquiry: Inquiry, assets: Assets) -> Navigation:
    return core.navigate(inquiry, knowledge=assets.knowledge, understander=assets.understander)


def _words(question: object, language: Language, assets: Assets) -> tuple[str, str, str]:
    """Give the key, the text and the reason of a question."""
    if isinstance(question, DangerQuestion):
        return question.key, question.text.in_(language), question.why.in_(language)
    code = str(getattr(question, "code"))  # noqa: B009 - a candidate
    return (
        f"limitation:{code}",
        assets.knowledge.categories[code].ask.in_(language),
        assets.knowledge.texts["why_limitation"].in_(language),
    )


def _ask(text: str, why: str, language: Language) -> str | None:
    """Ask one question until it is answered; "back" to undo the last answer, None to stop."""
    print(f"\n{bold(text)}\n({why})")
    while True:
        line = _line(_OFFER[language])
        if line is None or line[:1].lower() == "q":
            return None
        if line[:1].lower() == "b":
            return "back"
        if line[:1].lower() in _KEYS[language]:
            return _KEYS[language][line[:1].lower()].value
        print(_AGAIN[language])


def _line(prompt: str) -> str | None:
    """Read one line; None at the end of the input."""
    try:
        return input(prompt).strip()
    except EOFError:
        print(file=sys.stdout)
        return None
