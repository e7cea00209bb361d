"""Plain text and Markdown: front matter, signs of Markdown, and the map back to the file."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.documents.plain import read_markdown, read_plain
from scripts.documents.settings import Settings


def markdown(text):
    (raw,) = read_markdown("a.md", text.encode(), Settings())
    return raw


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("# A head\n\nText", "A head\n\nText"),
        ("> “Quoted,” he said.", "“Quoted,” he said."),
        ("- one\n* two\n+ three", "one\ntwo\nthree"),
        ("**bold** _and_ ***both***", "bold and both"),
        ("2 * 3 * 4, snake_case_name", "2 * 3 * 4, snake_case_name"),
        ("[side](https://example.org/x_y)", "side"),
        ("before ![a picture](x.png)after", "before after"),
        ("a<!-- hidden -->b", "ab"),
        ("`code` and \\*a star\\*", "code and *a star*"),
        ("above\n---\nbelow", "above\n\nbelow"),
    ],
)
def test_signs_of_markdown_go_and_words_stay(source, text):
    assert markdown(source).text == text


def test_a_first_heading_is_the_title_unless_the_front_matter_has_one():
    assert markdown("\n# A head #\n\nText").metadata == {"title": "A head"}
    assert markdown("---\ntitle: T\n---\n# A head\n\nText").metadata == {"title": "T"}
    assert markdown("## A head\n\nText").metadata == {}


def test_plain_text_keeps_its_signs():
    (raw,) = read_plain("a.txt", b"# no *heading*", Settings())
    assert (raw.text, raw.metadata) == ("# no *heading*", {})


@given(
    st.lists(st.sampled_from(["---\n", "a: b\n", "# ", "**", "_", "[x](y)", "\\*", "word ", "\n", "> "])).map("".join)
)
def test_signs_go_and_nothing_is_added(source):
    left = iter(source)
    assert all(sign in left for sign in markdown(source).text)
