"""A made-up encoder for tests: one layer with random weights, and a vocabulary of letters and a few words."""

import numpy as np

from scripts.maths.transformer import Layer
from scripts.parsing.base_encoder import Encoder
from scripts.parsing.word_pieces import read_vocabulary

WIDTH = 32


def tiny_encoder(**shapes: tuple[int, ...]) -> Encoder:
    """Return the encoder, with random heads of these shapes."""
    draw = np.random.default_rng(1)

    def some(*shape):
        return draw.normal(0, 0.3, shape).astype(np.float32)

    vocabulary = read_vocabulary(
        ["[UNK]", "[CLS]", "[SEP]", "said", "mayor", "harbour", "close", *"abcdefghijklmnopqrstuvwxyz.,",
         *(f"##{letter}" for letter in "abcdefghijklmnopqrstuvwxyz")]
    )  # fmt: skip
    layer = Layer(
        *(some(3 * WIDTH, WIDTH), some(3 * WIDTH), some(WIDTH, WIDTH), some(WIDTH), 1 + some(WIDTH), some(WIDTH)),
        *(some(4 * WIDTH, WIDTH), some(4 * WIDTH), some(WIDTH, 4 * WIDTH), some(WIDTH), 1 + some(WIDTH), some(WIDTH)),
    )
    heads = {name: some(*shape) for name, shape in shapes.items()}
    embeddings = some(len(vocabulary.pieces), WIDTH), some(128, WIDTH), 1 + some(WIDTH), some(WIDTH)
    return Encoder(vocabulary, *embeddings, [layer], heads)
