"""Figures of speakers: their attributed words, in quotation marks and reported; and how far to trust the confidence."""

from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from scripts.report.figures.drawing import label_rows, note, one_panel, row_figure
from scripts.report.figures.style import BLUE, HATCHES, INK, MUTED, SKY, label, percent, percent_tick, tick

_TOP = 15


def shown_speakers(speakers: pd.DataFrame) -> tuple[pd.DataFrame]:
    """Return the rows of table speakers to draw, with the share as text."""
    top = speakers.head(_TOP)
    return (top.assign(share=[percent(share) for share in top["share"]]),)


def speakers_figure(top: pd.DataFrame) -> Figure:
    """Return a figure of stacked bars of words in quotation marks and reported words, the most quoted speaker first.

    `top` is the result of `shown_speakers`.
    """
    if top.empty:
        return note("No attributed quotes were found.")
    figure, axes = row_figure(len(top))
    direct, indirect = top["words_direct"].to_numpy(), top["words_indirect"].to_numpy()
    bars: dict[str, Any] = {"edgecolor": INK, "linewidth": 0.5, "height": 0.66}
    axes.barh(range(len(top)), direct, color=BLUE, label="in quotation marks", **bars)
    axes.barh(range(len(top)), indirect, left=direct, color=SKY, hatch=HATCHES[1], label="reported", **bars)
    for row, (words, share) in enumerate(zip(top["words"], top["share"], strict=True)):
        axes.annotate(share, (words, row), (4, 0), textcoords="offset points", va="center", color=MUTED)
    label_rows(axes, [label(name) for name in top["speaker"]])
    axes.margins(x=0.08)
    axes.xaxis.set_major_formatter(tick)
    axes.set_xlabel("attributed words (label: share of all)")
    figure.legend(loc="outside lower right", ncols=2)
    return figure


def confidence_figure(accuracy: pd.DataFrame) -> Figure:
    """Return a figure of the share right in each band of confidence, with intervals; a diagonal marks equality."""
    rows = accuracy[(accuracy["step"] == "speakers") & (accuracy["by"] == "confidence")]
    mean, right = (rows[rows["measure"] == measure].set_index("value") for measure in ("mean confidence", "precision"))
    bands = sorted(set(mean.index) & set(right.index))
    if not bands:
        return note("No attribution of a random sample has been reviewed.")
    x, y = mean.loc[bands, "estimate"], right.loc[bands, "estimate"]
    figure, axes = one_panel(4.4)
    axes.grid()
    axes.plot([0, 1], [0, 1], color=MUTED, linestyle="--", linewidth=1, label="as confident as right")
    errors = [y - right.loc[bands, "lo"], right.loc[bands, "hi"] - y]
    axes.errorbar(x, y, yerr=errors, fmt="o", color=BLUE, capsize=3, label="band of confidence, 95% interval")
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_formatter(percent_tick)
    axes.set_xlim(0, 1.02)
    axes.set_ylim(0, 1.02)
    axes.set_xlabel("mean confidence of the machine")
    axes.set_ylabel("attributions with the right speaker")
    figure.legend(loc="outside lower right", ncols=2)
    return figure
