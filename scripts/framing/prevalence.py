"""How much of the text has a frame: share of sentences by scheme, frame and group of documents, with intervals.

A sentence has a frame if it holds a cue of it. Sentences of one document are alike, so the bootstrap draws documents.
"""

from typing import NamedTuple

import numpy as np
import pandas as pd

from scripts.framing.schemes import Scheme
from scripts.intervals import Floats, bootstrap, wilson

ALL = "(all)"
OVER_DOCUMENTS = "bootstrap over documents"
OVER_SENTENCES = "bootstrap over sentences (one document)"
OVER_NOTHING = "Wilson over sentences (none or all have it)"


class Corpus(NamedTuple):
    """What framing statistics count in.

    `documents` has doc_id, group, n_sentences and n_words; `present` the distinct (doc_id, sentence, scheme, frame)
    with at least one cue; `codes` is the frame_codes table.
    """

    documents: pd.DataFrame
    present: pd.DataFrame
    codes: pd.DataFrame


def corpus(documents: pd.DataFrame, codes: pd.DataFrame) -> Corpus:
    """Gather documents (with columns doc_id, group, n_sentences, n_words) and their frame codes; others' codes go."""
    documents = documents.sort_values("doc_id", ignore_index=True)
    codes = codes[codes["doc_id"].isin(documents["doc_id"])]
    present = codes[["doc_id", "sentence", "scheme", "frame"]].drop_duplicates(ignore_index=True)
    return Corpus(documents, present, codes)


def sentences_with(data: Corpus, scheme: Scheme) -> Floats:
    """Sentences with each frame of a scheme: a row per document, a column per frame."""
    frames = [frame.name for frame in scheme.frames]
    of = data.present[data.present["scheme"] == scheme.name]
    counts = np.zeros((len(data.documents), len(frames)))
    rows = pd.Index(data.documents["doc_id"]).get_indexer(of["doc_id"])
    np.add.at(counts, (rows, pd.Index(frames).get_indexer(of["frame"])), 1)
    return counts


def share_interval(counts: Floats, sentences: Floats, *, resamples: int, seed: int) -> tuple[Floats, Floats, list[str]]:
    """Interval (lo, hi) and its method for the share of sentences with each frame (columns) over documents (rows).

    With one document its sentences are drawn; a frame that no sentence or every sentence has gets Wilson's interval,
    since a bootstrap sees no variation there.
    """
    n, total = counts.sum(axis=0), sentences.sum()
    extreme = (n == 0) | (n == total)
    method = OVER_DOCUMENTS if len(sentences) > 1 else OVER_SENTENCES
    if len(sentences) == 1:
        present = np.arange(int(total))[:, None] < n
        counts, sentences = present.astype(float), np.ones(int(total))
    lo, hi = bootstrap(_share, counts, sentences, resamples=resamples, seed=seed)
    lo_extreme, hi_extreme = wilson(n, total)
    lo, hi = np.where(extreme, lo_extreme, lo), np.where(extreme, hi_extreme, hi)
    return lo, hi, [OVER_NOTHING if none_or_all else method for none_or_all in extreme]


def _share(counts: Floats, sentences: Floats) -> Floats:
    with np.errstate(invalid="ignore", divide="ignore"):
        return counts / sentences[:, None]


def groups(documents: pd.DataFrame) -> list[tuple[str, np.ndarray]]:
    """Groups of documents as (name, mask): all of them, then each group that is named, in order."""
    found = [(ALL, np.ones(len(documents), bool))]
    for name in sorted(set(documents["group"]) - {""}):
        found.append((name, (documents["group"] == name).to_numpy()))
    return found


def prevalence(data: Corpus, schemes: list[Scheme], *, resamples: int, seed: int) -> pd.DataFrame:
    """The frame_prevalence table: for each group, scheme and frame the share of sentences with it, and its interval."""
    rows = []
    hits = data.codes.groupby(["scheme", "frame", "doc_id"]).size()
    sentences, words = (data.documents[name].to_numpy(float) for name in ("n_sentences", "n_words"))
    for scheme in schemes:
        counts = sentences_with(data, scheme)
        cues = np.column_stack([_by_document(hits, scheme.name, frame.name, data.documents) for frame in scheme.frames])
        for group, mask in groups(data.documents):
            lo, hi, methods = share_interval(counts[mask], sentences[mask], resamples=resamples, seed=seed)
            total, n_words = sentences[mask].sum(), words[mask].sum()
            for at, frame in enumerate(scheme.frames):
                rows.append(
                    {
                        "group": group,
                        "scheme": scheme.name,
                        "frame": frame.name,
                        "n_documents": int(mask.sum()),
                        "documents": int((counts[mask, at] > 0).sum()),
                        "n_sentences": int(total),
                        "n": int(counts[mask, at].sum()),
                        "estimate": counts[mask, at].sum() / total if total else np.nan,
                        "lo": lo[at],
                        "hi": hi[at],
                        "method": methods[at],
                        "hits": int(cues[mask, at].sum()),
                        "per_100_words": 100 * cues[mask, at].sum() / n_words if n_words else np.nan,
                    }
                )
    return pd.DataFrame(rows)


def _by_document(hits: pd.Series, scheme: str, frame: str, documents: pd.DataFrame) -> np.ndarray:
    try:
        found = hits.loc[(scheme, frame)]
    except KeyError:
        return np.zeros(len(documents))
    return found.reindex(documents["doc_id"], fill_value=0).to_numpy(float)
