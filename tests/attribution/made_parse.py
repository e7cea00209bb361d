"""Parses that are written down: a line for each token, so that a test depends on no model."""

from dataclasses import replace

from scripts.core.annotation import Doc
from scripts.parsing.tokens import segmented_doc


def made_parse(text: str, parse: str) -> Doc:
    """Return a text with the parse that `parse` has of it: part of speech, tag, dependency and head of each token.

    They stand as `VERB/VBD/ROOT/said`; the head is a word that comes once, or the number of its token.
    """
    doc = segmented_doc("d", text)
    pos, tag, dep, head = zip(*(token.split("/") for token in parse.split()), strict=True)
    heads = [int(word) if word.isdigit() else doc.word.index(word) for word in head]
    assert len(heads) == len(doc.word), doc.word
    return replace(doc, pos=[*pos], tag=[*tag], dep=[*dep], head=heads, lemma=[*doc.norm])
