"""`reable signing status|sign|withdraw|put-back|answers`: what a clinic stands for, and what it took back."""

import argparse
import getpass

from reable.web.operations.site import open_site


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    acts = parser.add_subparsers(dest="act", metavar="ACT", required=True)
    status = acts.add_parser("status", help="what is signed, missing and withdrawn")
    status.add_argument("--clinic", metavar="NAME", help="as in its link (default: all)")
    status.set_defaults(act_run=_status)
    sign = acts.add_parser("sign", help="sign a part; asks for the password of whoever signs")
    sign.add_argument("part", help="red_flags, emergency_texts, order_rules or residual_risk")
    sign.add_argument("--name", required=True, help="who signs")
    sign.add_argument("--licence", required=True, help="number and place; for the residual risk, the post held")
    sign.add_argument("--knowledge", required=True, metavar="VERSION", help="the version that was read")
    sign.set_defaults(act_run=_sign)
    withdraw = acts.add_parser("withdraw", help="switch an item off at once (never a part of the search for danger)")
    withdraw.add_argument("item")
    withdraw.add_argument("--reason", required=True)
    withdraw.set_defaults(act_run=_withdraw)
    put_back = acts.add_parser("put-back", help="switch a withdrawn item on again")
    put_back.add_argument("item")
    put_back.set_defaults(act_run=_put_back)
    answers = acts.add_parser("answers", help="find answers that rest on an item or were given at a version")
    answers.add_argument("--item", help="any key: of a limitation, a condition, a flag, a phrase")
    answers.add_argument("--knowledge", metavar="VERSION")
    answers.set_defaults(act_run=_answers)
    for act in (sign, withdraw, put_back):
        act.add_argument("--clinic", required=True, metavar="NAME", help="as in its link")
        act.add_argument("--email", required=True, help="of the one who acts")
    for act in (status, sign, withdraw, put_back, answers):
        act.add_argument("--demo", action="store_true", help="of the demo clinic")


def run(options: argparse.Namespace) -> int:
    """Open the site and run the chosen act."""
    open_site(demo=options.demo)
    return int(options.act_run(options))


def _status(options: argparse.Namespace) -> int:
    from reable.web.operations import signing  # tables are known only once the site is open

    missing = 0
    for standing in signing.standing(options.clinic):
        print(f"{standing.clinic.name} ({standing.clinic.slug})")
        for part in standing.parts:
            print(f"  {part.part}: {signing.in_words(part)}")
        for lack in signing.lacks(standing.missing):
            print(f"  safeguarding: {lack}")
        print(f"  withdrawn: {', '.join(standing.withdrawn) or 'nothing'}")
        missing += bool(standing.missing)
    return 1 if missing else 0


def _sign(options: argparse.Namespace) -> int:
    from reable.web.operations import signing  # tables are known only once the site is open

    actor = signing.somebody(options.clinic, options.email, getpass.getpass())
    signing.sign(
        actor, part=options.part, name=options.name, licence=options.licence, knowledge_version=options.knowledge
    )
    print(f"signed: {options.part}, version {options.knowledge}, by {options.name}")
    return 0


def _withdraw(options: argparse.Namespace) -> int:
    from reable.web.operations import signing  # tables are known only once the site is open

    actor = signing.somebody(options.clinic, options.email, getpass.getpass())
    signing.withdraw(actor, item=options.item, reason=options.reason)
    print(f"withdrawn: {options.item}. Who got an answer with it: reable signing answers --item {options.item}")
    return 0


def _put_back(options: argparse.Namespace) -> int:
    from reable.web.operations import signing  # tables are known only once the site is open

    actor = signing.somebody(options.clinic, options.email, getpass.getpass())
    signing.put_back(actor, item=options.item)
    print(f"put back: {options.item}")
    return 0


def _answers(options: argparse.Namespace) -> int:
    from reable.web.operations import signing  # tables are known only once the site is open

    found = signing.answers_with(item=options.item, knowledge_version=options.knowledge)
    for answer in found:
        patients = " ".join(str(id_) for id_ in answer.patient_ids) or "not booked"
        print(f"{answer.recommendation_id}\t{answer.at:%Y-%m-%d}\t{answer.knowledge_version}\t{patients}")
    print(f"{len(found)} answer(s)")
    return 0
