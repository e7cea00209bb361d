"""Words: the frequent ones, how evenly they are spread, where one document has them, what sets a group apart."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from scripts.report.figures import BLUE, INK, MUTED, PAPER, VERMILLION, WIDTH, label
from scripts.report.figures.chosen import chosen_groups, placed_words
from scripts.report.figures.drawing import note, row_figure

_TOP, _LABELS, _POINTS = 15, 16, 200
_WORD = 24
_PANELS, _GROUPS = 6, 12


def words_figure(frequencies: pd.DataFrame) -> Figure:
    """Rate per million words of the most frequent words that are no stop words, with its interval (frequencies)."""
    top = frequencies[~frequencies["is_stop"].astype(bool)].head(_TOP)
    if top.empty:
        return note("These documents hold no words but stop words.")
    figure, axes = row_figure(len(top))
    rows = range(len(top))
    axes.hlines(rows, top["lo"], top["hi"], color=BLUE, linewidth=1.4)
    axes.plot(top["estimate"], rows, "o", color=BLUE, markersize=5, mfc=PAPER, clip_on=False)
    axes.set_yticks(rows, [f"{label(word, _WORD)} ({n})" for word, n in zip(top["word"], top["count"], strict=True)])
    axes.set_ylim(len(top) - 0.4, -0.6)
    axes.set_xlim(0, None)
    axes.xaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
    axes.set_xlabel("per million words (95% interval); after the word, its count")
    return figure


def dispersion_figure(frequencies: pd.DataFrame) -> Figure:
    """Frequency against dispersion DP: low is spread over all documents, high is clumped in few (frequencies)."""
    words = frequencies[~frequencies["is_stop"].astype(bool) & frequencies["dp_norm"].notna()].head(_POINTS)
    if words.empty:
        return note("Dispersion is not estimable: there are fewer than two documents.")
    figure = Figure(figsize=(WIDTH, 3.6), layout="constrained")
    axes = figure.subplots()
    axes.plot(words["count"], words["dp_norm"], "o", color=BLUE, markersize=3.5, mfc=PAPER, mew=0.8)
    axes.set_xscale("log")
    axes.set_ylim(-0.03, 1.08)
    axes.margins(x=0.1)
    axes.grid()
    axes.set_xlabel("occurrences (logarithmic)")
    axes.set_ylabel("DP, normalised: 0 even, 1 clumped")
    _name_points(axes, words["count"], words["dp_norm"], words["word"], order=range(len(words)))
    return figure


def rates_figure(rates: pd.DataFrame) -> Figure:
    """Rates of the first words by month, or by group, a panel a word, each from 0 (table rates)."""
    chosen = chosen_groups(rates)
    if chosen.empty:
        return note("Words by month or by group need documents of two months or two groups.")
    by_month = chosen["column"].iloc[0] == "month"
    groups = sorted(set(chosen["group"]))
    if by_month:
        groups = [str(month) for month in pd.period_range(groups[0], groups[-1], freq="M")]
    elif len(groups) > _GROUPS:
        largest = chosen.drop_duplicates("group").sort_values(["n", "group"], ascending=[False, True])
        groups = sorted(largest["group"].head(_GROUPS))
    words = list(dict.fromkeys(chosen["word"]))[:_PANELS]
    rows = -(-len(words) // 2)
    figure = Figure(figsize=(WIDTH, 0.9 + 1.35 * rows), layout="constrained")
    panels = figure.subplots(rows, 2, sharex=True, squeeze=False).ravel()
    for axes, word in zip(panels, words, strict=False):
        part = chosen[chosen["word"] == word].set_index("group").reindex(groups)
        axes.vlines(range(len(groups)), part["lo"], part["hi"], color=MUTED, linewidth=1.2)
        axes.plot(part["estimate"].to_numpy(), "o-" if by_month else "o", color=BLUE, markersize=4, mfc=PAPER, lw=1)
        axes.set_ylim(0, None)
        axes.set_xlim(-0.5, len(groups) - 0.5)
        axes.grid(axis="y")
        axes.yaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
        axes.set_title(label(word, _WORD), loc="left", fontsize=9, color=INK)
    step = -(-len(groups) // 6) if by_month else 1
    turned = {"rotation": 35, "ha": "right"} if not by_month and len(groups) > 4 else {}
    for axes in panels:
        axes.set_xticks(range(0, len(groups), step), [label(group, 18) for group in groups[::step]], **turned)
    for axes in panels[len(words) :]:
        axes.set_axis_off()
    figure.supylabel("per million words (95 % interval)", fontsize=8.5, color=MUTED)
    return figure


def places_figure(frequencies: pd.DataFrame, tokens: pd.DataFrame) -> Figure:
    """Where the longest document has the most frequent words: a tick for each occurrence.

    `tokens` has doc_id, token and word (as it is counted) of that document.
    """
    places = placed_words(frequencies, tokens)
    if not places:
        return note("These documents hold no words but stop words.")
    figure, axes = row_figure(len(places))
    for row, at in enumerate(places.values()):
        axes.vlines(at, row - 0.32, row + 0.32, color=BLUE, linewidth=1.4)
    axes.set_yticks(range(len(places)), [label(word, _WORD) for word in places])
    axes.set_ylim(len(places) - 0.4, -0.6)
    axes.set_xlim(0, tokens["token"].max() + 1)
    axes.xaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
    axes.set_xlabel(f"place in {label(tokens['doc_id'].iloc[0])}, in tokens from its beginning")
    return figure


def keyness_figure(keyness: pd.DataFrame) -> Figure:
    """Funnel of the first comparison: frequency against Log Ratio, what survives the correction filled (keyness)."""
    if keyness.empty:
        return note("Keyness is not estimable: there are no groups of documents to compare.")
    first = keyness.iloc[0]
    same = (keyness[["column", "target", "reference"]] == first[["column", "target", "reference"]]).all(axis=1)
    words = keyness[same & keyness["estimate"].notna()]
    if words.empty:
        return note("Keyness is not estimable from these groups of documents.")
    words = words.iloc[words["g2"].abs().argsort(kind="stable")[::-1]].head(_POINTS)
    total = words["count_target"] + words["count_reference"]
    kept = (words["q"] < 0.05).to_numpy()
    figure = Figure(figsize=(WIDTH, 4.2), layout="constrained")
    axes = figure.subplots()
    axes.axhline(0, color=MUTED, linewidth=0.8)
    axes.plot(total[~kept], words["estimate"][~kept], "o", color=MUTED, markersize=3.5, mfc=PAPER, mew=0.8)
    axes.plot(total[kept], words["estimate"][kept], "D", color=VERMILLION, markersize=4)
    axes.set_xscale("log")
    axes.grid()
    axes.margins(0.1)
    axes.set_xlabel("occurrences in both (logarithmic)")
    axes.set_ylabel(f"Log Ratio: above 0 more in {label(first['target'], 24)}")
    axes.set_title(
        f"{label(first['target'], 30)} and {label(first['reference'], 30)}", loc="left", fontsize=9, color=MUTED
    )
    _name_points(axes, total, words["estimate"], words["word"], order=np.flatnonzero(kept))
    handles = [
        Line2D([], [], ls="", marker="D", color=VERMILLION, markersize=4, label="q < 0.05, if words were independent"),
        Line2D([], [], ls="", marker="o", color=MUTED, mfc=PAPER, markersize=4, label="does not survive correction"),
    ]
    figure.legend(handles=handles, loc="outside lower right", ncols=2)
    return figure


def _name_points(axes: Axes, x: pd.Series, y: pd.Series, words: pd.Series, *, order: "range | np.ndarray") -> None:
    """Write words beside their points, in `order`, leaving out those that would lie on one already written."""
    figure = axes.figure
    figure.draw_without_rendering()
    taken = []
    for at in order:
        if len(taken) == _LABELS:
            break
        place = (x.iloc[at], y.iloc[at])
        text = axes.annotate(
            label(words.iloc[at], _WORD), place, (4, 3), textcoords="offset points", fontsize=8, color=INK
        )  # fmt: skip
        box = text.get_window_extent()
        if any(box.overlaps(other) for other in taken):
            text.remove()
        else:
            taken.append(box)
