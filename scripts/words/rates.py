"""The table rates: how frequent words are in each group of documents, and month by month."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from scripts.core.lexicons import stop_words
from scripts.core.options import path_options
from scripts.core.schemas import arrow_schema
from scripts.core.storage import read_settings, to_table
from scripts.core.tables import write_table
from scripts.documents.groups import checked_group_values, group_column
from scripts.maths.association import ratio
from scripts.maths.bootstrap import bootstrap, document_weights
from scripts.maths.document_shares import METHOD, sums_of
from scripts.maths.intervals import ENOUGH, TOO_FEW
from scripts.words.corpus import MILLION, WordCorpus, count_matrix, counted_documents, rate_columns, read_word_corpus

_METHOD = f"lo, hi: {METHOD}; boot_lo, boot_hi: bootstrap over documents 95 %"


def chosen_words(corpus: WordCorpus, *, words: Sequence[str], most: int, stop: frozenset[str]) -> np.ndarray:
    """Return the numbers of the `words` that occur in the corpus, then of its `most` most frequent non-stop words."""
    counts, _ = corpus.totals()
    # If lemmas are counted, the vocabulary also has forms that are not counted themselves.
    free = np.array([word not in stop for word in corpus.vocabulary], bool) & (counts > 0)
    order = np.argsort(-counts, kind="stable")
    lower = {word.lower(): None for word in words}
    numbers = {word: number for number, word in enumerate(corpus.vocabulary) if word in lower and counts[number]}
    named = [numbers[word] for word in lower if word in numbers]
    return np.array(list(dict.fromkeys([*named, *order[free[order]][:most].tolist()])), np.int64)


def rates_table(
    corpus: WordCorpus, values: Sequence[str], column: str, words: np.ndarray, *, resamples: int, seed: int
) -> pa.Table:
    """Return the rows of rates for a column: each word (by its number) in each group of documents.

    `values` is the group of each document, "" for none. A group of fewer than ENOUGH documents has no intervals.
    """
    groups = np.array(values, object)
    names = np.array(corpus.vocabulary, object)[words]
    all_counts = count_matrix(corpus, np.full(len(groups), True), words)
    weights = document_weights(corpus.documents, resamples=resamples, seed=seed)
    tables = [arrow_schema("rates").empty_table()]
    for group in sorted(set(values) - {""}):
        inside = groups == group
        counts = all_counts[inside]
        documents = int(inside.sum())
        boot_lo, boot_hi = bootstrap(ratio, counts, corpus.sizes[inside], weights=weights[inside])
        rows = len(words)
        columns = {
            "column": np.full(rows, column, object),
            "group": np.full(rows, group, object),
            "word": names,
            **rate_columns(sums_of(counts, corpus.sizes[inside, None]), common=np.full(rows, True)),
            "boot_lo": boot_lo * MILLION,
            "boot_hi": boot_hi * MILLION,
            "documents": (counts > 0).sum(axis=0),
            "n_documents": np.full(rows, documents),
            "method": np.full(rows, _METHOD if documents >= ENOUGH else TOO_FEW, object),
        }
        tables.append(to_table("rates", columns))
    return pa.concat_tables(tables)


def main() -> None:
    """Make the table of rates from the counts of all batches."""
    options = path_options(main.__doc__, "batches", "repeated", "documents", "settings", "folder")
    settings = read_settings(options.settings)
    chosen = settings["rates"]
    corpus = read_word_corpus(options.batches, options.repeated)
    columns = dict.fromkeys(filter(None, (group_column(settings["groups"]), "month")))
    documents = counted_documents(options.documents, corpus, columns)
    words = chosen_words(corpus, words=chosen["words"], most=chosen["most"], stop=stop_words(settings["words"]))
    tables = [
        rates_table(corpus, checked_group_values(documents, column), column, words, **settings["bootstrap"])
        for column in columns
    ]
    write_table(options.folder, "rates", pa.concat_tables(tables), **settings["tables"])
