"""Sums of the counts of word sequences and pairs over all batches, which wait on disk if there are many.

The sequences of a million articles are some 800 million rows before they are summed. Equal ones go to the same bucket
on disk, so each bucket is summed by itself, and memory holds one at a time.
"""

import tempfile
from collections.abc import Iterator, Sequence
from functools import reduce
from typing import NamedTuple

import numpy as np

from scripts.core.arrays import Ints
from scripts.maths.tuples import pack, sum_packed, unpack

Packed = tuple[list[Ints], Ints, Ints]
_ROWS = 5_000_000  # tuples in memory, some 300 MB, before they are summed and written
_MIXED = np.uint64(0x9E3779B97F4A7C15)


class Tuples(NamedTuple):
    """Distinct tuples of words in alphabetical order: a column of word numbers for each place, and counts.

    `counts` is how often a tuple occurs, `documents` in how many documents.
    """

    columns: list[Ints]
    counts: Ints
    documents: Ints


class BucketSums:
    """Sums of the counts of tuples of `places` word numbers below `size`; iterate to get them, one bucket at a time.

    `margins` has, for each place in a tuple, how often each word occurs there. With several `buckets` the tuples wait
    in the folder for temporary files (TMPDIR), in files without names, so that a killed job leaves none behind.
    """

    def __init__(self, *, size: int, places: int, buckets: int) -> None:
        """Begin with no tuples."""
        self.margins = [np.zeros(size, np.int64) for _ in range(places)]
        self._sizes = [size] * places
        none = np.array([], np.int32)
        self._nothing: Packed = (pack([none] * places, self._sizes), none, none)
        self._waiting: list[Packed] = []
        self._files = [tempfile.TemporaryFile() for _ in range(buckets if buckets > 1 else 0)]  # noqa: SIM115

    def add(self, columns: Sequence[Ints], counts: Ints, documents: Ints) -> None:
        """Add the tuples of a batch, whose counts fit into 32 bits."""
        for margin, column in zip(self.margins, columns, strict=True):
            np.add.at(margin, column, counts)
        self._waiting.append((pack(columns, self._sizes), counts.astype(np.int32), documents.astype(np.int32)))
        if self._files and sum(len(part[1]) for part in self._waiting) > _ROWS:
            self._store()

    def _summed(self) -> Packed:
        """Return the packed tuples that wait in memory, with their sums, and clear the waiting ones."""
        codes, *counts = zip(self._nothing, *self._waiting, strict=True)
        self._waiting = []
        packed, sums = sum_packed([*map(np.concatenate, zip(*codes, strict=True))], *map(np.concatenate, counts))
        return packed, sums[0], sums[1]

    def _store(self) -> None:
        """Write the tuples that wait in memory to the files of their buckets."""
        packed, *counts = self._summed()
        rows = np.empty(len(counts[0]), self._row())
        rows["codes"], rows["counts"] = np.stack(packed, 1), np.stack(counts, 1)
        mixed = [code.view(np.uint64) * (_MIXED + np.uint64(2 * place)) for place, code in enumerate(packed)]
        bucket = (reduce(np.bitwise_xor, mixed) >> np.uint64(32)) % np.uint64(len(self._files))
        order = np.argsort(bucket, kind="stable")
        bounds = np.searchsorted(bucket[order], np.arange(1, len(self._files), dtype=np.uint64))
        for file, part in zip(self._files, np.split(rows[order], bounds), strict=True):
            part.tofile(file)

    def _row(self) -> np.dtype:
        """Return the type of a row of a bucket's file."""
        return np.dtype([("codes", np.int64, (len(self._nothing[0]),)), ("counts", np.int32, (2,))])

    def __iter__(self) -> Iterator[Tuples]:
        """Yield all tuples with their sums, one bucket at a time; works only once."""
        if not self._files:
            packed, *counts = self._summed()
            yield Tuples(unpack(packed, self._sizes), *counts)
            return
        self._store()
        for file in self._files:
            file.seek(0)
            rows = np.fromfile(file, self._row())
            file.close()
            packed, sums = sum_packed([*rows["codes"].T], *rows["counts"].T)
            yield Tuples(unpack(packed, self._sizes), *sums)
