"""Which items of the knowledge an answer rests on, read from its stored record. Pure: no table, no knowledge."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

ORDER = "order:"
"""Before the key of a limitation or condition: not the item, but its rule which therapy comes first."""

Record = Mapping[str, Any]


def keys_of(record: Record) -> frozenset[str]:
    """List the keys of all that an answer rests on or shows: limitations, conditions, flags, doors, questions, phrases.

    Where it names an order, the order rule of each limitation and condition counts as well.
    """
    derivation = record.get("derivation") or {}
    bearing = set(_bearing(record, derivation))
    order = {f"{ORDER}{key}" for key in bearing} if record.get("order") else set()
    return frozenset(bearing | order | set(_beside(record, derivation)))


def _bearing(record: Record, derivation: Record) -> Iterator[str]:
    """What decides the door: limitations, conditions, what they imply."""
    yield from _each(record.get("limitations"), "icf")
    yield from _each(derivation.get("points"), "key")
    yield from _each(derivation.get("evidence"), "key")
    yield from (piece["origin"] for piece in derivation.get("evidence") or () if piece.get("via") == "condition")
    yield from _each(derivation.get("mentions"), "key")


def _beside(record: Record, derivation: Record) -> Iterator[str]:
    """What is shown beside it: flags, questions, other care, the phrases that were found."""
    for flag in record.get("red_flags") or ():
        yield flag["id"]
        yield from _each(flag.get("evidence"), "key")
    yield from record.get("also_ask") or ()
    yield from derivation.get("set_aside") or ()
    yield from derivation.get("pending") or ()
    yield from (phrase for phrase in _each(derivation.get("mentions"), "phrase") if phrase)
    if record.get("other"):
        yield record["other"]
    if record.get("next_question"):
        yield record["next_question"]["id"]


def _each(items: Iterable[Record] | None, field: str) -> Iterator[str]:
    return (item[field] for item in items or ())
