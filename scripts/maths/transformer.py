"""The encoder of a transformer: each vector of a sequence becomes a vector of what it means among the others.

Devlin et al. 2019, BERT; Vaswani et al. 2017. One sequence at a time and float32 throughout, so that the sequences
computed before or beside it change no bit of the result.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

# Width of one head of attention.
_HEAD = 32
_TINY = np.float32(1e-12)


class Layer(NamedTuple):
    """The weights of a layer of width w: attention, then two maps, each followed by a normalization.

    `attend` maps to query, key and value (3w x w), `mix` joins the heads of attention (w x w), `widen` and `narrow` are
    the maps (4w x w, w x 4w).
    """

    attend: Floats
    attend_bias: Floats
    mix: Floats
    mix_bias: Floats
    mix_norm_gain: Floats
    mix_norm_bias: Floats
    widen: Floats
    widen_bias: Floats
    narrow: Floats
    narrow_bias: Floats
    narrow_norm_gain: Floats
    narrow_norm_bias: Floats


def normalize(x: Floats, gain: Floats, bias: Floats) -> Floats:
    """Return each column with mean 0 and variance 1, times `gain` plus `bias` (Ba, Kiros & Hinton 2016)."""
    x = x - x.mean(0)
    x /= np.sqrt(np.square(x).mean(0) + _TINY)
    x *= gain[:, None]
    x += bias[:, None]
    return x


def linear(matrix: Floats, x: Floats, bias: Floats) -> Floats:
    """Return the product of a matrix with each column, plus a bias."""
    product = matrix @ x
    product += bias[:, None]
    return product


def gelu(x: Floats) -> Floats:
    """Return x times the standard normal distribution function at x, by its tanh formula (Hendrycks & Gimpel 2016).

    >>> gelu(np.array([-1.0, 0.0, 2.0], np.float32)).round(3).tolist()
    [-0.1589999943971634, 0.0, 1.9550000429153442]
    """
    inner = x * x
    inner *= x
    inner *= np.float32(0.044715)
    inner += x
    inner *= np.float32(np.sqrt(2 / np.pi))
    np.tanh(inner, out=inner)
    inner += np.float32(1)
    inner *= x
    inner *= np.float32(0.5)
    return inner


def _attention(x: Floats, layer: Layer) -> Floats:
    """Return for each column the values of all, weighed by how well their keys fit its query, head by head."""
    width, length = x.shape
    query, key, value = linear(layer.attend, x, layer.attend_bias).reshape(3, width // _HEAD, _HEAD, length)
    query *= np.float32(1 / np.sqrt(_HEAD))
    weights = query.transpose(0, 2, 1) @ key
    weights -= weights.max(-1, keepdims=True)
    np.exp(weights, out=weights)
    weights /= weights.sum(-1, keepdims=True)
    return (value @ weights.transpose(0, 2, 1)).reshape(width, length)


def encode(x: Floats, layers: Sequence[Layer]) -> Floats:
    """Return the output of the last layer for a sequence of vectors, each a column (width x length)."""
    for layer in layers:
        x = x + linear(layer.mix, _attention(x, layer), layer.mix_bias)
        x = normalize(x, layer.mix_norm_gain, layer.mix_norm_bias)
        wide = gelu(linear(layer.widen, x, layer.widen_bias))
        x = x + linear(layer.narrow, wide, layer.narrow_bias)
        x = normalize(x, layer.narrow_norm_gain, layer.narrow_norm_bias)
    return x


def sigmoid(x: Floats) -> Floats:
    """Return the probabilities of log-odds, without overflow.

    >>> sigmoid(np.array([-200.0, 0.0, 200.0], np.float32)).tolist()
    [0.0, 0.5, 1.0]
    """
    return np.float32(0.5) * (np.float32(1) + np.tanh(np.float32(0.5) * x))
