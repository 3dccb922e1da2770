"""`reable clinic new|invite`: a new clinic with its first place, and the invitation of who will manage it."""

import argparse

from reable.web.operations.site import open_site


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    acts = parser.add_subparsers(dest="act", metavar="ACT", required=True)
    new = acts.add_parser("new", help="make a clinic with its first place and invite its first manager")
    new.add_argument("slug", metavar="NAME", help="as in its link, such as north-rehab; it stays")
    new.add_argument("--name", required=True, metavar="TEXT", help="as people read it")
    new.add_argument("--telephone", required=True, metavar="NUMBER", help="whom people call")
    new.add_argument("--time-zone", required=True, metavar="ZONE", help="such as America/New_York")
    new.add_argument("--country", required=True, metavar="XX", help="two letters: whose numbers to call in danger")
    new.add_argument("--place", required=True, metavar="TEXT", help="name of the first place")
    new.add_argument("--address", required=True, metavar="TEXT", help="address of the first place")
    new.add_argument("--place-telephone", metavar="NUMBER", help="of the first place (default: the clinic's)")
    new.add_argument(
        "--step-free", required=True, choices=("yes", "no"), help="can somebody in a wheelchair get in without a step?"
    )
    new.add_argument(
        "--notice-minutes", type=int, default=120, metavar="N", help="until when people can still book (default: 120)"
    )
    new.set_defaults(act_run=_new)
    invite = acts.add_parser("invite", help="invite the first manager once more")
    invite.add_argument("slug", metavar="NAME", help="as in its link")
    invite.set_defaults(act_run=_invite)
    for act in (new, invite):
        act.add_argument("--manager", required=True, metavar="EMAIL", help="of who will manage the clinic")
        act.add_argument("--by", metavar="EMAIL", help="the operator who invites (default: the only one)")
        act.add_argument("--demo", action="store_true", help="in the demo's database")


def run(options: argparse.Namespace) -> int:
    """Open the site and run the chosen act."""
    open_site(demo=options.demo)
    return int(options.act_run(options))


def _new(options: argparse.Namespace) -> int:
    from reable.web.operations import clinics  # tables are known only once the site is open

    place = clinics.place(
        name=options.place,
        address=options.address,
        telephone=options.place_telephone or options.telephone,
        step_free=options.step_free == "yes",
    )
    invited = clinics.new(
        options.slug,
        name=options.name,
        telephone=options.telephone,
        time_zone=options.time_zone,
        country=options.country,
        notice_minutes=options.notice_minutes,
        place=place,
        manager=options.manager,
        by=options.by,
    )
    print(f"made: {options.slug}. People come to it at /at/{options.slug}/, once it is signed.")
    print(clinics.in_words(invited))
    return 0


def _invite(options: argparse.Namespace) -> int:
    from reable.web.operations import clinics  # tables are known only once the site is open

    print(clinics.in_words(clinics.invite(options.slug, manager=options.manager, by=options.by)))
    return 0
