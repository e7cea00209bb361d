"""How often each entity is mentioned, in the corpus and in each document, with intervals."""

import numpy as np
import pandas as pd

from scripts.intervals import percentiles, resampled_sums, wilson

PER_WORDS = 1000
METHOD = "bootstrap over documents"
TOO_FEW = "not estimable: fewer than two documents"
TOO_RARE = "not estimated: not among the {:,} most mentioned"
# Entities that get an interval, and how many are drawn at once: this bounds time and memory.
_MOST, _BLOCK = 5000, 500
_KEY = ["kind", "name"]


def of_documents(mentions: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """The entities_documents table: an entity's mentions in each document that names it, by `mentions.linked`."""
    if mentions.empty:
        return pd.DataFrame()
    rows = (
        _with_quoted(mentions)
        .groupby(["doc_id", *_KEY], as_index=False)
        .agg(
            mentions=("mention", "size"),
            subject=("subject", "sum"),
            quoted=("quoted", "sum"),
            sentence=("sentence", "min"),
        )
    )
    words = documents.set_index("doc_id")["n_words"]
    rows["per_1000_words"] = PER_WORDS * rows["mentions"] / rows["doc_id"].map(words)
    return rows.sort_values(["doc_id", "mentions", *_KEY], ascending=[True, False, True, True], ignore_index=True)


def rate_intervals(
    counts: pd.DataFrame, words: pd.Series, names: pd.MultiIndex, *, resamples: int
) -> tuple[np.ndarray, np.ndarray]:
    """Ends of the 95 % intervals of mentions per 1000 words, drawing documents; NaN with fewer than two.

    `counts` has doc_id, kind, name, mentions; `words` the words of every document of the corpus, by doc_id.
    """
    if len(words) < 2:
        return np.full(len(names), np.nan), np.full(len(names), np.nan)
    document = words.index.get_indexer(counts["doc_id"])
    entity = names.get_indexer(pd.MultiIndex.from_frame(counts[_KEY]))
    ends = []
    for first in range(0, len(names), _BLOCK):
        chosen = (entity >= first) & (entity < first + _BLOCK)  # -1 for those without an interval
        table = np.zeros((len(words), min(_BLOCK, len(names) - first)))
        table[document[chosen], entity[chosen] - first] = counts["mentions"].to_numpy()[chosen]
        sums, totals = resampled_sums(table, words.to_numpy(), resamples=resamples)
        with np.errstate(invalid="ignore", divide="ignore"):
            ends.append(percentiles(PER_WORDS * sums / totals[:, None]))
    lo, hi = (np.concatenate(side) for side in zip(*ends, strict=True))
    return lo, hi


def of_corpus(mentions: pd.DataFrame, documents: pd.DataFrame, *, resamples: int = 1000) -> pd.DataFrame:
    """The entities_corpus table: each entity of `mentions.linked`, the most mentioned first."""
    if mentions.empty:
        return pd.DataFrame()
    words = documents.set_index("doc_id")["n_words"].sort_index()
    per_document = mentions.groupby(["doc_id", *_KEY], as_index=False).agg(mentions=("mention", "size"))
    rows = (
        _with_quoted(mentions)
        .groupby(_KEY)
        .agg(
            mentions=("mention", "size"),
            documents=("doc_id", "nunique"),
            subject=("subject", "sum"),
            quoted=("quoted", "sum"),
            doc_id=("doc_id", "first"),
            sentence=("sentence", "first"),
        )
    )
    rows["label"] = _by_frequency(mentions, mentions["label"]).map(lambda labels: labels[0])
    rows["written"] = _by_frequency(mentions, mentions["text"].str.split().str.join(" ")).map("; ".join)
    rows["n_documents"] = len(words)
    rows["documents_lo"], rows["documents_hi"] = wilson(rows["documents"], len(words))
    rows["estimate"] = PER_WORDS * rows["mentions"] / max(1, int(words.sum()))
    rows = rows.sort_values(["mentions", *_KEY], ascending=[False, True, True])
    top = rows.index[:_MOST]
    rows.loc[top, "lo"], rows.loc[top, "hi"] = rate_intervals(per_document, words, top, resamples=resamples)
    rows["method"] = [METHOD] * len(top) + [TOO_RARE.format(_MOST)] * (len(rows) - len(top))
    if len(words) < 2:
        rows = rows.assign(method=TOO_FEW, documents_lo=np.nan, documents_hi=np.nan)
    return rows.reset_index()


def _with_quoted(mentions: pd.DataFrame) -> pd.DataFrame:
    return mentions.assign(quoted=mentions["quote"] >= 0)


def _by_frequency(mentions: pd.DataFrame, values: pd.Series) -> pd.Series:
    """For each entity the values that its mentions have, the most frequent first, as a list."""
    counts = mentions[_KEY].assign(value=values).value_counts().reset_index()
    counts = counts.sort_values([*_KEY, "count", "value"], ascending=[True, True, False, True])
    return counts.groupby(_KEY)["value"].agg(list)
