"""Attributes computed once for each word type equal the attributes that spaCy computes for every token."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scripts.core.models import model_directory
from scripts.parsing.parses import annotate
from scripts.parsing.word_types import embed_once, lemmatize_once
from tests.conftest import ARTICLE, MODEL

# Words whose lemma or part of speech depends on a neighbour, and words around them.
WORDS = "there is are 's was let us gon na got ta c'm on y' all ai n't it do does have that which who ran saw . , so"


@pytest.fixture(scope="module")
def plain():
    """Return the model as spaCy loads it."""
    import spacy

    return spacy.load(model_directory(MODEL), exclude=["senter"])


def test_the_shipped_article(nlp, plain):
    assert {"attribute_ruler", "lemmatizer"}.isdisjoint(nlp.pipe_names)  # their results are remembered
    text = ARTICLE.read_text(encoding="utf-8")
    assert list(annotate(nlp, [("a", text)])) == list(annotate(plain, [("a", text)]))


@settings(max_examples=20)
@given(st.lists(st.lists(st.sampled_from(WORDS.split()), min_size=1, max_size=12), min_size=1, max_size=3))
def test_neighbours_count_where_patterns_look_at_them(nlp, plain, texts):
    named = [(str(number), " ".join(words)) for number, words in enumerate(texts)]
    assert list(annotate(nlp, named)) == list(annotate(plain, named))


def test_neighbours_make_another_lemma(nlp):
    lemmas = [next(annotate(nlp, [("", text)])).lemma for text in ("Let's go.", "Let 's go.", "The man's dog.")]
    assert lemmas[0][1] == lemmas[1][1] == "us"
    assert lemmas[2][2] == "'s"


def test_vectors_are_those_of_the_embedding(nlp, plain):
    from spacy.tokens import Doc

    docs = [Doc(nlp.vocab, ["A", "word", "a", "word", ","], [True, True, True, False, False]), Doc(nlp.vocab, ["word"])]
    once, embed = (each.get_pipe("tok2vec").model.layers[0] for each in (nlp, plain))
    assert once.name.startswith("once(") and not embed.name.startswith("once(")
    for vectors, expected in zip(once.predict(docs), embed.predict(docs), strict=True):
        np.testing.assert_allclose(vectors, expected, rtol=1e-4, atol=1e-5)


def test_a_model_that_looks_at_more_stays_as_it_is(plain):
    import spacy

    nlp = spacy.blank("en")
    nlp.add_pipe("attribute_ruler")
    nlp.add_pipe("lemmatizer", config={"mode": "lookup"})
    nlp.get_pipe("attribute_ruler").add([[{"ENT_TYPE": "PERSON"}]], {"LEMMA": "x"})
    embed_once(nlp)
    lemmatize_once(nlp)
    assert nlp.pipe_names == ["attribute_ruler", "lemmatizer"]
