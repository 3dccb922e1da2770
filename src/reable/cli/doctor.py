"""`reable doctor`: can a clinic run on this? Each finding says what to do."""

import argparse
import json
from dataclasses import asdict

from reable.web.operations.site import SettingsWrong, open_site

_SHOWN = {"ok": "ok  ", "warn": "WARN", "fail": "FAIL"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("--json", action="store_true", help="as JSON, for whatever watches the site")
    parser.add_argument("--demo", action="store_true", help="of the demo clinic")


def run(options: argparse.Namespace) -> int:
    """Look at everything; 1 if anything fails."""
    try:
        open_site(demo=options.demo)
    except SettingsWrong as error:
        findings = [{"name": "settings", "verdict": "fail", "said": error.message, "todo": error.hint or ""}]
    else:
        from reable.web.operations import doctor  # tables are known only once the site is open

        findings = [asdict(finding) for finding in doctor.examine()]
    if options.json:
        print(json.dumps(findings, indent=2))
    else:
        _show(findings)
    return 1 if any(finding["verdict"] == "fail" for finding in findings) else 0


def _show(findings: list[dict[str, str]]) -> None:
    for finding in findings:
        print(f"{_SHOWN[finding['verdict']]} {finding['name']}: {finding['said']}")
        if finding["todo"]:
            print(f"     -> {finding['todo']}")
    counted = {verdict: sum(finding["verdict"] == verdict for finding in findings) for verdict in _SHOWN}
    print(f"\n{counted['ok']} fine, {counted['warn']} to look at, {counted['fail']} to mend")
