"""Figures of the kinds of source, and of the user's attributes of them: shares of attributed words, by group."""

from textwrap import fill

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from scripts.core.arrays import Floats
from scripts.core.stand_ins import ALL
from scripts.report.figures.drawing import ALPHA, difference_legend, figure_without_groups, name_labels, note
from scripts.report.figures.groups import axis_caption, difference_points, group_panels
from scripts.report.figures.selection import largest_groups
from scripts.report.figures.style import BLUE, MUTED, label, percent, percent_tick
from scripts.sources.source_counts import KIND, LEAST_KNOWN, UNKNOWN

_EVERYTHING = "all documents"
_ATTRIBUTES, _VALUES = 4, 8
_WHAT_TO_DO = (
    "Fill in more rows of your table of sources (`snakemake source_sheet`), or set `sources_known: 0` in config.yaml."
)


def kinds_figure(shares: pd.DataFrame, contrasts: pd.DataFrame, groups: pd.DataFrame) -> Figure:
    """Return the share of attributed words of each kind of source, with its interval, a panel a group.

    The kind with most words is first, the unknown last and grey. A vertical tick is the share over all documents, a
    filled point differs from the other groups after correction. Without two groups there is one panel, of all
    documents. `shares` is table source_shares, `contrasts` source_contrasts, `groups` document_groups.
    """
    shares = _by_words(shares)
    rows = _values(shares, KIND)
    return _panels(shares, contrasts, groups, rows) if rows else note("No source was found.")


def attributes_figure(
    shares: pd.DataFrame, contrasts: pd.DataFrame, groups: pd.DataFrame, *, sources_known: float = LEAST_KNOWN
) -> Figure:
    """Return the same of the first attributes of the user's table, one below the other, the values with most words.

    An attribute that is known for less than a share `sources_known` of the words is named with what to do.
    """
    shares = _by_words(shares)
    unknown = shares[(shares["group"] == ALL) & (shares["value"] == UNKNOWN) & (shares["attribute"] != KIND)]
    known = 1 - unknown.set_index("attribute")["estimate"]
    compared = known.index[known >= sources_known]
    left_out = [
        f"{label(str(name), 30)} (of {percent(share)} of the words)" for name, share in known.drop(compared).items()
    ]
    lacking = f"Too little is known to compare by {', '.join(left_out)}. {_WHAT_TO_DO}" if left_out else ""
    rows = [
        row
        for attribute in compared[:_ATTRIBUTES]
        for row in [(attribute, ""), *_values(shares, attribute, most=_VALUES)]
    ]
    if not rows:
        return note(lacking) if lacking else figure_without_groups()
    figure = _panels(shares, contrasts, groups, rows)
    if lacking:
        figure.supxlabel("\n".join([figure.get_supxlabel(), fill(lacking.replace("`", ""), 110)]))
    return figure


def _by_words(shares: pd.DataFrame) -> pd.DataFrame:
    return shares[(shares["measure"] == "words") & (shares["origin"] == ALL) & (shares["total"] > 0)]


def _values(shares: pd.DataFrame, attribute: str, *, most: int | None = None) -> list[tuple[str, str]]:
    """Return the rows of an attribute: its values that somebody has, those with most words first, the unknown last."""
    rows = shares[(shares["attribute"] == attribute) & (shares["group"] == ALL)]
    named = rows.loc[(rows["n"] > 0) & (rows["value"] != UNKNOWN), "value"][:most]
    return [(attribute, value) for value in (*named, UNKNOWN)] if len(rows) else []


def _panels(shares: pd.DataFrame, contrasts: pd.DataFrame, groups: pd.DataFrame, rows: list[tuple[str, str]]) -> Figure:
    """Return a panel for each group with rows of attribute and value; a row without a value is a heading."""
    cells = shares.set_index(["group", "attribute", "value"])
    documents = shares.loc[shares["group"] == ALL, "n_documents"]
    sizes = {group: n for group, n in largest_groups(groups).items() if (shares["group"] == group).any()}
    if len(sizes) < 2:
        sizes = {_EVERYTHING: int(documents.iloc[0])}
    differing = contrasts[(contrasts["q"] < ALPHA) & (contrasts["measure"] == "words")]
    sides = {
        key
        for side in ("group", "other")
        for key in zip(differing[side], differing["attribute"], differing["value"], strict=True)
    }
    figure, panels = group_panels(sizes, columns=3, height=0.22 * len(rows), shared=True)
    drawn = [row for row in rows if row[1]]
    places = np.flatnonzero([bool(value) for _, value in rows])
    unknown = np.array([value == UNKNOWN for _, value in drawn])
    colors = np.where(unknown, MUTED, BLUE)

    def numbers(group: str) -> Floats:
        index = pd.MultiIndex.from_tuples([(group, *row) for row in drawn])
        return cells.loc[index, ["estimate", "lo", "hi"]].to_numpy(float).T

    overall, lo, hi = numbers(ALL)
    for axes, group in zip(panels, sizes, strict=True):
        estimates = overall
        if group != _EVERYTHING:
            axes.vlines(overall, places - 0.36, places + 0.36, color=MUTED, linewidth=1)
            estimates, lo, hi = numbers(group)
        axes.hlines(places, lo, hi, color=colors, linewidth=1.4)
        clear = np.array([(group, *row) in sides for row in drawn])
        difference_points(axes, estimates[~unknown], places[~unknown], clear[~unknown], color=BLUE)
        difference_points(axes, estimates[unknown], places[unknown], clear[unknown], color=MUTED)
        axes.set_yticks(
            range(len(rows)), [label(value, 20) if value else f"{label(name, 18)}:" for name, value in rows]
        )
        axes.set_ylim(len(rows) - 0.4, -0.6)
        name_labels(axes.get_yticklabels(), [(value,) for _, value in rows])
    panels[0].set_xlim(0, None)
    panels[0].xaxis.set_major_formatter(percent_tick)
    axis_caption(figure, "share of attributed words (line: 95% interval)")
    if len(sizes) > 1:
        difference_legend(figure)
    return figure
