"""The tables of word sequences: n-grams."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from scripts.batches import read_batches
from scripts.frequencies.corpus import MILLION, read_vocabularies
from scripts.intervals import wilson
from scripts.lexicons import stop_words
from scripts.storage import read_parquet, read_settings, to_table
from scripts.tables import write_table

Ints = np.ndarray


class Tuples(NamedTuple):
    """Distinct tuples of words in alphabetical order: a column of word numbers a place, and their counts."""

    columns: list[Ints]
    count: Ints
    documents: Ints


def summed(parts: Sequence[Tuples], size: int) -> Tuples:
    """The tuples of all parts, equal ones summed; word numbers lie below `size`."""
    columns = [np.concatenate(column) for column in zip(*(part.columns for part in parts), strict=True)]
    count = np.concatenate([part.count for part in parts])
    documents = np.concatenate([part.documents for part in parts])
    code, span = columns[0], size
    for column in columns[1:]:
        if span * size >= 2**63:
            distinct, code = np.unique(code, return_inverse=True)
            span = len(distinct)
        code, span = code * size + column, span * size
    order = np.argsort(code)
    code = code[order]
    starts = np.flatnonzero(np.r_[True, code[1:] != code[:-1]]) if len(code) else order
    return Tuples(
        [column[order][starts] for column in columns],
        np.add.reduceat(count[order], starts) if len(code) else count,
        np.add.reduceat(documents[order], starts) if len(code) else documents,
    )


def read_ngrams(folder: Path, order: int) -> tuple[list[str], Tuples]:
    """The vocabulary, and the n-grams of one order of all batches below `folder`."""
    batches = read_batches(folder)
    vocabulary, numbers = read_vocabularies(folder, batches)
    names = [f"word{place}" for place in range(1, order + 1)]
    none = np.array([], np.int64)
    parts = [Tuples([none] * order, none, none)]
    for batch, number in zip(batches, numbers, strict=True):
        path = folder / batch / "ngram_counts.parquet"
        table = read_parquet(path, ["order", *names, "count", "documents"])
        there = table["order"].to_numpy() == order
        columns = [number[table[name].to_numpy()[there]] for name in names]
        parts.append(Tuples(columns, table["count"].to_numpy()[there], table["documents"].to_numpy()[there]))
    return vocabulary, summed(parts, len(vocabulary))


def ngrams(vocabulary: Sequence[str], grams: Tuples, *, stop: frozenset[str], min_count: int) -> pa.Table:
    """The table `ngrams` of one order: those that neither begin nor end with a stop word, the most frequent first."""
    is_stop = np.array([word in stop for word in vocabulary], bool)
    kept = (grams.count >= min_count) & ~is_stop[grams.columns[0]] & ~is_stop[grams.columns[-1]]
    count = grams.count[kept]
    order = np.argsort(-count, kind="stable")
    names = np.array(vocabulary, object)
    total, rows, length = int(grams.count.sum()), len(order), len(grams.columns)
    lo, hi = wilson(count[order], total)
    text = names[grams.columns[0][kept][order]]
    for column in grams.columns[1:]:
        text = text + " " + names[column[kept][order]]
    return to_table(
        "ngrams",
        {
            "order": np.full(rows, length),
            "ngram": text,
            "count": count[order],
            "n": np.full(rows, total),
            "estimate": count[order] / max(total, 1) * MILLION,
            "lo": lo * MILLION,
            "hi": hi * MILLION,
            "documents": grams.documents[kept][order],
            "method": np.full(rows, "Wilson 95 %", object),
        },
    )


def main() -> None:
    """Make the tables of word sequences from the batches' counts."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    for name in ("batches", "settings", "folder"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    options = parser.parse_args()
    settings = read_settings(options.settings)
    words = settings["words"]
    stop = stop_words(words)
    tables = [
        ngrams(*read_ngrams(options.batches, order), stop=stop, min_count=words["min_count"]) for order in words["n"]
    ]
    write_table(options.folder, "ngrams", pa.concat_tables(tables), **settings["tables"])


if __name__ == "__main__":
    main()
