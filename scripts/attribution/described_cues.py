"""A cue as its candidates see it: its sentence, its group of words and its source."""

from typing import NamedTuple

from scripts.attribution.marked import MARKS, MarkedDoc, Piece
from scripts.attribution.sources import Source, source_of
from scripts.core.annotation import Doc

# No cue looks further than this many tokens, so that the cost stays linear on any text.
_REACH = 300
# Dependents before a cue that belong to its group of words.
_GROUP = frozenset([
    "nsubj", "nsubjpass", "aux", "auxpass", "neg", "advmod", "npadvmod", "expl", "csubj", "det", "poss", "amod",
    "compound", "preconj",
])  # fmt: skip


class Cue(NamedTuple):
    """A cue token and what its candidates need to know of it.

    `begin` and `end` bound its sentence, or the part of a very long one that is near. `group` is the first token of the
    cue with its subject, auxiliaries and adverbs.
    """

    token: int
    source: Source | None
    begin: int
    end: int
    group: int


def described_cue(marked: MarkedDoc, token: int) -> Cue:
    """Return a token that may introduce speech with its description."""
    return Cue(token, source_of(marked, token), *_bounds(marked.doc, token), _group_start(marked, token))


def _bounds(doc: Doc, token: int) -> Piece:
    """Return the sentence around a token, or the part of a long sentence that is near it."""
    sentence = doc.sentences[doc.sentence[token]]
    return max(sentence.first, token - _REACH), min(sentence.last, token + _REACH)


def _group_start(marked: MarkedDoc, cue: int) -> int:
    """Return the first token of a cue with the subject and auxiliaries that precede it."""
    doc, tree = marked.doc, marked.tree
    if doc.norm[cue] == "according":
        return cue
    first = cue
    for child in reversed(tree.children[cue]):
        if child < first and doc.dep[child] in _GROUP and tree.right[child] < first:
            between = doc.word[tree.right[child] + 1 : first]
            if any(word in MARKS for word in between) or marked.quotation_at[child] != marked.quotation_at[cue]:
                break
            first = _phrase_start(marked, child) if doc.dep[child] in ("nsubj", "nsubjpass") else tree.left[child]
        elif child < first and doc.dep[child] != "punct":
            break
    return first


def _phrase_start(marked: MarkedDoc, head: int) -> int:
    """Return the left edge of a subject, but not across a quotation mark."""
    left = head
    lowest = max(marked.tree.left[head], head - _REACH)
    while left > lowest and marked.doc.word[left - 1] not in MARKS:
        left -= 1
    return left
