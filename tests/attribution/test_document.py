"""Text of any kind is read to its end, and what has no statement gives none."""

import re

import pytest

from scripts.attribution.document import find_quotes
from scripts.parsing.parses import annotate
from tests.attribution.named_docs import named_docs


@pytest.mark.parametrize(
    "text", ["", " ", "😀 " * 50, "a" * 100_000, '"' * 300, "mill " * 1000, "\n\n".join("Said." for _ in range(300))]
)
def test_text_of_any_kind_is_read(nlp, text):
    for doc in annotate(nlp, [("d", text)]):
        assert [*find_quotes(doc)] == []


@pytest.mark.parametrize(
    "text",
    [
        "The dam leaks, according to the mayor, Enid Lowe, a teacher.",
        "Asked about the mill, the mayor commented not only once.",
        "Enid Lowe, one co-founder of the mill, said so; two of the mayors, Tom Wickham and Nora Beck, agreed.",
        "Enid Lowe: We pay.\n\nQ: Why?\n\nTom Wickham: No.",
    ],
)
def test_a_text_may_end_anywhere(nlp, text):
    ends = [match.end() for match in re.finditer(r"\w+|\W", text)]
    for doc in named_docs(nlp, ((f"d{end}", text[:end]) for end in ends)):
        assert all(len(quote.tokens) for quote in find_quotes(doc))
