"""CPU seconds of each test and file, which other work on the machine changes little: `python -m pytest -p tests.cost`.

Those of the processes that a test starts count, and those of a shared fixture for the test that comes first.
"""

import os
import resource
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

BEGIN = pytest.StashKey[float]()
_SHOWN = 15
_costs: dict[str, float] = {}


def cpu_seconds() -> float:
    """Return the CPU seconds of this process and of its children; of children that still run only on Linux."""
    usages = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in usages) + _of_living("self")


def _of_living(process: str) -> float:
    """Return the CPU seconds of the living children of a process, theirs included."""
    seconds = 0.0
    with suppress(FileNotFoundError):  # one has just ended
        for thread in Path("/proc", process, "task").iterdir():
            for child in _read(thread / "children").split():
                numbers = _read(Path("/proc", child, "stat")).rpartition(")")[2].split()
                seconds += sum(map(int, numbers[11:15])) / os.sysconf("SC_CLK_TCK") + _of_living(child)
    return seconds


def _read(path: Path) -> str:
    """Return the text of a file, also while a test has something else in place of the methods of Path."""
    with open(path, encoding="utf-8") as file:  # noqa: PTH123
        return file.read()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> Iterator[None]:
    """Record where a test begins."""
    item.stash[BEGIN] = cpu_seconds()
    return (yield)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_teardown(item: pytest.Item) -> Iterator[None]:
    """Put the cost of a test into its last report, which pytest-xdist sends on."""
    outcome = yield
    item.user_properties.append(("cpu_seconds", cpu_seconds() - item.stash[BEGIN]))
    return outcome


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Take in the cost of a test that has ended."""
    for name, cost in report.user_properties:
        if name == "cpu_seconds":
            _costs[report.nodeid] = cost


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the tests and the files of tests that cost most, as rows of tables of Markdown."""
    files = Counter[str]()
    for name, cost in _costs.items():
        files[name.partition("::")[0]] += cost
    terminalreporter.section(f"CPU seconds of {len(_costs):,} tests: {sum(_costs.values()):.0f}")
    for costs in (_costs, files):
        for name, cost in Counter(costs).most_common(_SHOWN):
            terminalreporter.line(f"| `{name}` | {cost:.0f} |")
        terminalreporter.line("")
