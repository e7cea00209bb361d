"""A model is found by its package or path, or the user is told what to do."""

import base64
import hashlib
import shutil

import pytest

from scripts.core import models
from scripts.core.models import check_model, model_digest, model_directory
from tests.conftest import MODEL


def flip(path):
    """Turn one bit in the middle of a file."""
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def test_package_and_path_are_one_model():
    folder = model_directory(MODEL)
    assert (folder / "meta.json").is_file()
    assert model_directory(str(folder)) == folder
    assert model_digest(MODEL) == model_digest(str(folder))


@pytest.mark.parametrize("name", ["no_such_model", "/no/such/folder", "json"])
def test_unknown_model(name):
    with pytest.raises(LookupError, match="Install"):
        model_directory(name)


def test_other_weights_under_a_known_name_are_refused(tmp_path, monkeypatch):
    check_model(MODEL)
    copy = shutil.copytree(model_directory(MODEL), tmp_path / "copy")
    monkeypatch.setattr(models, "_KNOWN", {str(copy): model_digest(MODEL)})
    flip(copy / "ner" / "model")
    with pytest.raises(ValueError, match="not those that were published"):
        check_model(str(copy))


@pytest.fixture
def package(tmp_path, monkeypatch, request):
    """Return the folder of an installed package with a model, and its name, which no other test has."""
    name = f"a_model_for_{request.node.name}".replace("[", "_").replace("]", "_").replace("-", "_")
    folder = tmp_path / name / f"{name}-1.0"
    folder.mkdir(parents=True)
    (tmp_path / name / "__init__.py").touch()
    record = []
    for file in ("config.cfg", "meta.json", "weights"):
        (folder / file).write_text(file)
        digest = base64.urlsafe_b64encode(hashlib.sha256(file.encode()).digest()).decode().rstrip("=")
        record.append(f"{name}/{name}-1.0/{file},sha256={digest},{len(file)}\n")
    about = tmp_path / f"{name}-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
    (about / "RECORD").write_text("".join(record) + f"{name}/__init__.py,,\n")
    monkeypatch.syspath_prepend(tmp_path)
    return folder, name


def test_a_model_as_it_was_installed_is_taken(package):
    check_model(package[1])


@pytest.mark.parametrize("damage", ["flipped", "gone"])
def test_a_model_is_held_to_the_record_of_its_package(package, damage):
    folder, name = package
    flip(folder / "weights") if damage == "flipped" else (folder / "weights").unlink()
    with pytest.raises(ValueError, match=r"published \(see .*/weights\)"):
        check_model(name)
