"""Each construction of attribution, in the sentences of data/constructions.yaml."""

from pathlib import Path

import pytest
import yaml

from scripts.attribution.document import MIN_CONFIDENCE, find_quotes
from tests import reference
from tests.attribution.made_rows import attribution_rows
from tests.attribution.named_docs import named_docs

CASES = yaml.safe_load((Path(__file__).parent / "data" / "constructions.yaml").read_text(encoding="utf-8"))

# A rare construction of a noun or preposition is found, and said to be doubtful.
DOUBTFUL = 0.25


@pytest.fixture(scope="module")
def docs(nlp):
    texts = [(case["name"], case["text"]) for cases in CASES.values() for case in cases]
    return [*named_docs(nlp, texts)]


@pytest.fixture(scope="module")
def quotes(docs):
    """Return the attributions of every sentence, by name, doubtful ones among them."""
    attributed = ((doc, find_quotes(doc, min_confidence=DOUBTFUL)) for doc in docs)
    return {doc.doc_id: [(doc, quote) for quote in quotes if quote.cue] for doc, quotes in attributed}


def plain(text):
    return "".join(letter for letter in text if letter.isalnum())


KNOWN = pytest.mark.xfail(strict=True, reason="a known weakness")


def cases(name, *marks):
    return [pytest.param(case, id=case["name"], marks=marks) for case in CASES[name]]


@pytest.mark.parametrize("case", [*cases("attributed"), *cases("missed", KNOWN)])
def test_each_attribution_of_a_text_is_made(quotes, case):
    attributions = {
        (
            doc.text[slice(*quote.source)] if quote.source else "",
            quote.cue_lemma,
            plain("".join(doc.text[start:end] for start, end in quote.content)),
        )
        for doc, quote in quotes[case["name"]]
    }
    assert {(source, cue, plain(content)) for source, cue, content in case["attributions"]} <= attributions


@pytest.mark.parametrize("case", cases("not_speech"))
def test_nothing_is_attributed_where_nobody_speaks(quotes, case):
    sure = [(doc, quote) for doc, quote in quotes[case["name"]] if quote.confidence >= MIN_CONFIDENCE]
    assert [doc.text[slice(*quote.cue)] for doc, quote in sure] == []


def test_doubtful_attributions_are_those_of_the_file(docs):
    rows = [{"name": doc.doc_id, **row} for doc in docs for row in attribution_rows(doc, min_confidence=0.02)]
    reference.hold(Path(__file__).parent / "data" / "reference" / "constructions.tsv", rows)
