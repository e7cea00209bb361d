"""Periods on a time axis: days, months or years, so limited that a mistyped date cannot make a figure huge."""

import re
from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from scripts.core.cells import some
from scripts.report.figures.style import label

# Fewest characters of an ISO 8601 date that has a day, a month, a year; from shorter to longer periods.
_PERIODS = {"D": 10, "M": 7, "Y": 4}
# Longest spans, in days, that are counted by day and by month; longer ones are counted by year.
_MOST_DAYS, _MOST_MONTHS = 62, 5 * 366
# Longest axes, in years and in months.
MOST_YEARS, MOST_MONTHS = 300, 120
_NAMED = 4
_MONTH = re.compile("(?!0000)[0-9]{4}-(?:0[1-9]|1[0-2])")


def densest_window(positions: ArrayLike, weights: ArrayLike, *, length: int) -> tuple[int, int]:
    """Return (first, last) position of the window of at most `length` that has the largest sum of weights.

    Positions are integers; the window begins and ends at one of them. Of equally heavy windows, the latest is chosen.

    >>> densest_window([205, 2024, 2025, 9999], [1, 1, 1, 1], length=300)
    (2024, 2025)
    """
    places, number = np.unique(np.asarray(positions, np.int64), return_inverse=True)
    sums = np.cumsum(np.concatenate([[0.0], np.bincount(number, np.asarray(weights, float))]))
    ends = np.searchsorted(places, places + length)
    heaviest = len(places) - 1 - int(np.argmax((sums[ends] - sums[:-1])[::-1]))
    return int(places[heaviest]), int(places[ends[heaviest] - 1])


def _timestamps(dates: pd.Series) -> pd.Series:
    """Return the ISO 8601 dates among `dates`, of the years 1 to 9999, as timestamps without time zone (UTC)."""
    known = pd.to_datetime(dates.where(dates.fillna("") != ""), errors="coerce", utc=True, format="ISO8601").dropna()
    return known[known.dt.year.between(1, 9999)].dt.tz_localize(None)


def _is_shown(known: pd.Series) -> pd.Series:
    """Return a mask of the timestamps in the densest window of years."""
    first, last = densest_window(known.dt.year, np.ones(len(known)), length=MOST_YEARS)
    return known.dt.year.between(first, last)


def count_by_period(dates: pd.Series) -> pd.Series:
    """Return the number of documents by period, including empty periods.

    Periods are days, months or years, depending on the span of the ISO 8601 `dates` and on how exact at least half of
    them are. Values that are less exact or not dates are left out, and so are the `dates_off_axis`.
    """
    known = _timestamps(dates)
    if known.empty:
        return pd.Series(dtype=int)
    known = known[_is_shown(known)]
    length, days = dates[known.index].str.len(), (known.max() - known.min()).days
    units = [unit for unit, most in (("D", _MOST_DAYS), ("M", _MOST_MONTHS), ("Y", days)) if days <= most]
    unit = next(unit for unit in units if 2 * (length >= _PERIODS[unit]).sum() >= len(length))
    index = known[length >= _PERIODS[unit]].dt.to_period(unit)
    return index.value_counts().reindex(pd.period_range(index.min(), index.max(), freq=unit), fill_value=0)


def dates_off_axis(dates: pd.Series) -> list[str]:
    """Return the dates (sorted, as written) that are too far from most others for one axis of `MOST_YEARS`."""
    known = _timestamps(dates)
    return sorted(dates[known.index[~_is_shown(known)]]) if len(known) else []


def less_exact(dates: pd.Series, off_axis: Sequence[str], counts: pd.Series) -> int:
    """Return how many dates `counts` (from `count_by_period`) leaves out because they have no day or no month.

    `off_axis` are the dates that are not on the axis.
    """
    return len(_timestamps(dates)) - len(off_axis) - int(counts.sum())


def month_axis(months: Sequence[str], weights: Sequence[float]) -> tuple[list[str], list[str]]:
    """Return all months of the axis, and the values of `months` that are not on it, both sorted.

    The axis runs from the first to the last month of the window of `MOST_MONTHS` with the largest sum of `weights`;
    values that are not of the form YYYY-MM are not on it.

    >>> month_axis(["2025-01", "2025-03", "0000-01"], [9, 9, 1])
    (['2025-01', '2025-02', '2025-03'], ['0000-01'])
    """
    numbers = {month: 12 * int(month[:4]) + int(month[5:]) - 1 for month in months if _MONTH.fullmatch(month)}
    if not numbers:
        return [], sorted(set(months))
    valid = [(numbers[month], weight) for month, weight in zip(months, weights, strict=True) if month in numbers]
    first, last = densest_window(*zip(*valid, strict=True), length=MOST_MONTHS)
    axis = [f"{number // 12:04}-{number % 12 + 1:02}" for number in range(first, last + 1)]
    return axis, sorted(set(months) - set(axis))


def off_axis_note(values: Sequence[str]) -> str:
    """Return a sentence that names the values that are not on an axis, or "".

    >>> off_axis_note(["0205-05-01"])
    'Not shown, too far from the others: 0205-05-01.'
    """
    names = some([label(value, 24) for value in values], most=_NAMED)
    return f"Not shown, too far from the others: {names}." if values else ""
