"""`reable replay FILE` or `ID`: derive saved answers anew and compare them byte for byte."""

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from uuid import UUID

from reable import navigate as core
from reable.assets import Assets, load
from reable.cli.answers import read_answers
from reable.cli.navigate import line_of, record_of
from reable.knowledge import canonical


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument(
        "answer",
        metavar="FILE|ID",
        help="answers written by `reable navigate --json` or `--jsonl`, or the id of a recommendation kept by the site",
    )
    parser.add_argument("--demo", action="store_true", help="look the id up in the demo clinic")


def run(options: argparse.Namespace) -> int:
    """Replay each answer; name the version that differs where one does."""
    assets = load()
    failed = 0
    for number, answer in enumerate(_answers(options), 1):
        verdict = _replayed(answer, assets)
        failed += verdict != "same"
        print(f"answer {number}: {verdict}")
    return 1 if failed else 0


def _answers(options: argparse.Namespace) -> Sequence[Mapping[str, object]]:
    try:
        id_ = UUID(options.answer)
    except ValueError:
        return read_answers(Path(options.answer))
    from reable.web.operations.kept import kept_answer  # only an id needs the site

    return [kept_answer(id_, demo=options.demo)]


def _replayed(answer: Mapping[str, object], assets: Assets) -> str:
    if "error" in answer:
        return "an error line, nothing to replay"
    for name, value in asdict(assets.versions).items():
        field = f"{name}_version"
        if answer.get(field) != value:
            return f"{field} differs: {answer.get(field)} then, {value} now"
    inquiry = answer.get("inquiry")
    anew = record_of(core.inquiry_from(inquiry, knowledge=assets.knowledge), _id(answer), assets)
    # A database may keep the keys of an object in an order of its own: then the canonical form is compared.
    same = line_of(anew) == line_of(dict(answer)) or canonical(anew) == canonical(dict(answer))
    return "same" if same else "differs, although all versions are the same"


def _id(answer: Mapping[str, object]) -> str | None:
    given = answer.get("id")
    return given if given is None or isinstance(given, str) else str(given)
