"""A made-up encoder for tests: one layer with random weights, and a vocabulary of letters and a few words."""

import hashlib
import json
from itertools import pairwise
from pathlib import Path

import numpy as np

from scripts.maths.transformer import Layer
from scripts.parsing import base_encoder
from scripts.parsing.base_encoder import Encoder
from scripts.parsing.word_pieces import read_vocabulary

WIDTH = 32
PACKAGE = "made_up_encoder"


def tiny_encoder(**shapes: tuple[int, ...]) -> Encoder:
    """Return the encoder, with random heads of these shapes."""
    draw = np.random.default_rng(1)

    def some(*shape):
        return draw.normal(0, 0.3, shape).astype(np.float32)

    vocabulary = read_vocabulary(
        ["[UNK]", "[CLS]", "[SEP]", "said", "mayor", "harbour", "close", *"abcdefghijklmnopqrstuvwxyz.,",
         *(f"##{letter}" for letter in "abcdefghijklmnopqrstuvwxyz")]
    )  # fmt: skip
    layer = Layer(
        *(some(3 * WIDTH, WIDTH), some(3 * WIDTH), some(WIDTH, WIDTH), some(WIDTH), 1 + some(WIDTH), some(WIDTH)),
        *(some(4 * WIDTH, WIDTH), some(4 * WIDTH), some(WIDTH, 4 * WIDTH), some(WIDTH), 1 + some(WIDTH), some(WIDTH)),
    )
    heads = {name: some(*shape) for name, shape in shapes.items()}
    embeddings = some(len(vocabulary.pieces), WIDTH), some(128, WIDTH), 1 + some(WIDTH), some(WIDTH)
    return Encoder(vocabulary, *embeddings, [layer], heads)


def published(encoder):
    """Return the arrays of a made-up encoder by the names that the published one gives to its own."""
    weights, biases, *others, related = encoder.layers[0]
    assert related is None
    kinds = np.arange(2 * WIDTH, dtype=np.float32).reshape(2, WIDTH)
    arrays = {
        "embeddings.word_embeddings.weight": encoder.pieces,
        "embeddings.position_embeddings.weight": encoder.places - kinds[0],
        "embeddings.token_type_embeddings.weight": kinds,
        "embeddings.LayerNorm.weight": encoder.gain,
        "embeddings.LayerNorm.bias": encoder.bias,
    }
    for number, part in enumerate(("query", "key", "value")):
        rows = slice(number * WIDTH, (number + 1) * WIDTH)
        arrays[f"encoder.layer.0.attention.self.{part}.weight"] = weights[rows]
        arrays[f"encoder.layer.0.attention.self.{part}.bias"] = biases[rows]
    names = [
        *("attention.output.dense.weight", "attention.output.dense.bias"),
        *("attention.output.LayerNorm.weight", "attention.output.LayerNorm.bias"),
        *("intermediate.dense.weight", "intermediate.dense.bias", "output.dense.weight", "output.dense.bias"),
        *("output.LayerNorm.weight", "output.LayerNorm.bias"),
    ]
    return arrays | {f"encoder.layer.0.{name}": array for name, array in zip(names, others, strict=True)}


def safetensors(arrays):
    """Return arrays in the form of the format safetensors, with numbers of another kind before them."""
    parts = [np.arange(3).tobytes(), *(np.ascontiguousarray(array).tobytes() for array in arrays.values())]
    ends = np.cumsum([0, *map(len, parts)]).tolist()
    header = {"__metadata__": {"format": "np"}}
    kinds = {"places": ("I64", (3,)), **{name: ("F32", array.shape) for name, array in arrays.items()}}
    for (name, (kind, shape)), bounds in zip(kinds.items(), pairwise(ends), strict=True):
        header[name] = {"dtype": kind, "shape": shape, "data_offsets": bounds}
    head = json.dumps(header).encode()
    head += b" " * (-len(head) % 8)
    return len(head).to_bytes(8, "little") + head + b"".join(parts)


def installed(tmp_path, monkeypatch) -> tuple[Encoder, Path]:
    """Put a made-up encoder where the published one is looked for; return it, and the folder of its package."""
    encoder = tiny_encoder()
    pieces = sorted(encoder.vocabulary.pieces, key=encoder.vocabulary.pieces.__getitem__)
    files = {"vocab.txt": "\n".join(pieces).encode(), "model.safetensors": safetensors(published(encoder))}
    folder = tmp_path / "installed" / PACKAGE
    (folder / "model").mkdir(parents=True)
    (folder / "__init__.py").write_text("raise RuntimeError('the package is never imported')", encoding="utf-8")
    for name, data in files.items():
        (folder / "model" / name).write_bytes(data)
    digests = {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
    monkeypatch.syspath_prepend(folder.parent)
    monkeypatch.setattr(base_encoder, "PACKAGE", PACKAGE)
    monkeypatch.setattr(base_encoder, "_SHA256", digests)
    return encoder, folder
