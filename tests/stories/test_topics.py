"""The tables of topics: what belongs, who speaks, what each word brings."""

from collections import Counter
from math import isnan
from pathlib import Path

from scripts.core.storage import rows_to_table
from scripts.stories.topic_audit import Judged
from scripts.stories.topic_documents import TopicDocument, document_rows, documents_of, in_order
from scripts.stories.topic_words import parse_topics
from scripts.stories.topics import (
    group_rows,
    speaker_counts,
    speaker_rows,
    statement_rows,
    term_counts,
    term_rows,
    topic_group_counts,
)

TOPICS = parse_topics(
    Path("topics.yaml"), b"tax:\n  share: 0.2\n  words: [tax, levy]\nfarm:\n  least: 1\n  words: [farm]\n"
)[0]


def hit(topic: str, doc_id: str, sentence: int, term: str, *, quote: int | None = None, speaker: str = "(narrator)"):
    return {"topic": topic, "doc_id": doc_id, "sentence": sentence, "term": term, "quote": quote, "speaker": speaker}


HITS = [
    hit("tax", "a", 0, "tax"),
    hit("tax", "a", 0, "levy", quote=0, speaker="Ann"),
    hit("farm", "a", 1, "farm", quote=0, speaker="Ann"),
    hit("tax", "b", 2, "tax", quote=1, speaker="(source not named)"),
    hit("tax", "b", 2, "tax", quote=2, speaker="Bo"),
    hit("tax", "b", 9, "tax", quote=2, speaker="Bo"),
    hit("tax", "c", 0, "levy"),
]
SIZES = {"a": 4, "b": 50, "c": 1, "d": 3}
BY_TOPIC = documents_of(HITS, SIZES)


def test_an_article_belongs_by_least_hits_and_share_and_may_be_of_several_topics():
    rows = [
        (row["topic"], row["doc_id"], row["hits"], row["sentences"], row["belongs"])
        for row in document_rows(TOPICS, BY_TOPIC)
    ]
    assert rows == [
        ("tax", "b", 3, 2, False),  # two of fifty sentences
        ("tax", "a", 2, 1, True),
        ("tax", "c", 1, 1, False),  # one hit
        ("farm", "a", 1, 1, True),
    ]


def test_parts_of_the_documents_add_up_to_the_same_rows():
    parts = [documents_of([row for row in HITS if row["doc_id"] in chosen], SIZES) for chosen in ("a", "bc")]
    assert sum((term_counts(TOPICS, part) for part in parts), Counter()) == +term_counts(TOPICS, BY_TOPIC)
    rows = [row for part in parts for row in document_rows(TOPICS, part)]
    made = in_order(rows_to_table("topic_documents", rows), TOPICS)
    assert made.equals(rows_to_table("topic_documents", document_rows(TOPICS, BY_TOPIC)))
    statements = [*statement_rows(HITS, {("a", 0): 9, ("b", 2): 5, ("b", 1): 4})]
    assert speaker_counts(statements) == speaker_counts(statements[:2]) + speaker_counts(statements[2:])


def test_the_main_topic_of_an_article_is_that_of_most_hits_and_of_equals_the_first():
    more = [hit("farm", "c", 0, "farm"), *(hit("farm", "d", 0, "farm") for _ in range(3)), hit("tax", "d", 0, "tax")]
    tables = [
        {
            row["doc_id"]: row["topic"]
            for row in document_rows(topics, documents_of([*HITS, *more, hit("farm", "a", 1, "farm")], SIZES))
            if row["main"]
        }
        for topics in (TOPICS, TOPICS[::-1])
    ]
    # Two hits of either in a; of the three of tax in b the share is too small, as is the number in c.
    assert tables == [{"a": "tax", "c": "farm", "d": "farm"}, {"a": "farm", "c": "farm", "d": "farm"}]


def test_statements_that_count_have_topics():
    words = {("a", 0): 9, ("b", 2): 5, ("b", 1): 4}
    rows = [*statement_rows(HITS, words)]
    assert [(row["topic"], row["doc_id"], row["quote"], row["speaker"], row["hits"], row["words"]) for row in rows] == [
        ("tax", "a", 0, "Ann", 1, 9),
        ("farm", "a", 0, "Ann", 1, 9),
        ("tax", "b", 1, "", 1, 4),
        ("tax", "b", 2, "Bo", 2, 5),
    ]
    assert [
        (row["topic"], row["speaker"], row["words"], round(row["share"], 2))
        for row in speaker_rows(speaker_counts(rows), TOPICS)
    ] == [
        ("tax", "Ann", 9, 0.64),
        ("tax", "Bo", 5, 0.36),
        ("farm", "Ann", 9, 1.0),
    ]


def test_a_statement_that_does_not_count_has_no_row():
    assert [*statement_rows(HITS, {})] == []


def test_groups_have_intervals_only_with_enough_documents():
    groups = {"a": "Globe", "b": "Globe", "c": "Post", "d": ""}
    rows = {
        (row["topic"], row["group"]): row
        for row in group_rows(TOPICS, topic_group_counts(TOPICS, BY_TOPIC, groups), groups)
    }
    assert (rows["tax", "(all)"]["documents"], rows["tax", "(all)"]["n_documents"]) == (1, 4)
    assert rows["tax", "Globe"]["estimate"] == 0.5
    assert rows["tax", "Post"]["estimate"] == 0
    assert isnan(rows["tax", "Globe"]["lo"])
    many = {f"x{at}": "Globe" for at in range(9)} | groups
    of_many = {
        (row["topic"], row["group"]): row
        for row in group_rows(TOPICS, topic_group_counts(TOPICS, BY_TOPIC, many), many)
    }
    assert 0 < of_many["tax", "Globe"]["hi"] < 1


def test_a_word_brings_the_articles_that_are_of_the_topic_by_it_alone():
    judged = {("tax", "tax"): Judged(10, 9)}
    rows = {(row["topic"], row["term"]): row for row in term_rows(TOPICS, term_counts(TOPICS, BY_TOPIC), judged)}
    assert {key: (row["hits"], row["documents"], row["alone"]) for key, row in rows.items()} == {
        ("tax", "tax"): (4, 2, 1),
        ("tax", "levy"): (2, 2, 1),
        ("farm", "farm"): (1, 1, 1),
    }
    assert (rows["tax", "tax"]["checked"], rows["tax", "tax"]["precision"]) == (10, 0.9)
    assert isnan(rows["tax", "levy"]["precision"])


def test_without_a_word_the_others_stay():
    document = TopicDocument("a", Counter(tax=1, levy=2), frozenset([0]), 2)
    assert document.belongs(TOPICS[0], without="tax")
    assert not document.belongs(TOPICS[0], without="levy")
