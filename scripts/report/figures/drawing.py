"""Common style of all figures, and saving as SVG: the bytes of a file depend on the figure alone.

Figure functions take tables and return a `matplotlib.figure.Figure`; they do not use pyplot, which keeps state. Figures
are made and saved under `figure_style()`, so that text from data is never parsed as mathtext. Text stays text in the
SVG, so that the reader's fonts can draw names in any script, and the report can give it the colours of the page.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from typing import Any
from warnings import catch_warnings, filterwarnings

import numpy as np
from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.text import Text
from matplotlib.ticker import FuncFormatter, LogFormatterMathtext, LogLocator, NullFormatter

from scripts.core.storage import write_text
from scripts.maths.intervals import TOO_FEW
from scripts.report.figures import style

_STYLE: dict[Any, Any] = {
    "font.family": ["DejaVu Sans"], "font.size": 9, "text.parse_math": False, "text.color": style.INK,
    "axes.edgecolor": style.MUTED, "axes.labelcolor": style.MUTED, "axes.linewidth": 0.7, "axes.axisbelow": True,
    "axes.spines.top": False, "axes.spines.right": False,
    "axes.formatter.use_mathtext": False, "axes.unicode_minus": True,
    "xtick.color": style.MUTED, "xtick.labelsize": 8.5,
    "ytick.color": style.INK, "ytick.labelsize": 9, "ytick.major.size": 0,
    "grid.color": style.GRID, "grid.linewidth": 0.6, "hatch.linewidth": 0.6,
    "legend.frameon": False, "legend.fontsize": 8.5,
    "figure.facecolor": style.PAPER, "figure.dpi": 100,
    "svg.fonttype": "none", "svg.hashsalt": "newsloom",
}  # fmt: skip


@contextmanager
def figure_style() -> Iterator[None]:
    """Set matplotlib's parameters within a `with` block in which figures are made and saved.

    Text is measured in DejaVu Sans, which comes with matplotlib.
    """
    with rc_context(_STYLE), catch_warnings():
        filterwarnings("ignore", message=r"Glyph \d+ .* missing from font")
        yield


def name_labels(labels: Iterable[Text], keys: Iterable[tuple[str, ...]]) -> None:
    """Mark labels with the table rows they stand for, where their text alone is ambiguous (a frame of several schemes).

    The SVG has the row's key as the identifier of the label's group. In the report, the label links to the same place
    as the table row with the values in `keys`.
    """
    for text, key in zip(labels, keys, strict=False):
        text.set_gid(drawable(style.ROW + " · ".join(key)))


def label_rows(
    axes: Axes, names: Sequence[str], *, keys: Iterable[tuple[str, ...]] = (), room: int | None = None
) -> None:
    """Write names beside rows 0, 1, ... of axes from the top, with room for `room` rows; `keys` as in `name_labels`."""
    axes.set_yticks(range(len(names)), names)
    axes.set_ylim((room or len(names)) - 0.4, -0.6)
    name_labels(axes.get_yticklabels(), keys)


def one_panel(height: float) -> tuple[Figure, Axes]:
    """Return a figure with one panel, `height` inches high, and its axes."""
    figure = Figure(figsize=(style.WIDTH, height), layout="constrained")
    return figure, figure.subplots()


def interval_note(lo: Iterable[float], *, without: str = TOO_FEW) -> str:
    """Return a phrase on the lines of a figure, or `without`, on why it has none.

    `lo` are the lower ends of all its intervals.
    """
    return "line: 95% interval" if not np.isnan([*lo]).all() else f"interval {without}"


def row_figure(rows: int) -> tuple[Figure, Axes]:
    """Return a figure for horizontal rows and its axes, as high as the rows need, with light vertical grid lines."""
    figure, axes = one_panel(1.1 + 0.3 * max(rows, 1))
    axes.grid(axis="x")
    axes.spines["left"].set_visible(False)
    return figure, axes


def figure_without_groups() -> Figure:
    """Return a placeholder for a comparison if there are no two groups; the report leaves it out."""
    figure = note("There are no two groups of documents to compare.")
    figure.texts[0].set_gid(style.NO_GROUPS)
    return figure


def note(text: str) -> Figure:
    """Return a figure of one sentence that says why there is nothing to draw; the report shows only the sentence."""
    figure = Figure(figsize=(style.WIDTH, 1.2))
    figure.text(0.5, 0.5, text, ha="center", va="center", color=style.MUTED, wrap=True, gid=style.NO_DATA)
    return figure


def _without_mathtext(figure: Figure) -> None:
    """Turn off mathtext in all texts, and in logarithmic ticks, where matplotlib uses it by default."""
    for axes in figure.axes:
        for axis in (axes.xaxis, axes.yaxis):
            if isinstance(axis.get_major_formatter(), LogFormatterMathtext):
                axis.set_major_formatter(FuncFormatter(style.tick))
                axis.set_major_locator(LogLocator(subs=(1, 2, 5)))
                axis.set_minor_formatter(NullFormatter())
    for text in figure.findobj(Text):
        text.set_parse_math(False)
        text.set_text(drawable(text.get_text()))


# Characters that XML 1.0 forbids even when escaped (section 2.2).
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def drawable(text: str) -> str:
    """Return the text with U+FFFD for each character that XML forbids."""
    return _NO_XML.sub("\ufffd", text)


def save_figure(figure: Figure, stem: Path, *, title: str, description: str) -> None:
    """Write `stem`.svg: the same bytes for the same figure, without date or software version.

    Call it under `figure_style()`. The file has `title` and `description` as its <title> and <desc>.
    """
    _without_mathtext(figure)
    for axis in (axis for axes in figure.axes for axis in (axes.xaxis, axes.yaxis)):
        if not axis.get_label_text():
            axis.set_label_coords(0, 0)  # otherwise each drawing measures all ticks to place a label that is empty
    svg = StringIO()
    # Figure.savefig would draw the figure twice: once to lay it out, and once to save it.
    FigureCanvasSVG(figure).print_svg(svg, metadata={"Date": None, "Creator": None, "Format": None, "Type": None})
    write_text(stem.with_name(f"{stem.name}.svg"), _titled(svg.getvalue(), title, description))


def _titled(svg: str, title: str, description: str) -> str:
    """Return the SVG with <title> and <desc> as its first elements."""
    texts = [drawable(text).replace("&", "&amp;").replace("<", "&lt;") for text in (title, description)]
    head = " <title>{}</title>\n <desc>{}</desc>\n".format(*texts)
    at = svg.index(">", svg.index("<svg")) + 2
    return svg[:at] + head + svg[at:]


def legend_point(marker: str, color: str, text: str, *, fill: str | None = None, size: float = 4) -> Line2D:
    """Return a legend entry: a marker in a colour, filled with `fill` if it differs, and its text."""
    return Line2D([], [], ls="", marker=marker, color=color, mfc=fill or color, markersize=size, label=text)


def difference_legend(figure: Figure) -> None:
    """Add the legend of a comparison of groups: all documents, a group that differs, and one not shown to differ."""
    handles = [
        legend_point("|", style.MUTED, "all documents", size=9),
        legend_point("o", style.BLUE, f"differs from the others, adjusted p < {style.ALPHA}", size=4.5),
        legend_point("o", style.BLUE, "not shown to differ", fill=style.PAPER, size=4.5),
    ]
    figure.legend(handles=handles, loc="outside upper right", ncols=3)
