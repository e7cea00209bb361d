"""Quotations over several paragraphs go to their speaker in each layout."""

from dataclasses import replace

import pytest

from scripts.entities.recognition import find_entities
from scripts.parsing.parses import annotate
from scripts.quotes.attribution import find_quotes
from tests.quotes.layouts import KNOWN, LAYOUTS


@pytest.fixture(scope="module")
def speakers(nlp):
    """Return the (content, speaker) pairs of each layout, by its name."""
    texts = [(f"{layout.style}: {layout.name}", "\n\n".join(layout.paragraphs)) for layout in LAYOUTS]
    docs = (replace(doc, mentions=find_entities(doc)) for doc in annotate(nlp, texts))
    return {
        doc.doc_id: [
            (" ".join(doc.text[start:end] for start, end in quote.content), quote.speaker.name)
            for quote in find_quotes(doc)
        ]
        for doc in docs
    }


def test_there_are_forty_layouts_of_five_styles():
    assert len({(layout.style, layout.name) for layout in LAYOUTS}) == len(LAYOUTS) >= 40
    assert {layout.style for layout in LAYOUTS} == {"US", "British", "Australian", "Indian", "agency"}


@pytest.mark.parametrize(
    "layout",
    [
        pytest.param(
            layout,
            id=f"{layout.style}: {layout.name}",
            marks=[pytest.mark.xfail(strict=True, reason="a known weakness")] if layout.name in KNOWN else [],
        )
        for layout in LAYOUTS
    ],
)
def test_each_quotation_goes_to_its_speaker(speakers, layout):
    pairs = speakers[f"{layout.style}: {layout.name}"]
    found = [
        (words, name.removeprefix("The ").removeprefix("the "))
        for words, _ in layout.expected
        for content, name in pairs
        if words in content
    ]
    assert found == list(layout.expected)
    if not layout.expected:
        assert not any(name and "‘" in content for content, name in pairs)
