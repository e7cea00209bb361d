"""Pack a checkpoint of training.light into the file that the reader `light` loads.

    python -m training.light_file CHECKPOINT.npz

The embeddings are stored as bytes with a scale for each column, the rest as float16. The file's SHA-256, by which
`scripts.parsing.light_words` identifies it, is printed.
"""

import argparse
import hashlib
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scripts.core.storage import WORKFLOW
from scripts.parsing.base_encoder import base_file
from scripts.parsing.light_words import LIGHT
from training.encoder_deltas import Array, in_bytes


def of_each_relation(added: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the addend for each set of relations, numbered by bits (heads x numbers), from `added` (bits x heads)."""
    numbers = np.arange(1 << len(added))
    bits = (numbers[:, None] >> np.arange(len(added))) & 1
    return (bits @ added).T.astype(np.float32)


def pack(checkpoint: dict[str, NDArray[Any]]) -> dict[str, Array]:
    """Return the arrays of the file, in which matrices of layers are outputs x inputs."""
    vocabulary = base_file("vocab.txt").read_bytes().rstrip(b"\n")
    arrays: dict[str, Array] = {"vocabulary": np.frombuffer(vocabulary, np.uint8)}
    arrays |= in_bytes("pieces", checkpoint["pieces"])
    arrays["n_layers"] = np.array(sum(name.endswith(".attend") for name in checkpoint))
    for name, values in checkpoint.items():
        if name in ("tags", "dependencies"):
            arrays[name] = values
        elif name.endswith(".related"):
            arrays[name] = of_each_relation(values).astype(np.float16)
        elif name != "pieces" and not name.startswith("like."):
            is_turned = name[0].isdigit() and values.ndim == 2
            arrays[name] = (values.T if is_turned else values).astype(np.float16)
    return arrays


def main() -> None:
    """Write the file to workflow/models and print its SHA-256."""
    parser = argparse.ArgumentParser(prog="training.light_file", description=main.__doc__)
    parser.add_argument("checkpoint", type=Path)
    path = WORKFLOW / "models" / LIGHT
    np.savez_compressed(path, allow_pickle=False, **pack(dict(np.load(parser.parse_args().checkpoint))))
    print(f"{path.stat().st_size} bytes, SHA-256 {hashlib.sha256(path.read_bytes()).hexdigest()}")


if __name__ == "__main__":
    main()
