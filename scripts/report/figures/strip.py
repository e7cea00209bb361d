"""Figures along one text: a document's sentences by frame, and a reference text's words that each outlet quotes."""

from collections.abc import Iterable
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from scripts.report.figures import style
from scripts.report.figures.drawing import figure_without_groups, label_rows, note, one_panel

_ROWS = 12  # frames of a document, or outlets
# Most cells that the eye can tell apart; in a longer document each stands for several sentences.
_COLUMNS = 400


def _draw_cells(axes: Axes, sentences: Iterable[int], row: int, step: int, *, color: str, hatch: str) -> None:
    """Fill the cells of these sentences in a row; a cell stands for `step` sentences, the first of which is 1."""
    cells = sorted({sentence // step for sentence in sentences})
    look: dict[str, Any] = {"color": color, "hatch": hatch, "edgecolor": style.INK, "linewidth": 0.4}
    axes.barh([row] * len(cells), 0.88 * step, left=[(cell + 0.06) * step + 0.5 for cell in cells], height=0.72, **look)


def rows_of_coded(
    documents: pd.DataFrame, quotes: pd.DataFrame, codes: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Return the tables of the figure, reduced to the document that it shows."""
    shown = documents["doc_id"].isin(codes["doc_id"].head(1))
    return documents[shown], quotes, codes[["doc_id", "sentence", "scheme", "frame"]]


def strip_figure(documents: pd.DataFrame, quotes: pd.DataFrame, codes: pd.DataFrame) -> Figure:
    """Return a figure with a column for each sentence of a document and a row for each frame; the last row has quotes.

    In a document with more than _COLUMNS sentences, a column stands for several, as the axis then says. The tables are
    those of `rows_of_coded`: of the document alone.
    """
    if codes.empty:
        return note("No sentence contains a cue of a frame.")
    doc_id, title, n = documents[["doc_id", "title", "n_sentences"]].iloc[0]
    step = -(-n // _COLUMNS)
    frames = [str(frame) for frame in codes.groupby("frame")["sentence"].nunique().sort_values(ascending=False).index]
    frames = frames[:_ROWS]
    figure, axes = one_panel(1.2 + 0.3 * (len(frames) + 1))
    for row, frame in enumerate(frames):
        sentences = codes.loc[codes["frame"] == frame, "sentence"]
        color, hatch = (each[row % len(each)] for each in (style.PALETTE, style.HATCHES))
        _draw_cells(axes, sentences, row, step, color=color, hatch=hatch)
    reported = set(quotes.loc[quotes["type"] == "indirect", "sentence"])
    direct = set(quotes.loc[quotes["type"].isin(["direct", "mixed"]), "sentence"])
    _draw_cells(axes, direct, len(frames), step, color=style.SKY, hatch="")
    _draw_cells(axes, reported - direct, len(frames), step, color=style.SKY, hatch=style.HATCHES[1])
    names = [*(style.label(style.frame_name(frame), 24) for frame in frames), "quotes"]
    label_rows(axes, names, keys=[(codes["scheme"].iloc[0], frame) for frame in frames])
    axes.set_xlim(0.5, n + 0.5)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.grid(axis="x", color=style.GRID)
    axes.spines["left"].set_visible(False)
    axes.set_xlabel(f"sentence of “{style.label(title or doc_id)}”{f', {step:,} a cell' if step > 1 else ''}")
    if len(quotes):
        legend = [Patch(facecolor=style.SKY, edgecolor=style.INK, label="quote begins, with quotation marks")]
        legend.append(Patch(facecolor=style.SKY, edgecolor=style.INK, hatch=style.HATCHES[1], label="reported"))
        figure.legend(handles=legend, loc="outside lower right", ncols=2)
    return figure


def coverage_figure(coverage: pd.DataFrame, outlets: pd.DataFrame) -> Figure:
    """Return a figure of the words of the most quoted reference text, with a row per outlet, most words first.

    Filled stretches are quoted; the label at the end is their share of all words. `coverage` is table
    reference_coverage, `outlets` reference_outlets. Without a quoted reference text, no figure is drawn.
    """
    if outlets.empty:
        return figure_without_groups()
    sums = outlets.groupby("text")["words"].sum()
    text = str(sums.sort_index().sort_values(ascending=False, kind="stable").index[0])
    rows = outlets[outlets["text"] == text].head(_ROWS)
    figure, axes = one_panel(1.1 + 0.3 * len(rows))
    n_words = int(rows["n_words"].iloc[0])
    for at, outlet in enumerate(rows["outlet"]):
        part = coverage[(coverage["text"] == text) & (coverage["outlet"] == outlet)]
        axes.barh(at, n_words, height=0.6, color=style.GRID)
        look: dict[str, Any] = {"height": 0.6, "color": style.BLUE, "edgecolor": style.SKY, "linewidth": 0.3}
        axes.barh([at] * len(part), part["last"] - part["first"], left=part["first"], **look)
        beside: dict[str, Any] = {"xytext": (4, 0), "textcoords": "offset points", "va": "center"}
        axes.annotate(style.percent(rows["share"].iloc[at]), (n_words, at), **beside, color=style.MUTED)
    axes.axvline(n_words / 2, color=style.MUTED, linewidth=0.8, linestyle=":")
    names = [style.label(outlet or "(no outlet)", 24) for outlet in rows["outlet"]]
    label_rows(axes, names, keys=[(text, outlet) for outlet in rows["outlet"]])
    axes.set_xlim(0, n_words)
    axes.spines["left"].set_visible(False)
    axes.set_xlabel(f"word of {style.label(text, 40)} (label: share of all words; dotted: the middle)")
    return figure
