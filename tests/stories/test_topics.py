"""The tables of topics: what belongs, who speaks, what each word brings."""

from math import isnan
from pathlib import Path

import pandas as pd
import pytest

from scripts.stories.topic_audit import Judged
from scripts.stories.topic_documents import topic_documents
from scripts.stories.topic_words import parse_topics
from scripts.stories.topics import topic_groups, topic_speakers, topic_statements, topic_terms

TOPICS = parse_topics(
    Path("topics.yaml"), b"tax:\n  share: 0.2\n  words: [tax, levy]\nfarm:\n  least: 1\n  words: [farm]\n"
)[0]
HITS = pd.DataFrame(
    [
        ("tax", "a", 0, "tax", None, "(narrator)"),
        ("tax", "a", 0, "levy", 0, "Ann"),
        ("farm", "a", 1, "farm", 0, "Ann"),
        ("tax", "b", 2, "tax", 1, "(source not named)"),
        ("tax", "b", 2, "tax", 2, "Bo"),
        ("tax", "b", 9, "tax", 2, "Bo"),
        ("tax", "c", 0, "levy", None, "(narrator)"),
    ],
    columns=["topic", "doc_id", "sentence", "term", "quote", "speaker"],
)
SIZES = pd.Series({"a": 4, "b": 50, "c": 1, "d": 3})
DOCUMENTS = topic_documents(HITS, TOPICS, SIZES)
QUOTES = pd.DataFrame([("a", 0, 9), ("b", 2, 5), ("b", 1, 4)], columns=["doc_id", "quote", "n_words"])
STATEMENTS = topic_statements(HITS.dropna(), QUOTES)


def rows(table, *columns):
    """Return the rows of a table as tuples of these columns."""
    return [*table[[*columns]].itertuples(index=False, name=None)]


def test_an_article_belongs_by_least_hits_and_share_and_may_be_of_several_topics():
    assert rows(DOCUMENTS, "topic", "doc_id", "hits", "sentences", "belongs") == [
        ("tax", "b", 3, 2, False),  # two of fifty sentences
        ("tax", "a", 2, 1, True),
        ("tax", "c", 1, 1, False),  # one hit
        ("farm", "a", 1, 1, True),
    ]


def test_an_article_belongs_with_just_as_many_hits_and_just_the_share_and_not_with_less():
    hits = HITS[HITS["doc_id"] == "a"]
    table = topic_documents(hits, TOPICS, pd.Series({"a": 5}))
    assert rows(table, "topic", "share", "belongs") == [("tax", 0.2, True), ("farm", 0.2, True)]
    table = topic_documents(hits, TOPICS, pd.Series({"a": 6}))
    assert rows(table, "topic", "belongs") == [("tax", False), ("farm", True)]


def test_the_main_topic_of_an_article_is_that_of_most_hits_and_of_equals_the_first():
    more = [("farm", "c", "farm"), *[("farm", "d", "farm")] * 3, ("tax", "d", "tax"), ("farm", "a", "farm")]
    hits = pd.concat([HITS, pd.DataFrame(more, columns=["topic", "doc_id", "term"]).assign(sentence=0)])
    main = []
    for topics in (TOPICS, TOPICS[::-1]):
        table = topic_documents(hits, topics, SIZES)
        main.append(table[table["main"]].set_index("doc_id")["topic"].to_dict())
    # Two hits of either in a; of the three of tax in b the share is too small, as is the number in c.
    assert main == [{"a": "tax", "c": "farm", "d": "farm"}, {"a": "farm", "c": "farm", "d": "farm"}]


def test_statements_that_count_have_topics():
    assert rows(STATEMENTS, "topic", "doc_id", "quote", "sentence", "speaker", "hits", "words") == [
        ("tax", "a", 0, 0, "Ann", 1, 9),
        ("farm", "a", 0, 1, "Ann", 1, 9),
        ("tax", "b", 1, 2, "", 1, 4),
        ("tax", "b", 2, 2, "Bo", 2, 5),
    ]
    speakers = topic_speakers(STATEMENTS, TOPICS)
    assert rows(speakers.round(2), "topic", "speaker", "statements", "documents", "words", "share") == [
        ("tax", "Ann", 1, 1, 9, 0.64),
        ("tax", "Bo", 1, 1, 5, 0.36),
        ("farm", "Ann", 1, 1, 9, 1.0),
    ]


def test_a_statement_that_does_not_count_has_no_row():
    assert topic_statements(HITS.dropna(), QUOTES.head(0)).empty
    assert topic_speakers(STATEMENTS.head(0), TOPICS).empty


def test_groups_have_intervals_only_with_enough_documents():
    groups = pd.Series({"a": "Globe", "b": "Globe", "c": "Post", "d": ""})
    table = topic_groups(DOCUMENTS, TOPICS, groups).set_index(["topic", "group"])
    assert [group for topic, group in table.index if topic == "tax"] == ["(all)", "Globe", "Post"]
    assert table.loc[("tax", "(all)"), ["documents", "n_documents"]].tolist() == [1, 4]
    assert table.loc[("tax", "Globe"), "estimate"] == 0.5
    assert table.loc[("tax", "Post"), "estimate"] == 0
    assert isnan(table.loc[("tax", "Globe"), "lo"])
    five = pd.concat([pd.Series({f"x{at}": "Globe" for at in range(3)}), groups])
    row = topic_groups(DOCUMENTS, TOPICS, five).set_index(["topic", "group"]).loc[("tax", "Globe")]
    # Wilson's interval of one of five.
    assert row[["documents", "n_documents", "estimate"]].tolist() == [1, 5, 0.2]
    assert row[["lo", "hi"]].tolist() == pytest.approx([0.0362, 0.6245], abs=1e-4)


def test_a_word_brings_the_articles_that_are_of_the_topic_by_it_alone():
    table = topic_terms(HITS, DOCUMENTS, TOPICS, {("tax", "tax"): Judged(10, 9)})
    assert rows(table.round(2), "topic", "term", "hits", "share", "documents", "alone") == [
        ("tax", "tax", 4, 0.67, 2, 1),
        ("tax", "levy", 2, 0.33, 2, 1),
        ("farm", "farm", 1, 1.0, 1, 1),
    ]
    assert (table["checked"][0], table["precision"][0]) == (10, 0.9)
    assert isnan(table["precision"][1])


def test_a_word_without_which_enough_hits_are_left_brings_nothing_alone():
    hits = pd.DataFrame({"topic": "tax", "doc_id": "a", "sentence": range(3), "term": ["levy", "levy", "tax"]})
    table = topic_terms(hits, topic_documents(hits, TOPICS, pd.Series({"a": 3})), TOPICS, {})
    assert rows(table, "term", "hits", "alone") == [("levy", 2, 1), ("tax", 1, 0), ("farm", 0, 0)]


def test_a_word_brings_an_article_alone_if_too_few_sentences_are_left_without_it():
    """Of three sentences with a hit each word has one alone; a fifth of all sentences must have one."""
    terms = ["tax"] * 3 + ["levy"] * 2 + ["tax"]
    hits = pd.DataFrame({"topic": "tax", "doc_id": "a", "sentence": [0, 0, 0, 1, 2, 2], "term": terms})
    for sentences, expected in ((11, [("tax", 4, 1), ("levy", 2, 1)]), (10, [("tax", 4, 0), ("levy", 2, 0)])):
        table = topic_terms(hits, topic_documents(hits, TOPICS, pd.Series({"a": sentences})), TOPICS, {})
        assert rows(table, "term", "hits", "alone")[:2] == expected


def test_a_word_without_a_hit_and_no_hits_at_all():
    table = topic_terms(HITS[HITS["term"] != "levy"], DOCUMENTS, TOPICS, {})
    assert rows(table, "term", "hits", "documents", "alone") == [("tax", 4, 2, 1), ("levy", 0, 0, 0), ("farm", 1, 1, 1)]
    none = topic_documents(HITS.head(0), TOPICS, SIZES)
    assert none.empty and topic_terms(HITS.head(0), none, TOPICS, {})["hits"].tolist() == [0, 0, 0]
    assert topic_groups(none, TOPICS, pd.Series({"a": ""}))["documents"].tolist() == [0, 0]
    assert topic_groups(none, [], pd.Series(dtype=str)).empty
