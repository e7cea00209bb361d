"""The corpus in the page: all of its texts, in parts, and nothing else."""

import hashlib
import shutil
from functools import partial

import numpy as np
import pytest

from scripts.core.storage import read_parquet
from scripts.report.corpus import blocks as module
from scripts.report.corpus.blocks import corpus_blocks
from scripts.report.data import Block, Payload, payload, placed, read_corpus
from scripts.report.store import Store
from tests.report.blocks import STATISTICS, WORDS, read_blocks
from tests.report.corpus import HOSTILE, NAMES, in_groups, row, write_corpus, write_tables


@pytest.fixture(scope="module", params=[NAMES, HOSTILE], ids=["names", "hostile"])
def folder(request, tmp_path_factory):
    return write_corpus(tmp_path_factory.mktemp("tables"), list(request.param))


def texts_of(shared, part):
    """Return the text of each sentence of a part, by document."""
    words, lengths = [shared["entry"][entry] for entry in part["tokens"]], iter(part["lengths"])
    documents, at = [], 0
    for sentences in part["sentences"]:
        documents.append([])
        for _ in range(sentences):
            length = next(lengths)
            documents[-1].append("".join(words[at : at + length]).strip())
            at += length
    return documents


def test_every_sentence_is_in_the_page_as_the_document_has_it(folder):
    _, shared, parts = read_blocks(folder)
    sentences = read_parquet(folder / "sentences.parquet").to_pandas()
    expected = [rows["text"].tolist() for _, rows in sentences.groupby("doc_id")]
    assert [document for _, part in parts for document in texts_of(shared, part)] == expected
    assert shared["doc_id"] == sorted(sentences["doc_id"].unique())


def test_a_large_corpus_comes_in_parts_that_make_up_the_whole(folder, monkeypatch):
    _, shared, [(_, undivided)] = read_blocks(folder)
    all_texts = texts_of(shared, undivided)
    monkeypatch.setattr(module, "PART_TOKENS", 60)
    facts, shared, parts = read_blocks(folder)
    assert len(parts) > 1
    assert facts["parts"] == [len(part["sentences"]) for _, part in parts]
    assert [document for _, part in parts for document in texts_of(shared, part)] == all_texts
    assert sum(len(part["mention first"]) for _, part in parts) == len(undivided["mention first"])
    assert all(first < len(part["tokens"]) for _, part in parts for first in part["code first"])


def test_the_same_tables_make_the_same_bytes(folder):
    assert corpus_blocks(folder, {}, WORDS, STATISTICS) == corpus_blocks(folder, {}, WORDS, STATISTICS)


def test_tokens_in_a_file_for_each_group_make_the_same_bytes(folder, tmp_path):
    copy = shutil.copytree(folder, tmp_path / "tables")
    in_groups(copy / "tokens.parquet")
    assert corpus_blocks(copy, {}, WORDS, STATISTICS) == corpus_blocks(folder, {}, WORDS, STATISTICS)


def test_texts_are_files_where_the_page_has_no_room_and_tables_too_where_it_has_less():
    data = Payload([Block("data-corpus", "c" * 10)], [Block("data-part-0", "p" * 100)])
    blocks, files = placed(data, 110)
    assert (blocks, files) == ([*data.tables, *data.texts], {})
    blocks, files = placed(data, 109)
    assert [(block.name, block.file, block.text) for block in blocks] == [
        ("data-corpus", "", "c" * 10),
        ("data-part-0", "data-part-0.js", ""),
    ]
    reader, part, shared = (f"report-data/{name}" for name in ("reader.html", "data-part-0.js", "data-corpus.js"))
    assert files.keys() == {part, reader} and files[part] == f'give("data-part-0.js", ["{"p" * 100}"]);\n'
    assert [placed(data, room)[1].keys() for room in (10, 9)] == [{part, reader}, {shared, part, reader}]


def test_documents_have_the_hash_of_their_text_by_which_corrections_name_them(folder):
    _, shared, _ = read_blocks(folder)
    texts = read_parquet(folder / "documents.parquet")["text"].to_pylist()
    assert shared["text_sha256"] == [hashlib.sha256(text.encode()).hexdigest() for text in texts]


def test_parts_hold_as_many_documents_as_have_room(tmp_path, monkeypatch):
    folder = write_corpus(tmp_path, ["Ann", "Bob", "Eve"])
    size = len(read_blocks(folder)[2][0][1]["tokens"]) // 3
    for room, parts in ((3 * size, [3]), (3 * size - 1, [2, 1]), (2 * size - 1, [1, 1, 1]), (1, [1, 1, 1])):
        monkeypatch.setattr(module, "PART_TOKENS", room)
        facts, _, blocks = read_blocks(folder)
        assert facts["parts"] == parts
        assert [len(part["tokens"]) for _, part in blocks] == [n * size for n in parts]


def test_tables_that_the_page_makes_of_marks_have_no_block(tmp_path):
    store = Store(write_corpus(tmp_path, ["Ann", "Bob"]))
    names = [block.name for block in payload(store, partial(read_corpus, tmp_path, WORDS, STATISTICS)).tables]
    assert {"data-table-speakers", "data-table-documents"} <= set(names)
    assert not {"data-table-quotes", "data-table-entities", "data-table-frame_codes"} & set(names)


@pytest.mark.parametrize(
    ("paragraphs", "steps"), [([0, 1], [0, 1]), ([0, 0], [0, 0]), ([0, 3], [0, 3]), ([2, 3], [0, 1])]
)
def test_each_sentence_says_how_many_paragraphs_begin_before_it(tmp_path, monkeypatch, paragraphs, steps):
    folder = write_corpus(tmp_path, ["Ann", "Bob"])
    rows = read_parquet(folder / "sentences.parquet").to_pylist()
    for sentence, paragraph in zip(rows, paragraphs * 2, strict=True):
        sentence["paragraph"] = paragraph
    write_tables(folder, sentences=rows)
    _, _, [(_, part)] = read_blocks(folder)
    assert list(part["paragraphs"]) == steps * 2
    monkeypatch.setattr(module, "PART_TOKENS", 1)
    assert [list(part["paragraphs"]) for _, part in read_blocks(folder)[2]] == [steps, steps]


def test_a_part_has_four_hundred_thousand_tokens_at_most():
    counts = np.array([399_999, 1, 1, 400_001, 0, 400_000])
    assert module._part_bounds(counts) == [(0, 2), (2, 3), (3, 4), (4, 6)]
    assert module._part_bounds(np.array([], np.int64)) == []


def test_documents_say_what_is_counted_in_them(tmp_path):
    folder = write_corpus(tmp_path, ["Ann", "Bob", "Eve", "Joe"])
    rows = read_parquet(folder / "documents.parquet").to_pylist()
    doc_ids = [each["doc_id"] for each in rows]
    for each, parsed, repeats in zip(rows, (True, True, False, False), (None, doc_ids[0], "", doc_ids[0]), strict=True):
        each |= {"parsed": parsed, "duplicate_of": repeats}
    tables = {
        "documents": rows,
        "readability": [row("readability", doc_id=doc_ids[at]) for at in (0, 3)],
        "document_origins": [
            row("document_origins", doc_id=doc_id, origin=origin)
            for doc_id, origin in zip(doc_ids, ("own", "wire", "wire", "own"), strict=True)
        ],
    }
    write_tables(folder, **tables)
    _, shared, _ = read_blocks(folder)
    parsed, sources, words, wire = 1, 2, 4, 8  # as templates/report/js/find.js reads them
    assert list(shared["uses"]) == [parsed + sources + words, parsed + wire, wire, words]
