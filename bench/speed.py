"""How fast one core decides, beside the floor (lower-case and tokenise) and medspaCy with the same patterns and texts.

CPU time of this process, median of several runs, arms alternated; never a pass or fail.
"""

import json
import re
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from bench.cases import read_cases
from reable import navigate as core
from reable.assets import COMPILED, ITEMS, PHRASES, Assets
from reable.knowledge import load_knowledge
from reable.navigate import Inquiry

RUNS = 7
_PEER_TEXTS = 40  # the peer is slow
PEER = Path(__file__).parent / "peer_medspacy.py"
PEER_ENV = Path(__file__).parent.parent / ".venv" / "peers" / "medspacy"
_WORD = re.compile(r"[a-z0-9']+")


def report(assets: Assets) -> None:
    """Print decisions a second, p50 and p99, load time, memory, and the peers."""
    sentences = [str(case.request["text"]) for case in read_cases("worked_answers") if case.lang == "en"][:300]
    pages = [" ".join(sentences[i : i + 24]) for i in range(0, 240, 12)]

    def navigate(text: str) -> None:
        core.navigate(Inquiry(text=text), knowledge=assets.knowledge, understander=assets.understander)

    print("\n## speed (one core, CPU time)")
    _latency("sentence", sentences, navigate)
    _latency(f"page of {sum(len(p.split()) for p in pages) // len(pages)} words", pages, navigate)
    ours = _per_text(sentences, navigate)
    floor = _per_text(sentences, lambda text: _WORD.findall(text.lower()))
    print(f"  decisions a second           {1 / ours:,.0f}")
    print(
        f"  floor (lower + tokenise)     {1 / floor:,.0f} texts a second; a whole decision costs {ours / floor:.0f} times that"
    )
    _peer(sentences, ours, assets)
    _load()
    _memory()


def _latency(name: str, texts: Sequence[str], act: Callable[[str], object]) -> None:
    spent: list[list[float]] = [[] for _ in texts]
    for _ in range(RUNS):
        for of_text, text in zip(spent, texts, strict=True):
            begun = time.process_time_ns()
            act(text)
            of_text.append((time.process_time_ns() - begun) / 1e6)
    each = sorted(statistics.median(of_text) for of_text in spent)
    print(f"  {name:28} p50 {each[len(each) // 2]:.2f} ms   p99 {each[len(each) * 99 // 100]:.2f} ms")


def _per_text(texts: Sequence[str], act: Callable[[str], object]) -> float:
    """Seconds of CPU a text, median of several runs."""
    runs = []
    for _ in range(RUNS):
        begun = time.process_time()
        for text in texts:
            act(text)
        runs.append((time.process_time() - begun) / len(texts))
    return statistics.median(runs)


def _peer(texts: Sequence[str], ours: float, assets: Assets) -> None:
    """Run medspaCy in an environment of its own on the same texts and the same patterns; skip it with a word."""
    python = PEER_ENV / "bin" / "python"
    if not python.exists():
        print(
            f"  medspaCy                     skipped: not installed ({PEER_ENV.relative_to(PEER_ENV.parents[2])}; see bench/README.md)"
        )
        return
    patterns = [
        [p.key, [e.lstrip("!~@") for e in p.elements]]
        for bank in assets.understander.banks.values()
        for p in bank.phrases
    ]
    done = subprocess.run(
        [str(python), str(PEER)], input=json.dumps({"texts": list(texts)[:_PEER_TEXTS], "patterns": patterns, "runs": 1}),
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        print(
            f"  medspaCy                     skipped: {done.stderr.strip().splitlines()[-1] if done.stderr else 'failed'}"
        )
        return
    theirs = json.loads(done.stdout)["seconds_per_text"]
    print(
        f"  medspaCy (best configuration) {1 / theirs:,.0f} texts a second; Reable is {theirs / ours:.0f} times as fast"
    )


def _load() -> None:
    """Time the cold load of the items in this process, and of everything in a fresh one."""
    runs = []
    for _ in range(RUNS):
        begun = time.process_time()
        load_knowledge((COMPILED / ITEMS).read_text(encoding="utf-8"))
        runs.append((time.process_time() - begun) * 1000)
    sizes = ", ".join(f"{name} {(COMPILED / name).stat().st_size // 1024} kB" for name in (ITEMS, PHRASES))
    print(f"  load, items without phrases  {statistics.median(runs):.0f} ms   ({sizes})")
    code = "import time; a = time.process_time(); from reable.assets import load; load(); print((time.process_time() - a) * 1000)"
    cold = [
        float(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout)
        for _ in range(RUNS)
    ]
    print(
        f"  load, everything, new process {statistics.median(cold):.0f} ms   (least of {RUNS} runs: {min(cold):.0f} ms)"
    )


def _memory() -> None:
    """Weigh a fresh process that has answered once in each language, and this one, which holds the cases as well."""
    code = (
        "import resource; from reable.assets import load; from reable.navigate import Inquiry, navigate; a = load()\n"
        "for text in ('I cannot button my shirt', 'no puedo abrocharme la camisa'):\n"
        "    navigate(Inquiry(text=text), knowledge=a.knowledge, understander=a.understander)\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    )
    alone = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    here = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(
        f"  memory (peak, both languages) {int(alone) / 1024:.0f} MB   (this process, with bench: {here / 1024:.0f} MB)"
    )
