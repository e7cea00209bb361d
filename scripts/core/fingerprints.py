"""Checks of the lists, models and packages that a job uses against the fingerprint of its stage.

The main process writes the fingerprint when it plans (`scripts.plan.stages`). If a list, model or package changed
before the job ran, the output would count as up to date without being what its fingerprint says.
"""

import hashlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path


class ChangedError(OSError):
    """A list, model or package is not as it was when the run was planned; the message names it and says what to do."""


def changed(name: str) -> ChangedError:
    """Return the error about a file or package that has changed since the run was planned."""
    return ChangedError(
        f"{name} has changed since this run was planned. Run it again; if you changed nothing, check the disk and "
        "reinstall the project."
    )


def check_files(digests: Mapping[Path, str]) -> None:
    """Raise ChangedError if a file has another SHA-256, and FileNotFoundError if it is gone."""
    for path, sha256 in digests.items():
        if hashlib.sha256(path.read_bytes()).hexdigest() != sha256:
            raise changed(path.as_posix())


@cache
def installed_version(package: str) -> str:
    """Return the version of an installed package by the name of its distribution, or "not installed"."""
    from importlib.metadata import PackageNotFoundError, version  # late: 0.01 s that most steps do without

    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"


def check_packages(versions: Mapping[str, str]) -> None:
    """Raise ChangedError if a package of {distribution: version} has another version, was removed or was added.

    This is for steps that can do without an optional package; in all others the import of a missing package fails.
    """
    for package, version in versions.items():
        if installed_version(package) != version:
            raise changed(f"The package {package}")
