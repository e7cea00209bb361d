"""Some rows of a large table: by their numbers, by the largest values of a column, and those of the largest groups.

A row group is held at a time, and of the whole table at most one number a row.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa

from scripts.core.arrays import Ints
from scripts.core.storage import open_parquet, read_parquet

_Key = tuple[str, ...]
# Rows of a row group that are read at a time where few of them are wanted.
_AT_A_TIME = 65_536


def take_rows(path: Path, numbers: Sequence[int], columns: list[str] | None = None) -> pa.Table:
    """Return rows of a Parquet table by their numbers, in their order; row groups without any are not read."""
    places = np.asarray(numbers, np.int64)
    order = np.argsort(places, kind="stable")
    with open_parquet(path) as file:
        names = columns or file.schema_arrow.names
        parts, first = [file.schema_arrow.empty_table().select(names)], 0
        for group in range(file.num_row_groups):
            last = first + file.metadata.row_group(group).num_rows
            if len(_between(places[order], first, last)):
                options = {"row_groups": [group], "columns": names, "use_threads": False}
                for batch in file.iter_batches(_AT_A_TIME, **options):
                    inside = _between(places[order], first, first + len(batch)) - first
                    parts.append(pa.Table.from_batches([batch]).select(names).take(pa.array(inside)))
                    first += len(batch)
            first = last
    place = np.empty(len(order), np.int64)
    place[order] = np.arange(len(order))
    return pa.concat_tables(parts).take(pa.array(place))


def _between(places: Ints, first: int, last: int) -> Ints:
    """Return the numbers, which are in ascending order, from `first` to before `last`."""
    return places[slice(*np.searchsorted(places, [first, last]))]


def largest(path: Path, column: str, most: int) -> Ints:
    """Return the numbers of the rows with the `most` largest values in a column, and of all that equal the least."""
    values = read_parquet(path, [column])[column].to_numpy()
    if len(values) <= most:
        return np.arange(len(values))
    least = np.partition(values, len(values) - most)[len(values) - most]
    return np.flatnonzero(values >= least)


class _Block(NamedTuple):
    """A row group by the values of some columns: the number of its first row, of each row the number of its key in
    `keys`, and other columns, of whole numbers."""

    first: int
    key: Ints
    keys: list[_Key]
    others: dict[str, Ints]


def key_blocks(path: Path, columns: Sequence[str], others: Sequence[str] = ()) -> Iterator[_Block]:
    """Yield the row groups of a table by the values of texts in `columns`, of which a missing one is ""."""
    first = 0
    with open_parquet(path, dictionaries=columns) as file:
        for group in range(file.num_row_groups):
            rows = file.read_row_group(group, columns=[*columns, *others], use_threads=False)
            code = np.zeros(len(rows), np.int64)
            values: list[list[str]] = []
            for name in columns:
                encoded = rows[name].combine_chunks()
                values.append([*encoded.dictionary.to_pylist(), ""])
                indices = encoded.indices.fill_null(len(values[-1]) - 1).to_numpy(zero_copy_only=False)
                code = code * len(values[-1]) + indices
            key, distinct = pd.factorize(code)
            parts = np.unravel_index(distinct, [*map(len, values)])
            keys = [*zip(*([names[at] for at in part] for names, part in zip(values, parts, strict=True)), strict=True)]
            yield _Block(first, key, keys, {name: rows[name].to_numpy() for name in others})
            first += len(rows)


def leading_rows(
    path: Path,
    columns: Sequence[str],
    most: int,
    *,
    group: Callable[[_Key], _Key | None] = lambda key: key,
    size: str = "",
) -> tuple[list[int], int]:
    """Return the numbers of `most` rows, those of the heaviest group first, and how many rows there are.

    The values of `columns` tell the `group` of a row, None for a row that is left out. A group weighs what its rows
    have of the column `size`, or as many as they are; of equals the first by name. Within a group the rows stand by
    falling size, of equals in the order of the table.
    """
    others = [size] if size else []
    weights: Counter[_Key] = Counter()
    counts: Counter[_Key] = Counter()
    for block in key_blocks(path, columns, others):
        rows = np.bincount(block.key)
        sums = np.bincount(block.key, block.others[size]) if size else rows
        for key, n, weight in zip(block.keys, rows.tolist(), sums.tolist(), strict=True):
            if (own := group(key)) is not None:
                counts[own] += n
                weights[own] += int(weight)
    leading = sorted(counts, key=lambda own: (-weights[own], own))
    leading = leading[: 1 + bisect_left([*accumulate(counts[own] for own in leading)], most)]
    places: dict[_Key | None, int] = {own: place for place, own in enumerate(leading)}
    chosen: list[tuple[int, int, int]] = []
    for block in key_blocks(path, columns, others):
        place = np.array([places.get(group(key), -1) for key in block.keys], np.int64)[block.key]
        at = np.flatnonzero(place >= 0)
        sizes = block.others[size][at] if size else np.zeros(len(at), np.int64)
        keys = (place[at], -sizes, at + block.first)
        # No row group has more than `most` of the first rows of the table.
        first = np.lexsort(keys[::-1])[:most]
        chosen += zip(*(key[first].tolist() for key in keys), strict=True)
        if not size and sum(of_first == 0 for of_first, *_ in chosen) >= most:
            break  # rows of the first group that follow come after these
    return [number for *_, number in sorted(chosen)[:most]], counts.total()
