"""Queries are split as the page and the tokenizer split texts."""

import re

from hypothesis import example, given
from hypothesis import strategies as st

from scripts.parsing.query_words import matches, query_words
from scripts.parsing.tokens import segmented_doc
from tests.report.js.node import needs_node
from tests.report.js.test_search import QUERIES


@needs_node
def test_queries_are_split_as_the_page_splits_them():
    assert {query: query_words(query) for query in QUERIES} == QUERIES


def test_queries_are_split_as_the_tokenizer_splits_texts():
    # Not those with signs that only queries have.
    queries = [query for query in QUERIES if query and not set(query) & set('*"“') and "lemma" not in query.lower()]
    assert len(queries) > 15
    for query in queries:
        words = segmented_doc("", f"They wrote {query} there.").word[2:-2]
        assert [word.lower() for word in words] == query_words(query), query


@given(st.text("ab", max_size=8), st.text("ab*", max_size=6))
@example("[a]?", "[a]?")  # only the asterisk is a sign
@example("ab", "[a]?")
@example("bab", "*a*a*")  # one letter does not match two
@example("aba", "*a*a*")
@example("aba", "ab*ba")  # the letters before and after the sign do not overlap
def test_patterns_mean_what_they_mean_elsewhere(word, pattern):
    expected = re.fullmatch(".*".join(map(re.escape, pattern.split("*"))), word) is not None
    assert matches(word, pattern) == expected


def test_a_pattern_with_many_signs_and_a_long_word_take_no_time():
    assert not matches("a" * 1_000_000, "*a" * 200 + "*b*")
