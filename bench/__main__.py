"""`python -m bench [FILE ...] [--details]`: agreement with the cases, then speed, load time, memory and the peer."""

import sys

from bench import agreement, speed, web
from reable.assets import load

DEV = ("worked_answers", "danger", "ordinary", "official_items")
HELD_OUT = ("worked_answers_blind", "held_out")


def main(arguments: list[str]) -> None:
    """Print everything, or only the agreement with the files named."""
    details = "--details" in arguments
    named = [word for word in arguments if not word.startswith("-")]
    assets = load()
    print(f"knowledge {assets.versions.knowledge}, reasoning {assets.versions.reasoning}")
    for name in named or DEV:
        agreement.report(name, assets, details=details)
    if not named:
        print(
            "\n(held out: written by others; single failures never looked at, totals seen while the rules were widened)"
        )
        for name in HELD_OUT:
            agreement.report(name, assets, details=False)
        speed.report(assets)
        print("\nthe site")
        web.main()


if __name__ == "__main__":
    main(sys.argv[1:])
