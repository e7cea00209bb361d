"""The page before anything is clicked keeps to its limits, and a link from outside lands where it leads."""

import pytest

from benchmarks.first_screen import HEIGHT, MENU, NUMBERS, PHONE_SCREENS, WORDS, measure
from tests.browser.conftest import write_report
from tests.browser.test_report import READY
from tests.report.test_page import OPTIONS

SECTIONS = (*OPTIONS.sections, "review")
# Points of a pixel on paper, and pixels between the margins of a page of A4.
POINT, PAPER = 0.75, 717
TEXT_SIZES = """[...document.querySelectorAll('figure svg text')].filter(each => each.checkVisibility()).map(each => {
    const { a, b } = each.getScreenCTM();
    return parseFloat(getComputedStyle(each).fontSize) * Math.hypot(a, b);
})"""


NAMES = [f"{first}{last} Roe" for first in "ABCDE" for last in "aeilnory"]
GROUPS = ("Globe", "Post")
# Shares of all speakers and frames corrected by a sample, and how often the machine was right in it.
_SHARE = {
    "group": "(all)",
    "n": 12,
    "rows": 90,
    "machine": 0.025,
    "human": 0.031,
    "estimate": 0.03,
    "lo": 0.01,
    "hi": 0.09,
}
_RIGHT = {"step": "speakers", "by": "", "value": "(all)", "n": 90, "estimate": 0.74, "lo": 0.6, "hi": 0.85}
_CODED = {
    "group": "(all)",
    "scheme": "generic",
    "unit": "sentence",
    "n": 40,
    "machine": 0.2,
    "estimate": 0.22,
    "lo": 0.1,
    "hi": 0.3,
}
CHECKED = {
    "corrected_shares": [_SHARE | {"share": "speaker", "value": name} for name in NAMES],
    "accuracy": [_RIGHT | {"measure": measure} for measure in ("precision", "recall")],
    "frame_corrected": [_CODED | {"frame": frame} for frame in ("conflict", "economic", "human_interest")],
}


PAGES = {"checked": (GROUPS, CHECKED), "two groups": (GROUPS, {}), "no groups": ((), {})}
# The page with a sample that was checked has all that the page without one has.
ALL = [name if name != "two groups" else pytest.param(name, marks=pytest.mark.slow) for name in PAGES]
CHECKED_PAGE = pytest.mark.parametrize("page", ["checked"], indirect=True)


@pytest.fixture(scope="module", params=ALL)
def page(tmp_path_factory, request):
    """Return a report of forty documents, in two groups or in none, with or without a sample that was checked."""
    options = OPTIONS._replace(sections=SECTIONS)
    groups, checked = PAGES[request.param]
    return write_report(tmp_path_factory.mktemp("first"), NAMES, options, groups, checked)


def test_the_first_screen_and_the_page_keep_to_their_limits(browser, page):
    numbers = measure(browser, page)
    assert numbers["numbers"] <= NUMBERS
    assert numbers["words"] <= WORDS
    assert numbers["menu"] <= MENU
    assert numbers["height"] <= HEIGHT
    assert numbers["phone_screens"] <= PHONE_SCREENS
    assert numbers["fewest_lines_on_paper"] > 2
    assert numbers["unexplained"] == [] and numbers["sideways"] == [] and numbers["opened"] == 0


def test_corrected_shares_stand_behind_a_fold_that_says_which_lead(browser, tmp_path):
    browser.look(width=1280)
    browser.open(write_report(tmp_path, NAMES, OPTIONS, GROUPS, CHECKED, draw=False))
    fold = "document.querySelector('.card details.beside')"
    assert browser.value(f"{fold}.querySelector('dl').checkVisibility()") is False
    browser.value(f"{fold}.querySelector('summary').click()")
    text = browser.value(f"{fold}.innerText")
    assert text.startswith("As corrected by a reviewed sample") and text.count("3.0% (95% interval") == 5
    assert "beside the machine's and never replace them" in text and "here they do not, since" in text


def test_on_paper_the_folded_groups_are_named(browser, tmp_path):
    browser.look()
    browser.open(write_report(tmp_path, NAMES[:4], OPTIONS, GROUPS, draw=False))
    note = "document.querySelector('#groups .on-paper')"
    assert browser.value(f"{note}.checkVisibility()") is False
    browser.look(media="print")
    try:
        assert browser.value(f"{note}.checkVisibility() && {note}.textContent") == "Not printed: Globe, Post."
    finally:
        browser.look()


def test_on_paper_the_text_of_figures_can_be_read(browser, page):
    browser.look(media="print", width=PAPER)
    browser.open(page)
    try:
        sizes = browser.value(TEXT_SIZES)
    finally:
        browser.look()
    assert len(sizes) > 20 and min(sizes) * POINT >= 7


@CHECKED_PAGE
def test_a_link_to_a_sentence_lands_within_the_window(browser, page):
    browser.look(width=1280)
    browser.open(page)
    browser.until(READY)
    browser.value("location.hash = document.querySelector('#table-documents td a').getAttribute('href')")
    browser.until("document.querySelectorAll('.reading .s').length > 0")
    last = browser.value("[...document.querySelectorAll('.reading .s')].at(-1).id")
    browser.open(page, f"#{last}")
    _stands_in_the_window(browser)
    # The link of a sheet that was copied elsewhere is pasted into the search.
    browser.open(page)
    browser.until(READY)
    form = "document.querySelector('#search form')"
    browser.value(f"{form}.elements.query.value = '../results/report.html#{last}'; {form}.requestSubmit(); 0")
    _stands_in_the_window(browser)


def _stands_in_the_window(browser):
    browser.until("document.querySelector('.s.at') !== null")
    browser.settle(1)
    box = browser.value("(box => [box.top, box.bottom])(document.querySelector('.s.at').getBoundingClientRect())")
    assert box[0] >= 0 and box[1] <= browser.value("innerHeight")


@CHECKED_PAGE
def test_a_link_to_a_folded_table_opens_it(browser, page):
    browser.look(width=1280)
    browser.open(page, "#table-statement_totals")
    browser.until("document.querySelector('#table-statement_totals').checkVisibility()")


@CHECKED_PAGE
def test_kinds_of_numbers_are_shown_on_request(browser, page):
    browser.look(width=1280)
    browser.open(page)
    browser.until(READY)
    shown = "document.querySelector('#table-tf_idf').closest('.folded').checkVisibility()"
    assert browser.value(shown) is False
    browser.value("document.querySelector('.extras input[name=tf-idf]').click()")
    assert browser.value(shown) is True
    browser.value("document.querySelector('.extras input[name=tf-idf]').click()")
    assert browser.value(shown) is False
