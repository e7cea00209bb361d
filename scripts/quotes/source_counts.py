"""Counts for each value of an attribute of sources, by document: words, statements, first quoted, early, stances."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from scripts.maths.intervals import Floats
from scripts.quotes.cue_stances import NO_CUE, STANCES

UNKNOWN, OTHER_VALUES, ALL_VALUES = "unknown", "(other values)", "(all)"
MOST = 50  # values of an attribute; the rest are counted together
WORDS, STATEMENTS, DIRECT, FIRST, EARLY = _SHARES = ("words", "statements", "direct", "first", "early")
MEASURES = (*_SHARES, *STANCES)
# Measures that are a share of what the value itself has, not of what all values have.
OWN_TOTALS = (DIRECT, *STANCES)


class Counts(NamedTuple):
    """Counts of one attribute by document (row) and cell (column): a value of the attribute, by a measure.

    The measures: share of words, share of statements, words in quotation marks among the words of the value, documents
    whose first source it is among those with a source, share of statements in the first quarter of the documents;
    statements with a cue of each stance among the statements of the value that have a cue. Measures of `OWN_TOTALS`
    have a cell more, for all values together.

    `names` are the values, the unknown last, and `ALL_VALUES`. Of each cell there are the number of its name (`name`),
    its measure, the column of `totals` that it is a share of (`total`), and the cell of the unknown by its measure,
    or, of a share of what the value itself has, by words; of stances by statements (`unknown`).
    """

    names: NDArray[np.object_]
    name: NDArray[np.intp]
    measure: NDArray[np.object_]
    total: NDArray[np.intp]
    unknown: NDArray[np.intp]
    hits: Floats
    totals: Floats

    def words(self) -> slice:
        """Return the cells of words, one a value."""
        return slice(0, len(self.names) - 1)


def counts_sources(documents: pd.DataFrame) -> "pd.Series[bool]":
    """Return for each document (columns parsed and duplicate_of) whether its sources count: it repeats no earlier one.

    A document that was not parsed has none.
    """
    return documents["parsed"].astype(bool) & (documents["duplicate_of"].fillna("") == "")


def value_names(values: Sequence[str], words: NDArray[np.int64]) -> list[str]:
    """Return the values to count, those with most words first, then the rest together, the unknown last.

    >>> value_names(["b", "", "a", "b"], np.array([1, 9, 2, 2]))
    ['b', 'a', 'unknown']
    """
    sums: dict[str, int] = {}
    for value, n in zip(values, words.tolist(), strict=True):
        sums[value or UNKNOWN] = sums.get(value or UNKNOWN, 0) + n
    names = sorted({*sums} - {UNKNOWN}, key=lambda value: (-sums[value], value))
    return [*names[:MOST], *([OTHER_VALUES] if len(names) > MOST else []), UNKNOWN]


def count(rows: pd.DataFrame, values: Sequence[str], doc_ids: Sequence[str]) -> Counts:
    """Return the counts of an attribute over the documents `doc_ids`; rows of others do not count.

    `values` has its value for each of `rows` (table quote_sources), "" where it is not known.
    """
    document = pd.Index(doc_ids).get_indexer(pd.Index(rows["doc_id"]))
    chosen = document >= 0
    rows, document = rows[chosen], document[chosen]
    chosen_values = [value for value, is_chosen in zip(values, chosen, strict=True) if is_chosen]
    names = value_names(chosen_values, rows["words"].to_numpy(np.int64))
    place = {name: at for at, name in enumerate(names)}
    rest = place.get(OTHER_VALUES, place[UNKNOWN])
    cells = document * len(names) + np.array([place.get(value or UNKNOWN, rest) for value in chosen_values], np.intp)

    def sums(column: pd.Series) -> Floats:
        size = len(doc_ids) * len(names)
        return np.bincount(cells, column.to_numpy(float), size).reshape(len(doc_ids), len(names))

    hits = {WORDS: sums(rows["words"]), STATEMENTS: sums(rows["words"] > 0), DIRECT: sums(rows["words_direct"])}
    hits |= {FIRST: sums(rows["first"]), EARLY: sums(rows["early"])}
    hits |= {stance: sums(rows["stance"] == stance) for stance in STANCES}
    own_totals = {DIRECT: hits[WORDS]} | dict.fromkeys(STANCES, sums(rows["stance"] != NO_CUE))
    columns: list[tuple[int, str, int, int]] = []
    totals: list[Floats] = []
    first: dict[str, int] = {}
    for measure in MEASURES:
        first[measure] = len(columns)
        next_total = sum(each.shape[1] for each in totals)
        if measure in OWN_TOTALS:
            hits[measure], of_values = (_with_sum(each[measure]) for each in (hits, own_totals))
            totals.append(of_values)
            of, unknown = [*range(next_total, next_total + len(names) + 1)], STATEMENTS if measure in STANCES else WORDS
        else:
            totals.append(hits[measure].sum(axis=1, keepdims=True))
            of, unknown = [next_total] * len(names), measure
        columns += [(name, measure, total, first[unknown] + len(names) - 1) for name, total in enumerate(of)]
    name, measure_of, total, unknown_of = zip(*columns, strict=True)
    return Counts(
        np.array([*names, ALL_VALUES], object),
        np.array(name),
        np.array(measure_of, object),
        np.array(total),
        np.array(unknown_of),
        np.hstack([hits[measure] for measure in MEASURES]),
        np.hstack(totals),
    )


def _with_sum(columns: Floats) -> Floats:
    """Return columns with their sum as one column more."""
    return np.column_stack([columns, columns.sum(axis=1)])
