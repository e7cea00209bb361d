"""Frequencies of entities in the corpus and in each document, with intervals."""

from itertools import groupby, pairwise
from operator import itemgetter

import numpy as np
import pandas as pd

from scripts.maths.intervals import ENOUGH, TOO_FEW, narrowed, percentiles, resampled_documents, wilson

PER_WORDS = 1000
METHOD = "bootstrap over documents"
ONLY_WILSON = f"documents_lo, documents_hi: Wilson; lo, hi: not estimable: fewer than {ENOUGH} documents"
TOO_RARE = "not estimated: not among the {:,} most mentioned"
# Entities that get an interval, and resampled documents in memory at once: they bound time and memory.
_MOST, _BLOCK = 5000, 2_000_000
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
    bounds = list(pairwise(np.searchsorted(entity[order], np.arange(len(names) + 1))))
    document, mentions = document[order], narrowed(counts["mentions"], len(words))[order]
    random = np.random.default_rng(1)
    step = max(1, _BLOCK // len(words))
    rates = []
    for first in range(0, resamples, step):
        drawn = resampled_documents(len(words), resamples=min(step, resamples - first), random=random)
        per_document = np.ascontiguousarray(drawn.T)
        # Most entities are in few documents: a hundredth of the work of a product with all.
        sums = np.array([mentions[start:end] @ per_document[document[start:end]] for start, end in bounds], float)
        with np.errstate(invalid="ignore", divide="ignore"):
            rates.append(PER_WORDS * sums.T / (drawn @ words.to_numpy(float))[:, None])
    return percentiles(np.concatenate(rates))


def of_corpus(mentions: pd.DataFrame, documents: pd.DataFrame, *, resamples: int = 1000) -> pd.DataFrame:
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
    rows["method"] = [METHOD] * len(top) + [TOO_RARE.format(_MOST)] * (len(rows) - len(top))
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
