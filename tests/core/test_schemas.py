"""The tables as scripts/ROOM/tables.yaml describes them."""

from collections import Counter

from scripts.core.schemas import FILES, arrow_schema, entries, parse_yaml, shared_columns, table_schemas


def test_the_ends_of_an_interval_are_the_next_two_columns_and_have_its_unit():
    columns = table_schemas()["frame_prevalence"]
    at = [*columns].index("estimate")
    assert [*columns][at : at + 3] == ["estimate", "lo", "hi"]
    assert {(columns[name]["dtype"], columns[name]["unit"]) for name in ("estimate", "lo", "hi")} == {
        ("float", "share")
    }
    assert columns["lo"]["meaning"].startswith("lower end") and "interval" not in columns["estimate"]


def test_a_table_has_the_same_columns_whether_its_entry_or_all_are_read():
    assert all(arrow_schema(name).names == [*entry["columns"]] for name, entry in entries().items())


def test_a_column_that_tables_share_is_described_once():
    parts = [parse_yaml(file.read_text(encoding="utf-8")) for file in FILES]
    written = {name: entry["columns"] for part in parts for name, entry in part.get("tables", {}).items()}
    assert table_schemas()["quotes"]["doc_id"] == shared_columns()["doc_id"] and written["quotes"]["doc_id"] == {}
    assert table_schemas()["ngrams"]["count"] == shared_columns()["count"] | {"unit": "n-grams"}
    bare = Counter(name for columns in written.values() for name, about in columns.items() if "meaning" not in about)
    assert {name for name, tables in bare.items() if tables > 1} | {"lo", "hi"} == {*shared_columns()}
    again = [
        (table, name)
        for table, columns in written.items()
        for name, about in columns.items()
        if name in shared_columns() and about.get("meaning") == shared_columns()[name]["meaning"]
    ]
    assert again == []
