"""Open the assets at the edge: the compiled knowledge, a clinic's overlay, the hash of the reasoning."""

import gc
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

from reable import knowledge, understand
from reable.knowledge import CompiledBroken, Fault, Knowledge, KnowledgeFaulty, Words
from reable.navigate import Versions, leads_of
from reable.terms import Language
from reable.understand import PhraseBank, Student, Understander

PACKAGE = Path(__file__).resolve().parent
DATA = PACKAGE / "knowledge" / "data"
COMPILED = PACKAGE / "knowledge" / "compiled"
ITEMS, PHRASES = "knowledge.json", "phrases.jsonl"
REASONING = ("errors.py", "terms", "knowledge", "understand", "navigate")
VECTORS = PACKAGE / "understand" / "vectors"
MODEL = PACKAGE / "understand" / "model"
MODEL_FACTS = MODEL / "model.json"
STUDENT_FILE, WATCHER_FILE = "{}.npz", "{}-watcher.npz"  # by language


@dataclass(frozen=True, slots=True)
class Assets:
    """All that a command needs to answer."""

    knowledge: Knowledge
    understander: Understander
    versions: Versions


def compile_folder(folder: Path, target: Path) -> Knowledge:
    """Read and check `folder`, and write its compiled form. Raises: KnowledgeFaulty; then nothing is written."""
    from reable.knowledge.compile import read_folder  # only who compiles needs the reader

    found = read_folder(folder)
    check_words(found.words)
    kinds = understand.kinds_of(found.knowledge)
    banks: dict[str, object] = {}
    rows: list[str] = []
    for language, words in found.words.items():
        bank = understand.make_bank(words, (w for w in found.wordings if w.language is language), kinds=kinds)
        banks[language.value], of_bank = understand.to_plain(bank)
        rows += of_bank
    first = knowledge.canonical({"words": knowledge.to_plain(tuple(found.words.values())), "banks": banks})
    target.mkdir(parents=True, exist_ok=True)
    _replace(target / ITEMS, knowledge.write_knowledge(found.knowledge))
    _replace(target / PHRASES, "".join(f"{line}\n" for line in (first, *rows)))
    return found.knowledge


def check_words(words: Mapping[Language, Words]) -> None:
    """Refuse word tables in which one base form stands in two groups. Raises: KnowledgeFaulty."""
    faults = tuple(
        Fault(f"words/{language}", 1, conflict)
        for language, tables in words.items()
        for conflict in understand.conflicts_in(tables)
    )
    if faults:
        raise KnowledgeFaulty(faults)


def load_knowledge() -> Knowledge:
    """Load the items without the phrases."""
    return knowledge.load_knowledge(_read(COMPILED / ITEMS).decode())


def load_banks(file: Path) -> tuple[Mapping[Language, Words], dict[Language, PhraseBank]]:
    """Load the word tables and the phrase banks: a first line with all but the rows, then the rows, bank by bank.

    Raises: CompiledBroken.
    """
    try:
        first, *rows, rest = _read(file).split(b"\n")
        if rest:
            raise CompiledBroken(f"{file.name} ends within a line")
        data = json.loads(first)
        words = knowledge.load_words(data["words"])
        line, banks = iter(rows), {}
        for language, tables in words.items():
            of_bank = data["banks"][language]
            banks[language] = understand.from_plain(tables, of_bank, islice(line, len(of_bank["rows"])))
    except ValueError as error:
        raise CompiledBroken(f"{file.name} is not whole") from error
    return words, banks


@lru_cache(maxsize=1)
def load() -> Assets:
    """Load everything, with the clinic's folder over it that REABLE_KNOWLEDGE names.

    Raises: CompiledBroken; with a clinic's folder also NoKnowledgeFolder, KnowledgeFaulty.
    """
    overlay = os.environ.get("REABLE_KNOWLEDGE")
    gc.disable()  # the knowledge stays for good: the garbage collector need not look through it again and again
    try:
        return load_with(Path(overlay) if overlay else None)
    finally:
        gc.freeze()
        gc.enable()


def load_with(overlay: Path | None) -> Assets:
    """Load everything, with a clinic's folder over it if one is given."""
    items = load_knowledge()
    words, banks = load_banks(COMPILED / PHRASES)
    if overlay is not None:
        from reable.knowledge.overlay import lay_over  # only who has a folder of their own needs the reader

        over = lay_over(items, overlay)
        items = over.knowledge
        kinds = understand.kinds_of(items)
        for language, bank in banks.items():
            more = understand.make_bank(
                words[language], (w for w in over.wordings if w.language is language), kinds=kinds
            )
            banks[language] = understand.extended(bank, words[language], more)
    return Assets(
        knowledge=items,
        understander=Understander(
            banks,
            understand.kinds_of(items),
            understand.settings_of(items),
            Students(STUDENT_FILE, leads_of(items)),
            Students(WATCHER_FILE, {}),
        ),
        versions=Versions(knowledge=items.version, model=model_version(), reasoning=reasoning_version()),
    )


class Students(Mapping[Language, Student]):
    """The learned model of each language that has one, opened when that language is first read."""

    def __init__(self, name: str, leads_to: Mapping[str, str]) -> None:
        self._leads_to = leads_to
        files = {language: MODEL / name.format(language) for language in Language}
        self._files = {language: file for language, file in files.items() if file.exists()}
        self._opened: dict[Language, Student] = {}

    def __getitem__(self, language: Language) -> Student:
        if language not in self._opened:
            file = self._files[language]
            self._opened[language] = Student({**_vectors(language), **arrays_of(file)}, self._leads_to)
        return self._opened[language]

    def __iter__(self) -> Iterator[Language]:
        return iter(self._files)

    def __len__(self) -> int:
        return len(self._files)


@lru_cache(maxsize=len(Language))
def _vectors(language: Language) -> Mapping[str, Any]:
    return arrays_of(VECTORS / f"{language}.npz")


def arrays_of(file: Path) -> Mapping[str, Any]:
    """Read the arrays of a file; nothing in it can be code."""
    with np.load(file, allow_pickle=False) as arrays:
        return dict(arrays)


def model_version() -> str:
    """Hash what the model says of itself, which names the hashes of its files."""
    return sha256(MODEL_FACTS.read_bytes()).hexdigest()[:16] if MODEL_FACTS.exists() else "none"


def reasoning_version() -> str:
    """Hash the source of the core: what decides when the knowledge stays the same."""
    digest = sha256()
    for name in REASONING:
        place = PACKAGE / name
        for file in [place] if place.is_file() else sorted(place.rglob("*.py")):
            digest.update(file.relative_to(PACKAGE).as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except FileNotFoundError as error:
        raise CompiledBroken(f"{file.name} is missing") from error


def _replace(file: Path, text: str) -> None:
    """Write whole or not at all: what was there stays until the new is complete."""
    draft = file.with_suffix(".new")
    draft.write_text(text, encoding="utf-8")
    draft.replace(file)
