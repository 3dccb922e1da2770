"""Load the compiled knowledge. It was checked when it was made; what does not fit its shape now is a broken file."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

from reable.errors import ReableError
from reable.knowledge.base import Knowledge, canonical, to_plain
from reable.knowledge.build import Path, build
from reable.knowledge.combinations import ALL
from reable.knowledge.shapes.words import Words
from reable.terms import Language

Shape = TypeVar("Shape")


class CompiledBroken(ReableError):
    """The compiled knowledge does not have the shape that this version of Reable reads."""

    code = "knowledge.compiled_broken"

    def __init__(self, where: str) -> None:
        super().__init__(
            f"The compiled knowledge does not fit this version of Reable ({where}).",
            hint="Run `make knowledge` to compile it anew.",
        )


def write_knowledge(knowledge: Knowledge) -> str:
    """Write compiled knowledge. Combinations are left out: they are Python and come from their modules again."""
    return canonical(to_plain(replace(knowledge, combinations=())))


def load_knowledge(text: str) -> Knowledge:
    """Read compiled knowledge. Raises: CompiledBroken."""
    return replace(_built(Knowledge, _json(text)), combinations=ALL)


def load_words(data: object) -> Mapping[Language, Words]:
    """Read compiled word tables. Raises: CompiledBroken."""
    if not isinstance(data, list):
        raise CompiledBroken("word tables")
    made = [_built(Words, item) for item in data]
    return {words.language: words for words in made}


def _json(text: str) -> object:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise CompiledBroken(f"line {error.lineno}") from error


def _built(shape: type[Shape], data: object) -> Shape:
    faults: list[str] = []

    def report(path: Path, message: str) -> None:
        faults.append(f"{'.'.join(str(part) for part in path)}: {message}")

    made = build(shape, data, report)
    if made is None:
        raise CompiledBroken(faults[0] if faults else "empty")
    return made
