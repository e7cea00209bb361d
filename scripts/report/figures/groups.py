"""Figures that compare groups of documents: small multiples with a panel per group on a common scale.

With fewer than two groups no figure is drawn.
"""

from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate
from typing import Any
from unicodedata import east_asian_width

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from scripts.core.arrays import Floats
from scripts.core.stand_ins import ALL
from scripts.documents.groups import SEPARATOR
from scripts.report.figures import drawing, style
from scripts.report.figures.drawing import figure_without_groups
from scripts.report.figures.periods import month_axis, off_axis_note
from scripts.report.figures.selection import compared_words, largest_groups

_FRAMES, _SPEAKERS, _WORDS = 8, 6, 6
_CAPTION: dict[str, Any] = {"fontsize": 8.5, "color": style.MUTED}
# Line colour and marker of the first and the second frame in the trends.
_LINES = ((style.BLUE, "o"), (style.VERMILLION, "s"))


def narrow_label(text: str, width: int) -> str:
    """Return text as an axis label of at most `width` columns; wide East Asian characters take two."""
    ends = [0, *accumulate(2 if east_asian_width(character) in "WF" else 1 for character in text[: width + 1])]
    return style.label(text, width if ends[-1] <= width else min(len(text) - 1, bisect_right(ends, width - 1)))


def group_label(group: str, width: int) -> str:
    """Return a group as a label of at most `width` columns; the two values of a pair are cut separately.

    >>> group_label("The Harbour Post | 2023-03", 20)
    'The Harbo… | 2023-03'
    """
    first, sign, second = group.partition(SEPARATOR)
    if not sign or narrow_label(group, width) == style.label(group):
        return narrow_label(group, width)
    second = narrow_label(second, width // 2 - 1)
    taken = sum(2 if east_asian_width(character) in "WF" else 1 for character in sign + second)
    return f"{narrow_label(first, width - taken)}{sign}{second}"


def group_panels(sizes: dict[str, int], *, columns: int, height: float, shared: bool) -> tuple[Figure, list[Axes]]:
    """Return a figure with a panel for each group on a common x axis and, if `shared`, a common y axis.

    At most `columns` panels are side by side; `height` is that of a panel, in inches. The title of a panel is the group
    and, in brackets, its number of documents. In the SVG, the panel has the group as its identifier, and the axes that
    it shares with others have identifiers of their own.
    """
    columns = min(columns, len(sizes))
    rows = -(-len(sizes) // columns)
    figure = Figure(figsize=(style.WIDTH, 0.7 + rows * (height + 0.3)), layout="constrained")
    grid = figure.subplots(rows, columns, sharex=True, sharey=shared, squeeze=False)
    panels = list(grid.ravel())
    for number, (axes, (group, n)) in enumerate(zip(panels, sizes.items(), strict=False)):
        axes.set_title(f"{group_label(group, 20)} ({n:,})", loc="left", y=1, fontsize=9, color=style.INK)
        axes.grid(axis="x", color=style.GRID)
        axes.spines["left"].set_visible(False)
        axes.set_gid(drawing.drawable(f"{style.GROUP_PANEL}{style.label(group, style.GROUP_LABEL)}"))
        axes.xaxis.set_gid(f"{style.COMMON_AXIS}x{number}")
        if shared:
            axes.yaxis.set_gid(f"{style.COMMON_AXIS}y{number}")
    for axes in panels[len(sizes) :]:
        axes.set_axis_off()
    for column in grid.T:
        # The lowest panel of a column shows the numbers of the common axis, even if the place below it is empty.
        drawn = [axes for axes in column if axes.axison]
        drawn[-1].tick_params(labelbottom=True)
    return figure, panels[: len(sizes)]


def axis_caption(figure: Figure, text: str) -> None:
    """Write the name of the common x axis."""
    figure.supxlabel(f"{text}; in brackets: documents", **_CAPTION)


def share_axis(figure: Figure, panels: list[Axes], text: str) -> None:
    """Make the common x axis of panels show shares from 0 on, and write its name."""
    panels[0].set_xlim(0, None)
    panels[0].xaxis.set_major_formatter(style.percent_tick)
    axis_caption(figure, text)


def share_panels(
    shares: pd.DataFrame,
    contrasts: pd.DataFrame,
    sizes: dict[str, int],
    rows: dict[tuple[str, str], str],
    *,
    by: tuple[str, str],
    keys: Iterable[tuple[str, ...]],
    text: str,
    muted: str = "",
) -> Figure:
    """Return a figure with a panel per group of shares and their intervals.

    `rows` maps the pair of values that a row has in the columns `by` to its name. A row without a second value is a
    heading; one whose second value is `muted` is grey. A vertical tick is the share over all documents; a filled point
    differs from the other groups after correction. A single group stands for all documents. `keys` is as in
    `name_labels`, `text` says what the shares are.
    """
    figure, panels = group_panels(sizes, columns=3, height=0.22 * len(rows), shared=True)
    cells = shares.set_index(["group", *by])
    differing = contrasts[contrasts["q"] < style.ALPHA]
    sides = {key for side in ("group", "other") for key in differing[[side, *by]].itertuples(index=False, name=None)}
    drawn = [row for row in rows if row[1]]
    places = np.flatnonzero([bool(value) for _, value in rows])
    is_muted = np.array([value == muted for _, value in drawn])

    def numbers(group: str) -> Floats:
        index = pd.MultiIndex.from_tuples([(group, *row) for row in drawn])
        return cells.loc[index, ["estimate", "lo", "hi"]].to_numpy(float).T

    overall, ends = numbers(ALL)[0], list[float]()
    for axes, group in zip(panels, sizes, strict=True):
        estimates, lo, hi = numbers(group if len(sizes) > 1 else ALL)
        ends += lo.tolist()
        if len(sizes) > 1:
            axes.vlines(overall, places - 0.36, places + 0.36, color=style.MUTED, linewidth=1)
        axes.hlines(places, lo, hi, color=np.where(is_muted, style.MUTED, style.BLUE), linewidth=1.4)
        clear = np.array([(group, *row) in sides for row in drawn])
        for mask, color in ((~is_muted, style.BLUE), (is_muted, style.MUTED)):
            for points, inside in ((mask & ~clear, style.PAPER), (mask & clear, color)):
                if points.any():  # a line without points has no extent for the layout
                    look: dict[str, Any] = {"color": color, "mfc": inside, "markersize": 4.5, "clip_on": False}
                    axes.plot(estimates[points], places[points], "o", **look)
        drawing.label_rows(axes, list(rows.values()), keys=keys)
    share_axis(figure, panels, f"{text} ({drawing.interval_note(ends)})")
    if len(sizes) > 1:
        drawing.difference_legend(figure)
    return figure


def frames_by_group_figure(
    prevalence: pd.DataFrame, contrasts: pd.DataFrame, corrected: pd.DataFrame, groups: pd.DataFrame
) -> Figure:
    """Return a figure of the share of sentences with each frame of the first scheme, with a panel per group.

    `prevalence` is table frame_prevalence, `contrasts` frame_contrasts, `corrected` frame_corrected.
    """
    sizes = {group: n for group, n in largest_groups(groups).items() if (prevalence["group"] == group).any()}
    if len(sizes) < 2:
        return figure_without_groups()
    scheme = prevalence["scheme"].iloc[0]
    prevalence = prevalence[prevalence["scheme"] == scheme]
    all_documents = prevalence[(prevalence["group"] == ALL) & (prevalence["n"] > 0)]
    all_documents = all_documents.sort_values(["n", "frame"], ascending=[False, True]).head(_FRAMES)
    if all_documents.empty:
        return figure_without_groups()
    rows = {(scheme, frame): style.label(style.frame_name(frame), 20) for frame in all_documents["frame"]}
    contrasts = contrasts[contrasts["scheme"] == scheme]
    is_coded = corrected.loc[corrected["scheme"] == scheme, "estimate"].notna().any()
    text = f"share of sentences with cues of the frame, {'by machine' if is_coded else 'not validated'}"
    return share_panels(prevalence, contrasts, sizes, rows, by=("scheme", "frame"), keys=rows, text=text)


def leading_of_groups(speakers: pd.DataFrame, groups: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the rows of table speakers_by_group to draw, the first of each group in `groups`, and `groups` itself."""
    return speakers[speakers["group"].isin(groups["group"])].groupby("group", sort=False).head(_SPEAKERS), groups


def speakers_by_group_figure(speakers_by_group: pd.DataFrame, groups: pd.DataFrame) -> Figure:
    """Return a figure of the most quoted speakers' shares of attributed words, with a panel per group."""
    sizes = {group: n for group, n in largest_groups(groups).items() if (speakers_by_group["group"] == group).any()}
    if len(sizes) < 2:
        return figure_without_groups()
    figure, panels = group_panels(sizes, columns=2, height=0.22 * _SPEAKERS, shared=False)
    for axes, group in zip(panels, sizes, strict=True):
        top = speakers_by_group[speakers_by_group["group"] == group].head(_SPEAKERS)
        rows = np.arange(len(top))
        axes.barh(rows, top["share"], height=0.62, color=style.SKY, edgecolor=style.INK, linewidth=0.5)
        axes.hlines(rows, top["lo"], top["hi"], color=style.INK, linewidth=1)
        names = [narrow_label(name, 20) for name in top["speaker"]]
        drawing.label_rows(axes, names, keys=[(group, name) for name in top["speaker"]], room=_SPEAKERS)
    note = drawing.interval_note(speakers_by_group["lo"])
    share_axis(figure, panels, f"share of the group's attributed words ({note})")
    return figure


def keyness_by_group_figure(keyness: pd.DataFrame, groups: pd.DataFrame) -> Figure:
    """Return a figure of the Log Ratio of each group's first key words against the others, with a panel per group.

    Intervals are from a bootstrap over documents; a word without one (such as a word that one side never has) has no
    line. Words with a filled diamond survive the correction for all words tested.
    """
    rows = compared_words(keyness, list(largest_groups(groups)))
    rows = rows[rows["estimate"] > 0]
    sizes = {group: n for group, n in largest_groups(groups).items() if (rows["target"] == group).any()}
    if len(sizes) < 2:
        return figure_without_groups()
    figure, panels = group_panels(sizes, columns=2, height=0.22 * _WORDS, shared=False)
    for axes, group in zip(panels, sizes, strict=True):
        top = rows[rows["target"] == group].head(_WORDS)
        places = np.arange(len(top))
        drawn = top["boot_lo"].notna()
        axes.axvline(0, color=style.MUTED, linewidth=0.8)
        lo, hi = (top.loc[drawn, f"boot_{end}"] for end in ("lo", "hi"))
        axes.hlines(places[drawn], lo, hi, color=style.MUTED, linewidth=1.2)
        clear = (top["q"] < style.ALPHA).to_numpy()
        estimates = top["estimate"].to_numpy()
        axes.plot(estimates[~clear], places[~clear], "o", color=style.MUTED, markersize=4, mfc=style.PAPER)
        axes.plot(estimates[clear], places[clear], "D", color=style.VERMILLION, markersize=4)
        names = [narrow_label(word, 20) for word in top["word"]]
        drawing.label_rows(axes, names, keys=[(group, word) for word in top["word"]], room=_WORDS)
    # A word that one side never has gets no interval, however many documents there are.
    interval = drawing.interval_note(rows["boot_lo"], without=style.NOT_ESTIMABLE)
    axis_caption(figure, f"Log Ratio: 1 is twice as frequent as elsewhere, 2 four times ({interval})")
    handles = [
        drawing.legend_point("D", style.VERMILLION, f"adjusted p < {style.ALPHA}"),
        drawing.legend_point("o", style.MUTED, "does not survive correction", fill=style.PAPER),
    ]
    figure.legend(handles=handles, loc="outside upper right", ncols=2)
    return figure


def trends_of_largest(trends: pd.DataFrame, groups: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the rows of table frame_trends to draw, of the first scheme and of `groups`, and `groups` itself."""
    first = trends["scheme"].isin(trends["scheme"].head(1))
    return trends[first & trends["group"].isin(groups["group"])], groups


def frame_trends_figure(frame_trends: pd.DataFrame, groups: pd.DataFrame) -> Figure:
    """Return a figure of the two commonest frames of the first scheme by month, with a panel per group.

    Bands are 95% intervals; months with too few documents for one have a hollow marker and no line. The tables are
    those of `trends_of_largest`.
    """
    months_of = frame_trends.groupby("group")["month"].nunique()
    sizes = {group: n for group, n in largest_groups(groups).items() if months_of.get(group, 0) > 1}
    if len(sizes) < 2:
        return figure_without_groups()
    trends = frame_trends[frame_trends["group"].isin(sizes)]
    months, outside = month_axis(trends["month"].tolist(), trends["n_sentences"].tolist())
    totals = trends.groupby("frame")["n"].sum().sort_index().sort_values(ascending=False, kind="stable")
    frames = [str(frame) for frame in totals.index[: len(_LINES)]]
    figure, panels = group_panels(sizes, columns=2, height=1.0, shared=True)
    for axes, group in zip(panels, sizes, strict=True):
        axes.grid(axis="x", visible=False)
        axes.grid(axis="y", color=style.GRID)
        for frame, (color, marker) in zip(frames, _LINES, strict=False):
            part = trends[(trends["group"] == group) & (trends["frame"] == frame)].set_index("month").reindex(months)
            estimates, at = part["estimate"].to_numpy(float), np.arange(len(months))
            banded = part["lo"].notna().to_numpy()
            axes.fill_between(at, part["lo"], part["hi"], color=color, alpha=0.22, linewidth=0)
            axes.vlines(at, part["lo"], part["hi"], color=color, alpha=0.45, linewidth=1)
            axes.plot(at, np.where(banded, estimates, np.nan), "-", color=color, linewidth=1)
            axes.plot(at[banded], estimates[banded], marker, color=color, markersize=4)
            axes.plot(at[~banded], estimates[~banded], marker, color=color, markersize=4, mfc=style.PAPER)
        step = -(-len(months) // 4)
        axes.set_xticks(range(0, len(months), step), months[::step])
    panels[0].set_xlim(-0.5, len(months) - 0.5)
    # Months with too few documents for an interval do not set the scale, since a single article may determine them.
    highest = trends.loc[trends["frame"].isin(frames), "hi"].max()
    panels[0].set_ylim(0, 1.05 * highest if highest > 0 else None)
    panels[0].yaxis.set_major_formatter(style.percent_tick)
    figure.supylabel("share of sentences", **_CAPTION)
    axis_caption(figure, off_axis_note(outside).rstrip(".") or "month of publication")
    handles = [
        Line2D([], [], color=color, marker=marker, markersize=4, label=style.label(style.frame_name(frame), 24))
        for frame, (color, marker) in zip(frames, _LINES, strict=False)
    ]
    handles.append(drawing.legend_point("o", style.MUTED, "under five documents: no interval", fill=style.PAPER))
    figure.legend(handles=handles, loc="outside upper right", ncols=3)
    return figure
