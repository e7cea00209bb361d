"""A document as the encoder reads it: the probable role of each token, in general and with respect to each cue."""

from collections.abc import Container, Sequence
from functools import partial
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from scripts.attribution.marked import MarkedDoc
from scripts.attribution.window_syntax import window_syntax
from scripts.core.arrays import Floats32
from scripts.maths.transformer import sigmoid
from scripts.parsing.base_encoder import Encoder, encode_windows
from scripts.parsing.word_pieces import Window, windows

Probabilities = NDArray[np.float64]
# Columns of the probabilities of tokens: content, its beginning and end, cue of speech, source, cue of an attitude. For
# tokens as a cue sees them, the fourth and last column is the source.
CONTENT, BEGIN, END, CUE, SOURCE, ATTITUDE_CUE = range(6)
_LABELS = 6
SEEN_SOURCE = 3
_CUE_LABELS = 4
# Probabilities are rounded before anything is decided from them: processors differ in the seventh decimal.
_DECIMALS = 3
_THOUSAND = 10**_DECIMALS


class Encoding(NamedTuple):
    """The probabilities of each token (tokens x 6), and for each cue the first token it sees and an array (tokens x 4).

    Those for cues are stored as thousandths in two bytes, since a long text has tens of thousands of cues; `as_seen`
    returns the probabilities.
    """

    tokens: Probabilities
    of_cues: dict[int, tuple[int, NDArray[np.uint16]]]


def as_seen(read: Encoding, cue: int, columns: int | slice = slice(None)) -> tuple[int, Probabilities]:
    """Return the first token that a cue sees, and the probabilities of the tokens from there on (tokens x columns)."""
    first, thousandths = read.of_cues[cue]
    return first, thousandths[:, columns] / _THOUSAND


def encoding(
    marked: MarkedDoc, cues: Container[int], encoder: Encoder, *, least: float, paragraphs: Container[int] | None = None
) -> Encoding:
    """Return the encoder's probabilities for a document: for every token, and as each likely cue sees them.

    `cues` are the tokens that may be cues; a word is left out if its probability as a CUE is below `least`. Only the
    `paragraphs` with these numbers are read, by default all. Each document is computed alone, so that no other changes
    the result.
    """
    doc = marked.doc
    tokens = np.zeros((len(doc.word), _LABELS))
    of_cues: dict[int, tuple[int, NDArray[np.uint16]]] = {}
    of_document = ((window, window.places) for window in windows(doc, encoder.vocabulary, paragraphs=paragraphs))
    for window, vectors in encode_windows(of_document, encoder, partial(window_syntax, marked, encoder)):
        read = _rounded(vectors @ encoder.heads["token"] + encoder.heads["token_bias"])
        own = np.array(window.own)
        tokens[np.array(window.tokens)[own]] = read[own]
        rows = [
            row
            for row, token in enumerate(window.tokens)
            if token in cues and window.own[row] and (read[row, CUE] >= least or doc.pos[token] == "PUNCT")
        ]
        of_cues |= _as_cues_see(vectors, window, rows, encoder)
    return Encoding(tokens, of_cues)


def _rounded(log_odds: Floats32) -> Probabilities:
    """Return the rounded probabilities for some log-odds."""
    return np.round(sigmoid(log_odds).astype(np.float64), _DECIMALS)


def _as_cues_see(
    vectors: Floats32, window: Window, rows: Sequence[int], encoder: Encoder
) -> dict[int, tuple[int, NDArray[np.uint16]]]:
    """Return the probabilities that the cues in `rows` see, in thousandths: {cue: (first token, tokens x 4)}.

    Their log-odds are a vector of the cue times a vector of the token, plus terms for their distance and for the token.
    """
    if not rows:
        return {}
    heads = encoder.heads
    cue = np.tanh(vectors[rows] @ heads["cue"] + heads["cue_bias"]).reshape(len(rows), _CUE_LABELS, -1)
    token = np.tanh(vectors @ heads["seen"] + heads["seen_bias"]).reshape(len(vectors), _CUE_LABELS, -1)
    product = np.ascontiguousarray(cue.transpose(1, 0, 2)) @ np.ascontiguousarray(token.transpose(1, 2, 0))
    reach = len(heads["distance"]) // 2
    places = np.array(window.places)
    distance = np.clip(places[None, :] - places[rows][:, None], -reach, reach) + reach
    alone = vectors @ heads["alone"] + heads["alone_bias"]
    probabilities = _rounded(product.transpose(1, 2, 0) + heads["distance"][distance] + alone)
    first, last = window.tokens[0], window.tokens[-1] + 1
    of_cues = np.zeros((len(rows), last - first, _CUE_LABELS), np.uint16)
    of_cues[:, np.array(window.tokens) - first] = np.rint(probabilities * _THOUSAND)
    return {window.tokens[row]: (first, of_cue) for row, of_cue in zip(rows, of_cues, strict=True)}
