"""The toolbox: groups are hidden, named, coloured and moved while a reader reads, and no number changes."""

import pytest

from scripts.report.choices.view_files import parse_view
from tests.browser.conftest import write_report
from tests.browser.test_ask import BAR, CHOSEN, address
from tests.browser.test_report import READY, TOO_WIDE, faults
from tests.report.corpus import NAMES

PANEL = "document.querySelector('#toolbox')"
OPENED = "!document.querySelector('#ask .open-groups').hidden"
NOTE = "document.querySelector('#ask .groups-note')"
ROWS = "[...document.querySelectorAll('#groups tbody tr')]"
COMPARED = f"{ROWS}.filter(row => row.checkVisibility()).map(row => row.cells[0].textContent)"
VIEW = "JSON.parse(decodeURIComponent(location.hash.slice(5)))"
HOSTILE = "<img src=x onerror=alert(1)>"


@pytest.fixture(scope="module")
def grouped(tmp_path_factory):
    """Return a report of forty documents in three groups, all of which stand on the first screen."""
    names = [*NAMES, *(f"Speaker {n}" for n in range(35))]
    groups = ["Globe", "Post", "Star"]
    speakers = [{"group": group, "speaker": name, "share": 0.4} for group in groups for name in NAMES[:2]]
    folder = tmp_path_factory.mktemp("grouped")
    return write_report(folder, names, groups=groups, checked={"speakers_by_group": speakers})


def press(browser, *keys):
    """Write a text, or press keys by their names."""
    codes = {"Tab": 9, "Enter": 13, "Escape": 27, " ": 32, "ArrowDown": 40}
    for key in keys:
        if key not in codes:
            browser.call("Input.insertText", text=key)
            continue
        text = {"Enter": "\r", " ": " "}.get(key, "")
        about = {"key": key, "code": "Space" if key == " " else key, "windowsVirtualKeyCode": codes[key]}
        browser.call("Input.dispatchKeyEvent", type="keyDown", **about, **({"text": text} if text else {}))
        browser.call("Input.dispatchKeyEvent", type="keyUp", **about)


@pytest.mark.parametrize(("dark", "width"), [(False, 1280), (True, 360)])
def test_groups_are_hidden_named_coloured_and_moved_by_keyboard(browser, axe, grouped, dark, width):
    browser.look(dark=dark, width=width)
    browser.open(grouped)
    browser.until(f"{READY} && {OPENED}")
    assert browser.value(COMPARED) == ["Globe", "Post", "Star"]
    numbers = browser.value(f"{ROWS}.map(row => [...row.cells].slice(1).map(cell => cell.textContent))")
    browser.value("document.querySelector('#ask .open-groups').focus()")
    press(browser, "Enter")
    browser.until(f"document.activeElement === {PANEL}")
    # Past the button that closes it: shown or not, name, colour, up, down.
    press(browser, "Tab", "Tab", " ")
    browser.until(f"{NOTE}.checkVisibility()")
    assert browser.value(f"{NOTE}.textContent") == "1 group hidden, but still in all totals Show all"
    press(browser, *["Tab"] * 6, HOSTILE, "Tab", "ArrowDown", "Tab", "Tab", "Enter")
    browser.until(f"{VIEW}.groups_shown.order && {VIEW}.groups_shown.names")
    assert browser.value(VIEW) == {
        "choose": {},
        "groups_shown": {
            "hidden": ["Globe"], "names": {"Post": HOSTILE}, "colours": {"Post": "blue"},
            "order": ["Globe", "Star", "Post"],
        },
    }  # fmt: skip
    assert browser.value("document.activeElement.getAttribute('aria-label')") == "Move down: Post"
    assert browser.value(f"{PANEL}.querySelector('[role=status]').textContent") == "Now 3 of 3."
    browser.until(f"{COMPARED}.length === 2")
    assert browser.value(COMPARED) == ["Star", HOSTILE]
    assert browser.value(f"{ROWS}.map(row => row.querySelectorAll('.sign').length)") == [0, 0, 1]
    assert browser.value("document.documentElement.scrollWidth") <= width
    assert browser.value(TOO_WIDE) == []
    assert faults(browser, axe, "#ask, #toolbox, #groups") == []
    press(browser, "Escape")
    assert browser.value("document.activeElement.className") == "open-groups"
    assert not browser.value(f"{PANEL}.checkVisibility()")
    # All are there again, and no number is another.
    browser.value("document.querySelector('#ask .show-all').click()")
    browser.until(f"!{NOTE}.checkVisibility()")
    assert browser.value(COMPARED) == ["Globe", "Star", HOSTILE]
    after = browser.value(f"{ROWS}.map(row => [...row.cells].slice(1).map(cell => cell.textContent))")
    assert sorted(after) == sorted(numbers)
    assert browser.signs() == []


SHOWN = {"hidden": ["Star"], "names": {"Globe": HOSTILE}, "colours": {"Globe": "green"}, "order": ["Post", "Globe"]}


def test_an_address_shows_groups_in_tables_figures_and_what_is_chosen(browser, grouped):
    browser.look()
    view = {"choose": {"groups": ["Globe"]}, "against": "others", "groups_shown": SHOWN}
    browser.open(grouped, address(view))
    browser.until(f"{CHOSEN} && document.querySelector('#choice').dataset.compared && {NOTE}.checkVisibility()")
    assert browser.value(BAR) == f"Documents of {HOSTILE} against All others (not documents of {HOSTILE})"
    drawn = "document.querySelector('#choice .drawing svg').outerHTML"
    assert "#009e73" in browser.value(drawn) and "#d55e00" not in browser.value(drawn)
    browser.value("document.querySelector('.view-file').open = true")
    file = "document.querySelector('.view-file pre').textContent"
    browser.until(f"{file}.includes('others')")
    assert parse_view("a.yaml", browser.value(file).encode()).groups.hidden == ("Star",)
    browser.value("document.querySelector('#ask .clear').click()")
    assert browser.value(VIEW) == {"choose": {}, "groups_shown": SHOWN}
    assert browser.value(COMPARED) == ["Post", HOSTILE]
    # On paper the bar is gone, but for what is hidden.
    browser.look(media="print")
    assert browser.value(f"{NOTE}.checkVisibility()")
    assert (
        browser.value("document.querySelectorAll('#ask button').values().some(each => each.checkVisibility())") is False
    )
    browser.look()
    boxes = "[...document.querySelectorAll('[data-side=choose] [data-condition=groups] label:not([hidden])')]"
    assert browser.value(f"{boxes}.map(label => label.textContent.trim())") == ["Post", HOSTILE]
    cells = "[...document.querySelectorAll('#table-speakers-by-group-data tbody td:first-child')]"
    browser.value("document.querySelectorAll('details').forEach(each => { each.open = true })")
    browser.value("document.querySelector('#table-speakers-by-group-data').scrollIntoView()")
    browser.until(f"{cells}.length === 4 && {cells}[0].textContent === 'Post'")
    assert browser.value(f"{cells}.map(cell => cell.textContent)") == [*["Post"] * 2, *[HOSTILE] * 2]
    # The run drew the figures: groups have their names there, hidden ones are gone, and the page says the rest.
    figure = "document.querySelector('#figure-speakers_by_group')"
    panels = f"[...{figure}.querySelectorAll('[data-group]')].filter(panel => panel.getAttribute('display') !== 'none')"
    titles = f"{panels}.map(panel => panel.textContent).join()"
    assert browser.value(f"{panels}.length") == 2
    assert HOSTILE[:19] in browser.value(titles) and "Star (" not in browser.value(titles)
    assert "the order is that of the run" in browser.value(f"{figure}.querySelector('.as-run').textContent")
    assert browser.signs() == []
