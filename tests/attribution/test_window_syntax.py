"""The syntax of a window: heads, subtrees and sentences in places of word pieces, within the window."""

from dataclasses import replace

import numpy as np

from scripts.attribution.marked import mark
from scripts.attribution.window_syntax import relations, syntax_columns, window_syntax
from scripts.parsing.base_encoder import Symbols
from scripts.parsing.tokens import segmented_doc
from scripts.parsing.word_pieces import Window, windows
from tests.made_encoder import WIDTH, tiny_encoder

TEXT = "mayor ab said harbour close.\n\nsaid"
HEADS = [2, 0, 2, 4, 2, 2, 6]
TAGS = ["NN", "NNP", "VBD", "NN", "VB", ".", "VBD"]
DEPENDENCIES = ["nsubj", "appos", "ROOT", "nsubj", "ccomp", "punct", "ROOT"]
# Places of the pieces: 0 is the window's start, "ab" has the pieces 2 and 3, 8 and 10 are the paragraphs' ends.
PLACES = [1, 2, 4, 5, 6, 7, 9]
IS_HEAD, IS_CHILD, HOLDS, IS_HELD, SAME_SENTENCE = (1 << bit for bit in range(5))


def parsed():
    doc = segmented_doc("d", TEXT)
    return replace(doc, head=HEADS, tag=TAGS, pos=["NOUN"] * len(TAGS), dep=DEPENDENCIES)


def some_symbols(draw):
    def some(*shape):
        return draw.normal(size=shape).astype(np.float32)

    tags, dependencies = ({"": 0, name: 1} for name in ("VBD", "nsubj"))
    return Symbols(tags, dependencies, some(2, WIDTH), some(2, WIDTH))


def columns_of(doc, encoder, window):
    return syntax_columns(mark(doc), encoder.vocabulary, encoder.symbols, window)


def encoder_with_symbols():
    return tiny_encoder()._replace(symbols=some_symbols(np.random.default_rng(2)))


def test_places_of_heads_and_subtrees():
    doc, encoder = parsed(), encoder_with_symbols()
    (window,) = windows(doc, encoder.vocabulary)
    assert window.places == PLACES
    columns = {name: of.tolist() for name, of in columns_of(doc, encoder, window).items()}
    assert columns["above"] == [-1, 4, 1, 1, 4, 6, 4, 4, -1, 9, -1]
    assert columns["first"] == [0, 1, 2, 2, 1, 5, 5, 7, 0, 9, 0]
    assert columns["last"] == [-1, 3, 3, 3, 7, 5, 6, 7, -1, 9, -1]
    assert columns["sentence"] == [-1, 0, 0, 0, 0, 0, 0, 0, -1, 1, -1]
    assert columns["tag"] == [0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0]
    assert columns["dependency"] == [0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0]


def test_what_one_piece_is_to_another():
    doc, encoder = parsed(), encoder_with_symbols()
    (window,) = windows(doc, encoder.vocabulary)
    of = relations(columns_of(doc, encoder, window))
    mayor, ab, verb, harbour, close, again = (PLACES[token] for token in (0, 1, 2, 3, 4, 6))
    assert of[verb, mayor] == IS_HEAD | HOLDS | SAME_SENTENCE
    assert of[mayor, verb] == IS_CHILD | IS_HELD | SAME_SENTENCE
    assert of[verb, ab] == of[verb, ab + 1] == HOLDS | SAME_SENTENCE  # two steps up
    assert of[mayor, close] == SAME_SENTENCE
    assert of[close, harbour] == IS_HEAD | HOLDS | SAME_SENTENCE
    assert of[harbour, harbour] == HOLDS | IS_HELD | SAME_SENTENCE
    assert of[verb, again] == 0


def test_a_head_in_another_window_is_none():
    doc, encoder = parsed(), encoder_with_symbols()
    (window,) = windows(doc, encoder.vocabulary)
    part = Window([*window.pieces[:6], encoder.vocabulary.end], window.tokens[:4], PLACES[:4], [True] * 4)
    columns = columns_of(doc, encoder, part)
    assert columns["above"].tolist() == [-1, 4, 1, 1, 4, -1, -1]
    assert columns["last"].tolist() == [-1, 3, 3, 3, 5, 5, -1]


def test_symbols_are_added_to_the_embeddings():
    doc, encoder = parsed(), encoder_with_symbols()
    (window,) = windows(doc, encoder.vocabulary)
    syntax, symbols = window_syntax(mark(doc), encoder, window), encoder.symbols
    assert (syntax.added[PLACES[2]] == symbols.of_tag[1] + symbols.of_dependency[0]).all()
    assert (syntax.added[PLACES[0]] == symbols.of_tag[0] + symbols.of_dependency[1]).all()
    assert (syntax.relations == relations(columns_of(doc, encoder, window))).all()
    assert window_syntax(mark(doc), tiny_encoder(), window) is None
