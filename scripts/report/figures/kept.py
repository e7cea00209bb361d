"""Figures that a run keeps for the next: one whose data are the same is not drawn again.

An added article changes some figures and leaves others as they are, and a figure costs more than most tables. So the
step keeps the files of each under a key of all that they depend on: the data that it draws, and the fingerprint of the
stage. The file is a memory, not an output: Snakemake does not know it, and where there is none, or a damaged one, every
figure is drawn.
"""

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

import pandas as pd
import pyarrow as pa

from scripts.core.kept import rows_digest
from scripts.core.storage import DamagedError, read_parquet, write_parquet


class DrawnFigure(NamedTuple):
    """The files of a figure, and the characters that its PNG file shows as boxes for want of a font."""

    svg: bytes
    png: bytes
    missing: str


_SCHEMA = pa.schema([("key", pa.string()), ("svg", pa.binary()), ("png", pa.binary()), ("missing", pa.string())])


def figure_key(fingerprint: bytes, name: str, data: Iterable[pd.DataFrame]) -> str:
    """Return the SHA-256 of all that a figure depends on: its name, what it draws, and the stage's fingerprint."""
    digest = hashlib.sha256(fingerprint + name.encode())
    for frame in data:
        digest.update(rows_digest(pa.Table.from_pandas(frame)))
    return digest.hexdigest()


def read_kept_figures(path: Path) -> dict[str, DrawnFigure]:
    """Return the figures of the last run by their keys; none without the file, or if that is damaged."""
    try:
        rows = read_parquet(path).to_pylist()
    except (FileNotFoundError, DamagedError):
        return {}
    return {row.pop("key"): DrawnFigure(**row) for row in rows}


def write_kept(path: Path, figures: Mapping[str, DrawnFigure]) -> None:
    """Keep these figures, and no others, for the next run."""
    rows = [{"key": key, **drawn._asdict()} for key, drawn in figures.items()]
    write_parquet(path, pa.Table.from_pylist(rows, schema=_SCHEMA))
