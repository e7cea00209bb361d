"""Figure of one document: its sentences in order, by frame, with the sentences of quotes marked."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from scripts.report.figures.drawing import name_labels, note
from scripts.report.figures.style import GRID, HATCHES, INK, PALETTE, SKY, WIDTH, frame_name, label

_ROWS = 12


def _draw_cells(axes: Axes, sentences: list[int], row: int, *, color: str, hatch: str) -> None:
    """Fill the cells of some sentences in a row."""
    axes.barh(
        [row] * len(sentences),
        0.88,
        left=[sentence + 0.06 for sentence in sentences],
        height=0.72,
        color=color,
        hatch=hatch,
        edgecolor=INK,
        linewidth=0.4,
    )


def strip_figure(documents: pd.DataFrame, quotes: pd.DataFrame, codes: pd.DataFrame) -> Figure:
    """Return a strip with a column for each sentence of a document and a row for each frame; the last row has quotes.

    `documents` has doc_id and n_sentences; `quotes` doc_id, sentence and type; `codes` are the cues of the document, as
    from `most_coded_document`.
    """
    if codes.empty:
        return note("No sentence holds a cue of a frame.")
    doc_id, scheme = codes[["doc_id", "scheme"]].iloc[0]
    n = int(documents.loc[documents["doc_id"] == doc_id, "n_sentences"].iloc[0])
    frames = [str(frame) for frame in codes.groupby("frame")["sentence"].nunique().sort_values(ascending=False).index]
    frames = frames[:_ROWS]
    figure = Figure(figsize=(WIDTH, 1.2 + 0.3 * (len(frames) + 1)), layout="constrained")
    axes = figure.subplots()
    for row, frame in enumerate(frames):
        sentences = sorted(set(codes.loc[codes["frame"] == frame, "sentence"]))
        _draw_cells(axes, sentences, row, color=PALETTE[row % len(PALETTE)], hatch=HATCHES[row % len(HATCHES)])
    quotes = quotes[quotes["doc_id"] == doc_id]
    reported = set(quotes.loc[quotes["type"] == "indirect", "sentence"])
    direct = set(quotes.loc[quotes["type"].isin(["direct", "mixed"]), "sentence"])
    _draw_cells(axes, sorted(direct), len(frames), color=SKY, hatch="")
    _draw_cells(axes, sorted(reported - direct), len(frames), color=SKY, hatch=HATCHES[1])
    axes.set_yticks(range(len(frames) + 1), [*(label(frame_name(frame), 24) for frame in frames), "quotes"])
    name_labels(axes.get_yticklabels(), [(scheme, frame) for frame in frames])
    axes.set_ylim(len(frames) + 0.6, -0.6)
    axes.set_xlim(0, max(n, 1))
    axes.grid(axis="x", color=GRID)
    axes.spines["left"].set_visible(False)
    axes.set_xlabel(f"sentence of {label(doc_id)}")
    if len(quotes):
        legend = [Patch(facecolor=SKY, edgecolor=INK, label="quote begins, with quotation marks")]
        legend.append(Patch(facecolor=SKY, edgecolor=INK, hatch=HATCHES[1], label="reported"))
        figure.legend(handles=legend, loc="outside lower right", ncols=2)
    return figure
