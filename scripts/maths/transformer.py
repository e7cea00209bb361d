"""The encoder of a transformer: each vector of a sequence becomes a vector of its meaning in the context of the others.

Devlin et al. 2019, BERT; Vaswani et al. 2017; Shaw et al. 2018 for what the relation of two vectors adds to attention.
All values are float32. Several sequences do not see each other, but share matrix products, since a column takes less
time in a product of several hundred columns than in one of a hundred.
"""

from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from scripts.core.arrays import Floats32

# The number of the relation of each key (row) and query (column) of a sequence.
Relations = NDArray[np.uint8]

# The width of an attention head.
_HEAD = 32
_TINY = np.float32(1e-12)


class Layer(NamedTuple):
    """The weights of a layer of width w: attention and a normalization, then two linear maps and a normalization.

    `attend` maps to query, key and value (3w x w), `mix` joins the attention heads (w x w), `widen` and `narrow` are
    the two maps (4w x w, w x 4w). `related` is what each relation adds to the fit of key and query (heads x relations).
    """

    attend: Floats32
    attend_bias: Floats32
    mix: Floats32
    mix_bias: Floats32
    mix_norm_gain: Floats32
    mix_norm_bias: Floats32
    widen: Floats32
    widen_bias: Floats32
    narrow: Floats32
    narrow_bias: Floats32
    narrow_norm_gain: Floats32
    narrow_norm_bias: Floats32
    related: Floats32 | None = None


def normalize(x: Floats32, gain: Floats32, bias: Floats32) -> Floats32:
    """Return each column with mean 0 and variance 1, times `gain` plus `bias` (Ba, Kiros & Hinton 2016)."""
    size = np.float32(len(x))  # a sum and a division take half the time of `mean`
    x = x - x.sum(0) / size
    x /= np.sqrt((x * x).sum(0) / size + _TINY)
    x *= gain[:, None]
    x += bias[:, None]
    return x


def linear(matrix: Floats32, x: Floats32, bias: Floats32) -> Floats32:
    """Return the product of a matrix with each column, plus a bias."""
    product = matrix @ x
    product += bias[:, None]
    return product


def gelu(x: Floats32) -> Floats32:
    """Return x times the standard normal distribution function at x, by its tanh formula (Hendrycks & Gimpel 2016).

    >>> gelu(np.array([-1.0, 0.0, 2.0], np.float32)).round(3).tolist()
    [-0.1589999943971634, 0.0, 1.9550000429153442]
    """
    inner = x * x
    inner *= np.float32(0.044715 * np.sqrt(2 / np.pi))
    inner += np.float32(np.sqrt(2 / np.pi))
    inner *= x
    np.tanh(inner, out=inner)
    inner += np.float32(1)
    inner *= x
    inner *= np.float32(0.5)
    return inner


def _attention(query: Floats32, key: Floats32, value: Floats32, fit: Floats32 | None) -> Floats32:
    """Return, for each query, the sum of values weighted by the fit of their keys: heads x width x queries.

    `fit` is added to the products of keys and queries. The weights have a column for each query, so that sums go over
    rows.
    """
    weights = key.transpose(0, 2, 1) @ query
    if fit is not None:
        weights += fit
    weights -= weights.max(1, keepdims=True)
    np.exp(weights, out=weights)
    mixed = value @ weights
    mixed /= weights.sum(1, keepdims=True)
    return mixed


def _layer(
    x: Floats32,
    asked: Floats32,
    layer: Layer,
    places: Sequence[tuple[slice, slice]],
    relations: Sequence[Relations | None],
) -> Floats32:
    """Return the output of a layer for `asked`, columns of x; `places` has each sequence's columns in x and in `asked`.

    `relations` has those of each sequence, with the queries of `asked`.
    """
    width, length = x.shape
    query = linear(layer.attend[:width], asked, layer.attend_bias[:width])
    query = query.reshape(width // _HEAD, _HEAD, asked.shape[1])
    query *= np.float32(1 / np.sqrt(_HEAD))
    key, value = linear(layer.attend[width:], x, layer.attend_bias[width:]).reshape(2, -1, _HEAD, length)
    mixed = np.empty_like(query)
    for (inside, of), relation in zip(places, relations, strict=True):
        fit = None if layer.related is None or relation is None else layer.related.take(relation, 1)
        mixed[..., of] = _attention(query[..., of], key[..., inside], value[..., inside], fit)
    x = asked + linear(layer.mix, mixed.reshape(width, -1), layer.mix_bias)
    x = normalize(x, layer.mix_norm_gain, layer.mix_norm_bias)
    wide = gelu(linear(layer.widen, x, layer.widen_bias))
    x = x + linear(layer.narrow, wide, layer.narrow_bias)
    return normalize(x, layer.narrow_norm_gain, layer.narrow_norm_bias)


def encode(
    sequences: Sequence[Floats32],
    layers: Sequence[Layer],
    asked: Sequence[Sequence[int]],
    relations: Sequence[Relations | None] = (),
) -> list[Floats32]:
    """Return the output of the last layer for each sequence, only at its columns in `asked` (width x asked).

    The columns of a sequence are vectors (width x length). `relations` has those of each sequence, if any.
    """
    related = relations or [None] * len(sequences)
    x = np.hstack(sequences)
    everywhere = _slices([sequence.shape[1] for sequence in sequences])
    at = _slices([len(columns) for columns in asked])
    for layer in layers[:-1]:
        x = _layer(x, x, layer, list(zip(everywhere, everywhere, strict=True)), related)
    columns = [inside.start + column for inside, of in zip(everywhere, asked, strict=True) for column in of]
    of_asked = [of if of is None else of.take(columns, 1) for of, columns in zip(related, asked, strict=True)]
    x = _layer(x, x.take(columns, 1), layers[-1], list(zip(everywhere, at, strict=True)), of_asked)
    return [x[:, of] for of in at]


def _slices(lengths: Sequence[int]) -> list[slice]:
    """Return the slices of consecutive parts with these lengths."""
    ends = list(accumulate(lengths, initial=0))
    return [slice(*ends_of) for ends_of in pairwise(ends)]


def sigmoid(x: Floats32) -> Floats32:
    """Return the probabilities of log-odds, without overflow.

    >>> sigmoid(np.array([-200.0, 0.0, 200.0], np.float32)).tolist()
    [0.0, 0.5, 1.0]
    """
    return np.float32(0.5) * (np.float32(1) + np.tanh(np.float32(0.5) * x))
