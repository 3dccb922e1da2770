"""`reable difference`: PT and OT in plain words (B2)."""

import argparse

from reable.assets import load_knowledge
from reable.cli.printing import show
from reable.navigate.explanation import Section
from reable.terms import Language

TEXTS = ("difference_pt_ot", "pt_session", "ot_session", "first_visit", "what_to_bring")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument(
        "--lang", choices=[language.value for language in Language], default="en", help="language of the text"
    )


def run(options: argparse.Namespace) -> int:
    """Write the education texts."""
    language = Language(options.lang)
    items = load_knowledge().education
    show(
        Section(key=item.key, title=item.title.in_(language), lines=tuple(line.in_(language) for line in item.body))
        for item in (items[key] for key in TEXTS)
    )
    return 0
