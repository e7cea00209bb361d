"""The bar of the page: what is chosen is counted, tally, kept in the address, and cleared."""

import json
import re
from urllib.parse import quote

import pytest

from tests.browser.test_report import READY, RUN_AXE, TOO_WIDE

CHOSEN = "!document.querySelector('#choice').hidden && !document.querySelector('#choice').matches('.stale, .waiting')"
LEAD = "document.querySelector('#choice .lead').textContent"
BAR = "document.querySelector('#ask .chosen').textContent"
SIDE = "document.querySelector('#ask [data-side=choose]')"
DOCUMENTS = "document.querySelector('#table-documents .tools [role=status]').textContent"


def address(view):
    return f"#ask={quote(json.dumps(view))}"


def change(browser, field, value):
    browser.value(
        f"(field => {{ field.{'checked' if value is True else 'value'} = {json.dumps(value)};"
        f" field.dispatchEvent(new Event('input', {{ bubbles: true }})) }})({SIDE}.querySelector({json.dumps(field)}))"
    )


def test_a_choice_is_counted_said_and_cleared(browser, report):
    browser.look()
    browser.open(report)
    browser.until(READY)
    browser.value("document.querySelector('#ask .open').click()")
    change(browser, "[value=Globe]", True)
    browser.until(f"{BAR} === 'Documents of Globe' && {CHOSEN}")
    assert browser.value(LEAD).startswith("Documents of Globe (20 of 40 documents, ")
    browser.until(f"{DOCUMENTS} === '1 to 10 of 20'")
    change(browser, "[name=speaker]", "lin jian")
    browser.until(f"{BAR} === 'Documents quoting lin jian, of Globe' && {CHOSEN}")
    assert json.loads(browser.value("decodeURIComponent(location.hash.slice(5))")) == {
        "choose": {"groups": ["Globe"], "speaker": "lin jian"}
    }
    browser.until(f"{DOCUMENTS} === '1 to 1 of 1'")
    notes = browser.value("[...document.querySelectorAll('.whole-note')].map(note => note.textContent)")
    assert {*notes} == {"Of the choice.", "Of the whole corpus, not of the choice."}
    assert browser.value("document.querySelector('#answer').classList.contains('whole')")
    browser.value("document.querySelector('#ask .clear').click()")
    browser.until(f"{DOCUMENTS} === '1 to 10 of 40'")
    assert browser.value("document.querySelectorAll('.whole-note, .whole').length") == 0
    assert browser.value("document.querySelector('#choice').hidden && location.hash") == "#answer"
    assert browser.signs() == []


def test_a_link_opens_two_sides_and_numbers_lead_to_their_rows(browser, report):
    browser.look()
    browser.open(report, address({"choose": {"groups": ["Globe"]}, "against": "others"}))
    browser.until(f"{CHOSEN} && document.querySelector('#choice').dataset.compared")
    assert browser.value(BAR) == "Documents of Globe against All others (not documents of Globe)"
    heads = browser.value("[...document.querySelectorAll('#choice .measure h3')].map(head => head.textContent)")
    assert heads[0] == "Words in quotation marks" and "Who speaks only here" in heads
    browser.value("document.querySelector('.view-file').open = true")
    browser.until("document.querySelector('.view-file pre').textContent.includes('others')")
    file = browser.value("document.querySelector('.view-file pre').textContent")
    assert file == 'choose:\n  groups: ["Globe"]\nagainst: others\n'
    browser.value("document.querySelectorAll('#choice .measure')[0].querySelectorAll('td a')[1].click()")
    browser.until("/\\d/.test(document.querySelector('#rows p')?.textContent)")
    tally = browser.value("document.querySelector('#rows p').textContent")
    assert re.match(r"\d+ words in quotation marks: 20 statements, 20 sentences, 20 documents", tally)
    # The list is of the other side, and what was chosen stays chosen.
    assert "All others" in browser.value("document.querySelector('#rows h2').textContent")
    assert browser.value(BAR).startswith("Documents of Globe against")


def test_a_search_is_of_the_choice(browser, report):
    browser.look()
    browser.open(report, address({"choose": {"groups": ["Post"]}}))
    browser.until(CHOSEN)
    browser.value(
        "(field => { field.value = 'tariffs'; field.dispatchEvent(new Event('input', { bubbles: true })) })"
        "(document.querySelector('#search [name=query]'))"
    )
    status = "document.querySelector('#search [role=status]').textContent"
    browser.until(f"{status}.startsWith('20 lines in 20 documents') && {status}.endsWith('Documents of Post')")


def test_an_address_that_cannot_be_read_changes_nothing(browser, report):
    browser.look()
    browser.open(report, "#ask=%7Bnot")
    browser.until(READY)
    assert browser.value("document.querySelector('#choice').hidden")


@pytest.mark.parametrize(("dark", "width"), [(False, 360), (True, 1200)])
def test_a_choice_is_accessible_and_not_too_wide(browser, axe, report, dark, width):
    browser.look(dark=dark, width=width)
    browser.open(report, address({"choose": {"words": "tariffs", "speaker": "speaker 1"}, "against": "others"}))
    browser.until(f"{CHOSEN} && document.querySelector('#choice').dataset.compared")
    browser.value("document.querySelector('#ask .open').click()")
    browser.value("document.querySelector('.view-file').open = true")
    assert browser.value("document.documentElement.scrollWidth") <= width
    assert browser.value(TOO_WIDE) == []
    browser.value(axe + "; 0")
    assert browser.value(RUN_AXE) == []
