"""`reable explain FILE`: explain saved answers in words."""

import argparse
from pathlib import Path

from reable import navigate as core
from reable.assets import load
from reable.cli.answers import read_answers
from reable.cli.navigate import explain
from reable.cli.printing import bold


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument(
        "file", type=Path, metavar="FILE", help="answers written by `reable navigate --json` or `--jsonl`"
    )
    parser.add_argument("--for", dest="reader", choices=["person", "clinician"], default="clinician", help="for whom")


def run(options: argparse.Namespace) -> int:
    """Explain each answer, derived anew from what was asked."""
    assets = load()
    for number, answer in enumerate(read_answers(options.file), 1):
        if "error" in answer:
            print(f"answer {number}: {answer['error']}")
            continue
        print(bold(f"== answer {number} (id {answer.get('id')})"))
        if answer.get("knowledge_version") != assets.versions.knowledge:
            print("note: this answer was made with other knowledge; it is explained as it would be now")
        explain(core.inquiry_from(answer.get("inquiry"), knowledge=assets.knowledge), assets, reader=options.reader)
        print()
    return 0
