"""The figure of a view: speakers, kinds of sources and frames of each side with their intervals, and the curves."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from scripts.report.choices.counts import BETWEEN_NAMES
from scripts.report.figures.drawing import label_rows, note
from scripts.report.figures.style import COLOURS, INK, MARKERS, PAPER, WIDTH, frame_name, label, percent_tick, tick

# Measures that are drawn, with their titles.
_MEASURES = {
    "speakers": "Who speaks: share of attributed words",
    "kinds": "Kinds of sources: share of their words",
    "frames": "Cues of frames: share of sentences",
    "pairs": "Named together: share of sentences",
}
_MOST, _ROW, _CURVES, _TICKS, _LABEL = 10, 0.26, 1.9, 8, 30
_DASHES = ("-", "--", ":", "-.", (0, (4, 4)), (0, (1, 3)))
_UNITS = {
    "words": "per million words",
    "name": "mentions per 1,000 words",
    "speaker": "share of attributed words",
    "kind": "share of the words of sources",
    "frame": "share of sentences",
}


def _row_label(name: str) -> str:
    """Return the label of a row; a long pair of names has two lines."""
    first, sign, second = name.partition(BETWEEN_NAMES) if len(name) > _LABEL else (name, "", "")
    return f"{label(first, _LABEL)} +\n{label(second, _LABEL)}" if sign else label(first, _LABEL)


def _draw_shares(axes: Axes, shares: pd.DataFrame, title: str, colours: Sequence[str]) -> None:
    """Draw the largest shares with their intervals, one side below the other."""
    largest = shares.groupby("name", sort=True)["estimate"].max().sort_values(ascending=False, kind="stable")
    names = [str(name) for name in largest.index[:_MOST]]
    sides = sorted(set(shares["side"]))
    for at, side in enumerate(sides):
        own = shares[shares["side"] == side].set_index("name").reindex(names)
        rows = np.arange(len(names)) + (at - (len(sides) - 1) / 2) * 0.32
        color, marker = colours["AB".index(side)], MARKERS["AB".index(side)]
        axes.hlines(rows, own["lo"], own["hi"], color=color, linewidth=1.4)
        style: dict[str, Any] = {"color": color, "marker": marker, "linestyle": "", "markersize": 4.5}
        axes.plot(own["estimate"], rows, **style, label=side, clip_on=False)
    label_rows(axes, [_row_label(frame_name(name)) for name in names])
    axes.set_xlim(0, None)
    axes.xaxis.set_major_formatter(percent_tick)
    axes.grid(axis="x")
    axes.spines["left"].set_visible(False)
    axes.set_title(title, loc="left", fontsize=9.5, color=INK)
    if len(sides) > 1:
        axes.legend(loc="lower right", bbox_to_anchor=(1, 1), ncols=2)  # above, where no share can be


def _draw_curves(axes: Axes, curves: pd.DataFrame, unit: str, colours: Sequence[str], *, sided: bool) -> None:
    """Draw the curves of a unit with their bands; points with too few documents for an interval are hollow.

    Hollow points do not determine the scale, unless a curve has no others.
    """
    periods = sorted(set(curves["period"]))
    if all(len(period) == len("2024-01") for period in periods):  # all months from the first to the last
        periods = [str(month) for month in pd.period_range(periods[0], periods[-1], freq="M")]
    shown = list(dict.fromkeys(zip(curves["what"], curves["value"], strict=True)))
    for (kind, value, side), own in curves.groupby(["what", "value", "side"], sort=False):
        at = (1 + sided) * shown.index((kind, value)) + "AB".index(str(side))
        points = own.set_index("period").reindex(periods)
        x = np.arange(len(periods))
        name = f"“{value}”" if kind == "words" else frame_name(str(value))
        color = colours[at % len(colours)]
        style: dict[str, Any] = {"color": color, "linewidth": 1.4, "linestyle": _DASHES[at % len(_DASHES)]}
        axes.plot(x, points["estimate"], **style, label=label(f"{name}, {side}" if sided else name))
        axes.fill_between(x, points["lo"], points["hi"], color=color, alpha=0.16, linewidth=0)
        estimable = points["lo"].notna().to_numpy()
        for mask, fill in ((estimable, color), (~estimable, PAPER)):
            marks: dict[str, Any] = {"color": color, "mfc": fill, "linestyle": "", "markersize": 4}
            axes.plot(x[mask], points["estimate"][mask], marker=MARKERS[at % len(MARKERS)], **marks)
    highest = curves.groupby(["what", "value", "side"])[["hi", "estimate"]].max()
    axes.set_ylim(0, highest["hi"].fillna(highest["estimate"]).max() * 1.05 or 1)
    step = max(1, -(-len(periods) // _TICKS))
    axes.set_xticks(range(0, len(periods), step), periods[::step])
    few = "; hollow: no interval, may lie beyond the scale" if curves["lo"].isna().any() else ""
    axes.set_title(f"{unit}{few}", loc="left", fontsize=9.5, color=INK)
    is_share = unit.startswith("share")
    axes.yaxis.set_major_formatter(percent_tick if is_share else tick)
    axes.grid(axis="y")
    axes.legend(loc="upper left", bbox_to_anchor=(0, -0.14), ncols=3)


def view_figure(
    shares: pd.DataFrame, contrasts: pd.DataFrame, curves: pd.DataFrame, colours: Sequence[str] = ()
) -> Figure:
    """Return the figure of a view's tables, with a panel for each measure and each unit of curves.

    `colours` are those of the sides, by default the first of COLOURS. If each side has only one curve, it has its
    side's colour.
    """
    every = tuple(COLOURS.values())
    of_sides = colours or every
    of_curves = of_sides if len(curves[["what", "value"]].drop_duplicates()) == 1 else every
    # A name among the largest of one side has a share of the other side too, which is often 0.
    named = contrasts.merge(shares[["measure", "name"]].drop_duplicates())
    of_both = (
        named[["measure", "name"]].assign(
            side=side, estimate=named[share], lo=named[f"{share}_lo"], hi=named[f"{share}_hi"]
        )
        for side, share in (("A", "share"), ("B", "share_other"))
    )
    shares = pd.concat([shares, *of_both]).drop_duplicates(["side", "measure", "name"])
    parts = {measure: shares[shares["measure"] == measure] for measure in _MEASURES}
    parts = {measure: rows for measure, rows in parts.items() if len(rows)}
    units = list(dict.fromkeys(curves["what"].map(_UNITS)))
    if not parts and not units:
        return note("Nothing is chosen that somebody says or that has a frame.")
    sided = shares["side"].nunique() > 1
    heights = [0.5 + (1.5 if sided else 1) * _ROW * min(_MOST, rows["name"].nunique()) for rows in parts.values()]
    heights += [_CURVES + 0.4] * len(units)
    figure = Figure(figsize=(WIDTH, sum(heights)), layout="constrained")
    panels = figure.subplots(len(heights), 1, height_ratios=heights, squeeze=False)[:, 0]
    for axes, (measure, rows) in zip(panels, parts.items(), strict=False):
        _draw_shares(axes, rows, _MEASURES[measure], of_sides)
    for axes, unit in zip(panels[len(parts) :], units, strict=True):
        _draw_curves(axes, curves[curves["what"].map(_UNITS) == unit], unit, of_curves, sided=sided)
    return figure
