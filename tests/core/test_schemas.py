"""The tables as scripts/ROOM/tables.yaml describes them."""

from scripts.core.schemas import arrow_schema, entries, table_schemas


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
