"""The weights are those published, or an error that says what to do; what was learned is added to them."""

import hashlib
import json
from functools import partial

import numpy as np
import pytest

from scripts.attribution import encoder_weights
from scripts.attribution.encoder_weights import DELTAS, check_weights, reader_network
from scripts.attribution.readers import check_reader
from scripts.core.storage import WORKFLOW
from scripts.parsing import base_encoder, light_words
from scripts.parsing.base_encoder import base_file, base_layer, read_safetensors, unpacked
from scripts.parsing.light_words import LIGHT

WIDTH = 32


def tensor_shapes() -> dict[str, tuple[int, ...]]:
    """Return the shapes of the tensors of a small model of two layers, in the order in which they are stored."""
    shapes = {
        "embeddings.word_embeddings.weight": (5, WIDTH),
        "embeddings.position_embeddings.weight": (128, WIDTH),
        "embeddings.token_type_embeddings.weight": (2, WIDTH),
        "embeddings.LayerNorm.weight": (WIDTH,),
        "embeddings.LayerNorm.bias": (WIDTH,),
    }
    for layer in (0, 1):
        at = f"encoder.layer.{layer}."
        for part in ("query", "key", "value"):
            shapes[f"{at}attention.self.{part}.weight"] = (WIDTH, WIDTH)
            shapes[f"{at}attention.self.{part}.bias"] = (WIDTH,)
        for name, shape in (
            ("attention.output", (WIDTH, WIDTH)),
            ("intermediate", (4 * WIDTH, WIDTH)),
            ("output", (WIDTH, 4 * WIDTH)),
        ):
            shapes[f"{at}{name}.dense.weight"] = shape
            shapes[f"{at}{name}.dense.bias"] = shape[:1]
        for name in ("attention.output", "output"):
            shapes[f"{at}{name}.LayerNorm.weight"] = shapes[f"{at}{name}.LayerNorm.bias"] = (WIDTH,)
    return shapes


@pytest.fixture
def published(tmp_path, monkeypatch):
    """Return a small model as the package has it, with the digests that are expected of it."""
    draw = np.random.default_rng(4)
    tensors = {name: draw.normal(size=shape).astype(np.float32) for name, shape in tensor_shapes().items()}
    package = tmp_path / "installed" / "made_up_model"
    (package / "model").mkdir(parents=True)
    (package / "__init__.py").write_text("raise RuntimeError('the package is never imported')", encoding="utf-8")
    write_safetensors(package / "model" / "model.safetensors", tensors)
    (package / "model" / "vocab.txt").write_text("[UNK]\n[CLS]\n[SEP]\nsaid\nmayor\n", encoding="utf-8")
    learned = {
        "n_layers": np.array(2),
        "1.mix.left": np.full((WIDTH, 1), 2, np.int8),
        "1.mix.left.scale": np.array([0.5], np.float16),
        "1.mix.right": np.arange(WIDTH, dtype=np.int8)[:, None],
        "1.mix.right.scale": np.array([0.25], np.float16),
        "1.mix_bias": np.ones(WIDTH, np.float16),
        "heads.token": np.ones((WIDTH, 5), np.float16),
    }
    (tmp_path / "models").mkdir()
    np.savez_compressed(tmp_path / "models" / DELTAS, allow_pickle=False, **learned)
    digests = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in (package / "model").iterdir()}
    monkeypatch.setattr(base_encoder, "_SHA256", digests)
    monkeypatch.setattr(base_encoder, "PACKAGE", "made_up_model")
    deltas = (tmp_path / "models" / DELTAS).read_bytes()
    monkeypatch.setattr(encoder_weights, "_SHA256", hashlib.sha256(deltas).hexdigest())
    monkeypatch.setattr(encoder_weights, "WORKFLOW", tmp_path)
    monkeypatch.syspath_prepend(str(package.parent))
    reader_network.cache_clear()
    yield package / "model", tensors
    reader_network.cache_clear()


def write_safetensors(path, tensors):
    header, at = {"__metadata__": {"format": "pt"}}, 0
    for name, values in tensors.items():
        header[name] = {"dtype": "F32", "shape": values.shape, "data_offsets": [at, at + values.nbytes]}
        at += values.nbytes
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(len(text).to_bytes(8, "little") + text + b"".join(v.tobytes() for v in tensors.values()))


def test_arrays_of_a_safetensors_file(published):
    folder, tensors = published
    read = read_safetensors(folder / "model.safetensors")
    assert read.keys() == tensors.keys()
    assert all((read[name] == tensors[name]).all() for name in tensors)


def test_what_was_learned_is_added_to_what_was_published(published):
    folder, tensors = published
    loaded = reader_network("encoder")
    before = [base_layer(read_safetensors(folder / "model.safetensors"), number) for number in (0, 1)]
    assert len(loaded.layers) == 2
    assert all((a == b).all() for a, b in zip(loaded.layers[0][:-1], before[0][:-1], strict=True))
    change = loaded.layers[1].mix - before[1].mix
    assert change == pytest.approx(np.outer(np.arange(WIDTH) / 4, np.ones(WIDTH)), abs=1e-5)  # output x input
    assert loaded.layers[1].mix_bias - before[1].mix_bias == pytest.approx(np.ones(WIDTH), abs=1e-6)
    assert (loaded.layers[1].widen == tensors["encoder.layer.1.intermediate.dense.weight"]).all()
    assert loaded.layers[0].attend[WIDTH : 2 * WIDTH] == pytest.approx(
        tensors["encoder.layer.0.attention.self.key.weight"]
    )
    assert loaded.heads["token"].shape == (WIDTH, 5)
    assert loaded.vocabulary.pieces["said"] == 3


@pytest.mark.parametrize("name", ["model.safetensors", "vocab.txt", DELTAS])
def test_other_bytes_are_not_read(published, name, tmp_path):
    folder, _ = published
    path = tmp_path / "models" / name if name == DELTAS else folder / name
    path.write_bytes(path.read_bytes()[:-1] + b"!")
    for load in (partial(check_weights, "encoder"), partial(reader_network, "encoder")):
        with pytest.raises(ValueError, match=rf"{name} .*make accurate"):
            load()


def test_a_missing_package_is_named_with_the_command(monkeypatch):
    monkeypatch.setattr(base_encoder, "PACKAGE", "no_such_model")
    with pytest.raises(LookupError, match=r"make accurate.*quotes\.reader: light"):
        base_file("vocab.txt")


def test_bytes_with_a_scale_for_each_column():
    stored = {"m": np.array([[1, -127], [2, 127]], np.int8), "m.scale": np.array([0.5, 0.25], np.float16)}
    assert unpacked(stored, "m").tolist() == [[0.5, -31.75], [1.0, 31.75]]
    assert unpacked(stored, "m").dtype == np.float32


def test_the_shipped_file_is_small_and_has_the_digest_that_is_expected():
    path = WORKFLOW / "models" / DELTAS
    assert path.stat().st_size <= 2_000_000
    assert hashlib.sha256(path.read_bytes()).hexdigest() == encoder_weights._SHA256
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
