"""The tables of words that stand together: n-grams, and collocations, adjacent or within a window."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from scripts.batches import read_batches
from scripts.frequencies import association
from scripts.frequencies.corpus import MILLION, read_vocabularies
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


def summed(parts: Sequence[Tuples], size: int) -> Tuples:
    """The tuples of all parts, equal ones summed; word numbers lie below `size`."""
    columns = [np.concatenate(column) for column in zip(*(part.columns for part in parts), strict=True)]
    count, documents = (np.concatenate([getattr(part, name) for part in parts]) for name in ("count", "documents"))
    if not len(count):
        return Tuples(columns, count, documents)
    code, span = columns[0], size
    for column in columns[1:]:
        if span * size >= 2**63:
            distinct, code = np.unique(code, return_inverse=True)
            span = len(distinct)
        code, span = code * size + column, span * size
    order = np.argsort(code)
    starts = np.flatnonzero(np.diff(code[order], prepend=-1))
    return Tuples(
        [column[order[starts]] for column in columns],
        np.add.reduceat(count[order], starts),
        np.add.reduceat(documents[order], starts),
    )


def read_tuples(folder: Path, name: str, places: int, *, order: int | None = None) -> tuple[list[str], Tuples]:
    """The vocabulary and the tuples of all batches: of the batches' table `name`, and with `order` its n-grams of n."""
    batches = read_batches(folder)
    vocabulary, numbers = read_vocabularies(folder, batches)
    columns = [f"word{place}" for place in range(1, places + 1)]
    none = np.array([], np.int64)
    parts = [Tuples([none] * places, none, none)]
    for batch, number in zip(batches, numbers, strict=True):
        wanted = [*columns, "count", "documents", *(["order"] if order else [])]
        table = read_parquet(folder / batch / f"{name}.parquet", wanted)
        arrays = {column: table[column].to_numpy() for column in wanted}
        if order:
            there = arrays["order"] == order
            arrays = {column: array[there] for column, array in arrays.items()}
        parts.append(Tuples([number[arrays[column]] for column in columns], arrays["count"], arrays["documents"]))
    return vocabulary, summed(parts, len(vocabulary))


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
    grams, found = [], []
    for order in sorted({2, *settings["words"]["n"]}):
        vocabulary, tuples = read_tuples(options.batches, "ngram_counts", order, order=order)
        if order in settings["words"]["n"]:
            grams.append(ngrams(vocabulary, tuples, **chosen))
        if order == 2:
            found.append(collocations(vocabulary, tuples, ordered=True, **chosen))
    found.append(collocations(*read_tuples(options.batches, "collocate_counts", 2), ordered=False, **chosen))
    write_table(options.folder, "ngrams", pa.concat_tables(grams), **settings["tables"])
    write_table(options.folder, "collocations", pa.concat_tables(found), **settings["tables"])


if __name__ == "__main__":
    main()
