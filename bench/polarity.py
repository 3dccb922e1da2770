"""How often polarity is read right: `python -m bench.polarity [--details]`.

`bench/polarity.jsonl` holds made-up sentences, one a construction, with the words in question in brackets; `reads` says
how they were said (`live`: limited or wanted; `calm`: anything else; or one polarity; `none:` and `some:` list signs
that must not, or must, be understood). It is a development set. The rows of the phrase bank are measured beside it:
read alone, a wording of a danger must be live, and a look-alike (`calm`) must not be.
"""

import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from reable import understand
from reable.assets import load
from reable.knowledge.reader import FolderReader
from reable.knowledge.shapes.wording import SENTENCE, Wording, WordingPolarity
from reable.terms import Polarity
from reable.understand import Kind, Mention, Understander

CASES = Path(__file__).parent / "polarity.jsonl"
DATA = Path(understand.__file__).parents[1] / "knowledge" / "data"
LIVE = frozenset({Polarity.LIMITED, Polarity.WANTED})


def marked(text: str) -> tuple[str, list[tuple[int, int]]]:
    """Take the brackets out of a text, and say where the words stood that were in them."""
    plain, spans = "", []
    for piece in re.split(r"(\[[^\]]*\])", text):
        words = piece.strip("[]")
        if piece.startswith("["):
            spans.append((len(plain), len(plain) + len(words)))
        plain += words
    return plain, spans


def reads_right(text: str, expected: str, understander: Understander) -> bool:
    """Test if the words in brackets are understood, each as it was said."""
    plain, spans = marked(text)
    dangers = [m for m in understand.read(plain, understander=understander).mentions if m.kind is Kind.DANGER]
    if expected.startswith(("none:", "some:")):
        return bool({m.key for m in dangers} & set(expected[5:].split(","))) == expected.startswith("some:")
    within = [[m for m in dangers if start <= m.start and m.end <= end] for start, end in spans]
    return all(found and all(_agrees(m, expected) for m in found) for found in within)


def _agrees(mention: Mention, expected: str) -> bool:
    if expected in ("live", "calm"):
        return (mention.polarity in LIVE) == (expected == "live")
    return mention.polarity.value == expected


def of_cases(understander: Understander, *, details: bool) -> None:
    """Print for each construction how many sentences are read right."""
    right: Counter[str] = Counter()
    every: Counter[str] = Counter()
    for row in map(json.loads, CASES.read_text(encoding="utf-8").splitlines()):
        good = reads_right(row["text"], row["reads"], understander)
        for group in (f"{row['mechanism']} ({row['lang']})", "all"):
            every[group] += 1
            right[group] += good
        if details and not good:
            print(f"  {row['id']}: {row['text']} ({row['reads']})")
    for group, count in every.items():
        print(f"{group}: {right[group]} of {count}")


def of_rows(wordings: Iterable[Wording], understander: Understander) -> None:
    """Print how many rows of the phrase bank, read alone, are said as the bank says."""
    right: Counter[str] = Counter()
    every: Counter[str] = Counter()
    for row in wordings:
        if understander.kinds.get(row.key) is not Kind.DANGER or row.note == SENTENCE:
            continue
        found = understand.read(row.text, understander=understander, language=row.language).mentions
        live = any(m.key == row.key and m.polarity in LIVE for m in found)
        kind = "look-alikes not live" if row.polarity is WordingPolarity.CALM else "dangers live"
        every[f"{kind} ({row.language})"] += 1
        right[f"{kind} ({row.language})"] += live == (row.polarity is not WordingPolarity.CALM)
    for group, count in every.items():
        print(f"rows, {group}: {right[group]} of {count}")


def main(arguments: Sequence[str]) -> None:
    """Print both."""
    understander = replace(load().understander, students={})
    of_cases(understander, details="--details" in arguments)
    of_rows(FolderReader(DATA).wordings(), understander)


if __name__ == "__main__":
    main(sys.argv[1:])
