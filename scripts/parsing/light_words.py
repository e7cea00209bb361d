"""The words of the network of the reader `light`: its checked file, and the vector of a word before any layer."""

from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from scripts.core.arrays import Floats32
from scripts.core.storage import WORKFLOW
from scripts.parsing.base_encoder import checked
from scripts.parsing.word_pieces import Vocabulary, read_vocabulary, word_pieces

LIGHT = "light_encoder.npz"
_SHA256 = "b9941678d4cc1446d6701de995a0226874748295d3da4cdbd2e5cc1b4e759150"


class Words(NamedTuple):
    """The vocabulary of a network, and the embeddings of its pieces as bytes with a scale for each column."""

    vocabulary: Vocabulary
    pieces: NDArray[np.int8]
    scale: Floats32

    def vector(self, word: str) -> Floats32:
        """Return the mean of the embeddings of a word's pieces."""
        pieces = [*word_pieces(word, self.vocabulary)]
        return self.pieces[pieces].sum(0, dtype=np.float32) / np.float32(len(pieces)) * self.scale


def light_file() -> Path:
    """Return the path of the network of `light`. Raises ValueError if the file differs from the published one."""
    return checked(WORKFLOW / "models" / LIGHT, _SHA256)


@cache
def light_words() -> Words:
    """Return the words of the network of `light`. Raises ValueError as `light_file` does."""
    with np.load(light_file(), allow_pickle=False) as stored:
        lines = stored["vocabulary"].tobytes().decode("utf-8").split("\n")
        return Words(read_vocabulary(lines), stored["pieces"], stored["pieces.scale"].astype(np.float32))
