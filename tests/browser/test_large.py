"""A corpus that does not fit into the page: the page answers from files beside it as one that holds all answers."""

import json
from pathlib import Path
from urllib.parse import quote

import pytest

from scripts.core.storage import read_parquet, write_text
from scripts.report import page as module
from scripts.report.large import files, index
from scripts.report.page import render_report
from tests.report.choices.made import JOINED, write_made
from tests.report.corpus import HOSTILE, write_corpus
from tests.report.test_page import OPTIONS

LOADED = "document.querySelector('#reading-room') !== null"
LIST = "document.querySelector('#rows')"
QUERIES = (
    {"query": "tax"},
    {"query": "tax*"},
    {"query": "the tax"},
    {"query": '"of the"'},
    {"query": "lemma:tax"},
    {"query": "don't | well-being"},
    {"query": "tax* & money"},
    {"query": "nothing like this"},
    {"query": "tax*", "within": "quoted"},
    {"query": "tax*", "within": "outside"},
    {"query": "money", "speaker": "lee"},
    {"query": "money", "speaker": "lee", "within": "outside"},
    {"query": "", "speaker": "王"},
    {"query": "", "within": "quoted"},
)
# Numbers of the page: kind of rows, columns and values.
KEYS = (
    ["quotes", ["speaker"], ["Ann Lee"]],
    ["quotes of a group", ["speaker", "value"], ["Bo Lee", "Post"]],
    ["statements of a group", ["value"], ["Globe"]],
    ["quotes beside", ["speaker", "other"], ["Ann Lee", "Cy Day"]],
    ["sentences of a voice", ["name"], ["王毅"]],
    ["sentences of a voice", ["name"], ["(narrator)"]],
    ["words of a speaker", ["word", "speaker", "side"], ["tax", "Ann Lee", "target"]],
    ["entities", ["entity"], ["Paris"]],
    ["entity_mentions", ["name"], ["Rome"]],
    ["names together", ["name1", "name2"], ["Paris", "Rome"]],
    ["frame_codes", ["scheme", "frame"], ["generic", "conflict"]],
    ["frames together", ["scheme", "frame_a", "frame_b"], ["generic", "conflict", "economic"]],
    ["no frame", ["scheme"], ["generic"]],
    ["sentences", ["word1", "word2"], ["the", "tax"]],
    ["tokens", ["word"], ["tax"]],
    ["tokens of a group", ["word", "column", "target", "side"], ["tax", "outlet", "Post 1", "target"]],
    ["tokens near each other", ["word1", "word2"], ["tax", "money"]],
    ["documents of a group", ["value"], ["Globe"]],
    ["joint_statements", ["speaker"], [JOINED]],
    ["quote_sources", ["value"], ["expert"]],
    ["quote_sources", ["value", "group"], ["citizen", "Post"]],
)


def write_large(tables: Path, folder: Path, monkeypatch) -> Path:
    """Return the page of a corpus that is told to be too large for one, in several segments."""
    monkeypatch.setattr(module, "MOST_TOKENS", 10)
    monkeypatch.setattr(files, "SEGMENT_DOCUMENTS", 7)
    monkeypatch.setattr(files, "PART_DOCUMENTS", 2)
    monkeypatch.setattr(index, "PART_PLACES", 40)
    beside = (folder / "report-data", folder / "report-data.kept", b"")
    report = render_report(tables, folder, {"seeds": []}, OPTIONS._replace(beside=beside))
    for name, text in report.files.items():
        write_text(folder / name, text)
    write_text(folder / "report.html", report.page)
    return folder / "report.html"


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """Return the page of a corpus that holds it, and that of the same with it beside."""
    folder = tmp_path_factory.mktemp("large")
    tables = write_made(folder / "tables")
    small = folder / "small.html"
    write_text(small, render_report(tables, folder, {"seeds": []}, OPTIONS).page)
    with pytest.MonkeyPatch.context() as monkeypatch:
        return small, write_large(tables, folder / "beside", monkeypatch)


def answered(browser, query):
    """Return the answer to a search: counts in all, by group, and the lines with their places, in a fixed order."""
    fields = {"query": "", "within": "all", "speaker": "", "sort": "date", "group": "group", **query}
    form = "document.querySelector('#search form')"
    browser.value("delete document.querySelector('#search').dataset.milliseconds")
    # The ways to group documents are there once they were read.
    browser.value(f"""(fields => {{ for (const [name, value] of Object.entries(fields))
        {form}.elements.namedItem(name).value = value; }})({json.dumps(fields)}); {form}.requestSubmit(); 0""")
    browser.until("document.querySelector('#search').dataset.milliseconds !== undefined")
    status = browser.value("document.querySelector('#search [role=status]').firstChild?.textContent ?? ''")
    lines = []
    while True:
        rows = "[...document.querySelectorAll('#search .lines tbody tr')]"
        lines += browser.value(f"{rows}.map(row => row.textContent + row.querySelector('a').getAttribute('href'))")
        following = "document.querySelector('[aria-label=\"Next lines\"]')"
        if not browser.value(f"{following}.checkVisibility() && !{following}.disabled"):
            break
        first = browser.value(f"{rows}[0].textContent")
        browser.value(f"{following}.click()")
        browser.until(f"{rows}[0].textContent !== {json.dumps(first)}")
    counts = browser.value("""[...document.querySelectorAll('#search .by-group tbody tr')].map(
        row => [...row.cells].slice(0, 6).map(cell => cell.textContent))""")
    return status, sorted(lines), counts


def rows_of(browser, key):
    """Return the places and sentences of the list that a number opens, in a fixed order."""
    browser.value(f"location.hash = 'rows={quote(json.dumps(key))}'; 0")
    title = f"{LIST}?.querySelector('h2').textContent"
    browser.until(f"{LIST} && {title} !== '…' && {LIST}.querySelector('p').textContent !== 'Looking …'")
    more = f"{LIST}.querySelector('.more-rows button')"
    browser.until(f"{more} && ({more}.hidden || {LIST}.querySelector('li') !== null)")
    while not browser.value(f"{more}.hidden"):
        browser.value(f"{more}.click()")
        browser.settle(0.05)
    links = f"[...{LIST}.querySelectorAll('li > a')]"
    rows = browser.value(f"{links}.map(link => link.getAttribute('href') + link.nextElementSibling.outerHTML)")
    text = browser.value(f"{LIST}.querySelector('p').textContent")
    browser.value("location.hash = 'answer'; 0")
    browser.until(f"{LIST} === null")
    return sorted(rows), text


def test_a_search_of_the_files_finds_what_that_of_the_page_finds(browser, pages):
    answers = []
    for page in pages:
        browser.look()
        browser.open(page)
        browser.until(LOADED)
        answered(browser, {"query": "warm up"})
        answers.append([answered(browser, query) for query in QUERIES])
    for query, small, large in zip(QUERIES, *answers, strict=True):
        assert small[1] == large[1], query
        if query.get("speaker"):
            # Words of a speaker are no sum of the index, so there is no rate of them.
            assert small[0].split(", ")[0] == large[0], query
        else:
            assert (small[0], small[2]) == (large[0], large[2]), query
    assert sum(bool(lines) for _, lines, _ in answers[1]) == len(QUERIES) - 1


def test_a_number_opens_the_same_sentences(browser, pages):
    opened = []
    for page in pages:
        browser.look()
        browser.open(page)
        browser.until(LOADED)
        opened.append([rows_of(browser, key) for key in KEYS])
    for key, small, large in zip(KEYS, *opened, strict=True):
        assert small[0] == large[0], key
        if not large[1].startswith("In at most"):
            assert small[1].split(":")[0] == large[1].split(":")[0], key
    # No sentence has both names.
    assert [key for key, large in zip(KEYS, opened[1], strict=True) if not large[0]] == [KEYS[9]]


def test_an_address_opens_a_document_and_a_sentence_of_it(browser, pages):
    shown = []
    for page in pages:
        browser.look()
        browser.open(page)
        browser.until(LOADED)
        answered(browser, {"query": "the tax"})
        href = sorted(browser.value("[...document.querySelectorAll('#search .lines a')].map(a => a.hash)"))[0]
        browser.open(page, href)
        browser.until("document.querySelector('.s.at') !== null")
        article = "document.querySelector('#reading-room article')"
        shown.append((href, browser.value(f"{article}.outerHTML.replace(/-\\\\d+/g, '')")))
    assert shown[0] == shown[1]


def test_the_large_page_asks_for_files_of_its_folder_alone_and_says_what_it_does_not_do(browser, pages):
    _, page = pages
    browser.look()
    browser.open(page, "#ask=" + quote(json.dumps({"choose": {"groups": ["Globe"]}})))
    browser.until(LOADED)
    answered(browser, {"query": "tax"})
    about = browser.value("document.querySelector('#ask').textContent")
    assert "documents cannot be chosen here" in about and "views/NAME.yaml" in about
    signs = browser.signs()
    assert signs and all(sign.startswith((page.parent / "report-data").as_uri()) for sign in signs)
    texts = {Path(sign).name for sign in signs if "/texts-" in sign}
    assert 0 < len(texts) < len([*(page.parent / "report-data").glob("texts-*.js")]) + 1


def test_hostile_text_beside_the_page_does_nothing(browser, tmp_path, monkeypatch):
    page = write_large(write_corpus(tmp_path / "tables", [*HOSTILE]), tmp_path / "beside", monkeypatch)
    browser.look()
    browser.open(page)
    browser.until(LOADED)
    answered(browser, {"query": "said"})
    browser.value("document.querySelectorAll('#search .lines a')[0].click()")
    browser.until("document.querySelector('.s.at') !== null")
    browser.value("document.querySelectorAll('button, .list a').forEach(each => each.click())")
    for doc_id in read_parquet(tmp_path / "tables" / "documents.parquet", ["doc_id"])["doc_id"].to_pylist()[:3]:
        rows_of(browser, ["documents of a group", ["by", "value"], ["doc_id", doc_id]])
    assert browser.value("window.acted") is None
    assert all(sign.startswith(tmp_path.as_uri()) for sign in browser.signs())


def test_a_file_that_is_not_there_is_named(browser, tmp_path, monkeypatch):
    page = write_large(write_made(tmp_path / "tables"), tmp_path / "beside", monkeypatch)
    for file in (page.parent / "report-data").glob("words-*.js"):
        file.unlink()
    browser.look()
    browser.open(page)
    browser.until(LOADED)
    form = "document.querySelector('#search form')"
    browser.value(f"{form}.elements.query.value = 'tax'; {form}.requestSubmit(); 0")
    browser.until("document.querySelector('#search [role=status]').textContent.includes('keep the folder beside')")
