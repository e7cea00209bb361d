"""Figures along one text: a document's sentences by frame, and which words of a reference text each outlet quotes."""

from collections.abc import Iterable

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from scripts.report.figures.drawing import figure_without_groups, name_labels, note
from scripts.report.figures.selection import document_titles
from scripts.report.figures.style import (
    BLUE,
    GRID,
    HATCHES,
    INK,
    MUTED,
    PALETTE,
    SKY,
    WIDTH,
    frame_name,
    label,
    percent,
)

_ROWS = 12  # frames of a document, or outlets
# Cells that can be seen apart; in a longer document each stands for several sentences.
_COLUMNS = 400


def _draw_cells(axes: Axes, sentences: Iterable[int], row: int, step: int, *, color: str, hatch: str) -> None:
    """Fill the cells of some sentences in a row, each of `step` sentences."""
    cells = sorted({sentence // step for sentence in sentences})
    axes.barh(
        [row] * len(cells),
        0.88 * step,
        left=[(cell + 0.06) * step for cell in cells],
        height=0.72,
        color=color,
        hatch=hatch,
        edgecolor=INK,
        linewidth=0.4,
    )


def rows_of_coded(
    documents: pd.DataFrame, quotes: pd.DataFrame, codes: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Return the tables of the figure with the rows of the document that it shows."""
    shown = codes["doc_id"].head(1)
    return (
        documents[documents["doc_id"].isin(shown)],
        quotes[quotes["doc_id"].isin(shown)],
        codes[["doc_id", "sentence", "scheme", "frame"]],
    )


def strip_figure(documents: pd.DataFrame, quotes: pd.DataFrame, codes: pd.DataFrame) -> Figure:
    """Return a strip with a column for each sentence of a document and a row for each frame; the last row has quotes.

    A column of a document with more sentences than can be seen apart stands for several, as the axis then says.

    `documents` has doc_id, title and n_sentences; `quotes` doc_id, sentence and type; `codes` are the cues of the
    document, as from `most_coded_document`.
    """
    if codes.empty:
        return note("No sentence holds a cue of a frame.")
    doc_id, scheme = codes[["doc_id", "scheme"]].iloc[0]
    n = int(documents.loc[documents["doc_id"] == doc_id, "n_sentences"].iloc[0])
    step = -(-n // _COLUMNS)
    frames = [str(frame) for frame in codes.groupby("frame")["sentence"].nunique().sort_values(ascending=False).index]
    frames = frames[:_ROWS]
    figure = Figure(figsize=(WIDTH, 1.2 + 0.3 * (len(frames) + 1)), layout="constrained")
    axes = figure.subplots()
    for row, frame in enumerate(frames):
        sentences = codes.loc[codes["frame"] == frame, "sentence"]
        _draw_cells(axes, sentences, row, step, color=PALETTE[row % len(PALETTE)], hatch=HATCHES[row % len(HATCHES)])
    quotes = quotes[quotes["doc_id"] == doc_id]
    reported = set(quotes.loc[quotes["type"] == "indirect", "sentence"])
    direct = set(quotes.loc[quotes["type"].isin(["direct", "mixed"]), "sentence"])
    _draw_cells(axes, direct, len(frames), step, color=SKY, hatch="")
    _draw_cells(axes, reported - direct, len(frames), step, color=SKY, hatch=HATCHES[1])
    axes.set_yticks(range(len(frames) + 1), [*(label(frame_name(frame), 24) for frame in frames), "quotes"])
    name_labels(axes.get_yticklabels(), [(scheme, frame) for frame in frames])
    axes.set_ylim(len(frames) + 0.6, -0.6)
    axes.set_xlim(0, n)
    axes.grid(axis="x", color=GRID)
    axes.spines["left"].set_visible(False)
    title = label(document_titles(documents)[doc_id])
    axes.set_xlabel(f"sentence of “{title}”{f', {step:,} a cell' if step > 1 else ''}")
    if len(quotes):
        legend = [Patch(facecolor=SKY, edgecolor=INK, label="quote begins, with quotation marks")]
        legend.append(Patch(facecolor=SKY, edgecolor=INK, hatch=HATCHES[1], label="reported"))
        figure.legend(handles=legend, loc="outside lower right", ncols=2)
    return figure


def coverage_figure(coverage: pd.DataFrame, outlets: pd.DataFrame) -> Figure:
    """Return a strip along the words of the reference text that is quoted most, a row an outlet, most words first.

    A filled stretch is quoted; the share of all words stands at the end. `coverage` is table reference_coverage,
    `outlets` reference_outlets. Without a quoted reference text no figure is drawn.
    """
    if outlets.empty:
        return figure_without_groups()
    sums = outlets.groupby("text")["words"].sum()
    text = str(sums.sort_index().sort_values(ascending=False, kind="stable").index[0])
    rows = outlets[outlets["text"] == text].head(_ROWS)
    figure = Figure(figsize=(WIDTH, 1.1 + 0.3 * len(rows)), layout="constrained")
    axes = figure.subplots()
    n_words = int(rows["n_words"].iloc[0])
    for at, outlet in enumerate(rows["outlet"]):
        part = coverage[(coverage["text"] == text) & (coverage["outlet"] == outlet)]
        axes.barh(at, n_words, height=0.6, color=GRID)
        lengths = part["last"] - part["first"]
        axes.barh([at] * len(part), lengths, left=part["first"], height=0.6, color=BLUE, edgecolor=SKY, linewidth=0.3)
        axes.annotate(percent(rows["share"].iloc[at]), (n_words, at), (4, 0), textcoords="offset points", va="center",
                      color=MUTED)  # fmt: skip
    axes.axvline(n_words / 2, color=MUTED, linewidth=0.8, linestyle=":")
    axes.set_yticks(range(len(rows)), [label(outlet or "(no outlet)", 24) for outlet in rows["outlet"]])
    name_labels(axes.get_yticklabels(), [(text, outlet) for outlet in rows["outlet"]])
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.set_xlim(0, n_words)
    axes.spines["left"].set_visible(False)
    axes.set_xlabel(f"word of {label(text, 40)} (label: share of all words; dotted: the middle)")
    return figure
