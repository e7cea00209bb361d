"""Sources: a chain of any length, one document issuing the next, and phrases cut where they end."""

from dataclasses import replace

import pytest

from scripts.attribution.marked import mark
from scripts.attribution.sources import source_of
from scripts.core.annotation import Sentence, blank
from scripts.parsing.parses import annotate


def chain(length):
    """Return "bank issue statement that issue statement ... say", each clause the relative clause of the one before."""
    word = ["bank", "issue", "statement", *["that", "issue", "statement"] * length, "say"]
    text = " ".join(word)
    ends, at = [], 0
    for form in word:
        at += len(form)
        ends.append(at)
        at += 1
    starts = [end - len(form) for form, end in zip(word, ends, strict=True)]
    doc = blank("x", text, [Sentence(0, 0, len(text), 0, len(word))], starts, ends, word)
    doc = replace(doc, lemma=list(word), pos=["PRON"] * len(word), tag=[""] * len(word), dep=["punct"] * len(word))
    for token in range(len(word)):
        place = token % 3
        if place == 0:  # that: an object, so that the verb has no subject of its own
            doc.head[token], doc.dep[token] = token + 1, "nsubj" if token == 0 else "mark"
        elif place == 1:
            doc.head[token], doc.pos[token] = (token if token == 1 else token - 2), "VERB"
            doc.dep[token] = "ROOT" if token == 1 else "relcl"
        else:
            doc.head[token], doc.dep[token], doc.pos[token] = token - 1, "dobj", "NOUN"
    last = len(word) - 1
    doc.head[last], doc.dep[last], doc.pos[last] = last - 1, "acl", "VERB"
    return doc, last


@pytest.mark.parametrize("length", [0, 1, 5, 5_000])
def test_the_issuer_is_found_through_any_number_of_documents(length):
    doc, cue = chain(length)
    source = source_of(mark(doc), cue)
    assert (doc.word[source.head], source.how) == ("bank", "issuer")


@pytest.mark.parametrize(
    ("text", "verb", "no_source"),
    [
        ("Ferreira offered the boy a seat, then says he will paint the wall himself.", "says", "he"),
        ("About 4 in 10 say they want the ferry to stop.", "say", "they"),
        ("Informed of the vote, Early described it as news.", "described", "it"),
    ],
)
def test_neither_the_object_of_a_verb_nor_a_subject_in_its_content_is_its_source(nlp, text, verb, no_source):
    marked = mark(next(annotate(nlp, [("d", text)])))
    source = source_of(marked, marked.doc.word.index(verb))
    assert source is None or marked.doc.word[source.head] != no_source
