"""`reable navigate`: one statement from the command line, or many as JSON lines."""

import argparse
import json
import os
import sys
from collections.abc import Iterable, Iterator

from reable import navigate as core
from reable.assets import Assets, load
from reable.cli.printing import show
from reable.errors import ReableError
from reable.navigate import Inquiry
from reable.navigate.record import Json
from reable.terms import Language


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument(
        "words", nargs="?", metavar="WORDS", help='your own words, in quotes; "-" reads them from standard input'
    )
    parser.add_argument("--goal", help="what you want back, if you say it apart")
    parser.add_argument(
        "--condition",
        action="append",
        default=[],
        metavar="NAME",
        help="a diagnosis: name, key or ICD-10-CM code; may be given again",
    )
    parser.add_argument("--age", type=int, help="age in years of the person it is about")
    parser.add_argument("--lang", choices=[language.value for language in Language], help="language of the answer")
    parser.add_argument(
        "--country",
        default=default_country(),
        help="two letters, for emergency numbers (default: REABLE_COUNTRY or US)",
    )
    parser.add_argument("--json", action="store_true", help="the whole answer with its derivation, as JSON")
    parser.add_argument(
        "--for", dest="reader", choices=["person", "clinician"], default="person", help="for whom it is explained"
    )
    parser.add_argument(
        "--jsonl", action="store_true", help="read JSON lines from standard input, write one answer a line"
    )


def run(options: argparse.Namespace) -> int:
    """Answer one statement, or each line of standard input."""
    assets = load()
    if options.jsonl:
        return _batch(sys.stdin, assets)
    words = sys.stdin.read() if options.words in (None, "-") else options.words
    data = {
        "text": words, "goal": options.goal, "lang": options.lang, "country": options.country,
        "age": options.age, "conditions": options.condition,
    }  # fmt: skip
    inquiry = core.inquiry_from(data, knowledge=assets.knowledge)
    if options.json:
        print(json.dumps(record_of(inquiry, None, assets), ensure_ascii=False, indent=2))
    else:
        explain(inquiry, assets, reader=options.reader)
    return 0


def default_country() -> str:
    """The country whose numbers are shown when none is given."""
    return os.environ.get("REABLE_COUNTRY", "US")


def explain(inquiry: Inquiry, assets: Assets, *, reader: str) -> None:
    """Answer an inquiry and write the explanation for its reader."""
    navigation = core.navigate(inquiry, knowledge=assets.knowledge, understander=assets.understander)
    if reader == "clinician":
        show(core.for_clinician(navigation, knowledge=assets.knowledge, versions=assets.versions))
    else:
        show(core.for_person(navigation, knowledge=assets.knowledge))
    for warning in navigation.warnings:
        print(f"note: {warning}", file=sys.stderr)


def record_of(inquiry: Inquiry, id_: str | None, assets: Assets) -> Json:
    """Answer an inquiry as a record of the batch form."""
    navigation = core.navigate(inquiry, knowledge=assets.knowledge, understander=assets.understander)
    return core.to_record(navigation, id_=id_, knowledge=assets.knowledge, versions=assets.versions)


def line_of(record: Json) -> str:
    """Write a record as the one line that a replay must give again."""
    return json.dumps(record, ensure_ascii=False, separators=(",", ":"))


def _batch(lines: Iterable[str], assets: Assets) -> int:
    bad = 0
    for record in _answers(lines, assets):
        bad += "error" in record
        print(line_of(record))
    return 1 if bad else 0


def _answers(lines: Iterable[str], assets: Assets) -> Iterator[Json]:
    """Answer line by line, in order; a bad line gives its error and the run goes on."""
    for line in lines:
        if not line.strip():
            continue
        id_ = None
        try:
            data = json.loads(line)
            id_ = data.get("id") if isinstance(data, dict) else None
            inquiry = core.inquiry_from(data, knowledge=assets.knowledge)
            yield record_of(inquiry, id_, assets)
        except json.JSONDecodeError as error:
            yield {"id": None, "schema": 1, "error": f"this line is not JSON (column {error.colno}): {error.msg}"}
        except ReableError as error:
            yield {"id": id_, "schema": 1, "error": error.message}
