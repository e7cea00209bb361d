"""Counts of a choice by document, for the measures that the page recomputes (templates/report/js/measures.js)."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from scripts.core.arrays import Floats, Ints
from scripts.core.stand_ins import ALL
from scripts.entities.cooccurrence import PAIRED_KINDS
from scripts.framing.balance import drawn_entropy, evenness, evenness_of_entropy
from scripts.maths.bootstrap import OVER_DOCUMENTS, centred_percentiles, document_weights, percentiles, resampled_sums
from scripts.maths.diversity import entropy
from scripts.maths.document_shares import Sums, prior_in_common, share_interval, sums_of
from scripts.maths.intervals import ENOUGH, TOO_FEW
from scripts.report.choices.corpus import ChoiceCorpus, Chosen
from scripts.report.choices.queries import match_masks
from scripts.sources.source_counts import UNKNOWN
from scripts.words.corpus import WordCorpus as Words

# Most rows of a measure: those of its most frequent names.
MOST = 50
# Measures that only whole documents have: a share in quotation marks, and the source quoted first.
OF_DOCUMENTS = ("quoted", "first")
BETWEEN_NAMES = " + "  # of a pair
_AT_A_TIME = 2_000  # documents


class SparseCounts(NamedTuple):
    """Counts of a measure by document and name, of the pairs that are not zero.

    `documents` are the numbers of the documents that count, `names` are sorted with the most frequent first. Each pair
    has its `place` in `documents`, its `name` as a place in `names`, its `hits`, and the `totals` of which these are a
    share. `shared` has one total per document for all names. If `own`, each name has totals of its own instead, and
    gets an interval if enough documents have any of it. If `in_common`, the shares have a common prior.
    """

    documents: NDArray[np.intp]
    names: list[str]
    place: NDArray[np.intp]
    name: NDArray[np.intp]
    hits: Floats
    totals: Floats
    shared: Floats
    own: bool = False
    in_common: bool = False


class DenseCounts(NamedTuple):
    """Counts of chosen names as arrays, with a row for each document and a column for each name."""

    documents: NDArray[np.intp]
    names: list[str]
    hits: Floats
    totals: Floats
    shared: Floats
    own: bool = False
    in_common: bool = False


def _measure(
    corpus: ChoiceCorpus, chosen: Chosen, use: str, rows: pd.DataFrame, hits: str, *, of: Floats | str | None = None
) -> SparseCounts:
    """Return the counts of a measure from rows with a document, a name and a column `hits`.

    `of` is what the hits are a share of: a total for each document, the column with each row's own total, or (None) all
    hits in the document. `use` is the mask in `corpus.documents` of the documents that count, "" for all.
    """
    documents = np.flatnonzero(chosen.documents & (corpus.documents[use].to_numpy() if use else True))
    place = np.full(len(corpus.documents), -1)
    place[documents] = np.arange(len(documents))
    rows = rows[place[rows["document"].to_numpy()] >= 0]
    by_name = rows.groupby("name", sort=True)[of if isinstance(of, str) else hits].sum()
    names = by_name.sort_values(ascending=False, kind="stable").index.tolist()
    at = place[rows["document"].to_numpy()], pd.Index(names, dtype=object).get_indexer(rows["name"])
    cells, cell = np.unique(at[0] * max(1, len(names)) + at[1], return_inverse=True)
    counts = np.bincount(cell, rows[hits].to_numpy(float), len(cells))
    document, name = np.divmod(cells, max(1, len(names)))
    shared = of[documents] if isinstance(of, np.ndarray) else np.bincount(document, counts, len(documents))
    totals = np.bincount(cell, rows[of].to_numpy(float), len(cells)) if isinstance(of, str) else shared[document]
    return SparseCounts(documents, names, document, name, counts, totals, shared, own=isinstance(of, str))


def sizes(corpus: ChoiceCorpus, chosen: Chosen, *, counted: bool = False) -> Floats:
    """Return the number of words in the chosen text of each document: of all, or of `counted` words only."""
    words = chosen.text & (corpus.counted if counted else corpus.is_word)
    documents = corpus.document_of[corpus.tokens.sentence[words]]
    return np.bincount(documents, minlength=len(corpus.documents)).astype(float)


def _pairs(corpus: ChoiceCorpus, chosen: Chosen) -> pd.DataFrame:
    """Return a row for each sentence and two names in its chosen text: `document`, and `name`, "Ann Lee + Paris"."""
    rows = corpus.mentions[corpus.mentions["kind"].isin(PAIRED_KINDS) & chosen.text[corpus.mentions["token"]]]
    rows = rows[["document", "at", "name"]].drop_duplicates()
    pairs = rows.merge(rows, on=["document", "at"], suffixes=("", "2"))
    pairs = pairs[pairs["name"] < pairs["name2"]]
    return pairs.assign(name=pairs["name"] + BETWEEN_NAMES + pairs["name2"], hits=1)


def count_measures(corpus: ChoiceCorpus, chosen: Chosen, *, scheme: str) -> dict[str, SparseCounts]:
    """Return the counts of each measure in a choice, for all names; frames are those of `scheme`."""
    statements = corpus.statements[chosen.statements]
    named = statements[statements["speaker"] != ""].assign(name=statements["speaker"])
    sources = statements[statements["kind"] != ""].assign(name=statements["kind"])
    sources = sources.assign(statements=sources["words"] > 0, first=sources["first"].astype(bool))
    with_all = pd.concat([sources, sources.assign(name=ALL)])
    in_marks = statements.assign(name="in quotation marks")
    if not chosen.of_documents:
        in_marks = in_marks[:0]
    cues = corpus.cues[(corpus.cues["scheme"].astype(str) == scheme) & chosen.text[corpus.cues["token"]]]
    cues = cues.assign(name=cues["frame"].astype(str)).drop_duplicates(["at", "name"]).assign(hits=1)
    pairs = _pairs(corpus, chosen)
    sentences = np.bincount(corpus.document_of[chosen.sentences], minlength=len(corpus.documents)).astype(float)
    return {
        "quoted": _measure(corpus, chosen, "", in_marks, "n_quoted", of=sizes(corpus, chosen)),
        "speakers": _measure(corpus, chosen, "parsed", named, "n_words"),
        "kinds": _measure(corpus, chosen, "sources", sources, "words"),
        "kind_statements": _measure(corpus, chosen, "sources", sources, "statements"),
        "direct": _measure(corpus, chosen, "sources", with_all, "words_direct", of="words"),
        "first": _measure(corpus, chosen, "sources", sources if chosen.of_documents else sources[:0], "first"),
        "frames": _measure(corpus, chosen, "parsed", cues, "hits", of=sentences)._replace(in_common=True),
        "pairs": _measure(corpus, chosen, "parsed", pairs, "hits", of=sentences)._replace(in_common=True),
    }


def with_names(counts: SparseCounts, names: list[str]) -> DenseCounts:
    """Return the counts of these names, in this order; zero for a name that the measure lacks."""
    column = pd.Index(names, dtype=object).get_indexer(pd.Index(counts.names, dtype=object))[counts.name]
    chosen = column >= 0

    def table(values: Floats) -> Floats:
        made = np.zeros((len(counts.documents), len(names)))
        made[counts.place[chosen], column[chosen]] = values[chosen]
        return made

    hits = table(counts.hits)
    totals = table(counts.totals) if counts.own else np.broadcast_to(counts.shared[:, None], hits.shape)
    return DenseCounts(counts.documents, names, hits, totals, counts.shared, counts.own, counts.in_common)


def _rows(counted: DenseCounts, enough: Ints | int, **estimates: Any) -> pd.DataFrame:  # noqa: ANN401
    """Return a row for each name with its document counts and `estimates`, as in the tables of views, and `enough`.

    This is the number of documents that decides whether there is an interval.
    """
    about = {"documents": (counted.hits > 0).sum(axis=0), "n_documents": len(counted.documents)}
    return pd.DataFrame({"name": counted.names, **estimates, **about, "enough": enough})


def share_rows(counted: DenseCounts) -> pd.DataFrame:
    """Return the share of each name with its interval, which is NaN with fewer than ENOUGH documents."""
    sums: Sums = sums_of(counted.hits, counted.totals)
    lo, hi = share_interval(sums, prior=prior_in_common(sums) if counted.in_common else None)
    enough = sums.documents if counted.own else np.full(len(counted.names), len(counted.documents))
    with np.errstate(invalid="ignore", divide="ignore"):
        value = sums.hits / sums.totals
    ends = {name: np.where(enough >= ENOUGH, end, np.nan) for name, end in (("lo", lo), ("hi", hi))}
    n, total = (each.astype(np.int64) for each in (sums.hits, sums.totals))
    return _rows(counted, enough, n=n, total=total, estimate=value, **ends)


def variety(counts: SparseCounts, weights: NDArray[np.uint8]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the evenness and the effective number of a measure's known names, each with its interval.

    They are defined as in the tables source_balance and source_diversity; `n` is the number of names, `total` the sum
    of their hits.
    """
    known = np.array([name != UNKNOWN for name in counts.names], bool)
    cells = np.flatnonzero(known[counts.name] & (counts.hits > 0))
    cells = cells[np.lexsort((counts.place[cells], counts.name[cells]))]
    document, hits = counts.place[cells], counts.hits[cells]
    name = (np.cumsum(known) - 1)[counts.name[cells]]
    total = np.bincount(name, hits, int(known.sum()))
    if not total.any():
        return
    bits, number = entropy(total), (total > 0).sum()
    drawn, of_drawn = drawn_entropy(document, name, hits, weights)
    enough = len(counts.documents) >= ENOUGH
    about: dict[str, Any] = {"n": int(number), "total": int(total.sum()), "documents": len(np.unique(document))}
    about |= {"n_documents": len(counts.documents), "method": OVER_DOCUMENTS if enough else TOO_FEW}
    made = {
        "evenness": (evenness(total), evenness_of_entropy(drawn, of_drawn), (0, 1)),
        "effective": (2**bits, np.exp(drawn), (1, np.inf)),
    }
    for measure, (value, samples, (least, most)) in made.items():
        lo, hi = centred_percentiles(samples, float(value), least=least, most=most) if enough else (np.nan, np.nan)
        yield measure, {**about, "estimate": float(value), "lo": lo, "hi": hi}


def count_names(corpus: ChoiceCorpus, chosen: Chosen) -> SparseCounts:
    """Return the mentions of each name in a choice, with the words of each document as totals."""
    rows = corpus.mentions[(corpus.mentions["kind"] != "") & chosen.text[corpus.mentions["token"]]]
    return _measure(corpus, chosen, "parsed", rows.assign(hits=1), "hits", of=sizes(corpus, chosen))


def count_query(corpus: ChoiceCorpus, chosen: Chosen, query: str) -> SparseCounts:
    """Return the matches of a query in a choice (as in the page's search), with each document's words as totals."""
    runs = [corpus.tokens.sentence[begins & chosen.text] for begins, _ in match_masks(corpus.tokens, query)]
    documents = corpus.document_of[np.concatenate([np.empty(0, np.int64), *runs])]
    rows = pd.DataFrame({"document": documents, "name": query, "hits": 1})
    return _measure(corpus, chosen, "", rows, "hits", of=sizes(corpus, chosen))


def choice_weights(corpus: ChoiceCorpus, counted: SparseCounts | DenseCounts, **draws: int) -> NDArray[np.uint8]:
    """Return the bootstrap weights of the documents that count in `counted`."""
    return document_weights(corpus.documents["doc_id"].to_numpy()[counted.documents].tolist(), **draws)


def rate_rows(counted: DenseCounts, weights: NDArray[np.uint8], *, per: int) -> pd.DataFrame:
    """Return the rate of each name per `per` words, with a bootstrap interval over documents if it occurs at all."""
    n, total, documents = counted.hits.sum(axis=0), counted.shared.sum(), len(counted.documents)
    lo, hi = np.full((2, len(n)), np.nan)
    if documents >= ENOUGH and len(n):
        drawn, of = resampled_sums(weights, counted.hits, counted.shared)
        with np.errstate(invalid="ignore", divide="ignore"):
            lo, hi = (np.where(n > 0, end, np.nan) for end in percentiles(drawn / of))
    rates = {"estimate": n / max(1, total) * per, "lo": lo * per, "hi": hi * per}
    return _rows(counted, documents, n=n.astype(np.int64), total=int(total), **rates)


def _word_counts(corpus: ChoiceCorpus, chosen: Chosen, place: NDArray[np.intp]) -> Iterator[tuple[Ints, Ints]]:
    """Yield sorted keys, each combining place and word, and their counts, for documents with a `place` (-1 is none).

    To save memory, the tokens of only some documents are processed at a time.
    """
    tokens, size = corpus.tokens.sentence, max(1, len(corpus.vocabulary))
    starts = np.searchsorted(tokens, corpus.first)
    for first in range(0, len(place), _AT_A_TIME):
        last = min(first + _AT_A_TIME, len(place))
        part = slice(starts[first], starts[last])
        document = place[first:last][corpus.document_of[corpus.first[first] : corpus.first[last]] - first]
        document = document[tokens[part] - corpus.first[first]]
        mask = corpus.counted[part] & chosen.text[part] & (document >= 0)
        yield np.unique(document[mask] * size + corpus.word[part][mask], return_counts=True)


def count_words(corpus: ChoiceCorpus, sides: list[Chosen]) -> tuple[Words, list[NDArray[np.bool_]]]:
    """Return the counted words of all sides as one corpus, the first side's documents first, and masks of the sides."""
    names: list[str] = []
    parts, all_sizes, masks = [(np.empty(0, np.int64),) * 2], [np.empty(0)], []
    for chosen in sides:
        documents = np.flatnonzero(chosen.documents & corpus.documents["words"].to_numpy())
        place = np.full(len(corpus.documents), -1)
        place[documents] = np.arange(len(names), len(names) + len(documents))
        parts += _word_counts(corpus, chosen, place)
        all_sizes.append(sizes(corpus, chosen, counted=True)[documents])
        masks.append(np.arange(len(names), len(names) + len(documents)))
        names += corpus.documents["doc_id"].to_numpy()[documents].tolist()
    keys, counts = (np.concatenate(each) for each in zip(*parts, strict=True))
    document, word = np.divmod(keys, max(1, len(corpus.vocabulary)))
    bounds = np.searchsorted(document, np.arange(len(names) + 1))
    all_words = np.concatenate(all_sizes).astype(np.int64)
    words = Words(names, corpus.vocabulary, all_words, bounds, word.astype(np.int32), counts)
    return words, [np.isin(np.arange(len(names)), mask) for mask in masks]
