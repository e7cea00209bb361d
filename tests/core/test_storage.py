"""Files are whole or absent; tables come back as they went in."""

import time

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from scripts.core.problem_rows import problem_row
from scripts.core.schemas import arrow_schema
from scripts.core.storage import (
    document_blocks,
    open_parquet,
    open_table,
    parquet_writer,
    read_parquet,
    replacing,
    rows_of_documents,
    rows_to_table,
    to_table,
    write_parquet,
)
from tests.report.corpus import row


def test_parquet_round_trip_and_same_bytes(tmp_path):
    table = rows_to_table("problems", [problem_row("s", "t", "c", "x")])
    write_parquet(tmp_path / "a", table)
    write_parquet(tmp_path / "b", table)
    assert read_parquet(tmp_path / "a").equals(table)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


UNVARIED = "not estimable: the documents do not differ in it"


def test_a_row_without_an_interval_or_p_says_why():
    missing = {"lo": None, "hi": None}
    few = "not estimable: fewer than 5 documents"
    rows = [
        row("source_contrasts", lo=0.1, hi=0.2, p=0.01, method="MOVER, agreeing with p; p: permutation"),
        row("source_contrasts", lo=0.1, hi=0.2, p=None, method="MOVER, agreeing with p; p: permutation"),
        row("source_contrasts", **missing, p=None, method=few),
    ]
    methods = rows_to_table("source_contrasts", rows)["method"].to_pylist()
    no_p = "MOVER; p not estimable: too few documents have a case, or all are alike"
    assert methods == ["MOVER, agreeing with p; p: permutation", no_p, few]
    texts = ("bootstrap over documents", few, "all of the machine's")
    rows = [row("accuracy", **missing, method=text) for text in texts]
    assert rows_to_table("accuracy", rows)["method"].to_pylist() == [UNVARIED, *texts[1:]]


def test_values_in_lists_of_lists_are_numbers_in_a_list_of_those_that_differ(tmp_path):
    """Unlike whole numbers in columns of their own, and whatever the depth of the list."""
    table = pa.table({"n": [1, 2], "spans": [[[1, 2], [3, 4]], [[5, 6]]], "ids": [["a"], ["b"]]})
    write_parquet(tmp_path / "t", table)
    group = open_parquet(tmp_path / "t").metadata.row_group(0)
    columns = [group.column(at) for at in range(group.num_columns)]
    is_list = {column.path_in_schema.partition(".")[0]: "RLE_DICTIONARY" in column.encodings for column in columns}
    assert is_list == {"n": False, "spans": True, "ids": True}
    assert not any(column.is_stats_set for column in columns)


def test_only_files_between_steps_have_encodings_that_not_every_reader_knows(tmp_path):
    counts = to_table("ngram_counts", {name: [1, 1, 2] for name in arrow_schema("ngram_counts").names})
    tables = {False: to_table("document_groups", {"doc_id": ["a"], "group": ["b"]}), True: counts}
    encodings = {}
    for between_steps, table in tables.items():
        path = tmp_path / f"{between_steps}.parquet"
        write_parquet(path, table, between_steps=between_steps)
        row_group = open_parquet(path).metadata.row_group(0)
        for column in map(row_group.column, range(row_group.num_columns)):
            encodings[column.path_in_schema] = {*column.encodings} - {"RLE", "PLAIN"}
    assert encodings == {name: {"BYTE_STREAM_SPLIT"} for name in counts.column_names} | {
        "doc_id": {"RLE_DICTIONARY"}, "group": {"RLE_DICTIONARY"}, "word1": {"DELTA_BINARY_PACKED"}
    }  # fmt: skip


def test_blocks_of_documents_divide_none(tmp_path):
    table = pa.table({"doc_id": [*"aabbbbbc"], "number": range(8)})
    with parquet_writer(tmp_path / "t", table.schema) as out:
        for first, last in ((0, 3), (3, 5), (5, 8)):
            out.write_table(table.slice(first, last - first))
    blocks = [block.to_pydict() for block in document_blocks(open_table(tmp_path / "t"), ["number", "doc_id"])]
    assert [block["doc_id"] for block in blocks] == [["a", "a"], [], ["b"] * 5, ["c"]]
    assert [number for block in blocks for number in block["number"]] == [*range(8)]


def test_a_table_in_several_files_is_read_in_the_order_of_documents(tmp_path):
    table = pa.table({"doc_id": [*"aabbcd"], "text": [*"uvuwuu"], "number": range(6)})
    of = {"0": [*"bd"], "1": [*"ac"]}
    for name, doc_ids in of.items():
        write_parquet(tmp_path / "t" / f"{name}.parquet", table.filter(pc.is_in(table["doc_id"], pa.array(doc_ids))))
    (tmp_path / "t" / ".2.parquet.host.1.part").write_bytes(b"half")
    write_parquet(tmp_path / "whole", table)
    for columns in (None, ["number", "doc_id"], ["text"]):
        for dictionaries in ([], ["text"], ["text", "doc_id"]):
            read = read_parquet(tmp_path / "t", columns, dictionaries=dictionaries)
            expected = read_parquet(tmp_path / "whole", columns, dictionaries=dictionaries).select(read.column_names)
            assert (read.to_pydict(), read.schema) == (expected.to_pydict(), expected.schema)
    files = open_table(tmp_path / "t")
    assert rows_of_documents(files, ["d", "a"], ["number"]).to_pydict() == {"doc_id": [*"daa"], "number": [5, 0, 1]}
    blocks = [block["number"].to_pylist() for block in document_blocks(files, ["doc_id", "number"])]
    assert blocks == [[2, 3], [5], [0, 1], [4]]


def test_wrong_columns_are_refused():
    with pytest.raises(ValueError, match="problems"):
        to_table("problems", {"seed": []})


def test_failure_leaves_the_old_file(tmp_path):
    file = tmp_path / "file"
    file.write_text("old", encoding="utf-8")
    with pytest.raises(RuntimeError), replacing(file) as part:
        part.write_text("new", encoding="utf-8")
        raise RuntimeError
    assert file.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [file]


def test_an_open_table_does_not_stay_in_memory_when_its_rows_are_gone(tmp_path):
    write_parquet(tmp_path / "t.parquet", pa.table({"number": np.random.default_rng(1).integers(0, 2**62, 200_000)}))
    before = pa.total_allocated_bytes()
    with open_parquet(tmp_path / "t.parquet") as file:
        assert file.read_row_group(0).num_rows == 200_000
        until = time.monotonic() + 10
        while pa.total_allocated_bytes() - before >= 100_000 and time.monotonic() < until:
            time.sleep(0.01)  # on busy cores the threads that read let go a little later
        assert pa.total_allocated_bytes() - before < 100_000
