"""Some rows of a large table: by their numbers, by the largest values of a column, and the commonest values first.

A column is held at a time, and of texts a number for each row; whole rows are read only of those that are shown.
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from scripts.core.storage import open_parquet, read_parquet

Ints = NDArray[np.int64]


def take_rows(path: Path, numbers: Sequence[int], columns: list[str] | None = None) -> pa.Table:
    """Return rows of a Parquet table by their numbers, in their order; row groups without any are not read."""
    places = np.asarray(numbers, np.int64)
    order = np.argsort(places, kind="stable")
    with open_parquet(path) as file:
        names = columns or file.schema_arrow.names
        parts, first = [file.schema_arrow.empty_table().select(names)], 0
        for group in range(file.num_row_groups):
            last = first + file.metadata.row_group(group).num_rows
            inside = places[order[slice(*np.searchsorted(places[order], [first, last]))]] - first
            if len(inside):
                rows = file.read_row_group(group, columns=names, use_threads=False).select(names)
                parts.append(rows.take(pa.array(inside)))
            first = last
    place = np.empty(len(order), np.int64)
    place[order] = np.arange(len(order))
    return pa.concat_tables(parts).take(pa.array(place))


def largest(path: Path, column: str, most: int) -> Ints:
    """Return the numbers of the rows with the `most` largest values in a column, and of all that equal the least."""
    values = read_parquet(path, [column])[column].to_numpy()
    if len(values) <= most:
        return np.arange(len(values))
    least = np.partition(values, len(values) - most)[len(values) - most]
    return np.flatnonzero(values >= least)


def read_codes(path: Path, column: str) -> tuple[NDArray[np.int32], list[str]]:
    """Return a column of texts as the number of each row's value, and the values in order; a missing one is ""."""
    encoded = read_parquet(path, [column], dictionaries=[column])[column].combine_chunks()
    values = encoded.dictionary.to_pylist()
    names = sorted({*values, *([""] if encoded.null_count else [])})
    ranks = {name: rank for rank, name in enumerate(names)}
    # A missing value has the last number.
    rank = np.array([*(ranks[name] for name in values), ranks.get("", -1)], np.int32)
    return rank[encoded.indices.fill_null(len(values)).to_numpy()], names


def commonest_first(codes: NDArray[np.integer], most: int) -> Ints:
    """Return the numbers of `most` rows: those of the commonest code first, of equals the lower, in the rows' order.

    >>> commonest_first(np.array([2, 0, 1, 1, 2]), 3).tolist()
    [2, 3, 0]
    """
    counts = np.bincount(codes)
    ranked = np.lexsort((np.arange(len(counts)), -counts))
    # As many codes as it takes to have so many rows.
    chosen = ranked[: np.searchsorted(np.cumsum(counts[ranked]), most) + 1]
    place = np.full(len(counts), len(counts))
    place[chosen] = np.arange(len(chosen))
    rows = np.flatnonzero(np.isin(codes, chosen))
    return rows[np.argsort(place[codes[rows]], kind="stable")][:most]
