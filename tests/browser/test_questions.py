"""Questions of docs/questions, asked with keys alone on a wide screen and on a narrow one, and answered by the page.

Every number that the page shows must be that of the tables of the run.
"""

import json
import re

import pytest

from scripts.core.storage import read_parquet, write_text
from scripts.report.figures.style import percent
from scripts.report.markup import interval
from scripts.report.page import render_report
from tests.browser.corpora import Spoken, Text, write_tables
from tests.browser.test_ask import BAR, CHOSEN
from tests.browser.test_report import LISTED, READY, TOO_WIDE, faults
from tests.browser.test_toolbox import press
from tests.report.test_page import OPTIONS

_MAYOR = Spoken(["tax", "cut", "the", "rain"], "Jo Gray", "direct", "economic", 2)
_PROFESSOR = Spoken(["rain", "fell", "the", "tax"], "Bo Lee", "direct", "conflict", 1, "claimed")
_PERSON = Spoken(["cut", "the", "tax"], "Al Roe", "indirect", "conflict", 1, beside="Bo Lee")
_NOBODY = Spoken(["the", "Tax", "fell", ",", "tax"], frame="economic", n_cues=1)
# Documents of the outlets A and B in turn, of which the mayor speaks more in A.
TOGETHER, ALONE, OTHERS = [_MAYOR, _MAYOR, _PROFESSOR, _NOBODY], [_MAYOR, _NOBODY], [_PROFESSOR, _PERSON]
CORPUS = [Text(each) for each in (TOGETHER, OTHERS, ALONE, ALONE, TOGETHER, OTHERS, ALONE, TOGETHER, OTHERS, OTHERS)]
# Tab may be pressed so often between a link of the menu, or the field before, and the next thing that is used.
MOST_TABS = 60
# Whatever has the focus is in the window and under nothing else.
IN_SIGHT = """(() => {
    const all = [...document.activeElement.getClientRects()];
    return all.some(({ left, top, width, height }) => {
        const [x, y] = [left + width / 2, top + height / 2];
        return document.activeElement.contains(document.elementFromPoint(x, y));
    });
})()"""
FOCUS = "document.activeElement"
STATUS = "document.querySelector('#search [role=status]')"
NAME = "Jo Gray"
# Each question on one screen, and in the slow tests on the other too.
SLOW = pytest.mark.slow
WIDE_FIRST = pytest.mark.parametrize("width", [1280, pytest.param(360, marks=SLOW)])
NARROW_FIRST = pytest.mark.parametrize("width", [360, pytest.param(1280, marks=SLOW)])


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Return the report of the corpus, and the folder of its tables, which the steps of the run wrote."""
    folder = tmp_path_factory.mktemp("questions")
    with pytest.MonkeyPatch.context() as monkeypatch:
        words = write_tables(folder / "tables", CORPUS, "form", monkeypatch)
    options = OPTIONS._replace(words=words, sections=("voices", "sources", "words", "framing", "documents"))
    report = render_report(folder / "tables", folder / "figures", {}, options)
    write_text(folder / "report.html", report.page)
    return folder


def rows_of(folder, table, **equal):
    """Return the rows of a table of the run whose columns have these values."""
    rows = read_parquet(folder / "tables" / f"{table}.parquet").to_pylist()
    return [row for row in rows if all(row[name] == value for name, value in equal.items())]


def start(browser, folder, width):
    browser.look(width=width)
    browser.open(folder / "report.html")
    browser.until(READY)


def tab_to(browser, condition, *keys):
    """Move with Tab to what meets a condition on `focus`, check that a reader sees it there, and press keys."""
    for _ in range(MOST_TABS):
        press(browser, "Tab")
        if browser.value(f"(focus => {condition})({FOCUS})"):
            assert browser.value(IN_SIGHT), condition
            press(browser, *keys)
            return
    raise AssertionError(f"{MOST_TABS} Tabs do not lead to {condition}")


def follow(browser, href):
    """Open the next link to a place of the page."""
    tab_to(browser, f"focus.getAttribute('href') === {json.dumps(href)}", "Enter")


def unfold(browser, title):
    """Open the next folded part of the page with a title."""
    tab_to(browser, f"focus.matches('summary') && focus.innerText === {json.dumps(title)}", "Enter")


def choose(browser, name, value):
    """Move to the next field for a choice of one, and press the arrow down until it has the value."""
    tab_to(browser, f"focus.name === {json.dumps(name)}")
    for _ in range(browser.value(f"{FOCUS}.options.length")):
        if browser.value(f"{FOCUS}.value") == value:
            return
        press(browser, "ArrowDown")
    raise AssertionError(f"{name} has no {value}")


def shown(browser, selector):
    """Return the texts of the elements that a reader sees."""
    return browser.value(
        f"[...document.querySelectorAll({json.dumps(selector)})].filter(each => each.checkVisibility())"
        ".map(each => each.innerText.trim())"
    )


def below(place):
    """Return the script of the first table in or after a place of the page, which is a script too."""
    first = "[...document.querySelectorAll('table')].find(each => place.compareDocumentPosition(each) & 4)"
    return f"(place => {first})({place})"


def heading(text, within):
    """Return the script of the heading with a text."""
    return f"[...document.querySelectorAll({json.dumps(within)})].find(each => each.innerText === {json.dumps(text)})"


def table(browser, place, *columns):
    """Return the cells in some columns of the table below a place, as a reader sees them, row by row."""
    rows = browser.value(
        "(table => [...table.tBodies[0].rows].filter(row => row.checkVisibility()).map(row => [...row.cells]"
        ".map(cell => [table.tHead.rows[0].cells[cell.cellIndex].textContent.trim(), cell.innerText.trim()])))"
        f"({below(place)})"
    )
    return [tuple(dict(row)[column] for column in columns) for row in rows]


def written(value):
    """Return a value of a table of the run as the page writes it: a number, a share, an interval or a text."""
    if isinstance(value, tuple):
        return str(interval(*value))
    return percent(value) if isinstance(value, float) else str(value)


def texts(rows, *columns):
    """Return the values of rows of a table of the run as the page writes them; `interval` is of lo and hi."""
    return [
        tuple(written((row["lo"], row["hi"]) if name == "interval" else row[name]) for name in columns) for row in rows
    ]


def finish(browser, axe, width, answer):
    """Check that the page is silent and as wide as the window, and the part with the answer accessible."""
    assert browser.value("document.documentElement.scrollWidth") <= width
    assert browser.value(TOO_WIDE) == []
    assert faults(browser, axe, answer) == []
    assert browser.signs() == []


@WIDE_FIRST
def test_who_gets_to_speak(browser, axe, made, width):
    start(browser, made, width)
    speakers = rows_of(made, "speakers")
    card = ".card:first-of-type "
    leading = zip(shown(browser, f"{card}.name"), shown(browser, f"{card}.share"), strict=True)
    assert [*leading] == texts(speakers, "speaker", "share")
    follow(browser, "#voices")
    kinds = rows_of(made, "source_shares", attribute="kind", group="(all)", origin="(all)", measure="words")
    columns = (
        "kind of source",
        "words",
        "of",
        "share",
        "95% interval",
        "at most, with unknown",
        "documents with such a source",
    )
    assert len(kinds) == 3 and table(browser, "document.querySelector('#table-source_shares')", *columns) == texts(
        kinds, "value", "n", "total", "estimate", "interval", "most", "documents"
    )
    # A number leads to its rows, once the page has made the rows of the table anew.
    browser.until("document.querySelector('#table-source_shares td.num a')?.hash.startsWith('#rows=')")
    tab_to(browser, "focus.matches('#table-source_shares td.num a')", "Enter")
    browser.until(LISTED)
    sources = rows_of(made, "quote_sources", kind=kinds[0]["value"])
    assert shown(browser, "#rows p")[0].startswith(f"{sum(row['words'] for row in sources)} words")
    finish(browser, axe, width, "#rows")


@NARROW_FIRST
def test_compare_outlets(browser, axe, made, width):
    start(browser, made, width)
    tab_to(browser, "focus.className === 'open'", "Enter")
    tab_to(browser, "focus.value === 'A'", " ")
    choose(browser, "compare", "others")
    browser.until(f"{CHOSEN} && document.querySelector('#choice').dataset.compared")
    assert browser.value(BAR) == "Documents of A against All others (not documents of A)"
    lead = shown(browser, "#choice .lead")[0]
    sides = [rows_of(made, "documents", outlet=outlet) for outlet in "AB"]
    for documents, counted in zip(
        sides, re.findall(r"\((\d+) of (\d+) documents, (\d+) sentences, (\d+) words", lead), strict=True
    ):
        sums = [sum(row[name] for row in documents) for name in ("n_sentences", "n_words")]
        assert [*map(int, counted)] == [len(documents), len(CORPUS), *sums]
    columns = ("name", "A", "A, 95% interval", "B", "B, 95% interval")
    who = table(browser, heading("Who speaks", "#choice h3"), *columns)
    shares = [
        {name: numbers for name, *numbers in texts(rows, "speaker", "share", "interval")}
        for rows in (rows_of(made, "speakers_by_group", group=group) for group in "AB")
    ]
    assert who == [(name, *shares[0][name], *shares[1][name]) for name, *_ in who]
    assert {name for name, *_ in who} == shares[0].keys() == shares[1].keys() and shares[0] != shares[1]
    finish(browser, axe, width, "#choice")


@WIDE_FIRST
def test_follow_a_word(browser, axe, made, width):
    start(browser, made, width)
    follow(browser, "#search")
    tab_to(browser, "focus.name === 'query'", "tax")
    choose(browser, "within", "quoted")
    choose(browser, "sort", "right")
    choose(browser, "group", "speaker")
    lines = [
        (quote["speaker"], quote["doc_id"])
        for quote in rows_of(made, "quotes")
        for [start_, end] in quote["content_spans"]
        for token in rows_of(made, "tokens", doc_id=quote["doc_id"], norm="tax")
        if start_ <= token["start"] < end
    ]
    documents = len({doc_id for _, doc_id in lines})
    amount = f"{len(lines)} lines in {documents} documents"
    grouped = "document.querySelector('#search .by-group th')?.textContent === 'speaker'"
    browser.until(grouped)
    assert browser.value(f"{STATUS}.textContent").startswith(amount)
    counted = table(browser, STATUS, "speaker", "lines", "documents with it")
    assert sorted(counted) == [
        (name, str(sum(speaker == name for speaker, _ in lines)), str(len({d for s, d in lines if s == name})))
        for name in sorted({speaker for speaker, _ in lines})
    ]
    after = [line for (line,) in table(browser, "document.querySelector('#search .lines')", "after")]
    assert len(after) == len(lines)
    first_words = [(line.split() or [""])[0] for line in after]
    assert first_words == sorted(first_words, key=lambda word: (word.isalpha(), word))
    assert len({*first_words}) > 2
    finish(browser, axe, width, "#search")


@NARROW_FIRST
def test_one_speaker(browser, axe, made, width):
    start(browser, made, width)
    [speaker] = rows_of(made, "speakers", speaker=NAME)
    tab_to(browser, f"focus.innerText === '{NAME}'", "Enter")
    browser.until("document.querySelector('#rows .profile h3') !== null")
    dates = [
        rows_of(made, "documents", doc_id=row["doc_id"])[0]["date"] for row in rows_of(made, "quotes", speaker=NAME)
    ]
    assert shown(browser, "#rows .profile p")[0].startswith(
        "{words} words, {words_direct} of them in quotation marks and {words_indirect} reported.".format_map(speaker)
        + f" First seen {min(dates)}, last {max(dates)}."
    )
    by = table(browser, heading("By group and month", "#rows h3"), "by", "group or month", "statements", "words")
    assert [row[1:] for row in by if row[0] == "group"] == texts(
        rows_of(made, "speakers_by_group", speaker=NAME), "group", "n_quotes", "words"
    )
    columns = ("frame", "sentences with the frame", "of", "share", "share of the others", "documents")
    frames = table(browser, heading("Frames voiced, against all other speakers", "#rows h3"), *columns)
    assert len(frames) == 2 and frames == texts(
        rows_of(made, "speaker_frames", speaker=NAME),
        "frame",
        "n",
        "n_sentences",
        "share",
        "share_other",
        "n_documents",
    )
    # A number leads to its rows.
    tab_to(browser, "focus.matches('#rows td.num a')", "Enter")
    browser.until(f"{LISTED} && document.querySelector('#rows .profile') === null")
    assert shown(browser, "#rows p")[0].startswith(f"{by[0][2]} statements")
    finish(browser, axe, width, "#rows")


@NARROW_FIRST
def test_what_is_written_about(browser, axe, made, width):
    start(browser, made, width)
    follow(browser, "#words")
    unfold(browser, "Your topics")
    groups = table(
        browser,
        "document.querySelector('#table-topic_groups')",
        "topic",
        "group",
        "articles",
        "of",
        "share",
        "95% interval",
    )
    assert len(groups) == 3 and groups == texts(
        rows_of(made, "topic_groups"), "topic", "group", "documents", "n_documents", "estimate", "interval"
    )
    unfold(browser, "Who speaks about your topics")
    columns = ("topic", "speaker", "statements", "documents", "words", "share")
    who = table(browser, "document.querySelector('#table-topic_speakers')", *columns)
    assert len(who) == 3 and who == texts(rows_of(made, "topic_speakers"), *columns)
    finish(browser, axe, width, "#words")
