"""Write to a terminal: wrapped lines, and colors only where somebody looks."""

import os
import shutil
import sys
import textwrap
from collections.abc import Iterable

from reable.navigate.explanation import Section

_WIDEST = 100


def bold(text: str) -> str:
    """Make a text bold on a terminal; leave it as it is in a file, a pipe, or where NO_COLOR is set."""
    plain = not sys.stdout.isatty() or "NO_COLOR" in os.environ
    return text if plain else f"\x1b[1m{text}\x1b[0m"


def show(sections: Iterable[Section]) -> None:
    """Write the sections of an answer, each under its heading."""
    for section in sections:
        if section.title:
            print(f"\n{bold(section.title)}")
        for line in section.lines:
            print(_wrapped(line, indent="  " if section.title else ""))


def _wrapped(line: str, *, indent: str) -> str:
    width = min(_WIDEST, shutil.get_terminal_size().columns)
    return textwrap.fill(line, width, initial_indent=indent, subsequent_indent=indent)
