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


@pytest.fixture(scope="module", params=[("Globe", "Post"), ()], ids=["two groups", "no groups"])
def page(tmp_path_factory, request):
    """Return a report of forty documents, in two groups or in none."""
    names = [f"{first}{last} Roe" for first in "ABCDE" for last in "aeilnory"]
    options = OPTIONS._replace(sections=SECTIONS)
    return write_report(tmp_path_factory.mktemp("first"), names, options, groups=request.param)


def test_the_first_screen_and_the_page_keep_to_their_limits(browser, page):
    numbers = measure(browser, page)
    assert numbers["numbers"] <= NUMBERS
    assert numbers["words"] <= WORDS
    assert numbers["menu"] <= MENU
    assert numbers["height"] <= HEIGHT
    assert numbers["phone_screens"] <= PHONE_SCREENS
    assert numbers["unexplained"] == [] and numbers["sideways"] == [] and numbers["opened"] == 0


def test_on_paper_the_text_of_figures_can_be_read(browser, page):
    browser.look(media="print", width=PAPER)
    browser.open(page)
    try:
        sizes = browser.value(TEXT_SIZES)
    finally:
        browser.look()
    assert len(sizes) > 20 and min(sizes) * POINT >= 7


def test_a_link_to_a_sentence_lands_within_the_window(browser, page):
    browser.look(width=1280)
    browser.open(page)
    browser.until(READY)
    browser.value("location.hash = document.querySelector('#table-documents td a').getAttribute('href')")
    browser.until("document.querySelectorAll('.reading .s').length > 0")
    last = browser.value("[...document.querySelectorAll('.reading .s')].at(-1).id")
    browser.open(page, f"#{last}")
    browser.until("document.querySelector('.s.at') !== null")
    browser.settle(1)
    box = browser.value("(box => [box.top, box.bottom])(document.querySelector('.s.at').getBoundingClientRect())")
    assert box[0] >= 0 and box[1] <= browser.value("innerHeight")


def test_a_link_to_a_folded_table_opens_it(browser, page):
    browser.look(width=1280)
    browser.open(page, "#table-statement_totals")
    browser.until("document.querySelector('#table-statement_totals').checkVisibility()")


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
