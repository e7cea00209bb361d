"""The encoder in blocks gives the vectors of spaCy's, but for rounding."""

import numpy as np
import pytest

from scripts import window_encoder
from scripts.window_encoder import encode_in_blocks
from scripts.word_types import parts


@pytest.mark.parametrize("block", [1, 3, 256])
def test_the_vectors_are_the_same(nlp, block, monkeypatch):
    monkeypatch.setattr(window_encoder, "_BLOCK", block)
    draw = np.random.default_rng(1)
    found = [encoder for _, encoder in parts(nlp, "encode")]
    assert len(found) == 2 and all(encoder.name.startswith("blocks(") for encoder in found)
    for encoder in found:
        docs = [draw.normal(size=(length, encoder.layers[0].get_dim("nO"))).astype("f") for length in (700, 1, 40)]
        for one, other in zip(encoder.predict(docs), encoder.layers[0].predict(docs), strict=True):
            np.testing.assert_allclose(one, other, rtol=1e-4, atol=1e-5)


def test_another_encoder_stays_as_it_is():
    import spacy

    nlp = spacy.blank("en")
    config = {
        "model": {
            "@architectures": "spacy.Tok2Vec.v2",
            "embed": {
                "@architectures": "spacy.MultiHashEmbed.v2",
                "width": 8,
                "attrs": ["NORM"],
                "rows": [10],
                "include_static_vectors": False,
            },
            "encode": {
                "@architectures": "spacy.MaxoutWindowEncoder.v2",
                "width": 8,
                "depth": 1,
                "window_size": 2,
                "maxout_pieces": 2,
            },
        }
    }
    nlp.add_pipe("tok2vec", config=config)
    encode_in_blocks(nlp)
    assert [encoder.name.startswith("blocks(") for _, encoder in parts(nlp, "encode")] == [False]
