"""Turns of transcripts go to their speaker in each layout of data/transcripts.yaml, and other texts have none."""

import json
from pathlib import Path

import pytest
import yaml

from scripts.attribution.document import find_quotes
from scripts.attribution.marked import mark
from scripts.attribution.turns import find_turns
from scripts.parsing.tokens import segmented_doc
from tests.attribution.named_docs import named_docs

LAYOUTS = yaml.safe_load((Path(__file__).parent / "data" / "transcripts.yaml").read_text(encoding="utf-8"))
ARTICLES = Path("benchmarks/data/wikinews/articles.jsonl")


@pytest.fixture(scope="module")
def quotes(nlp):
    """Return the quotes of each layout with their contents, by its name."""
    docs = named_docs(nlp, [(layout["name"], layout["text"]) for layout in LAYOUTS])
    return {
        doc.doc_id: [
            (" ".join(doc.text[start:end] for start, end in quote.content), quote) for quote in find_quotes(doc)
        ]
        for doc in docs
    }


def test_there_are_forty_layouts_and_texts_that_are_no_transcripts():
    assert len({layout["name"] for layout in LAYOUTS}) == len(LAYOUTS)
    assert sum(bool(layout["speakers"]) for layout in LAYOUTS) >= 40
    assert sum(not layout["speakers"] for layout in LAYOUTS) >= 5


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout["name"])
def test_each_turn_goes_to_its_speaker(quotes, layout):
    turns = [quote for _, quote in quotes[layout["name"]] if quote.rule == "turn"]
    assert [quote.speaker.name for quote in turns] == layout["speakers"]
    assert all(quote.kind == "direct" and quote.n_quoted > 0 and quote.source for quote in turns)
    for words, speaker in layout.get("said", {}).items():
        shortest = min((pair for pair in quotes[layout["name"]] if words in pair[0]), key=lambda pair: len(pair[0]))
        assert shortest[1].speaker.name == speaker


def test_a_turn_is_one_statement_and_has_no_label_and_no_direction_in_its_content(quotes):
    for layout in LAYOUTS:
        if layout["speakers"]:
            contents = [content for content, quote in quotes[layout["name"]] if quote.rule == "turn"]
            assert not any("(CROSSTALK)" in content or "[Applause]" in content for content in contents)
            assert not any(content.split()[0].endswith(":") for content in contents)
            assert not any(quote.rule == "colon" for _, quote in quotes[layout["name"]])
            assert not any(quote.rule == "quotation marks" for _, quote in quotes[layout["name"]])


def test_a_source_inside_a_turn_has_no_label(nlp):
    text = "VANCE: Did you ask her?\nQUILL: The governor said that the dam was safe.\nVANCE: You believed it?"
    doc = next(iter(named_docs(nlp, [("d", text)])))
    sources = [doc.text[slice(*quote.source)] for quote in find_quotes(doc) if quote.rule != "turn"]
    assert sources == ["The governor"]


def test_ordinary_articles_have_no_turns():
    for line in ARTICLES.read_text(encoding="utf-8").splitlines():
        article = json.loads(line)
        if "((WN))" in article["text"]:  # an interview in a report
            continue
        assert find_turns(mark(segmented_doc(article["doc_id"], article["text"]))) == []
