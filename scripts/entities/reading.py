"""Names as the published encoder reads them, with the reader `encoder`: log-odds of each label for each name.

Three heads, a matrix each, look at the vectors of the words before a name, in it and after it; the sum over these, the
mean over the mentions of a name in a document, is added to what the other evidence weighs. `training.entity_reading`
makes the heads and the weights of the evidence beside them.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Container, Iterator, Sequence
from functools import cache, partial
from itertools import chain
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from scripts.core.annotation import Doc, Mention
from scripts.core.arrays import Floats32
from scripts.core.storage import WORKFLOW
from scripts.entities.evidence import name_key
from scripts.entities.knowledge import country_names
from scripts.parsing.base_encoder import Encoder, base_encoder, checked, encode_windows, unpacked
from scripts.parsing.word_pieces import Window, windows

HEADS_FILE = "names_encoder.npz"
READING_WEIGHTS = "entity_encoder_weights.csv"
_SHA256 = "8315f19f62ed14a0a2688707365d1589df1ba41fc71b11df3f95f56796f085bf"
N_LAYERS = 3
BEFORE, INSIDE, AFTER = range(3)
# Log-odds are rounded before anything is decided by them: processors differ in the seventh decimal.
_DECIMALS = 2


def heads_file() -> Path:
    """Return the path of the heads of names. Raises ValueError if its bytes are not those published."""
    return checked(WORKFLOW / "models" / HEADS_FILE, _SHA256)


@cache
def encoder() -> Encoder:
    """Return the published encoder with the heads of names. Raises as `base_file` does."""
    stored = dict(np.load(heads_file(), allow_pickle=False))
    return base_encoder(N_LAYERS)._replace(heads={name: unpacked(stored, name) for name in ("heads", "bias")})


def names_as_read(doc: Doc, names: Sequence[Mention]) -> dict[str, list[float]]:
    """Return the log-odds of each label, in the order of the labels, rounded, for each name that is read.

    They are by `name_key`.
    """
    network = encoder()
    heads, bias = network.heads["heads"], network.heads["bias"]
    sums = name_sums(doc, without_countries(doc, names), network, heads.reshape(3, -1, bias.size))
    return {key: np.round(values + bias, _DECIMALS).tolist() for key, values in sums.items()}


def without_countries(doc: Doc, names: Sequence[Mention]) -> list[Mention]:
    """Return the names that are read: a listed country is known without.

    The gold has "Doha, Qatar" as one place, so that a reading would learn that Qatar is none.
    """
    return [mention for mention in names if " ".join(doc.word[mention.first : mention.last]) not in country_names()]


def name_sums(doc: Doc, names: Sequence[Mention], network: Encoder, heads: Floats32) -> dict[str, NDArray[np.float64]]:
    """Return for each name, by `name_key`, what the heads (3 x width x columns) see in it: the mean over its mentions.

    A mention gives the first head the word before it, the second the mean of its own words, the third the word after
    it. Only words of its sentence count.
    """
    times = Counter(name_key(doc, mention) for mention in names)
    sums = {key: np.zeros(heads.shape[2]) for key in times}
    uses: dict[int, list[tuple[str, int, float]]] = defaultdict(list)
    for mention in names:
        key = name_key(doc, mention)
        sentence, share = doc.sentences[doc.sentence[mention.first]], 1.0 / times[key]
        for token in range(mention.first, mention.last):
            uses[token].append((key, INSIDE, share / (mention.last - mention.first)))
        if mention.first > sentence.first:
            uses[mention.first - 1].append((key, BEFORE, share))
        if mention.last < sentence.last:
            uses[mention.last].append((key, AFTER, share))
    for token, vector in _word_vectors(doc, uses, network):
        for key, part, share in uses[token]:
            sums[key] += share * (vector @ heads[part])
    return sums


def _word_vectors(doc: Doc, asked: Collection[int], network: Encoder) -> Iterator[tuple[int, Floats32]]:
    """Yield the tokens that are asked for, each with its vector: the mean over its word pieces."""
    paragraphs = {doc.sentences[doc.sentence[token]].paragraph for token in asked}
    pieces_of = partial(_pieces_of, asked=asked, end=network.vocabulary.end)
    of_document = windows(doc, network.vocabulary, paragraphs=paragraphs)
    of_names = ((window, list(chain.from_iterable(of.values()))) for window in of_document if (of := pieces_of(window)))
    for window, vectors in encode_windows(of_names, network):
        at = 0
        for token, pieces in pieces_of(window).items():
            yield token, vectors[at : at + len(pieces)].mean(0)
            at += len(pieces)


def _pieces_of(window: Window, asked: Container[int], end: int) -> dict[int, range]:
    """Return the places of the pieces of each token that is asked for and read in this window."""
    ends = [*window.places[1:], len(window.pieces)]
    return {
        token: range(first, last - (window.pieces[last - 1] == end))
        for token, own, first, last in zip(window.tokens, window.own, window.places, ends, strict=True)
        if own and token in asked
    }
