"""Statistics of sources: shares, diversity and contrasts from the counts of one set of documents, or of two."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from scripts.maths.association import ratio
from scripts.maths.bootstrap import OVER_DOCUMENTS, percentiles, pooled_error
from scripts.maths.diversity import entropy
from scripts.maths.intervals import ENOUGH, TOO_FEW, Floats, normal_p
from scripts.sources.source_counts import OWN_TOTALS, Cells, hits, totals
from scripts.sources.source_parts import Part

Mask = NDArray[np.bool_]
Columns = dict[str, NDArray[Any]]


class Side(NamedTuple):
    """Counts of a set of documents by cell: those of `Part`, with the counts and totals of the cells."""

    documents: int
    hits: Floats
    totals: Floats
    having: NDArray[np.int64]
    with_total: NDArray[np.int64]
    drawn: Floats
    drawn_totals: Floats


def side(part: Part) -> Side:
    """Return the counts of a set of documents by cell."""
    of_samples = hits(part.drawn), totals(part.drawn)
    return Side(part.documents, hits(part.sums), totals(part.sums), part.having, part.with_total, *of_samples)


def _estimable(counts: Cells, of: Side) -> Mask:
    """Return a mask of the cells that enough documents have; of a share of all values, whether there are enough."""
    n = np.where(np.isin(counts.measure, OWN_TOTALS), of.with_total[counts.total], of.documents)
    return n >= ENOUGH


def _drawn_shares(counts: Cells, of: Side, cells: Mask) -> Floats:
    """Return the shares of some cells in bootstrap samples, samples last."""
    return ratio(of.drawn[cells], of.drawn_totals[counts.total[cells]])


def shares(counts: Cells, of: Side) -> Columns:
    """Return rows of source_shares: the cells of an attribute in a set of documents.

    `most` is the upper end of the interval if all of the unknown had the value: nothing is known of them, so between
    `lo` and `most` lies what the data can tell. Manski, C. F. (1990). Nonparametric bounds on treatment effects.
    American Economic Review 80: 319-323.
    """
    estimable = _estimable(counts, of)
    lo, hi, most = np.full((3, len(estimable)), np.nan)
    lo[estimable], hi[estimable] = percentiles(_drawn_shares(counts, of, estimable))
    bounded = estimable & ~np.isin(counts.measure, OWN_TOTALS)
    with_unknown = bounded & (counts.unknown != np.arange(len(bounded)))
    most[bounded] = hi[bounded]
    drawn = of.drawn[with_unknown] + of.drawn[counts.unknown[with_unknown]]
    most[with_unknown] = percentiles(ratio(drawn, of.drawn_totals[counts.total[with_unknown]]))[1]
    total = of.totals[counts.total]
    return {
        "value": counts.names[counts.name],
        "measure": counts.measure,
        "n_documents": np.full(len(total), of.documents),
        "documents": of.having[counts.name],
        "n": of.hits.astype(int),
        "total": total.astype(int),
        "estimate": ratio(of.hits, total),
        "lo": lo,
        "hi": hi,
        "unknown": ratio(of.hits[counts.unknown], total[counts.unknown]),
        "most": most,
        "method": np.where(estimable, OVER_DOCUMENTS, TOO_FEW),
    }


def diversity(counts: Cells, of: Side) -> dict[str, Any]:
    """Return a row of source_diversity: an attribute in a set of documents, from the words of its known values.

    The estimate is the effective number of values, 2 to the power of the Shannon entropy in bits: so many values with
    equal shares would be as diverse. Jost, L. (2006). Entropy and diversity. Oikos 113: 363-375. Evenness is the
    entropy over its maximum (Pielou 1966).
    """
    words, drawn = of.hits[counts.words()][:-1], of.drawn[counts.words()][:-1]
    bits, n_values = entropy(words[words > 0]), int((words > 0).sum())
    lo, hi = percentiles(2 ** entropy(drawn.T)) if of.documents >= ENOUGH else (np.nan, np.nan)
    return {
        "n_documents": of.documents,
        "n_values": n_values,
        "estimate": 2**bits,
        "lo": lo,
        "hi": hi,
        "evenness": bits / np.log2(n_values) if n_values > 1 else np.nan,
        "unknown": ratio(of.hits[counts.words()][-1], of.totals[0]),
        "method": OVER_DOCUMENTS if of.documents >= ENOUGH else TOO_FEW,
    }


def contrasts(counts: Cells, first: Side, second: Side, of_cells: Floats) -> Columns:
    """Return rows of source_contrasts, without q: the cells of an attribute in one set of documents against another.

    The interval is from drawing documents on either side. p is two-sided, from the difference over its standard error
    if the sides were one, by `of_cells`, their `pooled_deviation`: a side without a single case does not look certain.
    """
    share, share_other = (ratio(each.hits, each.totals[counts.total]) for each in (first, second))
    estimable = _estimable(counts, first) & _estimable(counts, second)
    estimable &= min(first.documents, second.documents) >= ENOUGH
    lo, hi, z = np.full((3, len(share)), np.nan)
    drawn, drawn_other = (_drawn_shares(counts, each, estimable) for each in (first, second))
    lo[estimable], hi[estimable] = percentiles(drawn - drawn_other)
    m, n = (each.with_total[counts.total[estimable]] for each in (first, second))
    z[estimable] = (share - share_other)[estimable] / pooled_error(of_cells[estimable], m, n)
    return {
        "value": counts.names[counts.name],
        "measure": counts.measure,
        "n_documents": np.full(len(share), first.documents),
        "n_documents_other": np.full(len(share), second.documents),
        "share": share,
        "share_other": share_other,
        "estimate": share - share_other,
        "lo": lo,
        "hi": hi,
        "p": normal_p(z),
        "method": np.where(estimable, OVER_DOCUMENTS, TOO_FEW),
    }
