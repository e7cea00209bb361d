"""Figure of the reliability of confidence: the share of attributions that is right in each band of confidence."""

import pandas as pd
from matplotlib.figure import Figure

from scripts.report.figures.drawing import note
from scripts.report.figures.style import BLUE, MUTED, percent


def confidence_figure(accuracy: pd.DataFrame) -> Figure:
    """Return the share right by the mean confidence of each band, with intervals; on the diagonal the two are equal.

    `accuracy` is the table of that name.
    """
    rows = accuracy[(accuracy["step"] == "speakers") & (accuracy["by"] == "confidence")]
    mean, right = (rows[rows["measure"] == measure].set_index("value") for measure in ("mean confidence", "precision"))
    bands = sorted(set(mean.index) & set(right.index))
    if not bands:
        return note("No attribution of a random sample has been checked by hand.")
    x, y = mean.loc[bands, "estimate"], right.loc[bands, "estimate"]
    figure = Figure(figsize=(5.2, 4.4), layout="constrained")
    axes = figure.subplots()
    axes.grid()
    axes.plot([0, 1], [0, 1], color=MUTED, linestyle="--", linewidth=1, label="as confident as right")
    errors = [y - right.loc[bands, "lo"], right.loc[bands, "hi"] - y]
    axes.errorbar(x, y, yerr=errors, fmt="o", color=BLUE, capsize=3, label="band of confidence, 95% interval")
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_formatter(lambda value, _: percent(value))
    axes.set_xlim(0, 1.02)
    axes.set_ylim(0, 1.02)
    axes.set_xlabel("mean confidence of the machine")
    axes.set_ylabel("attributions with the right speaker")
    figure.legend(loc="outside lower right", ncols=2)
    return figure
