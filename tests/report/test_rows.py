"""The rows that are shown of a large table are those that a reading of all of it gives."""

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.core.storage import parquet_writer
from scripts.report.rows import commonest_first, largest, read_codes, take_rows


@pytest.fixture
def table(tmp_path):
    """Return the path of a table in row groups of three."""
    rows = pa.table({"name": ["b", "a", None, "c", "a", "b", "b"], "n": [3, 1, 2, 3, 0, 3, 2]})
    with parquet_writer(tmp_path / "t.parquet", rows.schema) as out:
        out.write_table(rows, row_group_size=3)
    return tmp_path / "t.parquet"


@pytest.mark.parametrize("numbers", [[], [6, 0, 3], [2, 2, 1], [5], [0, 1, 2, 3, 4, 5, 6]])
def test_rows_come_by_their_numbers_in_the_order_asked_for(table, numbers):
    values = [3, 1, 2, 3, 0, 3, 2]
    assert take_rows(table, numbers)["n"].to_pylist() == [values[number] for number in numbers]
    assert take_rows(table, numbers, ["name"]).column_names == ["name"]


@pytest.mark.parametrize(("most", "numbers"), [(1, [0, 3, 5]), (3, [0, 3, 5]), (4, [0, 2, 3, 5, 6]), (9, [*range(7)])])
def test_the_largest_values_come_with_all_that_equal_the_least_of_them(table, most, numbers):
    assert largest(table, "n", most).tolist() == numbers


def test_texts_are_numbered_in_their_order_and_a_missing_one_is_empty(table):
    codes, names = read_codes(table, "name")
    assert names == ["", "a", "b", "c"]
    assert [names[code] for code in codes] == ["b", "a", "", "c", "a", "b", "b"]


@given(st.lists(st.integers(0, 6), min_size=1, max_size=40), st.integers(1, 50))
def test_the_commonest_come_first_as_in_a_sort_of_all_rows(codes, most):
    expected = sorted(range(len(codes)), key=lambda row: (-codes.count(codes[row]), codes[row], row))
    assert commonest_first(np.array(codes), most).tolist() == expected[:most]
