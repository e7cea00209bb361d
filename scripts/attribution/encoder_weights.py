"""Weights of the reader `encoder`: the published model, what was learned on top of it, and two heads.

What was learned is in workflow/models: for each matrix of the upper layers two thin factors whose product is added to
it, in bytes with a scale for each column (Hu et al. 2022 call it a low-rank update). `training.encoder_deltas` makes
the file.
"""

from collections.abc import Mapping
from functools import cache

import numpy as np

from scripts.core.storage import WORKFLOW
from scripts.maths.transformer import Floats, Layer
from scripts.parsing.base_encoder import Encoder, base_encoder, base_file, checked, unpacked

DELTAS = "quotes_encoder.npz"
_SHA256 = "346f3a2748c9e78c34b3b265b79a7ffc2505a20701b4a24d057f709947daec72"


def check_weights() -> None:
    """Raise LookupError or ValueError, as `base_file` does, unless all files of weights are there as published."""
    for name in ("model.safetensors", "vocab.txt"):
        base_file(name)
    checked(WORKFLOW / "models" / DELTAS, _SHA256)


def _changed(base: Floats, stored: Mapping[str, np.ndarray], name: str) -> Floats:
    """Return a matrix or bias of the published model with what was learned added to it."""
    if f"{name}.left" in stored:
        return base + unpacked(stored, f"{name}.right") @ unpacked(stored, f"{name}.left").T
    return base + unpacked(stored, name) if name in stored else base


@cache
def encoder() -> Encoder:
    """Return the encoder with what was learned and with heads. Raises LookupError and ValueError as `base_file` does.

    Heads: `token` gives each token content, begin, end, cue and source; the others give what a cue sees.
    """
    stored = dict(np.load(checked(WORKFLOW / "models" / DELTAS, _SHA256), allow_pickle=False))
    published = base_encoder(int(stored["n_layers"]))
    layers = [
        Layer(**{name: _changed(base, stored, f"{number}.{name}") for name, base in layer._asdict().items()})
        for number, layer in enumerate(published.layers)
    ]
    heads = [name for name in stored if name.startswith("heads.") and not name.endswith(".scale")]
    return published._replace(
        layers=layers, heads={name.removeprefix("heads."): unpacked(stored, name) for name in heads}
    )
