"""Count the numbers, words and pixels of a page before anything is clicked.

    python -m benchmarks.first_screen results/report.html

Measures, at 1280 x 900, the numbers and words on the first screen, the entries of the menu, the height of the page and
the terms that are not explained there; at 360 x 740, how many screens down "Who speaks?" begins; on paper, the fewest
lines on a page.
"""

import argparse
import io
from base64 import b64decode
from pathlib import Path
from typing import Any

from pypdf import PdfReader

from tests.browser.chromium import Chromium

# The limits that the page keeps (docs/report.md).
NUMBERS, WORDS, MENU, HEIGHT, PHONE_SCREENS = 36, 200, 8, 15_000, 2
# Technical terms, each to be explained by a <dfn> where it is used.
TERMS = ("evenness", "cue", "adjusted p", "attributed", "in quotation marks")
# True once the page has loaded its tools.
READY = "document.querySelector('#reading-room') !== null || !document.querySelector('#data-corpus')"
_MEASURE = """
(() => {
    const seen = element => element.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true });
    const texts = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const element = node.parentElement;
        if (!element.closest('script, style, .vh, .skip, svg') && seen(element)) {
            const range = document.createRange();
            range.selectNodeContents(node);
            const box = range.getBoundingClientRect();
            if (box.width && box.top < innerHeight && box.bottom > 0) texts.push([node.textContent, element]);
        }
    }
    const text = texts.map(([each]) => each).join(' ');
    const answer = texts.filter(([, element]) => element.closest('#answer')).map(([each]) => each).join(' ');
    const defined = [...document.querySelectorAll('#answer dfn')].filter(seen).map(each => each.textContent);
    return {
        numbers: (text.match(/\\d[\\d.,:%-]*/g) ?? []).length,
        words: (answer.match(/[^\\s]*\\p{L}[^\\s]*/gu) ?? []).length,
        menu: [...document.querySelectorAll('.top nav a')].filter(seen).length,
        height: document.documentElement.scrollHeight,
        unexplained: TERMS.filter(term => answer.includes(term) && !defined.some(each => each.includes(term))),
        opened: [...document.querySelectorAll('article.reading')].filter(seen).length,
        sideways: [...document.querySelectorAll('.scroll')].filter(each => seen(each)
            && each.scrollWidth > each.clientWidth + 1).map(each => each.getAttribute('aria-label')),
    };
})()
"""
_SPEAKERS_AT = """[...document.querySelectorAll('.card h2')].find(each => each.textContent === 'Who speaks?')
    .getBoundingClientRect().top / innerHeight"""


def _fewest_lines(browser: Chromium) -> int:
    """Return the number of lines of text on the emptiest printed page."""
    data = b64decode(browser.call("Page.printToPDF", preferCSSPageSize=True)["data"])
    return min(len(page.extract_text().split("\n")) for page in PdfReader(io.BytesIO(data)).pages)


def measure(browser: Chromium, page: Path) -> dict[str, Any]:
    """Return the counts of numbers, words and menu entries, the unexplained terms and the sizes of a page."""
    browser.look(width=1280, height=900)
    browser.open(page)
    browser.until(READY)
    browser.settle(0.3)
    wide: Any = browser.value(_MEASURE.replace("TERMS", str(list(TERMS))))
    wide["fewest_lines_on_paper"] = _fewest_lines(browser)
    browser.look(width=360, height=740)
    browser.open(page)
    browser.until(READY)
    browser.settle(0.3)
    return wide | {"phone_screens": round(float(str(browser.value(_SPEAKERS_AT))), 2)}


def main() -> None:
    """Measure one or more reports."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("report", type=Path, nargs="+")
    with Chromium() as browser:
        for page in parser.parse_args().report:
            print(page, f"{page.stat().st_size:,} bytes", measure(browser, page))


if __name__ == "__main__":
    main()
