"""Encoded columns say what the texts said."""

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from scripts.core.encoded import as_table, index_positions, read_encoded, read_narrow
from scripts.core.storage import rows_to_table

ROWS = [("b", "Lin", [[0, 3], [5, 9]]), ("a", "Clinton", []), ("b", "Clinton", [[1, 2]]), ("b", "Lin", [[4, 6]])]
COLUMNS = ["doc_id", "speaker", "content_spans"]


@pytest.fixture
def encoded(tmp_path):
    """Return part of a table quotes, written in two row groups, each with texts of its own."""
    empty = dict.fromkeys(rows_to_table("quotes", []).column_names)
    table = rows_to_table("quotes", ({**empty, **dict(zip(COLUMNS, row, strict=True))} for row in ROWS))
    pq.write_table(table, tmp_path / "quotes.parquet", row_group_size=2)
    return read_encoded(tmp_path / "quotes.parquet", COLUMNS)


def test_whole_numbers_are_read_narrow_and_of_quotes_speech_alone(tmp_path):
    empty = dict.fromkeys(rows_to_table("quotes", []).column_names)
    rows = [("b", 3, "direct"), ("a", 4, "boilerplate"), (None, 5, "direct"), ("b", 6, None)]
    table = rows_to_table("quotes", ({**empty, "speaker": name, "n_words": n, "type": kind} for name, n, kind in rows))
    pq.write_table(table, tmp_path / "quotes.parquet", row_group_size=3)
    frame = read_narrow(tmp_path / "quotes.parquet", ["speaker", "n_words", "type"])
    assert [str(kind) for kind in frame.dtypes] == ["category", "int32", "category"]
    assert frame["n_words"].tolist() == [3, 5, 6]
    assert list(frame["speaker"].cat.categories) == ["b"] and frame["speaker"].isna().tolist() == [False, True, False]


def test_texts_are_read_as_categories_and_lists_as_they_are(encoded):
    assert [str(kind) for kind in encoded.dtypes[:2]] == ["category", "category"]
    assert list(encoded["speaker"]) == [speaker for _, speaker, _ in ROWS]
    assert pa.array(encoded["content_spans"]).to_pylist() == [spans for _, _, spans in ROWS]


def test_a_frame_becomes_the_table_of_its_name_and_an_empty_one_has_its_columns(encoded):
    rows = encoded[["doc_id"]].assign(group=encoded["speaker"])
    table = as_table("document_groups", rows)
    assert table.schema == as_table("document_groups", pd.DataFrame()).schema
    assert table.to_pylist() == [{"doc_id": doc_id, "group": speaker} for doc_id, speaker, _ in ROWS]


@pytest.mark.parametrize("column", ["doc_id", "speaker"])
def test_numbers_are_places_in_an_index(encoded, column):
    index = pd.Index(["Clinton", "b", "Lin"])
    places = {"Clinton": 0, "b": 1, "Lin": 2}
    expected = [places.get(value, -1) for value in encoded[column]]
    assert (
        index_positions(encoded[column], index).tolist()
        == index_positions(encoded[column].astype(str), index).tolist()
        == expected
    )
    assert index_positions(pd.Series(["b", None], dtype=str), index).tolist() == [1, -1]


def test_no_rows(encoded):
    assert index_positions(pd.Series([], dtype=object), pd.Index(["a"])).dtype == np.intp
