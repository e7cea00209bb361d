"""A very long document is attributed in stretches: each token is in one, and what is said and by whom stays."""

from itertools import pairwise

import pytest

from scripts.attribution.document import find_quotes
from scripts.attribution.stretches import document_stretches
from tests.attribution.named_docs import named_docs

PARAGRAPHS = (
    "“The dam is safe,” said Eva Brandt. “It was rebuilt.”",
    "The ministry said that the road will be closed. According to Tom Berg, it never was.",
    "It rained.",
    "Ann Smith warned that the roof may fall.",
)
TEXT = "\n\n".join(PARAGRAPHS * 3)


def parsed(nlp, text):
    return next(named_docs(nlp, [("long.txt", text)]))


@pytest.fixture(scope="module")
def doc(nlp):
    """Return twelve paragraphs and a long one as a parsed document with its names."""
    return parsed(nlp, TEXT + "\n\n" + TEXT.replace("\n\n", " "))


@pytest.mark.parametrize("longest", [1, 20, 60, 200])
def test_each_token_is_in_one_stretch_with_its_sentence_head_and_names(doc, longest):
    tokens, mentions = [], []
    for first, part in document_stretches(doc, longest):
        assert len(tokens) == first
        assert part.sentences[0].first == 0 and part.sentences[-1].last == len(part.word)
        assert len(part.word) <= longest or len(part.sentences) == 1
        for token, number in enumerate(part.sentence):
            sentence = part.sentences[number]
            assert sentence.first <= token < sentence.last and sentence.first <= part.head[token] < sentence.last
            characters = part.start[token], part.end[token]
            tokens.append((*characters, part.word[token], part.dep[token], part.head[token] + first))
        mentions += [
            mention._replace(first=mention.first + first, last=mention.last + first) for mention in part.mentions
        ]
    assert tokens == list(zip(doc.start, doc.end, doc.word, doc.dep, doc.head, strict=True))
    assert mentions == doc.mentions


def test_only_a_paragraph_that_is_too_long_is_cut(doc):
    paragraphs = [{sentence.paragraph for sentence in part.sentences} for _, part in document_stretches(doc, 100)]
    cut = {number for before, after in pairwise(paragraphs) for number in before & after}
    assert cut == {12}


def test_a_short_document_is_one_stretch(doc):
    assert list(document_stretches(doc, len(doc.word))) == [(0, doc)]


@pytest.mark.parametrize("longest", [20, 60])
def test_in_stretches_of_whole_paragraphs_what_is_said_and_by_whom_stays(nlp, longest, monkeypatch):
    doc = parsed(nlp, TEXT)

    def summaries():
        return [
            (quote.kind, quote.content, quote.tokens, quote.cue, quote.speaker.name, quote.rule)
            for quote in find_quotes(doc, min_confidence=0.3)  # which the words around move a little
        ]

    of_whole = summaries()
    monkeypatch.setattr("scripts.attribution.document.document_stretches", lambda doc: document_stretches(doc, longest))
    assert summaries() == of_whole
    assert len(of_whole) >= 12
