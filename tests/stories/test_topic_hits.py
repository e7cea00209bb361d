"""Hits of topics in a document: the longest word counts, names too, each with its statement."""

from pathlib import Path

import pytest

from scripts.core.annotation import Mention, docs_of
from scripts.core.sample import sample_annotations
from scripts.framing.coding import Voice
from scripts.framing.matching import Matcher
from scripts.stories.topic_hits import document_hits, topic_hits
from scripts.stories.topic_words import as_scheme, parse_topics


@pytest.fixture
def doc():
    (doc,) = docs_of(sample_annotations())
    return doc


def hits(doc, text: str, voices=()):
    topics, problems = parse_topics(Path("topics.yaml"), text.encode())
    assert problems == []
    rows = document_hits(doc, voices, topics, Matcher(as_scheme(topics)))
    return [
        (row["topic"], row["term"], doc.text[row["start"] : row["end"]], row["quote"], row["speaker"]) for row in rows
    ]


def test_words_and_names_are_hits_of_several_topics(doc):
    word = doc.norm[0]
    rows = hits(doc, f"a: ['{word}']\nb: ['{word}', 'entity:ANN*']\n")
    assert [(topic, term) for topic, term, *_ in rows] == [("a", word), ("b", word), ("b", "entity:ANN*")]
    assert rows[2][2] == "Ann Smith"
    assert {speaker for *_, speaker in rows} == {"(narrator)"}


def test_a_name_is_no_second_hit_where_a_word_of_the_topic_is(doc):
    assert [term for _, term, *_ in hits(doc, "a: [ann, 'entity:Ann Smith']\n")] == ["ann"]
    assert hits(doc, "a: ['entity:Ann']\n") == []


def test_a_hit_has_the_innermost_statement_around_it(doc):
    voice = Voice(3, ((0, len(doc.text)),), "Bo Ray")
    assert hits(doc, "a: ['entity:Ann Smith']\n", [voice])[0][3:] == (3, "Bo Ray")


def test_overlapping_mentions_of_two_entities_count_once(doc):
    doc.mentions.append(Mention(2, 3, "PERSON", "Smith"))
    assert [term for _, term, *_ in hits(doc, "a: ['entity:Ann Smith', 'entity:Smith']\n")] == ["entity:Ann Smith"]


def test_a_name_counts_for_each_topic_that_has_it_and_hits_are_in_the_order_of_the_text(doc):
    rows = hits(doc, "b: [close, 'entity:ann smith']\na: [harbour, 'entity:*smith']\n")
    assert [(topic, text) for topic, _, text, *_ in rows] == [
        ("a", "Ann Smith"), ("b", "Ann Smith"), ("a", "harbour"), ("b", "close")
    ]  # fmt: skip


def test_the_table_has_the_rows_of_all_documents_with_their_statements():
    quotes = {"sentence.txt": [{"quote": 3, "content_spans": [[21, 43]], "speaker": "Bo Ray"}]}
    topics, _ = parse_topics(Path("t.yaml"), b"a: [harbour, 'entity:ann smith']")
    (table,) = topic_hits(docs_of(sample_annotations()), quotes, topics)
    columns = ["sentence", "start", "end", "term", "quote", "speaker"]
    assert [tuple(row[name] for name in columns) for row in table.to_pylist()] == [
        (0, 6, 15, "entity:ann smith", None, "(narrator)"), (0, 25, 32, "harbour", 3, "Bo Ray")
    ]  # fmt: skip
