"""Stratified random samples: how many units to draw from each stratum, and which."""

import random
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd


def allocate(sizes: Sequence[int], size: int) -> list[int]:
    """Return how many units to draw from strata of these sizes: half evenly, half by size, at least two from each.

    If a stratum is too small, the rest is drawn from the others. The sum is `size`, unless the strata have fewer units,
    or two from each are more.

    >>> allocate([1000, 100, 3], 40)
    [27, 10, 3]
    """
    total = sum(sizes)
    if size >= total:
        return list(sizes)
    return whole_rows([0.5 * size / len(sizes) + 0.5 * size * each / total for each in sizes], sizes, size)


def whole_rows(quotas: Sequence[float], sizes: Sequence[int], size: int) -> list[int]:
    """Return strata's quotas as whole rows, at least two each; if a stratum is too small, others make up for it.

    >>> whole_rows([0.4, 2.6, 9.0], [5, 5, 6], 12)
    [2, 4, 6]
    """
    drawn = [min(each, max(2, int(want))) for each, want in zip(sizes, quotas, strict=True)]
    while sum(drawn) < min(size, sum(sizes)):
        open_strata = [at for at, each in enumerate(sizes) if drawn[at] < each]
        drawn[max(open_strata, key=lambda at: (quotas[at] - drawn[at], -at))] += 1
    return drawn


def rows_by_size(labels: "pd.Series[Any]", size: int) -> dict[Any, int]:
    """Return how many rows to draw from each stratum, by `allocate`; `labels` is the stratum of each unit."""
    sizes = labels.groupby(labels, sort=True).size()
    return dict(zip(sizes.index, allocate(sizes.tolist(), size), strict=True)) if len(sizes) else {}


def draw_stratified(labels: "pd.Series[Any]", rows: Mapping[Any, int], *, seed: int) -> pd.DataFrame:
    """Return a stratified random sample, in random order, with columns unit, stratum and stratum_size.

    `labels` is the stratum of each unit (index), `rows` the number to draw from each stratum.
    """
    generator = random.Random(seed)
    drawn = [
        (unit, stratum, len(index))
        for stratum, index in labels.groupby(labels, sort=True).groups.items()
        for unit in generator.sample(sorted(index), rows[stratum])
    ]
    generator.shuffle(drawn)
    return pd.DataFrame(drawn, columns=["unit", "stratum", "stratum_size"])
