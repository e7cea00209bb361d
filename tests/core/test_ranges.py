"""Ranges of documents of a table hold each row once, whatever its row groups."""

from itertools import pairwise

import pyarrow as pa
import pytest

from scripts.core.ranges import document_ranges, range_starts, rows_between, tables_in_ranges
from scripts.core.storage import open_parquet, parquet_writer, rows_to_table, write_parquet
from tests.report.corpus import row

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


def test_tables_are_read_side_by_side_with_the_texts_of_the_range(tmp_path):
    quotes = [("a", "Bo", "direct"), ("a", "Ann", "attitude"), ("b", "Ann", "direct"), ("d", None, None)]
    tables = {
        "quotes": [
            row("quotes", doc_id=doc, speaker=name, type=kind, quote=at)
            for at, (doc, name, kind) in enumerate(quotes)
        ],
        "sentences": [row("sentences", doc_id=doc, sentence=0, text="Yes.") for doc in "abcd"],
    }  # fmt: skip
    for name, rows in tables.items():
        write_parquet(tmp_path / f"{name}.parquet", rows_to_table(name, rows))
    columns = {"quotes": ["quote", "speaker", "doc_id"], "sentences": ["doc_id"]}
    first, second = tables_in_ranges(tmp_path, columns, ["b"])
    assert first["quotes"].to_pydict() == {"quote": [0], "speaker": ["Bo"], "doc_id": ["a"]}
    assert second["quotes"]["speaker"].to_pylist() == ["Ann", None]
    assert second["quotes"]["speaker"].chunk(0).dictionary.to_pylist() == ["Ann"]
    assert [rows["sentences"]["doc_id"].to_pylist() for rows in (first, second)] == [["a"], ["b", "c", "d"]]


@pytest.mark.parametrize("sizes", [[], [0], [5], [0, 0, 9, 9, 0, 1], [3] * 20])
def test_a_range_has_some_rows_and_all_of_a_document(sizes):
    starts = range_starts(sizes, rows=9)
    assert starts[:1] == ([0] if sizes else []) and starts == sorted({*starts})
    for first, last in pairwise([*starts, len(sizes)]):
        assert sum(sizes[first : last - 1]) < 9
