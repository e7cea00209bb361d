"""A model's encoder, which makes vectors of words into vectors of words in context, without the costs of training.

thinc takes a batch of documents through all layers of an encoder and keeps the results of each layer until the last is
done, for the gradients: 200 MB of 16 articles, and every layer waits for memory. One document and one layer at a time
stays in the cache. And of every three numbers it keeps the greatest and its place; the place is for gradients alone.
Together 38.7 CPU microseconds a token of a parse become 35.2 (docs/performance.md).
"""

from functools import reduce
from typing import TYPE_CHECKING, Any

import numpy as np

from scripts.parsing.word_types import parts

if TYPE_CHECKING:
    from spacy.language import Language
    from thinc.model import Model
    from thinc.types import Floats2d, Floats3d, Ints2d

PREDICTION = "prediction"


def register_prediction_ops() -> None:
    """Make operations of thinc known under the name PREDICTION: NumPy's, with a maxout that gives no places."""
    from thinc.api import NumpyOps, registry

    @registry.ops(PREDICTION)
    class PredictionOps(NumpyOps):
        """NumPy's operations for a model that is not trained."""

        name = PREDICTION

        def maxout(self, X: "Floats3d") -> "tuple[Floats2d, Ints2d]":
            """Return the greatest of the last axis; the places, by which gradients would go back, are empty."""
            return reduce(np.maximum, np.moveaxis(np.asarray(X), -1, 0)), self.alloc2i(0, 0)


def _one_by_one(encoder: "Model[Any, Any]") -> "Model[Any, Any]":
    """Return an encoder that takes each document by itself through one layer after another of a with_array(chain)."""
    from thinc.model import Model

    ops, padding, layers = encoder.ops, encoder.attrs["pad"], encoder.layers[0].layers

    def forward(_: "Model[Any, Any]", docs: "list[Floats2d]", is_train: bool) -> "tuple[list[Floats2d], None]":
        encoded: list[Floats2d] = []
        for doc in docs:
            vectors = ops.flatten([doc], pad=padding)
            for layer in layers:
                vectors = layer.predict(vectors)
            encoded += ops.unflatten(vectors, ops.asarray1i([len(doc)]), pad=padding)
        return encoded, None

    return Model(f"one_by_one({encoder.name})", forward, layers=[encoder], ops=ops)


def encode_one_by_one(nlp: "Language") -> None:
    """Make a model encode a document and a layer at a time. An encoder that is no plain stack of layers stays."""
    for model, encoder in parts(nlp, "encode"):
        layers = encoder.layers[0].layers if encoder.layers else []
        if encoder.name == f"with_array({'>>'.join(layer.name for layer in layers)})":
            model.replace_node(encoder, _one_by_one(encoder))
