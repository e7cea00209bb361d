"""The bar of the page: what is chosen is counted, tally, kept in the address, and cleared."""

import json
import re
from urllib.parse import quote

import pytest

from scripts.core.storage import read_parquet, write_text
from scripts.report.figures.style import INK
from scripts.report.page import render_report
from tests.browser.conftest import write_report
from tests.browser.test_first_screen import PAPER
from tests.browser.test_report import LISTED, READY, TOO_WIDE, faults
from tests.report.corpus import NAMES, write_corpus, write_tables
from tests.report.test_page import OPTIONS

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


def test_names_that_may_be_typed_are_offered(browser, made_report):
    browser.look()
    browser.open(made_report)
    browser.until("!document.querySelector('#ask').hidden")
    browser.value("document.querySelector('#ask .open').click()")
    offered = f"[...{SIDE}.querySelector('[name=naming]').list.options].map(({{ value }}) => value)"
    browser.until(f"{offered}.length")
    assert browser.value(offered) == ["bridge", "Paris", "peace", "Rome", "school"]
    change(browser, "[name=naming]", "bridge")
    browser.until(f"{BAR} === 'Documents naming bridge' && {CHOSEN}")
    assert not browser.value(LEAD).startswith("Documents naming bridge (0 of ")


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
    # Nothing that is of the whole corpus is in sight, until it is asked for.
    notes = browser.value("[...document.querySelectorAll('.whole-note')].map(note => note.firstChild.textContent)")
    assert all(note == "About the choice." or " about the whole corpus, not the choice" in note for note in notes)
    assert "The answer is about the whole corpus, not the choice, whose numbers are above. " in notes
    put_away = "[...document.querySelectorAll('.whole:not(#answer), #answer > :not(h1, .whole-note)')]"
    assert browser.value(f"{put_away}.length") > 10
    assert browser.value(f"{put_away}.filter(block => block.checkVisibility()).length") == 0
    button = "document.querySelector('#sources > .whole-note button')"
    browser.value(f"{button}.click()")
    assert browser.value(f"[{button}.textContent, {button}.ariaLabel]") == [
        "Hide", "Hide the whole corpus: Sources and quotes"
    ]  # fmt: skip
    assert browser.value("document.querySelector('#figure-speakers').checkVisibility()")
    browser.value("document.querySelector('#ask .clear').click()")
    browser.until(f"{DOCUMENTS} === '1 to 10 of 40'")
    assert browser.value("document.querySelectorAll('.whole-note, .whole, .with-whole').length") == 0
    assert browser.value("document.querySelector('#choice').hidden && location.hash") == "#answer"
    assert browser.signs() == []


def test_a_link_opens_two_sides_and_numbers_lead_to_their_rows(browser, report):
    browser.look()
    browser.open(report, address({"choose": {"groups": ["Globe"]}, "against": "others"}))
    browser.until(f"{CHOSEN} && document.querySelector('#choice').dataset.compared")
    assert browser.value(BAR) == "Documents of Globe against All others (not documents of Globe)"
    heads = browser.value("[...document.querySelectorAll('#choice .measure h3')].map(head => head.textContent)")
    assert heads[0] == "Words in quotation marks" and "Who speaks only here" in heads
    assert {"How evenly they speak, A", "How evenly they speak, B"} <= {*heads}
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


def test_a_list_of_a_choice_makes_the_choice_in_a_page_just_opened_and_closes_to_it(browser, report):
    browser.look()
    key = ["quotes", ["speaker"], [NAMES[0]], "words", {"choice": {"groups": ["Globe"]}, "isOthers": True}]
    view = {
        "choose": {"groups": ["Globe"]},
        "against": {"groups": ["Post"]},
        "curves": [{"what": "words", "value": "tax"}],
    }
    browser.open(report, f"#rows={quote(json.dumps(key))}&{address(view)[1:]}")
    browser.until(f"{CHOSEN} && {LISTED} && document.querySelector('.curve-parts svg') !== null")
    assert browser.value(BAR) == "Documents of Globe against Documents of Post"
    browser.value("document.querySelector('#rows .close').click()")
    browser.until(f"document.querySelector('#rows') === null && {CHOSEN}")
    assert json.loads(browser.value("decodeURIComponent(location.hash.slice(5))")) == view
    browser.value("document.querySelector('#choice .measure td a').click()")
    browser.until(LISTED)
    assert json.loads(browser.value("decodeURIComponent(location.hash.split('&ask=')[1])")) == view


def test_a_choice_of_nothing_says_so(browser, made_report):
    browser.look()
    browser.open(made_report, address({"choose": {"words": "nowhere"}}))
    browser.until(CHOSEN)
    assert browser.value(LEAD).endswith(". Nothing in the corpus fits.")


def test_a_comparison_of_few_documents_estimates_nothing(browser, made_report):
    browser.look()
    view = {"choose": {"words": "money", "take": "statements"}, "against": {"stories": ["00.txt"]}}
    browser.open(made_report, address(view))
    browser.until(f"{CHOSEN} && document.querySelector('#choice').dataset.compared")
    measures = "[...document.querySelectorAll('#choice .measure')]"
    words = f"{measures}.find(each => each.querySelector('h3').textContent === 'Key words')"
    assert "not estimable" in browser.value(f"{words}.innerText")
    assert "NaN" not in browser.value("document.querySelector('#choice').innerText")
    # A measure without a number is left out: the statement is not its document's first.
    late = {"words": "school", "take": "statements", "from": "2024-03-01", "to": "2024-03-08"}
    browser.open(made_report, address({"choose": late}))
    browser.until(CHOSEN)
    assert "1 statement, 1 with a speaker)" in browser.value(LEAD)
    heads = browser.value(f"{measures}.map(each => each.querySelector('h3').textContent)")
    assert "Kinds of sources" in heads and "Who is quoted first, by kind of source" not in heads


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
    browser.value(
        "(field => { field.value = 'speaker'; field.dispatchEvent(new Event('input', { bubbles: true })) })"
        "(document.querySelector('#search [name=group]'))"
    )
    rows = "document.querySelectorAll('#search .by-group tbody tr')"
    browser.until(f"{rows}.length === 20 && {rows}[0].lastChild.textContent === 'not estimable'")
    assert browser.value("document.querySelector('#search .by-group th').textContent") == "speaker"
    browser.value(
        "(form => { form.elements.query.value = 'nowhere'; form.requestSubmit() })"
        "(document.querySelector('#search form'))"
    )
    browser.until(f"{status} === 'Nothing chosen has this. · Documents of Post'")


def test_a_month_in_an_address_stays_chosen_when_something_else_is_changed(browser, made_report):
    browser.look()
    browser.open(made_report, address({"choose": {"from": "2024-01", "to": "2024-02"}}))
    browser.until(f"{BAR} === 'Documents from 2024-01 to 2024-02' && {CHOSEN}")
    change(browser, "[value=Globe]", True)
    browser.until(f"{BAR} === 'Documents of Globe, from 2024-01-01 to 2024-02-29' && {CHOSEN}")


def test_the_way_back_leads_to_the_page_before_the_choice(browser, made_report):
    browser.look()
    browser.open(made_report)
    browser.until(READY)
    browser.value(f"location.hash = {json.dumps(address({'choose': {'groups': ['Globe']}}))}")
    browser.until(f"{BAR} === 'Documents of Globe' && {CHOSEN}")
    # A section of the page changes no choice.
    browser.value("location.hash = 'documents'")
    browser.value("history.back()")
    browser.until(f"location.hash.startsWith('#ask=') && {CHOSEN}")
    assert browser.value(BAR) == "Documents of Globe"
    browser.value("history.back()")
    browser.until(f"{BAR} === 'All documents' && document.querySelector('#choice').hidden")
    assert not browser.value(f"{SIDE}.querySelector('[value=Globe]').checked")
    assert browser.signs() == []


def test_counts_beyond_the_first_are_shown_when_asked_for(browser, tmp_path):
    page = write_report(tmp_path, [f"Speaker {number}" for number in range(45)], draw=False)
    browser.look()
    browser.open(page)
    browser.until(READY)
    browser.value(
        "(form => { form.elements.query.value = 'tariffs'; form.elements.group.value = 'speaker';"
        " form.requestSubmit() })(document.querySelector('#search form'))"
    )
    rows = "document.querySelectorAll('#search .by-group tbody tr').length"
    more = "document.querySelector('#search [aria-label=\"Show all counts\"]')"
    browser.until(f"{rows} === 40 && {more}.textContent === 'All 45'")
    browser.value(f"{more}.click()")
    assert browser.value(rows) == 45 and not browser.value(f"{more}.checkVisibility()")


def test_who_speaks_about_a_topic_and_one_story(browser, made_report):
    browser.look()
    browser.open(made_report)
    browser.until(READY)
    browser.value("document.querySelector('#ask .open').click()")
    change(browser, "[data-condition=topics] [value=money]", True)
    browser.until(f"{BAR} === 'Documents about money' && {CHOSEN}")
    change(browser, "[name=take]", "statements")
    browser.until(f"{BAR} === 'Statements about money' && {CHOSEN}")
    assert json.loads(browser.value("decodeURIComponent(location.hash.slice(5))")) == {
        "choose": {"topics": ["money"], "take": "statements"}
    }
    links = "[...document.querySelectorAll('.stories details p a')]"
    browser.value(f"{links}[0].click()")
    browser.until(f"{BAR} === 'Documents of the story Title 3' && {CHOSEN}")
    assert browser.value(f"{SIDE}.querySelector('[data-condition=stories] [value=\\'03.txt\\']').checked")
    assert browser.signs() == []


def test_a_range_of_dates_is_chosen_on_the_timeline_by_keyboard(browser, axe, made_report):
    browser.look()
    browser.open(made_report)
    browser.until(READY)
    browser.value("document.querySelector('#ask .open').click()")
    browser.until(f"{SIDE}.querySelectorAll('.timeline rect').length === 3")
    assert browser.value(f"{SIDE}.querySelector('.timeline legend').textContent") == "Documents a month, at most 8"
    ranges = f"{SIDE}.querySelectorAll('.timeline input')"

    def press(range_, key, code):
        browser.value(f"{ranges}[{range_}].focus()")
        for kind in ("keyDown", "keyUp"):
            browser.call("Input.dispatchKeyEvent", type=kind, key=key, code=key, windowsVirtualKeyCode=code)

    press(0, "ArrowRight", 39)
    browser.until(f"{BAR} === 'Documents from 2024-02-01' && {CHOSEN}")
    assert browser.value(LEAD).startswith("Documents from 2024-02-01 (16 of 24 documents, ")
    press(1, "Home", 36)  # it takes the other end along
    browser.until(f"{BAR} === 'Documents to 2024-01-31' && {CHOSEN}")
    shown = f"[...{SIDE}.querySelectorAll('.timeline output')].map(each => each.textContent)"
    assert browser.value(shown) == ["2024-01", "2024-01"]
    assert browser.value(f"[...{SIDE}.querySelectorAll('.timeline rect')].map(bar => bar.matches('.out'))") == [
        False, True, True,
    ]  # fmt: skip
    change(browser, "[name=to]", "2024-02-15")
    browser.until(f"{BAR} === 'Documents to 2024-02-15' && {CHOSEN}")
    assert browser.value(shown) == ["2024-01", "2024-02"]
    browser.value("document.querySelector('#ask .clear').click()")
    assert browser.value(shown) == ["2024-01", "2024-03"]
    assert faults(browser, axe, "#ask") == []
    assert browser.signs() == []


def test_curves_are_added_by_keyboard_and_stand_in_the_address(browser, made_report):
    browser.look()
    browser.open(made_report, address({"choose": {"groups": ["Globe"]}}))
    browser.until(CHOSEN)
    browser.value("document.querySelector('#curves [name=value]').focus()")
    browser.call("Input.insertText", text="tax*")
    for kind in ("keyDown", "keyUp"):
        browser.call(
            "Input.dispatchKeyEvent", type=kind, key="Enter", code="Enter", windowsVirtualKeyCode=13, text="\r"
        )
    browser.until("document.querySelectorAll('#curves .measure').length === 1")
    browser.value(
        "(form => { form.elements.what.value = 'speaker'; form.elements.value.value = 'ann'; form.requestSubmit() })"
        "(document.querySelector('#curves form'))"
    )
    browser.until("document.querySelectorAll('#curves .measure').length === 2")
    view = json.loads(browser.value("decodeURIComponent(location.hash.slice(5))"))
    assert view == {
        "choose": {"groups": ["Globe"]},
        "curves": [{"what": "words", "value": "tax*"}, {"what": "speaker", "value": "Ann Lee"}],
    }
    periods = "[...document.querySelectorAll('#curves .measure td:first-child')].map(cell => cell.textContent)"
    assert browser.value(periods) == ["2024-01", "2024-02", "2024-03"] * 2
    # A link opens them again, without a choice too; a name that is not there is said.
    browser.open(made_report, address({"choose": {}, "curves": view["curves"]}))
    browser.until("document.querySelectorAll('#curves .measure').length === 2")
    assert browser.value("document.querySelector('#choice').hidden")
    browser.value(
        "(form => { form.elements.what.value = 'name'; form.elements.value.value = 'xyz'; form.requestSubmit() })"
        "(document.querySelector('#curves form'))"
    )
    browser.until("document.querySelector('#curves [role=status]').textContent === 'Nothing here is called xyz.'")
    browser.value("document.querySelector('#curves .curve-list button').click()")
    browser.until("document.querySelectorAll('#curves .measure').length === 1")
    assert browser.signs() == []


def test_curves_for_which_a_comparison_has_no_room_are_told(browser, made_report):
    browser.look()
    curves = [{"what": "words", "value": word} for word in ("tax", "war", "jobs", "school")]
    view = {"choose": {"groups": ["Globe"]}, "against": "others", "curves": curves}
    browser.open(made_report, address(view))
    status = "document.querySelector('#curves [role=status]').textContent"
    browser.until(f"{status} === 'There is room for 6 curves, or for 3 of two sides: remove one.'")
    browser.value("document.querySelector('#curves .curve-list button').click()")
    browser.until(f"{status} === ''")


KEEP_SAVED = """
window.saved = []; window.made = URL.createObjectURL;
URL.createObjectURL = (blob) => { window.blob = blob; return made(blob) };
HTMLAnchorElement.prototype.click = function () {
  const own = blob; own.text().then((text) => saved.push([this.download, own.size, own.type, text]));
}; 0
"""


def test_what_is_shown_is_taken_away(browser, made_report):
    browser.look()
    # Other kinds have no words on this side, and no share: the drawing does without them.
    browser.open(made_report, address({"choose": {"kind": "expert", "take": "sentences"}, "against": "others"}))
    browser.until(f"{CHOSEN} && document.querySelector('#choice').dataset.compared")
    browser.value(KEEP_SAVED)
    names = ["All as XLSX: numbers and statements of the choice", "Save as PNG: Who speaks", "Save as SVG: Who speaks"]
    for name in names:
        browser.value(f"document.querySelector('[aria-label={json.dumps(name)}]').click()")
    browser.until("saved.length === 3")
    saved = {name: (size, kind) for name, size, kind, _ in browser.value("saved")}
    assert set(saved) == {"choice.xlsx", "speakers.png", "speakers.svg"}
    assert min(size for size, _ in saved.values()) > 2000 and saved["speakers.png"][1] == "image/png"
    assert browser.signs() == []


def test_a_figure_is_taken_away_in_its_own_colours_whatever_the_theme(browser, report):
    browser.look(dark=True)
    browser.open(report)
    browser.until(READY)
    browser.value("document.querySelector('#figure-speakers').scrollIntoView(); 0")
    browser.until("document.querySelectorAll('#figure-speakers svg a').length > 0")
    browser.value(KEEP_SAVED)
    for name in ("PNG", "SVG"):
        browser.value(f"document.querySelector('#figure-speakers [aria-label^=\"Save as {name}: \"]').click()")
    browser.until("saved.length === 2")
    browser.look()
    saved = {name: (size, text) for name, size, _, text in browser.value("saved")}
    assert set(saved) == {"speakers.png", "speakers.svg"} and saved["speakers.png"][0] > 20_000
    svg = saved["speakers.svg"][1]
    assert svg.startswith("<svg") and INK in svg and "var(" not in svg and "<a " not in svg
    assert browser.signs() == []


def test_an_address_that_cannot_be_read_changes_nothing(browser, report):
    browser.look()
    browser.open(report, "#ask=%7Bnot")
    browser.until(READY)
    assert browser.value("document.querySelector('#choice').hidden")


@pytest.mark.parametrize(
    ("fragment", "reason"),
    [
        ("#rows=%5B%22quotes%22", "The address has no list that can be read."),
        (f"#rows={quote(json.dumps(['constructor', [], []]))}", "The address has no list that can be read."),
        ("#d0123456789-s4", "The article of this address is not in this report."),
    ],
)
def test_an_address_that_leads_nowhere_is_told_in_sight(browser, report, fragment, reason):
    browser.look()
    browser.open(report, fragment)
    browser.until("document.querySelector('[role=alert]')?.getBoundingClientRect().top < innerHeight")
    assert browser.value("document.querySelector('[role=alert]').textContent") == reason


def test_on_paper_a_choice_is_its_numbers_and_nothing_of_the_whole_corpus(browser, report):
    browser.look()
    browser.open(report, address({"choose": {"groups": ["Globe"]}, "against": "others"}))
    browser.until(CHOSEN)
    shown = "document.querySelector('{}').checkVisibility()"
    browser.look(media="print", width=PAPER)
    try:
        assert browser.value("document.documentElement.scrollWidth") <= PAPER
        names = ("#choice .lead", "#choice .measure table", "#methods", "#answer", "#sources", "#choice button")
        assert [browser.value(shown.format(name)) for name in names] == [True] * 3 + [False] * 3
    finally:
        browser.look()


def test_a_curve_of_documents_without_dates_is_refused(browser, tmp_path):
    tables = write_corpus(tmp_path / "tables", NAMES[:1])
    documents = read_parquet(tables / "documents.parquet").to_pylist()
    write_tables(tables, documents=[each | {"date": ""} for each in documents])
    page = tmp_path / "report.html"
    write_text(page, render_report(tables, tmp_path / "figures", {"seeds": []}, OPTIONS).page)
    browser.look()
    browser.open(page)
    browser.until(READY)
    browser.value("(form => { form.elements.value.value = 'act'; form.requestSubmit() })"
                  "(document.querySelector('#curves form'))")  # fmt: skip
    browser.until("document.querySelector('#curves [role=status]').textContent === 'The documents have no dates.'")


VIEW = {"choose": {"words": "tariffs", "speaker": "speaker 1"}, "against": "others"}
CURVES = [{"what": "words", "value": "act"}, {"what": "frame", "value": "conflict"}]


@pytest.mark.parametrize(("dark", "width"), [(False, 360), (True, 1200)])
def test_a_choice_is_accessible_and_not_too_wide(browser, axe, report, dark, width):
    browser.look(dark=dark, width=width)
    browser.open(report, address({**VIEW, "curves": CURVES}))
    browser.until(f"{CHOSEN} && document.querySelector('#choice').dataset.compared")
    browser.value("document.querySelector('#ask .open').click()")
    browser.value("document.querySelector('.view-file').open = true")
    browser.until("document.querySelectorAll('#curves .measure').length === 2")
    assert browser.value("document.documentElement.scrollWidth") <= width
    assert browser.value(TOO_WIDE) == []
    assert faults(browser, axe, "#ask, #choice, #curves") == []
