"""The program that writes the report: what it takes of the settings, and which files stand beside the page."""

import hashlib
import json
import sys
from pathlib import Path

import pytest

from scripts.core.own_files import MARKER
from scripts.report import __main__ as program
from scripts.report.page import Report

SETTINGS = {"title": "T", "sections": ["sources"], "megabytes": 2.5, "css": "", "document_pages": False}


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Return a function that runs the program with settings and files of the report, and returns its options."""

    def of(files, **settings):
        options = []
        monkeypatch.setattr(
            program, "render_report", lambda *inputs: options.append(inputs[-1]) or Report("page", files)
        )
        (tmp_path / "provenance.json").write_text("{}")
        css = settings.get("css", "")
        user_files = {css: hashlib.sha256(Path(css).read_bytes()).hexdigest()} if css else {}
        record = {
            "settings": {"report": SETTINGS | settings, "words": {"unit": "lemma"}, "bootstrap": {}, "keyness": {}},
            "user_files": user_files,
        }
        (tmp_path / "stage.json").write_text(json.dumps(record))
        places = {"tables": "tables", "figures": "figures", "provenance": "provenance.json", "settings": "stage.json",
                  "output": "report.html"}  # fmt: skip
        arguments = [text for name, place in places.items() for text in (f"--{name}", str(tmp_path / place))]
        monkeypatch.setattr(sys, "argv", ["report", "--processes", "2", *arguments])
        program.main()
        return options[0]

    return of


def test_settings_become_options(run, tmp_path):
    options = run({})
    assert (options.title, options.words, options.sections) == ("T", {"unit": "lemma"}, ("sources",))
    assert (options.max_bytes, options.css, options.texts) == (2_500_000, "", True)
    assert options.processes == 2
    assert (tmp_path / "report.html").read_text(encoding="utf-8") == "page"
    (tmp_path / "own.css").write_text("p {}", encoding="utf-8")
    assert run({}, css=str(tmp_path / "own.css")).css == "p {}"


def test_only_the_files_of_this_report_stand_beside_it(run, tmp_path):
    folder = tmp_path / "report-data"
    run({"report-data/a.html": "a", "report-data/b.html": "b"})
    run({"report-data/b.html": "new"})
    assert {path.name: path.read_text() for path in folder.glob("*.html")} == {"b.html": "new"}
    run({})
    assert {path.name for path in folder.iterdir()} == {"README.txt", MARKER}


def test_a_file_that_somebody_put_beside_them_stays(run, tmp_path):
    folder = tmp_path / "report-data"
    run({"report-data/a.html": "a"})
    (folder / "mine.html").write_text("mine")
    run({"report-data/b.html": "b"})
    assert {path.name for path in folder.glob("*.html")} == {"b.html", "mine.html"}
