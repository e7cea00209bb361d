"""Every figure drawn from the tables, several at a time.

The functions stand apart from the program, since a new process of Windows and macOS imports nothing from `__main__`.
"""

from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import repeat
from pathlib import Path

from matplotlib.text import Text

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
