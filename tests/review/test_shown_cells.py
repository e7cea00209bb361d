"""Cells of a sheet that are no longer as drawn; what a spreadsheet does to a number is no change."""

from scripts.review.shown_cells import CHECK, changed_columns, checked_columns, row_check

CELLS = dict.fromkeys(checked_columns("names"), "") | {
    "number": "3", "drawn": "0.70", "stratum": "x", "text": "“Ann Lee”", "label": "PERSON", "entity": "Ann Lee"
}  # fmt: skip
DRAWN = CELLS | {CHECK: row_check("names", CELLS)}


def test_a_row_as_drawn_and_as_a_spreadsheet_saves_it() -> None:
    assert changed_columns("names", DRAWN) == []
    assert changed_columns("names", DRAWN | {"drawn": "0,7", "number": "3.0", "text": '"Ann  Lee"'}) == []
    assert changed_columns("names", DRAWN | {CHECK: DRAWN[CHECK].upper() + " "}) == []


def test_a_cell_that_was_written_over_is_named() -> None:
    assert changed_columns("names", DRAWN | {"label": "ORG"}) == ["label"]
    assert changed_columns("names", DRAWN | {"number": "4", "entity": "Bo Ray"}) == ["number", "entity"]
    swapped = DRAWN | {"label": DRAWN["entity"], "entity": DRAWN["label"]}
    assert changed_columns("names", swapped) == ["label", "entity"]


def test_a_deleted_column_says_nothing_and_a_broken_check_itself() -> None:
    assert changed_columns("names", {name: cell for name, cell in DRAWN.items() if name != "label"}) == []
    assert changed_columns("names", DRAWN | {CHECK: DRAWN[CHECK][:-5]}) == [CHECK]
