from itertools import pairwise

import numpy as np
import pytest

from scripts.maths.tf_idf import inverse_document_frequency
from scripts.words import similarity
from scripts.words.corpus import WordCorpus, read_word_corpus
from tests import references
from tests.words.corpora import addresses_corpus, write_batches


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    return addresses_corpus(tmp_path_factory.mktemp("addresses"))


def _cells(corpus):
    """Return number of document, number of word, and tf-idf of each cell."""
    block = corpus.block(0, len(corpus.documents))
    weight = inverse_document_frequency(corpus.totals()[1], len(corpus.documents))
    return block.document, block.word, block.counts * weight[block.word]


def test_tf_idf(corpus):
    weights = {
        (corpus.documents[at], corpus.vocabulary[word]): value for at, word, value in zip(*_cells(corpus), strict=True)
    }
    for row in references.rows("quanteda/dfm_tfidf.csv"):
        assert weights[row["doc_id"], row["feature"]] == pytest.approx(float(row["tfidf"]), rel=1e-9)
    table = similarity.tf_idf_table(corpus, stop=frozenset({"burden"})).to_pylist()
    assert [row["rank"] for row in table] == list(range(1, similarity.TOP_WORDS + 1)) * 12
    assert all(left["estimate"] >= right["estimate"] for left, right in pairwise(table) if right["rank"] > 1)
    assert "burden" not in {row["word"] for row in table}


def test_similarity_of_counts_is_that_of_quanteda(corpus, monkeypatch):
    monkeypatch.setattr(similarity, "NEAREST", 11)
    once = np.ones(len(corpus.vocabulary))
    rows = similarity.nearest_by_cosine(corpus, once, once).to_pylist()
    cosines = {frozenset((row["doc_id"], row["other"])): row["estimate"] for row in rows}
    of_quanteda = {
        frozenset((row["document1"], row["document2"])): float(row["value"])
        for row in references.rows("quanteda/similarity.csv")
        if row["measure"] == "cosine"
    }
    common = cosines.keys() & of_quanteda.keys()
    # quanteda rounds in single precision on the way: 14 digits agree.
    assert len(common) >= 10
    assert [cosines[pair] for pair in common] == pytest.approx([of_quanteda[pair] for pair in common], rel=1e-9)


def test_similarity_is_the_cosine_of_the_weights(corpus):
    matrix = np.zeros((12, len(corpus.vocabulary)))
    document, word, weight = _cells(corpus)
    matrix[document, word] = weight
    # Stop words make nobody a candidate, and count for those that are.
    rows = similarity.similarity_table(corpus, stop=frozenset({"america", "freedom", "government"})).to_pylist()
    for row in rows:
        left, right = (corpus.documents.index(row[name]) for name in ("doc_id", "other"))
        lengths = np.linalg.norm(matrix[left]) * np.linalg.norm(matrix[right])
        assert row["estimate"] == pytest.approx(matrix[left] @ matrix[right] / lengths, rel=1e-9)
    assert {row["doc_id"] for row in rows} == set(corpus.documents)


def test_those_are_listed_that_are_most_alike_among_those_that_share_a_word_of_highest_weight(corpus):
    _, documents = corpus.totals()
    weight = inverse_document_frequency(documents, 12)
    cells = similarity.top_cells(corpus, np.where(documents > 1, weight, 0), most=similarity._CANDIDATE_WORDS)
    of_top, matrix = np.zeros((2, 12, len(corpus.vocabulary)))
    of_top[cells.document, cells.word] = 1
    document, word, weights = _cells(corpus)
    matrix[document, word] = weights
    lengths = np.linalg.norm(matrix, axis=1)
    cosines = np.where(of_top @ of_top.T, matrix @ matrix.T / np.outer(lengths, lengths), 0)
    np.fill_diagonal(cosines, 0)
    rows = similarity.similarity_table(corpus, stop=frozenset()).to_pylist()
    for number, name in enumerate(corpus.documents):
        listed = [row["estimate"] for row in rows if row["doc_id"] == name]
        assert listed == pytest.approx(
            [value for value in sorted(cosines[number])[::-1][: similarity.NEAREST] if value]
        )


def test_a_long_document_does_not_come_before_one_that_is_more_alike_and_copies_have_a_cosine_of_one(tmp_path):
    short = ["grain", "harbour", "tax"]
    long = short * 40 + [f"word{at}" for at in range(300)]
    others = [(f"z{at}", [f"word{at}"] * 3 + ["tax"]) for at in range(300)]
    longs = [(f"long{at}", long) for at in range(6)]
    corpus = read_word_corpus(write_batches(tmp_path, {"all": [("a", short), ("b", short), *longs, *others]}))
    rows = similarity.similarity_table(corpus, stop=frozenset()).to_pylist()
    assert next((row["other"], row["estimate"]) for row in rows if row["doc_id"] == "a") == ("b", pytest.approx(1))
    assert max(row["estimate"] for row in rows) <= 1


def test_documents_taken_one_at_a_time_make_the_same_table(corpus, monkeypatch):
    at_once = similarity.tf_idf_table(corpus, stop=frozenset())
    monkeypatch.setattr(WordCorpus.blocks, "__defaults__", (1,))
    assert similarity.tf_idf_table(corpus, stop=frozenset()) == at_once


@pytest.mark.parametrize("batches", [{"all": []}, {"all": [("a", ["one", "two", "two"])]}])
def test_nothing_to_compare_with(tmp_path, batches):
    corpus = read_word_corpus(write_batches(tmp_path, batches))
    assert similarity.tf_idf_table(corpus, stop=frozenset()).num_rows == 0
    assert similarity.similarity_table(corpus, stop=frozenset()).num_rows == 0
