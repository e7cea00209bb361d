"""Counts without boilerplate: they are those of a corpus that never had it."""

import json

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.core.storage import rows_to_table, to_table, write_parquet, write_text
from scripts.words import boilerplate_counts
from scripts.words.corpus import read_word_corpus
from scripts.words.ngrams import open_batches, read_collocates, read_ngrams
from scripts.words.readability import read_text_sizes
from tests.references import is_word
from tests.words.corpora import write_batches
from tests.words.test_steps import SETTINGS, run

WORDS = SETTINGS["words"] | {"window": 5, "n": [2, 3]}
SENTENCE = st.lists(st.sampled_from(["Rain", "rain", "fell", "again", "hill", "on", ",", "tax"]), max_size=6)
# Sentences of each document, and whether each stands in boilerplate.
CORPUS = st.lists(st.lists(st.tuples(SENTENCE, st.booleans()), min_size=1, max_size=4), min_size=1, max_size=5)
COUNT_TABLES = {
    "vocabulary": to_table("vocabulary", {"word": ["fell", "rain"]}),
    "word_counts": to_table("word_counts", {"document": [0, 0], "word": [0, 1], "count": [1, 2]}),
    "document_counts": pa.table({"doc_id": ["a"], "mattr": pa.array([None], pa.float64())}),
}


def write_corpus(folder, documents):
    """Write counts, tokens and parses of documents in two batches, and where their boilerplate stands."""
    places = []
    for batch in ("0", "1"):
        own = {doc_id: texts for at, (doc_id, texts) in enumerate(documents.items()) if at % 2 == int(batch)}
        sentences = [
            (doc_id, at, tokens, out) for doc_id, texts in own.items() for at, (tokens, out) in enumerate(texts)
        ]
        base = folder / "batches" / batch
        write_batches(
            folder / "batches", {batch: [(doc_id, tokens) for doc_id, _, tokens, _ in sentences]}, stop={"on"}
        )
        rows = [(doc_id, at, token, is_word(token)) for doc_id, at, tokens, _ in sentences for token in tokens]
        names = {"doc_id": pa.string(), "sentence": pa.int64(), "word": pa.string(), "is_word": pa.bool_()}
        columns = zip(*rows, strict=True) if rows else [[]] * 4
        arrays = [pa.array([*column], kind) for column, kind in zip(columns, names.values(), strict=True)]
        write_parquet(base / "tokens.parquet", pa.table(arrays, [*names]))
        write_parquet(base / "parses.parquet", pa.table({"lemma": pa.array([""] * len(rows), pa.string())}))
        place = {"boilerplate": 1, "start": 0, "end": 1, "n_words": 0, "left_out": True}
        places += [{"doc_id": name, "sentence": at, "last": at + 1} | place for name, at, _, out in sentences if out]
    write_parquet(folder / "tables" / "boilerplate_places.parquet", rows_to_table("boilerplate_places", places))


def sums_of(sums, vocabulary):
    """Return counts and documents of the sequences of words that are left."""
    rows = {}
    for some in sums:
        names = zip(*([vocabulary[at] for at in column.tolist()] for column in some.columns), strict=True)
        for name, n, documents in zip(names, some.counts.tolist(), some.documents.tolist(), strict=True):
            rows[name] = n, documents
    return {name: numbers for name, numbers in rows.items() if numbers != (0, 0)}


def counted(folder, repeated=None):
    """Return all that the steps of the corpus read of the counts."""
    corpus, source = read_word_corpus(folder, repeated), open_batches(folder, repeated)
    cells = {}
    for block in corpus.blocks():
        for document, word, n in zip(*(each.tolist() for each in block[2:]), strict=True):
            cells[corpus.documents[document], corpus.vocabulary[word]] = n
    ngrams = {order: sums_of(each, source.vocabulary) for order, each in read_ngrams(source, [2, 3]).items()}
    pairs = read_collocates(source)
    margins = sorted(zip(source.vocabulary, *np.array(pairs.margins).tolist(), strict=True))
    margins = [row for row in margins if any(row[1:])]
    documents = json.loads(read_text_sizes(folder, repeated).to_pandas().to_json())
    return (
        (corpus.documents, corpus.vocabulary, corpus.sizes.tolist()),
        cells,
        ngrams,
        sums_of(pairs, source.vocabulary),
        margins,
        documents,
    )


@given(CORPUS)
def test_without_boilerplate_counts_are_those_of_texts_without_it(tmp_path_factory, corpus):
    # A document has a word at least that is none of boilerplate, so that both corpora have the same documents.
    documents = {f"d{at}": [*texts, (["hill"], False)] for at, texts in enumerate(corpus)}
    folder = tmp_path_factory.mktemp("counts")
    write_corpus(folder, documents)
    write_text(folder / "stage.json", json.dumps({"settings": {"words": WORDS}}))
    with pytest.MonkeyPatch.context() as monkeypatch:
        stop = frozenset({"on"})
        monkeypatch.setattr(boilerplate_counts, "stop_words", lambda settings: stop)
        monkeypatch.setattr("scripts.words.counts.stop_words", lambda settings: stop)
        options = {"batches": folder / "batches", "tables": folder / "tables", "settings": folder / "stage.json"}
        run(monkeypatch, boilerplate_counts, **options, folder=folder / "batches" / "boilerplate")
    clean = {name: [(tokens, out) for tokens, out in texts if not out] for name, texts in documents.items()}
    write_corpus(folder / "clean", clean)
    assert counted(folder / "batches", folder / "batches" / "boilerplate") == counted(folder / "clean" / "batches")


def test_only_batches_that_changed_are_counted_again(tmp_path, monkeypatch):
    repeated, calls = [(["rain", "fell"], True), (["hill"], False)], []
    without = boilerplate_counts.counts_without
    monkeypatch.setattr(boilerplate_counts, "counts_without", lambda *args: calls.append(args) or without(*args))
    write_text(tmp_path / "stage.json", json.dumps({"settings": {"words": WORDS}}))
    options = {"batches": tmp_path / "batches", "tables": tmp_path / "tables", "settings": tmp_path / "stage.json"}

    def made(documents):
        """Return how many batches were counted, and the bytes of the tables."""
        calls.clear()
        write_corpus(tmp_path, documents)
        run(monkeypatch, boilerplate_counts, **options, folder=tmp_path / "batches" / "boilerplate")
        return len(calls), [path.read_bytes() for path in sorted(tmp_path.glob("batches/boilerplate/*.parquet"))]

    documents = {"d0": repeated, "d1": repeated}
    n, tables = made(documents)
    assert n == 2 and made(documents) == (0, tables)
    assert made(documents | {"d1": [*repeated, (["tax"], False)]})[0] == 1
    assert made(documents | {"d1": [*repeated, (["hill"], True)]})[0] == 1
    (tmp_path / "batches" / "0" / "document_counts.kept").write_bytes(b"damaged")
    assert made(documents) == (2, tables)
    # Nothing is left of a document that is gone.
    assert made({"d0": repeated, "d1": [(["tax"], False)]})[0] == 0
    assert [path.parent.name for path in tmp_path.glob("batches/*/*.kept")] == ["0"]


def test_counts_are_made_once_under_a_key(tmp_path):
    path, made = tmp_path / "document_counts.kept", []

    def make():
        made.append(1)
        return COUNT_TABLES

    for key in ("k", "k", "other", "other"):
        tables = boilerplate_counts.kept_tables(path, key, make)
        assert {name: (table.schema, table.to_pydict()) for name, table in tables.items()} == {
            name: (table.schema, table.to_pydict()) for name, table in COUNT_TABLES.items()
        }
    assert len(made) == 2
    path.write_bytes(path.read_bytes()[:-9])
    boilerplate_counts.kept_tables(path, "other", make)
    assert len(made) == 3
