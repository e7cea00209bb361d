"""Share of sentences with a frame, by group (table frame_prevalence) and by document (table frame_documents).

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


def prevalence(data: FrameCorpus) -> pd.DataFrame:
    """Return the table frame_prevalence: the share of sentences with each frame in each group, with its interval."""
    parts = []
    totals, words = (data.documents[name].to_numpy(float) for name in ("n_sentences", "n_words"))
    for group, documents in groups(data.documents):
        counts, hits = data.sentences[documents], data.hits[documents].sum(axis=0)
        sums = frame_sums(data.sentences, totals, documents)
        share = frame_shares(sums, data.frames["scheme"].to_numpy(), documents=len(documents))
        columns = {
            "group": group,
            "n_documents": len(documents),
            "n_sentences": int(totals[documents].sum()),
            "documents": (counts > 0).sum(axis=0),
            "n": counts.sum(axis=0),
            "estimate": share.value,
            "lo": share.lo,
            "hi": share.hi,
            "method": METHOD if len(documents) >= ENOUGH else TOO_FEW,
            "hits": hits,
            "per_100_words": 100 * ratio(hits, words[documents].sum()),
        }
        parts.append(columns)
    of_scheme = {scheme: at for at, scheme in enumerate(data.frames["scheme"].unique())}
    return stacked(data.frames, parts).sort_values("scheme", key=lambda names: names.map(of_scheme), kind="stable")


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
        yield pd.DataFrame(
            {
                "doc_id": documents["doc_id"].array[document],
                **{name: data.frames[name].array[frame] for name in ("scheme", "frame")},
                "n_sentences": totals[document].astype(int),
                "n": n,
                "estimate": n / totals[document],
                "hits": n_hits,
                "per_100_words": 100 * n_hits / words[document],
            }
        )
