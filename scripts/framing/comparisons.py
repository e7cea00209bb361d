"""Co-occurrence of frames in sentences, and contrasts of frames between groups of documents.

Makes the tables frame_cooccurrence and frame_contrasts.
"""

from itertools import combinations

import numpy as np
import pandas as pd

from scripts.framing.corpus import Corpus, groups
from scripts.maths.association import ratio
from scripts.maths.bootstrap import OVER_DOCUMENTS, bootstrap, percentiles, pooled_deviation, resampled_sums
from scripts.maths.intervals import ENOUGH, TOO_FEW, Floats, benjamini_hochberg, normal_p

OTHERS = "(the others)"


def cooccurrence(data: Corpus) -> pd.DataFrame:
    """Return the table frame_cooccurrence: pairs of frames in one sentence, against the number under independence.

    The estimate is n_both * n_sentences / (n_a * n_b), the ratio of observed to expected (also called lift): 1 means
    independent. Both the pair and its frames count sentences; the bootstrap draws documents.
    """
    totals = data.documents["n_sentences"].to_numpy(float)
    schemes, names = data.frames["scheme"].array, data.frames["frame"].array
    pairs = [(a, b) for a, b in combinations(range(len(schemes)), 2) if schemes[a] == schemes[b]]
    first, second = np.array(pairs, np.intp).reshape(-1, 2).T
    both = _sentences_with_both(data, pairs)
    n_both, n_first, n_second = both.sum(axis=0), *(data.sentences.sum(axis=0)[side] for side in (first, second))
    lo, hi = bootstrap(
        lambda both, has, totals: _lift(both, has[first], has[second], totals),
        *(both, data.sentences, totals),
        weights=data.weights,
    )
    columns = {
        "scheme": schemes[first],
        "frame_a": names[first],
        "frame_b": names[second],
        "n_sentences": int(totals.sum()),
        "n_a": n_first.astype(int),
        "n_b": n_second.astype(int),
        "n": n_both.astype(int),
        "estimate": _lift(n_both, n_first, n_second, np.array(totals.sum())),
        "lo": lo,
        "hi": hi,
        "method": OVER_DOCUMENTS if len(totals) >= ENOUGH else TOO_FEW,
    }
    return pd.DataFrame(columns)


def _lift(both: Floats, first: Floats, second: Floats, totals: Floats) -> Floats:
    """Return observed over expected sentences with both frames."""
    return ratio(both * totals, first * second)


def _sentences_with_both(data: Corpus, pairs: list[tuple[int, int]]) -> Floats:
    """Return the number of sentences of each document (row) that have both frames of each pair (column)."""
    both = np.zeros((len(data.documents), len(pairs)))
    for column, (a, b) in enumerate(pairs):
        document = data.document_of[data.present[a] & data.present[b]]
        both[:, column] = np.bincount(document, minlength=len(both))
    return both


def contrasts(data: Corpus) -> pd.DataFrame:
    """Return the table frame_contrasts: of two groups the first against the second, of more each against all others.

    Difference and ratio of the shares of sentences, with percentile intervals from drawing documents within each side
    (Efron & Tibshirani 1993, ch. 8 and 13). p is two-sided, from the difference over its standard error if there were
    none (`pooled_deviation`); q is p after Benjamini and Hochberg, over all rows of the table. No rows without at least
    two groups.
    """
    named = groups(data.documents)[1:]
    if len(named) < 2:
        return pd.DataFrame()
    sides = [(*named[0], *named[1])] if len(named) == 2 else [(n, m, OTHERS, _others(data, m)) for n, m in named]
    grouped = (data.documents["group"] != "").to_numpy()
    totals = data.documents["n_sentences"].to_numpy(float)
    deviation = pooled_deviation(data.sentences[grouped], totals[grouped, None])
    rows = []
    for name, mask, opponent, rest in sides:
        part = _contrast(data, mask, rest, deviation)
        rows.append(data.frames.join(part).assign(group=name, other=opponent))
    table = pd.concat(rows, ignore_index=True)
    return table.assign(q=benjamini_hochberg(table["p"].to_numpy(float)))


def _others(data: Corpus, mask: np.ndarray) -> np.ndarray:
    """Return a mask of the documents of all other groups."""
    return (data.documents["group"] != "").to_numpy() & ~mask


def _contrast(data: Corpus, mask: np.ndarray, rest: np.ndarray, deviation: Floats) -> pd.DataFrame:
    """Return the difference and the ratio of the shares of two masks of documents by frame, with intervals and p."""
    totals = data.documents["n_sentences"].to_numpy(float)
    sides = [(data.sentences[side], totals[side]) for side in (mask, rest)]
    share, rest_share = (ratio(counts.sum(axis=0), of.sum()) for counts, of in sides)
    sizes = [int(mask.sum()), int(rest.sum())]
    lo, hi, ratio_lo, ratio_hi, z = np.full((5, len(share)), np.nan)
    if min(sizes) >= ENOUGH:
        drawn, drawn_rest = (
            ratio(*resampled_sums(data.weights[side], *columns))
            for side, columns in zip((mask, rest), sides, strict=True)
        )
        lo, hi = percentiles(drawn - drawn_rest)
        ratio_lo, ratio_hi = _ratio_percentiles(np.where(drawn_rest > 0, ratio(drawn, drawn_rest), np.nan))
        z = (share - rest_share) / (deviation * sum(ratio(1, (of > 0).sum()) for _, of in sides) ** 0.5)
    columns = {
        "n_documents": sizes[0],
        "n_documents_other": sizes[1],
        "share": share,
        "share_other": rest_share,
        "estimate": share - rest_share,
        "lo": lo,
        "hi": hi,
        "ratio": np.where(rest_share > 0, ratio(share, rest_share), np.nan),
        "ratio_lo": ratio_lo,
        "ratio_hi": ratio_hi,
        "p": normal_p(z),
        "method": OVER_DOCUMENTS if min(sizes) >= ENOUGH else TOO_FEW,
    }
    return pd.DataFrame(columns)


def _ratio_percentiles(samples: Floats) -> tuple[Floats, Floats]:
    """Return the percentile interval of each ratio; NaN where more than a twentieth of its samples have no answer."""
    estimable = np.isnan(samples).mean(axis=-1) <= 0.05
    lo, hi = percentiles(samples)
    return np.where(estimable, lo, np.nan), np.where(estimable, hi, np.nan)
