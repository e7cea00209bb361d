"""Headings and bullets are told from other paragraphs, and left out where a quotation is joined to its text."""

from dataclasses import replace

import pytest

from scripts.attribution.headings import before_headings
from scripts.attribution.marked import mark
from scripts.core.annotation import Mention
from scripts.parsing.tokens import segmented_doc


def followed(text, *persons):
    """Return the last word of the text that the quotation in it follows."""
    doc = segmented_doc("d", text)
    places = [Mention(at, at + 1, "PERSON", word) for at, word in enumerate(doc.word) if word in persons]
    marked = mark(replace(doc, mentions=places))
    return doc.word[before_headings(marked, marked.quotations[-1].first) - 1]


@pytest.mark.parametrize(
    ("between", "is_heading"),
    [
        ("The old kiln", True),
        ("The old kiln\n\n* The frost", True),
        ("word " * 20, True),
        ("word " * 21, False),
        ("It rained.", False),
        ("The kiln cracked:", False),
        ("The “old” kiln", False),
        ("Lopez of the mill", False),
        ("It rained. The old kiln", False),
    ],
)
@pytest.mark.parametrize("bullet", ["", "* ", "- "])
def test_a_heading_is_a_short_paragraph_without_end_person_or_marks(between, is_heading, bullet):
    assert (
        followed(f"He spoke then\n\n“Now.” It rained\n\n{between}\n\n{bullet}“It cracked.”", "Lopez") == "rained"
    ) == (is_heading)


def test_a_bullet_alone_is_no_text():
    assert followed("He spoke;\n\n* “It cracked.”") == ";"
    assert followed("He * “cracked it”") == "*"
