"""Text of any kind is read to its end, and what has no statement gives none."""

import pytest

from scripts.attribution.document import find_quotes
from scripts.parsing.parses import annotate


@pytest.mark.parametrize(
    "text", ["", " ", "😀 " * 50, "a" * 100_000, '"' * 300, "mill " * 1000, "\n\n".join("Said." for _ in range(300))]
)
def test_text_of_any_kind_is_read(nlp, text):
    for doc in annotate(nlp, [("d", text)]):
        assert [*find_quotes(doc)] == []
