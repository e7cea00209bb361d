"""Curves over time: the share or rate of a name in each period, as in a view of that period alone (js/curves.js)."""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from scripts.maths import document_shares
from scripts.maths.bootstrap import OVER_DOCUMENTS
from scripts.maths.intervals import ENOUGH, TOO_FEW
from scripts.report.choices import counts
from scripts.report.choices.corpus import ChoiceCorpus, Chosen
from scripts.report.choices.counts import DenseCounts, SparseCounts, with_names
from scripts.report.choices.view_files import Curve
from scripts.words.corpus import MILLION

_MEASURES = {"speaker": "speakers", "kind": "kinds", "frame": "frames"}
# With more months than these, a curve has a point per year.
_MOST_MONTHS = 120
_YEAR, _MONTH, _DAY = 4, 7, 10


def _periods(dates: list[str]) -> list[str]:
    """Return the months of dates, sorted; years if there are too many months, days if there is only one.

    >>> _periods(["2024-03-02", "2024-01-05", "2024-03-09", "2023", ""]), _periods(["2024-03-02", "2024-03-01"])
    (['2024-01', '2024-03'], ['2024-03-01', '2024-03-02'])
    """

    def begun(length: int) -> list[str]:
        return sorted({date[:length] for date in dates if len(date) >= length})

    months = begun(_MONTH)
    if len(months) > _MOST_MONTHS or not months:
        return begun(_YEAR)
    return months if len(months) > 1 else begun(_DAY)


def _counted(
    corpus: ChoiceCorpus, chosen: Chosen, curve: Curve, measures: Mapping[str, SparseCounts]
) -> tuple[DenseCounts, int]:
    """Return the counts of a curve by document, and the number of words that a rate refers to (0 for a share)."""
    if curve.what == "words":
        return with_names(counts.count_query(corpus, chosen, curve.value), [curve.value]), MILLION
    if curve.what == "name":
        return with_names(counts.count_names(corpus, chosen), [curve.value]), 1_000
    measure = measures[_MEASURES[curve.what]]
    # The interval of a share depends on other names only if all have a common prior.
    names = measure.names if measure.in_common else [name for name in measure.names if name == curve.value]
    return with_names(measure, names), 0


def curve_rows(
    corpus: ChoiceCorpus,
    chosen: Chosen,
    curve: Curve,
    measures: Mapping[str, SparseCounts],
    settings: Mapping[str, Any],
) -> Iterator[dict[str, Any]]:
    """Yield the points of a curve in a choice as rows of view_curves without their side; `measures` are its counts."""
    counted, per = _counted(corpus, chosen, curve, measures)
    if curve.value not in counted.names:
        return
    name = counted.names.index(curve.value)
    draws = settings["bootstrap"] if curve.what == "words" else {}
    method = OVER_DOCUMENTS if per else document_shares.METHOD
    dates = corpus.documents["date"].to_numpy()
    for period in _periods(dates.tolist()):
        at = np.flatnonzero([date.startswith(period) for date in dates[counted.documents]])
        by_document = {field: getattr(counted, field)[at] for field in ("documents", "hits", "totals", "shared")}
        part = counted._replace(**by_document)
        with np.errstate(invalid="ignore"):  # a period may have nothing
            rows = (
                counts.rate_rows(part, counts.choice_weights(corpus, part, **draws), per=per)
                if per
                else counts.share_rows(part)
            )
        row: dict[Any, Any] = rows.iloc[name].to_dict()
        if row["total"]:
            about = {"what": curve.what, "value": curve.value, "period": period}
            yield {**about, **row, "method": method if row["n_documents"] >= ENOUGH else TOO_FEW}
