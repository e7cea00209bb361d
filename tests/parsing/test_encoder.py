"""The encoder that takes one document and one layer at a time gives the vectors of spaCy's, but for rounding."""

import numpy as np
import pytest
import spacy

from scripts.parsing.encoder import encode_one_by_one
from scripts.parsing.word_types import parts


def test_the_vectors_are_the_same(nlp):
    draw = np.random.default_rng(1)
    encoders = [encoder for _, encoder in parts(nlp, "encode")]
    assert [encoder.name.split("(")[0] for encoder in encoders] == ["one_by_one", "one_by_one"]
    for encoder in encoders:
        docs = [draw.normal(size=(length, 96)).astype("f") for length in (700, 1, 40)]
        for vectors, expected in zip(encoder.predict(docs), encoder.layers[0].predict(docs), strict=True):
            np.testing.assert_allclose(vectors, expected, rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize("encoder", ["spacy.MaxoutWindowEncoder.v1", "spacy.TorchBiLSTMEncoder.v1"])
def test_an_encoder_of_another_structure_stays(encoder):
    size = {"window_size": 1, "maxout_pieces": 2} if "Maxout" in encoder else {"dropout": 0.0}
    if "Torch" in encoder:
        pytest.importorskip("torch")
    embed = {"@architectures": "spacy.MultiHashEmbed.v2", "width": 8, "attrs": ["NORM"], "rows": [10]}
    model = {
        "@architectures": "spacy.Tok2Vec.v2",
        "embed": {**embed, "include_static_vectors": False},
        "encode": {"@architectures": encoder, "width": 8, "depth": 1, **size},
    }
    nlp = spacy.blank("en")
    nlp.add_pipe("tok2vec", config={"model": model})
    encode_one_by_one(nlp)
    assert not any(encoder.name.startswith("one_by_one") for _, encoder in parts(nlp, "encode"))
