"""A model is found by its package or path, or the user is told what to do."""

import pytest

from scripts.models import model_digest, model_directory
from tests.conftest import MODEL


def test_package_and_path_are_one_model():
    folder = model_directory(MODEL)
    assert (folder / "meta.json").is_file()
    assert model_directory(str(folder)) == folder
    assert model_digest(MODEL) == model_digest(str(folder))


@pytest.mark.parametrize("name", ["no_such_model", "/no/such/folder", "json"])
def test_unknown_model(name):
    with pytest.raises(LookupError, match="Install"):
        model_directory(name)
