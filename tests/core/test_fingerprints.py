"""A job takes the lists, models and packages of the plan, or ends."""

import hashlib
import json

import pytest

from scripts.core.fingerprints import ChangedError, check_packages, installed_version
from scripts.core.storage import WORKFLOW, read_settings


def stage(folder, **parts):
    """Return the fingerprint of a stage with these parts."""
    path = folder / "stage.json"
    path.write_text(json.dumps({"settings": {"a": 1}, **parts}))
    return path


def sha256(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_list_that_is_not_the_planned_one_is_named(tmp_path):
    name = "workflow/lexicons/titles.txt"
    files = {name: sha256(WORKFLOW / "lexicons" / "titles.txt"), "scripts/core/guard.py": "of code"}
    assert read_settings(stage(tmp_path, files=files)) == {"a": 1}
    with pytest.raises(ChangedError, match=r"workflow/lexicons/titles\.txt has changed since this run was planned"):
        read_settings(stage(tmp_path, files={name: "0"}))


def test_a_file_of_the_users_that_changed_or_is_gone_ends_the_step(tmp_path):
    scheme = tmp_path / "own.yaml"
    scheme.write_text("a")
    planned = stage(tmp_path, user_files={scheme.as_posix(): sha256(scheme)})
    assert read_settings(planned) == {"a": 1}
    scheme.write_text("b")
    with pytest.raises(ChangedError, match=r"own\.yaml"):
        read_settings(planned)
    scheme.unlink()
    with pytest.raises(FileNotFoundError):
        read_settings(planned)


def test_a_package_that_came_or_went_ends_the_step():
    check_packages({"pyarrow": installed_version("pyarrow"), "no-such-package": "not installed"})
    for versions in ({"pyarrow": "not installed"}, {"no-such-package": "1.0"}):
        with pytest.raises(ChangedError, match="The package "):
            check_packages(versions)
