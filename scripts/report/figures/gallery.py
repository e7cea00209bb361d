"""Every figure drawn from the tables, several at a time; those of the last run whose data are the same are taken over.

An added article changes some figures and leaves others as they are, and a figure costs more than most tables. So the
step keeps the files of each under a key of all that they depend on: the data that it draws, and the fingerprint of the
stage. They are kept in a file that Snakemake does not know. If it is missing or damaged, every figure is drawn.

The functions stand apart from the program, since a new process of Windows and macOS imports nothing from `__main__`.
"""

import hashlib
from collections.abc import Collection, Iterable, Mapping
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa

from scripts.core.kept import rows_digest
from scripts.core.storage import DamagedError, read_parquet, write_bytes, write_parquet
from scripts.report.figures.catalogue import DRAWINGS, drawn_data
from scripts.report.figures.drawing import figure_style, save_figure

_KEPT_FIGURES = pa.schema([("key", pa.string()), ("svg", pa.binary())])


def figure_key(fingerprint: bytes, name: str, data: Iterable[pd.DataFrame]) -> str:
    """Return the SHA-256 of all that a figure depends on: its name, what it draws, and the stage's fingerprint."""
    digest = hashlib.sha256(fingerprint + name.encode())
    for frame in data:
        digest.update(rows_digest(pa.Table.from_pandas(frame)))
    return digest.hexdigest()


def read_kept_figures(path: Path) -> dict[str, bytes]:
    """Return the SVG files of the last run by their keys; none without the file, or if that is damaged."""
    try:
        rows = read_parquet(path).to_pylist()
    except (FileNotFoundError, DamagedError):
        return {}
    return {row["key"]: row["svg"] for row in rows}


def write_kept(path: Path, figures: Mapping[str, bytes]) -> None:
    """Keep these SVG files, and no others, for the next run."""
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
    """Draw one figure into a folder, unless its key is among the `known_keys` of the last run; return the key.

    `settings` are those of the run, `fingerprint` is of them.
    """
    drawing = next(drawing for drawing in DRAWINGS if drawing.name == name)
    data = drawn_data(drawing, tables)
    key = figure_key(fingerprint, name, data)
    if key not in known_keys:
        with figure_style():
            figure = drawing.draw(*data, **{key: settings[key] for key in drawing.settings})
            save_figure(figure, output / drawing.name, title=drawing.title, description=drawing.description)
    return key


def draw_all(
    tables: Path, output: Path, settings: Mapping[str, Any], *, fingerprint: bytes = b"", processes: int = 1
) -> None:
    """Write every figure into a folder.

    A table that is missing counts as empty. Figures of the last run whose data and `fingerprint` are the same are
    taken from the file beside the folder that keeps them.
    """
    file = output.with_name(f"{output.name}.kept")
    names = [drawing.name for drawing in DRAWINGS]
    figures = {}
    with ProcessPoolExecutor(processes) as pool:
        # Read by a process of the pool: Arrow starts threads, and one that has any should not be forked.
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
