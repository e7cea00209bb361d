"""Size of a report, times to open, search and query it in Chromium: `python -m benchmarks.page results/report.html`.

Times are clock milliseconds, and CPU seconds of the page's own thread, which other work on the machine hardly changes.
If the corpus is too large to choose documents on the page, choices are not measured.
"""

import argparse
import json
import time
from pathlib import Path
from statistics import median
from urllib.parse import quote

from tests.browser.chromium import Chromium

# Frequent and rare words, a phrase, a word's beginning and a lemma.
QUERIES = ("the", "tariff", '"white house"', "immigra*", "lemma:say that", "of the")
_OPENED = "(at => at.loadEventEnd - at.startTime)(performance.getEntriesByType('navigation')[0])"
_SPEAKERS = "document.querySelector('#table-speakers')"
_STATEMENTS = f"{_SPEAKERS}.querySelector('tbody a[href^=\"#rows\"]')"
_TIMES = 5
# Choices by words, whoever says them; the second takes the sentences that have them.
VIEWS = ({"words": "the"}, {"words": "said | says", "take": "sentences"}, {"words": "president | government"})


def _number(browser: Chromium, script: str) -> float:
    return float(str(browser.value(script)))


def _open(browser: Chromium, page: Path) -> None:
    """Open a page and wait for its texts."""
    browser.open(page)
    browser.until("document.querySelector('#reading-room') !== null")


def _cpu(browser: Chromium) -> float:
    """Return the CPU seconds of the page's thread since it was opened."""
    metrics = browser.call("Performance.getMetrics")["metrics"]
    return next(float(each["value"]) for each in metrics if each["name"] == "TaskDuration")


def _waited(browser: Chromium, element: str, action: str) -> float:
    """Return the milliseconds that an element reports for its answer to an action."""
    taken = f"document.querySelector('{element}').dataset.milliseconds"
    browser.value(f"delete {taken}; {action}; 0")
    browser.until(f"{taken} !== undefined")
    return _number(browser, taken)


def _asked(browser: Chromium, choice: dict[str, str]) -> tuple[float, float]:
    """Return the milliseconds and the CPU seconds of a choice."""
    before = _cpu(browser)
    address = quote(json.dumps({"choose": choice}))
    return _waited(browser, "#choice", f"location.hash = 'ask={address}'"), _cpu(browser) - before


def _searched(browser: Chromium, query: str) -> float:
    """Return the milliseconds of a search."""
    form = "document.querySelector('#search form')"
    return _waited(browser, "#search", f"{form}.elements.query.value = {json.dumps(query)}; {form}.requestSubmit()")


def _statements_opened(browser: Chromium) -> float:
    """Return the milliseconds from a click on a speaker's number of statements to the first, with no choice active."""
    browser.value(f"{_SPEAKERS}.scrollIntoView()")
    browser.until(f"{_STATEMENTS} !== null")
    begun = time.monotonic()
    browser.value(f"{_STATEMENTS}.click()")
    browser.until("document.querySelector('#rows li') !== null")
    return 1000 * (time.monotonic() - begun)


def measure(page: Path) -> dict[str, float]:
    """Return a page's megabytes and its times: until loaded, until its text is ready, of searches, choices, statements.

    The first choice is made on a freshly opened page, so it unpacks the corpus.
    """
    with Chromium() as browser:
        browser.call("Performance.enable", timeDomain="threadTicks")
        browser.look(width=1280)
        opened, ready, opened_cpu, firsts = [], [], [], []
        is_asked = True
        for _ in range(_TIMES):
            _open(browser, page)
            ready.append(_number(browser, "performance.now()"))
            opened.append(_number(browser, _OPENED))
            opened_cpu.append(_cpu(browser))
            is_asked = "cannot be chosen here" not in str(browser.value("document.querySelector('#ask').textContent"))
            if is_asked:
                firsts.append(_asked(browser, {"words": "warm up"}))
        _, *searches = [_searched(browser, query) for query in ("warm up", *QUERIES)]
        times = {
            "megabytes": page.stat().st_size / 1e6,
            "opened_ms": median(opened),
            "text_ready_ms": median(ready),
            "opened_cpu_s": median(opened_cpu),
            "slowest_search_ms": max(searches),
        }
        if is_asked:
            choices = [_asked(browser, choice) for choice in VIEWS]
            times |= {
                "first_choice_ms": median(ms for ms, _ in firsts),
                "first_choice_cpu_s": median(seconds for _, seconds in firsts),
                "slowest_choice_ms": max(ms for ms, _ in choices),
                "slowest_choice_cpu_s": max(seconds for _, seconds in choices),
            }
        _open(browser, page)
        return times | {"statements_ms": _statements_opened(browser)}


def main() -> None:
    """Measure one or more reports."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("report", type=Path, nargs="+")
    for page in parser.parse_args().report:
        print(page, *(f"{name} {value:.2f}" for name, value in measure(page).items()))


if __name__ == "__main__":
    main()
