"""Counts by document of a choice: the measures that the page recomputes (templates/report/js/measures.js)."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from scripts.core.stand_ins import ALL
from scripts.framing.balance import drawn_entropy, evenness, evenness_of_entropy
from scripts.maths.bootstrap import OVER_DOCUMENTS, document_weights, percentiles, resampled_sums
from scripts.maths.diversity import entropy
from scripts.maths.document_shares import Share, Sums, prior_in_common, share_interval, sums_of
from scripts.maths.intervals import ENOUGH, TOO_FEW, Floats
from scripts.report.choices.corpus import Chosen, Corpus
from scripts.report.choices.queries import runs_of
from scripts.sources.source_counts import UNKNOWN
from scripts.words.corpus import Corpus as Words

# Rows of a measure: the most frequent.
MOST = 50
IN_QUOTATION_MARKS = "in quotation marks"


class Counted(NamedTuple):
    """Counts of a measure: the numbers of the documents that count, and of each name (column) hits and totals there.

    `shared` is the total by document of names that have none of their own. With `own` totals a name has an interval by
    the documents that have any of it; `in_common`: the shares have a variance in common.
    """

    documents: NDArray[np.intp]
    names: list[str]
    hits: Floats
    totals: Floats
    shared: Floats
    own: bool = False
    in_common: bool = False


class Rows(NamedTuple):
    """Rows of the names of a measure; `enough` are the documents that tell whether there is an interval."""

    names: list[str]
    n: Floats
    total: Floats
    documents: NDArray[np.integer[Any]]
    of: int
    enough: Floats
    share: Share


def _measure(
    corpus: Corpus, chosen: Chosen, use: str, rows: pd.DataFrame, hits: str, *, of: Floats | str | None = None
) -> Counted:
    """Return the counts of a measure from rows with a document, a name and `hits`, the names with most before others.

    `of` is what they are a share of: numbers by document, the column that has each row's own, or all of them together.
    """
    documents = np.flatnonzero(chosen.documents & (corpus.documents[use].to_numpy() if use else True))
    place = np.full(len(corpus.documents), -1)
    place[documents] = np.arange(len(documents))
    rows = rows[place[rows["document"].to_numpy()] >= 0]
    by_name = rows.groupby("name", sort=True)[of if isinstance(of, str) else hits].sum()
    names = by_name.sort_values(ascending=False, kind="stable").index.tolist()
    at = place[rows["document"].to_numpy()], pd.Index(names, dtype=object).get_indexer(rows["name"])

    def table(column: str) -> Floats:
        made = np.zeros((len(documents), len(names)))
        np.add.at(made, at, rows[column].to_numpy(float))
        return made

    counts = table(hits)
    shared = of[documents] if isinstance(of, np.ndarray) else counts.sum(axis=1)
    totals = table(of) if isinstance(of, str) else np.tile(shared[:, None], len(names))
    return Counted(documents, names, counts, totals, shared, own=isinstance(of, str))


def _by_sentence(corpus: Corpus, chosen: Chosen, rows: pd.DataFrame) -> pd.DataFrame:
    return rows[chosen.sentences[rows["at"].to_numpy()]]


def sizes(corpus: Corpus, chosen: Chosen, *, counted: bool = False) -> Floats:
    """Return the number of words in the chosen sentences of each document: all, or as tables of words count."""
    mask = (corpus.counted if counted else corpus.is_word) & chosen.sentences[corpus.tokens.sentence]
    document = corpus.document_of[corpus.tokens.sentence[mask]]
    return np.bincount(document, minlength=len(corpus.documents)).astype(float)


def _quoted(corpus: Corpus, chosen: Chosen, statements: pd.DataFrame) -> Counted:
    rows = statements.assign(name=IN_QUOTATION_MARKS) if chosen.of_documents else statements.iloc[:0].assign(name="")
    return _measure(corpus, chosen, "", rows, "n_quoted", of=sizes(corpus, chosen))


def _direct(corpus: Corpus, chosen: Chosen, sources: pd.DataFrame) -> Counted:
    both = pd.concat([sources, sources.assign(name=ALL)])
    return _measure(corpus, chosen, "sources", both, "words_direct", of="words")


def _frames(corpus: Corpus, chosen: Chosen, scheme: str) -> Counted:
    cues = _by_sentence(corpus, chosen, corpus.cues[corpus.cues["scheme"].astype(str) == scheme])
    cues = cues.assign(name=cues["frame"].astype(str)).drop_duplicates(["at", "name"]).assign(hits=1)
    of = np.bincount(corpus.document_of[chosen.sentences], minlength=len(corpus.documents)).astype(float)
    return _measure(corpus, chosen, "parsed", cues, "hits", of=of)._replace(in_common=True)


def most_of(counted: Counted) -> Counted:
    """Return the counts of the `MOST` names that have most."""
    return counted._replace(
        names=counted.names[:MOST], hits=counted.hits[:, :MOST], totals=counted.totals[:, :MOST]
    )  # fmt: skip


def count_measures(corpus: Corpus, chosen: Chosen, *, scheme: str) -> dict[str, Counted]:
    """Return the counts of each measure in what is chosen, of all names; frames are those of a `scheme`."""
    statements = corpus.statements[chosen.statements]
    named = statements[statements["speaker"] != ""].assign(name=statements["speaker"])
    sources = statements[statements["kind"] != ""].assign(name=statements["kind"])
    sources = sources.assign(statements=sources["words"] > 0, first=sources["first"].astype(bool))
    return {
        "quoted": _quoted(corpus, chosen, statements),
        "speakers": _measure(corpus, chosen, "parsed", named, "n_words"),
        "kinds": _measure(corpus, chosen, "sources", sources, "words"),
        "kind_statements": _measure(corpus, chosen, "sources", sources, "statements"),
        "direct": _direct(corpus, chosen, sources),
        "first": _measure(corpus, chosen, "sources", sources, "first"),
        "frames": _frames(corpus, chosen, scheme),
    }


def with_names(counted: Counted, names: list[str]) -> Counted:
    """Return the counts of some names, in their order; a name that the measure has not is zero."""
    at = pd.Index(counted.names, dtype=object).get_indexer(pd.Index(names, dtype=object))

    def columns(values: Floats) -> Floats:
        made = np.zeros((len(counted.documents), len(names)))
        made[:, at >= 0] = values[:, at[at >= 0]]
        return made

    totals = columns(counted.totals) if counted.own else np.tile(counted.shared[:, None], len(names))
    return counted._replace(names=names, hits=columns(counted.hits), totals=totals)


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


def cells_of(rows: Rows, at: int) -> dict[str, Any]:
    """Return the cells that a name of some rows has in each table of views: counts, estimate and interval."""
    return {
        "n": int(rows.n[at]),
        "total": int(rows.total[at]),
        "documents": int(rows.documents[at]),
        "n_documents": rows.of,
        "estimate": rows.share.value[at],
        "lo": rows.share.lo[at],
        "hi": rows.share.hi[at],
    }


def variety(counted: Counted, weights: NDArray[np.uint8]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the evenness of the known names of a measure and their effective number, each with its interval.

    They are those of the tables source_balance and source_diversity; `n` are the names, `total` what they have.
    """
    known = [name != UNKNOWN for name in counted.names]
    hits = counted.hits[:, known]
    total = hits.sum(axis=0)
    if not total.any():
        return
    name, document = np.nonzero(hits.T)
    bits, number = entropy(total), (total > 0).sum()
    drawn, of_drawn = drawn_entropy(document, name, hits[document, name], weights)
    enough = len(hits) >= ENOUGH
    about: dict[str, Any] = {"n": int(number), "total": int(total.sum()), "documents": int(hits.any(axis=1).sum())}
    about |= {"n_documents": len(hits), "method": OVER_DOCUMENTS if enough else TOO_FEW}
    made = {"evenness": (evenness(total), evenness_of_entropy(drawn, of_drawn)), "effective": (2**bits, np.exp(drawn))}
    for measure, (value, samples) in made.items():
        lo, hi = percentiles(samples) if enough else (np.nan, np.nan)
        yield measure, {**about, "estimate": float(value), "lo": float(lo), "hi": float(hi)}


def count_names(corpus: Corpus, chosen: Chosen) -> Counted:
    """Return the mentions of names in what is chosen, and the words there."""
    rows = _by_sentence(corpus, chosen, corpus.mentions[corpus.mentions["kind"] != ""])
    return _measure(corpus, chosen, "parsed", rows.assign(hits=1), "hits", of=sizes(corpus, chosen))


def count_query(corpus: Corpus, chosen: Chosen, query: str) -> Counted:
    """Return the places of a query in what is chosen, and all words there, as the page's search counts them."""
    runs = [corpus.tokens.sentence[begins] for begins, _ in runs_of(corpus.tokens, query)]
    rows = pd.DataFrame({"at": np.concatenate([np.empty(0, np.int64), *runs]), "name": query, "hits": 1})
    rows = _by_sentence(corpus, chosen, rows.assign(document=corpus.document_of[rows["at"]]))
    return _measure(corpus, chosen, "", rows, "hits", of=sizes(corpus, chosen))


def weights_of(corpus: Corpus, counted: Counted, **draws: int) -> NDArray[np.uint8]:
    """Return the bootstrap weights of the documents that count."""
    return document_weights(corpus.documents["doc_id"].to_numpy()[counted.documents].tolist(), **draws)


def rates(counted: Counted, weights: NDArray[np.uint8], *, per: int) -> Rows:
    """Return the rate of each name per so many words of the documents, with intervals over these."""
    n, total, documents = counted.hits.sum(axis=0), counted.shared.sum(), len(counted.documents)
    lo, hi = np.full((2, len(n)), np.nan)
    if documents >= ENOUGH and len(n):
        drawn, of = resampled_sums(weights, counted.hits, counted.shared)
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
