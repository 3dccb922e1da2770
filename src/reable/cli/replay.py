"""`reable replay FILE`: derive saved answers anew and compare them byte for byte."""

import argparse
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

from reable import navigate as core
from reable.assets import Assets, load
from reable.cli.answers import read_answers
from reable.cli.navigate import line_of, record_of


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument(
        "file", type=Path, metavar="FILE", help="answers written by `reable navigate --json` or `--jsonl`"
    )


def run(options: argparse.Namespace) -> int:
    """Replay each answer; name the version that differs where one does."""
    assets = load()
    failed = 0
    for number, answer in enumerate(read_answers(options.file), 1):
        verdict = _replayed(answer, assets)
        failed += verdict != "same"
        print(f"answer {number}: {verdict}")
    return 1 if failed else 0


def _replayed(answer: Mapping[str, object], assets: Assets) -> str:
    if "error" in answer:
        return "an error line, nothing to replay"
    for name, value in asdict(assets.versions).items():
        field = f"{name}_version"
        if answer.get(field) != value:
            return f"{field} differs: {answer.get(field)} then, {value} now"
    inquiry = answer.get("inquiry")
    anew = record_of(core.inquiry_from(inquiry, knowledge=assets.knowledge), _id(answer), assets)
    return "same" if line_of(anew) == line_of(dict(answer)) else "differs, although all versions are the same"


def _id(answer: Mapping[str, object]) -> str | None:
    given = answer.get("id")
    return given if given is None or isinstance(given, str) else str(given)
