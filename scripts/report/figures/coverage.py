"""Figure of a reference text: which of its words each outlet quotes, as a strip."""

import pandas as pd
from matplotlib.figure import Figure

from scripts.report.figures.drawing import figure_without_groups, name_labels
from scripts.report.figures.style import BLUE, GRID, MUTED, SKY, WIDTH, label, percent

_ROWS = 12


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
