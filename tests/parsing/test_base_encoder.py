"""The published encoder is read from its files as they were published; windows are the same alone and together."""

from dataclasses import asdict

import numpy as np
import pytest

from scripts.parsing.base_encoder import Syntax, base_encoder, base_file, embed, encode_windows, unpacked
from scripts.parsing.light_words import light_words
from scripts.parsing.word_pieces import Window
from tests.made_encoder import WIDTH, installed, tiny_encoder


@pytest.fixture
def package(tmp_path, monkeypatch):
    return installed(tmp_path, monkeypatch)


def test_the_encoder_has_the_arrays_of_the_published_files(package):
    encoder, _ = package
    made = base_encoder(1)
    assert asdict(made.vocabulary) == asdict(encoder.vocabulary) and made.heads == {}
    for name in ("pieces", "gain", "bias"):
        assert np.array_equal(getattr(made, name), getattr(encoder, name))
    assert made.places == pytest.approx(encoder.places, abs=1e-5)
    for array, expected in zip(made.layers[0][:-1], encoder.layers[0][:-1], strict=True):
        assert np.array_equal(array, expected)


def test_other_bytes_and_a_model_that_is_not_installed_are_refused_with_advice(package):
    _, folder = package
    (folder / "model" / "vocab.txt").write_text("other", encoding="utf-8")
    with pytest.raises(ValueError, match="is not the file that was published"):
        base_encoder(1)
    (folder / "__init__.py").unlink()  # what is left of a package that was removed
    with pytest.raises(LookupError, match="make accurate"):
        base_file("vocab.txt")


@pytest.mark.parametrize("syntax", [False, True])
def test_windows_that_are_computed_together_have_the_vectors_that_each_has_alone(syntax):
    encoder, draw = tiny_encoder(), np.random.default_rng(2)
    sizes = [5, 9, 3, 7, 9, 4]
    windows = [
        (Window(draw.integers(0, 30, size).tolist(), [], number, number + 1), [0, size - 1])
        for number, size in enumerate(sizes)
    ]

    def syntax_of(window):
        size = len(window.pieces)
        return Syntax(np.full((size, WIDTH), 0.1 * size, np.float32), None)

    together = [*encode_windows(iter(windows), encoder, syntax_of if syntax else None)]
    assert [window for window, _ in together] == [window for window, _ in windows]
    for each, (_, vectors) in zip(windows, together, strict=True):
        ((_, alone),) = encode_windows(iter([each]), encoder, syntax_of if syntax else None)
        assert vectors.shape == (2, WIDTH) and vectors == pytest.approx(alone, abs=1e-4)


def test_syntax_is_added_to_the_embeddings():
    encoder = tiny_encoder()
    plain = embed(encoder, [4, 5])
    assert np.array_equal(embed(encoder, [4, 5], Syntax(np.zeros((2, WIDTH), np.float32), None)), plain)
    added = encoder.pieces[[5, 5]] - encoder.pieces[[4, 5]]
    assert embed(encoder, [4, 5], Syntax(added, None)) == pytest.approx(embed(encoder, [5, 5]), abs=1e-5)


def test_arrays_in_bytes_have_a_scale_for_each_column():
    stored = {"a": np.array([[1, 2]], np.int8), "a.scale": np.array([0.5, 2.0]), "b": np.array([3], np.float16)}
    assert unpacked(stored, "a").tolist() == [[0.5, 4.0]] and unpacked(stored, "b").tolist() == [3.0]


def test_the_words_of_the_light_network_have_vectors_of_their_pieces():
    words = light_words()
    vector = words.vector("harbour")
    assert vector.dtype == np.float32 and vector.shape == words.scale.shape
    assert not np.array_equal(vector, words.vector("mayor"))
    assert words.vector("the") == pytest.approx(words.pieces[words.vocabulary.pieces["the"]] * words.scale)
