"""`reable demo`: the main job on a few statements. All of them are made up."""

import argparse

from reable import navigate as core
from reable.assets import load
from reable.cli.navigate import explain
from reable.cli.printing import bold
from reable.navigate import Inquiry

STATEMENTS = (
    "I want to walk without pain",
    "I want to button my shirt again",
    "I want to move my face naturally after Bell's palsy",
    "I want to go back to the gym safely",
    "I want to bathe and cook without help",
    "I'm not sure. I need a full recovery plan.",
    "Since this morning my mother's face droops and her speech is slurred",
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes: nothing."""


def run(options: argparse.Namespace) -> int:
    """Answer each statement: a line for all, the whole explanation for the third and the last."""
    assets = load()
    print(bold("Reable: from your own words to the right therapy. These people are made up."))
    whole = (STATEMENTS[2], STATEMENTS[-1])
    for text in STATEMENTS:
        print(f"\n{bold('> ' + text)}")
        if text in whole:
            explain(Inquiry(text=text), assets, reader="person")
        else:
            navigation = core.navigate(Inquiry(text=text), knowledge=assets.knowledge, understander=assets.understander)
            print(core.for_person(navigation, knowledge=assets.knowledge)[0].lines[0])
    print('\nTry it: .venv/bin/reable navigate "your own words", or .venv/bin/reable ask')
    return 0
