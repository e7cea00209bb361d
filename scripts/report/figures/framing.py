"""Figures of frames: prevalence, frames by speaker, and blame."""

from collections import Counter
from collections.abc import Hashable, Mapping
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure

from scripts.core.stand_ins import ALL
from scripts.maths.ranking import by_frequency
from scripts.report.figures import style
from scripts.report.figures.drawing import interval_note, label_rows, legend_point, name_labels, note, one_panel

_ROWS, _NAMES, _SPEAKERS, _TARGETS = 20, 10, 12, 10
# For each stance of a statement: marker, fill, edge, and the horizontal shift if both stances share a cell.
_STANCES = {
    "accepted": ("o", style.VERMILLION, style.VERMILLION, -0.17),
    "rejected": ("s", style.PAPER, style.BLUE, 0.17),
}
_SHARES = LinearSegmentedColormap.from_list("shares", ["#f3f6f9", style.BLUE])


def of_schemes(prevalence: pd.DataFrame, corrected: pd.DataFrame, *, first: bool) -> tuple[pd.DataFrame, ...]:
    """Return the rows of both tables in the first scheme of frame_prevalence, or without `first` in all others."""
    scheme = prevalence["scheme"].head(1)
    return tuple(rows[rows["scheme"].isin(scheme) == first] for rows in (prevalence, corrected))


def frame_prevalence_figure(frame_prevalence: pd.DataFrame, frame_corrected: pd.DataFrame) -> Figure:
    """Return a figure of the share of sentences with each frame and its interval, with a panel per scheme.

    A circle is the machine's share; a filled diamond is the corrected share, if people have coded a sample.
    """
    all_documents = frame_prevalence[frame_prevalence["group"] == ALL]
    if all_documents.empty:
        return note("No frames were coded.")
    parts = [(str(scheme), part.sort_values("n", ascending=False, kind="stable").head(_ROWS))
             for scheme, part in all_documents.groupby("scheme", sort=False)]  # fmt: skip
    heights = [len(part) + 1.2 for _, part in parts]
    figure = Figure(figsize=(style.WIDTH, 1.0 + 0.26 * sum(heights)), layout="constrained")
    panels = figure.subplots(len(parts), 1, sharex=True, squeeze=False, height_ratios=heights)[:, 0]
    people = frame_corrected[(frame_corrected["group"] == ALL) & frame_corrected["estimate"].notna()]
    corrected = {(values["scheme"], values["frame"]): values for values in people.to_dict("records")}
    for axes, (scheme, part) in zip(panels, parts, strict=True):
        for row, values in enumerate(part.to_dict("records")):
            known = (scheme, values["frame"]) in corrected
            machine = style.MUTED if known else style.BLUE
            _draw_interval(axes, row + (0.14 if known else 0), values, color=machine, marker="o", fill=style.PAPER)
            if known:
                human = corrected[(scheme, values["frame"])]
                _draw_interval(axes, row - 0.14, human, color=style.VERMILLION, marker="D", fill=style.VERMILLION)
        names = [style.label(style.frame_name(frame), 28) for frame in part["frame"]]
        label_rows(axes, names, keys=[(scheme, frame) for frame in part["frame"]])
        axes.set_title(style.label(scheme), loc="left", fontsize=9, color=style.MUTED)
        axes.grid(axis="x", color=style.GRID)
        axes.spines["left"].set_visible(False)
    panels[-1].set_xlim(0, None)
    panels[-1].xaxis.set_major_formatter(style.percent_tick)
    interval = interval_note(all_documents["lo"])
    panels[-1].set_xlabel(f"share of sentences with cues of the frame, not validated ({interval})")
    if corrected:
        handles = [
            legend_point("o", style.MUTED, "cues, by machine", fill=style.PAPER, size=6),
            legend_point("D", style.VERMILLION, "corrected by coders' codes", size=6),
        ]
        panels[-1].set_xlabel(f"share of sentences ({interval})")
        figure.legend(handles=handles, loc="outside lower right", ncols=2)
    return figure


def _draw_interval(
    axes: Axes, row: float, values: Mapping[Hashable, Any], *, color: str, marker: str, fill: str
) -> None:
    """Draw a marker at `estimate` and a horizontal line from `lo` to `hi`."""
    axes.plot([values["lo"], values["hi"]], [row, row], color=color, linewidth=1.4, solid_capstyle="butt")
    point = [values["estimate"]]
    axes.plot(point, [row], marker=marker, markersize=5, mfc=fill, mec=color, ls="", clip_on=False)


def frame_speakers_figure(frame_speakers: pd.DataFrame) -> Figure:
    """Return a heat map of the first scheme: the share of each frame (column) in a speaker's sentences (row).

    Rows are the speakers with most sentences, the narrator among them; cells also give the number of sentences.
    """
    voiced = frame_speakers[frame_speakers["relation"] == "voiced"]
    if voiced.empty:
        return note("No speaker voices a frame.")
    scheme = voiced["scheme"].iloc[0]
    voiced = voiced[voiced["scheme"] == scheme]
    totals = voiced.groupby("name")["n_sentences"].first().sort_values(ascending=False, kind="stable").head(_NAMES)
    voiced = voiced[voiced["name"].isin(totals.index)]
    frames = voiced.groupby("frame")["n"].sum().sort_values(ascending=False, kind="stable").index
    counts = voiced.pivot_table(index="name", columns="frame", values="n", aggfunc="sum", fill_value=0)
    counts = counts.reindex(index=totals.index, columns=frames).to_numpy(float)
    shares = counts / totals.to_numpy(float)[:, None]
    figure, axes = one_panel(1.6 + 0.32 * len(totals))
    axes.pcolormesh(shares, cmap=_SHARES, vmin=0, vmax=1, edgecolors=style.PAPER, linewidth=1.5)
    for row, column in np.ndindex(*counts.shape):
        if counts[row, column]:
            color = style.ON_DARK if shares[row, column] > 0.55 else style.ON_LIGHT
            text = f"{shares[row, column]:.0%} ({counts[row, column]:,.0f})"
            cell = axes.text(column + 0.5, row + 0.5, text, ha="center", va="center", fontsize=8, color=color)
            cell.set_in_layout(False)
            name_labels([cell], [(scheme, totals.index[row], frames[column])])
    axes.set_yticks(np.arange(len(totals)) + 0.5, [f"{style.label(name, 30)} ({n:,})" for name, n in totals.items()])
    names = [style.label(style.frame_name(frame), 20) for frame in frames]
    axes.set_xticks(np.arange(len(frames)) + 0.5, names, rotation=20)
    name_labels(axes.get_xticklabels(), [(scheme, frame) for frame in frames])
    axes.tick_params(length=0)
    axes.invert_yaxis()
    for side in ("left", "bottom"):
        axes.spines[side].set_visible(False)
    axes.set_xlabel("share of the sentences that the name voices; in brackets: sentences")
    return figure


def commonest_blame(blame: pd.DataFrame) -> tuple[pd.DataFrame]:
    """Return the rows of table blame to draw: on the most frequent targets, by the speakers with most of these."""
    drawn = blame[blame["target"].isin(by_frequency(Counter(blame["target"]))[:_TARGETS])]
    drawn = drawn[drawn["speaker"].isin(by_frequency(Counter(drawn["speaker"]))[:_SPEAKERS])]
    return (drawn[["speaker", "target", "stance"]],)


def blame_figure(drawn: pd.DataFrame) -> Figure:
    """Return a figure of speakers (rows) and those they hold responsible (columns): circles say so, squares deny it.

    `drawn` is the result of `commonest_blame`.
    """
    if drawn.empty:
        return note("Nobody is held responsible in these documents.")
    speakers, targets = (by_frequency(Counter(drawn[name])) for name in ("speaker", "target"))
    figure, axes = one_panel(1.9 + 0.34 * len(speakers))
    axes.grid(color=style.GRID)
    cells: dict[tuple[str, str], Counter[str]] = {}
    for speaker, target, stance in zip(drawn["speaker"], drawn["target"], drawn["stance"], strict=True):
        cells.setdefault((speaker, target), Counter())[stance] += 1
    for (speaker, target), stances in sorted(cells.items()):
        for stance, n in sorted(stances.items(), key=lambda item: -item[1]):
            marker, fill, edge, shift = _STANCES[stance]
            x, y = targets.index(target) + (shift if len(stances) > 1 else 0), speakers.index(speaker)
            size = 5 + 2.2 * min(n, 25) ** 0.5
            axes.plot([x], [y], marker=marker, markersize=size, mfc=fill, mec=edge, mew=1.4, ls="")
            above: dict[str, Any] = {"xytext": (0, size / 2 + 2.5), "textcoords": "offset points", "ha": "center"}
            axes.annotate(f"{n:,}", (x, y), **above, fontsize=7.5, color=style.INK)
    axes.set_yticks(range(len(speakers)), [style.label(name, 32) for name in speakers])
    axes.set_xticks(range(len(targets)), [style.label(name, 24) for name in targets], rotation=30, ha="right")
    axes.set_xlim(-0.6, len(targets) - 0.4)
    axes.set_ylim(len(speakers) - 0.4, -0.7)
    axes.set_ylabel("speaker")
    axes.set_xlabel("is held responsible (number of statements)")
    handles = [
        legend_point(marker, edge, text, fill=fill, size=6)
        for text, (marker, fill, edge, _) in zip(("says so", "denies it"), _STANCES.values(), strict=True)
    ]
    figure.legend(handles=handles, loc="outside lower right", ncols=2)
    return figure
