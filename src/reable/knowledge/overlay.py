"""A clinic's own folder laid over Reable's knowledge: it may add and sign, never take away or calm (decisions 8)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from reable.knowledge.base import Knowledge, canonical, to_plain
from reable.knowledge.compile import VERSION_LENGTH
from reable.knowledge.cross_check import pointers_and_citations
from reable.knowledge.reader import FolderReader
from reable.knowledge.shapes.danger import RedFlag
from reable.knowledge.shapes.wording import Wording, WordingPolarity

# The folders of items, and the table of the knowledge that each belongs to.
TABLES: Mapping[str, str] = {
    "limitations": "categories",
    "conditions": "conditions",
    "red_flags": "red_flags",
    "questions": "questions",
    "doors": "doors",
    "referrals": "referrals",
    "education": "education",
    "sources": "sources",
}


@dataclass(frozen=True, slots=True)
class Overlaid:
    """The knowledge with a clinic's folder over it, and the phrases that came with it."""

    knowledge: Knowledge
    wordings: tuple[Wording, ...]


def lay_over(base: Knowledge, folder: Path) -> Overlaid:
    """Lay `folder` over `base`. Raises: NoKnowledgeFolder, KnowledgeFaulty with all faults."""
    reader = FolderReader(folder)
    added: dict[str, Any] = {}
    for name, table in TABLES.items():
        items = reader.items(name)
        for key, message in _refused(getattr(base, table), items):
            reader.fault(reader.place(key), 1, message)
        added[table] = items
    added["signs"] = reader.signs()
    for key, message in _refused(base.signs, added["signs"]):
        reader.fault(reader.place(key), 1, message)
    wordings = tuple(reader.wordings())
    for wording in wordings:
        if wording.polarity is WordingPolarity.CALM:
            place = folder / "phrases" / wording.language / f"{wording.key}.csv"
            reader.fault(place, wording.line, "a clinic's folder may not add wordings that calm a danger")
    reader.refuse_faults()
    changes: dict[str, Any] = {table: {**getattr(base, table), **items} for table, items in added.items()}
    over = replace(base, **changes)
    for key, message in pointers_and_citations(over):
        reader.fault(reader.place(key), 1, message)
    for wording in wordings:
        if wording.key not in over.sayable():
            reader.fault(
                folder / "phrases" / wording.language / f"{wording.key}.csv", 1, "these phrases belong to no item"
            )
    reader.refuse_faults()
    told = canonical([base.version, {table: to_plain(items) for table, items in added.items()}, to_plain(wordings)])
    return Overlaid(replace(over, version=sha256(told.encode()).hexdigest()[:VERSION_LENGTH]), wordings)


def _refused(base: Mapping[str, Any], items: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Find items that would change what Reable says; signing one and making a red flag more urgent are allowed."""
    for key, item in items.items():
        known = base.get(key)
        if known is not None and not _only_signs(known, item) and not _only_more_urgent(known, item):
            yield (
                key,
                f"'{key}' is known already: a clinic's folder may sign it or make a red flag more urgent, nothing else",
            )


def _only_signs(known: Any, item: Any) -> bool:
    if not hasattr(item, "reviewed_by"):
        return bool(known == item)
    return bool(replace(item, status=known.status, reviewed_by=known.reviewed_by) == known)


def _only_more_urgent(known: Any, item: Any) -> bool:
    if not isinstance(item, RedFlag) or item.urgency.rank >= known.urgency.rank:
        return False
    same = replace(
        item,
        urgency=known.urgency,
        within=known.within,
        hold=known.hold,
        status=known.status,
        reviewed_by=known.reviewed_by,
    )
    return bool(same == known)
