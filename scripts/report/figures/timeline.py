"""Figure of documents over time."""

import pandas as pd
from matplotlib.figure import Figure

from scripts.report.figures.drawing import note, one_panel
from scripts.report.figures.periods import count_by_period, dates_off_axis, less_exact, off_axis_note
from scripts.report.figures.style import BLUE, INK

_UNITS = {"D": "day", "M": "month", "Y": "year"}


def timeline_figure(documents: pd.DataFrame) -> Figure:
    """Return a figure of the number of documents by day, month or year; `documents` has a column date (ISO 8601)."""
    counts, outside = count_by_period(documents["date"]), dates_off_axis(documents["date"])
    if len(counts) < 2:
        return note(f"The documents have no dates, or one date only. {off_axis_note(outside)}".strip())
    figure, axes = one_panel(2.2)
    axes.bar(range(len(counts)), counts.to_numpy(), color=BLUE, edgecolor=INK, linewidth=0.4)
    step = -(-len(counts) // 8)
    axes.set_xticks(range(0, len(counts), step), [str(period) for period in counts.index[::step]])
    axes.grid(axis="y")
    unit = _UNITS[pd.PeriodIndex(counts.index).freqstr[0]]
    axes.set_ylabel(f"documents per {unit}")
    notes = [off_axis_note(outside)]
    if n := less_exact(documents["date"], outside, counts):
        notes.append(f"Not shown, because their dates have no {unit}: {n:,}.")
    axes.set_xlabel(" ".join(filter(None, notes)))
    return figure
