"""Sheets filled in a real browser by the keyboard alone: what comes out, the pipeline reads without a problem."""

import csv
import io

import pytest

from scripts.framing.coder_sheets import read_coder_sheet
from scripts.framing.units import SENTENCE, Units
from scripts.report.reading import readings
from scripts.report.rendering import render
from scripts.report.store import Store
from scripts.review.filled import read_filled
from scripts.review.shown_cells import changed_columns
from tests.browser.conftest import write_report
from tests.browser.test_corrections import press
from tests.browser.test_report import faults
from tests.report.corpus import HOSTILE, write_corpus
from tests.report.js.test_review import coding_sheet
from tests.review.filled import drawn, drawn_text

WIDTHS = pytest.mark.parametrize("width", [1280, 360])
STATE = "document.querySelector('#sheet p')?.textContent"
STATUS = "document.querySelector('#sheets-status').textContent"


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    """Return a report."""
    return write_report(tmp_path_factory.mktemp("sheets"), ["Ann Lee"], draw=False)


@pytest.fixture
def opened(browser, page):
    """Yield the page without anything that the browser keeps, and let it forget what the test leaves."""
    browser.look()
    browser.open(page)
    yield browser
    browser.value("localStorage.clear()")


def drawn_file(folder, kind):
    path = folder / f"{kind}.csv"
    path.write_text(drawn_text(kind), encoding="utf-8", newline="")
    return path


def put_file(browser, path):
    node = browser.call("Runtime.evaluate", expression="document.querySelector('#sheets input[type=file]')")
    browser.call("DOM.setFileInputFiles", files=[str(path)], objectId=node["result"]["objectId"])


def open_sheet(browser, path):
    put_file(browser, path)
    browser.until(f"({STATE} ?? '').startsWith('{path.name}')")


def key(browser, *keys):
    """Send keys: digits, names of keys, or "=" and text that is typed."""
    for each in keys:
        if each.startswith("="):
            browser.call("Input.insertText", text=each[1:])
        elif each == "Enter":
            press(browser, each, number=13, text="\r")
        elif each.isdigit():
            press(browser, each, f"Digit{each}", 48 + int(each), each)
        else:
            press(browser, each, number={"Tab": 9, "ArrowLeft": 37, "ArrowRight": 39}[each])


def at_row(browser, row):
    browser.until(f"{STATE}.includes('row {row} of ')")


def download(browser):
    """Return name and text of the sheet that the page saves."""
    browser.value("""
        window.saved = null;
        URL.createObjectURL = blob => { blob.text().then(text => { window.saved = text }); return "#"; };
        HTMLAnchorElement.prototype.click = function () { window.called = this.download };
        document.querySelector('#sheet .download').click()
    """)
    return browser.until("window.saved && [window.called, window.saved]")


@WIDTHS
def test_attributions_are_reviewed_by_keyboard(opened, tmp_path, width):
    browser = opened
    browser.look(width=width)
    rows, path = drawn("attributions"), drawn_file(tmp_path, "attributions")
    open_sheet(browser, path)
    assert browser.value("document.querySelector('#sheet mark').textContent") == rows[0]["text"]
    assert browser.value("document.documentElement.scrollWidth <= innerWidth")
    assert download(browser)[1] == path.read_text(encoding="utf-8")
    key(browser, "1", "1")
    at_row(browser, 2)
    key(browser, "1", "0")
    browser.until("document.activeElement.matches('[data-column=whose] input')")
    key(browser, "=Bo Ray", "Enter")
    for row in range(3, len(rows)):
        at_row(browser, row)
        key(browser, "0")
    at_row(browser, len(rows))
    key(browser, "ArrowLeft")
    at_row(browser, len(rows) - 1)
    key(browser, "ArrowRight")
    at_row(browser, len(rows))
    key(browser, "0")
    browser.until(f"{STATUS}.startsWith('All rows are answered')")
    assert browser.value("document.activeElement.textContent") == "Download CSV"
    read, problems = read_filled("anna_attributions.csv", download(browser)[1].encode())
    assert problems == []
    assert [row.answers for row in read] == [
        {"right": "1", "speaker_right": "1"}, {"right": "1", "speaker_right": "0", "whose": "Bo Ray"},
        *[{"right": "0"}] * (len(rows) - 2),
    ]  # fmt: skip
    assert all(changed_columns("attributions", row.cells) == [] for row in read)
    assert browser.signs() == []


@WIDTHS
def test_sentences_and_names_are_reviewed_by_keyboard(opened, tmp_path, width):
    browser = opened
    browser.look(width=width)
    size = len(drawn("sentences"))
    open_sheet(browser, drawn_file(tmp_path, "sentences"))
    key(browser, "1", "=Bo Ray left.", "Enter")
    browser.until("document.activeElement.matches('[data-column=whose] input')")
    key(browser, "=Bo Ray", "Enter")
    at_row(browser, 2)
    key(browser, *["0"] * (size - 1))
    browser.until(f"{STATUS}.startsWith('All rows are answered')")
    read, problems = read_filled("sentences.csv", download(browser)[1].encode())
    assert problems == []
    assert [row.answers for row in read] == [{"missed": "Bo Ray left.", "whose": "Bo Ray"}] + [{"missed": "no"}] * (
        size - 1
    )
    size = len(drawn("names"))
    open_sheet(browser, drawn_file(tmp_path, "names"))
    key(browser, "0", "5", *["1"] * (size - 1))
    browser.until(f"{STATUS}.startsWith('All rows are answered')")
    read, problems = read_filled("names.csv", download(browser)[1].encode())
    assert problems == []
    assert [row.answers for row in read] == [{"right": "0", "label_should_be": "ORG"}] + [{"right": "1"}] * (size - 1)


@WIDTHS
def test_frames_are_coded_by_keyboard_in_hostile_text(opened, tmp_path, width):
    browser = opened
    browser.look(width=width)
    frames, texts = ["conflict", "<b>odd</b>"], [*HOSTILE, "one\n\ntwo"]
    path = tmp_path / "coding_sheet.csv"
    path.write_text(coding_sheet(texts, frames), encoding="utf-8", newline="")
    open_sheet(browser, path)
    browser.value("document.querySelector('#sheet .tools input').focus()")
    key(browser, "=Ann", "ArrowLeft")
    browser.value("document.querySelector('#sheet fieldset button').focus()")
    for _ in texts:
        key(browser, "1", "0")
    browser.until(f"{STATUS}.startsWith('All rows are answered')")
    name, text = download(browser)
    units = Units(SENTENCE, [("a.txt", at) for at in range(len(texts))], texts, [], None, None)  # type: ignore[arg-type]
    sheet, problems = read_coder_sheet(name, text.encode(), frames, units, units.places())
    assert (name, problems) == ("Ann.csv", [])
    assert [line.codes for line in sheet] == [[1, 0]] * len(texts)
    assert browser.value("window.acted ?? 0") == 0
    assert browser.signs() == []


def test_answers_outlive_the_page_for_the_same_file_and_can_be_begun_anew(opened, page, tmp_path):
    browser = opened
    path = drawn_file(tmp_path, "attributions")
    open_sheet(browser, path)
    key(browser, "0", "0", "0")
    browser.open(page)
    open_sheet(browser, path)
    at_row(browser, 4)
    assert browser.value(STATUS) == "Answers that this browser has of this sheet: 3."
    assert "3 rows answered" in browser.value(STATE)
    filled = tmp_path / "anna_attributions.csv"
    filled.write_text(download(browser)[1], encoding="utf-8", newline="")
    for name, answer in (("Start over", ""), ("Undo starting over", "0"), ("Start over", "")):
        script = f"[...document.querySelectorAll('#sheet button')].find(each => each.textContent === '{name}').click()"
        browser.value(script)
        at_row(browser, 1)
        cells = csv.DictReader(io.StringIO(download(browser)[1], newline=""))
        assert [row["right"] for row in cells][:3] == [answer] * 3
    open_sheet(browser, filled)
    at_row(browser, 4)
    assert browser.value(STATUS) == ""


def test_a_file_that_is_no_sheet_is_told_so(opened, tmp_path):
    path = tmp_path / "<b>odd.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    put_file(opened, path)
    opened.until(f"{STATUS}.startsWith('<b>odd.csv is not a sheet of corrections')")


@WIDTHS
def test_a_sheet_is_accessible(opened, axe, tmp_path, width):
    opened.look(width=width)
    open_sheet(opened, drawn_file(tmp_path, "attributions"))
    key(opened, "1", "0")
    assert faults(opened, axe, "#texts") == []


def test_the_page_of_a_document_offers_no_sheet_and_says_where_it_is_corrected(browser, tmp_path):
    store = Store(write_corpus(tmp_path / "tables", ["Lin Jian"]))
    reading = next(iter(readings(store, store.load("documents", "doc_id")["doc_id"].tolist())))
    page = tmp_path / "document.html"
    parts = {"title": reading.title, "readings": [reading], "schemes": ["generic"]}
    page.write_text(render("document.html.j2", "", **parts), encoding="utf-8")
    browser.look()
    browser.open(page)
    assert browser.signs() == []
    assert "Corrections are made in the report." in browser.value("document.querySelector('#texts .lead').textContent")
    assert browser.value("document.querySelector('input[type=file]')") is None
