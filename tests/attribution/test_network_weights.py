"""The weights are those published, or an error that says what to do; what was learned is added to them."""

import hashlib
from dataclasses import asdict
from functools import partial

import numpy as np
import pytest

from scripts.attribution import network_weights
from scripts.attribution.network_weights import DELTAS, check_weights, reader_network
from scripts.attribution.readers import check_reader
from scripts.core.storage import WORKFLOW
from scripts.parsing import base_encoder, light_words
from scripts.parsing.light_words import LIGHT
from tests.made_encoder import WIDTH, installed


@pytest.fixture
def published(tmp_path, monkeypatch):
    """Return a made-up encoder that is installed as the published one, beside what was learned, and its folder."""
    encoder, folder = installed(tmp_path, monkeypatch)
    learned = {
        "n_layers": np.array(1),
        "0.mix.left": np.full((WIDTH, 1), 2, np.int8),
        "0.mix.left.scale": np.array([0.5], np.float16),
        "0.mix.right": np.arange(WIDTH, dtype=np.int8)[:, None],
        "0.mix.right.scale": np.array([0.25], np.float16),
        "0.mix_bias": np.ones(WIDTH, np.float16),
        "heads.token": np.ones((WIDTH, 5), np.float16),
    }
    (tmp_path / "models").mkdir()
    np.savez_compressed(tmp_path / "models" / DELTAS, allow_pickle=False, **learned)
    deltas = (tmp_path / "models" / DELTAS).read_bytes()
    monkeypatch.setattr(network_weights, "_SHA256", hashlib.sha256(deltas).hexdigest())
    monkeypatch.setattr(network_weights, "WORKFLOW", tmp_path)
    reader_network.cache_clear()
    yield encoder, folder / "model"
    reader_network.cache_clear()


def test_what_was_learned_is_added_to_what_was_published(published):
    encoder, _ = published
    loaded = reader_network("encoder")
    (before,), (after,) = encoder.layers, loaded.layers
    assert after.mix - before.mix == pytest.approx(np.outer(np.arange(WIDTH) / 4, np.ones(WIDTH)), abs=1e-5)
    assert after.mix_bias - before.mix_bias == pytest.approx(np.ones(WIDTH), abs=1e-6)
    same = [name for name in before._fields if name not in ("mix", "mix_bias", "related")]
    assert all((getattr(after, name) == getattr(before, name)).all() for name in same)
    assert loaded.heads["token"].shape == (WIDTH, 5)
    assert asdict(loaded.vocabulary) == asdict(encoder.vocabulary)


@pytest.mark.parametrize("name", ["model.safetensors", "vocab.txt", DELTAS])
def test_other_bytes_are_not_read(published, name, tmp_path):
    _, folder = published
    path = tmp_path / "models" / name if name == DELTAS else folder / name
    path.write_bytes(path.read_bytes()[:-1] + b"!")
    for load in (partial(check_weights, "encoder"), partial(reader_network, "encoder")):
        with pytest.raises(ValueError, match=rf"{name} .*make accurate"):
            load()


def test_the_shipped_file_is_small_and_has_the_digest_that_is_expected():
    path = WORKFLOW / "models" / DELTAS
    assert path.stat().st_size <= 2_000_000
    assert hashlib.sha256(path.read_bytes()).hexdigest() == network_weights._SHA256
    stored = np.load(path, allow_pickle=False)
    assert not [name for name in stored if "embedding" in name or name.startswith("0.")]


@pytest.fixture
def without_the_package(monkeypatch):
    """Let the published model be missing, and the networks be loaded anew."""
    monkeypatch.setattr(base_encoder, "PACKAGE", "no_such_model")
    reader_network.cache_clear()
    yield
    reader_network.cache_clear()


def test_the_light_network_is_in_the_project_and_reads_syntax(without_the_package):
    path = WORKFLOW / "models" / LIGHT
    assert path.stat().st_size <= 12_000_000
    light = reader_network("light")
    width = light.pieces.shape[1]
    assert len(light.vocabulary.pieces) == len(light.pieces) == 30_522
    assert {layer.related.shape for layer in light.layers} == {(width // 32, 32)}
    assert light.symbols.of_tag.shape == (len(light.symbols.tags), width)
    assert {"nsubj", "ccomp", "ROOT"} <= light.symbols.dependencies.keys()
    assert {"VBD", "NNP"} <= light.symbols.tags.keys()


def test_a_damaged_file_of_the_light_network_is_named(tmp_path, monkeypatch, without_the_package):
    (tmp_path / "models").mkdir()
    path = tmp_path / "models" / LIGHT
    path.write_bytes((WORKFLOW / "models" / LIGHT).read_bytes()[:-1])
    monkeypatch.setattr(light_words, "WORKFLOW", tmp_path)
    with pytest.raises(ValueError, match=rf"{LIGHT} is not the file that was published"):
        check_reader("light")
    path.unlink()
    with pytest.raises(FileNotFoundError, match=LIGHT):
        check_reader("light")
