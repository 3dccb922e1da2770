"""The hazard log, where it lies beside the software: what an incident can name, and which risk is left over (S41)."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

LOG = Path(__file__).resolve().parents[3] / "docs" / "safety" / "hazards.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hazard:
    """What could go wrong, what stands against it, and what is left over: severity and likelihood from 1 to 5."""

    id: str
    hazard: str
    mitigation: str
    severity: int
    likelihood: int
    owner: str
    open: str  # what is missing where no test proves the mitigation


def hazards(file: Path = LOG) -> tuple[Hazard, ...]:
    """Give the hazards in their order; none where the log was not installed with the software."""
    return _read(file) if file.is_file() else ()


@lru_cache(maxsize=2)
def _read(file: Path) -> tuple[Hazard, ...]:
    return tuple(_hazard(row) for row in yaml.safe_load(file.read_text(encoding="utf-8")))


def _hazard(row: Mapping[str, Any]) -> Hazard:
    return Hazard(
        id=row["id"],
        hazard=row["hazard"],
        mitigation=row["mitigation"],
        severity=row["after"]["severity"],
        likelihood=row["after"]["likelihood"],
        owner=row["owner"],
        open=row["open"] or "",
    )
