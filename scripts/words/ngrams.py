"""The table ngrams, and the reading of word sequences and pairs from the counts of the batches."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from scripts.core.batches import read_batches
from scripts.core.lexicons import stop_words
from scripts.core.options import path_options
from scripts.core.storage import arrow_schema, read_parquet, read_settings, to_table
from scripts.core.tables import write_table
from scripts.maths.intervals import wilson
from scripts.maths.tuples import pack, sum_packed, unpack
from scripts.words.corpus import MILLION, read_vocabularies

Ints = np.ndarray


class Tuples(NamedTuple):
    """Distinct tuples of words in alphabetical order: a column of word numbers for each place, and counts.

    `counts` is how often a tuple occurs, `documents` in how many documents.
    """

    columns: list[Ints]
    counts: Ints
    documents: Ints


Part = tuple[list[Ints], Ints, Ints]


def _part(table: pa.Table, number: Ints, size: int, places: int) -> Part:
    """Return the tuples of a batch, packed, and their counts in 32 bits: there are millions before they are summed."""
    words = [number[table[f"word{place}"].to_numpy()] for place in range(1, places + 1)]
    counts = (table[name].to_numpy().astype(np.int32) for name in ("count", "documents"))
    return pack(words, [size] * places), *counts


def _sum_parts(parts: Sequence[Part], size: int, places: int) -> Tuples:
    """Return the tuples of all batches with the sums of their counts; `size` is that of the vocabulary."""
    if not parts:
        none = np.empty(0, dtype=np.int64)
        return Tuples([none] * places, none, none)
    packed = [np.concatenate(codes) for codes in zip(*(part[0] for part in parts), strict=True)]
    count, documents = (np.concatenate([part[column] for part in parts]) for column in (1, 2))
    packed, sums = sum_packed(packed, count, documents)
    return Tuples(unpack(packed, [size] * places), *sums)


class Source(NamedTuple):
    """The folder of the batches, their names, the vocabulary of all, and the number in it of each word of a batch."""

    folder: Path
    batches: list[str]
    vocabulary: list[str]
    numbers: list[Ints]


def open_batches(folder: Path) -> Source:
    """Return the batches below `folder` with the vocabulary of the corpus."""
    batches = read_batches(folder)
    return Source(folder, batches, *read_vocabularies(folder, batches))


def read_ngrams(source: Source, orders: Sequence[int]) -> dict[int, Tuples]:
    """Return the n-grams of all batches by their order (2 for pairs, and so on)."""
    size = len(source.vocabulary)
    columns = ["order", *(f"word{place}" for place in range(1, max(orders) + 1)), "count", "documents"]
    parts: dict[int, list[Part]] = {order: [] for order in orders}
    for batch, number in zip(source.batches, source.numbers, strict=True):
        table = read_parquet(source.folder / batch / "ngram_counts.parquet", columns)
        for order in orders:
            parts[order].append(_part(table.filter(pc.equal(table["order"], order)), number, size, order))
    return {order: _sum_parts(parts.pop(order), size, order) for order in orders}


def read_collocates(source: Source) -> Tuples:
    """Return the pairs of words within the window of all batches."""
    size = len(source.vocabulary)
    parts = []
    for batch, number in zip(source.batches, source.numbers, strict=True):
        table = read_parquet(source.folder / batch / "collocate_counts.parquet")
        parts.append(_part(table, number, size, 2))
    return _sum_parts(parts, size, 2)


def are_stop(vocabulary: Sequence[str], stop: frozenset[str]) -> np.ndarray:
    """Return a mask that is True for the stop words of a vocabulary."""
    return np.array([word in stop for word in vocabulary], bool)


def ngrams_table(
    vocabulary: Sequence[str], grams: Tuples, *, stop: frozenset[str], min_count: int, most: int
) -> pa.Table:
    """Return the rows of ngrams of one order: the `most` most frequent that neither begin nor end with a stop word."""
    is_stop = are_stop(vocabulary, stop)
    listed = np.flatnonzero((grams.counts >= min_count) & ~is_stop[grams.columns[0]] & ~is_stop[grams.columns[-1]])
    rows = listed[np.argsort(-grams.counts[listed], kind="stable")][:most]
    names = np.array(vocabulary, object)
    count, total = grams.counts[rows], int(grams.counts.sum())
    lo, hi = wilson(count, total)
    text = names[grams.columns[0][rows]]
    for column in grams.columns[1:]:
        text = text + " " + names[column[rows]]
    return to_table(
        "ngrams",
        {
            "order": np.full(len(rows), len(grams.columns)),
            "ngram": text,
            "count": count,
            "n": np.full(len(rows), total),
            "estimate": count / max(total, 1) * MILLION,
            "lo": lo * MILLION,
            "hi": hi * MILLION,
            "documents": grams.documents[rows],
            "method": np.full(len(rows), "Wilson 95 %", object),
        },
    )


def main() -> None:
    """Make the table of n-grams from the counts of all batches."""
    options = path_options(main.__doc__, "batches", "settings", "folder")
    settings = read_settings(options.settings)
    source = open_batches(options.batches)
    stop = stop_words(settings["words"])
    tuples = read_ngrams(source, sorted(settings["words"]["n"]))
    tables = [arrow_schema("ngrams").empty_table()]
    tables += [ngrams_table(source.vocabulary, grams, stop=stop, **settings["phrases"]) for grams in tuples.values()]
    write_table(options.folder, "ngrams", pa.concat_tables(tables), **settings["tables"])


if __name__ == "__main__":
    main()
