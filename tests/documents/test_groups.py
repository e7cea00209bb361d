"""The setting `groups`: a column, month, year, folder, a pair, and names that do not exist."""

import json
import sys

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.core.storage import read_parquet, write_parquet
from scripts.documents import groups
from scripts.documents.groups import SEPARATOR, UnknownColumn, group_column, group_values
from scripts.plan.settings import ConfigError, check

DOCUMENTS = pa.table(
    {
        "doc_id": ["2025/a.txt", "2025/b.txt", "c.csv#1"],
        "seed": ["2025/a.txt", "2025/b.txt", "c.csv"],
        "date": ["2025-03-01T10:00:00", "2025-04", None],
        "outlet": ["Globe", None, "Globe"],
        "desk": ["city", "", "sport"],
        "text": ["One.", "Two.", "Three."],
    }
)


@pytest.mark.parametrize(
    ("setting", "labels"),
    [
        ("outlet", ["Globe", "", "Globe"]),
        ("desk", ["city", "", "sport"]),
        ("month", ["2025-03", "2025-04", ""]),
        ("year", ["2025", "2025", ""]),
        ("folder", ["2025", "2025", ""]),
        (["outlet", "month"], ["Globe | 2025-03", "", ""]),
        ("", ["", "", ""]),
    ],
)
def test_group_of_each_document(setting, labels):
    assert group_values(DOCUMENTS, group_column(setting)) == labels


@pytest.mark.parametrize("setting", ["outlett", ["outlet", "outlett"]])
def test_unknown_column_lists_the_columns_that_exist(setting):
    with pytest.raises(UnknownColumn) as caught:
        group_values(DOCUMENTS, group_column(setting))
    message = str(caught.value)
    assert message.startswith("groups: no column 'outlett'")
    assert all(name in message for name in ("folder", "year", "month", "outlet", "desk"))


@pytest.mark.parametrize(
    ("setting", "meant"),
    [
        ("Outlet", "did you mean 'outlet'? there are"),
        (["month", "desks"], "did you mean 'desk'? there are"),
        ("outlet, month", "did you mean [outlet, month]? there are"),
        ("topic", "table; there are"),
    ],
)
def test_of_an_unknown_column_the_nearest_name_is_asked_for(setting, meant):
    with pytest.raises(UnknownColumn) as caught:
        group_values(DOCUMENTS, group_column(setting))
    assert meant in str(caught.value)


@given(st.lists(st.tuples(st.text(max_size=3), st.text(max_size=3)), max_size=6))
def test_a_pair_joins_the_values_of_its_columns(values):
    table = pa.table({name: pa.array([pair[at] for pair in values], pa.string()) for at, name in enumerate("ab")})
    first, second = (group_values(table, name) for name in "ab")
    expected = [f"{a}{SEPARATOR}{b}" if a and b else "" for a, b in zip(first, second, strict=True)]
    assert group_values(table, group_column(["a", "b"])) == expected


def step(monkeypatch, folder, setting, **columns):
    settings = {"groups": setting, "tables": {"csv_max_rows": 10}}
    (folder / "stage.json").write_text(json.dumps({"settings": settings}), encoding="utf-8")
    documents = pa.table({name: DOCUMENTS[name] for name in DOCUMENTS.column_names} | columns)
    write_parquet(folder / "documents.parquet", documents)
    monkeypatch.setattr(sys, "argv", ["step", "--settings", str(folder / "stage.json"), "--folder", str(folder)])
    groups.main()


def test_the_table_has_a_row_for_each_document(monkeypatch, tmp_path):
    step(monkeypatch, tmp_path, "outlet")
    table = read_parquet(tmp_path / "document_groups.parquet").to_pydict()
    assert table == {"doc_id": ["2025/a.txt", "2025/b.txt", "c.csv#1"], "group": ["Globe", "", "Globe"]}


def test_a_misspelt_column_ends_the_step_with_a_message(monkeypatch, tmp_path):
    with pytest.raises(
        SystemExit, match=r"config\.yaml: groups: no column 'outlett' .* there are: folder, year, month"
    ):
        step(monkeypatch, tmp_path, "outlett")


@pytest.mark.parametrize(
    ("setting", "expected"),
    [("topic", ["tax", "", "(no topic)"]), (["outlet", "topic"], ["Globe | tax", "", "Globe | (no topic)"])],
)
def test_the_main_topic_is_a_group_and_one_that_was_not_parsed_is_in_none(monkeypatch, tmp_path, setting, expected):
    with pytest.raises(SystemExit, match=r"no column 'topic' .* and topic if there is a file topics\.yaml"):
        step(monkeypatch, tmp_path, "topic", parsed=[True, False, True])
    rows = [("2025/a.txt", "farm", False), ("2025/a.txt", "tax", True), ("c.csv#1", "tax", False)]
    columns = dict(zip(("doc_id", "topic", "main"), map(list, zip(*rows, strict=True)), strict=True))
    write_parquet(tmp_path / "topic_documents.parquet", pa.table(columns))
    step(monkeypatch, tmp_path, setting, parsed=[True, False, True])
    assert read_parquet(tmp_path / "document_groups.parquet")["group"].to_pylist() == expected


@pytest.mark.parametrize("setting", [["outlet"], ["outlet", "month", "desk"], ["outlet", "outlet"], 3])
def test_settings_that_are_no_groups(setting):
    with pytest.raises(ConfigError, match="groups"):
        check({"groups": setting})
