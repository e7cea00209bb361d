"""A parsed document with its tree and its quotations: what all stages share, computed once at the start."""

from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import NamedTuple

from scripts.attribution.marks import Quotation, quotations
from scripts.attribution.tree import Tree, build_tree
from scripts.core.annotation import Doc

# A range of tokens: the first, and the one after the last.
Piece = tuple[int, int]

MARKS = frozenset(('"', "''", "``", "'"))
DASHES = frozenset(("-", "--", "---"))
# Punctuation that may stand between a content and its cue.
EDGES = MARKS | DASHES | {",", "?", "!", ";", ":", "...", "…", "(", ")", "."}
# A content with this share of its words in quotation marks is direct speech.
_DIRECT = 0.9
# A quotation over more paragraphs than this is cut, so that the cost stays linear on any text.
_MOST_PARAGRAPHS = 60


class MarkedDoc(NamedTuple):
    """A document, its dependency tree, its quotations, and what the stages look up by token or quotation.

    By token, `quotation_at` has the number of the quotation around it, or -1, `labels` the label of the mention that it
    is in, and `words_before` how many words stand before it; it ends with the number of all words. By quotation,
    `is_tagged` is True if its sentence goes on after it, as it does with a cue, and `run_end` is the token after it and
    after the paragraphs that continue it without a cue.
    """

    doc: Doc
    tree: Tree
    quotations: list[Quotation]
    quotation_at: list[int]
    labels: dict[int, str]
    words_before: list[int]
    is_tagged: list[bool]
    run_end: list[int]


def mark(doc: Doc) -> MarkedDoc:
    """Return a document with everything that the stages share."""
    quoted = quotations(doc)
    quotation_at = [-1] * len(doc.word)
    for number, quotation in enumerate(quoted):
        quotation_at[quotation.first : quotation.last] = [number] * (quotation.last - quotation.first)
    labels = {token: mention.label for mention in doc.mentions for token in range(mention.first, mention.last)}
    is_word = {word: any(map(str.isalnum, word)) for word in doc.vocabulary}
    before = list(accumulate(map(is_word.__getitem__, doc.word), initial=0))
    tagged = [_is_tagged(doc, quotation) for quotation in quoted]
    ends = [_run_end(quoted, tagged, number) for number in range(len(quoted))]
    return MarkedDoc(doc, build_tree(doc), quoted, quotation_at, labels, before, tagged, ends)


def _is_tagged(doc: Doc, quotation: Quotation) -> bool:
    return doc.sentences[doc.sentence[quotation.last - 1]].last - quotation.last > 1


def _run_end(quoted: list[Quotation], tagged: list[bool], number: int) -> int:
    last = quoted[number].last
    limit = min(number + _MOST_PARAGRAPHS, len(quoted) - 1)
    while quoted[number].open_ended and number < limit:
        number += 1
        if tagged[number]:
            break
        last = quoted[number].last
    return last


def opens(marked: MarkedDoc, token: int) -> bool:
    """Return True where a quotation begins at a token."""
    number = marked.quotation_at[token]
    return number >= 0 and marked.quotations[number].first == token


def paragraph_of(doc: Doc, token: int) -> int:
    """Return the number of the paragraph that holds a token."""
    return doc.sentences[doc.sentence[token]].paragraph


def opens_paragraph(doc: Doc, token: int) -> bool:
    """Return True for the first token of a paragraph."""
    return token == 0 or paragraph_of(doc, token - 1) != paragraph_of(doc, token)


def n_words(marked: MarkedDoc, pieces: Iterable[Piece]) -> int:
    """Return the number of words in pieces, which are tokens with a letter or digit."""
    return sum(marked.words_before[last] - marked.words_before[first] for first, last in pieces)


def content_kind(marked: MarkedDoc, pieces: Sequence[Piece]) -> tuple[str, int]:
    """Return the kind of a content by the share of its words in quotation marks, and the number of these words."""
    before, at = marked.words_before, marked.quotation_at
    inside = [token for first, last in pieces for token in range(first, last) if at[token] >= 0]
    quoted = sum(before[token + 1] - before[token] for token in inside)
    is_direct = quoted >= _DIRECT * n_words(marked, pieces)
    return "indirect" if not quoted else "direct" if is_direct else "mixed", quoted


def strip(doc: Doc, first: int, last: int) -> Piece:
    """Return a piece without punctuation at its edges, but with quotation marks, which are part of what is quoted."""
    word = doc.word
    while first < last and word[first] in EDGES and word[first] not in MARKS:
        first += 1
    while last > first and word[last - 1] in EDGES and word[last - 1] not in MARKS:
        last -= 1
    return first, closed(doc, first, last)


def closed(doc: Doc, first: int, last: int) -> int:
    """Return the end of a piece, after a bracket that closes one opened in it: "Ann Lee (R-Md.)"."""
    after = doc.word[last : last + 2]
    is_after = ")" in after and after[0] in (")", ".")
    is_open = is_after and doc.word[first:last].count("(") > doc.word[first:last].count(")")
    return last + after.index(")") + 1 if is_open else last
