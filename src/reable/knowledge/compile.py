"""Turn a folder of knowledge files into the one canonical, hashed form that runs."""

from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any, cast

from reable.knowledge.base import Knowledge, canonical, to_plain
from reable.knowledge.combinations import ALL
from reable.knowledge.cross_check import cross_check
from reable.knowledge.reader import FolderReader
from reable.knowledge.shapes.wording import Wording
from reable.knowledge.shapes.words import Words
from reable.terms import Language

VERSION_LENGTH = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Folder:
    """Everything that a folder holds: the items, the phrase rows and the word tables."""

    knowledge: Knowledge
    wordings: tuple[Wording, ...]
    words: dict[Language, Words]


def read_folder(folder: Path) -> Folder:
    """Read and check a whole folder. Raises: NoKnowledgeFolder, KnowledgeFaulty with all faults."""
    reader = FolderReader(folder)
    items: Any = {name: reader.items(name) for name in _ITEMS}
    parameters = reader.parameters()
    signs, countries, texts = reader.signs(), reader.countries(), reader.texts()
    groups, activities, sites = reader.activity_groups(), reader.activities(), reader.site_names()
    wordings, words = tuple(reader.wordings()), reader.words()
    if parameters is None:
        reader.fault(folder / "parameters.yaml", 1, "the numbers of the decision are missing")
    reader.refuse_faults()
    knowledge = Knowledge(
        version="",
        categories=items["limitations"],
        conditions=items["conditions"],
        signs=signs,
        red_flags=items["red_flags"],
        combinations=ALL,
        questions=items["questions"],
        doors=items["doors"],
        referrals=items["referrals"],
        education=items["education"],
        countries=countries,
        sources=items["sources"],
        texts=texts,
        activity_groups=groups,
        activities=activities,
        site_names=sites,
        parameters=cast("Any", parameters),
    )
    for key, message in cross_check(knowledge, wordings):
        reader.fault(reader.place(key), reader.line(key), message)
    reader.refuse_faults()
    version = _hash([to_plain(knowledge), to_plain(wordings), to_plain(tuple(words.values()))])
    return Folder(knowledge=replace(knowledge, version=version), wordings=wordings, words=words)


_ITEMS = ("limitations", "conditions", "red_flags", "questions", "doors", "referrals", "education", "sources")


def _hash(data: object) -> str:
    return sha256(canonical(data).encode()).hexdigest()[:VERSION_LENGTH]
