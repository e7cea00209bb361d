"""Each construction of attribution, in sentences written for the purpose."""

from dataclasses import replace

import pytest

from scripts.entities.recognition import find_entities
from scripts.parsing.parses import annotate
from scripts.quotes.attribution import MIN_CONFIDENCE, find_quotes
from tests.quotes.sentences import FOUND, MISSED, NOT_FOUND, SPURIOUS

# A rare construction of a noun or preposition is found, and said to be doubtful.
DOUBTFUL = 0.25


@pytest.fixture(scope="module")
def quotes(nlp):
    """Return the attributions of every sentence, by name, with those that are doubtful."""
    texts = [(case.name, case.text) for case in FOUND + MISSED] + NOT_FOUND + SPURIOUS
    docs = [replace(doc, mentions=find_entities(doc)) for doc in annotate(nlp, texts)]
    return {
        doc.doc_id: [(doc, quote) for quote in find_quotes(doc, min_confidence=DOUBTFUL) if quote.cue] for doc in docs
    }


def plain(text):
    return "".join(letter for letter in text if letter.isalnum())


KNOWN = pytest.mark.xfail(strict=True, reason="a known weakness")


@pytest.mark.parametrize(
    "case", [*FOUND, *(pytest.param(case, marks=KNOWN) for case in MISSED)], ids=lambda case: case.name
)
def test_found(quotes, case):
    seen = {
        (
            doc.text[slice(*quote.source)] if quote.source else "",
            quote.cue_lemma,
            plain("".join(doc.text[start:end] for start, end in quote.content)),
        )
        for doc, quote in quotes[case.name]
    }
    assert {(source, cue, plain(content)) for source, cue, content in case.expected} <= seen


@pytest.mark.parametrize(
    "name", [*(name for name, _ in NOT_FOUND), *(pytest.param(name, marks=KNOWN) for name, _ in SPURIOUS)]
)
def test_not_found(quotes, name):
    sure = [(doc, quote) for doc, quote in quotes[name] if quote.confidence >= MIN_CONFIDENCE]
    assert [doc.text[slice(*quote.cue)] for doc, quote in sure] == []
