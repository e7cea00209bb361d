import pytest

from scripts.words import readability
from tests import references
from tests.words.corpora import address_batches, write_batches


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return write_batches(tmp_path_factory.mktemp("addresses"), address_batches(5))


def test_readability_shows_its_counts(folder):
    documents = readability.read_text_sizes(folder)
    rows = readability.readability_table(documents).to_pylist()
    assert [row["doc_id"] for row in rows] == sorted(references.addresses())
    for row in rows:
        words, sentences, sounds = row["n_words"], row["n_sentences"], row["n_syllables"]
        assert row["flesch"] == pytest.approx(206.835 - 1.015 * words / sentences - 84.6 * sounds / words)
        assert row["flesch_kincaid"] == pytest.approx(0.39 * words / sentences + 11.8 * sounds / words - 15.59)
        assert row["gunning_fog"] == pytest.approx(0.4 * (words / sentences + 100 * row["n_complex"] / words))
