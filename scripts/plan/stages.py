"""The fingerprint of a stage: everything but its data that shapes its output, as one small file.

Snakemake does not see an edited module behind a shell command, an edited word list or an upgraded package. So each
stage has its fingerprint as an input: its settings, the SHA-256 of every module, word list and template that it uses,
and the versions of the packages that its modules import. The files that it uses are read from the code itself: imports
are followed, and a string that names a file under workflow/ counts as a file that is read. A fingerprint covers the
columns of the tables, and all of tables.yaml only in stages of the report, so that a new heading redoes just the page.
"""

import hashlib
import json
import platform
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import Any

from scripts.core.fingerprints import installed_version
from scripts.core.models import model_digest, model_language
from scripts.core.schemas import FILES, entries, steps
from scripts.core.storage import ROOT, WORKFLOW

_DISTRIBUTIONS = {"yaml": "pyyaml", "docx": "python-docx"}
_DATA_FOLDERS = ("lexicons", "models", "templates", "schemas")
_FOR_TYPES = re.compile(r"^if TYPE_CHECKING:\n(?: +.*\n|\n)+", re.MULTILINE)
_IMPORT = re.compile(r"^ *import ([\w., ]+)", re.MULTILINE)
_FROM = re.compile(r"^ *from ([\w.]+) import (?:\(([^)]*)\)|([^#\n]+))", re.MULTILINE)
_NAME = re.compile(r"(?<!as )\b\w+\b(?=,| as |\s*$)", re.MULTILINE)
# The text between any two quotation marks in a line: some matches are not strings, but no string is missed.
_STRING = re.compile(r'(?="([^"\n]{1,79})")')


@cache
def _module_file(module: str) -> Path | None:
    path = ROOT.joinpath(*module.split("."))
    for candidate in (path.with_suffix(".py"), path / "__init__.py"):
        if candidate.is_file():
            return candidate
    return None


@cache
def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@cache
def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _read(path: Path) -> tuple[set[str], set[Path]]:
    """Return the module names that a source file imports and the files that its strings name.

    Regular expressions are enough, since the code is formatted, and take an eighth of the time of a parse, for which
    every start would wait. Imports count wherever they are in the file, except those for type checkers alone.
    """
    text = _FOR_TYPES.sub("", path.read_text(encoding="utf-8"))
    imported = {name.split()[0] for names in _IMPORT.findall(text) for name in names.split(",")}
    for module, several, names in _FROM.findall(text):
        imported |= {module, *(f"{module}.{name}" for name in _NAME.findall(several or names))}
    named: set[Path] = set()
    for string in {*_STRING.findall(text)}:
        for folder in _DATA_FOLDERS:
            named.update(_data_files(folder, string))
    return imported, named


@cache
def _folder_files(folder: str) -> dict[str, list[Path]]:
    """Return the files of a folder under workflow/, by their own path and by that of each subfolder they are in."""
    base, files = WORKFLOW / folder, defaultdict(list)
    for path in sorted(path for path in base.rglob("*") if path.is_file()):
        name = path.relative_to(base)
        for key in (name, *name.parents[:-1]):
            files[key.as_posix()].append(path)
    return files


def _data_files(folder: str, name: str) -> list[Path]:
    files = _folder_files(folder)
    named = files.get(name, [])
    if named and folder == "templates":
        # Templates include each other, also by computed names, so code that names one template counts as using all. The
        # name of a folder of templates is also that of a room, so it counts as naming none.
        is_file = named == [WORKFLOW / folder / name]
        return [path for paths in files.values() for path in paths] if is_file else []
    return named


@cache
def _reached(path: Path) -> tuple[frozenset[Path], frozenset[Path], frozenset[str]]:
    """Return the project's modules that a source file imports, the files that it names, and the packages it imports."""
    imported, named = _read(path)
    ours = (accumulate(name.split("."), "{}.{}".format) for name in imported if name.startswith("scripts."))
    modules = {_module_file(name) for names in ours for name in names}
    others = {name.partition(".")[0] for name in imported} - {"scripts"} - sys.stdlib_module_names
    packages = {_DISTRIBUTIONS.get(name, name) for name in others}
    return frozenset(filter(None, modules)), frozenset(named), frozenset(packages)


def _entries(module: str) -> list[Path]:
    """Return the files that run when a module is started: its own, and the __init__.py of each package above it.

    Raises LookupError if there is no such module.
    """
    first = _module_file(module)
    if first is None:
        raise LookupError(f"no module {module} in {ROOT}")
    entry = first.with_name("__main__.py")
    own = [first, entry] if first.name == "__init__.py" and entry.exists() else [first]
    parts = module.split(".")
    return own + [file for n in range(1, len(parts)) if (file := _module_file(".".join(parts[:n])))]


@cache
def closure(modules: tuple[str, ...]) -> tuple[tuple[Path, ...], tuple[str, ...]]:
    """Return all files of the project that modules use, including the modules themselves, and the packages they import.

    Raises LookupError if there is no such module.
    """
    waiting = {file for module in modules for file in _entries(module)}
    sources: set[Path] = set()
    files: set[Path] = set()
    packages: set[str] = set()
    while waiting:
        path = waiting.pop()
        sources.add(path)
        imported, named, used = _reached(path)
        files |= named
        packages |= used
        waiting |= imported - sources
    return tuple(sorted(sources | files)), tuple(sorted(packages))


def selected(config: Mapping[str, Any], keys: Iterable[str]) -> dict[str, Any]:
    """Return the parts of the configuration that keys name: a section, or one setting of it such as `framing.schemes`.

    >>> config = {"framing": {"schemes": ["own"], "folder": "f", "coding": {}}, "model": "en"}
    >>> selected(config, ["framing.schemes", "framing.folder", "model"])
    {'framing': {'schemes': ['own'], 'folder': 'f'}, 'model': 'en'}
    """
    parts: dict[str, Any] = {}
    for key in keys:
        section, _, name = key.partition(".")
        if name:
            parts.setdefault(section, {})[name] = config[section][name]
        else:
            parts[section] = config[section]
    return parts


def package_versions() -> dict[str, str]:
    """Return the version of every package that a stage imports, and of Snakemake."""
    packages = {package for step in steps().values() for package in closure(step.modules)[1]}
    return {package: installed_version(package) for package in sorted({*packages, "snakemake"})}


@cache
def _schema_digest(*, words: bool) -> str:
    """Return a SHA-256 of what shapes the data of all tables; with `words`, of all the files tables.yaml."""
    if words:
        return hashlib.sha256(b"".join(file.read_bytes() for file in FILES)).hexdigest()
    columns = {
        name: (
            [*entry["columns"]],
            [(column["dtype"], column.get("encoding")) for column in entry["columns"].values()],
            [entry.get(key) for key in ("order", "names", "corrected", "boilerplate")],
        )
        for name, entry in entries().items()
    }
    return hashlib.sha256(json.dumps(columns).encode()).hexdigest()


def fingerprint(modules: tuple[str, ...], settings: dict[str, Any]) -> str:
    """Return the fingerprint of a stage as JSON: settings, files with SHA-256, versions of Python and of packages.

    If `model` is among the settings, the SHA-256 and language of that model are included; if settings name files of the
    user, the SHA-256 of those.
    """
    files, packages = closure(modules)
    digests = {_name(path): _digest(path) for path in files}
    user_files = sorted(Path(settings["framing"]["folder"]).glob("*.yaml")) if "framing" in settings else []
    if css := settings.get("report", {}).get("css"):
        user_files.append(Path(css))
    stage = {
        "modules": modules,
        "settings": settings,
        "files": digests,
        "tables": _schema_digest(words=any(name.startswith("scripts/report/") for name in digests)),
        "user_files": {path.as_posix(): _digest(path) for path in user_files},
        "python": platform.python_version(),
        "packages": {package: installed_version(package) for package in packages},
    }
    if "model" in settings:
        name = settings["model"]
        stage["model"] = {"name": name, "sha256": model_digest(name), "language": model_language(name)}
    return json.dumps(stage, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
