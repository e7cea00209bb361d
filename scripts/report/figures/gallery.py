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
from typing import Any, NamedTuple

import pandas as pd
import pyarrow as pa
from matplotlib.text import Text

from scripts.core.kept import rows_digest
from scripts.core.storage import DamagedError, read_parquet, write_bytes, write_parquet
from scripts.report.figures.catalogue import DRAWINGS, drawn_data
from scripts.report.figures.drawing import figure_style, missing_glyphs, save_figure
from scripts.report.figures.style import label

_BOXES = "The PNG file has boxes for {}: name an installed font that has them under `figures: fonts` in config.yaml."
_KEPT_FIGURES = pa.schema([("key", pa.string()), ("svg", pa.binary()), ("png", pa.binary()), ("missing", pa.string())])


class DrawnFigure(NamedTuple):
    """The files of a figure, and the characters that its PNG file shows as boxes for want of a font."""

    svg: bytes
    png: bytes
    missing: str


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
    write_parquet(path, pa.Table.from_pylist(rows, schema=_KEPT_FIGURES))


def draw(
    name: str,
    tables: Path,
    output: Path,
    settings: Mapping[str, Any],
    *,
    fingerprint: bytes = b"",
    known_keys: Collection[str] = (),
) -> tuple[str, str | None]:
    """Draw one figure into a folder, unless its key is among the `known_keys` of the last run.

    `settings` are those of the run, `fingerprint` is of them.

    Returns the key, and the characters that the PNG file shows as boxes for want of a font; None if it is not drawn.
    """
    fonts = settings["figures"]["fonts"]
    drawing = next(drawing for drawing in DRAWINGS if drawing.name == name)
    data = drawn_data(drawing, tables)
    key = figure_key(fingerprint, name, data)
    if key in known_keys:
        return key, None
    with figure_style(fonts):
        figure = drawing.draw(*data, **{key: settings[key] for key in drawing.settings})
        save_figure(figure, output / drawing.name, title=drawing.title, description=drawing.description)
        missing = missing_glyphs((text.get_text() for text in figure.findobj(Text)), fonts)
        if missing:
            # All labels of a figure are known only once it is drawn.
            description = f"{drawing.description} {_BOXES.format(label(missing, 12))}"
            save_figure(figure, output / drawing.name, title=drawing.title, description=description)
        return key, missing


def draw_all(
    tables: Path, output: Path, settings: Mapping[str, Any], *, fingerprint: bytes = b"", processes: int = 1
) -> str:
    """Write every figure into a folder; return the characters that the PNG files show as boxes for want of a font.

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
        for name, (key, missing) in zip(names, pool.map(chosen, names), strict=True):
            svg, png = (output / f"{name}.{kind}" for kind in ("svg", "png"))
            if missing is None:
                figures[key] = memory[key]
                write_bytes(svg, memory[key].svg)
                write_bytes(png, memory[key].png)
            else:
                figures[key] = DrawnFigure(svg.read_bytes(), png.read_bytes(), missing)
    write_kept(file, figures)
    return "".join(sorted(set().union(*(drawn.missing for drawn in figures.values()))))
