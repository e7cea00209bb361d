"""All figures of some tables, and the data that one shows: positions of lines, points and bars, and labels."""

from pathlib import Path

from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure

from scripts.report.figures.catalogue import DRAWINGS
from scripts.report.figures.gallery import draw
from scripts.sources.source_counts import LEAST_KNOWN

SETTINGS = {"sources_known": LEAST_KNOWN}


def draw_svg_files(tables: Path, folder: Path) -> None:
    """Draw all figures of some tables."""
    for drawing in DRAWINGS:
        draw(drawing.name, tables, folder, SETTINGS)


def segments(axes: Axes) -> list[list[tuple[float, float]]]:
    """Return the end points of every line drawn by hlines and vlines, in the order in which they were drawn."""
    return [
        [(round(float(x), 9), round(float(y), 9)) for x, y in segment]
        for lines in axes.collections
        if isinstance(lines, LineCollection)
        for segment in lines.get_segments()
    ]


def points(axes: Axes, marker: str) -> list[tuple[float, float]]:
    """Return the points (x, y) of all lines with a marker."""
    return [
        (float(x), float(y))
        for line in axes.lines
        if line.get_marker() == marker
        for x, y in zip(line.get_xdata(), line.get_ydata(), strict=True)
    ]


def bars(axes: Axes) -> list[tuple[float, float, float, str]]:
    """Return left end, width, centre (y) and hatch of every horizontal bar."""
    return [
        (
            round(bar.get_x(), 9),
            round(bar.get_width(), 9),
            round(bar.get_y() + bar.get_height() / 2, 9),
            bar.get_hatch() or "",
        )
        for bar in axes.patches
    ]


def rows(axes: Axes) -> list[str]:
    """Return the labels of the y axis."""
    return [text.get_text() for text in axes.get_yticklabels()]


def columns(axes: Axes) -> list[str]:
    """Return the labels of the x axis."""
    return [text.get_text() for text in axes.get_xticklabels()]


def notes(axes: Axes) -> list[str]:
    """Return the texts written among the data."""
    return [text.get_text() for text in axes.texts]


def legend(figure: Figure) -> list[str]:
    """Return the entries of the legends of a figure."""
    return [text.get_text() for each in figure.legends for text in each.get_texts()]


def panel_titles(figure: Figure) -> list[str]:
    """Return the titles of the panels that are drawn."""
    return [axes.get_title(loc="left") for axes in figure.axes if axes.axison]
