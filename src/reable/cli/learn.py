"""`reable learn`: teach the learned model anew from the phrase rows, or check that it is not older than they are."""

import argparse
import json
import time
from dataclasses import asdict
from hashlib import sha256
from typing import Any

import numpy as np

from reable import learn, understand
from reable.assets import DATA, MODEL, MODEL_FACTS, STUDENT_FILE, VECTORS, WATCHER_FILE, arrays_of
from reable.errors import ReableError
from reable.knowledge.compile import read_folder
from reable.terms import Language
from reable.understand import PhraseBank

_EPOCHS_OF_WATCHER = 4


class ModelStale(ReableError):
    """The model was learned from other rows or vectors, or by other code, than those at hand."""

    code = "learn.stale"

    def __init__(self, what: str) -> None:
        super().__init__(f"The learned model is older than {what}.", hint="Run `reable learn` to teach it anew.")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("--check", action="store_true", help="only check that the model fits the rows and vectors")


def run(options: argparse.Namespace) -> int:
    """Teach and write the model, or check it."""
    found = read_folder(DATA)
    rows = learn.taught(found.wordings, found.knowledge)
    watched = learn.watched(found.wordings, found.knowledge)
    facts: dict[str, Any] = {
        "rows": learn.hash_of(rows),
        "rows_of_watcher": learn.hash_of(watched),
        "vectors": _hash_of_vectors(),
        "languages": {},
    }
    if options.check:
        _check(facts)
        return 0
    kinds = understand.kinds_of(found.knowledge)
    MODEL.mkdir(exist_ok=True)
    for language, words in found.words.items():
        begun = time.process_time()
        bank = understand.make_bank(words, (w for w in found.wordings if w.language is language), kinds=kinds)
        examples = learn.examples_of((row for row in rows if row.language is language), bank)
        facts["languages"][language.value] = _taught(language, examples, bank)
        examples = learn.examples_of((row for row in watched if row.language is language), bank)
        facts["languages"][language.value]["watcher"] = _watcher(language, [e for e in examples if e.places])
        print(f"{language}: {facts['languages'][language.value]} in {time.process_time() - begun:.0f} s")
    MODEL_FACTS.write_text(json.dumps(facts, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    return 0


def _taught(language: Language, examples: list[learn.Example], bank: PhraseBank) -> dict[str, Any]:
    """Teach twice: once without one writer, to find the temperature and to measure, then with all."""
    vectors = vectors_of(language)
    writer = learn.left_out(examples)[0]
    of_writer = [example for example in examples if example.writer == writer]
    examined = learn.without(writer, examples, vectors)
    temperature = learn.temperature_of(examined, of_writer, vectors)
    measured = learn.measure(learn.student_of(examined, vectors, temperature), writer, of_writer)
    arrays = learn.packed(learn.taught_by(examples, vectors), temperature)
    file = MODEL / STUDENT_FILE.format(language)
    np.savez_compressed(file, **arrays)
    return {
        "examples": len(examples),
        "labels": len({example.label for example in examples}),
        "left_out": asdict(measured),
        "temperature": temperature,
        "file": sha256(file.read_bytes()).hexdigest()[:16],
    }


def _watcher(language: Language, examples: list[learn.Example]) -> dict[str, Any]:
    """Teach the watcher, which knows dangers by family and nothing else."""
    vectors = vectors_of(language)
    taught = learn.teach(examples, vectors.table(), vectors.values.shape[1], epochs=_EPOCHS_OF_WATCHER)
    file = MODEL / WATCHER_FILE.format(language)
    np.savez_compressed(file, **learn.packed(taught, 1.0))
    return {"examples": len(examples), "labels": len(taught.labels), "file": sha256(file.read_bytes()).hexdigest()[:16]}


def _check(facts: dict[str, Any]) -> None:
    """Compare what the model says of itself with what lies here. Raises: ModelStale."""
    told = json.loads(MODEL_FACTS.read_text(encoding="utf-8")) if MODEL_FACTS.exists() else {}
    rows = (("rows", "the phrase rows"), ("rows_of_watcher", "the phrase rows of dangers"))
    for what, name in (*rows, ("vectors", "the word vectors")):
        if told.get(what) != facts[what]:
            raise ModelStale(name)
    for language, of_language in told["languages"].items():
        told_of = (
            (STUDENT_FILE.format(language), of_language),
            (WATCHER_FILE.format(language), of_language["watcher"]),
        )
        for name, of_file in told_of:
            if sha256((MODEL / name).read_bytes()).hexdigest()[:16] != of_file["file"]:
                raise ModelStale(f"its own record ({name})")
    print("the learned model fits its rows and vectors")


def _hash_of_vectors() -> str:
    return sha256(b"".join(file.read_bytes() for file in sorted(VECTORS.glob("*.npz")))).hexdigest()[:16]


def vectors_of(language: Language) -> learn.Vectors:
    """Open the frozen word vectors of one language."""
    arrays = arrays_of(VECTORS / f"{language}.npz")
    return learn.Vectors(bytes(arrays["words"]).decode().split("\n"), arrays["vectors"])
