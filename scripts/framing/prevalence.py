"""Share of sentences with a frame, by group, by group and month, and by document.

Makes the tables frame_prevalence, frame_trends and frame_documents.

A sentence has a frame if it holds a cue of it. Sentences of one document resemble each other, so intervals are over
documents.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from scripts.core.arrays import Floats
from scripts.framing.corpus import FrameCorpus, FrameCounts, groups, stacked
from scripts.maths.association import ratio
from scripts.maths.document_shares import METHOD, Share, Sums, added, prior_in_common, share_interval, sums_of
from scripts.maths.intervals import ENOUGH, TOO_FEW

_MONTH = r"(?!0000)[0-9]{4}-(?:0[1-9]|1[0-2])"
# Documents whose rows of frame_documents are made at a time.
_DOCUMENTS = 5_000


def frame_sums(counts: FrameCounts, totals: Floats, documents: NDArray[np.intp]) -> Sums:
    """Return the sums over some documents, given by number, of the sentences with each frame.

    `counts` has documents in rows and frames in columns, `totals` the sentences of each document.
    """
    starts = range(0, max(1, len(documents)), _DOCUMENTS)
    blocks = (documents[first : first + _DOCUMENTS] for first in starts)
    return added(*(sums_of(counts[block], totals[block, None]) for block in blocks))


def frame_shares(sums: Sums, schemes: NDArray[Any], *, documents: int) -> Share:
    """Return the share of each frame with its interval, NaN with fewer `documents` than ENOUGH.

    The frames of one scheme have a prior in common.
    """
    lo, hi = np.full((2, *sums.hits.shape), np.nan)
    if documents < ENOUGH:
        return Share(ratio(sums.hits, sums.totals), lo, hi)
    for scheme in dict.fromkeys(schemes.tolist()):
        chosen = schemes == scheme
        of_scheme = Sums(*(column[..., chosen] for column in sums))
        lo[..., chosen], hi[..., chosen] = share_interval(of_scheme, prior=prior_in_common(of_scheme))
    return Share(ratio(sums.hits, sums.totals), lo, hi)


def _share_columns(data: FrameCorpus, documents: NDArray[np.intp]) -> dict[str, Any]:
    """Return the columns that shares of sentences with each frame have in all tables, of documents given by number."""
    totals = data.documents["n_sentences"].to_numpy(float)
    sums = frame_sums(data.sentences, totals, documents)
    share = frame_shares(sums, data.frames["scheme"].to_numpy(), documents=len(documents))
    return {
        "n_documents": len(documents),
        "n_sentences": int(totals[documents].sum()),
        "n": data.sentences[documents].sum(axis=0),
        "estimate": share.value,
        "lo": share.lo,
        "hi": share.hi,
        "method": METHOD if len(documents) >= ENOUGH else TOO_FEW,
    }


def prevalence(data: FrameCorpus) -> pd.DataFrame:
    """Return the table frame_prevalence: the share of sentences with each frame in each group, with its interval."""
    parts = []
    words = data.documents["n_words"].to_numpy(float)
    for group, documents in groups(data.documents):
        hits = data.hits[documents].sum(axis=0)
        own = {
            "documents": (data.sentences[documents] > 0).sum(axis=0),
            "hits": hits,
            "per_100_words": 100 * ratio(hits, words[documents].sum()),
        }
        parts.append({"group": group, **_share_columns(data, documents), **own})
    of_scheme = {scheme: at for at, scheme in enumerate(data.frames["scheme"].unique())}
    return stacked(data.frames, parts).sort_values("scheme", key=lambda names: names.map(of_scheme), kind="stable")


def frame_trends(data: FrameCorpus) -> pd.DataFrame:
    """Return the table frame_trends: for each group, month and frame the share of sentences with the frame.

    Documents whose date states no month are left out. There are no rows without two groups and two months.
    """
    month = data.documents["date"].fillna("").str[:7]
    placed = data.documents.assign(month=month)[month.str.fullmatch(_MONTH) & (data.documents["group"] != "")]
    if len(groups(data.documents)) < 3 or placed["month"].nunique() < 2:
        return pd.DataFrame()
    of_months = placed.groupby(["group", "month"])
    parts = [
        {"group": group, "month": of_month, **_share_columns(data, rows.index.to_numpy())}
        for (group, of_month), rows in of_months
        if rows["n_sentences"].any()
    ]
    return stacked(data.frames, parts)


def frame_documents(data: FrameCorpus) -> Iterator[pd.DataFrame]:
    """Yield the table frame_documents, some documents after the others: share of sentences and cues per 100 words, by
    document, scheme and frame."""
    in_order = data.frames.sort_values(["scheme", "frame"]).index.to_numpy()
    for first in range(0, max(1, len(data.documents)), _DOCUMENTS):
        documents = data.documents.iloc[first : first + _DOCUMENTS]
        sentences, hits = (counts[first : first + _DOCUMENTS] for counts in (data.sentences, data.hits))
        totals, words = (documents[name].to_numpy(float) for name in ("n_sentences", "n_words"))
        document, place = np.nonzero(hits[:, in_order])
        frame = in_order[place]
        n, n_hits = (counts[document, frame].astype(int) for counts in (sentences, hits))
        columns = {
            "doc_id": documents["doc_id"].array[document],
            **{name: data.frames[name].array[frame] for name in ("scheme", "frame")},
            "n_sentences": totals[document].astype(int),
            "n": n,
            "estimate": n / totals[document],
            "hits": n_hits,
            "per_100_words": 100 * n_hits / words[document],
        }
        yield pd.DataFrame(columns)
