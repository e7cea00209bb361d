"""Figures of entities: rate of mentions, network of co-mentions, mentions by document."""

from typing import Any

import numpy as np
import pandas as pd
from matplotlib import colormaps
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.transforms import Bbox

from scripts.entities.network import NamedPair, strongest_links
from scripts.maths.intervals import ENOUGH
from scripts.report.figures.drawing import name_labels, note, row_figure
from scripts.report.figures.placement import spread_labels
from scripts.report.figures.selection import document_titles
from scripts.report.figures.style import (
    GRID,
    INK,
    MARKERS,
    MUTED,
    ON_DARK,
    ON_LIGHT,
    PALETTE,
    PAPER,
    WIDTH,
    label,
)

TOP, DOCUMENTS = 20, 24
_KINDS = ("person", "place", "organisation", "group")
_COLOURS = dict(zip(_KINDS, PALETTE, strict=False))
_SHAPES = dict(zip(_KINDS, MARKERS, strict=False))
# A network of at most so many entities is drawn less high.
_SMALL = 8
_NO_ENTITIES = "No person, place or organisation was found."


def _kind_marks(kinds: "pd.Series[str]") -> list[Line2D]:
    """Return the marks of a legend for the kinds that occur."""
    return [
        Line2D([], [], color=_COLOURS[kind], marker=_SHAPES[kind], linestyle="", label=kind)
        for kind in _KINDS
        if (kinds == kind).any()
    ]


def entities_figure(corpus: pd.DataFrame) -> Figure:
    """Return the rate of mentions per 1,000 words of the most mentioned entities, with intervals over documents.

    `corpus` is table entities_corpus.
    """
    if corpus.empty:
        return note(_NO_ENTITIES)
    top = corpus.head(TOP)
    figure, axes = row_figure(len(top))
    rates = top["estimate"].to_numpy(float)
    lo, hi = (top[side].to_numpy(float) for side in ("lo", "hi"))
    axes.hlines(range(len(top)), np.where(np.isnan(lo), rates, lo), np.where(np.isnan(hi), rates, hi), color=MUTED)
    for row, (rate, kind, mentions, right) in enumerate(zip(rates, top["kind"], top["mentions"], hi, strict=True)):
        axes.plot([rate], [row], marker=_SHAPES[kind], color=_COLOURS[kind], markersize=7, linestyle="")
        end = rate if np.isnan(right) else max(rate, right)
        axes.annotate(f"{mentions:,}", (end, row), (8, 0), textcoords="offset points", va="center", color=MUTED)
    axes.set_yticks(range(len(top)), [label(name) for name in top["name"]])
    axes.set_ylim(len(top) - 0.4, -0.6)
    axes.set_xlim(left=0)
    axes.margins(x=0.1)
    known = not np.isnan(lo).all()
    interval = (
        "line: 95% interval over documents" if known else f"interval not estimable: fewer than {ENOUGH} documents"
    )
    axes.set_xlabel(f"mentions per 1,000 words ({interval}; label: mentions)")
    figure.legend(handles=_kind_marks(top["kind"]), loc="outside lower right", ncols=len(_KINDS))
    return figure


def drawn_links(nodes: pd.DataFrame, pairs: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the nodes of table entity_network, and of table cooccurrence the strongest links of each."""
    by_sentence = pairs.loc[pairs["unit"] == "sentence", list(NamedPair._fields)]
    links = strongest_links(map(NamedPair._make, by_sentence.itertuples(index=False)), nodes["name"].tolist())
    return nodes, pd.DataFrame(links, columns=NamedPair._fields)[["name1", "name2", "n"]]


def network_figure(nodes: pd.DataFrame, links: pd.DataFrame) -> Figure:
    """Return the network of entities that share sentences: the more sentences, the thicker the line.

    The tables are as from `drawn_links`.
    """
    if nodes.empty:
        return note("No two entities are named together in two sentences or more.")
    figure = Figure(figsize=(WIDTH, WIDTH * (0.8 if len(nodes) > _SMALL else 0.45)))
    axes = figure.add_axes((0.01, 0.06, 0.98, 0.93))
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
    spread_labels(
        figure,
        texts,
        [Bbox.from_extents(x - r, y - r, x + r, y + r) for (x, y), r in zip(points, reach, strict=True)],
    )
    axes.legend(handles=_kind_marks(nodes["kind"]), loc="upper left", bbox_to_anchor=(0, 0), ncols=len(_KINDS))
    return figure


def drawn_mentions(
    corpus: pd.DataFrame, by_document: pd.DataFrame, documents: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Return the tables of the figure of names by document without the names that it has no row for."""
    top = corpus.head(TOP)
    rows = by_document.merge(top[["kind", "name"]], on=["kind", "name"])
    if rows["doc_id"].nunique() < 2:
        rows = by_document
    return top, rows, documents[documents["doc_id"].isin(rows["doc_id"])]


def documents_figure(corpus: pd.DataFrame, by_document: pd.DataFrame, documents: pd.DataFrame) -> Figure:
    """Return a heat map of the mentions of the most mentioned entities (rows) by document (columns).

    `corpus` is table entities_corpus, `by_document` table entities_documents; `documents` has the titles. Columns are
    the documents with most mentions of these entities, in the order of doc_id.
    """
    if corpus.empty or by_document.empty:
        return note(_NO_ENTITIES)
    if by_document["doc_id"].nunique() == 1:
        return note("Names by document need two documents.")
    top = corpus.head(TOP)
    counts = by_document.merge(top[["kind", "name"]], on=["kind", "name"])
    table = counts.pivot_table(index=["kind", "name"], columns="doc_id", values="mentions", fill_value=0)
    totals = table.sum()
    chosen = sorted(sorted(totals.index, key=lambda doc_id: (-totals[doc_id], doc_id))[:DOCUMENTS])
    cells = table.reindex(index=pd.MultiIndex.from_frame(top[["kind", "name"]]), columns=chosen, fill_value=0).to_numpy(
        int
    )
    figure = Figure(figsize=(WIDTH, 2 + 0.26 * len(top)), layout="constrained")
    axes = figure.subplots()
    axes.set(xlim=(0, len(chosen)), ylim=(len(top), 0))
    shades = colormaps["Blues"](0.15 + 0.85 * np.sqrt(cells / cells.max()))
    # Cells of one shade follow each other: in the page they are one path.
    for row, column in sorted(zip(*np.nonzero(cells), strict=True), key=lambda place: -cells[place]):
        n, shade = cells[row, column], shades[row, column]
        axes.add_patch(
            Rectangle((column, row), 1, 1, facecolor=shade, edgecolor=PAPER, joinstyle="round", clip_on=False)
        )
        ink = ON_DARK if shade[:3].mean() < 0.55 else ON_LIGHT
        cell = axes.text(column + 0.5, row + 0.5, f"{n}", ha="center", va="center", fontsize=7, color=ink)
        cell.set_in_layout(False)
        name_labels([cell], [(top["name"].iloc[row], top["kind"].iloc[row], chosen[column])])
    axes.hlines(np.arange(1, len(top)), 0, len(chosen), color=GRID, linewidth=0.5, zorder=0)
    axes.set_yticks(np.arange(len(top)) + 0.5, [label(name, 32) for name in top["name"]])
    titles = document_titles(documents)
    names = [label(titles.get(doc_id, doc_id), 24) for doc_id in chosen]
    axes.set_xticks(np.arange(len(chosen)) + 0.5, names, rotation=60, ha="right")
    axes.spines[:].set_visible(False)
    left_out = len(totals) - len(chosen)
    axes.set_xlabel("document" + (f" ({left_out:,} with fewer mentions are not shown)" if left_out else ""))
    return figure
