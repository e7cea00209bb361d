"""The tables keyness and keyness_summary: the words that set one group of documents off from the others."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from scripts.core.arrays import Floats
from scripts.core.lexicons import left_out
from scripts.core.options import path_options
from scripts.core.schemas import arrow_schema
from scripts.core.storage import read_parquet, read_settings, rows_to_table, to_table
from scripts.core.tables import write_table
from scripts.documents.groups import group_column
from scripts.maths.association import ratio, signed_g2
from scripts.maths.bootstrap import Weights, document_weights, percentiles, resampled_sums
from scripts.maths.document_shares import agreeing
from scripts.maths.intervals import ENOUGH, benjamini_hochberg
from scripts.maths.keyness import PRIOR, VARIES, document_p, log_odds_dirichlet, log_ratio, log_ratio_interval
from scripts.words.comparisons import NotComparable, WordComparison, compare_corpora, compare_values, with_reference
from scripts.words.corpus import WordCorpus, count_matrix, counted_documents, merge_corpora, read_word_corpus
from scripts.words.mouths import GroupWords, Mouths, say_who

_Columns = dict[str, np.ndarray]
# As many of the first words are bootstrapped as keep words times documents within this.
BOOTSTRAP_CELLS = 500_000
_ALPHA = 0.05
BOOTSTRAP = "bootstrap over documents 95 %, agreeing with p"
_METHOD = f"Log Ratio; lo, hi: Katz 95 %; boot_lo, boot_hi: {BOOTSTRAP}"


def compare_words(corpus: WordCorpus, comparison: WordComparison, *, stop: frozenset[str], min_count: int) -> _Columns:
    """Return the frequencies and keyness of the words tested in a comparison, most key first, as columns of keyness.

    Words are tested if they are not stop words and occur at least `min_count` times on both sides together. p is based
    on whole documents (`document_p`) and needs ENOUGH documents on each side, and as many with the word; q corrects for
    all words that have a p. With fewer than two documents to compare with there are only counts and the Log Ratio. Two
    columns are not in the table: `number` in the vocabulary, and `positive`, True for words of the target.
    """
    sides = (comparison.in_target, comparison.in_reference)
    counts, documents = np.zeros((2, len(sides), len(corpus.vocabulary)), np.int64)
    for block in corpus.blocks():
        for number, side in enumerate(sides):
            inside = side[block.document]
            word = block.word[inside]
            counts[number] += np.bincount(word, block.counts[inside], len(corpus.vocabulary)).astype(np.int64)
            documents[number] += np.bincount(word, minlength=len(corpus.vocabulary))
    sizes, n = [int(corpus.sizes[side].sum()) for side in sides], [int(side.sum()) for side in sides]
    stopped = np.array([word in stop for word in corpus.vocabulary], bool)
    tested = np.flatnonzero((counts[0] + counts[1] >= max(1, min_count)) & ~stopped)
    o11, o12 = counts[0][tested], counts[1][tested]
    cells = (o11, o12, sizes[0] - o11, sizes[1] - o12)
    g2 = signed_g2(*cells)
    order = np.argsort(-np.abs(g2), kind="stable")
    columns = {
        "number": tested,
        "word": np.array(corpus.vocabulary, object)[tested],
        "count_target": o11,
        "count_reference": o12,
        "n_target": np.full(len(tested), sizes[0]),
        "n_reference": np.full(len(tested), sizes[1]),
        "documents_target": documents[0][tested],
        "documents_reference": documents[1][tested],
        "estimate": log_ratio(*cells),
        "positive": g2 >= 0,
    }
    if n[1] > 1:
        p = _document_p(corpus, comparison, counts, tested)
        lo, hi = log_ratio_interval(*cells)
        shares = (o11 + o12) / max(1, sum(sizes))
        log_odds, z = log_odds_dirichlet(*cells, prior=shares * PRIOR, prior_total=PRIOR)
        q = benjamini_hochberg(p)
        columns |= {"lo": lo, "hi": hi, "g2": g2, "p": p, "q": q, "log_odds": log_odds, "z": z}
    else:
        nothing = np.full(len(tested), np.nan)
        columns |= dict.fromkeys(("lo", "hi", "g2", "p", "q", "log_odds", "z"), nothing)
    return {name: column[order] for name, column in columns.items()}


def _document_p(corpus: WordCorpus, comparison: WordComparison, counts: np.ndarray, words: np.ndarray) -> Floats:
    """Return the p of words by number, NaN if too few documents inform it; `counts` has all words of both sides."""
    sides = (comparison.in_target, comparison.in_reference)
    lengths, inside = corpus.sizes.astype(float), sides[0] | sides[1]
    sizes, n = [int(corpus.sizes[side].sum()) for side in sides], [int(side.sum()) for side in sides]
    share = counts.sum(axis=0) / max(1, sum(sizes))
    # As if no document had the word, so that each has less than expected; those that have it are corrected below.
    without = (lengths[inside] ** 2).sum() * share**2
    squares, cubes = without.copy(), -(lengths[inside] ** 3).sum() * share**3
    documents = np.zeros(len(share), np.int64)
    for block in corpus.blocks():
        chosen = inside[block.document]
        word = block.word[chosen]
        expected = share[word] * lengths[block.document[chosen]]
        excess = block.counts[chosen] - expected
        squares += np.bincount(word, excess**2 - expected**2, len(share))
        cubes += np.bincount(word, excess**3 + expected**3, len(share))
        documents += np.bincount(word, minlength=len(share))
    excess = counts[0] - share * sizes[0]
    tested = words[(documents >= ENOUGH)[words] & (squares > VARIES * without)[words] & (min(n) >= ENOUGH)]
    p = np.full(len(share), np.nan)
    p[tested] = document_p(
        excess[tested], squares[tested], cubes[tested], words=(sizes[0], sizes[1]), documents=(n[0], n[1])
    )
    return p[words]


def most_key(columns: _Columns, comparison: WordComparison, *, min_documents: int, most: int) -> _Columns:
    """Return the columns of the `most` most key words of each side, in the same order.

    A word must occur in `min_documents` documents of the side for which it is key, or in all if there are fewer.
    """
    positive = columns["positive"]
    spread = np.where(positive, columns["documents_target"], columns["documents_reference"])
    sides = np.where(positive, comparison.in_target.sum(), comparison.in_reference.sum())
    spread_enough = np.flatnonzero(spread >= np.minimum(min_documents, sides))
    positive = positive[spread_enough]
    rank = np.where(positive, np.cumsum(positive), np.cumsum(~positive))
    return {name: column[spread_enough[rank <= most]] for name, column in columns.items()}


def bootstrap_log_ratio(
    corpus: WordCorpus, comparison: WordComparison, words: np.ndarray, *, weights: Weights
) -> tuple[np.ndarray, np.ndarray]:
    """Return the interval (lo, hi) of the Log Ratio of words by a bootstrap over the documents of each side.

    `words` are numbers in the vocabulary, `weights` those of the documents. NaN if a side has fewer than ENOUGH
    documents. Efron & Tibshirani 1993, An Introduction to the Bootstrap: 88-90.
    """
    sides = (comparison.in_target, comparison.in_reference)
    if min(side.sum() for side in sides) < ENOUGH:
        return np.full(len(words), np.nan), np.full(len(words), np.nan)
    (target, target_size), (reference, reference_size) = (
        resampled_sums(weights[side], count_matrix(corpus, side, words), corpus.sizes[side]) for side in sides
    )
    ratios = log_ratio(target, reference, target_size - target, reference_size - reference)
    lo, hi = percentiles(np.where((target_size > 0) & (reference_size > 0), ratios, np.nan))
    return lo, hi


def _bootstrapped(
    corpus: WordCorpus, comparison: WordComparison, listed: _Columns, weights: Weights
) -> tuple[_Columns, Floats]:
    """Return the columns of the listed words, those with the smallest p first, and their intervals (lo, hi).

    Words in too few documents for a p come after all that have one. An interval is NaN for a word that is not
    bootstrapped, or that one side never has, since all draws would agree on it.
    """
    order = np.argsort(listed["p"], kind="stable")
    listed = {name: column[order] for name, column in listed.items()}
    rows = len(order)
    drawn = min(rows, BOOTSTRAP_CELLS // max(1, int(comparison.in_target.sum() + comparison.in_reference.sum())))
    boot = np.full((2, rows), np.nan)
    boot[:, :drawn] = bootstrap_log_ratio(corpus, comparison, listed["number"][:drawn], weights=weights)
    boot = np.array(agreeing(listed["estimate"], (boot[0], boot[1]), np.where(np.isnan(boot[0]), np.nan, listed["p"])))
    boot[:, (listed["count_target"] == 0) | (listed["count_reference"] == 0)] = np.nan
    return listed, boot


def keyness_tables(
    corpus: WordCorpus,
    comparison: WordComparison,
    *,
    stop: frozenset[str],
    min_count: int,
    min_documents: int,
    most: int,
    weights: Weights,
) -> tuple[pa.Table, dict[str, Any]]:
    """Return the rows of keyness for a comparison, and its row of keyness_summary."""
    tested = compare_words(corpus, comparison, stop=stop, min_count=min_count)
    listed = most_key(tested, comparison, min_documents=min_documents, most=most)
    listed, boot = _bootstrapped(corpus, comparison, listed, weights)
    rows = len(listed["word"])
    in_target, in_reference = int(comparison.in_target.sum()), int(comparison.in_reference.sum())
    is_enough = min(in_target, in_reference) >= ENOUGH
    note = ""
    if in_reference < 2:
        note = "not estimable: fewer than two documents to compare with"
    elif not is_enough:
        note = f"p and bootstrap not estimable: fewer than {ENOUGH} documents"
    names = {name: getattr(comparison, name) for name in ("column", "target", "reference")}
    columns = {name: np.full(rows, value, object) for name, value in names.items()}
    columns |= {name: column for name, column in listed.items() if name not in ("number", "positive")}
    columns |= {"boot_lo": boot[0], "boot_hi": boot[1], "method": np.full(rows, note or _METHOD, object)}
    columns |= {"said": np.full(rows, np.nan), "mouths": np.full(rows, "", object)}
    summary = {
        **names,
        "documents_target": in_target,
        "documents_reference": in_reference,
        "tested": int((~np.isnan(tested["p"])).sum()),
        "significant": int((tested["p"] < _ALPHA).sum()) if is_enough else None,
        "survive": int((tested["q"] < _ALPHA).sum()) if is_enough else None,
        "listed": rows,
        "note": note,
    }
    return to_table("keyness", columns), summary


def with_mouths(tables: Sequence[pa.Table], mouths: Sequence[Mouths]) -> list[pa.Table]:
    """Return keyness tables with the share of each word's target occurrences that are in statements, and speakers."""
    filled = []
    for table, who in zip(tables, mouths, strict=True):
        shares = np.minimum(ratio(who.n, table["count_target"].to_numpy()), 1)
        columns = dict(zip(table.column_names, table.columns, strict=True))
        columns |= {"said": pa.array(shares, from_pandas=True), "mouths": pa.array(who.speakers, pa.string())}
        filled.append(pa.table(columns, schema=table.schema))
    return filled


def main() -> None:
    """Compare groups of documents, and the corpus with a reference folder, from the counts of all batches."""
    inputs = ("batches", "repeated", "documents", "settings", "folder")
    options = path_options(main.__doc__, *inputs, optional=("reference",))
    settings = read_settings(options.settings)
    chosen = settings["keyness"]
    corpus = read_word_corpus(options.batches, options.repeated)
    columns = [*filter(None, (group_column(settings["groups"]), "doc_id"))]
    documents, own = counted_documents(options.documents, corpus, columns), list(corpus.documents)
    drawn = list(own)
    comparisons: list[WordComparison | NotComparable] = []
    for column in columns:
        comparisons += compare_values(documents, column, most=chosen["max_groups"])
    if options.reference:
        reference = read_word_corpus(options.reference)
        n = len(reference.documents)
        comparisons = [each if isinstance(each, NotComparable) else with_reference(each, n) for each in comparisons]
        comparisons.append(compare_corpora(len(corpus.documents), n, Path(chosen["reference"]).name))
        # An article of the reference may have the same doc_id as one of the corpus.
        drawn += [f"reference: {doc_id}" for doc_id in reference.documents]
        corpus = merge_corpora(corpus, reference)
    weights = document_weights(drawn, **settings["bootstrap"])
    limits = {name: chosen[name] for name in ("min_count", "min_documents", "most")}
    outlets = {outlet or "" for outlet in read_parquet(options.documents, ["outlet"])["outlet"].to_pylist()}
    stop = left_out(settings["words"], corpus.vocabulary, outlets)
    tables, words, summary = [], [], []
    for comparison in comparisons:
        if isinstance(comparison, NotComparable):
            empty = dict.fromkeys(arrow_schema("keyness_summary").names)
            summary.append({**empty, "column": comparison.column, "note": comparison.reason})
        else:
            table, row = keyness_tables(corpus, comparison, stop=stop, weights=weights, **limits)
            tables.append(table)
            words.append(GroupWords(comparison.in_target[: len(own)], table["word"].to_pylist()))
            summary.append(row)
    tables = with_mouths(tables, say_who(options.folder, own, words, unit=settings["words"]["unit"]))
    keyness = pa.concat_tables([arrow_schema("keyness").empty_table(), *tables])
    write_table(options.folder, "keyness", keyness, **settings["tables"])
    write_table(options.folder, "keyness_summary", rows_to_table("keyness_summary", summary), **settings["tables"])
