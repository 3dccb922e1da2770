"""`python -m bench.understand [--writers N]`: how well words of strangers are understood, by leaving writers out.

For each left-out writer: a student that saw none of their rows, beside the rules alone and a keyword search (BM25)
over the same rows. Then doors and dangers on the case files by writers of their own. Prints, and writes the table into
docs/explanation/how-words-are-understood.md.
"""

import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bench.agreement import Answered, answer_all, share
from bench.cases import read_cases
from reable import learn
from reable.assets import DATA, Assets, load
from reable.cli.learn import vectors_of
from reable.knowledge.compile import read_folder
from reable.knowledge.shapes.wording import NOTHING, Wording
from reable.terms import Language
from reable.understand import Kind, PhraseBank, read

PAGE = Path(__file__).parent.parent / "docs" / "explanation" / "how-words-are-understood.md"
MARKS = ("<!-- figures -->", "<!-- end of figures -->")
DOORS = (
    "strangers",
    "worked_answers_blind",
    "form_messages",
    "sideways",
    "held_out",
    "worked_answers",
    "worked_answers_seen",
)
DANGERS = (
    "danger_blind", "danger_new", "danger_final", "held_out",
    "danger_letters_fresh", "danger_letters", "danger_plain", "danger_phone", "danger_oblique", "danger_said",
    "danger_seen", "danger_sideways", "danger_told", "danger", "ordinary",
)  # fmt: skip
_WRITERS = 2  # of each language
_TEMPERATURE = 0.65


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table of left-out writers."""

    language: Language
    writer: str
    count: int
    measure: learn.Measure
    rules: int
    keywords: int


def main(arguments: list[str]) -> int:
    """Measure, print, and write the page."""
    most = int(arguments[arguments.index("--writers") + 1]) if "--writers" in arguments else _WRITERS
    assets = load()
    lines = [*_left_out(assets, most), "", *_doors(assets), "", *_dangers(assets), "", *_speed(assets)]
    print("\n".join(lines))
    text = PAGE.read_text(encoding="utf-8")
    before, rest = text.split(MARKS[0])
    after = rest.split(MARKS[1])[1]
    PAGE.write_text(f"{before}{MARKS[0]}\n{chr(10).join(lines)}\n{MARKS[1]}{after}", encoding="utf-8")
    return 0


def _left_out(assets: Assets, most: int) -> list[str]:
    found = read_folder(DATA)
    rows = learn.taught(found.wordings, found.knowledge)
    lines = [
        "| left-out writer | rows | student: right at once | among three | calibration error | rules alone | keyword search |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    for language in Language:
        own = [row for row in rows if row.language is language]
        bank = assets.understander.banks[language]
        examples = learn.examples_of(own, bank)
        for writer in learn.left_out(examples)[:most]:
            row = _one_left_out(language, writer, own, examples, bank, assets)
            m = row.measure
            lines.append(
                f"| {writer} ({language}) | {m.rows} | {m.first / 10:.1f} % | {m.among_three / 10:.1f} % | "
                f"{m.ece / 1000:.3f} | {100 * row.rules / row.count:.1f} % | {100 * row.keywords / row.count:.1f} % |"
            )
    return lines


def _one_left_out(
    language: Language,
    writer: str,
    rows: Sequence[Wording],
    examples: Sequence[learn.Example],
    bank: PhraseBank,
    assets: Assets,
) -> Row:
    vectors = vectors_of(language)
    student = learn.student_of(learn.without(writer, examples, vectors), vectors, _TEMPERATURE)
    measured = learn.measure(student, writer, [e for e in examples if e.writer == writer])
    named = [row for row in rows if row.writer == writer and row.key != NOTHING]
    search = _Keywords([row for row in rows if row.writer != writer], bank)
    rules = _rules_alone(assets)
    return Row(
        language,
        writer,
        len(named),
        measured,
        sum(row.key in rules(row.text) for row in named),
        sum(search.best(row.text) == row.key for row in named),
    )


def _rules_alone(assets: Assets) -> Callable[[str], set[str]]:
    alone = replace(assets.understander, students={}, watchers={})

    def named(text: str) -> set[str]:
        return {m.key for m in read(text, understander=alone).mentions if m.kind is not Kind.DANGER}

    return named


class _Keywords:
    """BM25 over all rows of one label as one document."""

    def __init__(self, rows: Sequence[Wording], bank: PhraseBank) -> None:
        self._bank = bank
        counts: dict[str, Counter[str]] = defaultdict(Counter)
        for row in rows:
            counts[row.key].update(self._terms(row.text))
        self._weights: dict[str, dict[str, float]] = defaultdict(dict)
        for term, label, weight in learn.keyword_weights(counts):
            self._weights[term][label] = weight

    def _terms(self, text: str) -> list[str]:
        return [place.concept for place in learn.seen(text, self._bank)]

    def best(self, text: str) -> str:
        """Give the label whose rows fit best."""
        scores: dict[str, float] = defaultdict(float)
        for term in self._terms(text):
            for label, weight in self._weights.get(term, {}).items():
                scores[label] += weight
        return max(scores, key=scores.__getitem__, default="")


def _doors(assets: Assets) -> list[str]:
    alone = replace(assets, understander=replace(assets.understander, students={}, watchers={}))
    lines = [
        "| doors, cases | who answers | strict | acceptable | wrong therapy outright | unclear, where a door was meant | other doors found | Spanish acceptable |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for name in DOORS:
        for who, these in (("rules and student", assets), ("rules alone", alone)):
            answered = [
                a
                for a in answer_all(read_cases(name), these)
                if a.case.kind in ("door", "other_door", "unclear") and a.case.door != "any"
            ]
            meant = [a for a in answered if a.case.door != "unclear"]
            other = [a for a in answered if a.case.kind == "other_door"]
            spanish = [a for a in answered if a.case.lang == "es"]
            cells = (
                _share(answered, lambda a: a.strict),
                _share(answered, lambda a: a.acceptable),
                _share(answered, lambda a: a.wrong_therapy),
                _share(meant, lambda a: a.door == "unclear"),
                _share(other, lambda a: a.acceptable),
                _share(spanish, lambda a: a.acceptable),
            )
            lines.append(f"| {name} | {who} | " + " | ".join(cells) + " |")
    return lines


def _dangers(assets: Assets) -> list[str]:
    lines = [
        "| dangers, cases | emergencies raised, English | Spanish | plain ones | same day, English | Spanish | look-alikes calm | ordinary calm | emergencies raised or asked about first | ordinary asked about |",
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for name in DANGERS:
        answered = answer_all(read_cases(name), assets)

        def of(urgency: str, lang: str, answered: list[Answered] = answered) -> list[Answered]:
            return [a for a in answered if (a.case.kind, a.case.urgency, a.case.lang) == ("danger", urgency, lang)]

        calm = [a for a in answered if a.case.urgency is None and a.case.door != "urgent"]
        ordinary = [a for a in calm if a.case.kind in ("harmless", "ordinary", "door")]
        cells = (
            *(_share(of("emergency", lang), lambda a: a.alarmed) for lang in ("en", "es")),
            _share([a for a in answered if a.case.kind == "danger" and a.case.plain], lambda a: a.alarmed),
            *(_share(of("same_day", lang), lambda a: a.alarmed) for lang in ("en", "es")),
            _share([a for a in calm if a.case.kind == "look_alike"], lambda a: not a.alarmed),
            _share(ordinary, lambda a: not a.alarmed),
            _share([*of("emergency", "en"), *of("emergency", "es")], lambda a: a.alarmed or a.asked_about),
            _share(ordinary, lambda a: not a.alarmed and a.asked_about),
        )
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return lines


def _speed(assets: Assets) -> list[str]:
    texts = [str(case.request["text"]) for case in read_cases("worked_answers") if case.lang == "en"]
    bank, student = assets.understander.banks[Language.EN], assets.understander.students[Language.EN]
    seen = [learn.seen(text, bank) for text in texts]
    spent = []
    for _ in range(7):
        begun = time.process_time()
        for places in seen:
            student.understand(places, {})
        spent.append(time.process_time() - begun)
    return [f"The student alone: {len(seen) / sorted(spent)[3]:,.0f} sentences a second on one core (median of 7)."]


def _share(rows: Sequence[Answered], holds: Callable[[Answered], bool]) -> str:
    return share(sum(holds(row) for row in rows), len(rows)).strip()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
