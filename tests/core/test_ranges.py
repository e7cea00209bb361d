"""Ranges of documents of a table hold each row once, whatever its row groups."""

from itertools import pairwise

import pyarrow as pa
import pytest

from scripts.core.ranges import document_ranges, rows_between
from scripts.core.storage import open_parquet, parquet_writer

TABLE = pa.table({"doc_id": [*"aabbbbbdd"], "number": range(9)})


@pytest.fixture(params=[1, 2, 4, 9])
def path(tmp_path, request):
    with parquet_writer(tmp_path / "t", TABLE.schema) as out:
        for first in range(0, len(TABLE), request.param):
            out.write_table(TABLE.slice(first, request.param))
    return tmp_path / "t"


@pytest.mark.parametrize("bounds", [[], ["b"], ["a", "b", "c", "d", "e"], ["x", "y"]])
def test_each_row_is_in_the_range_of_its_document(path, bounds):
    with open_parquet(path) as file:
        parts = list(document_ranges(file, ["number", "doc_id"], bounds))
    rows = dict(zip(TABLE["number"].to_pylist(), TABLE["doc_id"].to_pylist(), strict=True))
    limits = pairwise(["", *bounds, "z"])
    expected = [[number for number, doc_id in rows.items() if low <= doc_id < high] for low, high in limits]
    assert [part["number"].to_pylist() for part in parts] == expected
    assert all(part.column_names == ["number", "doc_id"] for part in parts)


@pytest.mark.parametrize(("first", "last"), [("a", "a"), ("b", "d"), ("c", "c"), ("", "z")])
def test_rows_between_two_documents(path, first, last):
    with open_parquet(path) as file:
        rows = rows_between(file, first, last, ["number"])
    assert rows["number"].to_pylist() == [row for row, doc_id in enumerate("aabbbbbdd") if first <= doc_id <= last]
