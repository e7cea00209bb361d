"""Statistics of sources: shares and diversity in a set of documents, and contrasts of two sets, from their counts."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from scripts.core.arrays import Floats, Mask
from scripts.maths.association import ratio
from scripts.maths.bootstrap import OVER_DOCUMENTS, centred_percentiles
from scripts.maths.diversity import entropy
from scripts.maths.document_shares import METHOD, Share, Sums, share_interval
from scripts.maths.intervals import ENOUGH, TOO_FEW
from scripts.maths.permutation import contrast_columns
from scripts.sources.source_counts import OWN_TOTALS, AttributeCells
from scripts.sources.source_parts import AttributePart

RowColumns = dict[str, NDArray[Any]]


def _estimable(counts: AttributeCells, of: AttributePart) -> Mask:
    """Return a mask of the cells with enough documents: those with a total for `OWN_TOTALS`, otherwise all."""
    return np.where(np.isin(counts.measure, OWN_TOTALS), of.shares.documents, of.documents) >= ENOUGH


def _share(counts: AttributeCells, of: AttributePart, *, with_unknown: bool = False) -> Share:
    """Return the share of each cell with its interval (NaN if not estimable); `with_unknown` adds all the unknown."""
    sums = of.shares
    if with_unknown:
        more = ~np.isin(counts.measure, OWN_TOTALS)
        of_unknown = Sums(*(more * column[counts.unknown] for column in sums))
        sums = sums._replace(
            hits=sums.hits + of_unknown.hits,
            hits_squared=sums.hits_squared + more * 2 * of.with_unknown + of_unknown.hits_squared,
            products=sums.products + of_unknown.products,
        )
    ends = (np.where(_estimable(counts, of), end, np.nan) for end in share_interval(sums))
    return Share(ratio(sums.hits, sums.totals), *ends)


def source_share_rows(counts: AttributeCells, of: AttributePart) -> RowColumns:
    """Return rows of source_shares: the cells of an attribute in a set of documents.

    `most` is the upper end of the interval if all of the unknown had the value. Since nothing is known about them, the
    data can say only that the share lies between `lo` and `most`. Manski, C. F. (1990). Nonparametric bounds on
    treatment effects. American Economic Review 80: 319-323.
    """
    share, hits, total = _share(counts, of), of.shares.hits, of.shares.totals
    is_unknown = counts.unknown == np.arange(len(hits))
    # Adding the unknown may make documents more alike and the interval narrower; keep its end no lower than without.
    most = np.where(is_unknown, share.hi, np.maximum(share.hi, _share(counts, of, with_unknown=True).hi))
    return {
        "value": counts.names[counts.name],
        "measure": counts.measure,
        "n_documents": np.full(len(total), of.documents),
        "documents": of.having,
        "n": hits.astype(int),
        "total": total.astype(int),
        "estimate": share.value,
        "lo": share.lo,
        "hi": share.hi,
        "unknown": ratio(hits[counts.unknown], total[counts.unknown]),
        "most": np.where(np.isin(counts.measure, OWN_TOTALS), np.nan, most),
        "method": np.where(_estimable(counts, of), METHOD, TOO_FEW),
    }


def diversity(counts: AttributeCells, of: AttributePart) -> dict[str, Any]:
    """Return a row of source_diversity: an attribute in a set of documents, from the words of its known values.

    The estimate is the effective number of values, 2 to the power of the Shannon entropy in bits: the number of values
    with equal shares that would be as diverse. Jost, L. (2006). Entropy and diversity. Oikos 113: 363-375. Evenness is
    the entropy divided by its maximum (Pielou 1966).
    """
    every = of.shares.hits[counts.words()]
    words, drawn = every[:-1], of.drawn[:-1]
    bits, n_values = float(entropy(words[words > 0])), int((words > 0).sum())
    enough = of.documents >= ENOUGH
    lo, hi = centred_percentiles(2 ** entropy(drawn.T), 2**bits, least=1, most=np.inf) if enough else (np.nan, np.nan)
    return {
        "n_documents": of.documents,
        "n_values": n_values,
        "estimate": 2**bits,
        "lo": lo,
        "hi": hi,
        "evenness": bits / np.log2(n_values) if n_values > 1 else np.nan,
        "unknown": ratio(every[-1], of.shares.totals[0]),
        "method": OVER_DOCUMENTS if enough else TOO_FEW,
    }


def source_contrast_rows(counts: AttributeCells, first: AttributePart, second: AttributePart, p: Floats) -> RowColumns:
    """Return rows of source_contrasts, without q: the cells of an attribute in one set of documents against another.

    `p` is two-sided, from randomly dealing whole documents to the sets (`permutation`); the interval is made from those
    of both shares and agrees with it. Both are NaN if a side cannot be estimated.
    """
    estimable = _estimable(counts, first) & _estimable(counts, second)
    return {
        "value": counts.names[counts.name],
        "measure": counts.measure,
        "n_documents": np.full(len(p), first.documents),
        "n_documents_other": np.full(len(p), second.documents),
        **contrast_columns(_share(counts, first), _share(counts, second), p, estimable),
    }


def contrast_keys(counts: AttributeCells, first: AttributePart, second: AttributePart) -> list[tuple[int, ...]]:
    """Return a key for each cell that identifies its contrast of two sets of documents.

    Two contrasts of the same sets have the same key if all documents have the same counts, as when a column of the
    table of known sources repeats another. The contrast of the unknown has the key of one of everything known.
    """
    of_hits, of_totals = first.keys + second.keys
    known = of_totals - of_hits
    is_unknown = counts.unknown == np.arange(len(of_hits))
    rows = np.stack([np.where(is_unknown, known, of_hits), of_totals], axis=1)
    sides = sorted([*first.key.tolist(), *second.key.tolist()])
    return [(*sides, *row) for row in rows.tolist()]
