"""`reable assure CASES.yaml`: a clinic runs its own cases."""

import argparse
from collections.abc import Iterator, Mapping
from pathlib import Path

import yaml

from reable import navigate as core
from reable.assets import Assets, load
from reable.cli.navigate import record_of
from reable.errors import ReableError

EXPECTABLE = (
    "door",
    "order",
    "urgency",
    "red_flags",
    "limitations",
    "start_with_evaluation",
    "other",
    "specialty",
    "also_ask",
)


class BadCases(ReableError):
    """A file of cases does not have the form of one."""

    code = "cli.bad_cases"

    def __init__(self, file: Path, what: str) -> None:
        super().__init__(
            f"{file.name}: {what}",
            hint="A case is {case: name, because: reason, text: words, expect: {door: pt}}; "
            "see docs/how-to/run-your-own-cases.md.",
        )


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("cases", type=Path, metavar="CASES.yaml", help="a list of cases")


def run(options: argparse.Namespace) -> int:
    """Run each case and say which do not hold."""
    assets = load()
    failed = total = 0
    for case in _cases(options.cases):
        total += 1
        faults = list(_faults(case, assets, options.cases))
        failed += bool(faults)
        print(f"{'FAIL' if faults else 'ok  '} {case['case']}")
        for fault in faults:
            print(f"       {fault}")
    print(f"{total - failed} of {total} cases hold")
    return 1 if failed else 0


def _cases(file: Path) -> list[Mapping[str, object]]:
    try:
        data = yaml.safe_load(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise BadCases(file, "the file cannot be read") from error
    except yaml.YAMLError as error:
        raise BadCases(file, f"this is not YAML: {getattr(error, 'problem', None) or 'it cannot be read'}") from error
    if not isinstance(data, list) or not data:
        raise BadCases(file, "a list of cases is needed")
    for number, case in enumerate(data, 1):
        if (
            not isinstance(case, dict)
            or not {"case", "text", "expect"} <= case.keys()
            or not isinstance(case["expect"], dict)
        ):
            raise BadCases(file, f"case {number} needs 'case', 'text' and 'expect'")
    return data


def _faults(case: Mapping[str, object], assets: Assets, file: Path) -> Iterator[str]:
    asked = {key: value for key, value in case.items() if key not in ("case", "because", "expect")}
    record = record_of(core.inquiry_from(asked, knowledge=assets.knowledge), None, assets)
    expected = case["expect"]
    for field, wanted in expected.items() if isinstance(expected, dict) else ():
        if field not in EXPECTABLE:
            raise BadCases(file, f"'{field}' cannot be expected; allowed are {', '.join(EXPECTABLE)}")
        given = _given(field, record)
        fits = (
            set(wanted) <= set(given)
            if isinstance(wanted, list) and isinstance(given, list) and field != "order"
            else given == wanted
        )
        if not fits:
            yield f"{field}: expected {wanted}, got {given}"


def _given(field: str, record: Mapping[str, object]) -> object:
    """Flags and limitations are compared by their ids, the limitations by those the person has."""
    value = record[field]
    if field == "red_flags" and isinstance(value, list):
        return [flag["id"] for flag in value]
    if field == "limitations" and isinstance(value, list):
        return [one["icf"] for one in value if one["polarity"] in ("limited", "wanted")]
    return value
