"""A document at a glance: its sentences in order, by frame, with the quoted ones marked."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from scripts.report.figures import GRID, HATCHES, INK, PALETTE, SKY, WIDTH, label
from scripts.report.figures.drawing import name_labels, note

_ROWS = 12


def _cells(axes: Axes, sentences: list[int], row: int, *, color: str, hatch: str) -> None:
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
    """One column per sentence of a document; a row per frame of a scheme, the last for quotes.

    `documents` needs doc_id and n_sentences, `quotes` doc_id, sentence and type; `codes` are those of `chosen_codes`.
    """
    if codes.empty:
        return note("No sentence holds a cue of a frame.")
    doc_id, scheme = codes[["doc_id", "scheme"]].iloc[0]
    n = int(documents.set_index("doc_id").at[doc_id, "n_sentences"])
    frames = [str(frame) for frame in codes.groupby("frame")["sentence"].nunique().sort_values(ascending=False).index]
    frames = frames[:_ROWS]
    figure = Figure(figsize=(WIDTH, 1.2 + 0.3 * (len(frames) + 1)), layout="constrained")
    axes = figure.subplots()
    for row, frame in enumerate(frames):
        hit = sorted(set(codes.loc[codes["frame"] == frame, "sentence"]))
        _cells(axes, hit, row, color=PALETTE[row % len(PALETTE)], hatch=HATCHES[row % len(HATCHES)])
    said = quotes[quotes["doc_id"] == doc_id]
    reported = set(said.loc[said["type"] == "indirect", "sentence"])
    marked = set(said.loc[said["type"] != "indirect", "sentence"])
    _cells(axes, sorted(marked), len(frames), color=SKY, hatch="")
    _cells(axes, sorted(reported - marked), len(frames), color=SKY, hatch=HATCHES[1])
    axes.set_yticks(range(len(frames) + 1), [*(label(frame.replace("_", " "), 24) for frame in frames), "quotes"])
    name_labels(axes.get_yticklabels(), [(scheme, frame) for frame in frames])
    axes.set_ylim(len(frames) + 0.6, -0.6)
    axes.set_xlim(0, max(n, 1))
    axes.grid(axis="x", color=GRID)
    axes.spines["left"].set_visible(False)
    axes.set_xlabel(f"sentence of {label(doc_id)}")
    if len(said):
        legend = [Patch(facecolor=SKY, edgecolor=INK, label="quote begins, with quotation marks")]
        legend.append(Patch(facecolor=SKY, edgecolor=INK, hatch=HATCHES[1], label="reported"))
        figure.legend(handles=legend, loc="outside lower right", ncols=2)
    return figure
