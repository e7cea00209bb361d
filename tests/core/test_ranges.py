"""Ranges of documents of a table hold each row once, whatever its row groups."""

from itertools import pairwise

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.core.ranges import document_ranges, in_ranges, range_bounds, range_starts, tables_in_ranges
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


def test_tables_are_read_side_by_side_with_the_texts_of_the_range(tmp_path):
    quotes = [("a", "Bo", "direct"), ("a", "Ann", "boilerplate"), ("b", "Ann", "direct"), ("d", None, None)]
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


@pytest.mark.parametrize("sizes", [[0], [5], [10], [0, 0, 9, 9, 0, 1], [3] * 20, [20, 1, 20]])
def test_a_range_has_as_many_documents_as_fit(sizes):
    starts = range_starts(sizes, rows=9)
    spans = list(pairwise([*starts, len(sizes)]))
    for first, last in spans:
        assert sum(sizes[first:last]) <= 9 or last == first + 1
    for (first, last), (_, end) in pairwise(spans):
        assert end > last > first and sum(sizes[first : last + 1]) > 9


def test_no_documents_are_one_range():
    assert range_starts([], rows=9) == [0]


def test_bounds_are_keys_at_which_ranges_begin():
    assert range_bounds({"b": 3, "a": 2, "c": 1, "d": 9, "e": 1}, rows=5) == ["c", "d", "e"]
    assert range_bounds({}, rows=5) == []


def test_rows_wait_in_the_folder_for_temporary_files_and_have_no_name_there(nameless_files):
    schema = pa.schema([("doc_id", pa.string())])
    ranges = in_ranges([pa.table({"doc_id": ["a", "b", "c"]})], schema, "doc_id", ["b", "c"])
    assert next(ranges)["doc_id"].to_pylist() == ["a"]
    assert nameless_files() == 3
    assert [rows["doc_id"].to_pylist() for rows in ranges] == [["b"], ["c"]]
    assert nameless_files() == 0


@given(
    parts=st.lists(st.lists(st.sampled_from("abcde"), max_size=6), max_size=5),
    gathered=st.sampled_from([1, 100, 10**6]),
)
def test_rows_of_a_range_are_in_the_order_of_the_tables(parts, gathered):
    keys = [key for part in parts for key in part]
    numbers = iter(range(len(keys)))
    tables = [pa.table({"doc_id": pa.array(part, pa.string()), "n": [next(numbers) for _ in part]}) for part in parts]
    schema = pa.schema([("doc_id", pa.dictionary(pa.int32(), pa.string())), ("n", pa.int64())])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("scripts.core.ranges._GATHERED", gathered)
        ranges = list(in_ranges(tables, schema, "doc_id", ["b", "d"]))
    assert [rows["n"].to_pylist() for rows in ranges] == [
        [number for number, key in enumerate(keys) if key in of_range] for of_range in ("a", "bc", "de")
    ]
    assert all(rows["doc_id"].to_pylist() == [keys[number] for number in rows["n"].to_pylist()] for rows in ranges)
