"""Quotations over several paragraphs go to their speaker in each layout of data/layouts.yaml."""

from pathlib import Path

import pytest
import yaml

from scripts.attribution.document import find_quotes
from tests.attribution.named_docs import named_docs

LAYOUTS = yaml.safe_load((Path(__file__).parent / "data" / "layouts.yaml").read_text(encoding="utf-8"))


def title(layout):
    return f"{layout['style']}: {layout['name']}"


@pytest.fixture(scope="module")
def speakers(nlp):
    """Return the (content, speaker) pairs of each layout, by its title."""
    texts = [(title(layout), "\n\n".join(layout["paragraphs"])) for layout in LAYOUTS]
    docs = named_docs(nlp, texts)
    return {
        doc.doc_id: [
            (" ".join(doc.text[start:end] for start, end in quote.content), quote.speaker.name)
            for quote in find_quotes(doc)
        ]
        for doc in docs
    }


def test_there_are_forty_layouts_of_five_styles():
    assert len({title(layout) for layout in LAYOUTS}) == len(LAYOUTS) >= 40
    assert {layout["style"] for layout in LAYOUTS} == {"US", "British", "Australian", "Indian", "agency"}


def marks(layout):
    reason = layout.get("known_weakness")
    return [pytest.mark.xfail(strict=True, reason=reason)] if reason else []


@pytest.mark.parametrize("layout", [pytest.param(layout, id=title(layout), marks=marks(layout)) for layout in LAYOUTS])
def test_each_quotation_goes_to_its_speaker(speakers, layout):
    pairs = speakers[title(layout)]
    attributed = [
        [words, name.removeprefix("The ").removeprefix("the ")]
        for words, _ in layout["expected"]
        for content, name in pairs
        if words in content
    ]
    assert attributed == layout["expected"]
    if not layout["expected"]:
        assert not any(name and "‘" in content for content, name in pairs)
