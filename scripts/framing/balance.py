"""Evenness of attributed words over speakers, by group of documents (table source_balance)."""

import numpy as np
import pandas as pd

from scripts.core.encoded import numbers
from scripts.framing.corpus import Corpus, groups
from scripts.framing.prevalence import OVER_DOCUMENTS
from scripts.maths.intervals import ENOUGH, TOO_FEW, Floats, narrowed, percentiles, resampled_documents

# Numbers in a block of bootstrap samples.
_BLOCK = 1_000_000


def evenness(words: Floats) -> Floats:
    """Return Pielou's J of words by speaker (last axis): Shannon entropy over its maximum; NaN with one speaker.

    >>> evenness([30, 30, 30]), evenness([80, 10, 10]).round(2)
    (array(1.), np.float64(0.58))

    Pielou, E. C. (1966). The measurement of diversity in different types of biological collections. Journal of
    Theoretical Biology 13, 131-144.
    """
    words = np.asarray(words, float)
    with np.errstate(invalid="ignore", divide="ignore"):
        shares = words / words.sum(axis=-1, keepdims=True)
        entropy = -np.where(shares > 0, shares * np.log(shares), 0).sum(axis=-1)
        speakers = (words > 0).sum(axis=-1)
        return np.where(speakers > 1, entropy / np.log(speakers), np.nan)


def _evenness_interval(document: np.ndarray, speaker: np.ndarray, words: Floats, n: int, resamples: int) -> Floats:
    """Return the bootstrap interval of evenness over `n` documents, from cells (document, speaker) sorted by speaker.

    Only cells with words are summed: a matrix of all documents by all speakers would not fit into memory.
    """
    if n < ENOUGH or not len(words):
        return np.full(2, np.nan)
    starts, words = np.flatnonzero(np.diff(speaker, prepend=-1)), narrowed(words, n)
    random = np.random.default_rng(1)
    step = max(1, _BLOCK // max(n, len(words)))
    values = []
    for first in range(0, resamples, step):
        weights = resampled_documents(n, resamples=min(step, resamples - first), random=random)
        values.append(evenness(np.add.reduceat(weights[:, document] * words, starts, axis=1)))
    samples = np.concatenate(values)
    return np.array(percentiles(samples)) if not np.isnan(samples).all() else np.full(2, np.nan)


def source_balance(data: Corpus, quotes: pd.DataFrame, *, resamples: int = 1000) -> pd.DataFrame:
    """Return the table source_balance: attributed words by group, and their evenness over speakers.

    The estimate is Pielou's J over the words of named or described sources, with its bootstrap interval over documents.
    `first` is the speaker who most often is the first to be quoted in a document, `first_documents` the number of these
    documents.
    """
    quotes = quotes.assign(document=numbers(quotes["doc_id"], pd.Index(data.documents["doc_id"])))
    quotes = quotes[(quotes["document"] >= 0) & (quotes["speaker"].fillna("") != "")]
    quotes = quotes.sort_values(["document", "quote"])
    rows = []
    for group, mask in groups(data.documents):
        attributed = quotes[mask[quotes["document"]]]
        cells = attributed.groupby(["speaker", "document"], observed=True)["n_words"].sum().reset_index()
        document, speaker = (np.cumsum(mask) - 1)[cells["document"]], pd.factorize(cells["speaker"])[0]
        words = cells["n_words"].to_numpy(float)
        n_documents = int(mask.sum())
        lo, hi = _evenness_interval(document, speaker, words, n_documents, resamples)
        first = attributed.drop_duplicates("document")["speaker"].value_counts()
        total, direct = int(words.sum()), int(attributed["n_quoted"].sum())
        by_speaker = np.bincount(speaker, words)
        rows.append(
            {
                "group": group,
                "n_documents": n_documents,
                "n_speakers": int((by_speaker > 0).sum()),
                "words": total,
                "words_direct": direct,
                "words_indirect": total - direct,
                "estimate": float(evenness(by_speaker)),
                "lo": lo,
                "hi": hi,
                "method": OVER_DOCUMENTS if n_documents >= ENOUGH else TOO_FEW,
                "first": min(first[first == first.max()].index) if len(first) else "",
                "first_documents": int(first.max()) if len(first) else 0,
                "quoting_documents": int(first.sum()),
            }
        )
    return pd.DataFrame(rows)
