"""A model is found by its package or path, or the user is told what to do."""

import shutil

import pytest

from scripts.core import models
from scripts.core.fingerprints import ChangedError
from scripts.core.models import check_model, check_planned, model_digest, model_directory, model_language
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
    assert model_language(MODEL) == model_language(str(folder)) == "en"


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


def test_a_folder_of_the_users_is_held_to_the_plan(tmp_path):
    copy = shutil.copytree(model_directory(MODEL), tmp_path / "copy")
    flip(copy / "ner" / "model")
    check_model(str(copy))
    check_planned(MODEL, model_digest(MODEL))
    with pytest.raises(ChangedError, match="has changed since this run was planned"):
        check_planned(str(copy), model_digest(MODEL))
