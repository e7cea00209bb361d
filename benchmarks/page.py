"""Size of a report, time to open, search and ask it in Chromium: `python -m benchmarks.page results/report.html`.

Milliseconds of the clock, and CPU seconds of the page's own thread, which other work on the machine changes little.
"""

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


def _cpu(browser: Chromium) -> float:
    """Return the CPU seconds of the page's thread since it was opened."""
    metrics = browser.call("Performance.getMetrics")["metrics"]
    return next(float(each["value"]) for each in metrics if each["name"] == "TaskDuration")


def _asked(browser: Chromium, choice: dict[str, str]) -> tuple[float, float]:
    """Return the milliseconds and the CPU seconds of a choice."""
    before = _cpu(browser)
    address = quote(json.dumps({"choose": choice}))
    done = "document.querySelector('#choice').dataset.milliseconds"
    browser.value(f"delete {done}; location.hash = 'ask={address}'")
    browser.until(f"{done} !== undefined")
    return float(str(browser.value(done))), _cpu(browser) - before


def measure(page: Path) -> dict[str, float]:
    """Return megabytes of a page, and times until it has loaded and has text, of searches and of choices.

    The first choice is made on a page that was just opened, so it unpacks the corpus.
    """
    with Chromium() as browser:
        browser.call("Performance.enable", timeDomain="threadTicks")
        browser.look(width=1280)
        opened, ready, opened_cpu, firsts, searches = [], [], [], [], []
        for _ in range(_TIMES):
            browser.open(page)  # in a new process
            browser.until("document.querySelector('#reading-room') !== null")
            ready.append(float(str(browser.value("performance.now()"))))
            opened.append(float(str(browser.value(_OPENED))))
            opened_cpu.append(_cpu(browser))
            firsts.append(_asked(browser, {"words": "warm up"}))
        form = "document.querySelector('#search form')"
        for query in ("warm up", *QUERIES):
            browser.value("delete document.querySelector('#search').dataset.milliseconds")
            browser.value(f"{form}.elements.query.value = {json.dumps(query)}; {form}.requestSubmit(); 0")
            browser.until("document.querySelector('#search').dataset.milliseconds !== undefined")
            searches.append(float(str(browser.value("document.querySelector('#search').dataset.milliseconds"))))
        choices = [_asked(browser, choice) for choice in VIEWS]
    return {
        "megabytes": page.stat().st_size / 1e6,
        "opened_ms": median(opened),
        "text_ready_ms": median(ready),
        "opened_cpu_s": median(opened_cpu),
        "slowest_search_ms": max(searches[1:]),
        "first_choice_ms": median(ms for ms, _ in firsts),
        "first_choice_cpu_s": median(seconds for _, seconds in firsts),
        "slowest_choice_ms": max(ms for ms, _ in choices),
        "slowest_choice_cpu_s": max(seconds for _, seconds in choices),
    }


def main() -> None:
    """Measure one report or more."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("report", type=Path, nargs="+")
    for page in parser.parse_args().report:
        print(page, *(f"{name} {value:.2f}" for name, value in measure(page).items()))


if __name__ == "__main__":
    main()
