"""The tables of words that stand together: n-grams, and collocations, adjacent or within a window."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from scripts.batches import read_batches
from scripts.frequencies import association
from scripts.frequencies.corpus import MILLION, read_vocabularies
from scripts.frequencies.tuples import pack, sum_packed, unpack
from scripts.intervals import wilson
from scripts.lexicons import stop_words
from scripts.storage import read_parquet, read_settings, to_table
from scripts.tables import write_table

Ints = np.ndarray


class Tuples(NamedTuple):
    """Distinct tuples of words in alphabetical order: a column of word numbers for each place, and their counts."""

    columns: list[Ints]
    count: Ints
    documents: Ints


Part = tuple[list[Ints], Ints, Ints]


def _part(table: pa.Table, number: Ints, size: int, places: int) -> Part:
    """The tuples of a batch, packed, and counts in half the memory, as millions are held before they are summed."""
    words = [number[table[f"word{place}"].to_numpy()] for place in range(1, places + 1)]
    counts = (table[name].to_numpy().astype(np.int32) for name in ("count", "documents"))
    return pack(words, [size] * places), *counts


def _summed(parts: Sequence[Part], size: int, places: int) -> Tuples:
    if not parts:
        none = np.empty(0, dtype=np.int64)
        return Tuples([none] * places, none, none)
    packed = [np.concatenate(codes) for codes in zip(*(part[0] for part in parts), strict=True)]
    count, documents = (np.concatenate([part[column] for part in parts]) for column in (1, 2))
    packed, sums = sum_packed(packed, count, documents)
    return Tuples(unpack(packed, [size] * places), *sums)


class Source(NamedTuple):
    """Where the batches' tuples are, and what their words' numbers are in the vocabulary of all."""

    folder: Path
    batches: list[str]
    vocabulary: list[str]
    numbers: list[Ints]


def open_batches(folder: Path) -> Source:
    """The batches below `folder`, with the corpus's vocabulary."""
    batches = read_batches(folder)
    return Source(folder, batches, *read_vocabularies(folder, batches))


def read_ngrams(source: Source, orders: Sequence[int]) -> dict[int, Tuples]:
    """The n-grams of each order of all batches."""
    size = len(source.vocabulary)
    columns = ["order", *(f"word{place}" for place in range(1, max(orders) + 1)), "count", "documents"]
    parts: dict[int, list[Part]] = {order: [] for order in orders}
    for batch, number in zip(source.batches, source.numbers, strict=True):
        table = read_parquet(source.folder / batch / "ngram_counts.parquet", columns)
        for order in orders:
            parts[order].append(_part(table.filter(pc.equal(table["order"], order)), number, size, order))
    return {order: _summed(parts.pop(order), size, order) for order in orders}


def read_collocates(source: Source) -> Tuples:
    """The pairs within the window of all batches."""
    size = len(source.vocabulary)
    parts = []
    for batch, number in zip(source.batches, source.numbers, strict=True):
        table = read_parquet(source.folder / batch / "collocate_counts.parquet")
        parts.append(_part(table, number, size, 2))
    return _summed(parts, size, 2)


def _is_stop(vocabulary: Sequence[str], stop: frozenset[str]) -> np.ndarray:
    return np.array([word in stop for word in vocabulary], bool)


def ngrams(vocabulary: Sequence[str], grams: Tuples, *, stop: frozenset[str], min_count: int, most: int) -> pa.Table:
    """The table `ngrams` of one order: the `most` most frequent that neither begin nor end with a stop word."""
    is_stop = _is_stop(vocabulary, stop)
    kept = np.flatnonzero((grams.count >= min_count) & ~is_stop[grams.columns[0]] & ~is_stop[grams.columns[-1]])
    rows = kept[np.argsort(-grams.count[kept], kind="stable")][:most]
    names = np.array(vocabulary, object)
    count, total = grams.count[rows], int(grams.count.sum())
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


def collocations(
    vocabulary: Sequence[str], pairs: Tuples, *, ordered: bool, stop: frozenset[str], min_count: int, most: int
) -> pa.Table:
    """The table `collocations` of one kind: pairs of two words that are no stop words, those of highest G2 first.

    `ordered` pairs are adjacent words, the first before the second. The others are pairs within the window, each of
    which counts for both orders, so that rows and columns of its table have the same sums.
    """
    left, right = pairs.columns
    count = pairs.count
    if ordered:
        first = np.bincount(left, count, len(vocabulary))
        second = np.bincount(right, count, len(vocabulary))
        total = count.sum()
    else:
        first = second = np.bincount(left, count, len(vocabulary)) + np.bincount(right, count, len(vocabulary))
        count = np.where(left == right, 2 * count, count)
        total = 2 * pairs.count.sum()
    is_stop = _is_stop(vocabulary, stop)
    listed = (pairs.count >= min_count) & ~is_stop[left] & ~is_stop[right] & (left != right)
    kept = np.flatnonzero(listed)
    count1, count2 = first[left[kept]].astype(np.int64), second[right[kept]].astype(np.int64)
    o11, o12, o21 = count[kept], count1 - count[kept], count2 - count[kept]
    cells = (o11, o12, o21, total - o11 - o12 - o21)
    names = np.array(vocabulary, object)
    columns = {
        "kind": np.full(len(kept), "adjacent" if ordered else "window", object),
        "word1": names[left[kept]],
        "word2": names[right[kept]],
        "count": o11,
        "count1": count1,
        "count2": count2,
        "n": np.full(len(kept), int(total)),
        "expected": association.expected(*cells),
        "documents": pairs.documents[kept],
        "g2": association.signed_g2(*cells),
        "pmi": association.pmi(*cells),
        "npmi": association.npmi(*cells),
        "log_dice": association.log_dice(*cells),
        "t": association.t_score(*cells),
        "delta_p": association.delta_p(*cells),
        "delta_p_back": association.delta_p(o11, o21, o12, cells[3]),
    }
    order = np.argsort(-columns["g2"], kind="stable")[:most]
    return to_table("collocations", {name: column[order] for name, column in columns.items()})


def main() -> None:
    """Make the tables of n-grams and collocations from the batches' counts."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    for name in ("batches", "settings", "folder"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    options = parser.parse_args()
    settings = read_settings(options.settings)
    chosen = {"stop": stop_words(settings["words"]), **settings["phrases"]}
    orders = settings["words"]["n"]
    source = open_batches(options.batches)
    vocabulary = source.vocabulary
    tuples = read_ngrams(source, sorted({2, *orders}))
    grams = [ngrams(vocabulary, tuples[order], **chosen) for order in sorted(orders)]
    found = [collocations(vocabulary, tuples[2], ordered=True, **chosen)]
    del tuples
    found.append(collocations(vocabulary, read_collocates(source), ordered=False, **chosen))
    write_table(options.folder, "ngrams", pa.concat_tables(grams), **settings["tables"])
    write_table(options.folder, "collocations", pa.concat_tables(found), **settings["tables"])


if __name__ == "__main__":
    main()
