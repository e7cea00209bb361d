"""A table of the page as a block: all its rows, as raw numbers and texts that the page formats when it shows them."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from scripts.core.arrays import Ints
from scripts.report.model import ShownColumn
from scripts.report.payload import Column, block, coded_texts, differences, numbers, smallest, texts, unsigned, varints
from scripts.report.tables import TableView, cell_kind, names_document


def sheet_block(
    sheet: TableView, documents: Mapping[str, int], names: Mapping[str, int], words: Mapping[str, int]
) -> bytes:
    """Return a table with all its rows as a block; `documents`, `names` and `words` map those of the corpus to numbers.

    Its facts are `rows`, `total` and `columns` (how each is shown, the table columns behind it, and its links).
    """
    rows = sheet.rows
    shown = [_fact(column, rows) for column in sheet.columns]
    used = {name for fact in shown for name in (*fact["of"], *fact.get("key", []))}
    if any(fact["kind"] == "group" for fact in shown):
        used.add("column")
    if "sentence" in used:
        used |= {"doc_id"} & set(rows.columns)
    columns: dict[str, Column] = {}
    for name in sorted(used):
        if names_document(name, rows):  # by its number from 1; 0 is none
            columns[name] = unsigned([documents.get(value, -1) + 1 for value in rows[name].tolist()])
        else:
            columns[name] = _column(rows[name], names, words)
    return block(columns, {"rows": len(rows), "total": sheet.total, "columns": shown})


def _fact(shown: ShownColumn, rows: pd.DataFrame) -> dict[str, Any]:
    """Return the facts of a column for the page: its kind, the table columns behind it, and its link."""
    kind = cell_kind(shown.names[0], shown.dtype, shown.unit, rows)
    fact: dict[str, Any] = {"kind": kind, "of": list(shown.names)}
    if link := shown.link:
        fact |= {"key": list(link.columns), "table": link.table}
        there = list(link.there) if link.there != link.columns else []
        others = {"there": there, "constant": list(link.constant), "unit": link.unit}
        fact |= {name: each for name, each in others.items() if each}
    return fact


def _column(values: pd.Series, names: Mapping[str, int], words: Mapping[str, int]) -> Column:
    if pd.api.types.is_bool_dtype(values):
        return unsigned(values.to_numpy(int))
    if pd.api.types.is_numeric_dtype(values):
        return numbers(values.to_numpy(float))
    of_row, distinct = pd.factorize(values.to_numpy(object, na_value=""))
    strings = [str(value) for value in distinct]
    if names.keys() >= {*strings}:
        return Column("named", varints(_numbered(strings, names)[of_row]))
    of_texts = coded_texts(strings, of_row)
    if words.keys() >= {*strings}:
        return smallest(of_texts, Column("worded", differences(_numbered(strings, words)[of_row]).data))
    return smallest(of_texts, texts([strings[at] for at in of_row.tolist()]))


def _numbered(strings: list[str], numbers_of: Mapping[str, int]) -> Ints:
    return np.array([numbers_of[text] for text in strings], np.int64)
