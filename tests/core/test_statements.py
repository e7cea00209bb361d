"""Rows of quotes that are speech, as all that counts speech reads them."""

import pyarrow as pa
import pytest

from scripts.core.encoded import read_encoded
from scripts.core.statements import BOILERPLATE, read_speech, speech, with_words
from scripts.core.storage import rows_to_table, write_parquet
from tests.report.corpus import row


@pytest.fixture
def path(tmp_path):
    kinds = ["direct", "", BOILERPLATE, "no comment"]
    rows = [row("quotes", doc_id="a", quote=at, type=kind, speaker=f"{kind} speaker") for at, kind in enumerate(kinds)]
    write_parquet(tmp_path / "quotes.parquet", rows_to_table("quotes", rows))
    return tmp_path / "quotes.parquet"


def test_boilerplate_is_left_out_and_nothing_else(path):
    assert read_speech(path)["quote"].to_pylist() == [0, 1, 3]
    assert read_speech(path, ["quote"]).column_names == ["quote"]
    assert read_encoded(path, ["quote"])["quote"].tolist() == [0, 1, 3]


def test_refusals_have_no_words(path):
    assert with_words(read_speech(path))["quote"].to_pylist() == [0, 1]


def test_a_row_without_a_type_is_speech():
    table = pa.table({"type": pa.array([None, BOILERPLATE], pa.string()), "quote": [0, 1]})
    assert speech(table)["quote"].to_pylist() == [0]


def test_an_encoded_column_has_no_trace_of_boilerplate(path):
    column = read_speech(path, ["speaker"], dictionaries=["speaker"])["speaker"]
    assert pa.types.is_dictionary(column.type)
    assert f"{BOILERPLATE} speaker" not in column.combine_chunks().dictionary.to_pylist()
    assert list(read_encoded(path, ["speaker"])["speaker"].cat.categories) == [
        "direct speaker",
        " speaker",
        "no comment speaker",
    ]
