import numpy as np
import pytest

from scripts.frequencies import similarity
from tests import references

MEASURES = {
    "cosine": similarity.cosine,
    "correlation": similarity.correlation,
    "jaccard": similarity.jaccard,
    "dice": similarity.dice,
    "ejaccard": similarity.extended_jaccard,
    "euclidean": similarity.euclidean,
    "manhattan": similarity.manhattan,
}


def test_published_tf_idf():
    cases = references.published("tfidf_prop_log10", "idf_log10")
    assert len(cases) == 3
    for statistic, inputs, expected, tolerance, name in cases:
        if statistic == "idf_log10":
            found = similarity.inverse_document_frequency(inputs["df"], inputs["N"])
        else:
            texts = [text.split() for text in inputs["docs"]]
            text = texts[inputs["doc"]]
            documents = sum(inputs["term"] in words for words in texts)
            found = similarity.tf_idf(text.count(inputs["term"]) / len(text), documents, len(texts))
        assert found == pytest.approx(expected, abs=tolerance), name


def test_quanteda_tf_idf():
    names = list(references.addresses())
    for row in references.rows("quanteda/dfm_tfidf.csv"):
        counts = references.frequency_by_address()[row["feature"]]
        count, documents = counts[names.index(row["doc_id"])], sum(map(bool, counts))
        assert count == int(row["count"])
        assert similarity.tf_idf(count, documents, 12) == pytest.approx(float(row["tfidf"]), rel=1e-9)
        share = count / len(references.addresses()[row["doc_id"]])
        assert similarity.tf_idf(share, documents, 12) == pytest.approx(float(row["tfidf_prop"]), rel=1e-9)


def test_quanteda_similarity():
    matrix = np.array(list(references.frequency_by_address().values())).T
    names = list(references.addresses())
    for row in references.rows("quanteda/similarity.csv"):
        x, y = (matrix[names.index(row[column])] for column in ("document1", "document2"))
        # quanteda rounds in single precision on the way: 14 digits agree.
        assert MEASURES[row["measure"]](x, y) == pytest.approx(float(row["value"]), rel=1e-9), row


def test_nothing_in_common_with_nothing_is_not_estimable():
    for measure in (similarity.cosine, similarity.jaccard, similarity.dice, similarity.extended_jaccard):
        assert np.isnan(measure([0, 0], [0, 0]))


def sequences(words):
    return {tuple(words[at : at + similarity.SHINGLE]) for at in range(len(words) - similarity.SHINGLE + 1)}


def test_min_hash_estimates_the_resemblance():
    random = np.random.default_rng(4)
    vocabulary = [f"w{number}" for number in range(3000)]
    misses = []
    for _ in range(100):
        first = random.integers(0, 3000, 300)
        second = first.copy()
        changed = random.integers(1, 40)
        second[random.integers(0, 300, changed)] = random.integers(0, 3000, changed)
        one, other = sequences(first.tolist()), sequences(second.tolist())
        true = len(one & other) / len(one | other)
        rows = similarity.signatures(np.r_[first, second], np.repeat([0, 1], 300), vocabulary, 2)
        deviation = np.sqrt(true * (1 - true) / similarity.HASHES)
        misses.append(((rows[0] == rows[1]).mean() - true) / deviation)
    # The estimate is that of 128 draws: no bias, and the standard deviation of a binomial.
    assert abs(np.mean(misses)) < 0.3
    assert 0.8 < np.std(misses) < 1.2


def test_signatures_do_not_depend_on_the_batch():
    words = [f"w{number % 37}" for number in range(60)]
    alone = similarity.signatures(np.arange(60) % 37, np.zeros(60, int), words[:37], 1)
    names = sorted({*words, "another", "zzz"})
    number = np.array([names.index(word) for word in words])
    beside = similarity.signatures(np.r_[[names.index("zzz")] * 9, number], np.repeat([0, 1], [9, 60]), names, 2)
    assert (alone[0] == beside[1]).all()


def test_a_text_shorter_than_a_shingle_has_no_signature():
    assert not similarity.signatures(np.arange(4), np.zeros(4, int), list("abcd"), 1).any()
    assert similarity.signatures(np.array([], int), np.array([], int), [], 0).shape == (0, similarity.HASHES)
