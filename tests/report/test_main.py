"""The program that writes the report: what it takes of the settings, and which files stand beside the page."""

import json
import sys

import pytest

from scripts.report import __main__ as program
from scripts.report.page import Report

SETTINGS = {"title": "T", "sections": ["sources"], "megabytes": 2.5, "css": "", "document_pages": False}


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Return a function that runs the program with settings and files of the report, and returns its options."""

    def of(files, **settings):
        options = []
        monkeypatch.setattr(
            program, "render_report", lambda sources, each: options.append(each) or Report("page", files)
        )
        (tmp_path / "provenance.json").write_text("{}", encoding="utf-8")
        record = {"settings": {"report": SETTINGS | settings, "words": {"unit": "lemma"}}}
        (tmp_path / "stage.json").write_text(json.dumps(record), encoding="utf-8")
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
    assert (options.max_bytes, options.css, options.pages, options.texts) == (2_500_000, "", "", True)
    assert options.processes == 2
    assert (tmp_path / "report.html").read_text(encoding="utf-8") == "page"
    (tmp_path / "own.css").write_text("p {}", encoding="utf-8")
    options = run({}, css=str(tmp_path / "own.css"), document_pages=True)
    assert (options.css, options.pages) == ("p {}", "documents")


def test_only_the_files_of_this_report_stand_beside_it(run, tmp_path):
    folder = tmp_path / "report-data"
    run({"report-data/a.html": "a", "report-data/b.html": "b"})
    run({"report-data/b.html": "new"})
    assert {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()} == {"b.html": "new"}
    run({})
    assert not folder.exists()
