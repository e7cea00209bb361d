"""Every figure drawn from the tables, several at a time; those of the last run whose data are the same are taken over.

The functions stand apart from the program, since a new process of Windows and macOS imports nothing from `__main__`.
"""

from collections.abc import Collection, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any

from matplotlib.text import Text

from scripts.core.storage import write_bytes
from scripts.report.figures.catalogue import DRAWINGS, drawn_data
from scripts.report.figures.drawing import figure_style, missing_glyphs, save_figure
from scripts.report.figures.kept import DrawnFigure, figure_key, read_kept_figures, write_kept
from scripts.report.figures.style import label

_NO_SETTINGS: Mapping[str, Any] = MappingProxyType({})
_BOXES = "The PNG file has boxes for {}: name an installed font that has them under `figures: fonts` in config.yaml."


def draw(
    name: str,
    tables: Path,
    output: Path,
    fonts: Sequence[str],
    *,
    settings: Mapping[str, Any] = _NO_SETTINGS,
    fingerprint: bytes = b"",
    known_keys: Collection[str] = (),
) -> tuple[str, str | None]:
    """Draw one figure into a folder, unless its key is among the `known_keys` of the last run.

    `settings` are those of the run, `fingerprint` is of them.

    Returns the key, and the characters that the PNG file shows as boxes for want of a font; None if it is not drawn.
    """
    drawing = next(drawing for drawing in DRAWINGS if drawing.name == name)
    data = drawn_data(drawing, tables)
    key = figure_key(fingerprint, name, data)
    if key in known_keys:
        return key, None
    with figure_style(fonts):
        figure = drawing.draw(*data, **{key: settings[key] for key in drawing.settings if key in settings})
        save_figure(figure, output / drawing.name, title=drawing.title, description=drawing.description)
        missing = missing_glyphs((text.get_text() for text in figure.findobj(Text)), fonts)
        if missing:
            # All labels of a figure are known only once it is drawn.
            description = f"{drawing.description} {_BOXES.format(label(missing, 12))}"
            save_figure(figure, output / drawing.name, title=drawing.title, description=description)
        return key, missing


def draw_all(
    tables: Path,
    output: Path,
    fonts: Sequence[str] = (),
    *,
    settings: Mapping[str, Any] = _NO_SETTINGS,
    fingerprint: bytes = b"",
    processes: int = 1,
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
        chosen = partial(
            draw,
            tables=tables,
            output=output,
            fonts=fonts,
            settings=dict(settings),
            fingerprint=fingerprint,
            known_keys={*memory},
        )
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
