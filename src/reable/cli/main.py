"""Find the command, run it, and turn expected errors into plain words and exit codes.

Exit codes: 0 done; 1 something that was checked did not hold (a bad line, a rejected answer, faulty knowledge);
2 the command was called wrongly or cannot work with what it was given.
"""

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module

from reable.errors import ReableError

COMMANDS = (
    *("navigate", "ask", "explain", "replay", "verify", "knowledge", "learn", "assure", "difference", "demo"),
    # These open the site; the others never do.
    *("serve", "tick", "doctor", "backup", "restore", "audit", "clinic", "signing"),
)
NOTE = (
    "Reable guides to an evaluation by a licensed therapist. It is not a diagnosis. "
    "In an emergency, call your local emergency number."
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    parser = argparse.ArgumentParser(
        prog="reable",
        description="From your own words to physical therapy, occupational therapy, both, or a doctor now.",
        epilog=NOTE,
    )
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    chosen = next((word for word in given if not word.startswith("-")), None)
    for name in COMMANDS:
        # Only the chosen command is imported, so that each starts as quickly as it can.
        command = import_module(f"reable.cli.{name}") if name == chosen else None
        sub = commands.add_parser(name, help=_HELP[name], description=_HELP[name], epilog=NOTE)
        if command is not None:
            command.add_arguments(sub)
            sub.set_defaults(run=command.run)
    options = parser.parse_args(given)
    try:
        return int(options.run(options))
    except ReableError as error:
        print(error, file=sys.stderr)
        return 1 if error.code == "knowledge.faulty" else 2
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except KeyboardInterrupt:
        return 130


_HELP = {
    "navigate": "say where you are stuck; get a recommendation with its reasons",
    "ask": "the same as a conversation: one question at a time",
    "explain": "explain answers that were saved with --json or --jsonl",
    "replay": "derive saved answers anew and compare them byte for byte",
    "verify": "check saved answers with an independent checker",
    "knowledge": "check, show, search, count or compile what Reable knows",
    "learn": "teach the learned model anew, or check that it is not stale",
    "assure": "run a clinic's own cases (YAML)",
    "difference": "the difference between physical and occupational therapy, in plain words",
    "demo": "show the main job, then run a clinic with made-up people",
    "serve": "run the site",
    "tick": "do what is due: reminders, expiry, the sealing of the audit",
    "doctor": "check that a clinic can run on this: settings, database, numbers to call, signatures",
    "backup": "copy the database while the site runs",
    "restore": "put a backup in the place of the database",
    "audit": "check that the audit is whole, or show who had to do with one person's data",
    "clinic": "make a new clinic and invite its first manager",
    "signing": "what is signed and withdrawn, sign it, and find answers that rest on an item",
}
