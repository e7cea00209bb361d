"""Figures of words: frequency, and rates by month or group."""

import pandas as pd
from matplotlib.figure import Figure

from scripts.report.figures.drawing import note, row_figure
from scripts.report.figures.periods import month_axis, off_axis_note
from scripts.report.figures.selection import first_grouping
from scripts.report.figures.style import BLUE, INK, MUTED, PAPER, WIDTH, label

_TOP = 15
_WORD = 24
_PANELS, _GROUPS = 6, 12
_MONTHS = 4  # names of months below a panel


def words_figure(frequencies: pd.DataFrame) -> Figure:
    """Return the rate per million words, with its interval, of the most frequent words that are no stop words.

    `frequencies` is the table of that name.
    """
    top = frequencies[~frequencies["is_stop"].astype(bool)].head(_TOP)
    if top.empty:
        return note("These documents hold no words but stop words.")
    figure, axes = row_figure(len(top))
    rows = range(len(top))
    axes.hlines(rows, top["lo"], top["hi"], color=BLUE, linewidth=1.4)
    axes.plot(top["estimate"], rows, "o", color=BLUE, markersize=5, mfc=PAPER, clip_on=False)
    axes.set_yticks(rows, [f"{label(word, _WORD)} ({n:,})" for word, n in zip(top["word"], top["count"], strict=True)])
    axes.set_ylim(len(top) - 0.4, -0.6)
    axes.set_xlim(0, None)
    axes.xaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
    axes.set_xlabel("per million words (95% interval); in brackets: occurrences")
    return figure


def drawn_rates(rates: pd.DataFrame) -> tuple[pd.DataFrame]:
    """Return the rows of table rates of the one grouping and the words that are drawn; each word has all groups."""
    rates = first_grouping(rates)
    return (rates[rates["word"].isin(rates["word"].drop_duplicates().head(_PANELS))],)


def rates_figure(rates: pd.DataFrame) -> Figure:
    """Return the rates of the first words by month, or by group, a panel a word; each panel begins at 0.

    `rates` is the table of that name.
    """
    rates = first_grouping(rates)
    if rates.empty:
        return note("Words by month or by group need documents of two months or two groups.")
    by_month = rates["column"].iloc[0] == "month"
    groups, outside = sorted(set(rates["group"])), list[str]()
    if by_month:
        groups, outside = month_axis(rates["group"].tolist(), rates["n"].tolist())
        if len(groups) < 2:
            return note(f"Words by month need documents of two months. {off_axis_note(outside)}")
    elif len(groups) > _GROUPS:
        largest = rates.drop_duplicates("group").sort_values(["n", "group"], ascending=[False, True])
        groups = sorted(largest["group"].head(_GROUPS))
    words = list(dict.fromkeys(rates["word"]))[:_PANELS]
    rows = -(-len(words) // 2)
    figure = Figure(figsize=(WIDTH, 0.9 + 1.35 * rows), layout="constrained")
    panels = figure.subplots(rows, 2, sharex=True, squeeze=False).ravel()
    for axes, word in zip(panels, words, strict=False):
        part = rates[rates["word"] == word].set_index("group").reindex(groups)
        axes.vlines(range(len(groups)), part["boot_lo"], part["boot_hi"], color=MUTED, linewidth=1.2)
        axes.plot(part["estimate"].to_numpy(), "o-" if by_month else "o", color=BLUE, markersize=4, mfc=PAPER, lw=1)
        axes.set_ylim(0, None)
        axes.set_xlim(-0.5, len(groups) - 0.5)
        axes.grid(axis="y")
        axes.yaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
        axes.set_title(label(word, _WORD), loc="left", fontsize=9, color=INK)
    step = -(-len(groups) // _MONTHS) if by_month else 1
    turned = {"rotation": 35, "ha": "right"} if not by_month and len(groups) > 4 else {}
    for axes in panels:
        axes.set_xticks(range(0, len(groups), step), [label(group, 18) for group in groups[::step]], **turned)
    for axes in panels[len(words) :]:
        axes.set_axis_off()
    figure.supylabel("per million words (95% interval)", fontsize=8.5, color=MUTED)
    if outside:
        figure.supxlabel(off_axis_note(outside), fontsize=8.5, color=MUTED)
    return figure
