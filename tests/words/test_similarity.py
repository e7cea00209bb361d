from itertools import pairwise

import numpy as np
import pytest

from scripts.maths.similarity import cosine
from scripts.words import similarity
from scripts.words.corpus import read_corpus
from tests import references
from tests.words.corpora import addresses_corpus, write_batches


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    return addresses_corpus(tmp_path_factory.mktemp("addresses"))


def test_tf_idf(corpus):
    weight = similarity.weights(corpus)
    names = [
        (corpus.documents[at], corpus.vocabulary[word]) for at, word in zip(corpus.document, corpus.word, strict=True)
    ]
    weights = dict(zip(names, weight, strict=True))
    for row in references.rows("quanteda/dfm_tfidf.csv"):
        assert weights[row["doc_id"], row["feature"]] == pytest.approx(float(row["tfidf"]), rel=1e-9)
    table = similarity.tf_idf_table(corpus, weight, stop=frozenset({"burden"})).to_pylist()
    assert [row["rank"] for row in table] == list(range(1, similarity.TOP_WORDS + 1)) * 12
    assert all(left["estimate"] >= right["estimate"] for left, right in pairwise(table) if right["rank"] > 1)
    assert "burden" not in {row["word"] for row in table}


def test_similarity_is_the_cosine_of_the_weights(corpus):
    weight = similarity.weights(corpus)
    matrix = np.zeros((12, len(corpus.vocabulary)))
    matrix[corpus.document, corpus.word] = weight
    rows = similarity.similarity_table(corpus, weight, stop=frozenset()).to_pylist()
    for row in rows:
        left, right = (corpus.documents.index(row[name]) for name in ("doc_id", "other"))
        assert row["estimate"] == pytest.approx(cosine(matrix[left], matrix[right]), rel=1e-9)
    assert {row["doc_id"] for row in rows} == set(corpus.documents)


def test_those_are_compared_that_share_most_weight(corpus):
    weight = similarity.weights(corpus)
    elsewhere = np.bincount(corpus.word)[corpus.word] > 1
    cells, _ = similarity.top_cells(corpus, weight * elsewhere, most=similarity._CANDIDATE_WORDS)
    matrix = np.zeros((12, len(corpus.vocabulary)))
    matrix[corpus.document[cells], corpus.word[cells]] = weight[cells]
    shared = matrix @ matrix.T
    np.fill_diagonal(shared, 0)
    rows = similarity.similarity_table(corpus, weight, stop=frozenset()).to_pylist()
    for number, name in enumerate(corpus.documents):
        cosines = sorted(shared[number, corpus.documents.index(row["other"])] for row in rows if row["doc_id"] == name)
        most = [value for value in sorted(shared[number])[-similarity.NEAREST :] if value]
        assert cosines == pytest.approx(most)


@pytest.mark.parametrize("batches", [{"all": []}, {"all": [("a", ["one", "two", "two"])]}])
def test_nothing_to_compare_with(tmp_path, batches):
    corpus = read_corpus(write_batches(tmp_path, batches))
    weight = similarity.weights(corpus)
    assert similarity.tf_idf_table(corpus, weight, stop=frozenset()).num_rows == 0
    assert similarity.similarity_table(corpus, weight, stop=frozenset()).num_rows == 0
