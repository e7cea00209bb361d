"""Rows that a batch keeps change the time that a step takes, and no byte of its tables."""

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scripts.core.guard import ProgramError
from scripts.core.kept import document_keys, read_memory, rows_by_document, write_tables

WORDS = pa.schema([("doc_id", pa.string()), ("word", pa.string()), ("place", pa.int64())])
SPANS = pa.schema([("doc_id", pa.string()), ("spans", pa.list_(pa.list_(pa.int64())))])
TEXTS = st.sampled_from(["", "a", "rain fell", "rain fell again", "fail now"])
STATES = st.dictionaries(st.sampled_from(["a.txt", "b.txt", "c.txt", "d.txt"]), TEXTS)


def made_of(texts):
    """Return a row a word, with a gap in place of the first, and the spans of the words; a text that fails raises."""
    if any(text.startswith("fail") for text in texts.values()):
        raise ValueError(texts)
    words = [
        {"doc_id": doc_id, "word": word, "place": place or None}
        for doc_id, text in texts.items()
        for place, word in enumerate(text.split())
    ]
    spans = [
        {"doc_id": doc_id, "spans": [[0, len(word)] for word in text.split()]} for doc_id, text in texts.items() if text
    ]
    return pa.Table.from_pylist(words, WORDS), pa.Table.from_pylist(spans, SPANS)


def outputs(folder):
    return {folder / "words.parquet": WORDS, folder / "spans.parquet": SPANS}


def step(folder, state, *, fingerprint=b""):
    """Return the bytes that a step writes of a batch of texts, the doc_ids that failed, and the doc_ids tried."""
    state = dict(sorted(state.items()))
    texts = pa.table({"doc_id": pa.array(state, pa.string()), "text": pa.array(state.values(), pa.string())})
    tried = set()
    for path in outputs(folder):
        path.unlink(missing_ok=True)  # as Snakemake does before a job

    def make(chosen):
        tried.update(chosen)
        return made_of({doc_id: text for doc_id, text in state.items() if doc_id in chosen})

    problems = write_tables(
        "quotes", document_keys(fingerprint, state, [texts]), outputs(folder), make, sample=lambda: None
    )
    written = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert {*written} == {"words.parquet", "words.kept", "words.keys", "spans.parquet", "spans.kept"}
    return written, problems["seed"].to_pylist(), tried


def attempt(folder, state):
    """Return the bytes and failures of a step, or the message that all documents fail."""
    try:
        return step(folder, state)[:2]
    except ProgramError as error:
        return str(error)


@settings(max_examples=40)
@given(st.lists(STATES, min_size=2, max_size=4))
def test_any_history_makes_the_bytes_of_a_run_from_nothing(tmp_path_factory, history):
    folder = tmp_path_factory.mktemp("kept")
    for state in history:
        assert attempt(folder, state) == attempt(tmp_path_factory.mktemp("anew"), state)


def test_only_documents_that_changed_are_made(tmp_path):
    assert step(tmp_path, {"a": "rain", "b": "snow"})[2] == {"a", "b"}
    assert step(tmp_path, {"a": "rain", "b": "snow fell", "c": ""})[2] == {"b", "c"}
    assert step(tmp_path, {"a": "rain", "c": ""})[2] == set()
    assert step(tmp_path, {"a": "rain", "c": ""}, fingerprint=b"another")[2] == {"a", "c"}


def test_a_document_that_fails_is_tried_again_and_the_others_are_kept(tmp_path):
    for tried in ({"a", "b"}, {"b"}):
        _, failed, made = step(tmp_path, {"a": "rain", "b": "fail"})
        assert (failed, made) == (["b"], tried)


def test_new_documents_that_all_fail_are_named_beside_one_that_went_well_before(tmp_path):
    step(tmp_path, {"a": "rain"})
    assert step(tmp_path, {"a": "rain", "b": "fail", "c": "fail"})[1] == ["b", "c"]
    with pytest.raises(ProgramError, match="each of 2 documents"):
        step(tmp_path, {"b": "fail", "c": "fail"})
    assert not (tmp_path / "words.parquet").exists()


def test_what_is_kept_takes_no_room(tmp_path):
    step(tmp_path, {"a": "rain"})
    assert (tmp_path / "words.kept").samefile(tmp_path / "words.parquet")


def test_where_files_have_one_name_they_are_copied(tmp_path, monkeypatch):
    monkeypatch.setattr("os.link", lambda *_: (_ for _ in ()).throw(OSError("not permitted")))
    written, *_ = step(tmp_path, {"a": "rain"})
    assert written["words.kept"] == written["words.parquet"]
    assert step(tmp_path, {"a": "rain"})[2] == set()


@pytest.mark.parametrize("spoilt", ["words.kept", "words.keys", "spans.kept"])
@pytest.mark.parametrize("how", ["absent", "damaged", "of another run"])
def test_without_a_file_or_with_a_wrong_one_nothing_is_kept(tmp_path, spoilt, how):
    (tmp_path / "other").mkdir()
    step(tmp_path / "other", {"a": "it snows"})
    folder = tmp_path / "run"
    folder.mkdir()
    step(folder, {"a": "rain"})
    assert read_memory(outputs(folder))
    data = {
        "damaged": (folder / spoilt).read_bytes()[:-9],
        "of another run": (tmp_path / "other" / spoilt).read_bytes(),
    }
    (folder / spoilt).unlink()
    if how != "absent":
        (folder / spoilt).write_bytes(data[how])
    assert read_memory(outputs(folder)) == {}


def test_tables_with_other_columns_are_not_taken_over(tmp_path):
    step(tmp_path, {"a": "rain"})
    assert read_memory(dict.fromkeys(outputs(tmp_path), SPANS)) == {}


@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_key_depends_on_the_documents_own_rows_alone(place):
    rows = pa.Table.from_pylist([{"doc_id": d, "n": n} for d, n in (("a", 1), ("b", 2), ("b", None), ("c", 3))])
    before = document_keys(b"", "abc", [rows, rows])
    numbers = rows["n"].to_pylist()
    numbers[place] = 7
    after = document_keys(b"", "abc", [rows, rows.set_column(1, "n", pa.array(numbers))])
    assert {doc_id for doc_id in "abc" if before[doc_id] != after[doc_id]} == {rows["doc_id"][place].as_py()}
    # The place of the rows in the table does not matter, but the fingerprint does.
    assert document_keys(b"", "bc", [rows.slice(1), rows.slice(1)]) == {key: before[key] for key in "bc"}
    assert document_keys(b"x", "c", [rows, rows])["c"] != before["c"]


def test_documents_without_rows_have_a_key_and_no_rows():
    rows = pa.Table.from_pylist([{"doc_id": "b", "n": 2}])
    assert document_keys(b"", "ab", [rows])["a"] != document_keys(b"", "ab", [rows])["b"]
    assert [*rows_by_document(rows)] == ["b"] and rows_by_document(rows.slice(1)) == {}


def test_a_key_does_not_depend_on_what_lies_under_missing_values():
    def key(under):
        place = pa.array(np.array([5, under, 7]), mask=np.array([False, True, False]))
        return document_keys(b"", ["a"], [pa.table({"doc_id": ["a"] * 3, "place": place})])

    assert key(1) == key(2)
