"""Curves over time: the share or rate of a name in each period, as a view of these dates has it (js/curves.js)."""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd

from scripts.maths import document_shares
from scripts.maths.bootstrap import OVER_DOCUMENTS
from scripts.maths.intervals import ENOUGH, TOO_FEW
from scripts.report.choices.corpus import ChoiceCorpus, Chosen
from scripts.report.choices.counts import (
    DenseCounts,
    SparseCounts,
    choice_weights,
    count_names,
    count_query,
    rate_rows,
    share_rows,
    with_names,
)
from scripts.report.choices.view_files import Curve
from scripts.words.corpus import MILLION

THOUSAND = 1_000
_MEASURES = {"speaker": "speakers", "kind": "kinds", "frame": "frames"}
# More months than these are shown as years.
_MOST_MONTHS = 120
_YEAR, _MONTH, _DAY = 4, 7, 10


def _periods(dates: list[str]) -> list[str]:
    """Return the months of dates in their order, as their beginnings; years where there are many, days of one.

    >>> _periods(["2024-03-02", "2024-01-05", "2024-03-09", "2023", ""]), _periods(["2024-03-02", "2024-03-01"])
    (['2024-01', '2024-03'], ['2024-03-01', '2024-03-02'])
    """

    def begun(length: int) -> list[str]:
        return sorted({date[:length] for date in dates if len(date) >= length})

    months = begun(_MONTH)
    if len(months) > _MOST_MONTHS or not months:
        return begun(_YEAR)
    return months if len(months) > 1 else begun(_DAY)


def _only(counted: DenseCounts, places: np.ndarray) -> DenseCounts:
    documents, hits, totals = (each[places] for each in (counted.documents, counted.hits, counted.totals))
    return counted._replace(documents=documents, hits=hits, totals=totals, shared=counted.shared[places])


def _counted(
    corpus: ChoiceCorpus,
    chosen: Chosen,
    curve: Curve,
    measures: Mapping[str, SparseCounts],
    settings: Mapping[str, Any],
) -> tuple[DenseCounts, int, dict[str, int]]:
    """Return the counts of a curve by document, what its rate is per (0 for a share), and the bootstrap."""
    if curve.what == "words":
        counted = count_query(corpus, chosen, curve.value)
        return with_names(counted, [curve.value]), MILLION, settings["bootstrap"]
    if curve.what == "name":
        return with_names(count_names(corpus, chosen), [curve.value]), THOUSAND, {}
    measure = measures[_MEASURES[curve.what]]
    # The interval of a share looks at no other name, but where all have a prior in common.
    names = measure.names if measure.in_common else [name for name in measure.names if name == curve.value]
    return with_names(measure, names), 0, {}


def _rows(corpus: ChoiceCorpus, counted: DenseCounts, per: int, draws: dict[str, int]) -> pd.DataFrame:
    """Return the rates or shares of what was counted."""
    if not per:
        with np.errstate(invalid="ignore"):  # a period may have nothing
            return share_rows(counted)
    return rate_rows(counted, choice_weights(corpus, counted, **draws), per=per)


def curve_rows(
    corpus: ChoiceCorpus,
    chosen: Chosen,
    curve: Curve,
    measures: Mapping[str, SparseCounts],
    settings: Mapping[str, Any],
) -> Iterator[dict[str, Any]]:
    """Yield the points of a curve in what is chosen, whose counts by measure are given, without their side."""
    counted, per, draws = _counted(corpus, chosen, curve, measures, settings)
    if curve.value not in counted.names:
        return
    name = counted.names.index(curve.value)
    dates = corpus.documents["date"].to_numpy()
    for period in _periods(dates.tolist()):
        places = np.flatnonzero([date.startswith(period) for date in dates[counted.documents]])
        rows = _rows(corpus, _only(counted, places), per, draws)
        of: dict[Any, Any] = rows.iloc[name].to_dict()
        if not of["total"]:
            continue
        yield {
            "what": curve.what,
            "value": curve.value,
            "period": period,
            **of,
            "method": (OVER_DOCUMENTS if per else document_shares.METHOD) if of["n_documents"] >= ENOUGH else TOO_FEW,
        }
