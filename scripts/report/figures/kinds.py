"""Figures of the kinds of sources and of the user's attributes of sources: shares of attributed words, by group."""

from textwrap import fill

import pandas as pd
from matplotlib.figure import Figure

from scripts.core.stand_ins import ALL
from scripts.report.figures.drawing import figure_without_groups, note
from scripts.report.figures.groups import share_panels
from scripts.report.figures.selection import largest_groups
from scripts.report.figures.style import label, percent
from scripts.sources.source_counts import KIND, LEAST_KNOWN, UNKNOWN

_ATTRIBUTES, _VALUES = 4, 8
_WHAT_TO_DO = (
    "Fill in more rows of your table of sources (`snakemake source_sheet`), or set `sources_known: 0` in config.yaml."
)


def kinds_figure(shares: pd.DataFrame, contrasts: pd.DataFrame, groups: pd.DataFrame) -> Figure:
    """Return a figure of the share of attributed words of each kind of source, with a panel per group.

    The kind with most words is first; unknown sources are last and grey. Without two groups, there is one panel for all
    documents. `shares` is table source_shares, `contrasts` source_contrasts.
    """
    shares = _by_words(shares)
    rows = _values(shares, KIND)
    return _panels(shares, contrasts, groups, rows) if rows else note("No source was found.")


def attributes_figure(
    shares: pd.DataFrame, contrasts: pd.DataFrame, groups: pd.DataFrame, *, sources_known: float = LEAST_KNOWN
) -> Figure:
    """Return a figure of the share of attributed words by the commonest values of the user's first attributes.

    An attribute known for less than the share `sources_known` of the words is only named, with advice on what to do.
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
    """Return the rows of an attribute: its values that occur, those with most words first, and "unknown" last."""
    rows = shares[(shares["attribute"] == attribute) & (shares["group"] == ALL)]
    named = rows.loc[(rows["n"] > 0) & (rows["value"] != UNKNOWN), "value"][:most]
    return [(attribute, value) for value in (*named, UNKNOWN)] if len(rows) else []


def _panels(shares: pd.DataFrame, contrasts: pd.DataFrame, groups: pd.DataFrame, rows: list[tuple[str, str]]) -> Figure:
    """Return a figure with a panel per group; `rows` are pairs of attribute and value, or headings without a value."""
    sizes = {group: n for group, n in largest_groups(groups).items() if (shares["group"] == group).any()}
    if len(sizes) < 2:
        sizes = {"all documents": int(shares.loc[shares["group"] == ALL, "n_documents"].iloc[0])}
    names = {row: label(row[1], 20) if row[1] else f"{label(row[0], 18)}:" for row in rows}
    contrasts = contrasts[contrasts["measure"] == "words"]
    # The report's table of kinds begins with the kind; that of attributes has the group between both.
    by, keys = ("attribute", "value"), [row[1:] if row[0] == KIND else (row[0], ALL, row[1]) for row in rows]
    text = "share of attributed words"
    return share_panels(shares, contrasts, sizes, names, by=by, keys=keys, text=text, muted=UNKNOWN)
