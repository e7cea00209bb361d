"""Pack a checkpoint of training.encoder into a small file: thin factors and heads in bytes.

    python -m training.encoder_deltas CHECKPOINT.npz

The change of each matrix from the published one is reduced to its strongest directions (a truncated singular value
decomposition); each factor is stored as bytes with a scale for each column. The share of each change that survives is
printed, and finally the file's SHA-256, by which `network_weights` identifies it.
"""

import argparse
import hashlib
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from scripts.attribution.network_weights import DELTAS
from scripts.core.storage import WORKFLOW
from scripts.parsing.base_encoder import base_file, base_layer, read_safetensors

Array = NDArray[np.generic]
Floats = NDArray[np.float64]

RANK = 88
# Arrays of the heads with no more numbers than this are stored as float16.
_SMALL = 5000


def in_bytes(name: str, matrix: Floats) -> dict[str, Array]:
    """Return a matrix as bytes with a scale for each column."""
    scale = np.maximum(np.abs(matrix).max(0) / 127.0, 1e-7).astype(np.float16)
    values = np.clip(np.round(matrix / scale.astype(np.float64)), -127, 127).astype(np.int8)
    return {name: values, f"{name}.scale": scale}


def packed_change(name: str, change: Floats, *, rank: int = RANK) -> dict[str, Array]:
    """Return the change of a bias as float16, or the change of a matrix as two factors in bytes."""
    if change.ndim == 1:
        return {name: change.astype(np.float16)}
    left, strength, right = np.linalg.svd(change.astype(np.float64), full_matrices=False)
    root = np.sqrt(strength[:rank])
    energy = np.square(np.asarray(strength, np.float64))
    print(f"{name}: {100 * energy[:rank].sum() / energy.sum():.1f} % of the change in {rank} directions")
    return in_bytes(f"{name}.left", left[:, :rank] * root) | in_bytes(f"{name}.right", right[:rank].T * root)


def pack(checkpoint: dict[str, Floats]) -> dict[str, Array]:
    """Return the arrays for the file of deltas."""
    tensors = read_safetensors(base_file("model.safetensors"))
    n_layers = 1 + max(int(name.split(".")[0]) for name in checkpoint if not name.startswith("heads."))
    arrays: dict[str, Array] = {"n_layers": np.array(n_layers)}
    for name, values in sorted(checkpoint.items()):
        layer, _, part = name.partition(".")
        if layer == "heads":
            arrays |= in_bytes(name, values) if values.size > _SMALL else {name: values.astype(np.float16)}
        else:
            base = getattr(base_layer(tensors, int(layer)), part)
            arrays |= packed_change(name, values - base.T)
    return arrays


def main() -> None:
    """Write the deltas of a checkpoint to workflow/models and print their SHA-256."""
    parser = argparse.ArgumentParser(prog="training.encoder_deltas", description=main.__doc__)
    parser.add_argument("checkpoint", type=Path)
    options = parser.parse_args()
    path = WORKFLOW / "models" / DELTAS
    path.parent.mkdir(exist_ok=True)
    np.savez_compressed(path, allow_pickle=False, **pack(dict(np.load(options.checkpoint))))
    print(f"{path.stat().st_size} bytes, SHA-256 {hashlib.sha256(path.read_bytes()).hexdigest()}")


if __name__ == "__main__":
    main()
