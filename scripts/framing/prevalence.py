"""How much of the text has a frame: share of sentences by scheme, frame and group of documents, with intervals.

A sentence has a frame if it holds a cue of it. Sentences of one document are alike, so the bootstrap draws documents.
"""

import numpy as np
import pandas as pd

from scripts.framing.corpus import Corpus, by_document, groups, sentences_with
from scripts.framing.schemes import Scheme
from scripts.intervals import Floats, bootstrap, wilson

OVER_DOCUMENTS = "bootstrap over documents"
OVER_SENTENCES = "bootstrap over sentences (one document)"
TOO_FEW = "not estimable: fewer than two documents"
WILSON = "Wilson over sentences (none or all of them)"


def ratio(counts: Floats, totals: Floats) -> Floats:
    """Columns of counts divided by one total a row; NaN where the total is zero."""
    with np.errstate(invalid="ignore", divide="ignore"):
        return counts / totals[..., None]


def share_interval(
    counts: Floats, totals: Floats, *, resamples: int, seed: int = 1
) -> tuple[Floats, Floats, list[str]]:
    """Interval (lo, hi) and its method for the share of sentences with each frame (columns) over documents (rows).

    With one document its sentences are drawn. A frame that no sentence or every sentence has gets Wilson's interval,
    for a bootstrap sees no variation there. NaN where there are no sentences.
    """
    n, total = counts.sum(axis=0), totals.sum()
    method = OVER_DOCUMENTS
    if len(totals) == 1:
        method = OVER_SENTENCES
        counts = (np.arange(int(total))[:, None] < n).astype(float)
        totals = np.ones(int(total))
    lo, hi = bootstrap(ratio, counts, totals, resamples=resamples, seed=seed)
    extreme = (n == 0) | (n == total)
    ends = wilson(n, total)
    methods = [WILSON if none_or_all else method for none_or_all in extreme]
    return np.where(extreme, ends[0], lo), np.where(extreme, ends[1], hi), methods


def prevalence(data: Corpus, schemes: list[Scheme], *, resamples: int = 1000) -> pd.DataFrame:
    """The frame_prevalence table: for each group, scheme and frame the share of sentences with it, and its interval."""
    rows = []
    totals, words = (data.documents[name].to_numpy(float) for name in ("n_sentences", "n_words"))
    for scheme in schemes:
        counts = sentences_with(data, scheme)
        hits = by_document(data, data.codes[data.codes["scheme"] == scheme.name], scheme)
        for group, mask in groups(data.documents):
            lo, hi, methods = share_interval(counts[mask], totals[mask], resamples=resamples)
            columns = {
                "frame": [frame.name for frame in scheme.frames],
                "documents": (counts[mask] > 0).sum(axis=0),
                "n": counts[mask].sum(axis=0).astype(int),
                "estimate": ratio(counts[mask].sum(axis=0), totals[mask].sum()),
                "lo": lo,
                "hi": hi,
                "method": methods,
                "hits": hits[mask].sum(axis=0).astype(int),
                "per_100_words": 100 * ratio(hits[mask].sum(axis=0), words[mask].sum()),
            }
            part = pd.DataFrame(columns)
            part = part.assign(group=group, scheme=scheme.name, n_documents=int(mask.sum()))
            rows.append(part.assign(n_sentences=int(totals[mask].sum())))
    return pd.concat(rows, ignore_index=True)


def of_documents(data: Corpus, schemes: list[Scheme]) -> pd.DataFrame:
    """The frame_documents table: share of sentences and cues per 100 words, by document, scheme and frame."""
    rows = []
    totals, words = (data.documents[name].to_numpy(float) for name in ("n_sentences", "n_words"))
    for scheme in schemes:
        counts = sentences_with(data, scheme)
        hits = by_document(data, data.codes[data.codes["scheme"] == scheme.name], scheme)
        document, frame = np.nonzero(hits)
        columns = {
            "doc_id": data.documents["doc_id"].to_numpy()[document],
            "scheme": scheme.name,
            "frame": np.array([each.name for each in scheme.frames])[frame],
            "n_sentences": totals[document].astype(int),
            "n": counts[document, frame].astype(int),
            "estimate": counts[document, frame] / totals[document],
            "hits": hits[document, frame].astype(int),
            "per_100_words": 100 * hits[document, frame] / words[document],
        }
        rows.append(pd.DataFrame(columns))
    return pd.concat(rows, ignore_index=True).sort_values(["doc_id", "scheme", "frame"], ignore_index=True)
