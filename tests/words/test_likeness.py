from itertools import pairwise

import numpy as np
import pytest

from scripts.maths import similarity
from scripts.words import likeness
from scripts.words.corpus import read_corpus
from tests import references
from tests.words.corpora import addresses_corpus, write_batches


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    return addresses_corpus(tmp_path_factory.mktemp("addresses"))


def test_tf_idf(corpus):
    weight = likeness.weights(corpus)
    names = [
        (corpus.documents[at], corpus.vocabulary[word]) for at, word in zip(corpus.document, corpus.word, strict=True)
    ]
    found = dict(zip(names, weight, strict=True))
    for row in references.rows("quanteda/dfm_tfidf.csv"):
        assert found[row["doc_id"], row["feature"]] == pytest.approx(float(row["tfidf"]), rel=1e-9)
    table = likeness.tf_idf_table(corpus, weight, stop=frozenset({"burden"})).to_pylist()
    assert [row["rank"] for row in table] == list(range(1, likeness.TOP_WORDS + 1)) * 12
    assert all(left["estimate"] >= right["estimate"] for left, right in pairwise(table) if right["rank"] > 1)
    assert "burden" not in {row["word"] for row in table}


def test_similarity_is_the_cosine_of_the_weights(corpus):
    weight = likeness.weights(corpus)
    matrix = np.zeros((12, len(corpus.vocabulary)))
    matrix[corpus.document, corpus.word] = weight
    rows = likeness.similarity_table(corpus, weight, stop=frozenset()).to_pylist()
    for row in rows:
        left, right = (corpus.documents.index(row[name]) for name in ("doc_id", "other"))
        assert row["estimate"] == pytest.approx(similarity.cosine(matrix[left], matrix[right]), rel=1e-9)
    assert {row["doc_id"] for row in rows} == set(corpus.documents)


def test_those_are_compared_that_share_most_weight(corpus):
    weight = likeness.weights(corpus)
    elsewhere = np.bincount(corpus.word)[corpus.word] > 1
    cells, _ = likeness.top_cells(corpus, weight * elsewhere, most=likeness._CANDIDATE_WORDS)
    matrix = np.zeros((12, len(corpus.vocabulary)))
    matrix[corpus.document[cells], corpus.word[cells]] = weight[cells]
    shared = matrix @ matrix.T
    np.fill_diagonal(shared, 0)
    rows = likeness.similarity_table(corpus, weight, stop=frozenset()).to_pylist()
    for number, name in enumerate(corpus.documents):
        found = sorted(shared[number, corpus.documents.index(row["other"])] for row in rows if row["doc_id"] == name)
        most = [value for value in sorted(shared[number])[-likeness.NEAREST :] if value]
        assert found == pytest.approx(most)


@pytest.mark.parametrize("batches", [{"all": []}, {"all": [("a", ["one", "two", "two"])]}])
def test_nothing_to_compare_with(tmp_path, batches):
    corpus = read_corpus(write_batches(tmp_path, batches))
    weight = likeness.weights(corpus)
    assert likeness.tf_idf_table(corpus, weight, stop=frozenset()).num_rows == 0
    assert likeness.similarity_table(corpus, weight, stop=frozenset()).num_rows == 0
