"""`reable verify FILE`: check saved answers with the independent checker."""

import argparse
from dataclasses import asdict
from pathlib import Path

from reable.assets import load
from reable.cli.answers import read_answers
from reable.verify import verify


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument(
        "file", type=Path, metavar="FILE", help="answers written by `reable navigate --json` or `--jsonl`"
    )


def run(options: argparse.Namespace) -> int:
    """Say of each answer whether it follows, and what does not; fail if any does not."""
    assets = load()
    versions = {f"{name}_version": value for name, value in asdict(assets.versions).items()}
    rejected = 0
    answers = read_answers(options.file)
    for number, answer in enumerate(answers, 1):
        faults = verify(answer, knowledge=assets.knowledge, understander=assets.understander, versions=versions)
        rejected += bool(faults)
        for fault in faults:
            print(f"answer {number}: {fault}")
    print(f"{len(answers) - rejected} of {len(answers)} answers follow from their words and the knowledge")
    return 1 if rejected else 0
