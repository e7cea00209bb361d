"""Evenness of attributed words over speakers, by group of documents (table source_balance)."""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import pandas as pd

from scripts.core.arrays import Floats, Ints
from scripts.core.encoded import index_positions
from scripts.framing.cells import Array
from scripts.framing.corpus import FrameCorpus, groups
from scripts.maths.bootstrap import OVER_DOCUMENTS, Weights, cell_bounds, centred_percentiles, sums_of_cells
from scripts.maths.intervals import ENOUGH, TOO_FEW
from scripts.maths.tuples import sum_packed

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
    return evenness_of_entropy(entropy, (words > 0).sum(axis=-1))


def drawn_entropy(document: Array, speaker: Array, words: Floats, weights: Weights) -> tuple[Floats, Ints]:
    """Return, for each bootstrap sample, the Shannon entropy (nats) of words by speaker, and the speakers with words.

    The cells (document, speaker, words) must be sorted by speaker. They are summed for a block of speakers at a time,
    since a matrix of all documents by all speakers would not fit into memory. The entropy is ln N - sum(n ln n) / N, or
    NaN without words.
    """
    bounds = cell_bounds(speaker)
    total, logs = np.zeros((2, weights.shape[1]))
    speakers = np.zeros(weights.shape[1], np.int64)
    for first in range(0, len(bounds), _BLOCK):
        sums = sums_of_cells(weights, words, document, bounds[first : first + _BLOCK])
        total += sums.sum(axis=0, dtype=float)
        logs += (sums * np.log(np.maximum(sums, 1))).sum(axis=0, dtype=float)
        speakers += (sums > 0).sum(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.log(total) - logs / total, speakers


def evenness_of_entropy(entropy: Floats, speakers: Ints) -> Floats:
    """Return Pielou's J from the entropy in nats and the number of speakers; NaN for a single speaker."""
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(speakers > 1, entropy / np.log(speakers), np.nan)


class BalancePart(NamedTuple):
    """Statements in a range of documents.

    `words` are by `speaker` and `document`, both numbers, and sorted by them. By document, `direct` are the words in
    quotation marks and `first` is the number of the speaker quoted first (-1: nobody).
    """

    speaker: Array
    document: Array
    words: Array
    direct: Array
    first: Array


def part(quotes: pd.DataFrame, doc_ids: pd.Index, number: Ints, *, first: int) -> BalancePart:
    """Return the part of the documents `doc_ids`, which are numbered from `first` on.

    `quotes` is the table of that name with dictionary-encoded texts; `number` is the number of each speaker category.
    """
    document, speaker = index_positions(quotes["doc_id"], doc_ids), quotes["speaker"].cat
    named = (document >= 0) & (speaker.codes >= 0).to_numpy() & (quotes["speaker"] != "").to_numpy(bool)
    quotes, document = quotes[named], document[named]
    order = np.lexsort((quotes["quote"], document))
    quotes, document = quotes.iloc[order], document[order]
    speaking = number[quotes["speaker"].cat.codes]
    (cell,), (words,) = sum_packed([speaking * max(1, len(doc_ids)) + document], quotes["n_words"].to_numpy())
    of_speaker, in_document = np.divmod(cell, max(1, len(doc_ids)))
    quoting, first_quote = np.unique(document, return_index=True)
    first_speaker = np.full(len(doc_ids), -1, np.int32)
    first_speaker[quoting] = speaking[first_quote]
    return BalancePart(
        of_speaker.astype(np.int32),
        (in_document + first).astype(np.int32),
        words,
        np.bincount(document, quotes["n_quoted"], len(doc_ids)).astype(np.int64),
        first_speaker,
    )


def source_balance(data: FrameCorpus, parts: Sequence[BalancePart], names: Sequence[str]) -> pd.DataFrame:
    """Return the table source_balance: attributed words by group, and how evenly they are spread over speakers.

    `parts` are those of all ranges of documents, `names` the names by number. The estimate is Pielou's J of the words
    of named or described sources, with a bootstrap interval over documents. `first` is the speaker who is most often
    the first one quoted in a document, and `first_documents` the number of these documents; both are empty in a tie.
    """
    speaker, document, words, direct, first_speaker = map(np.concatenate, zip(*parts, strict=True))
    # Sort by speaker; the sort is stable, so each speaker's cells stay in the order of documents.
    order = np.argsort(speaker, kind="stable")
    rows = []
    group_of = np.full(len(data.documents), -1)
    named = groups(data.documents)
    for at, (_, documents) in enumerate(named[1:]):
        group_of[documents] = at
    in_groups = order[np.argsort(group_of[document[order]], kind="stable")]
    edges = np.searchsorted(group_of[document[in_groups]], np.arange(len(named)))
    of_groups = [order, *(in_groups[slice(*ends)] for ends in pairwise(edges))]
    for (group, documents), cells in zip(named, of_groups, strict=True):
        mine = document[cells], speaker[cells], words[cells]
        _, by_speaker = sum_packed([mine[1]], mine[2])
        is_enough = len(documents) >= ENOUGH
        drawn = evenness_of_entropy(*drawn_entropy(*mine, data.weights)) if is_enough else np.full(1, np.nan)
        estimate = float(evenness(by_speaker[0]))
        lo, hi = centred_percentiles(drawn, estimate, least=0, most=1)
        quoting = first_speaker[documents]
        leading, n_leading = np.unique(quoting[quoting >= 0], return_counts=True)
        most = int(np.max(n_leading, initial=0))
        is_alone = np.count_nonzero(n_leading == most) == 1
        total, total_direct = int(mine[2].sum()), int(direct[documents].sum())
        row = {
            "group": group,
            "n_documents": len(documents),
            "n_speakers": int((by_speaker[0] > 0).sum()),
            "words": total,
            "words_direct": total_direct,
            "words_indirect": total - total_direct,
            "estimate": estimate,
            "lo": lo,
            "hi": hi,
            "method": OVER_DOCUMENTS if is_enough else TOO_FEW,
            "first": names[leading[np.argmax(n_leading)]] if is_alone else "",
            "first_documents": most if is_alone else None,
            "quoting_documents": int(n_leading.sum()),
        }
        rows.append(row)
    return pd.DataFrame(rows)
