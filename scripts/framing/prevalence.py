"""Share of sentences with a frame, by group (table frame_prevalence) and by document (table frame_documents).

A sentence has a frame if it holds a cue of it. Sentences of one document resemble each other, so the bootstrap draws
whole documents.
"""

from collections.abc import Iterator

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from scripts.framing.corpus import Corpus, Counts, groups, stacked
from scripts.maths.association import ratio
from scripts.maths.bootstrap import OVER_DOCUMENTS, Weights, bootstrap
from scripts.maths.intervals import ENOUGH, TOO_FEW, Floats, wilson

WILSON = "Wilson over sentences (none or all of them)"
# Documents whose rows of frame_documents are made at a time.
_DOCUMENTS = 5_000


def share_interval(
    counts: Counts, totals: Floats, *, weights: Weights, documents: NDArray[np.intp]
) -> tuple[Floats, Floats, list[str]]:
    """Return the interval (lo, hi) of the share of sentences with each frame, and its method.

    `counts` has documents in rows and frames in columns, `totals` the sentences of each document; of these the numbers
    `documents` count. A frame that no sentence or every sentence has gets Wilson's interval, because there a bootstrap
    sees no variation. NaN with fewer than ENOUGH documents, or where there are no sentences.
    """
    n, total = counts[documents].sum(axis=0), totals[documents].sum()
    lo, hi = bootstrap(ratio, counts, totals, weights=weights, documents=documents)
    if len(documents) < ENOUGH:
        return lo, hi, [TOO_FEW] * len(n)
    extreme = (n == 0) | (n == total)
    ends = wilson(n, total)
    methods = [WILSON if none_or_all else OVER_DOCUMENTS for none_or_all in extreme]
    return np.where(extreme, ends[0], lo), np.where(extreme, ends[1], hi), methods


def prevalence(data: Corpus) -> pd.DataFrame:
    """Return the table frame_prevalence: the share of sentences with each frame in each group, with its interval."""
    parts = []
    totals, words = (data.documents[name].to_numpy(float) for name in ("n_sentences", "n_words"))
    for group, documents in groups(data.documents):
        counts, hits = data.sentences[documents], data.hits[documents].sum(axis=0)
        lo, hi, methods = share_interval(data.sentences, totals, weights=data.weights, documents=documents)
        n, total = counts.sum(axis=0), totals[documents].sum()
        columns = {
            "group": group,
            "n_documents": len(documents),
            "n_sentences": int(total),
            "documents": (counts > 0).sum(axis=0),
            "n": n,
            "estimate": ratio(n, total),
            "lo": lo,
            "hi": hi,
            "method": methods,
            "hits": hits,
            "per_100_words": 100 * ratio(hits, words[documents].sum()),
        }
        parts.append(columns)
    of_scheme = {scheme: at for at, scheme in enumerate(data.frames["scheme"].unique())}
    return stacked(data.frames, parts).sort_values("scheme", key=lambda names: names.map(of_scheme), kind="stable")


def of_documents(data: Corpus) -> Iterator[pd.DataFrame]:
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
