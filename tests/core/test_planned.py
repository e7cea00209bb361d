"""The user's own files: what was planned is what a step reads, or it reads nothing."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from scripts.core.known_sources import planned_sources, read_known, read_table_of_sources
from scripts.core.limits import Budget
from scripts.core.planned import read_files, read_planned_text
from scripts.framing import sheet_files
from scripts.framing.schemes import chosen_schemes
from scripts.projects.decisions import read_projects
from scripts.reuse.reference_texts import read_texts, reference_manifest
from scripts.review.reading import read_decisions
from tests.projects.test_qdpx import project

SCHEME = "title: Own\nsource: me\nframes: {good: {definition: what is good, terms: [good]}}\n"
Step = Callable[[], object]


def _known(folder: Path, read: Callable[[Path], object]) -> tuple[Path, Step]:
    (folder / "sources.csv").write_bytes(b"name\nAnn\n")
    (folder / "manifest").write_text(planned_sources(folder / "sources.csv", Budget())[0], encoding="utf-8")
    return folder / "sources.csv", lambda: read(folder / "manifest")


def _reference(folder: Path) -> tuple[Path, Step]:
    (folder / "speech.txt").write_bytes(b"We will not")
    (folder / "manifest").write_text(reference_manifest(folder, Budget()), encoding="utf-8")
    return folder / "speech.txt", lambda: read_texts(folder / "manifest")


def _review_sheet(folder: Path) -> tuple[Path, Step]:
    (folder / "ann.csv").write_bytes(b"sheet,doc_id,right\nnames,a.txt,1\n")
    *_, manifest = read_decisions(Budget().read_all([folder / "ann.csv"]))
    (folder / "manifest").write_text(manifest, encoding="utf-8")
    return folder / "ann.csv", lambda: read_files(folder / "manifest")


def _project(folder: Path) -> tuple[Path, Step]:
    (folder / "study.qdpx").write_bytes(project())
    files = Budget().read_all([folder / "study.qdpx"])
    (folder / "manifest").write_text(read_projects(files)[0], encoding="utf-8")
    return folder / "study.qdpx", lambda: read_files(folder / "manifest")


def _coding(folder: Path, role: str) -> tuple[Path, Step]:
    path = folder / "ann.csv"
    path.write_bytes(b"doc_id,conflict\na,1\n")
    coding = {"folder": str(folder if role == "sheet" else folder / "none"), "machines": []}
    coding["machines"] = [str(path)] if role == "machine" else []
    (folder / "manifest").write_text(sheet_files.coding_manifest(coding, [], Budget()), encoding="utf-8")
    return path, lambda: read_files(folder / "manifest", role)


def _scheme(folder: Path) -> tuple[Path, Step]:
    path = folder / "own.yaml"
    path.write_text(SCHEME, encoding="utf-8")
    planned = {path.as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()}
    return path, lambda: chosen_schemes({"schemes": ["own"], "folder": str(folder)}, planned)


def _named(folder: Path) -> tuple[Path, Step]:
    path = folder / "own.css"
    path.write_text("n {}", encoding="utf-8")
    return path, lambda: read_planned_text(str(path), {path.as_posix(): hashlib.sha256(b"n {}").hexdigest()})


FILES: dict[str, Callable[[Path], tuple[Path, Step]]] = {
    "table of sources": lambda folder: _known(folder, read_known),
    "table of sources as a sheet": lambda folder: _known(folder, read_table_of_sources),
    "reference text": _reference,
    "review sheet": _review_sheet,
    "project": _project,
    "coder's sheet": lambda folder: _coding(folder, "sheet"),
    "another model's codes": lambda folder: _coding(folder, "machine"),
    "frame scheme": _scheme,
    "style sheet or gold data": _named,
}


@pytest.mark.parametrize("plan", FILES.values(), ids=FILES)
def test_a_file_that_changed_since_it_was_planned_stops_the_step(tmp_path: Path, plan) -> None:
    path, step = plan(tmp_path)
    step()
    path.write_bytes(path.read_bytes().replace(b"n", b"m"))
    with pytest.raises(SystemExit, match=f"{path.name} changed while the pipeline ran. Run it again."):
        step()
    path.unlink()
    with pytest.raises(SystemExit, match=f"{path.name} cannot be read any more .*Put it back, or run again without it"):
        step()


def test_a_scheme_put_in_the_place_of_a_shipped_one_in_mid_run_stops_the_step(tmp_path: Path) -> None:
    framing = {"schemes": ["policy"], "folder": str(tmp_path)}
    assert chosen_schemes(framing, {})[0].name == "policy"
    (tmp_path / "policy.yaml").write_text(SCHEME, encoding="utf-8")
    with pytest.raises(SystemExit, match=r"policy\.yaml changed while the pipeline ran"):
        chosen_schemes(framing, {})
