"""spaCy's window encoder, which makes vectors of words into vectors of words in context, in blocks that fit the cache.

It is most of a parse: four layers, each of which takes a token's vector with those of its two neighbours through one
matrix, and keeps the greatest of three results (maxout). thinc does a layer for all tokens before the next operation,
so that every operation waits for memory; here a block of tokens goes through all of a layer.
"""

import re
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from scripts.word_types import parts

if TYPE_CHECKING:
    from spacy.language import Language
    from thinc.model import Model

_LAYER = re.escape("residual(expand_window>>maxout>>layernorm>>dropout)")
_ENCODER = re.compile(rf"with_array\({_LAYER}(?:>>{_LAYER})*\)")
_BLOCK = 256  # tokens


class _Layer(NamedTuple):
    """Weights: a matrix (3 * width, pieces * width) with the pieces side by side, its bias, scale and shift."""

    matrix: np.ndarray
    bias: np.ndarray
    scale: np.ndarray
    shift: np.ndarray


def _layers(encoder: "Model") -> list[_Layer]:
    nodes = list(encoder.walk())
    maxouts, norms = ([node for node in nodes if node.name == name] for name in ("maxout", "layernorm"))
    found = []
    for maxout, norm in zip(maxouts, norms, strict=True):
        weights, bias = maxout.get_param("W"), maxout.get_param("b")
        matrix = np.ascontiguousarray(weights.transpose(1, 0, 2).reshape(-1, weights.shape[2]).T)
        found.append(_Layer(matrix, bias.T.ravel(), norm.get_param("G"), norm.get_param("b")))
    return found


def _through(layer: _Layer, vectors: np.ndarray) -> np.ndarray:
    """The vectors after a layer; the first and the last of them are a border of zeros and stay that."""
    width = vectors.shape[1]
    result = np.zeros_like(vectors)
    for first in range(1, len(vectors) - 1, _BLOCK):
        last = min(first + _BLOCK, len(vectors) - 1)
        window = np.concatenate([vectors[first + step : last + step] for step in (-1, 0, 1)], axis=1)
        pieces = window @ layer.matrix
        pieces += layer.bias
        best = pieces[:, :width]
        for piece in range(width, pieces.shape[1], width):
            best = np.maximum(best, pieces[:, piece : piece + width])
        mean = best.mean(axis=1, keepdims=True)
        variance = best.var(axis=1, keepdims=True) + 1e-8
        best = (best - mean) * variance ** (-1.0 / 2.0)
        best *= layer.scale
        best += layer.shift
        np.add(vectors[first:last], best, out=result[first:last])
    return result


def _in_blocks(encoder: "Model") -> "Model":
    from thinc.model import Model

    layers, pad = _layers(encoder), encoder.attrs["pad"]

    def forward(model: "Model", docs: list[np.ndarray], is_train: bool) -> tuple[list[np.ndarray], None]:
        # One row of zeros more than spaCy has stands before the first document, and one after the last.
        vectors = np.pad(model.ops.flatten(docs, pad=pad), ((1, 1), (0, 0)))
        for layer in layers:
            vectors = _through(layer, vectors)
        lengths = model.ops.asarray1i([len(doc) for doc in docs])
        return model.ops.unflatten(vectors[1:-1], lengths, pad=pad), None

    return Model(f"blocks({encoder.name})", forward, layers=[encoder], ops=encoder.ops)


def encode_in_blocks(nlp: "Language") -> None:
    """Let a model encode in blocks. An encoder of another kind stays as it is."""
    for model, encoder in parts(nlp, "encode"):
        windows = {layer.attrs["window_size"] for layer in encoder.walk() if layer.name == "expand_window"}
        if _ENCODER.fullmatch(encoder.name) and windows == {1}:
            model.replace_node(encoder, _in_blocks(encoder))
