"""`reable demo`: the main job on a few statements, then a running clinic to try. All people are made up."""

import argparse
import os
from datetime import UTC, datetime
from functools import partial

from reable import navigate as core
from reable.assets import load
from reable.cli.navigate import explain
from reable.cli.printing import bold
from reable.navigate import Inquiry
from reable.web.operations.site import open_site

STATEMENTS = (
    "I want to walk without pain",
    "I want to button my shirt again",
    "I want to move my face naturally after Bell's palsy",
    "I want to go back to the gym safely",
    "I want to bathe and cook without help",
    "I'm not sure. I need a full recovery plan.",
    "Since this morning my mother's face droops and her speech is slurred",
)
HOST = "127.0.0.1"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("--port", type=int, default=8000, help="where the site listens (default: 8000)")
    parser.add_argument("--fresh", action="store_true", help="throw the demo's database away and make it anew")
    parser.add_argument("--no-serve", action="store_true", help="make everything, but do not run the site")


def run(options: argparse.Namespace) -> int:
    """Show the main job, make the demo's clinics unless they are there, say whom to sign in as, run the site."""
    _show_the_main_job()
    os.environ.setdefault("REABLE_ADDRESS", f"http://{HOST}:{options.port}")  # what links in mails begin with
    open_site(demo=True)
    # The tables are known only once the site is open.
    from reable.web.operations.demo.making import accounts, make_demo
    from reable.web.operations.demo.script import read_script
    from reable.web.operations.serve import free_port, serve

    announce = partial(print, flush=True)
    announce(bold("\nA clinic to try. Nobody in it is real, and nothing in it is signed by a clinician."))
    make_demo(fresh=options.fresh, now=datetime.now(UTC), announce=announce)
    port = options.port if options.no_serve else free_port(HOST, options.port, announce=announce)
    announce(f"\nLook for help: http://{HOST}:{port}/\nSign in with one tap, without a password: {_sign_in(port)}")
    clinic = ""
    for one in accounts(read_script()):
        if one.clinic != clinic:
            clinic = one.clinic
            announce(f"  {clinic}")
        announce(f"    {one.name:<24} {', '.join(one.roles):<47} {one.email}")
    announce("No e-mail is sent: it is written to the folder var/mail.\n")
    return 0 if options.no_serve else serve(HOST, port, announce=announce)


def _sign_in(port: int) -> str:
    return f"http://{HOST}:{port}/account/login/"


def _show_the_main_job() -> None:
    """Answer each statement: a line for all, the whole explanation for the third and the last."""
    assets = load()
    print(bold("Reable: from your own words to the right therapy. These people are made up."))
    whole = (STATEMENTS[2], STATEMENTS[-1])
    for text in STATEMENTS:
        print(f"\n{bold('> ' + text)}")
        if text in whole:
            explain(Inquiry(text=text), assets, reader="person")
        else:
            navigation = core.navigate(Inquiry(text=text), knowledge=assets.knowledge, understander=assets.understander)
            print(core.for_person(navigation, knowledge=assets.knowledge)[0].lines[0])
    print('\nTry it: .venv/bin/reable navigate "your own words", or .venv/bin/reable ask')
