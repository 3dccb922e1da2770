"""`reable restore FILE`: put a backup in the place of the database."""

import argparse
from datetime import UTC, datetime
from pathlib import Path

from reable.web.operations.site import open_site


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("file", type=Path, metavar="FILE", help="what `reable backup` wrote")
    parser.add_argument("--yes", action="store_true", help="replace the database that is there; it is kept beside")
    parser.add_argument("--demo", action="store_true", help="of the demo clinic")


def run(options: argparse.Namespace) -> int:
    """Restore, and say what has to be known about it; 1 if something is left to do or does not hold."""
    open_site(demo=options.demo)
    from reable.web.operations.backup import restore  # tables are known only once the site is open

    done = restore(options.file, yes=options.yes, now=datetime.now(UTC))
    print(f"restored from {options.file}")
    if not done.had_digest:
        print("note: there was no hash beside it; it is whole, but nobody can say that it is unchanged")
    if done.kept is not None:
        print(f"the replaced database is kept: {done.kept}")
    for name in done.migrations:
        print(f"brought up to date: {name}")
    if done.erased_again:
        print(f"erased again, because it was erased after this backup: {done.erased_again}")
    for kind, id_ in done.erase_by_hand:
        print(f"TO DO erase {kind} {id_} again: it was erased after this backup")
    if done.erasures_unknown:
        print("TO DO the replaced database could not be read: what was erased after this backup is there again")
    for fault in done.audit.faults:
        print(f"FAULT {fault}")
    print("the audit holds" if done.audit.holds else "the audit does not hold: run `reable audit verify`")
    return 1 if done.erase_by_hand or done.erasures_unknown or not done.audit.holds else 0
