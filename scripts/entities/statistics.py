"""Frequencies of entities in the corpus and in each document, with intervals."""

from itertools import groupby
from operator import itemgetter

import numpy as np
import pandas as pd

from scripts.maths.association import ratio
from scripts.maths.bootstrap import (
    OVER_DOCUMENTS,
    RESAMPLES,
    document_weights,
    percentiles,
    resampled_sums,
    sums_of_cells,
)
from scripts.maths.intervals import ENOUGH, TOO_FEW, wilson

PER_WORDS = 1000
ONLY_WILSON = f"documents_lo, documents_hi: Wilson; lo, hi: not estimable: fewer than {ENOUGH} documents"
TOO_RARE = "not estimated: not among the {:,} most mentioned"
# Entities that get an interval, and those whose bootstrap sums are in memory at once (8 MB).
_MOST, _BLOCK = 5000, 1000
_KEY = ["kind", "name"]


def of_documents(mentions: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """Return the entities_documents table: the mentions (of `link_mentions`) of each entity in each document."""
    if mentions.empty:
        return pd.DataFrame()
    rows = (
        _with_quoted(mentions)
        .groupby(["doc_id", *_KEY], as_index=False, observed=True)
        .agg(
            mentions=("mention", "size"),
            subject=("subject", "sum"),
            quoted=("quoted", "sum"),
            sentence=("sentence", "min"),
        )
    )
    words = rows[["doc_id"]].merge(documents, on="doc_id", how="left")["n_words"]
    rows["per_1000_words"] = PER_WORDS * rows["mentions"] / words
    return rows.sort_values(["doc_id", "mentions", *_KEY], ascending=[True, False, True, True], ignore_index=True)


def rate_intervals(
    counts: pd.DataFrame, words: pd.Series, names: pd.Index, *, resamples: int
) -> tuple[np.ndarray, np.ndarray]:
    """Return the limits (lo, hi) of the 95 % intervals of mentions per 1000 words by a bootstrap over documents.

    Both are NaN with fewer than ENOUGH documents. `counts` has doc_id, kind, name and mentions; `words` the words of
    each document of the corpus, by doc_id.
    """
    if len(words) < ENOUGH:
        return np.full(len(names), np.nan), np.full(len(names), np.nan)
    document = words.index.get_indexer(pd.Index(counts["doc_id"]))
    entity = names.get_indexer(pd.MultiIndex.from_frame(counts[_KEY]))
    order = np.argsort(entity, kind="stable")
    # Entities that are not among the names, without an interval, have the number -1 and come before the first.
    ends = np.searchsorted(entity[order], np.arange(len(names) + 1))
    bounds = np.column_stack([ends[:-1], ends[1:]])
    document, mentions = document[order], counts["mentions"].to_numpy()[order]
    weights = document_weights(words.index.tolist(), resamples=resamples)
    (drawn_words,) = resampled_sums(weights, words)
    limits = []
    for first in range(0, len(names), _BLOCK):
        sums = sums_of_cells(weights, mentions, document, bounds[first : first + _BLOCK])
        limits.append(percentiles(PER_WORDS * ratio(sums, drawn_words)))
    lo, hi = np.hstack(limits)
    return lo, hi


def of_corpus(mentions: pd.DataFrame, documents: pd.DataFrame, *, resamples: int = RESAMPLES) -> pd.DataFrame:
    """Return the entities_corpus table: each entity of `link_mentions`, the most mentioned first."""
    if mentions.empty:
        return pd.DataFrame()
    words = documents.set_index("doc_id")["n_words"].sort_index()
    per_document = mentions.groupby(["doc_id", *_KEY], as_index=False, observed=True).agg(mentions=("mention", "size"))
    rows = (
        _with_quoted(mentions)
        .groupby(_KEY, observed=True)
        .agg(
            mentions=("mention", "size"),
            documents=("doc_id", "nunique"),
            subject=("subject", "sum"),
            quoted=("quoted", "sum"),
            doc_id=("doc_id", "first"),
            sentence=("sentence", "first"),
        )
    )
    # These columns, too, are in the order of the key.
    rows["label"] = _by_frequency(mentions, "label").drop_duplicates(_KEY)["label"].to_numpy()
    rows["written"] = _written(mentions)
    rows["n_documents"] = len(words)
    rows["documents_lo"], rows["documents_hi"] = wilson(rows["documents"], len(words))
    rows["estimate"] = PER_WORDS * rows["mentions"] / max(1, int(words.sum()))
    rows = rows.sort_values(["mentions", *_KEY], ascending=[False, True, True])
    top = rows.index[:_MOST]
    rows.loc[top, "lo"], rows.loc[top, "hi"] = rate_intervals(per_document, words, top, resamples=resamples)
    rows["method"] = [OVER_DOCUMENTS] * len(top) + [TOO_RARE.format(_MOST)] * (len(rows) - len(top))
    if len(words) < ENOUGH:
        rows = rows.assign(method=ONLY_WILSON)
    if len(words) < 2:
        rows = rows.assign(method=TOO_FEW, documents_lo=np.nan, documents_hi=np.nan)
    return rows.reset_index()


def _with_quoted(mentions: pd.DataFrame) -> pd.DataFrame:
    """Return mentions with a column `quoted`: True within the content of an attribution."""
    return mentions.assign(quoted=mentions["quote"] >= 0)


def _by_frequency(mentions: pd.DataFrame, column: str) -> pd.DataFrame:
    """Return each entity's values of a column with their counts, in the order of the key, most frequent first."""
    counts = mentions.groupby([*_KEY, column], as_index=False, sort=False, observed=True).agg(times=("mention", "size"))
    return counts.sort_values([*_KEY, "times", column], ascending=[True, True, False, True])


def _written(mentions: pd.DataFrame) -> list[str]:
    """Return the forms in which each entity is written, joined by semicolons, in the order of the key."""
    spaced = {text: " ".join(text.split()) for text in mentions["text"].unique()}
    forms = _by_frequency(mentions.assign(text=mentions["text"].map(spaced).astype(str)), "text")
    rows = forms[[*_KEY, "text"]].itertuples(index=False, name=None)
    return ["; ".join(text for *_, text in group) for _, group in groupby(rows, key=itemgetter(0, 1))]
