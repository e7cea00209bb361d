"""Documents encoded in blocks have the vectors and the symbols that they have alone."""

from itertools import pairwise

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st

from scripts.parsing import blocks


@given(st.lists(st.integers(0, 2000), max_size=12))
@example([700, 800])  # as many as fit
def test_blocks_keep_the_order_and_the_bound(lengths):
    vectors = [np.zeros((length, 1)) for length in lengths]
    made = list(blocks.token_blocks(vectors, tokens=blocks._TOKENS))
    assert [id(document) for block in made for document in block] == [id(document) for document in vectors]
    assert all(len(block) == 1 or sum(map(len, block)) <= blocks._TOKENS for block in made)
    # No block could take the first document of the next one too.
    assert all(sum(map(len, left)) + len(right[0]) > blocks._TOKENS for left, right in pairwise(made))


def test_vectors_do_not_depend_on_the_block(nlp, monkeypatch):
    from spacy.tokens import Doc

    model = nlp.get_pipe("tok2vec").model
    [encode] = [node for node in model.walk() if node.name.startswith("blocks(")]
    docs = [Doc(nlp.vocab, [f"word{number}", "said", "so", "."] * number) for number in (3, 1, 5)]
    vectors = model.get_ref("embed").predict(docs)
    together = encode.predict(vectors)
    monkeypatch.setattr(blocks, "_TOKENS", 1)
    for alone, expected in zip(encode.predict(vectors), together, strict=True):
        np.testing.assert_allclose(alone, expected, rtol=1e-4, atol=1e-5)
