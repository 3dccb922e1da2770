"""What is measured on may not have been learned from: no case overlaps a row of the phrase bank.

Plain statements of danger are left out: whoever says that plainly says it alike.
"""

import re
from collections import Counter, defaultdict
from pathlib import Path

import pytest
from bench.cases import read_cases

from reable.assets import DATA
from reable.knowledge.compile import read_folder

_WORD = re.compile(r"[\w']+")
_MOST_SHARED = 0.6  # of the runs of three words of a case that stand in one row
_LEAST_RUNS = 2
NAMES = sorted(file.stem for file in (Path(__file__).parents[2] / "bench" / "cases").glob("*.jsonl"))


def runs(text):
    words = _WORD.findall(text.lower())
    return {tuple(words[start : start + 3]) for start in range(len(words) - 2)}


@pytest.fixture(scope="module")
def rows_by_run():
    found = defaultdict(set)
    for wording in read_folder(DATA).wordings:
        for run in runs(wording.text):
            found[run].add((wording.language, wording.key, wording.line))
    return found


@pytest.mark.parametrize("name", NAMES)
def test_no_case_overlaps_a_row(name, rows_by_run):
    leaks = []
    for case in (case for case in read_cases(name) if not case.plain):
        own = runs(case.request["text"])
        shared = Counter(row for run in own for row in rows_by_run.get(run, ()))
        row, count = shared.most_common(1)[0] if shared else ((), 0)
        if len(own) >= _LEAST_RUNS and count >= _MOST_SHARED * len(own):
            leaks.append((case.id, row))

    assert not leaks
