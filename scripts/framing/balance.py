"""Evenness of attributed words over speakers, by group of documents (table source_balance)."""

import numpy as np
import pandas as pd

from scripts.core.encoded import numbers
from scripts.framing.corpus import Corpus, groups
from scripts.maths.bootstrap import OVER_DOCUMENTS, Weights, cell_bounds, percentiles, sums_of_cells
from scripts.maths.intervals import ENOUGH, TOO_FEW, Floats

# Speakers whose bootstrap sums are in memory at the same time (8 MB).
_BLOCK = 1_000


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


def _drawn_evenness(document: np.ndarray, speaker: np.ndarray, words: Floats, weights: Weights) -> Floats:
    """Return `evenness` in each bootstrap sample, from cells (document, speaker) sorted by speaker.

    Only cells with words are summed, and the sums of some speakers at a time: a matrix of all documents by all speakers
    would not fit into memory. Entropy is ln N less the sum of n ln n over N.
    """
    bounds = cell_bounds(speaker)
    total, logs, speakers = np.zeros((3, weights.shape[1]))
    for first in range(0, len(bounds), _BLOCK):
        sums = sums_of_cells(weights, words, document, bounds[first : first + _BLOCK])
        total += sums.sum(axis=0, dtype=float)
        logs += (sums * np.log(np.maximum(sums, 1))).sum(axis=0, dtype=float)
        speakers += (sums > 0).sum(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(speakers > 1, (np.log(total) - logs / total) / np.log(speakers), np.nan)


def source_balance(data: Corpus, quotes: pd.DataFrame) -> pd.DataFrame:
    """Return the table source_balance: attributed words by group, and their evenness over speakers.

    The estimate is Pielou's J over the words of named or described sources, with its bootstrap interval over documents.
    `first` is the speaker who most often is the first to be quoted in a document, `first_documents` the number of these
    documents.
    """
    quotes = quotes.assign(document=numbers(quotes["doc_id"], pd.Index(data.documents["doc_id"])))
    quotes = quotes[(quotes["document"] >= 0) & (quotes["speaker"].fillna("") != "")]
    quotes = quotes.sort_values(["document", "quote"])
    encoded = quotes["speaker"].astype("category").cat
    speaker, names = encoded.codes.to_numpy(np.intp), encoded.categories.to_numpy(object)
    documents, document = len(data.documents), quotes["document"].to_numpy()
    cells, cell = np.unique(speaker * documents + document, return_inverse=True)
    speaker_of, document_of = np.divmod(cells, documents)
    words = np.bincount(cell, quotes["n_words"])
    direct = np.bincount(document, quotes["n_quoted"], documents)
    quoting, first_quote = np.unique(document, return_index=True)
    first_speaker = speaker[first_quote]
    rows = []
    for group, mask in groups(data.documents):
        inside, n_documents = mask[document_of], int(mask.sum())
        mine = document_of[inside], speaker_of[inside], words[inside]
        by_speaker = np.bincount(mine[1], mine[2])
        samples = _drawn_evenness(*mine, data.weights) if n_documents >= ENOUGH else np.full(1, np.nan)
        lo, hi = percentiles(samples)
        first = np.bincount(first_speaker[mask[quoting]])
        most = int(np.max(first, initial=0))
        total, total_direct = int(mine[2].sum()), int(direct[mask].sum())
        rows.append(
            {
                "group": group,
                "n_documents": n_documents,
                "n_speakers": int((by_speaker > 0).sum()),
                "words": total,
                "words_direct": total_direct,
                "words_indirect": total - total_direct,
                "estimate": float(evenness(by_speaker[np.unique(mine[1])])),
                "lo": lo,
                "hi": hi,
                "method": OVER_DOCUMENTS if n_documents >= ENOUGH else TOO_FEW,
                "first": min(names[: len(first)][first == most], default=""),
                "first_documents": most,
                "quoting_documents": int(first.sum()),
            }
        )
    return pd.DataFrame(rows)
