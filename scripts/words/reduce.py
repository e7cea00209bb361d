"""The counts of a group of batches, as `counts` would make them from one batch of all their documents.

Groups (`plan.batches.group_batches`) are a level between batches and corpus: an added article changes the sums of only
one group, and the corpus adds up groups. A group has the same tables as a batch, so both are read alike. All numbers
are whole, except measures of single documents, which are passed on; so sums are the same in any order and grouping.
"""

from collections.abc import Mapping, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from scripts.core.arrays import Ints
from scripts.core.batches import read_batches
from scripts.core.options import path_options
from scripts.core.schemas import arrow_schema
from scripts.core.storage import read_parquet, to_table, write_parquet
from scripts.core.tables import join_parquet
from scripts.maths.tuples import pack, sum_packed, unpack
from scripts.words.corpus import merge_vocabularies
from scripts.words.counts import LONGEST_NGRAM, TABLES

CountTables = Mapping[str, pa.Table]


def merge(parts: Sequence[CountTables]) -> dict[str, pa.Table]:
    """Return the tables of counts of several batches as those of one; each part has the five tables by name.

    The documents are returned in the order of doc_id; each must be in only one part.
    """
    vocabulary, words = merge_vocabularies(part["vocabulary"]["word"].combine_chunks() for part in parts)
    counted = [part["document_counts"] for part in parts]
    documents = pa.concat_tables([arrow_schema("document_counts").empty_table(), *counted]).sort_by("doc_id")
    number = {doc_id: place for place, doc_id in enumerate(documents["doc_id"].to_pylist())}
    places = [np.array([number[name] for name in table["doc_id"].to_pylist()], int) for table in counted]
    return {
        "vocabulary": to_table("vocabulary", {"word": vocabulary}),
        "word_counts": merge_words([part["word_counts"] for part in parts], words, places),
        "ngram_counts": merge_ngrams([part["ngram_counts"] for part in parts], words, len(vocabulary)),
        "collocate_counts": merge_collocates([part["collocate_counts"] for part in parts], words, len(vocabulary)),
        "document_counts": documents,
    }


def merge_words(tables: Sequence[pa.Table], words: Sequence[Ints], documents: Sequence[Ints]) -> pa.Table:
    """Return tables word_counts as one; `words` and `documents` have the new numbers of those of each table."""
    columns = [
        (document[table["document"].to_numpy()], word[table["word"].to_numpy()], table["count"].to_numpy())
        for table, word, document in zip(tables, words, documents, strict=True)
    ]
    document, word, count = map(np.concatenate, zip(*columns, strict=True))
    # All words of a document are in one table, in alphabetical order.
    order = np.argsort(document, kind="stable")
    return to_table("word_counts", {"document": document[order], "word": word[order], "count": count[order]})


def _sums(
    tables: Sequence[pa.Table], words: Sequence[Ints], *, places: int, vocabulary: int
) -> tuple[list[Ints], dict[str, Ints]]:
    """Return the distinct tuples of words of tables, in alphabetical order, and the sums of their counts.

    The words of a tuple are in `places` columns: word1, word2 and so on; `words` are the new numbers of the words of
    each table, below `vocabulary`.
    """
    sizes, names = [vocabulary] * places, [f"word{place}" for place in range(1, places + 1)]
    pairs = zip(tables, words, strict=True)
    packed = [pack([word[table[name].to_numpy()] for name in names], sizes) for table, word in pairs]
    counts = (np.concatenate([table[name].to_numpy() for table in tables]) for name in ("count", "documents"))
    codes, (count, documents) = sum_packed([*map(np.concatenate, zip(*packed, strict=True))], *counts)
    return unpack(codes, sizes), {"count": count, "documents": documents}


def merge_ngrams(tables: Sequence[pa.Table], words: Sequence[Ints], vocabulary: int) -> pa.Table:
    """Return tables ngram_counts as one: sums by n-gram, ordered by length and then alphabetically.

    `words` are the new numbers of the words of each table, below `vocabulary`.
    """
    orders = pc.unique(pa.chunked_array([chunk for table in tables for chunk in table["order"].chunks], pa.int64()))
    merged = [arrow_schema("ngram_counts").empty_table()]
    for order in sorted(orders.to_pylist()):
        of_order = [table.filter(pc.equal(table["order"], order)) for table in tables]
        rows, sums = _sums(of_order, words, places=order, vocabulary=vocabulary)
        none = np.full(len(sums["count"]), -1)
        columns = {f"word{place}": column for place, column in enumerate([*rows, *[none] * (LONGEST_NGRAM - order)], 1)}
        merged.append(to_table("ngram_counts", {"order": np.full(len(none), order), **columns, **sums}))
    return pa.concat_tables(merged)


def merge_collocates(tables: Sequence[pa.Table], words: Sequence[Ints], vocabulary: int) -> pa.Table:
    """Return tables collocate_counts as one: sums by pair, in alphabetical order; otherwise as `merge_ngrams`."""
    (first, second), sums = _sums(tables, words, places=2, vocabulary=vocabulary)
    return to_table("collocate_counts", {"word1": first, "word2": second, **sums})


def main() -> None:
    """Write the tables of counts of a group of batches, and its part of the table tokens in the results."""
    options = path_options(main.__doc__, "batches", "group", "folder", "tokens")
    # A group is named by the first bits that the names of its batches share.
    folders = [options.batches / batch for batch in read_batches(options.batches, options.group.name)]
    parts = [{name: read_parquet(folder / f"{name}.parquet") for name in TABLES} for folder in folders]
    for name, table in merge(parts).items():
        write_parquet(options.folder / f"{name}.parquet", table, between_steps=True)
    del parts
    join_parquet(options.tokens, "tokens", folders)
