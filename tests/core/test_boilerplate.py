"""Rows in the paragraphs that an outlet repeats are told by document and sentence, and left out of what is counted."""

import pyarrow as pa
import pytest

from scripts.core.boilerplate import (
    counted_sizes,
    in_boilerplate,
    left_out_places,
    without_boilerplate,
)
from scripts.core.statements import speech
from scripts.core.storage import rows_to_table, write_parquet

# Document, first sentence and the one after the last, words, whether counts leave it out.
PLACES = [("a", 3, 5, 20, True), ("b", 0, 1, 7, True), ("b", 7, 8, 9, False)]
ROWS = pa.table({"doc_id": [*"aaaabbbc"], "sentence": [2, 3, 4, 5, 0, 1, 7, 3]})
IN_THEM = [False, True, True, False, True, False, False, False]


@pytest.fixture
def folder(tmp_path):
    """Return the folder of a table of places, of which the last is counted all the same."""
    columns = ("doc_id", "sentence", "last", "n_words", "left_out")
    rows = [dict(zip(columns, place, strict=True)) | {"boilerplate": 1, "start": 0, "end": 9} for place in PLACES]
    write_parquet(tmp_path / "boilerplate_places.parquet", rows_to_table("boilerplate_places", rows))
    return tmp_path


@pytest.fixture
def places(folder):
    return left_out_places(folder)


def test_counts_leave_out_the_places_that_are_to_be_left_out(folder, places):
    with_numbers = left_out_places(folder, ["boilerplate"])
    assert with_numbers.to_pydict() == {"doc_id": ["a", "b"], "sentence": [3, 0], "last": [5, 1], "boilerplate": [1, 1]}
    assert in_boilerplate(ROWS, places).to_pylist() == IN_THEM
    rest = without_boilerplate(ROWS, places)
    assert rest.equals(ROWS.filter(pa.array([not each for each in IN_THEM])))
    for chosen in (ROWS.slice(5, 2), ROWS.slice(0, 0)):  # no row of them, and no row at all
        assert without_boilerplate(chosen, places) == chosen


def test_statements_there_are_no_speech_unless_a_reader_corrected_them(places):
    corrected_by = ["", "", "sheet.csv, row 2", "", None, "", "", ""]
    statements = ROWS.append_column("type", pa.array(["direct"] * 8)).append_column("corrected_by", [corrected_by])
    changed = without_boilerplate(statements, places)
    kinds = ["boilerplate" if at in (1, 4) else "direct" for at in range(8)]
    assert changed.drop(["type"]) == statements.drop(["type"]) and changed["type"].to_pylist() == kinds
    assert speech(changed).num_rows == 6
    codes = without_boilerplate(statements.drop(["type"]), places)
    assert codes["sentence"].to_pylist() == [2, 4, 5, 1, 7, 3]


def test_sizes_of_documents_are_less_what_is_left_out(folder):
    documents = pa.table({"doc_id": [*"abc"], "n_sentences": [9, 8, 4], "n_words": [90, 80, 40]})
    sizes = counted_sizes(documents, folder)
    assert sizes.to_pydict() == {"doc_id": [*"abc"], "n_sentences": [7, 7, 4], "n_words": [70, 73, 40]}
    assert counted_sizes(documents.drop(["n_words"]), folder) == sizes.drop(["n_words"])


def test_without_a_table_of_places_nothing_is_left_out(tmp_path):
    places = left_out_places(tmp_path)
    assert (places.num_rows, places.column_names) == (0, ["doc_id", "sentence", "last"])
    assert not any(in_boilerplate(ROWS, places).to_pylist())
    documents = pa.table({"doc_id": ["a"], "n_words": [9]})
    assert counted_sizes(documents, tmp_path) == documents
