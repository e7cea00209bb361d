"""A layer is held to its formulas written out number by number."""

import math

import numpy as np
import pytest

from scripts.maths.transformer import Layer, encode, gelu, normalize, sigmoid

WIDTH, HEAD = 64, 32


def layer(draw) -> Layer:
    def some(*shape):
        return draw.normal(0, 0.2, shape).astype(np.float32)

    return Layer(
        *(some(3 * WIDTH, WIDTH), some(3 * WIDTH), some(WIDTH, WIDTH), some(WIDTH), 1 + some(WIDTH), some(WIDTH)),
        *(some(4 * WIDTH, WIDTH), some(4 * WIDTH), some(WIDTH, 4 * WIDTH), some(WIDTH), 1 + some(WIDTH), some(WIDTH)),
    )


def normal(row, gain, bias):
    mean = sum(row) / len(row)
    spread = math.sqrt(sum((x - mean) ** 2 for x in row) / len(row))
    return [(x - mean) / spread * g + b for x, g, b in zip(row, gain, bias, strict=True)]


def written_out(x, of: Layer, relations=None):
    """Return the output of a layer, token by token and head by head, in double precision."""
    x = x.astype(float)
    query, key, value = np.split(x @ of.attend.T + of.attend_bias, 3, axis=1)
    mixed = np.zeros_like(x)
    for head in range(WIDTH // HEAD):
        part = slice(head * HEAD, (head + 1) * HEAD)
        for token in range(len(x)):
            fit = [query[token, part] @ key[key_token, part] / math.sqrt(HEAD) for key_token in range(len(x))]
            if relations is not None:
                fit = [f + of.related[head, relations[at, token]] for at, f in enumerate(fit)]
            fit = [math.exp(f) for f in fit]
            mixed[token, part] = sum(f / sum(fit) * value[key_token, part] for key_token, f in enumerate(fit))
    first = x + mixed @ of.mix.T + of.mix_bias
    first = np.array([normal(row, of.mix_norm_gain, of.mix_norm_bias) for row in first])
    wide = first @ of.widen.T + of.widen_bias
    active = np.vectorize(lambda v: 0.5 * v * (1 + math.erf(v / math.sqrt(2))))(wide)
    second = first + active @ of.narrow.T + of.narrow_bias
    return np.array([normal(row, of.narrow_norm_gain, of.narrow_norm_bias) for row in second])


def test_two_layers_as_their_formulas_have_it():
    draw = np.random.default_rng(5)
    layers = [layer(draw), layer(draw)]
    x = draw.normal(size=(WIDTH, 7)).astype(np.float32)
    by_hand = written_out(written_out(x.T, layers[0]), layers[1]).T
    (encoded,) = encode([x], layers, [range(7)])
    assert encoded == pytest.approx(by_hand, abs=5e-3)  # the tanh formula errs by 5e-4 at most
    assert encoded.dtype == np.float32


def test_a_relation_adds_to_the_fit_of_its_key_and_query():
    draw = np.random.default_rng(7)
    layers = [layer(draw)._replace(related=draw.normal(size=(2, 8)).astype(np.float32)) for _ in range(2)]
    x = draw.normal(size=(WIDTH, 7)).astype(np.float32)
    relations = draw.integers(0, 8, (7, 7)).astype(np.uint8)  # key x query
    by_hand = written_out(written_out(x.T, layers[0], relations), layers[1], relations).T
    (encoded,) = encode([x], layers, [[0, 5]], [relations])
    assert encoded == pytest.approx(by_hand[:, [0, 5]], abs=5e-3)
    (unrelated,) = encode([x], layers, [[0, 5]])
    assert np.abs(encoded - unrelated).max() > 0.1


def test_every_token_sees_every_other():
    draw = np.random.default_rng(6)
    layers, x = [layer(draw)], draw.normal(size=(WIDTH, 5)).astype(np.float32)
    changed = x.copy()
    changed[:, 4] *= 2
    (before,), (after,) = (encode([of], layers, [range(5)]) for of in (x, changed))
    assert (np.abs(after - before).max(0) > 1e-4).all()


def test_columns_of_several_sequences():
    draw = np.random.default_rng(8)
    layers = [layer(draw), layer(draw)]
    sequences = [draw.normal(size=(WIDTH, length)).astype(np.float32) for length in (5, 9, 1)]
    asked = [[4, 0], [1, 2, 8], []]
    together = encode(sequences, layers, asked)
    for sequence, columns, encoded in zip(sequences, asked, together, strict=True):
        (alone,) = encode([sequence], layers, [range(sequence.shape[1])])
        assert encoded == pytest.approx(alone[:, columns], abs=1e-5)
    assert encode(sequences[:1], layers, [[]])[0].shape == (WIDTH, 0)


def test_the_input_stays_as_it_is():
    draw = np.random.default_rng(7)
    x = draw.normal(size=(WIDTH, 3)).astype(np.float32)
    before = x.copy()
    encode([x], [layer(draw)], [range(3)])
    assert (x == before).all()


def test_gelu_is_near_its_definition():
    x = np.linspace(-5, 5, 101, dtype=np.float32)
    exact = [v * (1 + math.erf(v / math.sqrt(2))) / 2 for v in x.tolist()]
    assert gelu(x) == pytest.approx(exact, abs=5e-4)


def test_a_column_of_equal_numbers_is_no_division_by_zero():
    ones = np.ones(4, np.float32)
    assert normalize(np.full((4, 1), 3.0, np.float32), ones, 0 * ones).tolist() == [[0], [0], [0], [0]]


def test_sigmoid_of_large_numbers():
    assert sigmoid(np.array([-1e4, math.log(3), 1e4], np.float32)) == pytest.approx([0, 0.75, 1])
