"""Figures of entities: rate of mentions, network of co-mentions."""

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.transforms import Bbox

from scripts.entities.network import NamedPair, strongest_links
from scripts.report.figures.drawing import interval_note, label_rows, note, row_figure
from scripts.report.figures.placement import spread_labels
from scripts.report.figures.style import INK, MARKERS, MUTED, PALETTE, PAPER, WIDTH, label

_TOP = 20
_KINDS = ("person", "place", "organisation", "group")
_COLOURS = dict(zip(_KINDS, PALETTE, strict=False))
_SHAPES = dict(zip(_KINDS, MARKERS, strict=False))
# A network of at most this many entities is drawn at a smaller height.
_SMALL = 8
_LEGEND = 0.35  # inches below a network for its legend


def _kind_marks(kinds: "pd.Series[str]") -> list[Line2D]:
    """Return the legend entries for the kinds that occur."""
    return [
        Line2D([], [], color=_COLOURS[kind], marker=_SHAPES[kind], linestyle="", label=kind)
        for kind in _KINDS
        if (kinds == kind).any()
    ]


def entities_figure(entities_corpus: pd.DataFrame) -> Figure:
    """Return a figure of the most mentioned entities: mentions per 1,000 words, with intervals over documents."""
    if entities_corpus.empty:
        return note("No person, place or organisation was found.")
    top = entities_corpus.head(_TOP)
    figure, axes = row_figure(len(top))
    rates = top["estimate"].to_numpy(float)
    lo, hi = (top[side].to_numpy(float) for side in ("lo", "hi"))
    axes.hlines(range(len(top)), np.where(np.isnan(lo), rates, lo), np.where(np.isnan(hi), rates, hi), color=MUTED)
    for row, (rate, kind, mentions, right) in enumerate(zip(rates, top["kind"], top["mentions"], hi, strict=True)):
        axes.plot([rate], [row], marker=_SHAPES[kind], color=_COLOURS[kind], markersize=7, linestyle="")
        end = rate if np.isnan(right) else max(rate, right)
        axes.annotate(f"{mentions:,}", (end, row), (8, 0), textcoords="offset points", va="center", color=MUTED)
    label_rows(axes, [label(name) for name in top["name"]])
    axes.set_xlim(left=0)
    axes.margins(x=0.1)
    # Beside long names the axis is short: what it says goes on to the left.
    axes.set_xlabel(f"mentions per 1,000 words ({interval_note(lo)}; label: mentions)", loc="right")
    figure.legend(handles=_kind_marks(top["kind"]), loc="outside lower right", ncols=len(_KINDS))
    return figure


def drawn_links(nodes: pd.DataFrame, pairs: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the nodes of table entity_network, and the strongest links of each from table cooccurrence."""
    by_sentence = pairs.loc[pairs["unit"] == "sentence", list(NamedPair._fields)]
    links = strongest_links(map(NamedPair._make, by_sentence.itertuples(index=False)), nodes["name"].tolist())
    return nodes, pd.DataFrame(links, columns=NamedPair._fields)[["name1", "name2", "n"]]


def network_figure(nodes: pd.DataFrame, links: pd.DataFrame) -> Figure:
    """Return a figure of the network of entities that share sentences: the more sentences, the thicker the line.

    The tables are those that `drawn_links` returns.
    """
    if nodes.empty:
        return note("No two entities are named together in two sentences or more.")
    height = WIDTH * (0.8 if len(nodes) > _SMALL else 0.45)
    figure = Figure(figsize=(WIDTH, height))
    below = _LEGEND / height
    axes = figure.add_axes((0.01, below, 0.98, 0.99 - below))
    axes.set_axis_off()
    places = dict(zip(nodes["name"], zip(nodes["x"], nodes["y"], strict=True), strict=True))
    most = links["n"].max()
    for name1, name2, n in zip(links["name1"], links["name2"], links["n"], strict=True):
        ends = np.array([places[name1], places[name2]]).T
        axes.plot(*ends, color=MUTED, alpha=0.55, linewidth=0.5 + 3.5 * n / most, solid_capstyle="round", zorder=1)
    sizes = 5 + 11 * np.sqrt(nodes["mentions"] / nodes["mentions"].max())
    for (x, y), kind, size in zip(places.values(), nodes["kind"], sizes, strict=True):
        style: dict[str, Any] = {"color": _COLOURS[kind], "markeredgecolor": PAPER, "markeredgewidth": 0.8}
        axes.plot([x], [y], marker=_SHAPES[kind], markersize=size, linestyle="", zorder=2, **style)
    axes.set_xlim(-1.25, 1.25)
    axes.set_ylim(-1.2, 1.12)
    texts = [
        axes.text(x, y, label(name, 28), ha="center", va="center", fontsize=8, color=INK, zorder=3)
        for name, (x, y) in places.items()
    ]
    points = axes.transData.transform(list(places.values()))
    reach = sizes.to_numpy() * figure.dpi / 72 / 2 + 1
    boxes = [Bbox.from_extents(x - r, y - r, x + r, y + r) for (x, y), r in zip(points, reach, strict=True)]
    spread_labels(figure, texts, boxes)
    axes.legend(handles=_kind_marks(nodes["kind"]), loc="upper left", bbox_to_anchor=(0, 0), ncols=len(_KINDS))
    return figure
