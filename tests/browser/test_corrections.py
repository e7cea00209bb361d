"""Marks of the reading view corrected in a real browser: the sheet that comes out is one that the pipeline applies."""

import csv
import io
import json

import pytest

from scripts.core.anchors import document_anchor
from scripts.core.annotation import text_sha256
from scripts.core.limits import Budget
from scripts.core.storage import read_parquet
from scripts.parsing.tokens import segmented_doc
from scripts.review.corrections import correct_frames, correct_names, correct_quotes, merge_names
from scripts.review.decisions import DECISION_COLUMNS
from scripts.review.reading import read_decisions
from tests.browser.conftest import write_report
from tests.browser.test_report import OPEN_TEXT, READY, faults
from tests.report.corpus import NAMES as LONG_NAMES

NAMES = ["=Lin 🐟 Jian", "O’Connor"]
FIRST = f"00000 {NAMES[0]}.txt"
DIALOG = "document.querySelector('dialog.correct')"
STATUS = "document.querySelector('#corrections-status').textContent"


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    """Return a report in which a name begins as a formula does, and has a character of two UTF-16 units."""
    return write_report(tmp_path_factory.mktemp("corrected"), NAMES, draw=False)


@pytest.fixture
def opened(browser, page):
    """Yield the page with the first document open and no corrections in it, and let the browser forget them."""
    browser.look()
    open_document(browser, page)
    yield browser
    browser.value("localStorage.clear()")


def open_document(browser, page):
    browser.open(page)
    browser.until(READY)
    browser.value("document.querySelectorAll('.layers input').forEach(each => { if (!each.checked) each.click() })")
    browser.value("(select => { select.value = '0'; select.dispatchEvent(new Event('change')) })"
                  "(document.querySelector('#reading-room select'))")  # fmt: skip
    browser.until(f"document.activeElement.id === '{document_anchor(FIRST)}'")


def press(browser, key, code=None, number=0, text=""):
    for kind in ("keyDown", "keyUp"):
        browser.call("Input.dispatchKeyEvent", type=kind, key=key, code=code or key, windowsVirtualKeyCode=number,
                     **({"text": text} if text and kind == "keyDown" else {}))  # fmt: skip


def choose(browser, mark, name, **values):
    """Click a mark, fill in the fields of the form that a button of the dialogue belongs to, and press it."""
    browser.value(f"document.querySelector('.reading {mark}').click()")
    pressed = f"[...{DIALOG}.querySelectorAll('button')].find(each => each.textContent === '{name}')"
    for field, value in values.items():
        label = f"[...{pressed}.form.querySelectorAll('label')].find(each => each.textContent.startsWith('{field}'))"
        browser.value(f"{label}.querySelector('input, select').value = {json.dumps(value)}")
    browser.value(f"{pressed}.click()")


def read(folder, text):
    """Return the decisions in a sheet as the pipeline reads them, and what is wrong with its rows."""
    path = folder / "corrections.csv"
    path.write_text(text, encoding="utf-8")
    return read_decisions(Budget().read_all([path]))[:2]


def download(browser):
    """Return the sheet that the page saves, as text."""
    browser.value("""
        window.saved = null;
        URL.createObjectURL = blob => { blob.text().then(text => { window.saved = text }); return "#saved"; };
        HTMLAnchorElement.prototype.click = () => {};
        document.querySelector('#corrections .download').click()
    """)
    return browser.until("window.saved")


def tables(page, name):
    rows = read_parquet(page.parent / "tables" / f"{name}.parquet").to_pylist()
    return [row for row in rows if row["doc_id"] == FIRST]


def test_a_speaker_corrected_by_keyboard_is_in_the_sheet_and_is_applied(opened, page, tmp_path):
    browser = opened
    browser.value("document.querySelector('.reading .quote').focus()")
    press(browser, "Enter", number=13, text="\r")
    browser.until(f"{DIALOG}?.open")
    assert browser.until("document.activeElement.closest('label')?.textContent") == "The right name"
    press(browser, "Enter", number=13, text="\r")
    assert browser.value(f"{DIALOG}.open"), "a correction without a name"
    browser.call("Input.insertText", text="Jo Gray")
    press(browser, "Enter", number=13, text="\r")
    browser.until(f"{DIALOG} === null")
    assert browser.value("document.activeElement.matches('.quote.decided')")
    assert browser.value("document.querySelector('#corrections summary').textContent") == "1 correction"
    saved = download(browser)
    assert next(csv.reader(io.StringIO(saved))) == list(DECISION_COLUMNS)
    decisions, faults = read(tmp_path, saved)
    assert faults == []
    [document] = tables(page, "documents")
    [decision] = decisions
    assert (decision.doc_id, decision.text_sha256) == (document["doc_id"], text_sha256(document["text"]))
    assert document["text"][decision.start : decision.end] == "“We will act on the tariffs.”"
    doc = segmented_doc(document["doc_id"], document["text"])
    [row], [outcome] = correct_quotes(doc, tables(page, "quotes"), decisions)
    assert (outcome.status, row["speaker"]) == ("applied", "Jo Gray")


def test_names_labels_types_and_frames_are_corrected_with_the_mouse(opened, page, tmp_path):
    browser = opened
    choose(browser, ".quote", "This is its type", Type="mixed")
    choose(browser, ".entity", "This is its label", Label="ORG")
    choose(browser, ".entity", "This is another name", **{"The right name": "Lin Jian"})
    choose(browser, ".frame", "This is not conflict")
    decisions, faults = read(tmp_path, download(browser))
    assert faults == []
    assert [decision.what for decision in decisions] == ["type", "label", "entity", "reject_frame"]
    [document] = tables(page, "documents")
    doc = segmented_doc(document["doc_id"], document["text"])
    fates = [
        *correct_quotes(doc, tables(page, "quotes"), decisions)[1],
        *correct_names(tables(page, "entities"), decisions)[1],
        *correct_frames(tables(page, "frame_codes"), decisions)[1],
    ]
    assert [outcome.status for outcome in fates] == ["applied"] * 4


def test_a_later_decision_replaces_the_one_it_contradicts(opened):
    browser = opened
    choose(browser, ".quote", "This is somebody else", **{"The right name": "Jo Gray"})
    choose(browser, ".quote", "This is not a statement")
    rows = list(csv.DictReader(io.StringIO(download(browser))))
    assert [row["what"] for row in rows] == ["reject_quote"]
    choose(browser, ".quote", "This is somebody else", **{"The right name": "Bo Lee"})
    choose(browser, ".quote", "This is its type", Type="mixed")
    rows = list(csv.DictReader(io.StringIO(download(browser))))
    assert [(row["what"], row["new"]) for row in rows] == [("speaker", "Bo Lee"), ("type", "mixed")]
    choose(browser, ".quote", "The text does not say who")
    items = browser.value("[...document.querySelectorAll('#corrections li')].map(item => item.textContent)")
    assert any(item.startswith("speaker: ") and " → nobody (" in item for item in items)


def test_selected_words_become_a_missed_statement(opened, page, tmp_path):
    browser = opened
    browser.value("""
        const walker = document.createTreeWalker(document.querySelector('.reading'), NodeFilter.SHOW_TEXT);
        const range = new Range();
        for (let node = walker.nextNode(); node; node = walker.nextNode()) {
            const at = node.data.indexOf('other side');
            if (at >= 0) { range.setStart(node, at); range.setEnd(node, at + 10) }
        }
        getSelection().removeAllRanges(); getSelection().addRange(range); 0
    """)
    missed = (
        "[...document.querySelectorAll('#corrections button')].find(each => each.textContent === 'Missed statement')"
    )
    browser.until(f"!{missed}.disabled")
    browser.value(f"{missed}.focus()")
    press(browser, "Enter", number=13, text="\r")
    browser.until(f"{DIALOG}?.open && document.activeElement.matches('input')")
    browser.call("Input.insertText", text="Jo Gray")
    press(browser, "Enter", number=13, text="\r")
    browser.until(f"{DIALOG} === null")
    [decision], _ = read(tmp_path, download(browser))
    [document] = tables(page, "documents")
    assert document["text"][decision.start : decision.end] == "other side"
    doc = segmented_doc(document["doc_id"], document["text"])
    rows, [outcome] = correct_quotes(doc, tables(page, "quotes"), [decision])
    assert outcome.status == "applied"
    assert [row["speaker"] for row in rows] == [NAMES[0], "Jo Gray"]


def test_decisions_outlive_the_page_and_a_sheet_is_merged_with_them(opened, page, tmp_path):
    browser = opened
    choose(browser, ".quote", "This is somebody else", **{"The right name": "Jo Gray"})
    mine = download(browser)
    open_document(browser, page)
    assert browser.value("document.querySelector('#corrections summary').textContent") == "1 correction"
    assert browser.value("document.querySelectorAll('.reading .quote.decided').length") == 1
    [row] = csv.DictReader(io.StringIO(mine))
    others = [
        row,
        row | {"new": "Bo Lee"},
        row | {"what": "role", "old": "", "new": '=mayor; "of" all'},
        row | {"doc_id": "*", "text_sha256": "", "start": "", "end": "", "what": "merge", "old": "A", "new": "B"},
        row | {"what": "nonsense"},
    ]
    sheet = tmp_path / "theirs.csv"
    with sheet.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, DECISION_COLUMNS, delimiter=";")
        writer.writeheader()
        writer.writerows(others)
    node = browser.call("Runtime.evaluate", expression="document.querySelector('#sheets input[type=file]')")
    browser.call("DOM.setFileInputFiles", files=[str(sheet)], objectId=node["result"]["objectId"])
    browser.until(f"{STATUS}.includes('theirs.csv')")
    assert browser.value(STATUS) == (
        "2 corrections added from theirs.csv; 1 row left out that contradict corrections made here; "
        "1 row left out that are not corrections."
    )
    decisions, faults = read(tmp_path, download(browser))
    assert faults == []
    assert [(decision.what, decision.new) for decision in decisions] == [
        ("speaker", "Jo Gray"), ("role", '=mayor; "of" all'), ("merge", "B"),
    ]  # fmt: skip


def test_names_are_merged_and_the_last_one_of_one_scope_counts(opened, page, tmp_path):
    browser = opened
    everywhere = {"The right name": "Bo Lee", "Where": "corpus"}
    choose(browser, ".quote", "This is somebody else", **everywhere)
    choose(browser, ".quote", "This is somebody else", **everywhere | {"The right name": "Jo Gray"})
    choose(browser, ".quote", "This is somebody else", **everywhere | {"Where": "article"})
    assert browser.value("document.querySelectorAll('.reading .quote.decided').length") == 1
    decisions, faults = read(tmp_path, download(browser))
    assert faults == []
    assert [(each.doc_id, each.what, each.old, each.new) for each in decisions] == [
        ("*", "merge", NAMES[0], "Jo Gray"), (FIRST, "merge", NAMES[0], "Bo Lee"),
    ]  # fmt: skip
    [document] = tables(page, "documents")
    assert [each.text_sha256 for each in decisions] == ["", text_sha256(document["text"])]
    rows, _, [outcome] = merge_names(tables(page, "quotes"), tables(page, "entities"), decisions[1:])
    assert (outcome.status, rows[0]["speaker"]) == ("applied", "Bo Lee")


def test_names_that_hold_what_is_typed_are_suggested_those_of_the_article_first(opened):
    browser = opened
    browser.value("document.querySelector('.reading .quote').focus()")
    press(browser, "Enter", number=13, text="\r")
    browser.until(f"{DIALOG}?.open")
    suggested = f"[...{DIALOG}.querySelector('datalist').options].map(each => each.value)"
    assert browser.value(suggested)[0] == NAMES[0]
    browser.call("Input.insertText", text="connor")
    assert browser.value(suggested) == [NAMES[1]]


@pytest.mark.parametrize("width", [1280, 360])
def test_the_ends_of_a_statement_are_moved_by_keyboard(opened, page, tmp_path, width):
    browser = opened
    browser.look(width=width)
    browser.value("document.querySelector('.reading .quote').focus()")
    press(browser, "Enter", number=13, text="\r")
    is_there = "document.activeElement.textContent === 'The words begin or end elsewhere'"
    browser.until(f"{DIALOG}?.open")
    while not browser.value(is_there):
        press(browser, "Tab", number=9)
    press(browser, "Enter", number=13, text="\r")
    browser.until("document.activeElement.matches('dialog .end input')")
    press(browser, "ArrowRight", number=39)
    press(browser, "ArrowRight", number=39)
    for _ in range(3):
        press(browser, "Tab", number=9)
    press(browser, "ArrowLeft", number=37)
    browser.until(f"{DIALOG}.querySelector('mark').textContent === 'will act on the tariffs.'")
    assert browser.value("document.documentElement.scrollWidth <= innerWidth")
    press(browser, "Enter", number=13, text="\r")
    browser.until(f"{DIALOG} === null")
    assert browser.value("document.activeElement.matches('.quote.decided')")
    [decision], faults = read(tmp_path, download(browser))
    assert faults == []
    [document] = tables(page, "documents")
    doc = segmented_doc(document["doc_id"], document["text"])
    [row], [outcome] = correct_quotes(doc, tables(page, "quotes"), [decision])
    assert (outcome.status, row["content"]) == ("applied", "will act on the tariffs.")


def test_clearing_can_be_undone_and_escape_leaves_the_menu(opened):
    browser = opened
    choose(browser, ".quote", "This is not a statement")
    browser.value("document.querySelector('#corrections .clear').click()")
    summary = "document.querySelector('#corrections summary').textContent"
    assert browser.value(summary) == "0 corrections"
    browser.value("document.querySelector('#corrections .clear').click()")
    assert browser.value(summary) == "1 correction"
    browser.value("document.querySelector('.reading .quote').focus()")
    press(browser, " ", code="Space", number=32, text=" ")
    browser.until(f"{DIALOG}?.open")
    press(browser, "Escape", number=27)
    browser.until(f"{DIALOG} === null")
    assert browser.value(summary) == "1 correction"


def test_a_browser_that_keeps_nothing_says_so(browser, page):
    refusal = "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no', 'SecurityError') }})"
    script = browser.call("Page.addScriptToEvaluateOnNewDocument", source=refusal)["identifier"]
    try:
        open_document(browser, page)
        choose(browser, ".quote", "This is not a statement")
        assert browser.value("document.querySelector('#corrections summary').textContent") == "1 correction"
        assert browser.value("document.querySelector('#corrections .refused').checkVisibility()")
        assert browser.signs() == []
    finally:
        browser.call("Page.removeScriptToEvaluateOnNewDocument", identifier=script)


def test_the_menu_is_accessible(opened, axe):
    opened.value("document.querySelector('.reading .frame').click()")
    assert faults(opened, axe, "dialog.correct, #texts") == []


def test_on_a_phone_the_menu_is_not_wider_than_it_shows(browser, tmp_path):
    browser.look(width=360)
    browser.open(write_report(tmp_path, [LONG_NAMES[3]], draw=False))
    browser.until(READY)
    browser.value(OPEN_TEXT)
    browser.until("document.querySelector('.reading .quote') !== null")
    browser.value("document.querySelector('.reading .quote').click()")
    assert browser.value(f"{DIALOG}.scrollWidth <= {DIALOG}.clientWidth")
    browser.look()


def test_tab_passes_the_text_by_one_mark_and_the_arrow_keys_go_through_all(opened):
    browser = opened
    marks = "[...document.querySelectorAll('.reading .m[tabindex]')]"
    at = f"{marks}.indexOf(document.activeElement)"
    assert browser.value(f"{marks}.length") > 3
    assert browser.value("document.querySelectorAll('.reading .m[tabindex=\"0\"]').length") == 1
    browser.value(f"{marks}[0].focus()")
    press(browser, "ArrowRight", number=39)
    press(browser, "ArrowRight", number=39)
    browser.until(f"{at} === 2")
    press(browser, "ArrowLeft", number=37)
    browser.until(f"{at} === 1")
    assert browser.value("document.querySelectorAll('.reading .m[tabindex=\"0\"]').length") == 1
    press(browser, "Tab", number=9)
    browser.until(f"{at} === -1")
