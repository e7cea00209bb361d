"""The report in a real browser: silent, offline, accessible, small, and of use with and without JavaScript."""

import csv
import io
import json

import pytest

from scripts.core.csv_tables import escape_cell
from tests.browser.conftest import write_report
from tests.report.corpus import HOSTILE, NAMES
from tests.report.test_page import OPTIONS

# The page has made its reading room of its data.
READY = "document.querySelector('#reading-room') !== null"
OPEN_TEXT = "location.hash = document.querySelector('#table-documents td a').getAttribute('href')"
OPENED_TEXT = "document.querySelector('.reading .quote') !== null"
# The list of rows says how many it has.
LISTED = "/\\d/.test(document.querySelector('#rows p')?.textContent)"
# A reader is near the table of speakers, whose rows have links then.
NEAR = """(box => { box.scrollIntoView(); return box.querySelector('td.num a') !== null })
    (document.querySelector('#table-speakers'))"""
OPENED = "(at => at.loadEventEnd - at.startTime)(performance.getEntriesByType('navigation')[0])"
TOO_WIDE = (
    "[...document.querySelectorAll('body *')].filter(each => each.getBoundingClientRect().right > innerWidth + 1"
    " && !each.closest('.scroll, .drawing, .list, .vh, .skip')).map(each => each.outerHTML.slice(0, 120))"
)


def faults(browser, axe, part=""):
    """Return the rules of axe-core that the page breaks, or a part of it, each with the elements."""
    browser.value(axe + "; 0")
    # Links below the fold of the list beside the page, which is fixed, are no skip links, as axe takes them for; what
    # they lead to is made when they are followed.
    return browser.value(f"""
        axe.run({json.dumps(part) if part else "document"}, {{ resultTypes: ["violations"] }}).then(found =>
            found.violations
                .map(each => [each.id, each.nodes.filter(node =>
                    each.id !== "skip-link" || !document.querySelector(node.target[0]).closest("#rows"))])
                .filter(([, nodes]) => nodes.length)
                .map(([id, nodes]) => id + ": " + nodes.map(node => node.html.slice(0, 120)).join(" | ")))
    """)


# Contrast is of the colours, sizes are of the width: two of the four will do.
@pytest.mark.parametrize(
    ("dark", "width"),
    [
        (False, 360),
        (True, 1200),
        *(pytest.param(*each, marks=pytest.mark.slow) for each in [(True, 360), (False, 1200)]),
    ],
)
def test_axe_finds_nothing_and_nothing_is_too_wide(browser, axe, report, dark, width):
    browser.look(dark=dark, width=width)
    browser.open(report)
    browser.value("document.querySelectorAll('details').forEach(each => { each.open = true })")
    assert browser.value("document.documentElement.scrollWidth") <= width
    assert browser.value(TOO_WIDE) == []
    # With all layers on and a list of sentences open, there is nothing on the page that axe does not see.
    browser.value("document.querySelectorAll('.layers input').forEach(each => { each.checked = true })")
    browser.value("location.hash = document.querySelector('.card a').getAttribute('href')")
    browser.until(LISTED)
    assert faults(browser, axe) == []


def test_a_drawing_wider_than_the_screen_says_so_and_its_end_is_not_faded(browser, report):
    hint = "getComputedStyle(document.querySelector('figcaption'), '::after').content"
    for width, is_said in ((360, True), (1200, False)):
        browser.look(width=width)
        browser.open(report)
        assert ("sideways" in str(browser.value(hint))) == is_said
        gap = browser.value("""(() => { const box = document.querySelector('.drawing');
            box.scrollLeft = 9999;
            return box.getBoundingClientRect().right - box.querySelector('svg').getBoundingClientRect().right })()""")
        fade = browser.value("parseFloat(getComputedStyle(document.querySelector('.drawing'), '::after').width) || 0")
        assert gap >= fade - 1
    browser.look()


def test_the_page_is_silent_and_asks_for_nothing(browser, report):
    browser.look()
    browser.open(report)
    assert browser.signs() == []


def test_hostile_text_does_nothing(browser, hostile):
    browser.look()
    browser.open(hostile)
    # Press every button, follow every link and read every title, as a reader might.
    browser.value("document.querySelectorAll('button, .list a').forEach(each => each.click())")
    over = "document.querySelectorAll('[title]').forEach(each => each.dispatchEvent(new MouseEvent('mouseover')))"
    browser.value(over)
    assert browser.value("window.acted") is None
    assert browser.signs() == []
    text = browser.value("document.body.textContent")
    for shown in (*HOSTILE[:8], "‹U+202E›evil‹U+2066›", "nul‹U+0000› bell‹U+0007›", *HOSTILE[10:]):
        assert shown in text


def test_a_word_of_a_megabyte_is_not_wide(browser, hostile):
    assert hostile.stat().st_size < 1_000_000
    browser.look(width=360)
    browser.open(hostile)
    assert browser.value("document.documentElement.scrollWidth") <= 360
    assert browser.value(TOO_WIDE) == []


def test_sorting_filtering_and_paging(browser, report):
    box = "document.querySelector('#table-speakers')"
    rows = f"[...{box}.querySelectorAll('tbody tr')].map(row => row.cells[0].textContent)"
    browser.look(width=360)
    browser.open(report)
    assert len(browser.value(rows)) == 5
    browser.look()
    browser.open(report)
    assert len(browser.value(rows)) == 10
    written = browser.value(rows)
    browser.value(f"{box}.querySelector('th button').click()")
    browser.until(
        f"JSON.stringify({rows}) !== {json.dumps(json.dumps(written, ensure_ascii=False, separators=(',', ':')))}"
    )
    first = browser.value(rows)
    assert first[1:6] == ["Lin Jian", "O’Connor", "Speaker 0", "Speaker 1", "Speaker 2"]
    browser.value(f"{box}.querySelector('th button').click()")
    browser.until(f"({rows})[1] !== 'Lin Jian'")
    assert browser.value(f"{box}.querySelector('th').getAttribute('aria-sort')") == "descending"
    search = f"{box}.querySelector('input')"
    browser.value(f"{search}.value = 'anne-marie'; {search}.dispatchEvent(new Event('input'))")
    browser.until(f"({rows}).length === 1")
    assert [name[:10] for name in browser.value(rows)] == ["Anne-Marie"]
    browser.value(f"{search}.value = ''; {search}.dispatchEvent(new Event('input'))")
    browser.until(f"({rows}).length === 10")
    browser.value(f"[...{box}.querySelectorAll('.tools button')].find(each => each.textContent === 'Next').click()")
    browser.until(f"{box}.querySelector('[role=status]').textContent === '11 to 20 of 40'")


def test_exported_csv_is_whole_and_no_formula_runs(browser, hostile):
    browser.open(hostile)
    browser.value("""
        window.saved = null;
        URL.createObjectURL = blob => { blob.text().then(text => { window.saved = text }); return "#saved"; };
        HTMLAnchorElement.prototype.click = () => {};
        [...document.querySelectorAll('#table-speakers .tools button')].at(-1).click()
    """)
    saved = browser.value("""(async () => {
        while (window.saved === null) await new Promise(done => setTimeout(done, 5));
        return window.saved;
    })()""")
    rows = list(csv.reader(io.StringIO(saved)))
    assert rows[0][0] == "speaker"
    assert len(rows) == 1 + len(HOSTILE) + 1
    assert max(len(cell) for row in rows for cell in row) < 6_000
    formula = next(name for name in HOSTILE if name.startswith("="))
    assert [escape_cell(formula)] == [row[0] for row in rows if "HYPERLINK" in row[0]]


def test_a_number_opens_its_sentences_and_a_sentence_its_place(browser, report):
    browser.look()
    browser.open(report)
    browser.until(NEAR)
    browser.value("document.querySelector('#table-speakers td.num a').click()")
    browser.until(LISTED)
    shown = "getComputedStyle(document.querySelector('#rows')).display"
    assert browser.value(shown) == "block"
    assert "said" in browser.value("document.querySelector('#rows li').textContent")
    browser.value("document.querySelector('#rows li a').click()")
    browser.until("document.querySelector('.s.at') !== null")
    assert browser.value("document.querySelector('#rows')") is None


def test_a_speaker_has_a_profile_above_the_statements(browser, report):
    browser.open(report)
    browser.until(NEAR)
    browser.value("document.querySelector('#table-speakers td a').click()")
    browser.until("document.querySelector('#rows .profile h3') !== null")
    assert browser.value("document.querySelector('#rows h2').textContent").startswith("Statements of ")
    facts = browser.value("document.querySelector('#rows .profile p').textContent")
    assert facts.startswith("6 words, 6 of them in quotation marks and 0 reported. First seen 2024-01-")
    heads = browser.value("[...document.querySelectorAll('#rows .profile h3')].map(each => each.textContent)")
    assert heads == [
        "By group and month",
        "Frames voiced, against all other speakers",
        "Who is held responsible",
        "Key words against all other statements",
        "Quoted in the same documents as",
        "All statements",
    ]
    assert browser.signs() == []


def test_escape_closes_a_list(browser, report):
    browser.open(report)
    browser.until(NEAR)
    browser.value("document.querySelector('#table-speakers td.num a').click()")
    browser.until(LISTED)
    browser.value("document.dispatchEvent(new KeyboardEvent('keydown', {key: 'Escape'}))")
    browser.until("document.querySelector('#rows') === null")


def ask(browser, **fields):
    """Search for something, and return what the page says of it."""
    for name, value in ({"query": "", "within": "all", "speaker": "", "sort": "date"} | fields).items():
        browser.value(f"document.querySelector('#search form').elements['{name}'].value = {json.dumps(value)}")
    status = "document.querySelector('#search [role=status]')"
    browser.value(f"delete document.querySelector('#search').dataset.milliseconds; {status}.textContent = ''")
    browser.value("document.querySelector('#search form').requestSubmit()")
    is_done = "'milliseconds' in document.querySelector('#search').dataset"
    # An error of the page stands there, too.
    browser.until(f"{is_done} || !['', 'Looking …'].includes({status}.textContent)")
    return browser.value(f"{status}.textContent")


def test_search_finds_words_phrases_beginnings_and_lemmas_in_the_whole_corpus(browser, report):
    browser.open(report)
    assert ask(browser, query="CONFLICT").startswith("40 lines in 40 documents")
    assert ask(browser, query='"the other side"').startswith("40 lines")
    assert ask(browser, query="confl*").startswith("40 lines")
    assert ask(browser, query="lemma:tariffs").startswith("40 lines")
    assert ask(browser, query="tariffs", within="outside") == "Nothing in the corpus has this."
    assert ask(browser, query="act", within="quoted", speaker="lin jian").startswith("1 line in 1 document")
    no_phrase = 'Nothing in the corpus has this phrase. Searched as "side the", a phrase; '
    assert ask(browser, query="side the") == f"{no_phrase}in one sentence, in any order: side & the"
    browser.value("document.querySelector('#search [role=status] button:last-child').click()")
    browser.until("document.querySelector('#search [role=status]').textContent.startsWith('40 lines')")
    assert browser.value("document.querySelector('#search form').elements.query.value") == "side & the"
    assert browser.signs() == []


def test_on_a_phone_lines_and_counts_of_a_search_are_not_wider_than_the_screen(browser, report):
    browser.look(width=360)
    browser.open(report)
    ask(browser, query="tariffs", group="group")
    boxes = "[...document.querySelectorAll('#search .scroll')]"
    assert (
        browser.value(f"{boxes}.map(box => box.checkVisibility() && box.scrollWidth <= box.clientWidth)") == [True] * 2
    )
    browser.look()


def test_statements_that_are_listed_have_counts_but_no_rates(browser, report):
    browser.open(report)
    heads = "[...document.querySelectorAll('.by-group th')].filter(head => head.checkVisibility())"
    for query, last in (("tariffs", "95% interval"), ("", "documents")):
        ask(browser, query=query, within="quoted", group="group")
        assert browser.value(f"{heads}.at(-1).textContent") == last


def test_a_name_with_a_long_word_makes_no_table_wider_than_the_page(browser, tmp_path):
    long = "Donaudampfschifffahrts" * 6
    page = write_report(tmp_path, [long, "Ann Lee"] * 10, groups=[long, "Post"], draw=False)
    browser.look(width=1280)
    browser.open(page)
    browser.until(NEAR)
    for table in ("#groups .scroll", "#table-speakers .scroll"):
        assert browser.value(f"(box => box.scrollWidth <= box.clientWidth)(document.querySelector('{table}'))"), table
    browser.look()


def test_lines_are_sorted_by_the_words_around_them_and_lead_to_the_text(browser, report):
    browser.open(report)
    ask(browser, query="said", sort="left")
    before = browser.value("[...document.querySelectorAll('.lines tbody tr')].map(row => row.cells[0].textContent)")
    assert [line for line in before if line.startswith("Speaker")] == [f"Speaker {n}" for n in range(35)]
    browser.value("document.querySelector('.lines tbody a').click()")
    assert "said" in browser.until("document.querySelector('.s.at')?.textContent")


def test_the_page_shows_all_rows_as_it_showed_the_first(browser, report):
    """The rows that the page makes of its data equal the rows without JavaScript, cell by cell."""
    browser.open(report)
    differing = browser.value("""(async () => {
        const cells = row => [...row.cells].map(cell => cell.textContent);
        const rows = box => [...box.querySelectorAll('tbody tr')].map(cells);
        const differing = [];
        for (const box of document.querySelectorAll('.table')) {
            const button = name => [...box.querySelectorAll('.tools button')].find(each => each.textContent === name);
            const status = () => box.querySelector('[role=status]').textContent;
            const written = rows(box);
            if (!button('Next') || button('Next').disabled) continue;
            for (const name of ['Next', 'Previous']) {
                const before = status();
                button(name).click();
                while (status() === before) await new Promise(done => setTimeout(done, 5));
            }
            const shown = rows(box).slice(0, written.length);
            if (JSON.stringify(shown) !== JSON.stringify(written)) differing.push([box.id, written, shown]);
        }
        return differing;
    })()""")
    assert differing == []


def test_a_table_with_several_schemes_counts_the_rows_of_the_first(browser, tmp_path):
    schemes = ["generic"] * 2 + ["policy"] * 20
    terms = [{"scheme": scheme, "frame": "war", "term": f"t{n}", "hits": 1} for n, scheme in enumerate(schemes)]
    browser.open(write_report(tmp_path, NAMES[:2], checked={"frame_terms": terms}, draw=False))
    browser.until(READY)
    box = "document.querySelector('#table-frame_terms')"
    status = f"{box}.querySelector('[role=status]').textContent"
    assert browser.value(status) == "1 to 2"
    browser.value(f"{box}.querySelector('.tools button:nth-of-type(2)').click()")
    browser.until(f"{status} === '1 to 2 of 2'")


def test_a_page_without_room_reads_its_texts_from_files_beside_it(browser, tmp_path):
    names = [*NAMES, *(f"Speaker {n}" for n in range(35))]
    page = write_report(tmp_path, names, OPTIONS._replace(max_bytes=100_000), draw=False)
    assert (tmp_path / "report-data" / "data-part-0.js").exists()
    browser.open(page)
    assert ask(browser, query="conflict").startswith("40 lines")
    assert [sign for sign in browser.signs() if "report-data" not in sign] == []
    assert "report-data" in browser.value("document.querySelector('#search').textContent")
    (tmp_path / "report-data" / "data-part-0.js").unlink()


def test_layers_can_be_switched_off(browser, report):
    browser.open(report)
    browser.until(READY)
    assert browser.value("document.querySelector('.reading')") is None
    browser.value(OPEN_TEXT)
    browser.until(OPENED_TEXT)
    label = "getComputedStyle(document.querySelector('.reading .quote'), '::before').content"
    assert "direct" in browser.value(label)
    browser.value("document.querySelector('#layer-quote').click()")
    assert browser.value(label) == "none"


def test_a_list_that_is_closed_leaves_a_reader_where_it_was_opened(browser, report):
    browser.look()
    browser.open(report)
    browser.until(READY)
    focused = "document.activeElement.textContent"
    opener = browser.value(
        "(link => { link.focus(); link.click(); return link.textContent })(document.querySelector('.card a'))"
    )
    link = "document.querySelector('#rows td a, #rows .profile a')"
    browser.until(f"document.activeElement.id === 'rows' && document.querySelectorAll('#rows li').length && !!{link}")
    # Another list that is opened from this one is closed to the same place.
    title = "document.querySelector('#rows-h')?.textContent"
    first = browser.value(title)
    browser.value(f"(link => {{ link.focus(); link.click() }})({link})")
    browser.until(f"document.activeElement.id === 'rows' && {title} !== {json.dumps(first)}")
    browser.value("document.querySelector('#rows .close').click()")
    browser.until(f"{title} === {json.dumps(first)}")
    browser.value("document.querySelector('#rows .close').click()")
    browser.until("!document.querySelector('#rows')")
    assert browser.value(focused) == opener


def test_without_javascript_all_is_there(browser, report):
    browser.look()
    browser.call("Emulation.setScriptExecutionDisabled", value=True)
    try:
        browser.open(report)
        assert browser.signs() == []
        assert browser.value("document.querySelectorAll('#table-speakers tbody tr').length") == 10
        assert browser.value("document.querySelectorAll('a[data-rows][href], a[data-place][href]').length") == 0
        assert browser.value("document.querySelectorAll('figure svg').length") > 5
    finally:
        browser.call("Emulation.setScriptExecutionDisabled", value=False)


def test_every_control_can_be_reached_by_keyboard(browser, report):
    browser.open(report)
    assert browser.value('document.querySelectorAll(\'[tabindex]:not([tabindex="0"], [tabindex="-1"])\').length') == 0
    for _ in range(40):
        for kind in ("keyDown", "keyUp"):
            browser.call("Input.dispatchKeyEvent", type=kind, key="Tab", code="Tab", windowsVirtualKeyCode=9)
        reached = browser.value("(globalThis.reached ??= new Set()).add(document.activeElement).size")
    assert reached == 40


def test_print_is_the_answer_figures_and_methods_and_a_text_only_on_request(browser, report):
    browser.open(report)
    browser.until(READY)
    browser.value(OPEN_TEXT)
    browser.until(OPENED_TEXT)
    browser.look(media="print")
    shown = "document.querySelector('{}').checkVisibility()"
    try:
        assert [browser.value(shown.format(name)) for name in (".headline", "figure", "#methods")] == [True] * 3
        hidden = (".tools", "#search", "#table-speakers", "#texts", "#provenance")
        assert [browser.value(shown.format(name)) for name in hidden] == [False] * 5
        browser.value("document.documentElement.classList.add('with-text')")
        assert browser.value(shown.format("#texts .reading"))
    finally:
        browser.look()


@pytest.mark.slow
@pytest.mark.parametrize("page", ["report", "hostile"])
def test_opens_quickly(browser, page, request):
    browser.open(request.getfixturevalue(page))
    assert 0 < browser.until(f"{OPENED} > 0 && {OPENED}") < 2000
