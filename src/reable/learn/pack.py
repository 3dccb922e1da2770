"""Write a taught student as whole numbers of one byte, with what one of them is worth."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from reable.learn.training import ROWS_SCALE, VECTORS_SCALE, Floats, Taught
from reable.understand.student import LENGTH, ONE

_MILLION = 1_000_000
_LEAST = 2  # a row all below this says nothing


def packed(taught: Taught, temperature: float) -> Mapping[str, Any]:
    """Pack what was learned for `Student`, which also needs the words and vectors."""
    rows, row_worth = _bytes(taught.rows)
    mixing, mixing_worth = _bytes(taught.mixing)
    kept = np.abs(rows).max(axis=1) >= _LEAST
    return {
        "labels": _joined(taught.labels),
        "buckets": taught.buckets[kept].astype(np.int32),
        "rows": rows[kept],
        "mixing": mixing,
        "units": np.array(
            [
                round(row_worth * ROWS_SCALE * _MILLION * LENGTH / ONE / temperature),
                round(mixing_worth * VECTORS_SCALE * _MILLION / temperature),
            ],
            np.int64,
        ),
    }


def _bytes(values: Floats) -> tuple[Any, float]:
    """Round to whole numbers from -127 to 127; the rare largest are cut off."""
    largest = float(np.quantile(np.abs(values), 0.9999)) or 1.0
    return np.clip(np.round(values / largest * 127), -127, 127).astype(np.int8), largest / 127


def _joined(words: Sequence[str]) -> Any:
    return np.frombuffer("\n".join(words).encode(), np.uint8)
