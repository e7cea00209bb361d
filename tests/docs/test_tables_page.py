"""The data dictionary says what tables.yaml says."""

import re

from docs.make_tables import PAGE, page
from scripts.core.schemas import entries, shared_columns


def test_the_page_is_up_to_date():
    assert PAGE.read_text(encoding="utf-8") == page(), "run python -m docs.make_tables"


def test_every_column_stands_below_its_table_and_has_its_meaning_there_or_among_the_shared_ones():
    shared, *sections = page().partition("## Shared columns")[2].split("\n## ")
    assert [*re.findall(r"^- `(\w+)`: .", shared, re.MULTILINE)] == sorted(shared_columns())
    tables = {name: entry for name, entry in entries().items() if entry.get("made") != "between"}
    assert [section.partition("\n")[0] for section in sections] == [*tables]
    for section, (table, entry) in zip(sections, tables.items(), strict=True):
        line, rows = section.split("\n\n", 2)[1:]
        own = re.findall(r"`(\w+)`", "".join(re.findall(r"^- (`.*?): ", rows, re.MULTILINE)))
        named = {*re.findall(r"`(\w+)`", line)} & {*entry["columns"]}
        assert {*own} | named == {*entry["columns"]} and named <= {*shared_columns()}, table


def test_every_column_has_a_known_type_and_a_meaning():
    for name, entry in entries().items():
        assert entry["row"], name
        for column, about in entry["columns"].items():
            is_ours = entry.get("made") == "between"
            assert set(about) <= {"dtype", "unit", "meaning", *(["encoding"] if is_ours else ())}, (name, column)
            assert about["dtype"] in {"string", "int", "float", "bool", "spans", *(["bytes"] if is_ours else ())}
            assert about["meaning"], (name, column)
