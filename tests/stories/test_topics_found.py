"""Topics that are found: planted ones come back, accidents are marked, and lines make a topic of the user's."""

import sys
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from scripts.core.storage import read_parquet, write_parquet, write_text
from scripts.stories import topics_found
from scripts.stories.topic_words import parse_topics
from scripts.stories.topics_found import (
    Texts,
    line_of,
    models_of,
    returned,
    sampled,
    shares_of,
    stable_model,
    topic_rows,
    topic_share_rows,
    topic_texts,
)
from scripts.words.corpus import WordCorpus

WORDS = [f"{topic}{chr(97 + at)}" for topic in ("sea", "tax", "war") for at in range(12)]


def planted(n: int = 90) -> Texts:
    """Return documents of one of three topics each, with words of their own topic and a few of others."""
    generator = np.random.default_rng(3)
    counts = generator.poisson(0.05, (n, len(WORDS))).astype(float)
    for row in range(n):
        own = 12 * (row % 3)
        counts[row, own : own + 12] += generator.poisson(1.5, 12)
    return Texts([f"d{row:03}" for row in range(n)], WORDS, counts)


def rows_of(texts: Texts, topics: int):
    model, again, halves = stable_model(texts, topics)
    return model, [*topic_rows(texts, model, again, halves, unit="lemma")]


def test_planted_topics_are_found_and_stable():
    model, rows = rows_of(planted(), 3)
    assert {frozenset(word[:3] for word in row["words"].split(", ")) for row in rows} == {
        frozenset(["sea"]), frozenset(["tax"]), frozenset(["war"])
    }  # fmt: skip
    assert all(row["stable"] and row["npmi"] > 0.2 and row["documents"] == 30 for row in rows)
    assert {row["doc_id"] for row in topic_share_rows(planted(), model)} == {*planted().doc_ids}


def test_a_word_that_no_document_of_a_half_has_is_in_no_topic_of_that_half():
    counts = planted().counts
    counts[:, 0] = 0
    (model,) = models_of(counts, 3, seeds=[1])
    assert np.isfinite(model.documents).all() and not any(0 in words for words in model.words)


def test_topics_of_words_drawn_at_random_are_marked():
    words = [f"{first}{second}" for first in WORDS for second in WORDS[:5]]
    counts = np.random.default_rng(5).poisson(0.3, (90, len(words))).astype(float)
    _, rows = rows_of(planted()._replace(counts=counts, words=words), 8)
    assert sum(row["stable"] for row in rows) == 0
    assert all(abs(row["npmi"]) < 0.2 for row in rows)


def test_a_topic_of_which_half_the_words_come_back_is_stable():
    model, _, _ = stable_model(planted(), 3)
    rows = [*topic_rows(planted(), model, np.array([0.5, 0.49, 1]), np.array([1, 1, 0.5]), unit="form")]
    assert all(row["npmi"] == round(row["npmi"], 3) for row in rows)
    assert [row["stable"] for row in sorted(rows, key=lambda row: (row["seeds"], row["halves"]))] == [False, True, True]


def test_topics_are_matched_once_those_with_most_in_common_first():
    assert returned([[1, 2, 3, 4], [1, 2, 9, 8]], [[1, 2, 3, 9], [7, 6, 5, 8]]).tolist() == [0.75, 0.25]


def test_shares_add_up_and_an_empty_document_has_none():
    shares = shares_of(np.array([[1.0, 3.0], [0.0, 0.0]]))
    assert shares.tolist() == [[0.25, 0.75], [0, 0]]


@pytest.mark.parametrize(("unit", "word"), [("lemma", "lemma:yes"), ("form", "yes")])
def test_the_line_can_be_put_into_topics_yaml(unit, word):
    (topic,), problems = parse_topics(Path("topics.yaml"), line_of(2, ["tax", "yes", "null"], unit=unit).encode())
    assert (topic.name, topic.words()[1], problems) == ("found 2", word, [])


def corpus(n: int) -> WordCorpus:
    """Return n documents, each with "all"; every second has "often", "of", "the" and "xx1", three "sea", two "rare"."""
    vocabulary = ["all", "of", "often", "rare", "sea", "the", "xx1"]
    words = [
        [0, *(1, 2) * (row % 2), *(3,) * (row < 2), *(4,) * (row < 3), *(5, 6) * (row % 2)]  # by number
        for row in range(n)
    ]
    bounds = np.cumsum([0, *map(len, words)])
    cells = np.concatenate(words).astype(np.int32)
    names = [f"d{row}" for row in range(n)]
    return WordCorpus(names, vocabulary, np.diff(bounds), bounds, cells, np.ones(len(cells), np.uint16))


def test_words_are_common_enough_not_in_most_documents_and_no_stop_words():
    texts = topic_texts(corpus(10), stop=frozenset(["the"]))
    assert texts.words == ["often", "sea"]
    assert texts.counts.sum(axis=0).tolist() == [5, 3]


def test_of_more_words_the_commonest_are_taken(monkeypatch):
    monkeypatch.setattr(topics_found, "_MOST_WORDS", 2)
    assert topic_texts(corpus(10), stop=frozenset()).words == ["often", "the"]


def test_a_topic_has_ten_words_those_of_most_weight_first_and_the_article_with_the_largest_share_of_it():
    counts = np.zeros((8, 24))
    counts[:4, :12] = [[12 - at for at in range(12)]] * 4
    counts[4:, 12:] = [[12 - at for at in range(12)]] * 4
    counts[2, 12:] = 1  # a little of the other topic
    texts = Texts([f"d{row}" for row in range(8)], [f"w{at:02}" for at in range(24)], counts)
    model, again, halves = stable_model(texts, 2)
    assert again.tolist() == halves.tolist() == [1, 1]
    rows = [*topic_rows(texts, model, again, halves, unit="form")]
    assert {row["words"] for row in rows} == {
        ", ".join(f"w{at:02}" for at in range(first, first + 10)) for first in (0, 12)
    }
    assert {row["doc_id"] for row in rows} == {"d0", "d4"}
    assert [(row["topic"], row["documents"], row["share"]) for row in rows] == [(1, 4, 0.5), (2, 4, 0.5)]


def test_an_article_has_a_row_of_each_topic_from_a_fifth_of_its_weight_on():
    model, *_ = stable_model(planted(), 3)
    weights = np.array([[0.2, 0.8, 0], [0.199, 0.801, 0], [0, 0.3, 0.7], [0, 0, 1]])
    shown = [*topic_share_rows(planted(4), model._replace(documents=weights))]
    assert [(row["topic"], row["doc_id"], row["share"]) for row in shown] == [
        (1, "d001", 0.801), (1, "d000", 0.8), (1, "d002", 0.3), (2, "d003", 1.0), (2, "d002", 0.7), (3, "d000", 0.2)
    ]  # fmt: skip


def test_of_more_documents_a_sample_is_taken(monkeypatch):
    monkeypatch.setattr(topics_found, "_MOST_DOCUMENTS", 5)
    names = corpus(9).documents
    chosen = sampled(names)
    assert len({*chosen} & {*names}) == 5
    assert sampled(names[::-1]) == chosen


def test_too_few_documents_make_empty_tables(tmp_path, monkeypatch):
    monkeypatch.setattr(topics_found, "read_word_corpus", lambda *_: corpus(4))
    documents = {"doc_id": ["d0", "d1"], "duplicate_of": ["", ""], "parsed": [True, True]}
    write_parquet(tmp_path / "documents.parquet", pa.table(documents))
    words = '{"stop_words": {"list": "none", "add": [], "keep": []}, "unit": "lemma"}'
    tables = '{"csv_max_rows": 1000}'
    settings = f'{{"settings": {{"topics": {{"discover": 12}}, "words": {words}, "tables": {tables}}}}}'
    write_text(tmp_path / "stage.json", settings)
    files = {
        "settings": "stage.json",
        "batches": "",
        "repeated": "",
        "documents": "documents.parquet",
        "folder": "tables",
    }
    options = [part for name, file in files.items() for part in (f"--{name}", str(tmp_path / file))]
    monkeypatch.setattr(sys, "argv", ["topics_found", *options])
    topics_found.main()
    for name in ("topics_found", "topics_found_documents"):
        assert read_parquet(tmp_path / "tables" / f"{name}.parquet").num_rows == 0
