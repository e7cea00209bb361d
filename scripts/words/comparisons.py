"""Comparisons of groups of documents: each value of a column with the other values, or the corpus with a reference."""

from typing import NamedTuple

import numpy as np
import pyarrow as pa

from scripts.core.arrays import Mask
from scripts.documents.groups import UnknownColumn, group_values

# The group of all documents, when they are compared with a reference corpus.
CORPUS = "this corpus"


class WordComparison(NamedTuple):
    """Two sets of documents, as masks over all documents: those of a group (`target`) and others (`reference`)."""

    column: str
    target: str
    reference: str
    in_target: Mask
    in_reference: Mask


class NotComparable(NamedTuple):
    """A comparison that the settings ask for but that cannot be made, and the reason."""

    column: str
    reason: str


def compare_values(documents: pa.Table, column: str, *, most: int) -> list[WordComparison | NotComparable]:
    """Return a comparison of each value of a column with all its other values, among documents that have one.

    `column` is a column of the table documents, `folder`, `year` or `month`. A column that does not exist, or has more
    than `most` values or fewer than two, gives a NotComparable instead.
    """
    try:
        values = np.array(group_values(documents, column), object)
    except UnknownColumn as error:
        return [NotComparable(column, str(error))]
    names = sorted(set(values.tolist()) - {""})
    if len(names) < 2:
        return [NotComparable(column, f"not estimable: {len(names)} value{'' if len(names) == 1 else 's'} to compare")]
    if len(names) > most:
        return [NotComparable(column, f"left out: {len(names)} values are more than keyness.max_groups = {most}")]
    known = values != ""
    return [WordComparison(column, name, "the others", values == name, known & (values != name)) for name in names]


def compare_corpora(documents: int, references: int, name: str) -> WordComparison:
    """Return the comparison of the first `documents` documents, the corpus, with the `references` documents after them.

    >>> compare_corpora(1, 2, "other news").in_reference.tolist()
    [False, True, True]
    """
    in_target = np.arange(documents + references) < documents
    return WordComparison("corpus", CORPUS, name, in_target, ~in_target)


def with_reference(comparison: WordComparison, references: int) -> WordComparison:
    """Return a comparison within the corpus with its masks extended by `references` documents, which are on no side."""
    none = np.zeros(references, bool)
    in_target, in_reference = (np.r_[side, none] for side in (comparison.in_target, comparison.in_reference))
    return comparison._replace(in_target=in_target, in_reference=in_reference)
