"""Counts of sources by group of documents and by origin; the samples of groups wait in a file.

The sums over bootstrap samples of all groups at once would not fit into memory.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import IO, NamedTuple

import numpy as np

from scripts.core.arrays import Ints
from scripts.documents.origins import OWN
from scripts.sources.source_counts import Statements
from scripts.sources.source_parts import AttributePart, added_parts, attribute_parts


def by_group_and_origin(groups: Sequence[str], origins: Sequence[str]) -> dict[tuple[str, str], Ints]:
    """Return the numbers of the documents of each group and origin, groups in alphabetical order.

    >>> by_group_and_origin(["b", "", "b"], ["own", "own", "own"])
    {('', 'own'): array([1]), ('b', 'own'): array([0, 2])}
    """
    numbers = defaultdict(list)
    for number, key in enumerate(zip(groups, origins, strict=True)):
        numbers[key].append(number)
    return {key: np.array(numbers[key], np.int64) for key in sorted(numbers)} or {("", OWN): np.empty(0, np.int64)}


def _set_aside(part: AttributePart, file: IO[bytes]) -> AttributePart:
    """Return a part without the sums of its samples, which are written to a file."""
    np.save(file, part.drawn.astype(np.min_scalar_type(int(np.max(part.drawn)))))
    return part._replace(drawn=part.drawn[:0])


def fetched(part: AttributePart, file: IO[bytes]) -> AttributePart:
    """Return a part with the sums of its samples, which are the next in a file."""
    return part._replace(drawn=np.load(file).astype(float))


def _add(sums: dict[str, AttributePart], key: str, part: AttributePart) -> None:
    """Add the counts of more documents to those of a key."""
    sums[key] = added_parts(sums[key], part) if key in sums else part


class _Counts(NamedTuple):
    """Counts of sources by attribute: of all documents by origin, and of the documents in each group.

    `groups` are group, attribute, origin and counts, those of a group together, without the sums of samples.
    """

    everything: dict[str, dict[str, AttributePart]]
    grouped: dict[str, AttributePart]
    groups: list[tuple[str, str, str, AttributePart]]


def group_counts(
    statements: Statements,
    doc_ids: Sequence[str],
    documents: Mapping[tuple[str, str], Ints],
    file: IO[bytes],
    resamples: int,
) -> _Counts:
    """Return the counts of documents by group and origin; the sums of the samples of groups are written to a file."""
    counts = _Counts(defaultdict(dict), {}, [])
    has_groups = len({group for group, _ in documents} - {""}) > 1
    for (group, origin), numbers in documents.items():
        for attribute, part in attribute_parts(statements, doc_ids, numbers, resamples=resamples).items():
            _add(counts.everything[attribute], origin, part)
            if group and has_groups:
                _add(counts.grouped, attribute, part)
                counts.groups.append((group, attribute, origin, _set_aside(part, file)))
    file.seek(0)
    return counts
