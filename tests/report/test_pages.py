"""A page for each document: whole, listed, linked with the report both ways, and gone when the document is gone."""

import json
import sys

from scripts.core.anchors import document_anchor, sentence_anchor
from scripts.report import pages
from scripts.report.reading import MAX_SCHEMES
from tests.report.corpus import HOSTILE, write_corpus


def write_pages(monkeypatch, folder, names):
    tables = write_corpus(folder / "tables", names)
    settings = folder / "stage.json"
    settings.write_text(json.dumps({"settings": {"report": {"css": ""}}}), encoding="utf-8")
    options = ["--tables", tables, "--settings", settings, "--output", folder / "results" / "documents"]
    monkeypatch.setattr(sys, "argv", ["pages", *map(str, options)])
    pages.main()
    return {path.name: path.read_text(encoding="utf-8") for path in (folder / "results" / "documents").glob("*.html")}


def test_each_document_has_its_page_with_all_sentences(tmp_path, monkeypatch):
    pages = write_pages(monkeypatch, tmp_path, ["Lin Jian", HOSTILE[0]])
    listed = pages.pop("index.html")
    assert 'href="../report.html"' in listed
    assert len(pages) == 2 and all(f'href="{name}"' in listed for name in pages)
    page = pages[f"{document_anchor('00000 Lin Jian.txt')}.html"]
    assert all(f'id="{sentence_anchor("00000 Lin Jian.txt", number)}"' in page for number in (0, 1))
    assert f'href="../report.html#{document_anchor("00000 Lin Jian.txt")}"' in page
    assert "<script>window" not in "".join(pages.values())


def test_the_page_of_a_document_that_is_gone_goes_too(tmp_path, monkeypatch):
    write_pages(monkeypatch, tmp_path, ["Lin Jian", "Trump"])
    left = {f"{document_anchor('00000 Lin Jian.txt')}.html", "index.html"}
    assert write_pages(monkeypatch, tmp_path, ["Lin Jian"]).keys() == left


def test_a_page_that_somebody_else_wrote_stays(tmp_path, monkeypatch):
    write_pages(monkeypatch, tmp_path, ["Lin Jian"])
    (tmp_path / "results" / "documents" / "mine.html").write_text("mine")
    assert write_pages(monkeypatch, tmp_path, ["Lin Jian"])["mine.html"] == "mine"


def test_as_many_schemes_are_marked_as_have_a_look(tmp_path, monkeypatch):
    schemes = ["generic", *(f"s{at}" for at in range(9))]
    monkeypatch.setattr(pages, "schemes", lambda store: schemes)
    page = write_pages(monkeypatch, tmp_path, ["Ann"])[f"{document_anchor('00000 Ann.txt')}.html"]
    assert page.count('id="layer-frame') == MAX_SCHEMES
