"""Figure of the kinds of source: the share of attributed words of each, over all documents or by group."""

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from scripts.core.stand_ins import ALL
from scripts.report.figures.drawing import name_labels, note
from scripts.report.figures.groups import axis_caption, group_panels
from scripts.report.figures.legends import ALPHA, difference_legend
from scripts.report.figures.selection import largest_groups
from scripts.report.figures.style import BLUE, MUTED, PAPER, label

_UNKNOWN, _EVERYTHING = "unknown", "all documents"


def kinds_figure(shares: pd.DataFrame, contrasts: pd.DataFrame, groups: pd.DataFrame) -> Figure:
    """Return the share of attributed words of each kind of source, with its interval, a panel a group.

    The kind with most words is first, the unknown last and grey. A vertical tick is the share over all documents, a
    filled point differs from the other groups after correction. Without two groups there is one panel, of all
    documents. `shares` is table source_shares, `contrasts` source_contrasts, `groups` document_groups.
    """
    by_words = (shares["attribute"] == "kind") & (shares["measure"] == "words") & (shares["origin"] == ALL)
    shares = shares[by_words & (shares["total"] > 0)]
    all_documents = shares[shares["group"] == ALL]
    kinds = [*all_documents.loc[(all_documents["n"] > 0) & (all_documents["value"] != _UNKNOWN), "value"], _UNKNOWN]
    if all_documents.empty:
        return note("No source was found.")
    all_documents = all_documents.set_index("value").loc[kinds]
    sizes = {group: n for group, n in largest_groups(groups).items() if (shares["group"] == group).any()}
    if len(sizes) < 2:
        sizes = {_EVERYTHING: int(all_documents["n_documents"].iloc[0])}
    differing = contrasts[(contrasts["q"] < ALPHA) & (contrasts["attribute"] == "kind")]
    differing = differing[differing["measure"] == "words"]
    sides = {*zip(differing["group"], differing["value"], strict=True)}
    sides |= {*zip(differing["other"], differing["value"], strict=True)}
    figure, panels = group_panels(sizes, columns=3, height=0.22 * len(kinds), shared=True)
    rows = np.arange(len(kinds))
    for axes, group in zip(panels, sizes, strict=True):
        part = all_documents if group == _EVERYTHING else shares[shares["group"] == group].set_index("value").loc[kinds]
        if group != _EVERYTHING:
            axes.vlines(all_documents["estimate"], rows - 0.36, rows + 0.36, color=MUTED, linewidth=1)
        for row, (kind, estimate, lo, hi) in enumerate(
            zip(kinds, part["estimate"], part["lo"], part["hi"], strict=True)
        ):
            color = MUTED if kind == _UNKNOWN else BLUE
            fill = color if (group, kind) in sides else PAPER
            axes.hlines(row, lo, hi, color=color, linewidth=1.4)
            axes.plot(estimate, row, "o", color=color, mfc=fill, markersize=4.5, clip_on=False)
        axes.set_yticks(rows, [label(kind, 20) for kind in kinds])
        axes.set_ylim(len(kinds) - 0.4, -0.6)
        name_labels(axes.get_yticklabels(), [(kind,) for kind in kinds])
    panels[0].set_xlim(0, None)
    panels[0].xaxis.set_major_formatter(lambda value, _: f"{value:.0%}")
    axis_caption(figure, "share of attributed words (line: 95% interval)")
    if len(sizes) > 1:
        difference_legend(figure)
    return figure
