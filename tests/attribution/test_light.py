"""The reader `light`: plain attributions, and how many of the made-up texts it reads right."""

import pytest
import yaml

from benchmarks.made_texts import has_all, quotations_right, read
from scripts.attribution.document import find_quotes
from scripts.core.storage import ROOT
from scripts.parsing.parses import annotate

LAYOUTS, CASES = (
    yaml.safe_load((ROOT / "tests" / "attribution" / "data" / f"{name}.yaml").read_text("utf-8"))
    for name in ("layouts", "constructions")
)


def test_most_quotations_of_the_layouts_go_to_their_speaker():
    texts = read(["\n\n".join(layout["paragraphs"]) for layout in LAYOUTS], reader="light")
    assert sum(quotations_right(*pair) for pair in zip(LAYOUTS, texts, strict=True)) >= 140


def test_most_constructions_are_read():
    spoken = CASES["attributed"] + CASES["missed"]
    assert sum(map(has_all, spoken, read([case["text"] for case in spoken], reader="light"))) >= 62


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        (
            "Mayor Ann Smith said on Monday that the harbour would close.",
            "Mayor Ann Smith",
            "that the harbour would close",
        ),
        ("The union has repeatedly warned that wages are falling.", "The union", "that wages are falling"),
        (
            "Three ferries will stop in May, according to the ministry.",
            "the ministry",
            "Three ferries will stop in May",
        ),
        (
            '"The kiln is safe," said Eva Brandt. "It was rebuilt."',
            "Eva Brandt",
            '"The kiln is safe," ... "It was rebuilt."',
        ),
    ],
)
def test_plain_attributions(nlp, text, source, content):
    doc = next(annotate(nlp, [("d", text)]))
    (quote,) = (quote for quote in find_quotes(doc, reader="light") if quote.cue)
    assert text[slice(*quote.source)] == source
    assert " ... ".join(text[slice(*span)] for span in quote.content).rstrip(".") == content.rstrip(".")


@pytest.mark.parametrize(
    "text", ["", " ", "😀 " * 50, "a" * 100_000, '"' * 300, "word " * 3000, "\n\n".join("Said." for _ in range(300))]
)
def test_text_of_any_kind_is_read(nlp, text):
    for doc in annotate(nlp, [("d", text)]):
        assert all(quote.confidence <= 1 for quote in find_quotes(doc, reader="light", attitudes=True))
