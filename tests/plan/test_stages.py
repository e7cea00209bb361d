"""A stage's fingerprint holds everything that its code reaches."""

import ast
import json
import subprocess
import sys

import pytest

from scripts.core.schemas import entries, steps
from scripts.core.storage import ROOT, WORKFLOW
from scripts.plan.settings import defaults
from scripts.plan.stages import (
    _DATA_FOLDERS,
    _data_files,
    _digest,
    _read,
    _schema_digest,
    closure,
    fingerprint,
    selected,
)
from tests.conftest import MODEL

# Prints the project's files that importing a module opens.
_WATCH = """
import importlib, sys
seen = set()
def watch(event, arguments):
    if event == "open" and isinstance(arguments[0], str) and arguments[0].startswith(sys.argv[2]):
        seen.add(arguments[0])
sys.addaudithook(watch)
sys.dont_write_bytecode = True
importlib.import_module(sys.argv[1])
print("\\n".join(sorted(seen)))
"""
SOURCES = sorted(ROOT.glob("scripts/**/*.py"))


@pytest.mark.parametrize("module", ["scripts.attribution", "scripts.report", "scripts.review.corrected_shares"])
def test_imports_are_in_the_closure(module):
    command = [sys.executable, "-B", "-c", _WATCH, module, str(ROOT / "scripts")]
    opened = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=True).stdout.split("\n")
    sources = {name for name in opened if name.endswith(".py")}
    assert sources <= {str(path) for path in closure((module,))[0]}


def parsed(path):
    """Return the names that a source file imports and the files that its strings name, as Python itself reads it."""
    imported, strings, waiting = set(), set(), [ast.parse(path.read_bytes())]
    while waiting:
        match waiting.pop():
            case ast.If(test=ast.Name(id="TYPE_CHECKING")):
                continue
            case ast.Import(names=names):
                imported |= {name.name for name in names}
            case ast.ImportFrom(module=module, names=names):
                imported |= {module, *(f"{module}.{name.name}" for name in names)}
            case ast.Constant(value=str(text)) if 0 < len(text) < 80:
                strings.add(text)
            case node:
                waiting += ast.iter_child_nodes(node)
    return imported, {file for text in strings for folder in _DATA_FOLDERS for file in _data_files(folder, text)}


def test_each_module_reaches_the_imports_and_files_of_its_parse():
    assert len(SOURCES) > 250
    assert {path: _read(path) for path in SOURCES} == {path: parsed(path) for path in SOURCES}


def test_imports_of_all_forms_are_seen(tmp_path):
    lines = ["import os, sys as system", "from a.b import (", "    c as d,", "    e,", ")", "if TYPE_CHECKING:"]
    lines += ["    from no import one", "def later():", "    from f import g  # h, i", "    import j.k"]
    lines += ['    return "no" + "cues.tsv"']
    (tmp_path / "module.py").write_text("\n".join([*lines, ""]), encoding="utf-8")
    assert _read(tmp_path / "module.py") == parsed(tmp_path / "module.py")
    assert WORKFLOW / "lexicons" / "cues.tsv" in _read(tmp_path / "module.py")[1]
    assert _read(tmp_path / "module.py")[0] == {"os", "sys", "a.b", "a.b.c", "a.b.e", "f", "f.g", "j.k"}


def test_word_lists_and_packages():
    files, packages = closure(("scripts.parsing.tokens",))
    assert WORKFLOW / "lexicons" / "abbreviations.txt" in files
    assert WORKFLOW / "lexicons" / "titles.txt" not in files
    templates = {path for path in (WORKFLOW / "templates").rglob("*") if path.is_file()}
    assert not templates & {*files} and templates <= {*closure(("scripts.report",))[0]}
    assert "nltk" in packages
    assert "spacy" not in packages
    assert "spacy" in closure(("scripts.parsing.parses",))[1]
    assert {"trafilatura", "python-docx", "pypdf"} <= set(closure(("scripts.documents",))[1])


def test_every_word_list_and_template_belongs_to_a_stage():
    reached = {path for step in steps().values() for path in closure(step.modules)[0]}
    folders = [WORKFLOW / folder for folder in ("lexicons", "models", "templates")]
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    assert [path for path in files if path not in reached] == []


def test_fingerprint():
    stage = json.loads(fingerprint(("scripts.parsing.parses",), {"model": MODEL}))
    assert stage["settings"] == {"model": MODEL}
    assert len(stage["model"]["sha256"]) == 64
    assert stage["model"]["language"] == "en"
    assert stage["packages"]["spacy"].startswith("3.")
    assert "scripts/core/annotation.py" in stage["files"]


def test_an_edited_style_sheet_or_frame_scheme_of_the_users_redoes_the_stages_that_read_it(tmp_path):
    sheet, scheme = tmp_path / "own.css", tmp_path / "own.yaml"

    def fingerprints():
        _digest.cache_clear()
        settings = ({"report": {"css": str(sheet)}}, {"framing": {"folder": str(tmp_path)}}, {"report": {"css": None}})
        return [fingerprint(("scripts.report",), each) for each in settings]

    for path in (sheet, scheme):
        path.write_text("h1 {}", encoding="utf-8")
    before = fingerprints()
    sheet.write_text("h2 {}", encoding="utf-8")
    assert [after == old for after, old in zip(fingerprints(), before, strict=True)] == [False, True, True]
    before = fingerprints()
    scheme.write_text("h2 {}", encoding="utf-8")
    assert [after == old for after, old in zip(fingerprints(), before, strict=True)] == [True, False, True]
    page = {"report", "report.css"}
    assert {name for name, step in steps().items() if page & {*step.settings}} >= {"report"}


def test_a_heading_redoes_the_report_and_a_column_every_stage(monkeypatch):
    def fingerprints():
        _schema_digest.cache_clear()
        return {name: fingerprint(step.modules, {}) for name, step in steps().items()}

    before = fingerprints()
    monkeypatch.setattr("scripts.plan.stages.FILES", ())
    of_report = {name for name, text in fingerprints().items() if text != before[name]}
    assert {"report", "datapackage", "workbook"} <= of_report
    assert not of_report & {"parses", "quotes", "words", "speakers"}
    monkeypatch.undo()
    shorter = {name: entry for name, entry in entries().items() if name != "valence"}
    monkeypatch.setattr("scripts.plan.stages.entries", lambda: shorter)
    assert {"parses", "quotes", "words", "speakers"} <= {n for n, text in fingerprints().items() if text != before[n]}
    counted = {name: {**entry, "boilerplate": False} for name, entry in entries().items()}
    monkeypatch.setattr("scripts.plan.stages.entries", lambda: counted)
    assert fingerprints()["tables"] != before["tables"]
    monkeypatch.undo()
    _schema_digest.cache_clear()


def test_unknown_module_and_model():
    with pytest.raises(LookupError, match=r"scripts\.nothing"):
        closure(("scripts.nothing",))
    with pytest.raises(LookupError, match="config"):
        fingerprint(("scripts.parsing.parses",), {"model": "no_such_model"})


def test_stages_see_settings_that_exist():
    known = {"*", *defaults()}
    assert {key.partition(".")[0] for step in steps().values() for key in step.settings} <= known


def test_settings_redo_the_stages_that_read_them_and_no_other():
    config = defaults()
    coding, quotes = {**config["framing"]["coding"], "size": 50}, {**config["quotes"], "reader": "encoder"}
    of_parts = {name: step.settings for name, step in steps().items() if step.settings != ("*",)}
    of_coding = {"coding_sheet", "project_sheets", "reliability", "qdpx"}
    for changed, stages in (
        ({"framing": {**config["framing"], "coding": coding}}, of_coding),
        ({"quotes": quotes}, {"quotes"}),
    ):
        redone = {name for name, keys in of_parts.items() if selected(config, keys) != selected(config | changed, keys)}
        assert redone == stages


def test_the_weights_of_the_networks_are_in_the_fingerprint_of_the_quotes():
    files, packages = closure(("scripts.attribution",))
    of_each = ("encoder.npz", "weights.tsv", "calibration.tsv")
    expected = (
        {f"light_{name}" for name in of_each} | {"quotes_encoder.npz"} | {f"encoder_{name}" for name in of_each[1:]}
    )
    assert expected <= {path.name for path in files}
    assert "numpy" in packages
