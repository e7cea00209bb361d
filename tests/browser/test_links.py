"""Links of every table, clicked: the rows behind a number are as many as it says, those of a name are there.

By default a third of each column; the slow test clicks them all.
"""

from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings

from scripts.core.storage import write_text
from scripts.report.corpus import blocks
from scripts.report.page import render_report
from scripts.report.views import views
from tests.browser.corpora import CORPORA, COUNTED, PASSAGE, VARIANTS, Spoken, Text, write_tables
from tests.report.test_page import OPTIONS

# The heading and rows of the list behind an address; each is opened once. The page itself is not drawn meanwhile.
OPENING = """
    document.querySelector('main').hidden = true;
    const pause = () => new Promise(done => setTimeout(done, 0)), told = new Map();
    const open = async (href) => {
        if (told.has(href)) return told.get(href);
        document.querySelector('#rows')?.remove();
        history.replaceState(null, '', href);
        dispatchEvent(new HashChangeEvent('hashchange'));
        const said = () => document.querySelector('#rows > p')?.textContent ?? 'Looking …';
        for (let wait = 0; said() === 'Looking …'; wait += 1) await (wait < 50 ? null : pause());
        told.set(href, said());
        return said();
    };
"""
# For each link: table, heading, whether its column has numbers, its text, and the list behind it. A click on
# a heading shows the rows that the page makes itself, which have all links. Of a column each `step`th is clicked.
CLICKED = f"""(async (step) => {{ {OPENING}
    const clicked = [], passed = new Map();
    const next = box => [...box.querySelectorAll('.tools button')].find(each => each.textContent === 'Next');
    for (const box of document.querySelectorAll('.table')) {{
        const heads = [...box.querySelectorAll('thead th')].map(head => head.textContent);
        box.querySelector('thead button').click();
        while (!('whole' in box.dataset)) await pause();
        for (;;) {{
            for (const link of box.querySelectorAll('tbody a')) {{
                const href = link.getAttribute('href'), cell = link.closest('td');
                if (!/^#rows=|^#e/.test(href)) continue;
                const column = box.id + cell.cellIndex, place = passed.get(column) ?? 0;
                passed.set(column, place + 1);
                if (place % step) continue;
                const numeric = cell.classList.contains('num');
                clicked.push([box.id, heads[cell.cellIndex], numeric, link.textContent, await open(href)]);
            }}
            if (!next(box) || next(box).disabled) break;
            next(box).click();
            await pause();
        }}
    }}
    return clicked;
}})"""
# For each number of the first screen: its text, and the list behind it.
FIRST_SCREEN = f"""(async () => {{ {OPENING}
    const clicked = [];
    for (const link of document.querySelectorAll('#groups td a, .facts a[data-rows]')) {{
        const fact = link.closest('.facts > div')?.querySelector('dt').textContent;
        const label = fact ? `all ${{fact}}` : link.closest('td').dataset.label;
        clicked.push([label, link.textContent, await open(link.getAttribute('href'))]);
    }}
    return clicked;
}})()"""
# Labels of a figure, and where they lead.
LABELS = """(async () => {
    document.querySelector('main').hidden = false;
    const figure = document.querySelector('#figure-frames_by_group');
    const pause = () => new Promise(done => setTimeout(done, 20));
    figure.scrollIntoView();
    while (!figure.querySelector('a')) await pause();
    const href = text => text.querySelector('a')?.getAttribute('href');
    return [...figure.querySelectorAll('text')].map(text => [text.textContent, href(text)]);
})()"""
# Figures whose data are tables of their own.
FIGURES = (
    "speakers_by_group",
    "frames_by_group",
    "frame_trends",
    "entity_network",
    "word_contrast",
    "timeline",
    "kinds",
    "coverage",
)
# A group with its documents, and a place on an axis.
FIGURE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><text y="1">A (3)</text><text y="3">3</text></svg>'
# In the last article Moss is as likely to be Ann as Bea.
FIRST = [
    Text([
        Spoken(["tax", "cut", "rain"], "Jo Gray", "direct", "conflict", 2, beside="Bo Lee"),
        Spoken(["rain", "fell"], "Jo Gray", "no comment", "conflict", 1, beside="Bea Moss"),
        Spoken(["tax", "rain", "fell"], "Bo Lee", "direct", "economic", 2, "claimed", beside="Jo Gray"),
        Spoken(VARIANTS[4], "Jo Gray", "direct", cue="revealed", beside="Ann Moss"),
        Spoken(["the", "tax"], "", "no comment"),
    ]),
    Text([
        Spoken(["tax", "cut", ",", "cut"], "Bo Lee", "direct", "economic", 1),
        Spoken(["rain"], "Jo Gray", "indirect", "conflict", 0, "claimed"),
        Spoken(VARIANTS[2], "Bo Lee", "direct"),
        Spoken(VARIANTS[5], "Bo Lee", "direct"),
        Spoken(["rain", "cut"], "Jo Gray", "no comment"),
    ], "wire"),
    Text([
        Spoken(["Tax", "cut", "cut"], "Jo Gray", "direct", "economic", 1, "revealed"),
        Spoken(["rain"], "", "direct", "conflict", 1),
        Spoken(VARIANTS[1], "Al Roe", "direct", "conflict", 1),
        Spoken(PASSAGE, "Jo Gray", "direct"),
    ]),
    Text([
        Spoken(PASSAGE, "Bo Lee", "direct"),
        Spoken(["rain"], "Bo Lee", "direct"),
        Spoken(["cut"], "Jo Gray", "no comment"),
    ], "repeat"),
    Text([Spoken(["tax", "rain"])], "foreign"),
    Text([
        Spoken(["tax", "rain", "fell"], "Al Roe", "direct", "conflict", 1),
        Spoken(VARIANTS[3], "Bo Lee", "direct", beside="Moss"),
        Spoken([*PASSAGE, "and", "of", "rain"], "Bo Lee", "direct"),
    ]),
]  # fmt: skip


def clicked_links(browser, folder, corpus, counted, *, step=1):
    """Return each `step`th link, clicked in the report of a made-up corpus, whose texts are in several parts."""
    with pytest.MonkeyPatch.context() as monkeypatch:
        words = write_tables(folder / "tables", corpus, counted, monkeypatch)
    for name in FIGURES:
        write_text(folder / "figures" / f"{name}.svg", FIGURE)
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr(blocks, "PART_TOKENS", 40)
        report = render_report(folder / "tables", folder / "figures", {}, OPTIONS._replace(words=words))
    page = folder / "report.html"
    page.write_text(report.page, encoding="utf-8")
    browser.look()
    browser.open(page)
    browser.until("document.querySelector('#reading-room') !== null")
    return browser.value(f"{CLICKED}({step})")


def wrong(clicked):
    """Return the links whose list does not begin with the number of the cell; of a name, those without rows."""
    first = [(message or "nothing").split()[0].rstrip(":") for *_, message in clicked]
    return [
        each
        for each, amount in zip(clicked, first, strict=True)
        if (amount != each[3] if each[2] else amount[0] not in "123456789")
    ]


@pytest.fixture(scope="module")
def first(browser, tmp_path_factory):
    """Return the lists behind links of the report of FIRST: of its tables, first screen and labels of a figure."""
    clicked = clicked_links(browser, tmp_path_factory.mktemp("first"), FIRST, "lemma", step=3)
    return clicked, browser.value(FIRST_SCREEN), browser.value(LABELS)


def linked_columns():
    """Return the columns with links to lists, as (table of the page, heading)."""
    return {(view.key, column.heading) for view in views() for column in view.columns if column.link}


@pytest.mark.filterwarnings("ignore")
def test_every_table_has_its_links(first):
    clicked, *_ = first
    there = {(table.removeprefix("table-"), heading) for table, heading, *_ in clicked}
    assert linked_columns() <= there
    assert wrong(clicked) == []


@pytest.mark.filterwarnings("ignore")
def test_numbers_of_the_first_screen_lead_to_their_rows(first):
    _, first_screen, _ = first
    numbers = {"documents", "share of its words in quotation marks", "all documents", "all statements"}
    labels = {label for label, *_ in first_screen}
    assert labels == numbers | {"most quoted", "commonest frame"}
    counts = [(text, shown.split()[0].rstrip(":")) for label, text, shown in first_screen if label in numbers]
    assert [text for text, _ in counts] == [shown for _, shown in counts] and len(counts) == 6
    assert all(shown[0] in "123456789" for *_, shown in first_screen)


@pytest.mark.filterwarnings("ignore")
def test_a_count_in_a_figure_leads_to_its_rows_and_a_place_on_an_axis_nowhere(first):
    *_, labels = first
    href = "#rows=" + quote('["documents of a group",["value"],["A"],"documents"]', safe="")
    assert labels == [["A (3)", href], ["3", None]]


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
@given(CORPORA, COUNTED)
@settings(max_examples=25,
          suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])  # fmt: skip
def test_the_rows_behind_a_number_are_as_many_as_it_says(browser, tmp_path_factory, corpus, counted):
    assert wrong(clicked_links(browser, tmp_path_factory.mktemp("links"), corpus, counted)) == []
