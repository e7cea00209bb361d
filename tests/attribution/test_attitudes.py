"""Attitudes: what is attributed and no speech. With the setting they are added, and speech stays as it is."""

from dataclasses import replace

import pytest

from scripts.attribution.calibration import calibration
from scripts.attribution.choice import CONSTRUCTIONS
from scripts.attribution.document import attribute, find_quotes
from scripts.attribution.marked import mark
from scripts.core.statements import ATTITUDE
from scripts.entities.recognition import find_entities
from scripts.parsing.parses import annotate
from scripts.parsing.tokens import segmented_doc
from tests.attribution.test_constructions import CASES

# Made up: who, the head of the cue, what.
ATTITUDES = {
    "Martha Quill believes that the ferry will sink.": ("Martha Quill", "believe", "that the ferry will sink"),
    "Most farmers fear that the river will rise again.": ("Most farmers", "fear", "that the river will rise again"),
    "The council wants to reopen the mill in May.": ("The council", "want", "to reopen the mill in May"),
}


@pytest.fixture(scope="module")
def docs(nlp):
    cases = (case["text"] for cases in CASES.values() for case in cases)
    texts = [*ATTITUDES, "\n\n".join([*cases, *ATTITUDES])]
    return {
        doc.text: replace(doc, mentions=find_entities(doc))
        for doc in annotate(nlp, [(str(number), text) for number, text in enumerate(texts)])
    }


@pytest.mark.parametrize("text", ATTITUDES)
def test_an_attitude_has_a_source_a_cue_and_what_it_is(docs, text):
    (quote,) = (quote for quote in find_quotes(docs[text], attitudes=True) if quote.kind == ATTITUDE)
    content = " ".join(text[start:end] for start, end in quote.content)
    assert (text[slice(*quote.source)], quote.cue_lemma, content.rstrip(".")) == ATTITUDES[text]
    assert 0 < quote.confidence < 1


def test_speech_does_not_depend_on_the_setting_and_attitudes_come_after_it(docs):
    n_attitudes = 0
    for doc in docs.values():
        speech, everything = find_quotes(doc), find_quotes(doc, attitudes=True)
        assert everything[: len(speech)] == speech
        assert {quote.kind for quote in everything[len(speech) :]} <= {ATTITUDE}
        assert ATTITUDE not in {quote.kind for quote in speech}
        n_attitudes += len(everything) - len(speech)
    assert n_attitudes >= len(ATTITUDES)


def test_no_cue_and_no_content_is_speech_and_an_attitude(docs):
    for doc in docs.values():
        marked = mark(doc)
        both = attribute(marked, "light", min_confidence=0.05, attitudes=True)
        speech = {piece for item in both.speech for piece in item.pieces}
        assert not {item.cue for item in both.speech} & {item.cue for item in both.attitudes}
        assert not speech & {item.pieces[0] for item in both.attitudes if len(item.pieces) == 1}


def test_attitudes_have_a_calibration_of_their_own():
    lines = calibration("light, attitudes")
    assert set(lines) == set(CONSTRUCTIONS)
    assert lines != calibration("light")


def test_a_document_that_was_not_parsed_has_none():
    assert find_quotes(segmented_doc("a", "Ann believes it."), attitudes=True) == []
