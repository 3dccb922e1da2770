"""`python -m bench.alarms [FILE]`: which harmless sentences of the phrase bank raise an urgent flag.

The safety net of every widening of the danger rules: thousands of sentences that tell of therapy, of other doors or of
nothing, by writers who worked from names alone. Prints how many alarm; with FILE, writes them there, and where FILE
was there before, prints those that are new since.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from reable import navigate as core
from reable.assets import DATA, Assets, load
from reable.knowledge.compile import read_folder
from reable.knowledge.shapes.wording import SENTENCE, Wording


def main(arguments: list[str]) -> None:
    """Run every harmless sentence, and tell which alarm."""
    assets = load()
    rows = [
        row for row in read_folder(DATA).wordings if row.note == SENTENCE and row.key not in assets.knowledge.red_flags
    ]
    alarming = sorted(_alarming(rows, assets))
    print(f"{len(alarming)} of {len(rows):,} harmless sentences alarm")
    if arguments:
        kept = Path(arguments[0])
        before = set(kept.read_text(encoding="utf-8").splitlines()) if kept.exists() else set(alarming)
        for line in alarming:
            if line not in before:
                print(f"  new: {line}")
        kept.write_text("".join(f"{line}\n" for line in alarming), encoding="utf-8")


def _alarming(rows: list[Wording], assets: Assets) -> Iterator[str]:
    for row in rows:
        inquiry = core.Inquiry(text=row.text, language=row.language)
        navigation = core.navigate(inquiry, knowledge=assets.knowledge, understander=assets.understander)
        urgent = [raised.flag.key for raised in navigation.screening.raised if raised.flag.urgency.is_urgent]
        if urgent:
            yield f"{row.language}/{row.key} | {row.text} | {', '.join(urgent)}"


if __name__ == "__main__":
    main(sys.argv[1:])
