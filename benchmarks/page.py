"""Size of a report, time to open, search and ask it in Chromium: `python -m benchmarks.page results/report.html`."""

import argparse
import json
from pathlib import Path
from statistics import median
from urllib.parse import quote

from tests.browser.chromium import Chromium

# Frequent and rare words, a phrase, a beginning and a lemma.
QUERIES = ("the", "tariff", '"white house"', "immigra*", "lemma:say that", "of the")
_OPENED = "(at => at.loadEventEnd - at.startTime)(performance.getEntriesByType('navigation')[0])"
_TIMES = 5
# Chosen by everybody: words, and the sentences that have them, each with what a reader waits for.
VIEWS = ({"words": "the"}, {"words": "said | says", "take": "sentences"}, {"words": "president | government"})


def measure(page: Path) -> dict[str, float]:
    """Return megabytes of a page, and milliseconds until it has loaded and has text, of a search, of a choice."""
    with Chromium() as browser:
        browser.look(width=1280)
        opened, ready, searches = [], [], []
        for _ in range(_TIMES):
            browser.open(page)
            browser.until("document.querySelector('#reading-room') !== null")
            ready.append(float(str(browser.value("performance.now()"))))
            opened.append(float(str(browser.value(_OPENED))))
        form = "document.querySelector('#search form')"
        for query in ("warm up", *QUERIES):
            browser.value("delete document.querySelector('#search').dataset.milliseconds")
            browser.value(f"{form}.elements.query.value = {json.dumps(query)}; {form}.requestSubmit(); 0")
            browser.until("document.querySelector('#search').dataset.milliseconds !== undefined")
            searches.append(float(str(browser.value("document.querySelector('#search').dataset.milliseconds"))))
        choices = []
        for choice in ({"words": "warm up"}, *VIEWS):
            address = quote(json.dumps({"choose": choice}))
            browser.value(
                f"delete document.querySelector('#choice').dataset.milliseconds; location.hash = 'ask={address}'"
            )
            browser.until("document.querySelector('#choice').dataset.milliseconds !== undefined")
            choices.append(float(str(browser.value("document.querySelector('#choice').dataset.milliseconds"))))
    return {
        "megabytes": page.stat().st_size / 1e6,
        "opened_ms": median(opened),
        "text_ready_ms": median(ready),
        "slowest_search_ms": max(searches[1:]),
        "slowest_choice_ms": max(choices[1:]),
    }


def main() -> None:
    """Measure one report or more."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("report", type=Path, nargs="+")
    for page in parser.parse_args().report:
        print(page, *(f"{name} {value:.1f}" for name, value in measure(page).items()))


if __name__ == "__main__":
    main()
