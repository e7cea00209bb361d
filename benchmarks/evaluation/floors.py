"""Floors below which measures must not fall, stored with the SHA-256 of the gold data on which they were measured."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

from scripts.core.storage import write_text

_SLACK = 0.5  # percentage points by which a new floor is below the measured value


def digest(gold: Path) -> str:
    """Return the SHA-256 of a gold file."""
    return hashlib.sha256(gold.read_bytes()).hexdigest()


def fallen(path: Path, gold: Path, values: Mapping[str, float]) -> list[str]:
    """Return a sentence for each measure below its floor.

    Raises ValueError if the floors were measured on other gold data.
    """
    pinned = json.loads(path.read_text(encoding="utf-8"))
    if pinned["gold_sha256"] != digest(gold):
        raise ValueError(f"{path}: the floors were measured on other gold data than {gold}")
    return [
        f"{name} is {values.get(name, 0.0):.1f}, its floor {floor:.1f}"
        for name, floor in pinned["floors"].items()
        if values.get(name, 0.0) < floor
    ]


def raise_floors(path: Path, gold: Path, values: Mapping[str, float]) -> None:
    """Set every floor a little below the measured value, but never lower than before.

    Raises ValueError, and writes nothing, if a measure is below its present floor or the gold data are different.
    """
    old: dict[str, float] = {}
    if path.exists():
        pinned = json.loads(path.read_text(encoding="utf-8"))
        old = pinned["floors"]
        low = fallen(path, gold, values)
        if low:
            raise ValueError("floors are not lowered: " + "; ".join(low))
    floors = {name: max(old.get(name, 0.0), round(value - _SLACK, 1)) for name, value in values.items()}
    text = json.dumps({"gold_sha256": digest(gold), "floors": floors}, indent=1, sort_keys=True)
    write_text(path, text + "\n")
