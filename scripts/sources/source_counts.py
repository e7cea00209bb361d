"""Counts for each value of an attribute of sources: words, statements, first quoted, early, and stances of cues.

`Statements` holds the attributions of a corpus as numbers; `sums` counts them by document; `AttributeCells` says which
counts make each measure of a value, and the totals of which they are shares.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import ArrayLike, NDArray

from scripts.core.arrays import Floats, Ints
from scripts.core.known_sources import KnownSources
from scripts.core.stand_ins import ALL
from scripts.core.text_values import looked_up
from scripts.maths.ranking import by_frequency
from scripts.maths.tuples import ranges
from scripts.sources.cue_stances import NO_CUE, STANCES, UNLISTED

KIND = "kind"
UNKNOWN, OTHER_VALUES, ALL_VALUES = "unknown", "(other values)", ALL
LEAST_KNOWN = 0.33  # share of words with a known value that comparing groups needs (`sources_known` in config.yaml)
MOST_VALUES = 50  # values of an attribute; the rest are counted together
WORDS, STATEMENTS, DIRECT, FIRST, EARLY = _SHARES = ("words", "statements", "direct", "first", "early")
MEASURES = (*_SHARES, *STANCES)
# Measures that are a share of the value's own total, not of the total of all values.
OWN_TOTALS = (DIRECT, *STANCES)
_WITH_CUE = "with cue"
# Counts from which all measures are made, with their place in arrays of `sums`.
SUMS = {name: place for place, name in enumerate((*MEASURES, _WITH_CUE))}
# The stances of cues as numbers; the stances that are measures come first.
_STANCES = {name: number for number, name in enumerate((*STANCES, UNLISTED, NO_CUE))}
_SIZES = {"words": np.int32, "words_direct": np.int32, "row": np.int32}  # the other columns need one byte
SOURCE_COLUMNS = ["doc_id", "kind", "row", "words", "words_direct", "first", "early", "stance"]


def counts_sources(parsed: ArrayLike, duplicate_of: Iterable[str | None]) -> NDArray[np.bool_]:
    """Return a mask of the documents whose sources count: those parsed that do not repeat an earlier document.

    >>> counts_sources([True, True, False], [None, "a", ""]).tolist()
    [True, False, False]
    """
    return np.asarray(parsed, bool) & ~np.array([bool(original) for original in duplicate_of], bool)


def value_names(values: Sequence[str], words: NDArray[np.int64]) -> list[str]:
    """Return the values to count, those with most words first, then the rest together, the unknown last.

    >>> value_names(["b", "", "a", "b"], np.array([1, 9, 2, 2]))
    ['b', 'a', 'unknown']
    """
    totals: dict[str, int] = {}
    for value, n in zip(values, words.tolist(), strict=True):
        totals[value or UNKNOWN] = totals.get(value or UNKNOWN, 0) + n
    names = [value for value in by_frequency(totals) if value != UNKNOWN]
    return [*names[:MOST_VALUES], *([OTHER_VALUES] if len(names) > MOST_VALUES else []), UNKNOWN]


def values_of(attribute: str, kinds: Sequence[str], rows: Sequence[int | None], known: KnownSources) -> list[str]:
    """Return the value of an attribute for each attribution, "" where it is not known.

    `kinds` and `rows` are columns of table quote_sources; the attribute is `KIND` or a column of the user's table.
    """
    if attribute == KIND:
        return ["" if kind == UNKNOWN else kind for kind in kinds]
    by_row = {row.row: row.attributes.get(attribute, "") for row in known.rows}
    return ["" if row is None else by_row[row] for row in rows]


class Statements(NamedTuple):
    """Attributions of the documents that count, those of a document together, as columns of numbers.

    Document n has the rows `bounds[n]` to `bounds[n + 1]` (exclusive). `names` has the names of each attribute's
    values, the unknown last, and `value` the number of each row's name.
    """

    bounds: Ints
    columns: Mapping[str, Ints]
    names: Mapping[str, Sequence[str]]
    value: Mapping[str, Ints]


def _numbers(rows: pa.Table, kinds: dict[str, int]) -> dict[str, Ints]:
    """Return the columns of quote_sources, except doc_id, as numbers; new kinds are added to `kinds`."""
    columns = {name: rows[name].fill_null(0).to_numpy() for name in ("row", "words", "words_direct")}
    columns |= {name: rows[name].to_numpy() for name in ("first", "early")}
    columns["kind"] = looked_up(rows["kind"], lambda kind: kinds.setdefault(kind, len(kinds)))
    columns["stance"] = looked_up(rows["stance"], _STANCES.__getitem__)
    return {name: column.astype(_SIZES.get(name, np.int8)) for name, column in columns.items()}


def read_statements(rows: pa.Table, doc_ids: Sequence[str], known: KnownSources) -> Statements:
    """Return the attributions of documents `doc_ids`, from rows of quote_sources in the same order."""
    place = {doc_id: at for at, doc_id in enumerate(doc_ids)}
    document = looked_up(rows["doc_id"], lambda doc_id: place.get(doc_id, -1), np.int32)
    kinds: dict[str, int] = {}
    columns = _numbers(rows.filter(pa.array(document >= 0)), kinds)
    bounds = np.searchsorted(document[document >= 0], np.arange(len(doc_ids) + 1))
    row_numbers, of_row = np.unique(columns.pop("row"), return_inverse=True)
    numbers: dict[str, Ints] = {KIND: columns.pop(KIND), **dict.fromkeys(known.attributes, np.asarray(of_row))}
    in_table = [row or None for row in row_numbers.tolist()]
    names, value = {}, {}
    for attribute, of_value in numbers.items():
        texts = values_of(attribute, [*kinds], in_table, known)
        words = np.bincount(of_value, columns["words"], len(texts)).astype(np.int64)
        counted = np.flatnonzero(words)
        names[attribute] = value_names([texts[at] for at in counted], words[counted])
        number = {name: at for at, name in enumerate(names[attribute])}
        rest = number.get(OTHER_VALUES, number[UNKNOWN])
        value[attribute] = np.array([number.get(text or UNKNOWN, rest) for text in texts], np.int8)[of_value]
    return Statements(bounds, columns, names, value)


def sums(statements: Statements, documents: Ints) -> dict[str, Floats]:
    """Return the counts of each attribute in the given documents: arrays with axes (`SUMS`, names, documents)."""
    first = statements.bounds[documents]
    n = statements.bounds[documents + 1] - first
    rows, document = ranges(first, n), np.repeat(np.arange(len(documents)), n)
    columns = {name: column[rows] for name, column in statements.columns.items()}
    stance = columns.pop("stance")
    counted = {WORDS: columns["words"], STATEMENTS: columns["words"] > 0, DIRECT: columns["words_direct"]}
    counted |= {FIRST: columns["first"], EARLY: columns["early"], _WITH_CUE: stance != _STANCES[NO_CUE]}
    counted |= {name: stance == _STANCES[name] for name in STANCES}
    arrays = {}
    for attribute, names in statements.names.items():
        cell = statements.value[attribute][rows].astype(np.int64) * len(documents) + document
        of_cells = (np.bincount(cell, counted[name], len(names) * len(documents)) for name in SUMS)
        arrays[attribute] = np.stack([*of_cells]).reshape(len(SUMS), len(names), len(documents))
    return arrays


class AttributeCells(NamedTuple):
    """The cells of an attribute, one per value and measure, for documents, groups of them, or bootstrap samples.

    The measures: share of words; share of statements; the value's words in quotation marks among its words; documents
    whose first source has it among documents with a source; share of the statements in the first quarter of the
    documents; for each stance, statements with such a cue among the value's statements with a cue. Measures of
    `OWN_TOTALS` have one more cell, for all values together.

    `names` are the values, the unknown last, then `ALL_VALUES`. Each cell has the number of its name, its measure, the
    row of `totals` of which it is a share (`total`), and the cell that shows how much is unknown (`unknown`): for the
    same measure, but for `OWN_TOTALS` that of words, and for stances that of statements.
    """

    names: NDArray[np.object_]
    name: NDArray[np.intp]
    measure: NDArray[np.object_]
    total: NDArray[np.intp]
    unknown: NDArray[np.intp]

    def words(self) -> slice:
        """Return the slice of cells of the measure `WORDS`, one for each value."""
        return slice(0, len(self.names) - 1)


def attribute_cells(names: Sequence[str]) -> AttributeCells:
    """Return the cells of an attribute with these names of values."""
    columns: list[tuple[int, str, int, int]] = []
    first: dict[str, int] = {}
    n_totals = 0
    for measure in MEASURES:
        first[measure] = len(columns)
        if measure in OWN_TOTALS:
            of, unknown = [*range(n_totals, n_totals + len(names) + 1)], STATEMENTS if measure in STANCES else WORDS
        else:
            of, unknown = [n_totals] * len(names), measure
        n_totals = of[-1] + 1
        columns += [(name, measure, total, first[unknown] + len(names) - 1) for name, total in enumerate(of)]
    name, measure_of, total, unknown_of = zip(*columns, strict=True)
    return AttributeCells(
        np.array([*names, ALL_VALUES], object),
        np.array(name),
        np.array(measure_of, object),
        np.array(total),
        np.array(unknown_of),
    )


def _with_sum(rows: Floats) -> Floats:
    """Return rows with their sum appended as a further row."""
    return np.concatenate([rows, rows.sum(axis=0, keepdims=True)])


def hits(of: Floats) -> Floats:
    """Return the counts of `AttributeCells`, one row per cell, from `sums` of documents, groups of them, or samples."""
    return np.concatenate([_with_sum(of[SUMS[name]]) if name in OWN_TOTALS else of[SUMS[name]] for name in MEASURES])


def totals(of: Floats) -> Floats:
    """Return the totals of `AttributeCells` from the same sums, in rows numbered as in the cells' `total`."""
    own = {DIRECT: WORDS} | dict.fromkeys(STANCES, _WITH_CUE)
    return np.concatenate(
        [
            _with_sum(of[SUMS[own[name]]]) if name in OWN_TOTALS else of[SUMS[name]].sum(axis=0, keepdims=True)
            for name in MEASURES
        ]
    )
