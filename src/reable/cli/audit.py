"""`reable audit verify|show|protect`: is the audit whole, and who had to do with one person's data?"""

import argparse
import json
from dataclasses import asdict
from pathlib import Path
from uuid import UUID

from reable.web.operations.site import open_site


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    acts = parser.add_subparsers(dest="act", metavar="ACT", required=True)
    verify = acts.add_parser("verify", help="count every chain again; exit code 1 if anything does not hold")
    verify.add_argument("--json", action="store_true", help="as JSON; keep it elsewhere, for --kept later")
    verify.add_argument("--kept", type=Path, metavar="FILE", help="ends of the chains that must still be there")
    verify.set_defaults(act_run=_verify)
    show = acts.add_parser("show", help="list accesses to one person's data: ids and acts, never content")
    whose = show.add_mutually_exclusive_group(required=True)
    whose.add_argument("--patient", type=UUID, metavar="ID")
    whose.add_argument("--inquiry", type=UUID, metavar="ID")
    show.set_defaults(act_run=_show)
    protect = acts.add_parser("protect", help="put back triggers that keep the audit's rows and are missing")
    protect.set_defaults(act_run=_protect)
    for act in (verify, show, protect):
        act.add_argument("--demo", action="store_true", help="of the demo clinic")


def run(options: argparse.Namespace) -> int:
    """Open the site and run the chosen act."""
    open_site(demo=options.demo)
    return int(options.act_run(options))


def _verify(options: argparse.Namespace) -> int:
    from reable.web.operations import audit  # tables are known only once the site is open

    report = audit.verify(options.kept)
    if options.json:
        print(json.dumps(audit.report_to_plain(report), indent=2))
        return 0 if report.holds else 1
    for chain in report.chains:
        print(f"clinic {chain.clinic_id or 'none'}: {chain.entries} entries, {chain.unsealed} not yet sealed")
    for fault in report.faults:
        print(f"FAULT {fault}")
    for name in report.unguarded:
        print(f"FAULT the trigger {name} is missing: rows can be changed")
    print("the audit holds" if report.holds else "the audit does not hold")
    return 0 if report.holds else 1


def _show(options: argparse.Namespace) -> int:
    from reable.web.operations import audit  # tables are known only once the site is open

    for access in audit.show(patient_id=options.patient, inquiry_id=options.inquiry):
        print(json.dumps(asdict(access), default=str))
    return 0


def _protect(options: argparse.Namespace) -> int:
    from reable.web.operations import audit  # tables are known only once the site is open

    missing = audit.protect()
    print(f"put back: {', '.join(missing)}" if missing else "nothing was missing")
    return 0
