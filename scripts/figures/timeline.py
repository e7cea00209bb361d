"""Documents and quotes over time, where the documents are dated."""

import pandas as pd
from matplotlib.figure import Figure

from scripts.figures import BLUE, INK, WIDTH, note

# Up to so many days the bars are days, up to so many days they are months, then years.
_DAYS, _MONTHS = 62, 5 * 366


def periods(dates: pd.Series) -> pd.Series:
    """Documents per period, empty periods included: days, months or years, whichever suits the span of the dates.

    `dates` holds ISO 8601 dates; what is none is left out.
    """
    known = pd.to_datetime(dates.where(dates.fillna("") != ""), errors="coerce", utc=True, format="ISO8601").dropna()
    if known.empty:
        return pd.Series(dtype=int)
    days = (known.max() - known.min()).days
    unit = "D" if days <= _DAYS else "M" if days <= _MONTHS else "Y"
    index = known.dt.tz_localize(None).dt.to_period(unit)
    counts = index.value_counts()
    return counts.reindex(pd.period_range(index.min(), index.max(), freq=unit), fill_value=0)


def timeline_figure(documents: pd.DataFrame) -> Figure:
    """Bars of documents per day, month or year (table documents)."""
    counts = periods(documents["date"])
    if len(counts) < 2:
        return note("The documents have no dates, or one date only.")
    figure = Figure(figsize=(WIDTH, 2.2), layout="constrained")
    axes = figure.subplots()
    axes.bar(range(len(counts)), counts.to_numpy(), color=BLUE, edgecolor=INK, linewidth=0.4)
    step = -(-len(counts) // 8)
    axes.set_xticks(range(0, len(counts), step), [str(period) for period in counts.index[::step]])
    axes.grid(axis="y")
    axes.set_ylabel("documents")
    return figure
