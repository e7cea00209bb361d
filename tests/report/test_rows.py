"""The rows that are shown of a large table are the rows that a reading of all of it gives."""

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.core.storage import parquet_writer
from scripts.report import rows as module
from scripts.report.rows import largest, leading_rows, take_rows


@pytest.fixture
def table(tmp_path):
    """Return the path of a table in row groups of three."""
    rows = pa.table(
        {"name": ["b", "a", None, "c", "a", "b", "b"], "n": [3, 1, 2, 3, 0, 3, 2], "kind": ["x", None, *"xxxxy"]}
    )
    with parquet_writer(tmp_path / "t.parquet", rows.schema) as out:
        out.write_table(rows, row_group_size=3)
    return tmp_path / "t.parquet"


@pytest.mark.parametrize("numbers", [[], [6, 0, 3], [2, 2, 1], [5], [0, 1, 2, 3, 4, 5, 6]])
@pytest.mark.parametrize("at_a_time", [1, 2, 9])
def test_rows_come_by_their_numbers_in_the_order_asked_for(table, monkeypatch, numbers, at_a_time):
    monkeypatch.setattr(module, "_AT_A_TIME", at_a_time)
    values = [3, 1, 2, 3, 0, 3, 2]
    assert take_rows(table, numbers)["n"].to_pylist() == [values[number] for number in numbers]
    assert take_rows(table, numbers, ["name"]).column_names == ["name"]


@pytest.mark.parametrize(("most", "numbers"), [(1, [0, 3, 5]), (3, [0, 3, 5]), (4, [0, 2, 3, 5, 6]), (9, [*range(7)])])
def test_the_largest_values_come_with_all_that_equal_the_least_of_them(table, most, numbers):
    assert largest(table, "n", most).tolist() == numbers


def test_missing_texts_are_a_group_and_rows_without_one_are_left_out(table):
    rows, n = leading_rows(table, ["name", "kind"], 9, group=lambda key: key if key != ("c", "x") else None)
    assert (rows, n) == ([0, 5, 2, 1, 4, 6], 6)
    assert leading_rows(table, ["name"], 3, size="n") == ([0, 5, 6], 7)


@given(st.lists(st.sampled_from("abcd"), min_size=1, max_size=40), st.integers(1, 50), st.integers(1, 9))
def test_the_commonest_come_first_as_in_a_sort_of_all_rows(tmp_path_factory, names, most, group):
    rows = pa.table({"name": names})
    path = tmp_path_factory.mktemp("rows") / "t.parquet"
    with parquet_writer(path, rows.schema) as out:
        out.write_table(rows, row_group_size=group)
    expected = sorted(range(len(names)), key=lambda row: (-names.count(names[row]), names[row], row))
    assert leading_rows(path, ["name"], most) == (expected[:most], len(names))
