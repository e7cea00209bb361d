"""Counts for each value of an attribute of sources, by document: words, statements, first quoted, early, stances."""

from collections.abc import Mapping, Sequence
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
    """Counts of one attribute: its values, and for each measure the hits and totals by document (row) and value.

    Totals have one column where they are the same for all values. The measures: share of words, share of statements,
    words in quotation marks among the words of the value, documents whose first source it is among those with a source,
    share of statements in the first quarter of the documents; statements with a cue of each stance among the statements
    of the value that have a cue. Measures of `OWN_TOTALS` have one column more, for all values together.
    """

    values: list[str]
    hits: Mapping[str, Floats]
    totals: Mapping[str, Floats]

    def names(self, measure: str) -> list[str]:
        """Return the values in the order of the columns of a measure."""
        return [*self.values, ALL_VALUES] if measure in OWN_TOTALS else self.values


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

    words, cues = sums(rows["words"]), sums(rows["stance"] != NO_CUE)
    hits = {WORDS: words, STATEMENTS: sums(rows["words"] > 0), DIRECT: sums(rows["words_direct"])}
    hits |= {FIRST: sums(rows["first"]), EARLY: sums(rows["early"])}
    hits |= {stance: sums(rows["stance"] == stance) for stance in STANCES}
    totals = {measure: hits[measure].sum(axis=1, keepdims=True) for measure in MEASURES}
    totals |= {DIRECT: words} | dict.fromkeys(STANCES, cues)
    for measure in OWN_TOTALS:
        hits[measure], totals[measure] = (_with_sum(each[measure]) for each in (hits, totals))
    return Counts(names, hits, totals)


def _with_sum(columns: Floats) -> Floats:
    """Return columns with their sum as one column more."""
    return np.column_stack([columns, columns.sum(axis=1)])
