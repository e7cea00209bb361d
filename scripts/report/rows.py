"""Selected rows of a large table: by number, by the largest values of a column, or of the largest groups.

Memory holds at most a few numbers for each row of the table.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Sequence
from heapq import nsmallest
from itertools import accumulate
from pathlib import Path

import numpy as np
import pyarrow as pa

from scripts.core.arrays import Ints
from scripts.core.encoded import distinct_texts, encoded_frame
from scripts.core.storage import open_parquet, read_parquet

_Key = tuple[str, ...]
# Rows of a row group that are read at a time when few of them are needed.
_AT_A_TIME = 65_536


def take_rows(path: Path, numbers: Sequence[int], columns: list[str] | None = None) -> pa.Table:
    """Return the rows of a Parquet table with these numbers, in the order given; skip row groups that have none."""
    order = np.argsort(numbers, kind="stable")
    places = np.asarray(numbers, np.int64)[order]
    with open_parquet(path) as file:
        names = columns or file.schema_arrow.names
        parts, first = [file.schema_arrow.empty_table().select(names)], 0
        for group in range(file.num_row_groups):
            last = first + file.metadata.row_group(group).num_rows
            if len(_between(places, first, last)):
                options = {"row_groups": [group], "columns": names, "use_threads": False}
                for batch in file.iter_batches(_AT_A_TIME, **options):
                    inside = _between(places, first, first + len(batch)) - first
                    parts.append(pa.Table.from_batches([batch]).select(names).take(pa.array(inside)))
                    first += len(batch)
            first = last
    return pa.concat_tables(parts).take(pa.array(np.argsort(order)))


def _between(places: Ints, first: int, last: int) -> Ints:
    """Return the numbers from `first` up to but not including `last`; `places` are in ascending order."""
    return places[slice(*np.searchsorted(places, [first, last]))]


def largest(path: Path, column: str, most: int) -> Ints:
    """Return the numbers of the rows with the `most` largest values in a column, including all ties with the last."""
    values = read_parquet(path, [column])[column].to_pandas()
    return np.sort(values.nlargest(most, keep="all").index.to_numpy())


def leading_rows(
    path: Path,
    columns: Sequence[str],
    most: int,
    *,
    group: Callable[[_Key], _Key | None] = lambda key: key,
    size: str = "",
) -> tuple[list[int], int]:
    """Return the numbers of at most `most` rows, those of the heaviest group first, and the number of all rows.

    `group` maps the values of a row in `columns` ("" if missing) to its group, or to None if the row is left out. The
    weight of a group is the sum of the column `size` over its rows, or their number without `size`; ties go by name.
    Within a group, rows are in descending order of size, ties in the order of the table.
    """
    table = read_parquet(path, [*columns, *([size] if size else [])], dictionaries=columns)
    number, keys = distinct_texts([encoded_frame(table)[name] for name in columns])
    sizes = table[size].to_numpy() if size else np.ones(len(number), np.int64)
    weights: Counter[_Key] = Counter()
    counts: Counter[_Key] = Counter()
    groups = [group(key) for key in keys]
    for own, n, weight in zip(groups, np.bincount(number).tolist(), np.bincount(number, sizes).tolist(), strict=True):
        if own is not None:
            counts[own] += n
            weights[own] += int(weight)
    # Each group has a row or more.
    leading = nsmallest(most, counts, key=lambda own: (-weights[own], own))
    leading = leading[: 1 + bisect_left([*accumulate(counts[own] for own in leading)], most)]
    places: dict[_Key | None, int] = {own: place for place, own in enumerate(leading)}
    place = np.array([places.get(own, -1) for own in groups], np.int64)[number]
    rows = np.flatnonzero(place >= 0)
    order = np.lexsort((rows, -sizes[rows], place[rows]))[:most]
    return rows[order].tolist(), counts.total()
