"""Drawing of all figures, several at a time; figures whose data have not changed since the last run are reused.

An added article changes only some figures, and a figure takes longer than most tables. So the step keeps each figure
under a key of everything it depends on: its data, and the fingerprint of the step. They are kept in a file that
Snakemake does not know of. If this file is missing or damaged, all figures are drawn.

The functions are not in `__main__`, because new processes on Windows and macOS cannot import from it.
"""

import hashlib
from collections.abc import Collection, Iterable, Mapping
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa

from scripts.core.kept import read_kept_rows, rows_digest
from scripts.core.storage import write_bytes, write_parquet
from scripts.report.figures.catalogue import DRAWINGS, drawn_data
from scripts.report.figures.drawing import figure_style, save_figure

_KEPT_FIGURES = pa.schema([("key", pa.string()), ("svg", pa.binary())])


def figure_key(fingerprint: bytes, name: str, data: Iterable[pd.DataFrame]) -> str:
    """Return the SHA-256 of everything that a figure depends on: its name, its data, and the step's fingerprint."""
    digest = hashlib.sha256(fingerprint + name.encode())
    for frame in data:
        digest.update(rows_digest(pa.Table.from_pandas(frame)))
    return digest.hexdigest()


def read_kept_figures(path: Path) -> dict[str, bytes]:
    """Return the SVG files of the last run by key; none if the file that keeps them is missing or damaged."""
    return {row["key"]: row["svg"] for row in read_kept_rows(path)}


def write_kept(path: Path, figures: Mapping[str, bytes]) -> None:
    """Keep only these SVG files for the next run."""
    rows = [{"key": key, "svg": svg} for key, svg in figures.items()]
    write_parquet(path, pa.Table.from_pylist(rows, schema=_KEPT_FIGURES))


def draw(
    name: str,
    tables: Path,
    output: Path,
    settings: Mapping[str, Any],
    *,
    fingerprint: bytes = b"",
    known_keys: Collection[str] = (),
) -> str:
    """Draw one figure into a folder, unless its key is among the `known_keys` of the last run, and return its key.

    `settings` are those of the run, and `fingerprint` is that of the step.
    """
    drawing = next(drawing for drawing in DRAWINGS if drawing.name == name)
    data = drawn_data(drawing, tables)
    key = figure_key(fingerprint, name, data)
    if key not in known_keys:
        with figure_style():
            figure = drawing.draw(*data, **{setting: settings[setting] for setting in drawing.settings})
            save_figure(figure, output / drawing.name, title=drawing.title, description=drawing.description)
    return key


def draw_all(
    tables: Path, output: Path, settings: Mapping[str, Any], *, fingerprint: bytes = b"", processes: int = 1
) -> None:
    """Write every figure into a folder.

    A missing table counts as empty. Figures whose data and `fingerprint` are the same as in the last run are taken from
    the file beside the folder that keeps them.
    """
    file = output.with_name(f"{output.name}.kept")
    names = [drawing.name for drawing in DRAWINGS]
    figures = {}
    with ProcessPoolExecutor(processes) as pool:
        # Read in a process of the pool: Arrow starts threads, and a process with threads must not be forked.
        memory = pool.submit(read_kept_figures, file).result()
        about: dict[str, Any] = {"tables": tables, "output": output, "settings": settings, "fingerprint": fingerprint}
        chosen = partial(draw, **about, known_keys={*memory})
        for name, key in zip(names, pool.map(chosen, names), strict=True):
            path = output / f"{name}.svg"
            if key in memory:
                figures[key] = memory[key]
                write_bytes(path, memory[key])
            else:
                figures[key] = path.read_bytes()
    write_kept(file, figures)
