"""`make prove`: the full counts. Writes docs/proof/results.json, which names the source it was made on."""

import json
import random
import shutil
import subprocess
import sys
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bench.generate import hostile_texts, inquiries, mutated
from reable import navigate as core
from reable.assets import Assets, load
from reable.cli.navigate import record_of
from reable.errors import ReableError
from reable.verify import verify

ROOT = Path(__file__).parent.parent
RESULTS = ROOT / "docs" / "proof" / "results.json"
COUNT = 10_000
SEED = 2026


def main() -> int:
    """Prove everything, print and write the counts; fail if any does not hold."""
    assets = load()
    results: dict[str, Any] = {"source": asdict(assets.versions)}
    for act in (hostile, verified, mutation):
        begun = time.monotonic()
        results[act.__name__] = act(assets)
        print(f"{act.__name__}: {results[act.__name__]} ({time.monotonic() - begun:.0f} s)", flush=True)
    RESULTS.parent.mkdir(parents=True, exist_ok=True)
    RESULTS.write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")
    holds = not results["hostile"]["crashes"] and not results["hostile"]["not_linear"]
    holds = holds and results["verified"]["accepted"] == results["verified"]["rejected_when_mutated"] == COUNT
    return 0 if holds and results["mutation"]["score"] >= 0.9 else 1


def hostile(assets: Assets) -> dict[str, int]:
    """Answer hostile texts; count crashes, and texts whose steps grow faster than their length."""
    crashes = answered = refused = not_linear = 0
    for number, text in enumerate(hostile_texts(COUNT, seed=SEED)):
        try:
            record_of(core.inquiry_from({"text": text}, knowledge=assets.knowledge), None, assets)
            answered += 1
        except ReableError:
            refused += 1
        except Exception as error:  # noqa: BLE001 - any crash is what is counted here
            crashes += 1
            print(f"crash on text {number}: {type(error).__name__}")
        if number % 100 == 0 and text.strip():
            not_linear += not _linear(text, assets)
    return {
        "texts": COUNT,
        "answered": answered,
        "refused_clearly": refused,
        "crashes": crashes,
        "not_linear": not_linear,
    }


def _linear(text: str, assets: Assets) -> bool:
    """Compare the steps for a text repeated 20 and 80 times; a quarter over four times as many is allowed.

    Not fewer: a few repeats more may make a second language worth reading, which doubles the steps once.
    """
    few, many = (steps(text[:500] * times, assets) for times in (20, 80))
    return many <= 4 * few * 1.25


def steps(text: str, assets: Assets) -> int:
    """Count the lines that Python runs for one answer; the same on every machine."""
    counted = 0

    def trace(_frame: object, event: str, _argument: object) -> Any:
        nonlocal counted
        counted += event == "line"
        return trace

    inquiry = core.inquiry_from({"text": text}, knowledge=assets.knowledge)
    before = sys.gettrace()
    sys.settrace(trace)
    try:
        core.navigate(inquiry, knowledge=assets.knowledge, understander=assets.understander)
    except ReableError:
        return counted
    finally:
        sys.settrace(before)
    return counted


def verified(assets: Assets, count: int = COUNT) -> dict[str, int]:
    """Verify generated answers and one mutation of each."""
    chance = random.Random(SEED)
    versions = {f"{name}_version": value for name, value in asdict(assets.versions).items()}
    accepted = rejected = 0
    for request in inquiries(count, assets, seed=SEED):
        answer = record_of(core.inquiry_from(request, knowledge=assets.knowledge), request["id"], assets)
        accepted += not verify(answer, knowledge=assets.knowledge, understander=assets.understander, versions=versions)
        broken = mutated(answer, chance)
        rejected += bool(
            verify(broken, knowledge=assets.knowledge, understander=assets.understander, versions=versions)
        )
    return {"answers": count, "accepted": accepted, "rejected_when_mutated": rejected}


def mutation(_assets: Assets) -> dict[str, Any]:
    """Mutate the rules of danger and recommendation and see whether their tests notice."""
    mutmut = [sys.executable, "-m", "mutmut"]
    shutil.rmtree(ROOT / "mutants", ignore_errors=True)  # mutmut remembers verdicts of older tests
    subprocess.run([*mutmut, "run"], cwd=ROOT, capture_output=True, check=False)
    subprocess.run([*mutmut, "export-cicd-stats"], cwd=ROOT, capture_output=True, check=True)
    stats = json.loads((ROOT / "mutants" / "mutmut-cicd-stats.json").read_text(encoding="utf-8"))
    left = subprocess.run([*mutmut, "results"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    survivors = sorted(word.rstrip(":") for word in left if "__mutmut_" in word)
    return {
        "mutants": stats["total"],
        "killed": stats["killed"],
        "score": round(stats["killed"] / stats["total"], 4),
        "survivors": survivors,
    }


if __name__ == "__main__":
    raise SystemExit(main())
