"""Figures of words: frequency, dispersion, rates by group, and one group's words against the others'."""

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

from scripts.report.figures import drawing
from scripts.report.figures.drawing import figure_without_groups, label_rows, legend_point, note, one_panel
from scripts.report.figures.groups import group_label
from scripts.report.figures.periods import month_axis, off_axis_note
from scripts.report.figures.placement import label_clear_points
from scripts.report.figures.selection import first_grouping, largest_contrast, largest_groups
from scripts.report.figures.style import ALPHA, BLUE, GROUP_IN_TEXT, INK, MUTED, PAPER, VERMILLION, WIDTH, label, tick

_TOP, _LABELS, _POINTS = 15, 16, 200
_WORD = 24
_PANELS, _GROUPS = 6, 12
_MONTHS = 4  # most names of months below a panel
_CONTRAST_LABELS = 48


def words_figure(frequencies: pd.DataFrame) -> Figure:
    """Return a figure of the most frequent words except stop words: rate per million words, with its interval."""
    top = frequencies[~frequencies["is_stop"].astype(bool)].head(_TOP)
    if top.empty:
        return note("These documents contain no words but stop words.")
    figure, axes = drawing.row_figure(len(top))
    rows = range(len(top))
    axes.hlines(rows, top["lo"], top["hi"], color=BLUE, linewidth=1.4)
    axes.plot(top["estimate"], rows, "o", color=BLUE, markersize=5, mfc=PAPER, clip_on=False)
    label_rows(axes, [f"{label(word, _WORD)} ({n:,})" for word, n in zip(top["word"], top["count"], strict=True)])
    axes.set_xlim(0, None)
    axes.xaxis.set_major_formatter(tick)
    axes.set_xlabel(f"per million words ({drawing.interval_note(top['lo'])}); in brackets: occurrences")
    return figure


def dispersion_figure(frequencies: pd.DataFrame) -> Figure:
    """Return a figure of words as points: dispersion over documents (DP: 0 even, 1 clumped) against frequency."""
    words = frequencies[~frequencies["is_stop"].astype(bool) & frequencies["dp_norm"].notna()].head(_POINTS)
    if words.empty:
        return note("Dispersion is not estimable: there are fewer than two documents.")
    figure, axes = one_panel(3.6)
    axes.plot(words["count"], words["dp_norm"], "o", color=BLUE, markersize=3.5, mfc=PAPER, mew=0.8)
    axes.set_xscale("log")
    axes.set_ylim(-0.03, 1.08)
    axes.margins(x=0.1)
    axes.grid()
    axes.set_xlabel("occurrences (logarithmic)")
    axes.set_ylabel("DP, normalised: 0 even, 1 clumped")
    names = (label(word, _WORD) for word in words["word"])
    label_clear_points(figure, zip(names, words["count"], words["dp_norm"], strict=True), most=_LABELS)
    return figure


def drawn_rates(rates: pd.DataFrame) -> tuple[pd.DataFrame]:
    """Return the rows of table rates to draw: those of one grouping and the first words, with all their groups."""
    rates = first_grouping(rates)
    return (rates[rates["word"].isin(rates["word"].drop_duplicates().head(_PANELS))],)


def rates_figure(rates: pd.DataFrame) -> Figure:
    """Return a figure of the rates of the first words by month or group, with a panel per word; each begins at 0.

    `rates` has the rows that `drawn_rates` returns.
    """
    if rates.empty:
        return note("Words by month or by group need documents from two months or two groups.")
    by_month = rates["column"].iloc[0] == "month"
    groups, outside = sorted(set(rates["group"])), list[str]()
    if by_month:
        groups, outside = month_axis(rates["group"].tolist(), rates["n"].tolist())
        if len(groups) < 2:
            return note(f"Words by month need documents from two months. {off_axis_note(outside)}")
    elif len(groups) > _GROUPS:
        largest = rates.drop_duplicates("group").sort_values(["n", "group"], ascending=[False, True])
        groups = sorted(largest["group"].head(_GROUPS))
    words = rates["word"].unique()
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
        axes.yaxis.set_major_formatter(tick)
        axes.set_title(label(word, _WORD), loc="left", fontsize=9, color=INK)
    step = -(-len(groups) // _MONTHS) if by_month else 1
    turned = {"rotation": 35, "ha": "right"} if not by_month and len(groups) > 4 else {}
    for axes in panels:
        axes.set_xticks(range(0, len(groups), step), [group_label(group, 18) for group in groups[::step]], **turned)
    for axes in panels[len(words) :]:
        axes.set_axis_off()
    figure.supylabel("per million words", fontsize=8.5, color=MUTED)
    notes = (drawing.interval_note(rates["boot_lo"]), off_axis_note(outside))
    figure.supxlabel(" · ".join(filter(None, notes)), fontsize=8.5, color=MUTED)
    return figure


def word_contrast_figure(keyness: pd.DataFrame, groups: pd.DataFrame) -> Figure:
    """Return a figure of each word's rate in the group with most words against its rate in all others.

    Rates are per 10,000 words, on logarithmic axes. On the diagonal, a word is equally frequent in both. Words that one
    side lacks lie on the edge of the figure. After Kessler 2017, Scattertext, Proceedings of ACL 2017, System
    Demonstrations: 85-90.
    """
    words = largest_contrast(keyness, groups)
    if words.empty:
        return figure_without_groups()
    target, reference = words["target"].iloc[0], words["reference"].iloc[0]
    if len(others := [name for name in largest_groups(groups) if name != target]) == 1:
        reference = others[0]
    rates = [
        10_000 * words[f"count_{side}"].to_numpy(float) / words[f"n_{side}"].iloc[0] for side in ("reference", "target")
    ]
    least = min(side[side > 0].min(initial=1.0) for side in rates)
    edge, top = least / 2, 1.6 * max(side.max() for side in rates)
    x, y = (np.maximum(side, edge) for side in rates)
    clear = (words["q"] < ALPHA).to_numpy()
    positive = (words["estimate"] > 0).to_numpy()
    figure, axes = one_panel(5.6)
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
        axis.set_major_formatter(FuncFormatter(tick))
    axes.set_xlabel(f"per 10,000 words in {label(reference, GROUP_IN_TEXT)}")
    axes.set_ylabel(f"per 10,000 words in {label(target, GROUP_IN_TEXT)}")
    order = np.flatnonzero(clear)
    names = [label(word, 20) for word in words["word"]]
    label_clear_points(figure, [(names[at], x[at], y[at]) for at in order], most=_CONTRAST_LABELS)
    handles = [
        legend_point("D", BLUE, f"key for {label(target, GROUP_IN_TEXT)}"),
        legend_point("s", VERMILLION, f"key for {label(reference, GROUP_IN_TEXT)}"),
        legend_point("o", MUTED, "does not survive correction", fill=PAPER),
    ]
    figure.legend(handles=handles, loc="outside upper right", ncols=3)
    return figure
