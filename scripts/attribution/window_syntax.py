"""The syntax of a window, for a network that reads it: tags, dependencies, and how any two words are related."""

import numpy as np

from scripts.attribution.marked import MarkedDoc
from scripts.core.arrays import Ints
from scripts.maths.transformer import Relations
from scripts.parsing.base_encoder import Encoder, Symbols, Syntax
from scripts.parsing.word_pieces import Vocabulary, Window

# The columns of `syntax_columns`, with their values at the start and end marks of a window.
_AT_MARKS = {"above": -1, "first": 0, "last": -1, "sentence": -1, "tag": 0, "dependency": 0}


def window_syntax(marked: MarkedDoc, encoder: Encoder, window: Window) -> Syntax | None:
    """Return the syntax of a window, or None for an encoder that reads none."""
    symbols = encoder.symbols
    if symbols is None:
        return None
    columns = syntax_columns(marked, encoder.vocabulary, symbols, window)
    added = symbols.of_tag[columns["tag"]] + symbols.of_dependency[columns["dependency"]]
    return Syntax(added, relations(columns))


def syntax_columns(marked: MarkedDoc, vocabulary: Vocabulary, symbols: Symbols, window: Window) -> dict[str, Ints]:
    """Return for each piece the place of its word's head, the first and last place of the word's subtree, and numbers.

    The head is -1 if it is outside the window. The numbers are those of the word's sentence, tag and dependency; an
    unknown tag or dependency is 0.
    """
    doc, tree, pieces = marked.doc, marked.tree, np.array(window.pieces)
    begin, end = window.tokens[0], window.tokens[-1]
    span = slice(begin, end + 1)
    tags = [symbols.tags.get(tag, 0) for tag in doc.tag[span]]
    dependencies = [symbols.dependencies.get(dependency, 0) for dependency in doc.dep[span]]
    numbered = (doc.head[span], tree.left[span], tree.right[span], doc.sentence[span], tags, dependencies)
    at = np.array(window.tokens) - begin
    head, left, right, *numbers = (np.array(column)[at] for column in numbered)
    of_words = np.flatnonzero((pieces != vocabulary.start) & (pieces != vocabulary.end))
    owner = np.searchsorted(window.places, of_words, "right") - 1
    # By token from `begin` on: its first and its last place. Tokens between paragraphs of the window have none.
    place, last_place = np.full((2, end + 1 - begin), -1)
    place[at], last_place[at] = window.places, window.places + np.bincount(owner) - 1
    above = np.where((begin <= head) & (head <= end), place[(head - begin) % len(place)], -1)
    first, last = place[np.maximum(left, begin) - begin], last_place[np.minimum(right, end) - begin]
    columns = np.tile(np.array([*_AT_MARKS.values()])[:, None], len(pieces))
    columns[:, of_words] = np.array([above, first, last, *numbers])[:, owner]
    return dict(zip(_AT_MARKS, columns, strict=True))


def relations(columns: dict[str, Ints]) -> Relations:
    """Return the relation of each piece (row) to each other one (column) as the bits of a number.

    From the lowest bit: its word is the other's head, is its child, has it in its subtree, is in its subtree; both are
    in one sentence. A word is in its own subtree.
    """
    names = ("above", "first", "last", "sentence")
    above, first, last, sentence = (columns[name].astype(np.int32)[:, None] for name in names)
    at = np.arange(len(above), dtype=np.int32)[:, None]
    has, is_in = (first <= at.T) & (last >= at.T), (at >= first.T) & (at <= last.T)
    number = np.zeros((len(at), len(at)), np.uint8)
    for bit in (sentence == sentence.T, is_in, has, above == at.T, at == above.T):
        number += number
        number += bit.view(np.uint8)
    return number
