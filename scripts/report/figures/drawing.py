"""What all figures are drawn with: type, and a saver whose bytes depend on the figure alone.

A figure module holds plain functions from a table to a `matplotlib.figure.Figure` (never pyplot, which keeps state).
They are called, and their result is saved, under `style()`, so that text from data is never read as mathtext. Text
stays text in the SVG: the reader's fonts draw names in any script, and the report can give it the page's colours.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from warnings import catch_warnings, filterwarnings

from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.text import Text
from matplotlib.ticker import FuncFormatter, LogFormatter, LogFormatterMathtext

from scripts.core.storage import replacing, write_text
from scripts.report.figures import GRID, INK, MUTED, NOTHING, PAPER, WIDTH, row_name

_STYLE: dict[str, Any] = {
    "font.family": ["DejaVu Sans"],
    "font.size": 9,
    "text.parse_math": False,
    "text.color": INK,
    "axes.edgecolor": MUTED,
    "axes.labelcolor": MUTED,
    "axes.linewidth": 0.7,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "axes.formatter.use_mathtext": False,
    "axes.unicode_minus": True,
    "xtick.color": MUTED,
    "ytick.color": INK,
    "xtick.labelsize": 8.5,
    "ytick.labelsize": 9,
    "ytick.major.size": 0,
    "grid.color": GRID,
    "grid.linewidth": 0.6,
    "hatch.linewidth": 0.6,
    "legend.frameon": False,
    "legend.fontsize": 8.5,
    "figure.facecolor": PAPER,
    "figure.dpi": 100,
    "savefig.dpi": 200,
    "svg.fonttype": "none",
    "svg.hashsalt": "newsloom",
}


@contextmanager
def style(fonts: Sequence[str] = ()) -> Iterator[None]:
    """The common look; figures are both made and saved under it.

    `fonts` are installed fonts for what DejaVu Sans, which comes with matplotlib, has no glyphs for, such as Chinese.
    Only the PNG needs them: in the SVG text is text.
    """
    with rc_context(_STYLE | {"font.family": [*_STYLE["font.family"], *fonts]}), catch_warnings():
        filterwarnings("ignore", message=r"Glyph \d+ .* missing from font")
        yield


def name_labels(labels: Iterable[Text], keys: Iterable[tuple[str, ...]]) -> None:
    """Say what labels stand for where their text alone does not, such as a frame of one scheme among several.

    The SVG has it as the identifier of the label's group; in the report the label leads to the sentences of the row
    that has these values.
    """
    for text, key in zip(labels, keys, strict=False):
        text.set_gid(_drawable(row_name(key)))


def row_figure(rows: int, *, left: str = "y") -> tuple[Figure, Axes]:
    """A figure of horizontal rows, as high as the rows need, with a light grid across them."""
    figure = Figure(figsize=(WIDTH, 1.1 + 0.3 * max(rows, 1)), layout="constrained")
    axes = figure.subplots()
    axes.grid(axis="x" if left == "y" else "y")
    axes.spines["left"].set_visible(False)
    return figure, axes


def note(text: str) -> Figure:
    """A figure that says why there is nothing to draw; the report shows the sentence alone."""
    figure = Figure(figsize=(WIDTH, 1.2))
    figure.text(0.5, 0.5, text, ha="center", va="center", color=MUTED, wrap=True, gid=NOTHING)
    return figure


def _plain(figure: Figure) -> None:
    """Take mathtext off all texts, and off the logarithmic ticks that matplotlib would write with it."""
    for axes in figure.axes:
        for axis in (axes.xaxis, axes.yaxis):
            if isinstance(axis.get_major_formatter(), LogFormatterMathtext):
                axis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,g}"))
                axis.set_minor_formatter(LogFormatter())
    for text in figure.findobj(Text):
        text.set_parse_math(False)
        text.set_text(_drawable(text.get_text()))


# Characters that XML 1.0 forbids, whatever the escaping (section 2.2).
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _drawable(text: str) -> str:
    return _NO_XML.sub("\ufffd", text)


def save_figure(figure: Figure, stem: Path | str, *, title: str, description: str) -> None:
    """Write `stem`.svg and `stem`.png, the same bytes for the same figure, without a date or a software version.

    To be called under `style()`, as the figure was made.
    `title` and `description` go into the SVG as its <title> and <desc>, and into the PNG as text.
    """
    stem = Path(stem)
    with rc_context({"text.parse_math": False}):
        _plain(figure)
        with replacing(stem.with_name(f"{stem.name}.svg")) as part:
            figure.savefig(part, format="svg", metadata={"Date": None, "Creator": None, "Format": None, "Type": None})
            svg = part.read_text(encoding="utf-8")
        write_text(stem.with_name(f"{stem.name}.svg"), _titled(svg, title, description))
        with replacing(stem.with_name(f"{stem.name}.png")) as part:
            figure.savefig(part, format="png", metadata={"Software": None, "Title": title})


def _titled(svg: str, title: str, description: str) -> str:
    texts = [_drawable(text).replace("&", "&amp;").replace("<", "&lt;") for text in (title, description)]
    head = " <title>{}</title>\n <desc>{}</desc>\n".format(*texts)
    at = svg.index(">", svg.index("<svg")) + 2
    return svg[:at] + head + svg[at:]


def without_glyphs(texts: Iterable[str], fonts: Sequence[str] = ()) -> str:
    """The characters of texts that neither DejaVu Sans nor the fonts have: in a PNG they are boxes."""
    found = [get_font(findfont(FontProperties(family=name))).get_charmap() for name in (*_STYLE["font.family"], *fonts)]
    return "".join(sorted({c for text in texts for c in text if not any(ord(c) in charmap for charmap in found)}))
