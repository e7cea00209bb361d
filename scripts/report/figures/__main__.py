"""Draw every figure of the project from the tables: `python -m scripts.report.figures --tables DIR --output DIR`."""

import argparse
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import repeat
from pathlib import Path

from matplotlib.text import Text

from scripts.core.storage import read_settings
from scripts.report.figures.catalogue import DRAWINGS
from scripts.report.figures.drawing import figure_style, missing_glyphs, save_figure
from scripts.report.figures.style import label

_BOXES = "The PNG file has boxes for {}: name an installed font that has them under `figures: fonts` in config.yaml."


def draw(name: str, tables: Path, output: Path, fonts: Sequence[str]) -> str:
    """Draw one figure into a folder; return the characters that its PNG file shows as boxes for want of a font."""
    drawing = next(drawing for drawing in DRAWINGS if drawing.name == name)
    with figure_style(fonts):
        figure = drawing.draw(*(read(tables) for read in drawing.readers))
        save_figure(figure, output / drawing.name, title=drawing.title, description=drawing.description)
        missing = missing_glyphs((text.get_text() for text in figure.findobj(Text)), fonts)
        if missing:
            # All labels of a figure are known only once it is drawn.
            description = f"{drawing.description} {_BOXES.format(label(missing, 12))}"
            save_figure(figure, output / drawing.name, title=drawing.title, description=description)
        return missing


def draw_all(tables: Path, output: Path, fonts: Sequence[str] = (), *, processes: int = 1) -> str:
    """Draw every figure into a folder; return the characters that the PNG files show as boxes for want of a font.

    A table that is missing counts as empty.
    """
    names = [drawing.name for drawing in DRAWINGS]
    with ProcessPoolExecutor(processes) as pool:
        missing = pool.map(draw, names, repeat(tables), repeat(output), repeat(fonts))
        return "".join(sorted(set().union(*missing)))


def main() -> None:
    """Draw the figures; a table that is missing counts as empty."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--tables", type=Path, required=True, help="folder of the Parquet tables")
    parser.add_argument("--output", type=Path, required=True, help="folder for NAME.svg and NAME.png")
    parser.add_argument("--settings", type=Path, required=True, help="the stage's fingerprint file")
    parser.add_argument("--processes", type=int, required=True, help="how many figures to draw at a time")
    options = parser.parse_args()
    fonts = read_settings(options.settings)["figures"]["fonts"]
    missing = draw_all(options.tables, options.output, fonts, processes=options.processes)
    if missing:
        advice = "the SVG files have them as text; set figures.fonts in config.yaml to an installed font that has them"
        print(f"figures: no glyph for {missing} in the PNG files: {advice}", file=sys.stderr)


if __name__ == "__main__":
    main()
