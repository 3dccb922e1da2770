"""`reable tick`: do what is due, every minute or once."""

import argparse
from datetime import UTC, datetime

from reable.web.operations.site import open_site


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("--once", action="store_true", help="once, for a timer of the machine's own")
    parser.add_argument("--demo", action="store_true", help="of the demo clinic")


def run(options: argparse.Namespace) -> int:
    """Tick; with --once, 1 if anything failed."""
    open_site(demo=options.demo)
    from reable.web.operations.stopping import told_to_stop  # tables are known only once the site is open
    from reable.web.operations.ticking import keep_ticking, run_once

    if options.once:
        return 1 if run_once(datetime.now(UTC)) else 0
    with told_to_stop() as stop:
        keep_ticking(stop)
    return 0
