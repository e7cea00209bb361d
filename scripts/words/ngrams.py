"""The table ngrams, and the reading of word sequences and pairs from the counts of the batches."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from scripts.core.arrays import Ints
from scripts.core.lexicons import stop_words
from scripts.core.options import path_options
from scripts.core.schemas import arrow_schema
from scripts.core.storage import read_parquet, read_settings, to_table
from scripts.core.tables import write_table
from scripts.words.corpus import MILLION, count_folders, read_vocabularies
from scripts.words.sums import BucketSums

_BUCKET = 100_000_000  # bytes of the batches' files summed in memory at a time: some 25 million rows


class _Source(NamedTuple):
    """The folders of counts, their joint vocabulary, and the numbers in it of each folder's words."""

    folders: list[Path]
    vocabulary: list[str]
    numbers: list[Ints]


def open_batches(folder: Path, repeated: Path | None = None) -> _Source:
    """Return the folders of counts of the batches below `folder`, then `repeated`, with their joint vocabulary."""
    folders = count_folders(folder, repeated)
    return _Source(folders, *read_vocabularies(folders))


def _sums(source: _Source, name: str, places: int) -> BucketSums:
    """Return empty sums for the tuples in the file `name` of each batch."""
    size = sum((folder / name).stat().st_size for folder in source.folders)
    buckets = 1 + size // _BUCKET
    return BucketSums(size=len(source.vocabulary), places=places, buckets=buckets)


def _add(sums: BucketSums, table: pa.Table, number: Ints) -> None:
    """Add the tuples of a batch; `number` has the number of each of its words in the joint vocabulary."""
    columns = [number[table[f"word{place}"].to_numpy()] for place in range(1, len(sums.margins) + 1)]
    sums.add(columns, table["count"].to_numpy(), table["documents"].to_numpy())


def read_ngrams(source: _Source, orders: Sequence[int]) -> dict[int, BucketSums]:
    """Return the n-grams of all batches by their order (2 for pairs, and so on)."""
    columns = ["order", *(f"word{place}" for place in range(1, max(orders) + 1)), "count", "documents"]
    sums = {order: _sums(source, "ngram_counts.parquet", order) for order in orders}
    for folder, number in zip(source.folders, source.numbers, strict=True):
        table = read_parquet(folder / "ngram_counts.parquet", columns)
        for order in orders:
            _add(sums[order], table.filter(pc.equal(table["order"], order)), number)
    return sums


def read_collocates(source: _Source) -> BucketSums:
    """Return the pairs of words within the window, from all batches."""
    sums = _sums(source, "collocate_counts.parquet", 2)
    for folder, number in zip(source.folders, source.numbers, strict=True):
        _add(sums, read_parquet(folder / "collocate_counts.parquet"), number)
    return sums


def are_stop(vocabulary: Sequence[str], stop: frozenset[str]) -> np.ndarray:
    """Return a mask that is True for the stop words of a vocabulary."""
    return np.array([word in stop for word in vocabulary], bool)


def ngrams_table(
    vocabulary: Sequence[str], grams: BucketSums, *, stop: frozenset[str], min_count: int, most: int
) -> pa.Table:
    """Return the rows of ngrams of one order: the `most` most frequent that neither begin nor end with a stop word.

    Ties are in alphabetical order.
    """
    is_stop, parts = are_stop(vocabulary, stop), []
    for some in grams:
        listed = np.flatnonzero((some.counts >= min_count) & ~is_stop[some.columns[0]] & ~is_stop[some.columns[-1]])
        rows = listed[np.argsort(-some.counts[listed], kind="stable")][:most]
        parts.append([*(column[rows] for column in some.columns), some.counts[rows], some.documents[rows]])
    *words, counts, documents = map(np.concatenate, zip(*parts, strict=True))
    order = np.lexsort((*words[::-1], -counts))[:most]
    names = np.array(vocabulary, object)
    text = names[words[0][order]]
    for column in words[1:]:
        text = text + " " + names[column[order]]
    columns = {
        "order": np.full(len(text), len(words)),
        "ngram": text,
        "count": counts[order],
        "n": np.full(len(text), grams.margins[0].sum()),
        "estimate": counts[order] / max(1, grams.margins[0].sum()) * MILLION,
        "documents": documents[order],
    }
    return to_table("ngrams", columns)


def main() -> None:
    """Make the table of n-grams from the counts of all batches."""
    options = path_options(main.__doc__, "batches", "repeated", "settings", "folder")
    settings = read_settings(options.settings)
    source = open_batches(options.batches, options.repeated)
    stop = stop_words(settings["words"])
    tuples = read_ngrams(source, sorted(settings["words"]["n"]))
    tables = [arrow_schema("ngrams").empty_table()]
    tables += [ngrams_table(source.vocabulary, grams, stop=stop, **settings["phrases"]) for grams in tuples.values()]
    write_table(options.folder, "ngrams", pa.concat_tables(tables), **settings["tables"])
