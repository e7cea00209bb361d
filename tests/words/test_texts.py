import numpy as np
import pytest

from scripts.maths import minhash
from scripts.words import texts
from tests import references
from tests.words.corpora import address_batches, write_batches


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return write_batches(tmp_path_factory.mktemp("addresses"), address_batches(5))


def test_readability_shows_its_counts(folder):
    documents = texts.read_documents(folder)
    rows = texts.readability_table(documents).to_pylist()
    assert [row["doc_id"] for row in rows] == sorted(references.addresses())
    for row in rows:
        words, sentences, sounds = row["n_words"], row["n_sentences"], row["n_syllables"]
        assert row["flesch"] == pytest.approx(206.835 - 1.015 * words / sentences - 84.6 * sounds / words)


def variant(words, changes):
    return [word if place not in changes else f"other{place}" for place, word in enumerate(words)]


def test_versions_of_a_wire_story_are_found(tmp_path):
    random = np.random.default_rng(2)
    story = [f"w{number}" for number in random.integers(0, 900, 400)]
    wire = {f"wire{at}": variant(story, set(random.integers(0, 400, 2 * at).tolist())) for at in range(5)}
    others = {f"other{at}": [f"w{number}" for number in random.integers(0, 900, 300)] for at in range(20)}
    sentences = [(name, words) for name, words in sorted((wire | others).items())]
    write_batches(tmp_path, {"0": sentences[::2], "1": sentences[1::2]})
    rows = texts.near_duplicates(texts.read_documents(tmp_path)).to_pylist()
    assert {row["doc_id"] for row in rows} | {row["other"] for row in rows} == set(wire)
    assert {row["cluster"] for row in rows} == {"wire0"}
    for row in rows:
        one, other = ({tuple(wire[row[name]][at : at + 5]) for at in range(396)} for name in ("doc_id", "other"))
        true = len(one & other) / len(one | other)
        assert row["estimate"] == pytest.approx(true, abs=4 * np.sqrt(0.25 / minhash.HASHES))


def test_a_copy_is_found_and_an_empty_document_is_no_copy(tmp_path):
    text = [f"w{number}" for number in range(30)]
    write_batches(tmp_path, {"all": [("a", text), ("b", text), ("c", ["only"]), ("d", ["only"])]})
    rows = texts.near_duplicates(texts.read_documents(tmp_path)).to_pylist()
    assert [(row["doc_id"], row["other"], row["estimate"], row["hi"]) for row in rows] == [("a", "b", 1, 1)]


@pytest.mark.parametrize("batches", [{"all": []}, {"all": [("a", ["one", "two", "two"])]}])
def test_nothing_to_compare_with(tmp_path, batches):
    folder = write_batches(tmp_path, batches)
    assert texts.near_duplicates(texts.read_documents(folder)).num_rows == 0
