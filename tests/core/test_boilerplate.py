"""Rows in the paragraphs that an outlet repeats are told by document and sentence, and left out of what is counted."""

import pyarrow as pa
import pytest

from scripts.core.boilerplate import in_boilerplate, is_left_out, left_out_places
from scripts.core.storage import open_parquet, rows_to_table, write_parquet

PLACES = [("a", 3, 5, True), ("b", 0, 1, True), ("b", 7, 8, False)]
ROWS = pa.table({"doc_id": [*"aaaabbbc"], "sentence": [2, 3, 4, 5, 0, 1, 7, 3]})


@pytest.fixture
def folder(tmp_path):
    """Return the folder of a table of places, of which the last is counted all the same."""
    empty = dict.fromkeys(rows_to_table("boilerplate_places", []).column_names)
    names = ("doc_id", "sentence", "last", "left_out")
    rows = [{**empty, "boilerplate": 1, **dict(zip(names, place, strict=True))} for place in PLACES]
    write_parquet(tmp_path / "boilerplate_places.parquet", rows_to_table("boilerplate_places", rows))
    return tmp_path


def test_counts_leave_out_the_places_that_are_to_be_left_out(folder):
    places = left_out_places(folder, ["boilerplate"])
    assert places.to_pydict() == {"doc_id": ["a", "b"], "sentence": [3, 0], "last": [5, 1], "boilerplate": [1, 1]}
    expected = [False, True, True, False, True, False, False, False]
    assert in_boilerplate(ROWS, places).to_pylist() == expected
    with open_parquet(folder / "boilerplate_places.parquet") as file:
        assert is_left_out(ROWS, file).to_pylist() == expected
        assert is_left_out(ROWS.slice(0, 0), file).to_pylist() == []


def test_without_a_table_of_places_nothing_is_left_out(tmp_path):
    places = left_out_places(tmp_path)
    assert (places.num_rows, places.column_names) == (0, ["doc_id", "sentence", "last"])
    assert not any(in_boilerplate(ROWS, places).to_pylist())
