"""Co-occurrence of frames in sentences, and contrasts of frames between groups of documents.

Makes the tables frame_cooccurrence and frame_contrasts.
"""

from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from scripts.core.arrays import Floats, Ints
from scripts.core.stand_ins import OTHERS
from scripts.framing.cells import Array, Drawn, drawn
from scripts.framing.corpus import FrameCorpus, FrameCues, groups, stacked
from scripts.framing.prevalence import frame_shares, frame_sums
from scripts.maths.association import ratio
from scripts.maths.bootstrap import OVER_DOCUMENTS, Weights, differing_ends, percentiles, resampled_sums
from scripts.maths.document_shares import Share, Sums, less, ratio_interval, reaching
from scripts.maths.intervals import ENOUGH, TOO_FEW, benjamini_hochberg
from scripts.maths.permutation import contrast_columns, groups_p


def _pairs(frames: pd.DataFrame) -> NDArray[np.intp]:
    """Return all pairs of frames that are of the same scheme, by number."""
    schemes = frames["scheme"].array
    pairs = [(a, b) for a, b in combinations(range(len(schemes)), 2) if schemes[a] == schemes[b]]
    return np.array(pairs, np.intp).reshape(-1, 2)


def together(coded: FrameCues, frames: pd.DataFrame, weights: Weights) -> Drawn:
    """Return the sums, for each pair of frames, of a range's sentences with both; `weights` are of its documents."""
    pairs = _pairs(frames)
    both = np.zeros((len(coded.sentences), len(pairs)), np.int32)
    for column, (a, b) in enumerate(pairs):
        document = coded.document_of[coded.present[a] & coded.present[b]]
        both[:, column] = np.bincount(document, minlength=len(both))
    return drawn(both, weights)


def frame_cooccurrence(data: FrameCorpus, both: Drawn) -> pd.DataFrame:
    """Return the table frame_cooccurrence: sentences with both frames of a pair, against the number if independent.

    The estimate is n * n_sentences / (n_a * n_b), observed over expected (also called lift): 1 means independence. All
    counts are of sentences; the bootstrap draws documents. `both` has the sums of `together` over all documents.
    """
    totals = data.documents["n_sentences"].to_numpy(float)
    schemes, names = data.frames["scheme"].array, data.frames["frame"].array
    first, second = _pairs(data.frames).T
    of_frames = data.sentences.sum(axis=0)
    has, total = resampled_sums(data.weights, data.sentences, totals)
    lo, hi = np.full((2, len(first)), np.nan)
    if len(totals) >= ENOUGH:
        lo, hi = differing_ends(percentiles(_lift(both.drawn, has[first], has[second], total)))
    columns = {
        "scheme": schemes[first],
        "frame_a": names[first],
        "frame_b": names[second],
        "n_sentences": int(totals.sum()),
        "n_a": of_frames[first],
        "n_b": of_frames[second],
        "n": both.n,
        "estimate": _lift(both.n, of_frames[first], of_frames[second], np.array(totals.sum())),
        "lo": lo,
        "hi": hi,
        "method": OVER_DOCUMENTS if len(totals) >= ENOUGH else TOO_FEW,
    }
    return pd.DataFrame(columns)


def _lift(both: Array, first: Array, second: Array, totals: Array) -> Floats:
    """Return observed over expected sentences with both frames."""
    return ratio(both * totals, first.astype(float) * second)


def contrasts(data: FrameCorpus) -> pd.DataFrame:
    """Return the table frame_contrasts: each group against all others or, if there are only two, one against the other.

    It has the difference and the ratio of the shares of sentences; their intervals follow from those of both shares. p
    is two-sided, from dealing whole documents to the groups at random (`permutation`), and agrees with the intervals; q
    is p after Benjamini and Hochberg over all rows of the table. With fewer than two groups there are no rows.
    """
    named = dict(groups(data.documents)[1:])
    if len(named) < 2:
        return pd.DataFrame()
    names, members = [*named], [*named.values()]
    opponent, compared = (names[1], 1) if len(names) == 2 else (OTHERS, len(names))
    totals, schemes = data.documents["n_sentences"].to_numpy(float), data.frames["scheme"].to_numpy()
    sums = frame_sums(data.sentences, totals, members)
    own = Sums(*(column[:compared] for column in sums))
    others = less(Sums(*(column.sum(axis=0) for column in sums)), own)
    size = np.array([len(documents) for documents in members])[:, None]
    sizes = size[:compared], size.sum() - size[:compared]
    first, second = (frame_shares(side, schemes, documents=of) for side, of in zip((own, others), sizes, strict=True))
    of = np.zeros(len(data.frames), np.intp)
    p = groups_p(members, lambda some: (data.sentences[some], totals[some, None]), of, compared=compared)
    columns = _contrast(first, second, sizes, p)
    table = stacked(data.frames, {"group": names[:compared], "other": [opponent] * compared, **columns})
    return table.assign(q=benjamini_hochberg(table["p"].to_numpy(float)))


def _contrast(first: Share, second: Share, sizes: tuple[Ints, Ints], p: Floats) -> dict[str, Any]:
    """Return the difference and the ratio of the shares of two sides by group and frame, with intervals and p."""
    columns = contrast_columns(first, second, p, np.minimum(*sizes) >= ENOUGH)
    ratio_lo, ratio_hi = reaching(ratio_interval(first, second, columns["p"]), columns["p"], none=1)
    return {
        **columns,
        "n_documents": sizes[0],
        "n_documents_other": sizes[1],
        "ratio": np.where(second.value > 0, ratio(first.value, second.value), np.nan),
        "ratio_lo": ratio_lo,
        "ratio_hi": ratio_hi,
    }
