"""The networks of the readers `light` and `encoder`, each with the two heads that read attributions.

The network of `light` is stored whole in workflow/models: its embeddings in bytes with a scale for each column, the
rest in float16; `training.light` makes the file. The network of `encoder` is the published model plus what was learned
on top of it: a low-rank update (Hu et al. 2022) of each matrix of the upper layers, the product of two thin factors
that are also stored in bytes; `training.encoder_deltas` makes the file.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import numpy as np

from scripts.core.arrays import Floats32
from scripts.core.storage import WORKFLOW
from scripts.maths.transformer import Layer
from scripts.parsing.base_encoder import Encoder, Symbols, base_encoder, base_file, checked, unpacked
from scripts.parsing.light_words import light_file
from scripts.parsing.word_pieces import read_vocabulary

DELTAS = "quotes_encoder.npz"
_SHA256 = "346f3a2748c9e78c34b3b265b79a7ffc2505a20701b4a24d057f709947daec72"


def check_weights(reader: str) -> None:
    """Raise LookupError or ValueError, as `base_file` does, if a file of a reader is missing or not as published."""
    if reader == "light":
        light_file()
        return
    for name in ("model.safetensors", "vocab.txt"):
        base_file(name)
    _deltas_file()


def _deltas_file() -> Path:
    """Return the path of the weights that `encoder` learned, after a check of the file's SHA-256."""
    return checked(WORKFLOW / "models" / DELTAS, _SHA256)


@cache
def reader_network(reader: str) -> Encoder:
    """Return the network of `light` or `encoder` with its heads. Raises LookupError and ValueError as `base_file` does.

    The head `token` gives each token its log-odds as content, beginning, end, cue, source and cue of an attitude; the
    other arrays of `heads` give what a cue sees.
    """
    file, network_of = (light_file(), light_network) if reader == "light" else (_deltas_file(), changed_network)
    with np.load(file, allow_pickle=False) as stored:
        return network_of(dict(stored))


def light_network(stored: Mapping[str, np.ndarray]) -> Encoder:
    """Return the network that is stored whole, as `light` is."""
    symbols = Symbols(
        {name: number for number, name in enumerate(stored["tags"].tolist())},
        {name: number for number, name in enumerate(stored["dependencies"].tolist())},
        unpacked(stored, "of_tag"),
        unpacked(stored, "of_dependency"),
    )
    pieces = stored["vocabulary"].tobytes().decode("utf-8").split("\n")
    layers = [
        Layer(**{name: unpacked(stored, f"{number}.{name}") for name in Layer._fields})
        for number in range(int(stored["n_layers"]))
    ]
    return Encoder(
        vocabulary=read_vocabulary(pieces),
        pieces=unpacked(stored, "pieces"),
        places=unpacked(stored, "places"),
        gain=unpacked(stored, "gain"),
        bias=unpacked(stored, "bias"),
        layers=layers,
        heads=_heads(stored),
        symbols=symbols,
    )


def changed_network(stored: Mapping[str, np.ndarray]) -> Encoder:
    """Return the published model with the learned changes that are `stored` added to it."""
    published = base_encoder(int(stored["n_layers"]))
    layers = [
        layer._replace(
            **{
                name: _changed(base, stored, f"{number}.{name}")
                for name, base in layer._asdict().items()
                if base is not None
            }
        )
        for number, layer in enumerate(published.layers)
    ]
    return published._replace(layers=layers, heads=_heads(stored))


def _changed(base: Floats32, stored: Mapping[str, np.ndarray], name: str) -> Floats32:
    """Return a matrix or bias of the published model with its learned change added, if there is one."""
    if f"{name}.left" in stored:
        return base + unpacked(stored, f"{name}.right") @ unpacked(stored, f"{name}.left").T
    return base + unpacked(stored, name) if name in stored else base


def _heads(stored: Mapping[str, np.ndarray]) -> dict[str, Floats32]:
    names = [name for name in stored if name.startswith("heads.") and not name.endswith(".scale")]
    return {name.removeprefix("heads."): unpacked(stored, name) for name in names}
