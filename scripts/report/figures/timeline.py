"""Documents and quotes over time, where the documents are dated."""

import pandas as pd
from matplotlib.figure import Figure

from scripts.report.figures import BLUE, INK, WIDTH
from scripts.report.figures.chosen import periods
from scripts.report.figures.drawing import note


def timeline_figure(documents: pd.DataFrame) -> Figure:
    """Bars of documents per day, month or year (table documents)."""
    counts = periods(documents["date"])
    if len(counts) < 2:
        return note("The documents have no dates, or one date only.")
    figure = Figure(figsize=(WIDTH, 2.2), layout="constrained")
    axes = figure.subplots()
    axes.bar(range(len(counts)), counts.to_numpy(), color=BLUE, edgecolor=INK, linewidth=0.4)
    step = -(-len(counts) // 8)
    axes.set_xticks(range(0, len(counts), step), [str(period) for period in counts.index[::step]])
    axes.grid(axis="y")
    axes.set_ylabel("documents")
    return figure
