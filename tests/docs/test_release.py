"""A release: one version everywhere, the changelog closed, the digest of the model in its card."""

import hashlib
import re
import tomllib

import yaml

from scripts.core.storage import ROOT, WORKFLOW


def test_one_version_and_one_date_stand_everywhere() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    recipe = yaml.safe_load((ROOT / "packaging" / "meta.yaml").read_text(encoding="utf-8"))
    first = re.search(r"^## (\S+), (\S+)$", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert first and first.groups() == (version, str(citation["date-released"]))
    assert version == citation["version"] == recipe["package"]["version"]


def test_the_model_card_has_the_digest_of_the_reader() -> None:
    digest = hashlib.sha256((WORKFLOW / "models" / "light_encoder.npz").read_bytes()).hexdigest()
    assert f"SHA-256 `{digest}`" in (ROOT / "docs" / "model-card.md").read_text(encoding="utf-8")
