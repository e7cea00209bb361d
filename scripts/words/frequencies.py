"""The table frequencies: how frequent each word is, and how evenly spread over the documents."""

import numpy as np
import pyarrow as pa

from scripts.core.lexicons import stop_words
from scripts.core.options import path_options
from scripts.core.storage import read_settings, to_table
from scripts.core.tables import write_table
from scripts.maths.document_shares import METHOD, Sums
from scripts.maths.intervals import ENOUGH, TOO_FEW
from scripts.words.corpus import WordCorpus, rate_columns, read_word_corpus


def dispersions(corpus: WordCorpus, totals: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return each word's deviation of proportions over documents: DP, and DPnorm, which is DP divided by its maximum.

    0 is as even as the documents allow, near 1 is all in one small document; DPnorm reaches 1. NaN with fewer than two
    documents that have words. `totals` is how often each word occurs. Gries 2008, International Journal of Corpus
    Linguistics 13(4): 415-416; Lijffijt & Gries 2012, 17(1): 148.

    The documents' shares of a word and of all words both sum to one, so half the sum of the absolute differences is the
    sum of the positive ones. Those occur only in documents with the word, so the cells of the corpus suffice.
    """
    words = len(corpus.vocabulary)
    parts = corpus.sizes[corpus.sizes > 0] / corpus.sizes.sum() if corpus.sizes.any() else corpus.sizes
    if len(parts) < 2:
        return np.full(words, np.nan), np.full(words, np.nan)
    dp = np.zeros(words)
    for block in corpus.blocks():
        excess = block.counts / totals[block.word] - corpus.sizes[block.document] / corpus.sizes.sum()
        np.add.at(dp, block.word, np.maximum(excess, 0))  # adds in the order of documents, whatever the blocks
    return dp, dp / (1 - np.min(parts))


def word_sums(corpus: WordCorpus, totals: np.ndarray) -> Sums:
    """Return the sums of each word over the documents that have words; `totals` is how often each word occurs."""
    words, sizes = len(corpus.vocabulary), corpus.sizes.astype(float)
    squares, products = np.zeros((2, words))
    for block in corpus.blocks():
        counts = block.counts.astype(float)
        squares += np.bincount(block.word, counts**2, words)
        products += np.bincount(block.word, counts * sizes[block.document], words)
    documents, total, total_squared = (np.full(words, each) for each in ((sizes > 0).sum(), sizes.sum(), sizes @ sizes))
    return Sums(documents, totals.astype(float), total, squares, products, total_squared)


def frequencies_table(corpus: WordCorpus, *, stop: frozenset[str]) -> pa.Table:
    """Return the table frequencies: every word, the most frequent first, ties in alphabetical order.

    If lemmas are counted, the vocabulary also has forms that are not counted themselves; they get no row.
    """
    counts, documents = corpus.totals()
    dp, dp_norm = dispersions(corpus, counts)
    sums = word_sums(corpus, counts)
    is_stop = np.array([word in stop for word in corpus.vocabulary], bool)
    columns = {
        "word": np.array(corpus.vocabulary, object),
        "is_stop": is_stop,
        **rate_columns(sums, common=~is_stop),
        "documents": documents,
        "dp": dp,
        "dp_norm": dp_norm,
        "method": np.where(sums.documents >= ENOUGH, METHOD, TOO_FEW),
    }
    order = np.argsort(-counts, kind="stable")[: np.count_nonzero(counts)]
    return to_table("frequencies", {name: column[order] for name, column in columns.items()})


def main() -> None:
    """Make the table of word frequencies from the counts of all batches."""
    options = path_options(main.__doc__, "batches", "repeated", "settings", "folder")
    settings = read_settings(options.settings)
    corpus = read_word_corpus(options.batches, options.repeated)
    table = frequencies_table(corpus, stop=stop_words(settings["words"]))
    write_table(options.folder, "frequencies", table, **settings["tables"])
