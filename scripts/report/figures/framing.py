"""Figures of frames: prevalence, frames by speaker, and blame."""

from collections import Counter
from collections.abc import Hashable, Mapping
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from scripts.core.stand_ins import ALL
from scripts.report.figures.drawing import name_labels, note
from scripts.report.figures.style import (
    BLUE,
    GRID,
    INK,
    MUTED,
    ON_DARK,
    ON_LIGHT,
    PAPER,
    VERMILLION,
    WIDTH,
    frame_name,
    label,
    percent_tick,
)

_ROWS, _NAMES, _SPEAKERS, _TARGETS = 20, 10, 12, 10
# By stance of a statement: marker, fill, edge, and the horizontal shift where both stances share a cell.
_STANCES = {"accepted": ("o", VERMILLION, VERMILLION, -0.17), "rejected": ("s", PAPER, BLUE, 0.17)}
_SHARES = LinearSegmentedColormap.from_list("shares", ["#f3f6f9", BLUE])


def first_scheme(prevalence: pd.DataFrame, corrected: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the rows of both tables that are of the first scheme of frame_prevalence."""
    first = prevalence["scheme"].head(1)
    return prevalence[prevalence["scheme"].isin(first)], corrected[corrected["scheme"].isin(first)]


def further_schemes(prevalence: pd.DataFrame, corrected: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the rows of both tables that are of any but the first scheme of frame_prevalence."""
    first = prevalence["scheme"].head(1)
    return prevalence[~prevalence["scheme"].isin(first)], corrected[~corrected["scheme"].isin(first)]


def frame_prevalence_figure(frame_prevalence: pd.DataFrame, frame_corrected: pd.DataFrame) -> Figure:
    """Return shares of sentences by frame with their intervals, a panel a scheme.

    The tables are those of the same names. A circle is the machine's share; where people have coded a sample, a filled
    diamond is the corrected share.
    """
    all_documents = frame_prevalence[frame_prevalence["group"] == ALL]
    if all_documents.empty:
        return note("No frames were coded.")
    parts = [(str(scheme), part.sort_values("n", ascending=False, kind="stable").head(_ROWS))
             for scheme, part in all_documents.groupby("scheme", sort=False)]  # fmt: skip
    heights = [len(part) + 1.2 for _, part in parts]
    figure = Figure(figsize=(WIDTH, 1.0 + 0.26 * sum(heights)), layout="constrained")
    panels = figure.subplots(len(parts), 1, sharex=True, squeeze=False, height_ratios=heights)[:, 0]
    people = frame_corrected[(frame_corrected["group"] == ALL) & frame_corrected["estimate"].notna()]
    corrected = {(values["scheme"], values["frame"]): values for values in people.to_dict("records")}
    for axes, (scheme, part) in zip(panels, parts, strict=True):
        for row, values in enumerate(part.to_dict("records")):
            known = (scheme, values["frame"]) in corrected
            machine = MUTED if known else BLUE
            _draw_interval(axes, row + (0.14 if known else 0), values, color=machine, marker="o", fill=PAPER)
            if known:
                human = corrected[(scheme, values["frame"])]
                _draw_interval(axes, row - 0.14, human, color=VERMILLION, marker="D", fill=VERMILLION)
        axes.set_yticks(range(len(part)), [label(frame_name(frame), 28) for frame in part["frame"]])
        name_labels(axes.get_yticklabels(), [(scheme, frame) for frame in part["frame"]])
        axes.set_ylim(len(part) - 0.4, -0.6)
        axes.set_title(label(scheme), loc="left", fontsize=9, color=MUTED)
        axes.grid(axis="x", color=GRID)
        axes.spines["left"].set_visible(False)
    panels[-1].set_xlim(0, None)
    panels[-1].xaxis.set_major_formatter(percent_tick)
    panels[-1].set_xlabel("share of sentences with cues of the frame, not validated (95% interval)")
    if corrected:
        marks = [("o", PAPER, MUTED, "cues, by machine"), ("D", VERMILLION, VERMILLION, "corrected by people's codes")]
        handles = [Line2D([], [], ls="", marker=m, mfc=fill, mec=edge, label=text) for m, fill, edge, text in marks]
        panels[-1].set_xlabel("share of sentences (95% interval)")
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
    `frame_speakers` is the table of that name.
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
    figure = Figure(figsize=(WIDTH, 1.6 + 0.32 * len(totals)), layout="constrained")
    axes = figure.subplots()
    axes.pcolormesh(shares, cmap=_SHARES, vmin=0, vmax=1, edgecolors=PAPER, linewidth=1.5)
    for row, column in np.ndindex(*counts.shape):
        if counts[row, column]:
            color = ON_DARK if shares[row, column] > 0.55 else ON_LIGHT
            text = f"{shares[row, column]:.0%} ({counts[row, column]:,.0f})"
            cell = axes.text(column + 0.5, row + 0.5, text, ha="center", va="center", fontsize=8, color=color)
            cell.set_in_layout(False)
            name_labels([cell], [(scheme, totals.index[row], frames[column])])
    axes.set_yticks(np.arange(len(totals)) + 0.5, [f"{label(name, 30)} ({n:,})" for name, n in totals.items()])
    axes.set_xticks(np.arange(len(frames)) + 0.5, [label(frame_name(frame), 20) for frame in frames], rotation=20)
    name_labels(axes.get_xticklabels(), [(scheme, frame) for frame in frames])
    axes.tick_params(length=0)
    axes.invert_yaxis()
    for side in ("left", "bottom"):
        axes.spines[side].set_visible(False)
    axes.set_xlabel("share of the sentences that the name voices; in brackets: sentences")
    return figure


def _commonest(names: "pd.Series[str]", most: int) -> list[str]:
    """Return the `most` most frequent names, of equals the first in the alphabet."""
    counts = names.value_counts().rename_axis("name").reset_index()
    return counts.sort_values(["count", "name"], ascending=[False, True])["name"].head(most).tolist()


def commonest_blame(blame: pd.DataFrame) -> tuple[pd.DataFrame]:
    """Return the rows of table blame that are drawn: the targets of most statements, and who makes most of these."""
    drawn = blame[blame["target"].isin(_commonest(blame["target"], _TARGETS))]
    drawn = drawn[drawn["speaker"].isin(_commonest(drawn["speaker"], _SPEAKERS))]
    return (drawn[["speaker", "target", "stance"]],)


def blame_figure(drawn: pd.DataFrame) -> Figure:
    """Return speakers (rows) by those they hold responsible (columns): circles for statements, squares for denials.

    `drawn` is as from `commonest_blame`.
    """
    if drawn.empty:
        return note("Nobody is held responsible in these documents.")
    speakers, targets = _commonest(drawn["speaker"], _SPEAKERS), _commonest(drawn["target"], _TARGETS)
    figure = Figure(figsize=(WIDTH, 1.9 + 0.34 * len(speakers)), layout="constrained")
    axes = figure.subplots()
    axes.grid(color=GRID)
    cells: dict[tuple[str, str], Counter[str]] = {}
    for speaker, target, stance in zip(drawn["speaker"], drawn["target"], drawn["stance"], strict=True):
        cells.setdefault((speaker, target), Counter())[stance] += 1
    for (speaker, target), stances in sorted(cells.items()):
        for stance, n in sorted(stances.items(), key=lambda item: -item[1]):
            marker, fill, edge, shift = _STANCES[stance]
            x, y = targets.index(target) + (shift if len(stances) > 1 else 0), speakers.index(speaker)
            size = 5 + 2.2 * min(n, 25) ** 0.5
            axes.plot([x], [y], marker=marker, markersize=size, mfc=fill, mec=edge, mew=1.4, ls="")
            above = (0, size / 2 + 2.5)
            axes.annotate(f"{n:,}", (x, y), above, textcoords="offset points", ha="center", fontsize=7.5, color=INK)
    axes.set_yticks(range(len(speakers)), [label(name, 32) for name in speakers])
    axes.set_xticks(range(len(targets)), [label(name, 24) for name in targets], rotation=30, ha="right")
    axes.set_xlim(-0.6, len(targets) - 0.4)
    axes.set_ylim(len(speakers) - 0.4, -0.7)
    axes.set_ylabel("speaker")
    axes.set_xlabel("is held responsible (number of statements)")
    entries = zip(("says so", "denies it"), _STANCES.values(), strict=True)
    handles = [Line2D([], [], ls="", marker=m, mfc=fill, mec=edge, label=text) for text, (m, fill, edge, _) in entries]
    figure.legend(handles=handles, loc="outside lower right", ncols=2)
    return figure
