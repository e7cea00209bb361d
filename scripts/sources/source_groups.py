"""Counts of sources by group of documents and by origin."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any, NamedTuple

import numpy as np

from scripts.core.arrays import Ints
from scripts.documents.origins import OWN
from scripts.maths.document_shares import added
from scripts.sources.source_counts import AttributeCells, Statements
from scripts.sources.source_parts import AttributePart, attribute_parts
from scripts.sources.source_statistics import diversity

_Parts = dict[str, AttributePart]  # by origin


def by_group_and_origin(groups: Sequence[str], origins: Sequence[str]) -> dict[tuple[str, str], Ints]:
    """Return the numbers of the documents of each (group, origin), in alphabetical order.

    >>> by_group_and_origin(["b", "", "b"], ["own", "own", "own"])
    {('', 'own'): array([1]), ('b', 'own'): array([0, 2])}
    """
    numbers = defaultdict(list)
    for number, key in enumerate(zip(groups, origins, strict=True)):
        numbers[key].append(number)
    return {key: np.array(numbers[key], np.int64) for key in sorted(numbers)} or {("", OWN): np.empty(0, np.int64)}


class GroupCounts(NamedTuple):
    """Counts of sources by attribute and origin, for all documents and for each group of them.

    Groups do not keep the sums of bootstrap samples, which would not fit into memory; `diversity` has the columns of
    source_diversity made from them, by group and attribute.
    """

    everything: dict[str, _Parts]
    groups: dict[str, dict[str, _Parts]]
    diversity: dict[tuple[str, str], dict[str, Any]]


def group_counts(
    statements: Statements,
    doc_ids: Sequence[str],
    documents: Mapping[tuple[str, str], Ints],
    cells: Mapping[str, AttributeCells],
    resamples: int,
) -> GroupCounts:
    """Return the counts of `documents`, which are given by group and origin; `cells` has each attribute's cells."""
    counts = GroupCounts({attribute: {} for attribute in cells}, {}, {})
    has_groups = len({group for group, _ in documents} - {""}) > 1
    for group, keys in groupby(documents, key=lambda key: key[0]):
        of_group: dict[str, _Parts] = defaultdict(dict)
        for key in keys:
            parts = attribute_parts(statements, doc_ids, documents[key], cells, resamples=resamples)
            for attribute, part in parts.items():
                of_group[attribute][key[1]] = part
                before = counts.everything[attribute].get(key[1])
                counts.everything[attribute][key[1]] = added(before, part) if before else part
        if group and has_groups:
            for attribute, of_origin in of_group.items():
                counts.diversity[group, attribute] = diversity(cells[attribute], added(*of_origin.values()))
                for origin, part in of_origin.items():
                    of_origin[origin] = part._replace(drawn=part.drawn[:0])
            counts.groups[group] = of_group
    return counts
