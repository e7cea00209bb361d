"""Groups of documents to compare: by any column of the documents table, a document's folder, its year or its month."""

from typing import NamedTuple

import numpy as np
import pyarrow as pa

Mask = np.ndarray
# The group of all documents, when they are compared with other articles.
CORPUS = "this corpus"


class Comparison(NamedTuple):
    """Documents to compare: those of a group (`target`) with others (`reference`), as masks over all documents."""

    column: str
    target: str
    reference: str
    in_target: Mask
    in_reference: Mask


class NotComparable(NamedTuple):
    """A comparison that was asked for and cannot be made, and why."""

    column: str
    reason: str


def group_values(documents: pa.Table, column: str) -> list[str]:
    """The value of each document in `column`, "" where it has none.

    Besides the table's own columns there are `folder` (below seeds/), `year` and `month` (of `date`). Raises KeyError
    with the columns there are if there is no such column.
    """
    if column == "folder":
        return [seed.rpartition("/")[0] for seed in documents["seed"].to_pylist()]
    if column in ("year", "month"):
        length = 4 if column == "year" else 7
        dates = [date or "" for date in documents["date"].to_pylist()]
        return [date[:length] if len(date) >= length else "" for date in dates]
    if column not in documents.column_names:
        known = ", ".join(["folder", "year", "month", *documents.column_names])
        raise KeyError(f"groups: no column '{column}' in the documents table; there are: {known}")
    return ["" if value is None else str(value) for value in documents[column].to_pylist()]


def comparisons(documents: pa.Table, column: str, *, most: int) -> list[Comparison | NotComparable]:
    """Each value of a column against all other values; documents without a value are left out on both sides.

    A column of more than `most` values, of fewer than two, or that is not there gives the reason instead.
    """
    try:
        values = np.array(group_values(documents, column), object)
    except KeyError as error:
        return [NotComparable(column, str(error.args[0]))]
    names = sorted(set(values.tolist()) - {""})
    if len(names) < 2:
        return [NotComparable(column, f"not estimable: {len(names)} value{'' if len(names) == 1 else 's'} to compare")]
    if len(names) > most:
        return [NotComparable(column, f"left out: {len(names)} values are more than keyness.max_groups = {most}")]
    known = values != ""
    return [Comparison(column, name, "the others", values == name, known & (values != name)) for name in names]


def against(documents: int, references: int, name: str) -> Comparison:
    """The first `documents` of all, the corpus, against the `references` that follow, another folder."""
    in_target = np.arange(documents + references) < documents
    return Comparison("corpus", CORPUS, name, in_target, ~in_target)
