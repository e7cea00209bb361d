"""Figure of the words of two groups: a point a word, its rate in one group against its rate in the other."""

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import FuncFormatter

from scripts.report.figures.drawing import figure_without_groups
from scripts.report.figures.placement import label_clear_points
from scripts.report.figures.selection import largest_contrast, largest_groups
from scripts.report.figures.style import BLUE, MUTED, PAPER, VERMILLION, WIDTH, label

_LABELS = 48
_PER = 10_000


def word_contrast_figure(keyness: pd.DataFrame, groups: pd.DataFrame) -> Figure:
    """Return the words of the largest group against the others: rate per 10,000 words on logarithmic axes.

    On the diagonal a word is equally frequent in both. Words that one side does not have lie on the edge of the figure.
    After Kessler 2017, Scattertext, Proceedings of ACL 2017, System Demonstrations: 85-90.
    """
    words = largest_contrast(keyness, groups)
    if words.empty:
        return figure_without_groups()
    target, reference = words["target"].iloc[0], words["reference"].iloc[0]
    if len(others := [name for name in largest_groups(groups) if name != target]) == 1:
        reference = others[0]
    rates = [
        _PER * words[f"count_{side}"].to_numpy(float) / words[f"n_{side}"].iloc[0] for side in ("reference", "target")
    ]
    least = min(side[side > 0].min(initial=1.0) for side in rates)
    edge, top = least / 2, 1.6 * max(side.max() for side in rates)
    x, y = (np.maximum(side, edge) for side in rates)
    clear = (words["q"] < 0.05).to_numpy()
    positive = (words["estimate"] > 0).to_numpy()
    figure = Figure(figsize=(WIDTH, 5.6), layout="constrained")
    axes = figure.subplots()
    axes.axline((edge, edge), (top, top), color=MUTED, linewidth=0.8)
    for mask, marker, color, fill in (
        (~clear, "o", MUTED, PAPER),
        (clear & positive, "D", BLUE, BLUE),
        (clear & ~positive, "s", VERMILLION, VERMILLION),
    ):
        axes.plot(x[mask], y[mask], marker, color=color, mfc=fill, markersize=4, mew=0.8, ls="")
    axes.set(xscale="log", yscale="log", xlim=(edge / 1.25, top), ylim=(edge / 1.25, top))
    axes.minorticks_off()
    axes.grid()
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,g}"))
    axes.set_xlabel(f"per 10,000 words in {label(reference, 30)}")
    axes.set_ylabel(f"per 10,000 words in {label(target, 30)}")
    order = np.flatnonzero(clear)
    names = [label(word, 20) for word in words["word"]]
    label_clear_points(figure, [(names[at], x[at], y[at]) for at in order], most=_LABELS)
    handles = [
        Line2D([], [], ls="", marker="D", color=BLUE, markersize=4, label=f"key for {label(target, 22)}"),
        Line2D([], [], ls="", marker="s", color=VERMILLION, markersize=4, label=f"key for {label(reference, 22)}"),
        Line2D([], [], ls="", marker="o", color=MUTED, mfc=PAPER, markersize=4, label="does not survive correction"),
    ]
    figure.legend(handles=handles, loc="outside upper right", ncols=3)
    return figure
