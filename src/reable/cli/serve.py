"""`reable serve`: run the site."""

import argparse
from functools import partial

from reable.web.operations.site import open_site


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("--host", default="127.0.0.1", help="address to listen at (default: this machine only)")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--workers", type=int, default=2, help="processes that answer (default: 2)")
    parser.add_argument(
        "--with-tick", action="store_true", help="also do what `reable tick` does; the demo always does"
    )
    parser.add_argument("--demo", action="store_true", help="the demo clinic: made-up people, this machine only")


def run(options: argparse.Namespace) -> int:
    """Run until told to stop."""
    open_site(demo=options.demo)
    from reable.web.operations.serve import serve  # tables are known only once the site is open

    announce = partial(print, flush=True)
    return serve(options.host, options.port, workers=options.workers, with_tick=options.with_tick, announce=announce)
