"""Queries are split as the page and the tokenizer split texts."""

from scripts.parsing.query_words import query_words
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
