"""Headings and bullets between the paragraphs of a speech or statement, which do not end it."""

from scripts.attribution.marked import DASHES, MarkedDoc, paragraph_of
from scripts.core.annotation import Doc

_BULLETS = DASHES | {"*", "•", "·", "▪"}
# The most tokens of a heading, and the marks at the end of a sentence or an introduction, with which no heading ends.
_LONGEST = 20
_ENDINGS = frozenset(".?!:;,") | {"...", "…"}


def opens_with(doc: Doc, sentence: int, token: int) -> bool:
    """Return True for a sentence that opens with a token, perhaps after a bullet."""
    first = doc.sentences[sentence].first
    return token == first or (token == first + 1 and doc.word[first] in _BULLETS)


def before_headings(marked: MarkedDoc, first: int) -> int:
    """Return the token after the text that a quotation at token `first` follows, before any bullet and headings."""
    doc = marked.doc
    at = doc.sentences[doc.sentence[first]].first if opens_with(doc, doc.sentence[first], first) else first
    while at and _is_heading(marked, doc.sentence[at - 1]):
        at = doc.sentences[doc.sentence[at - 1]].first
    return at


def _is_heading(marked: MarkedDoc, number: int) -> bool:
    """Return True for a short paragraph without punctuation at its end that names no person and quotes nobody."""
    doc, sentence = marked.doc, marked.doc.sentences[number]
    around = [at for at in (sentence.first - 1, sentence.last) if 0 <= at < len(doc.word)]
    is_alone = all(paragraph_of(doc, at) != sentence.paragraph for at in around)
    tokens = range(sentence.first, sentence.last)
    is_short = len(tokens) <= _LONGEST and doc.word[sentence.last - 1] not in _ENDINGS
    return (
        is_alone
        and is_short
        and not any(marked.quotation_at[token] >= 0 or marked.labels.get(token) == "PERSON" for token in tokens)
    )
