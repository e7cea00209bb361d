"""A row of a table leads to as many places as its count says: on generated corpora, for each row of each table."""

from collections import Counter
from unittest.mock import patch

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scripts.core.storage import write_parquet
from scripts.core.tables import read_part
from scripts.maths.bootstrap import document_weights
from scripts.words import places as places_module
from scripts.words.collocations import collocations_table
from scripts.words.comparisons import WordComparison
from scripts.words.corpus import read_word_corpus
from scripts.words.frequencies import frequencies_table
from scripts.words.keyness import keyness_tables
from scripts.words.ngrams import ngrams_table, open_batches, read_collocates, read_ngrams
from scripts.words.places import ngram_places, places_of_words, text_blocks, window_places
from scripts.words.rates import rates_table
from tests.references import is_word
from tests.words.corpora import write_batches

ALL = {"stop": frozenset(), "min_count": 1, "most": 10**6}
WINDOW = 5
# Letters whose lower case depends on what comes after them, or has two characters, are words like others.
TOKENS = st.sampled_from(["x", "X", "the", "Y", "z2", ",", "“", "ΑΣ", "İ"])
SENTENCES = st.lists(st.lists(TOKENS, min_size=1, max_size=9), min_size=1, max_size=5)
CORPORA = st.dictionaries(st.sampled_from("abcdef"), SENTENCES, min_size=1)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("corpus")


def write_corpus(folder, corpus):
    """Write the counts in batches of two documents, and the tables readability and tokens: {doc_id: sentences}."""
    sentences = {doc_id: [(doc_id, tokens) for tokens in texts] for doc_id, texts in sorted(corpus.items())}
    names = list(sentences)
    batches = {f"{at:04b}": names[at : at + 2] for at in range(0, len(names), 2)}
    for batch in folder.glob("[01]*"):
        if batch.name not in batches:
            for path in batch.iterdir():
                path.unlink()
            batch.rmdir()
    write_batches(folder, {batch: [row for name in own for row in sentences[name]] for batch, own in batches.items()})
    rows = [
        (doc_id, sentence, token)
        for doc_id, texts in sorted(corpus.items())
        for sentence, tokens in enumerate(texts)
        for token in tokens
    ]
    numbers = [at for texts in (corpus[name] for name in names) for at in range(sum(map(len, texts)))]
    columns = dict(zip(("doc_id", "sentence", "word"), map(list, zip(*rows, strict=True)), strict=True))
    words = columns["word"]
    batch_tokens = pa.table(columns | {"token": numbers, "text": words, "is_word": list(map(is_word, words))})
    write_parquet(folder / "batch" / "tokens.parquet", batch_tokens)
    parses = {name: [""] * len(words) for name in ("pos", "tag", "dep")} | {"lemma": ["lemma"] * len(words)}
    write_parquet(folder / "batch" / "parses.parquet", pa.table(parses))
    write_parquet(folder / "tokens.parquet", read_part("tokens", folder / "batch"))
    write_parquet(folder / "readability.parquet", pa.table({"doc_id": names}))
    return read_words(folder)


def read_words(folder, unit="form"):
    """Return the words of the corpus in a folder as one block."""
    with patch.object(places_module, "document_blocks", lambda files, columns: [files[0].read(columns)]):
        (text,) = text_blocks(folder, {"unit": unit})
    return text


def places_in(places, mask):
    """Return the places in the documents for which a mask is True."""
    inside = mask[places.document]
    return places._make(column[inside] for column in places)


def counts(places, rows):
    """Return how many places each row has, and in how many documents."""
    documents = Counter(term for term, _ in set(zip(places.term.tolist(), places.document.tolist(), strict=True)))
    number = np.bincount(places.term, minlength=len(rows)).tolist()
    return number, [documents[term] for term in range(len(rows))]


def check(places, rows):
    assert counts(places, rows) == ([row["count"] for row in rows], [row["documents"] for row in rows])


@settings(max_examples=25)
@given(CORPORA)
def test_every_row_has_as_many_places_as_its_count(folder, corpus):
    text = write_corpus(folder, corpus)
    source = open_batches(folder)
    rows = frequencies_table(read_word_corpus(folder), stop=frozenset()).to_pylist()
    check(places_of_words(text, [row["word"] for row in rows]), rows)
    for order, grams in read_ngrams(source, [2, 3]).items():
        rows = ngrams_table(source.vocabulary, grams, **ALL).to_pylist()
        assert {len(row["ngram"].split()) for row in rows} <= {order}
        check(ngram_places(text, [row["ngram"].split() for row in rows]), rows)
    rows = collocations_table(source.vocabulary, read_ngrams(source, [2])[2], ordered=True, **ALL).to_pylist()
    check(ngram_places(text, [(row["word1"], row["word2"]) for row in rows]), rows)
    rows = collocations_table(source.vocabulary, read_collocates(source), ordered=False, **ALL).to_pylist()
    check(window_places(text, [(row["word2"], row["word1"]) for row in rows], window=WINDOW), rows)


@settings(max_examples=25)
@given(CORPORA)
def test_every_word_of_a_group_has_as_many_places_as_its_count(folder, corpus):
    text = write_corpus(folder, corpus)
    numbers = read_word_corpus(folder)
    target = np.array([name < "c" for name in numbers.documents])
    assert text.words.documents == numbers.documents
    comparison = WordComparison("half", "a", "b", target, ~target)
    weights = document_weights(numbers.documents, resamples=10)
    table, _ = keyness_tables(numbers, comparison, **ALL, min_documents=1, weights=weights)
    rows = table.to_pylist()
    places = places_of_words(text, [row["word"] for row in rows])
    for side, mask in (("target", target), ("reference", ~target)):
        expected = [row[f"count_{side}"] for row in rows], [row[f"documents_{side}"] for row in rows]
        assert counts(places_in(places, mask), rows) == expected
    words = np.arange(len(numbers.vocabulary))
    table = rates_table(numbers, ["g" if inside else "" for inside in target], "half", words, resamples=10, seed=1)
    check(places_in(places_of_words(text, table["word"].to_pylist()), target), table.to_pylist())


@settings(max_examples=25)
@given(CORPORA)
def test_places_hold_their_terms(folder, corpus):
    text = write_corpus(folder, corpus)
    tokens = {name: [token.lower() for texts in corpus[name] for token in texts] for name in corpus}
    sentences = {name: [at for at, texts in enumerate(corpus[name]) for _ in texts] for name in corpus}
    grams = [("x", "y"), ("y", "the"), ("not", "there")]
    pairs = [("x", "y"), ("the", "x")]
    for terms, places in ((grams, ngram_places(text, grams)), (pairs, window_places(text, pairs, window=WINDOW))):
        for term, document, sentence, first, last in zip(*(column.tolist() for column in places), strict=True):
            name = text.words.documents[document]
            there = tokens[name][first:last]
            assert set(sentences[name][first:last]) == {sentence}
            if terms is grams:
                assert tuple(there) == terms[term]
            else:
                assert {there[0], there[-1]} == set(terms[term]) and sum(map(is_word, there)) <= WINDOW + 1


def test_words_that_are_not_there_and_no_terms_have_no_places(folder):
    text = write_corpus(folder, {"a": [["x", "y"]]})
    for places in (
        places_of_words(text, ["no"]),
        places_of_words(text, []),
        ngram_places(text, [("x", "no")]),
        ngram_places(text, []),
        window_places(text, [("no", "x")], window=WINDOW),
        window_places(text, [], window=WINDOW),
    ):
        assert [len(column) for column in places] == [0] * 5


def test_documents_that_were_not_counted_have_no_places(folder):
    write_corpus(folder, {"a": [["x", "y"]], "b": [["x"]]})
    write_parquet(folder / "readability.parquet", pa.table({"doc_id": ["b"]}))
    text = read_words(folder)
    assert [column.tolist() for column in places_of_words(text, ["x"])] == [[0], [0], [0], [0], [1]]
    assert text.words.documents == ["b"]


def test_lemmas_are_looked_up_as_lemmas_and_n_grams_as_forms(folder):
    text = write_corpus(folder, {"a": [["x", "y"]]})
    lemmas = read_words(folder, unit="lemma")
    assert places_of_words(lemmas, ["lemma", "x"]).term.tolist() == [0, 0]
    assert places_of_words(text, ["lemma", "x"]).term.tolist() == [1]
    assert ngram_places(lemmas, [("x", "y")]).term.tolist() == [0]
