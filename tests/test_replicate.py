"""Replicated batches: other documents of the same size, under names that batches may have."""

import json
from itertools import permutations
from pathlib import Path

import numpy as np
import pyarrow as pa

from benchmarks.replicate import copy_name, replicate
from scripts.core.batches import read_batches
from scripts.core.storage import read_parquet, write_parquet, write_text

TEXT = "\u201cWe will close the harbour,\u201d she said."

WORDS = ("we", "will", "closing", "the", "harbour", "council", "Oslo", "Rome")


def _results(folder: Path) -> Path:
    batch = folder / "results" / "batches" / "all"
    tables = {
        "quotes": {"doc_id": ["a.txt", "b.txt"], "content": [TEXT, ""]},
        "signatures": {"doc_id": ["a.txt", "b.txt"], "signature": [b"\1\0\0\0" * 4, b""], "short": ["", "Short."]},
        "vocabulary": {"word": ["harbour"]},
        "documents": {"doc_id": ["a.txt", "b.txt"], "language": ["en", "en"], "text": [TEXT, ""]},
        "tokens": {
            "doc_id": ["a.txt"] * len(WORDS),
            "word": [*WORDS],
            "gap": [0] * len(WORDS),
        },
    }
    for name, columns in tables.items():
        write_parquet(batch / f"{name}.parquet", pa.table(columns))
    write_text(batch / "manifest.jsonl", '{"doc_id": "a.txt"}\n{"doc_id": "b.txt"}\n')
    write_text(batch / "parses.kept", "")
    write_text(folder / "results" / "stages" / "tokens.json", "{}")
    return folder / "results"


def _rows(folder: Path, table: str) -> list[dict]:
    batches = folder / "batches"
    return [
        row for name in read_batches(batches) for row in read_parquet(batches / name / f"{table}.parquet").to_pylist()
    ]


def test_each_copy_has_documents_of_its_own_and_the_first_is_the_original(tmp_path: Path) -> None:
    replicate(_results(tmp_path), tmp_path / "more", copies=3)
    names = ["a.txt", "b.txt", "a.txt~0001", "b.txt~0001", "a.txt~0002", "b.txt~0002"]
    assert [row["doc_id"] for row in _rows(tmp_path / "more", "quotes")] == names
    manifests = sorted((tmp_path / "more" / "batches").glob("*/manifest.jsonl"))
    assert [
        json.loads(line)["doc_id"] for file in manifests for line in file.read_text(encoding="utf-8").splitlines()
    ] == names
    assert not list((tmp_path / "more").rglob("*.kept"))


def test_quotes_keep_their_length_and_their_stop_words_but_no_two_copies_have_the_same(tmp_path: Path) -> None:
    replicate(_results(tmp_path), tmp_path / "more", copies=3)
    contents = [row["content"] for row in _rows(tmp_path / "more", "quotes") if row["content"]]
    assert contents[0] == TEXT
    assert len(set(contents)) == 3
    for content in contents:
        assert [len(word) for word in content.split()] == [len(word) for word in TEXT.split()]
        assert content.startswith("\u201cWe will ") and content.endswith("she said.") == (content == TEXT)


def test_documents_resemble_none_of_another_copy(tmp_path: Path) -> None:
    replicate(_results(tmp_path), tmp_path / "more", copies=3)
    rows = _rows(tmp_path / "more", "signatures")
    hashes = [np.frombuffer(row["signature"], "<u4") for row in rows if row["signature"]]
    assert all(len(set(each.tolist())) == 1 for each in hashes)  # equal hashes stay equal
    assert not any((left == right).any() for left, right in permutations(hashes, 2))
    assert sorted(row["short"] for row in rows if row["short"]) == ["Short.", "Short.~0001", "Short.~0002"]


def test_texts_keep_their_length_and_differ_from_copy_to_copy(tmp_path: Path) -> None:
    replicate(_results(tmp_path), tmp_path / "more", copies=3)
    texts = [row["text"] for row in _rows(tmp_path / "more", "documents") if row["text"]]
    assert texts[0] == TEXT
    assert len(set(texts)) == 3
    assert {len(text) for text in texts} == {len(TEXT)}


def test_words_take_the_place_of_words_of_their_shape(tmp_path: Path) -> None:
    replicate(_results(tmp_path), tmp_path / "more", copies=3)
    words = [row["word"] for row in _rows(tmp_path / "more", "tokens")]
    copies = [words[at : at + len(WORDS)] for at in range(0, len(words), len(WORDS))]
    assert copies[0] == [*WORDS]
    assert len({*map(tuple, copies)}) > 1
    for copy in copies:
        assert copy[:2] == ["we", "will"] and copy[3] == "the"
        assert {copy[2], *copy[4:6]} == {"closing", "harbour", "council"} and {*copy[6:]} == {"Oslo", "Rome"}


def test_no_name_of_a_batch_begins_another() -> None:
    names = [copy_name(batch, copy, 5) for batch in ("0", "10", "11") for copy in range(5)]
    assert not any(longer.startswith(name) for name, longer in permutations(names, 2))
