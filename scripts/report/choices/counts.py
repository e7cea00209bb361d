"""What a choice has, counted by document: the measures that the page recomputes (templates/report/js/counts.js)."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from scripts.core.stand_ins import ALL
from scripts.maths.bootstrap import document_weights, percentiles, resampled_sums
from scripts.maths.document_shares import Share, Sums, prior_in_common, share_interval, sums_of
from scripts.maths.intervals import ENOUGH, Floats
from scripts.report.choices.corpus import Chosen, Corpus
from scripts.words.corpus import Corpus as Words

# Rows of a measure: the most frequent.
MOST = 50
IN_QUOTATION_MARKS = "in quotation marks"


class Counted(NamedTuple):
    """Counts of a measure: the numbers of the documents that count, and of each name (column) hits and totals there.

    With `own` totals a name has an interval by the documents that have any of it; `in_common`: the shares have a
    variance in common.
    """

    documents: NDArray[np.intp]
    names: list[str]
    hits: Floats
    totals: Floats
    own: bool = False
    in_common: bool = False


class Rows(NamedTuple):
    """Rows of the names of a measure; `enough` are the documents that tell whether there is an interval."""

    names: list[str]
    n: Floats
    total: Floats
    documents: Floats
    of: int
    enough: Floats
    share: Share


def _cells(
    corpus: Corpus, chosen: Chosen, use: str, rows: pd.DataFrame, hits: str, totals: str = ""
) -> tuple[NDArray[np.intp], list[str], Floats, Floats]:
    """Return documents, names, hits and totals of rows with a document, a name and counts, names with most first."""
    documents = np.flatnonzero(chosen.documents & (corpus.documents[use].to_numpy() if use else True))
    place = np.full(len(corpus.documents), -1)
    place[documents] = np.arange(len(documents))
    rows = rows[place[rows["document"].to_numpy()] >= 0]
    by_name = rows.groupby("name", sort=True)[totals or hits].sum()
    names = by_name.sort_values(ascending=False, kind="stable").index.tolist()
    column = pd.Index(names).get_indexer(rows["name"])
    shape = len(documents), len(names)
    tables = []
    for name in (hits, totals or hits):
        table = np.zeros(shape)
        np.add.at(table, (place[rows["document"].to_numpy()], column), rows[name].to_numpy(float))
        tables.append(table)
    return documents, names, tables[0], tables[1] if totals else tables[0].sum(axis=1, keepdims=True)


def _measure(corpus: Corpus, chosen: Chosen, use: str, rows: pd.DataFrame, hits: str, totals: str = "") -> Counted:
    documents, names, above, below = _cells(corpus, chosen, use, rows, hits, totals)
    kept = slice(0, MOST)
    of = below[:, kept] if totals else np.broadcast_to(below, (len(documents), min(MOST, len(names))))
    return Counted(documents, names[:MOST], above[:, kept], of, own=bool(totals))


def _by_sentence(corpus: Corpus, chosen: Chosen, rows: pd.DataFrame) -> pd.DataFrame:
    return rows[chosen.sentences[rows["at"].to_numpy()]]


def sizes(corpus: Corpus, chosen: Chosen, *, counted: bool = False) -> Floats:
    """Return the words of the chosen sentences of each document: all, or those that tables of words count."""
    mask = (corpus.counted if counted else corpus.is_word) & chosen.sentences[corpus.tokens.sentence]
    document = corpus.document_of[corpus.tokens.sentence[mask]]
    return np.bincount(document, minlength=len(corpus.documents)).astype(float)


def _quoted(corpus: Corpus, chosen: Chosen, said: pd.DataFrame) -> Counted:
    rows = said.assign(name=IN_QUOTATION_MARKS) if chosen.whole else said.iloc[:0].assign(name="")
    counted = _measure(corpus, chosen, "", rows, "n_quoted")
    totals = sizes(corpus, chosen)[counted.documents]
    return counted._replace(totals=np.broadcast_to(totals[:, None], counted.hits.shape))


def _direct(corpus: Corpus, chosen: Chosen, sources: pd.DataFrame) -> Counted:
    both = pd.concat([sources, sources.assign(name=ALL)])
    return _measure(corpus, chosen, "sources", both, "words_direct", "words")


def _frames(corpus: Corpus, chosen: Chosen, scheme: str) -> Counted:
    cues = _by_sentence(corpus, chosen, corpus.cues[corpus.cues["scheme"].astype(str) == scheme])
    cues = cues.assign(name=cues["frame"].astype(str)).drop_duplicates(["at", "name"]).assign(hits=1)
    counted = _measure(corpus, chosen, "parsed", cues[["document", "name", "hits"]], "hits")
    of = np.bincount(corpus.document_of[chosen.sentences], minlength=len(corpus.documents)).astype(float)
    totals = np.broadcast_to(of[counted.documents][:, None], counted.hits.shape)
    return counted._replace(totals=totals, in_common=True)


def count_measures(corpus: Corpus, chosen: Chosen, *, scheme: str) -> dict[str, Counted]:
    """Return the counts of each measure in what is chosen; frames are those of a `scheme`."""
    said = corpus.statements[chosen.statements]
    named = said[said["speaker"] != ""].assign(name=said["speaker"])
    sources = said[said["kind"] != ""].assign(name=said["kind"])
    sources = sources.assign(statements=sources["words"] > 0, first=sources["first"].astype(bool))
    return {
        "quoted": _quoted(corpus, chosen, said),
        "speakers": _measure(corpus, chosen, "parsed", named, "n_words"),
        "kinds": _measure(corpus, chosen, "sources", sources, "words"),
        "kind_statements": _measure(corpus, chosen, "sources", sources, "statements"),
        "direct": _direct(corpus, chosen, sources),
        "first": _measure(corpus, chosen, "sources", sources, "first"),
        "frames": _frames(corpus, chosen, scheme),
    }


def with_names(counted: Counted, names: list[str]) -> Counted:
    """Return the counts of some names, in their order; a name that the measure has not is zero."""
    at = pd.Index(counted.names).get_indexer(pd.Index(names))
    hits = np.where(at >= 0, counted.hits[:, at] if counted.names else 0.0, 0.0)
    if counted.own or not counted.names:
        totals = np.where(at >= 0, counted.totals[:, at] if counted.names else 0.0, 0.0)
    else:
        totals = np.broadcast_to(counted.totals[:, :1], hits.shape)
    return counted._replace(names=names, hits=hits, totals=totals)


def share_rows(counted: Counted) -> Rows:
    """Return the share of each name with its interval, NaN with fewer documents than ENOUGH."""
    sums: Sums = sums_of(counted.hits, counted.totals)
    lo, hi = share_interval(sums, prior=prior_in_common(sums) if counted.in_common else None)
    enough = sums.documents if counted.own else np.full(len(counted.names), len(counted.documents))
    with np.errstate(invalid="ignore", divide="ignore"):
        value = sums.hits / sums.totals
    share = Share(value, *(np.where(enough >= ENOUGH, end, np.nan) for end in (lo, hi)))
    in_documents = (counted.hits > 0).sum(axis=0)
    return Rows(counted.names, sums.hits, sums.totals, in_documents, len(counted.documents), enough, share)


def name_rates(corpus: Corpus, chosen: Chosen, *, per: int) -> Rows:
    """Return the mentions of the names most mentioned per so many words, with intervals over documents."""
    rows = _by_sentence(corpus, chosen, corpus.mentions[corpus.mentions["kind"] != ""])
    counted = _measure(corpus, chosen, "parsed", rows.assign(hits=1), "hits")
    words = sizes(corpus, chosen)[counted.documents]
    weights = document_weights(corpus.documents["doc_id"].to_numpy()[counted.documents].tolist())
    return rates(counted, words, weights, per=per)


def rates(counted: Counted, words: Floats, weights: NDArray[np.uint8], *, per: int) -> Rows:
    """Return the rate of each name per so many of the `words` of each document, with intervals over documents."""
    n, total, documents = counted.hits.sum(axis=0), words.sum(), len(counted.documents)
    lo, hi = np.full((2, len(n)), np.nan)
    if documents >= ENOUGH and len(n):
        drawn, of = resampled_sums(weights, counted.hits, words)
        with np.errstate(invalid="ignore", divide="ignore"):
            lo, hi = percentiles(drawn / of)
    share = Share(n / max(1, total) * per, lo * per, hi * per)
    totals = np.full(len(n), total)
    enough = np.full(len(n), documents)
    return Rows(counted.names, n, totals, (counted.hits > 0).sum(axis=0), documents, enough, share)


def count_words(corpus: Corpus, sides: list[Chosen]) -> tuple[Words, list[NDArray[np.bool_]]]:
    """Return the counted words of what each side has, its documents after those of the side before, and their masks."""
    vocabulary = sorted({*corpus.word})
    number = pd.Index(vocabulary).get_indexer(pd.Index(corpus.word)) if vocabulary else np.empty(0, np.intp)
    names: list[str] = []
    parts, all_sizes, masks = [], [], []
    for chosen in sides:
        documents = np.flatnonzero(chosen.documents & corpus.documents["words"].to_numpy())
        place = np.full(len(corpus.documents), -1)
        place[documents] = np.arange(len(documents))
        document = place[corpus.document_of[corpus.tokens.sentence]]
        mask = corpus.counted & chosen.sentences[corpus.tokens.sentence] & (document >= 0)
        key = (document[mask] + len(names)) * len(vocabulary) + number[mask]
        parts.append(np.unique(key, return_counts=True))
        all_sizes.append(sizes(corpus, chosen, counted=True)[documents])
        masks.append(np.arange(len(names), len(names) + len(documents)))
        names += corpus.documents["doc_id"].to_numpy()[documents].tolist()
    keys, counts = (np.concatenate(each) for each in zip(*parts, strict=True))
    document, word = np.divmod(keys, max(1, len(vocabulary)))
    bounds = np.searchsorted(document, np.arange(len(names) + 1))
    words = Words(names, vocabulary, np.concatenate(all_sizes).astype(np.int64), bounds, word.astype(np.int32), counts)
    return words, [np.isin(np.arange(len(names)), mask) for mask in masks]


def score_columns(counted: Counted, documents: int) -> tuple[Callable[[NDArray[np.intp]], Floats], int]:
    """Return a function that gives hits, then totals, of documents by number, and how many names there are."""
    table = np.zeros((documents, 2 * len(counted.names)))
    table[counted.documents] = np.hstack([counted.hits, counted.totals])
    return table.__getitem__, len(counted.names)
