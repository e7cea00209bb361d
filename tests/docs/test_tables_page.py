"""The data dictionary says what tables.yaml says."""

from docs.make_tables import PAGE, page
from scripts.core.schemas import entries


def test_the_page_is_up_to_date():
    assert PAGE.read_text(encoding="utf-8") == page(), "run python -m docs.make_tables"


def test_every_column_has_a_known_type_and_a_meaning():
    for name, entry in entries().items():
        assert entry["row"], name
        for column, about in entry["columns"].items():
            assert set(about) <= {"dtype", "unit", "meaning"}, (name, column)
            assert about["dtype"] in {"string", "int", "float", "bool", "spans"}, (name, column)
            assert about["meaning"], (name, column)
