"""Queries are split as the page splits them, and sentences in sentences."""

import numpy as np

from scripts.report.choices.queries import QueryTokens, query_phrases, sentences_with, spans_with
from tests.report.js.node import needs_node
from tests.report.js.test_search import PHRASES


@needs_node
def test_queries_are_split_as_the_page_splits_them():
    assert {query: query_phrases(query) for query in PHRASES} == PHRASES


def test_an_and_joins_phrases_of_one_sentence_and_finds_the_first():
    norms = ["tax", "job", "war"]
    tokens = QueryTokens(np.array([0, 0, 0, 1, 1, 2]), np.array([0, 1, 2, 0, 2, 1]), norms, [""] * 3)
    sentences = {
        query: np.flatnonzero(sentences_with(tokens, query, 3)).tolist()
        for query in ("tax & job", "job & tax", "tax & war", "tax & war & job", "job war & tax", "war & tax job | job")
    }
    assert sentences == {
        "tax & job": [0],
        "job & tax": [0],
        "tax & war": [0, 1],
        "tax & war & job": [0],
        "job war & tax": [0],
        "war & tax job | job": [0, 2],
    }
    first, length = np.array([0, 1, 1]), np.array([1, 1, 2])
    assert spans_with(tokens, "tax & job", first, length).tolist() == [True, False, False]
    assert spans_with(tokens, "job war & tax", first, length).tolist() == [False, False, True]


def test_words_stand_in_a_row_within_a_sentence():
    norms, lemmas = ["tax", "taxes", "war", "tax"], ["tax", "tax", "war", ""]
    tokens = QueryTokens(np.array([0, 0, 1, 2, 2]), np.array([0, 2, 1, 2, 3]), norms, lemmas)
    sentences = {
        query: np.flatnonzero(sentences_with(tokens, query, 4)).tolist()
        for query in (
            "tax",
            "tax*",
            "lemma:tax",
            "tax war",
            "war tax",
            "war taxes",
            "t* w* x",
            "taxes | war tax",
            "|",
            "",
        )
    }
    assert sentences == {
        "tax": [0, 2],
        "tax*": [0, 1, 2],
        "lemma:tax": [0, 1],
        "tax war": [0],
        "war tax": [2],
        "war taxes": [],
        "t* w* x": [],
        "taxes | war tax": [1, 2],
        "|": [],
        "": [],
    }


def test_a_star_alone_stands_for_other_letters_and_many_take_no_longer():
    norms = ["?", "[", "a" * 2_000]
    tokens = QueryTokens(np.arange(3), np.arange(3), norms, [""] * 3)
    sentences = {
        query: np.flatnonzero(sentences_with(tokens, query, 3)).tolist() for query in ("?", "[", "*", "a*" * 30 + "b")
    }
    assert sentences == {"?": [0], "[": [1], "*": [0, 1, 2], "a*" * 30 + "b": []}
