"""The worked answers and opening complaints of the mission, through each way in."""

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from reable.cli.main import main

title = "Where does a person start?"
CASES = [
    pytest.param(case, id=case["case"])
    for file in sorted((Path(__file__).parent / "cases").glob("*.yaml"))
    for case in yaml.safe_load(file.read_text(encoding="utf-8"))
]


def asked(case):
    return {key: value for key, value in case.items() if key not in ("case", "because", "expect")}


@pytest.mark.parametrize("case", CASES)
def test_core(case, record):
    """Each case, asked in process."""
    answer = record(asked(case)["text"], **{k: v for k, v in asked(case).items() if k != "text"})

    for field, expected in case["expect"].items():
        assert answer[field] == expected, f"{field}: because {case.get('because', '-')}"


def test_command_line_agrees_with_the_core(tmp_path, monkeypatch, capsys, record):
    """The batch form gives, line by line, what the core gives."""
    lines = [json.dumps({"id": str(n), **asked(case.values[0])}) for n, case in enumerate(CASES)]
    monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(lines)))

    assert main(["navigate", "--jsonl"]) == 0

    answers = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    expected = [{**record(**asked(case.values[0])), "id": str(n)} for n, case in enumerate(CASES)]
    assert answers == expected


def test_a_new_process_says_the_same():
    """One smoke run of the installed command."""
    done = subprocess.run(
        [sys.executable, "-m", "reable", "navigate", "I want to walk without pain"],
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout.startswith("Start with physical therapy.")


def test_a_clinic_can_run_the_same_cases():
    """`reable assure` holds on the project's own cases."""
    for file in sorted((Path(__file__).parent / "cases").glob("*.yaml")):
        assert main(["assure", str(file)]) == 0
