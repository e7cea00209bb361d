"""Share of sentences with a frame, by group (table frame_prevalence) and by document (table frame_documents).

A sentence has a frame if it holds a cue of it. Sentences of one document resemble each other, so the bootstrap draws
whole documents.
"""

import numpy as np
import pandas as pd

from scripts.framing.corpus import Corpus, groups, stacked
from scripts.maths.association import ratio
from scripts.maths.bootstrap import OVER_DOCUMENTS, Weights, bootstrap
from scripts.maths.intervals import ENOUGH, TOO_FEW, Floats, wilson

WILSON = "Wilson over sentences (none or all of them)"


def share_interval(counts: Floats, totals: Floats, *, weights: Weights) -> tuple[Floats, Floats, list[str]]:
    """Return the interval (lo, hi) of the share of sentences with each frame, and its method.

    `counts` has documents in rows and frames in columns, `totals` the sentences of each document. A frame that no
    sentence or every sentence has gets Wilson's interval, because there a bootstrap sees no variation. NaN with fewer
    than ENOUGH documents, or where there are no sentences.
    """
    n, total = counts.sum(axis=0), totals.sum()
    lo, hi = bootstrap(ratio, counts, totals, weights=weights)
    if len(totals) < ENOUGH:
        return lo, hi, [TOO_FEW] * len(n)
    extreme = (n == 0) | (n == total)
    ends = wilson(n, total)
    methods = [WILSON if none_or_all else OVER_DOCUMENTS for none_or_all in extreme]
    return np.where(extreme, ends[0], lo), np.where(extreme, ends[1], hi), methods


def prevalence(data: Corpus) -> pd.DataFrame:
    """Return the table frame_prevalence: the share of sentences with each frame in each group, with its interval."""
    parts = []
    totals, words = (data.documents[name].to_numpy(float) for name in ("n_sentences", "n_words"))
    for group, mask in groups(data.documents):
        counts, hits = data.sentences[mask], data.hits[mask].sum(axis=0)
        lo, hi, methods = share_interval(counts, totals[mask], weights=data.weights[mask])
        columns = {
            "group": group,
            "n_documents": int(mask.sum()),
            "n_sentences": int(totals[mask].sum()),
            "documents": (counts > 0).sum(axis=0),
            "n": counts.sum(axis=0).astype(int),
            "estimate": ratio(counts.sum(axis=0), totals[mask].sum()),
            "lo": lo,
            "hi": hi,
            "method": methods,
            "hits": hits.astype(int),
            "per_100_words": 100 * ratio(hits, words[mask].sum()),
        }
        parts.append(columns)
    of_scheme = {scheme: at for at, scheme in enumerate(data.frames["scheme"].unique())}
    return stacked(data.frames, parts).sort_values("scheme", key=lambda names: names.map(of_scheme), kind="stable")


def of_documents(data: Corpus) -> pd.DataFrame:
    """Return the table frame_documents: share of sentences and cues per 100 words, by document, scheme and frame."""
    totals, words = (data.documents[name].to_numpy(float) for name in ("n_sentences", "n_words"))
    in_order = data.frames.sort_values(["scheme", "frame"]).index.to_numpy()
    document, place = np.nonzero(data.hits[:, in_order])
    frame = in_order[place]
    n, hits = data.sentences[document, frame], data.hits[document, frame]
    columns = {
        "doc_id": data.documents["doc_id"].array[document],
        **{name: data.frames[name].array[frame] for name in ("scheme", "frame")},
        "n_sentences": totals[document].astype(int),
        "n": n.astype(int),
        "estimate": n / totals[document],
        "hits": hits.astype(int),
        "per_100_words": 100 * hits / words[document],
    }
    return pd.DataFrame(columns)
