"""`reable knowledge check|show|search|stats|compile`: look at what Reable knows."""

import argparse
import json
from collections import Counter
from itertools import islice
from pathlib import Path

from reable.assets import COMPILED, DATA, check_words, compile_folder, load, load_knowledge
from reable.errors import ReableError
from reable.knowledge import Knowledge, to_plain
from reable.knowledge.compile import read_folder
from reable.knowledge.faults import did_you_mean
from reable.knowledge.shapes.source import strongest
from reable.terms import Language

_MOST_PHRASES = 50


class NoSuchItem(ReableError):
    """There is no item of that key."""

    code = "knowledge.no_such_item"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    acts = parser.add_subparsers(dest="act", metavar="ACT", required=True)
    check = acts.add_parser("check", help="read all files strictly and report every fault with file and line")
    check.add_argument("folder", nargs="?", type=Path, default=DATA, help="the folder to check (default: Reable's own)")
    check.add_argument(
        "--icd10", action="store_true", help="also check ICD-10-CM prefixes against the package simple-icd-10-cm"
    )
    check.set_defaults(act_run=_check)
    show = acts.add_parser("show", help="show one item as it is known")
    show.add_argument("key", help="such as d5400, stroke, cauda_equina")
    show.set_defaults(act_run=_show)
    search = acts.add_parser("search", help="find items by words")
    search.add_argument("words", nargs="+")
    search.set_defaults(act_run=_search)
    stats = acts.add_parser("stats", help="count items, phrases, and how sources were checked")
    stats.set_defaults(act_run=_stats)
    compile_ = acts.add_parser("compile", help="check, then write the compiled form that runs")
    compile_.set_defaults(act_run=_compile)


def run(options: argparse.Namespace) -> int:
    """Run the chosen act."""
    return int(options.act_run(options))


def _check(options: argparse.Namespace) -> int:
    found = read_folder(options.folder)
    check_words(found.words)
    if options.icd10:
        _check_icd10(found.knowledge)
    counts, version = _counts(found.knowledge), found.knowledge.version
    print(f"knowledge is sound: {counts}, {len(found.wordings)} phrases, version {version}")
    return 0


def _check_icd10(knowledge: Knowledge) -> None:
    import simple_icd_10_cm

    wrong = [
        f"{condition.key}: '{code}' is not an ICD-10-CM code"
        for condition in knowledge.conditions.values()
        for code in condition.icd10cm
        if not simple_icd_10_cm.is_valid_item(code)
    ]
    if wrong:
        raise NoSuchItem("\n".join(wrong), hint="Look the codes up in the current ICD-10-CM.")


def _show(options: argparse.Namespace) -> int:
    knowledge = load_knowledge()
    kinds = (
        knowledge.categories, knowledge.conditions, knowledge.red_flags, knowledge.signs, knowledge.questions,
        knowledge.doors, knowledge.referrals, knowledge.education, knowledge.sources,
    )  # fmt: skip
    for items in kinds:
        if options.key in items:
            print(json.dumps(to_plain(items[options.key]), ensure_ascii=False, indent=2))
            return 0
    keys = [key for items in kinds for key in items]
    raise NoSuchItem(
        f"There is no item '{options.key}'.{did_you_mean(options.key, keys)}",
        hint="Try `reable knowledge search WORDS`.",
    )


def _search(options: argparse.Namespace) -> int:
    """List the items whose phrases are found in the words, then those whose names hold them."""
    assets = load()
    words = " ".join(options.words).lower()
    for bank in assets.understander.banks.values():
        keys = {bank.lexicon.concept(bank.lexicon.key(word)) for word in words.split()}
        found = (phrase for phrase in bank.phrases if keys <= set(phrase.elements))
        for phrase in islice(found, _MOST_PHRASES):
            print(f"{phrase.key}\t{phrase.id}\t{' '.join(phrase.elements)}")
    for kind, item in assets.knowledge.reviewable():
        if words in json.dumps(to_plain(item), ensure_ascii=False).lower():
            print(f"{item.key}\t{kind}")
    return 0


def _stats(options: argparse.Namespace) -> int:
    knowledge = load_knowledge()
    print(_counts(knowledge))
    phrases = {language: tuple(bank.phrases) for language, bank in load().understander.banks.items()}
    print("phrases: " + ", ".join(f"{len(phrases[language])} {language}" for language in Language))
    print("\nitems by the strongest check of their sources")
    table = Counter((kind, strongest(item.sources)) for kind, item in knowledge.reviewable())
    table.update(("combination", strongest(rule.sources)) for rule in knowledge.combinations)
    for kind in dict.fromkeys(kind for kind, _ in table):
        rows = {checked: count for (k, checked), count in table.items() if k == kind}
        print(f"  {kind:12} " + ", ".join(f"{count} {checked}" for checked, count in sorted(rows.items())))
    cited = Counter(c.checked for _, item in knowledge.reviewable() for c in item.sources)
    print("citations: " + ", ".join(f"{count} {checked}" for checked, count in sorted(cited.items())))
    graded = 2 * (len(knowledge.categories) + len(knowledge.conditions))
    print(f"judgement (grades and numbers of the decision, no literature): {graded} grades, one parameters file")
    signed = knowledge.signed()
    print(f"signed by a clinician: {signed or 'none'}")
    return 0


def _compile(options: argparse.Namespace) -> int:
    knowledge = compile_folder(DATA, COMPILED)
    print(f"compiled: {_counts(knowledge)}, version {knowledge.version}")
    return 0


def _counts(knowledge: Knowledge) -> str:
    return (
        f"{len(knowledge.categories)} limitations, {len(knowledge.conditions)} conditions, "
        f"{len(knowledge.red_flags)} red flags, {len(knowledge.signs)} signs, "
        f"{len(knowledge.combinations)} combinations, "
        f"{len(knowledge.questions)} danger questions, {len(knowledge.doors)} other doors, "
        f"{len(knowledge.referrals)} referrals, {len(knowledge.sources)} sources"
    )
