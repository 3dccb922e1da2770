"""Read the cases to measure on."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "cases"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One case: what is asked, and what may be answered."""

    id: str
    group: str
    request: dict[str, Any]
    door: str
    acceptable: frozenset[str]
    order: tuple[str, ...] | None
    kind: str
    family: str
    urgency: str | None
    lang: str
    plain: bool


def read_cases(name: str) -> list[Case]:
    """Read `bench/cases/<name>.jsonl`."""
    lines = (FOLDER / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [_case(json.loads(line)) for line in lines if line.strip()]


def _case(row: dict[str, Any]) -> Case:
    door = row.get("door") or row["label"]
    order = {"ot_first": ("ot", "pt"), "pt_first": ("pt", "ot")}.get(str(row.get("order")), row.get("order"))
    asked = ("text", "goal", "age", "conditions")
    return Case(
        id=row["id"],
        group=row.get("case") or row.get("kind") or "item",
        request={key: row[key] for key in asked if row.get(key)},
        door=door,
        acceptable=frozenset(row["acceptable"]) | {door},
        order=None if order is None else tuple(order),
        kind=row.get("kind", "door"),
        family=row.get("family", ""),
        urgency=row.get("urgency"),
        lang=row.get("lang", "en"),
        plain=bool(row.get("plain")),
    )
