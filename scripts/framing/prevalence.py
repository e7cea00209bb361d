"""Share of sentences with a frame, by group, by group and month, and by document.

Makes the tables frame_prevalence, frame_trends and frame_documents.

A sentence has a frame if it contains one of its cues. Sentences of one document resemble each other, so intervals treat
the document as the sampling unit.
"""

from collections.abc import Iterator, Sequence
from operator import itemgetter
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from scripts.core.arrays import Floats, Ints
from scripts.framing.corpus import FrameCorpus, FrameCounts, groups, stacked
from scripts.maths.association import ratio
from scripts.maths.document_shares import METHOD, Share, Sums, prior_in_common, share_interval, sums_of
from scripts.maths.intervals import ENOUGH, TOO_FEW

_MONTH = r"(?!0000)[0-9]{4}-(?:0[1-9]|1[0-2])"
# Number of documents that are processed at a time.
_DOCUMENTS = 5_000


def frame_sums(counts: FrameCounts, totals: Floats, members: Sequence[NDArray[np.intp]]) -> Sums:
    """Return the sums of sentences with each frame (column) over sets of documents (rows).

    `counts` has documents in rows and frames in columns, `totals` the sentences of each document, `members` the
    document numbers of each set.
    """
    documents = np.concatenate([np.zeros(0, np.intp), *members])
    set_of = np.repeat(np.arange(len(members)), [len(each) for each in members])
    sums = Sums(*np.zeros((len(Sums._fields), len(members), counts.shape[1])))
    for first in range(0, len(documents), _DOCUMENTS):
        block = documents[first : first + _DOCUMENTS]
        of_block, starts = np.unique(set_of[first : first + _DOCUMENTS], return_index=True)
        for column, values in zip(sums, sums_of(counts[block], totals[block, None], axis=()), strict=True):
            column[of_block] += np.add.reduceat(values, starts)
    return sums


def frame_shares(sums: Sums, schemes: NDArray[Any], *, documents: Ints | int) -> Share:
    """Return the share of each frame with its interval, NaN with few `documents`; frames of a scheme share a prior."""
    lo, hi = np.full((2, *sums.hits.shape), np.nan)
    for scheme in dict.fromkeys(schemes.tolist()):
        chosen = schemes == scheme
        of_scheme = Sums(*(column[..., chosen] for column in sums))
        ends = share_interval(of_scheme, prior=prior_in_common(of_scheme))
        lo[..., chosen], hi[..., chosen] = (np.where(np.less(documents, ENOUGH), np.nan, end) for end in ends)
    return Share(ratio(sums.hits, sums.totals), lo, hi)


def _share_columns(data: FrameCorpus, members: Sequence[NDArray[np.intp]]) -> dict[str, Any]:
    """Return the columns common to all tables of shares of sentences with a frame, for sets of documents."""
    totals = data.documents["n_sentences"].to_numpy(float)
    sizes = np.array([len(documents) for documents in members])[:, None]
    sums = frame_sums(data.sentences, totals, members)
    share = frame_shares(sums, data.frames["scheme"].to_numpy(), documents=sizes)
    return {
        "n_documents": sizes,
        "n_sentences": sums.totals.astype(int),
        "n": sums.hits.astype(int),
        "estimate": share.value,
        "lo": share.lo,
        "hi": share.hi,
        "method": np.where(sizes >= ENOUGH, METHOD, TOO_FEW),
    }


def prevalence(data: FrameCorpus) -> pd.DataFrame:
    """Return the table frame_prevalence: the share of sentences with each frame in each group, with its interval."""
    names, members = zip(*groups(data.documents), strict=True)
    words = data.documents["n_words"].to_numpy(float)
    hits = np.array([data.hits[documents].sum(axis=0) for documents in members])
    columns = {
        "group": names,
        **_share_columns(data, members),
        "documents": np.array([(data.sentences[documents] > 0).sum(axis=0) for documents in members]),
        "hits": hits,
        "per_100_words": 100 * ratio(hits, np.array([words[documents].sum() for documents in members])[:, None]),
    }
    of_scheme = {scheme: at for at, scheme in enumerate(data.frames["scheme"].unique())}
    return stacked(data.frames, columns).sort_values("scheme", key=lambda names: names.map(of_scheme), kind="stable")


def frame_trends(data: FrameCorpus) -> pd.DataFrame:
    """Return the table frame_trends: the share of sentences with the frame for each group, month and frame.

    Documents whose date has no month are left out. There are no rows unless there are two groups and two months.
    """
    month = data.documents["date"].fillna("").str[:7]
    placed = data.documents.assign(month=month)[month.str.fullmatch(_MONTH) & (data.documents["group"] != "")]
    if len(groups(data.documents)) < 3 or placed["month"].nunique() < 2:
        return pd.DataFrame()
    number, sentences = placed.index.to_numpy(), placed["n_sentences"].to_numpy()
    of_months = sorted(placed.groupby(["group", "month"]).indices.items(), key=itemgetter(0))
    of_months = [(names, documents) for names, documents in of_months if sentences[documents].any()]
    if not of_months:
        return pd.DataFrame()
    group, months = zip(*(names for names, _ in of_months), strict=True)
    columns = _share_columns(data, [number[documents] for _, documents in of_months])
    return stacked(data.frames, {"group": group, "month": months, **columns})


def frame_documents(data: FrameCorpus) -> Iterator[pd.DataFrame]:
    """Yield blocks of the table frame_documents: share of sentences, and cues per 100 words, by document and frame."""
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
