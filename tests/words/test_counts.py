from collections import Counter

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.words import counts
from tests import references


def batch(sentences, *, lemmas=None, unit="form", documents=None):
    """Return the words of (doc_id, tokens) sentences."""
    rows = [(doc_id, number, token) for number, (doc_id, tokens) in enumerate(sentences) for token in tokens]
    columns = dict(zip(("doc_id", "sentence", "word"), zip(*rows, strict=True), strict=True)) if rows else {}
    tokens = pa.table(
        {
            "doc_id": pa.array(columns.get("doc_id", []), pa.string()),
            "sentence": pa.array(columns.get("sentence", []), pa.int64()),
            "word": pa.array(columns.get("word", []), pa.string()),
            "is_word": pa.array([references.is_word(token) for _, _, token in rows], pa.bool_()),
            "lemma": pa.array(lemmas or [""] * len(rows), pa.string()),
        }
    )
    names = documents or list(dict.fromkeys(doc_id for doc_id, _ in sentences))
    return counts.read_words(pa.table({"doc_id": pa.array(names, pa.string())}), tokens, unit=unit)


def named(table, words, *columns):
    return [tuple(words.vocabulary[row[name]] for name in columns) for row in table.to_pylist()]


def test_words_of_the_addresses_are_those_of_quanteda():
    words = batch(references.sentences())
    assert (len(words.word), len(set(words.word))) == (25940, 3740)
    table = counts.word_counts(words)
    counts_of = Counter()
    for row in table.to_pylist():
        counts_of[words.vocabulary[row["word"]]] += row["count"]
    for row in references.rows("quanteda/frequency.csv"):
        assert counts_of[row["feature"]] == int(row["frequency"]), row["feature"]


def test_bigrams_of_whole_documents_are_those_of_quanteda():
    # quanteda's n-grams run over sentence ends and dropped punctuation; ours do so if all words are one run.
    words = batch(references.sentences())
    columns, first = counts.ngram_columns(words.form, words.document, 2)
    rows, count, documents = counts.count_tuples(columns, words.document[first], len(words.vocabulary), 12)
    names = [f"{words.vocabulary[left]} {words.vocabulary[right]}" for left, right in zip(*rows, strict=True)]
    numbers = dict(zip(names, zip(count.tolist(), documents.tolist(), strict=True), strict=True))
    assert len(numbers) == 16471
    for row in references.rows("quanteda/bigram_frequency.csv"):
        assert numbers[row["feature"]] == (int(row["frequency"]), int(row["docfreq"])), row["feature"]


def test_window_pairs_of_whole_documents_are_those_of_quanteda():
    words = batch(references.sentences())
    pairs, first = counts.window_pairs(words.word, words.document, 5)
    rows, count, _ = counts.count_tuples(pairs, words.document[first], len(words.vocabulary), 12)
    names = [(words.vocabulary[left], words.vocabulary[right]) for left, right in zip(*rows, strict=True)]
    numbers = dict(zip(names, count.tolist(), strict=True))
    for row in references.rows("quanteda/cooccurrence_window5_top50.csv"):
        pair = tuple(sorted((row["feature1"], row["feature2"])))
        # quanteda counts a pair of a word with itself from both ends.
        assert numbers[pair] * (2 if pair[0] == pair[1] else 1) == int(row["count"]), pair


def test_ngrams_keep_to_sentence_and_punctuation():
    words = batch([("a", ["One", "two", ",", "three", "four", "."]), ("a", ["Five", "six"]), ("b", ["seven", "eight"])])
    table = counts.ngram_counts(words, [2, 3])
    assert set(table["order"].to_pylist()) == {2}
    unused = [name for name in table.column_names if name.startswith("word") and name > "word2"]
    assert unused and {value for name in unused for value in table[name].to_pylist()} == {-1}
    assert set(named(table, words, "word1", "word2")) == {
        ("one", "two"),
        ("three", "four"),
        ("five", "six"),
        ("seven", "eight"),
    }


def test_collocates_keep_to_the_sentence_and_their_distance():
    words = batch([("a", ["cat", "the", ",", "dog", "bird"]), ("a", ["fish"])])
    table = counts.collocate_counts(words, frozenset({"the"}), 2)
    assert named(table, words, "word1", "word2") == [("bird", "dog"), ("cat", "dog")]


def test_lemmas_and_forms():
    words = batch([("a", ["She", "Says", "Xyz"])], lemmas=["she", "say", ""], unit="lemma")
    assert [words.vocabulary[code] for code in words.word] == ["she", "say", "xyz"]
    assert [words.vocabulary[code] for code in words.form] == ["she", "says", "xyz"]
    pairs = counts.collocate_counts(words, frozenset(), 1)
    assert {*named(pairs, words, "word1", "word2")} == {("say", "she"), ("say", "xyz")}
    assert named(counts.ngram_counts(words, [3]), words, "word1", "word2", "word3") == [("she", "says", "xyz")]


def test_measures_of_documents():
    table = counts.document_counts(batch(references.sentences())).to_pylist()
    peers = {(row["doc_id"], row["measure"]): row for row in references.rows("peers/lexdiv_peers.csv")}
    assert len(table) == 12
    for row in table:
        assert row["n_words"] == len(references.addresses()[row["doc_id"]])
        assert row["mattr"] == pytest.approx(float(peers[row["doc_id"], "mattr50"]["value"]), rel=1e-9)


def test_a_document_without_words_and_a_batch_without_documents():
    table = counts.document_counts(batch([("b", ["!"])], documents=["a", "b"])).to_pylist()
    assert [(row["doc_id"], row["n_words"], row["n_sentences"], row["mattr"]) for row in table] == [
        ("a", 0, 0, None),
        ("b", 0, 0, None),
    ]
    empty = batch([])
    assert counts.word_counts(empty).num_rows == counts.ngram_counts(empty, [2, 3]).num_rows == 0
    assert counts.collocate_counts(empty, frozenset(), 5).num_rows == counts.document_counts(empty).num_rows == 0


SENTENCES = st.lists(
    st.tuples(
        st.sampled_from(["a", "b", "c"]), st.lists(st.sampled_from(["x", "Y", "z", ",", "1"]), min_size=1, max_size=9)
    ),
    max_size=8,
).map(sorted)


@given(SENTENCES, st.integers(2, 5))
def test_ngrams_by_their_definition(sentences, n):
    expected = Counter()
    for _, tokens in sentences:
        lower = [token.lower() for token in tokens]
        for at in range(len(lower) - n + 1):
            if all(map(references.is_word, lower[at : at + n])):
                expected[tuple(lower[at : at + n])] += 1
    words = batch(sentences)
    table = counts.ngram_counts(words, [n])
    names = [f"word{place}" for place in range(1, n + 1)]
    assert dict(zip(named(table, words, *names), table["count"].to_pylist(), strict=True)) == expected


@given(SENTENCES, st.integers(1, 6))
def test_collocates_by_their_definition(sentences, window):
    expected, documents = Counter(), {}
    for doc_id, tokens in sentences:
        lower = [token.lower() for token in tokens if references.is_word(token)]
        for at, left in enumerate(lower):
            for right in lower[at + 1 : at + 1 + window]:
                if "z" not in (left, right):
                    pair = tuple(sorted((left, right)))
                    expected[pair] += 1
                    documents.setdefault(pair, set()).add(doc_id)
    words = batch(sentences)
    table = counts.collocate_counts(words, frozenset({"z"}), window)
    pairs = named(table, words, "word1", "word2")
    assert pairs == sorted(pairs)
    assert dict(zip(pairs, table["count"].to_pylist(), strict=True)) == expected
    assert table["documents"].to_pylist() == [len(documents[pair]) for pair in pairs]


def test_tuples_of_a_vocabulary_too_large_for_one_number():
    columns = [np.array([5, 5, 2, 5]), np.array([7, 7, 1, 8]), np.array([9, 9, 0, 9])]
    rows, count, documents = counts.count_tuples(columns, np.array([0, 1, 0, 0]), 2**40, 2)
    assert [row.tolist() for row in rows] == [[2, 5, 5], [1, 7, 8], [0, 9, 9]]
    assert (count.tolist(), documents.tolist()) == ([1, 2, 1], [1, 2, 1])


def test_documents_that_were_not_parsed_or_have_no_tokens_are_left_out():
    documents = pa.table({"doc_id": ["de", "empty", "en"]})
    tokens = pa.table({"doc_id": ["de", "en", "en"], "word": ["Haus", "a", "house"], "lemma": ["", "a", "house"]})
    english = counts.counted(documents, tokens, other_languages=False)
    assert english[0]["doc_id"].to_pylist() == ["en"]
    assert english[1]["word"].to_pylist() == ["a", "house"]
    assert english[1]["lemma"].to_pylist() == ["a", "house"]
    english = counts.counted(documents, tokens, other_languages=True)
    assert english[0]["doc_id"].to_pylist() == ["de", "en"]
