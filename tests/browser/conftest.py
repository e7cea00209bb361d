"""The browser tests need Chromium, and some of them axe-core; without them they are skipped and say what to install."""

from collections.abc import Mapping, Sequence
from itertools import cycle
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest

from scripts.core.storage import read_parquet, rows_to_table, write_parquet, write_text
from scripts.report.page import Options, render_report
from tests.browser.chromium import PROGRAM, Chromium
from tests.report.choices.made import write_made
from tests.report.corpus import HOSTILE, HUGE, NAMES, row, write_corpus
from tests.report.figures.parts import draw_svg_files
from tests.report.test_page import OPTIONS

AXE = Path(__file__).parent / "node_modules" / "axe-core" / "axe.min.js"


@pytest.fixture(scope="session")
def browser():
    """Yield a running Chromium."""
    if PROGRAM is None:
        pytest.skip("no Chromium: install Debian's package chromium")
    with Chromium() as chromium:
        yield chromium


@pytest.fixture(scope="session")
def axe():
    """Return the source of axe-core."""
    if not AXE.exists():
        pytest.skip("no axe-core: run npm ci in tests/browser")
    return AXE.read_text(encoding="utf-8")


def write_report(
    folder: Path,
    names: list[str],
    options: Options = OPTIONS,
    groups: Sequence[str] = (),
    checked: Mapping[str, list[dict[str, Any]]] = MappingProxyType({}),
    *,
    draw: bool = True,
) -> Path:
    """Return the report of a made-up corpus, with its figures if they are to be drawn.

    Documents go to the `groups` in turn. `checked` are rows of tables that come of people's sheets.
    """
    tables = write_corpus(folder / "tables", names)
    doc_ids = read_parquet(tables / "documents.parquet", ["doc_id"])["doc_id"].to_pylist()
    rows = [{"doc_id": doc_id, "group": group} for doc_id, group in zip(doc_ids, cycle(groups), strict=False)]
    write_parquet(tables / "document_groups.parquet", rows_to_table("document_groups", rows))
    for name, of_table in checked.items():
        write_parquet(tables / f"{name}.parquet", rows_to_table(name, [row(name, **each) for each in of_table]))
    if draw:
        draw_svg_files(tables, folder / "figures")
    page = folder / "report.html"
    report = render_report(tables, folder / "figures", {"seeds": names}, options)
    page.write_text(report.page, encoding="utf-8")
    for name, text in report.files.items():
        write_text(folder / name, text)
    return page


@pytest.fixture(scope="session")
def report(made_once):
    """Return a report of forty documents by speakers with long, Chinese and Arabic names."""
    names = [*NAMES, *(f"Speaker {n}" for n in range(35))]
    folder = made_once("report", lambda folder: write_report(folder, names, groups=["Globe", "Post"]))
    return folder / "report.html"


@pytest.fixture(scope="session")
def made_report(tmp_path_factory):
    """Return a report of the corpus of choices, which has topics, stories and three months."""
    folder = tmp_path_factory.mktemp("made")
    tables = write_made(folder / "tables")
    page = folder / "report.html"
    write_text(page, render_report(tables, folder / "figures", {"seeds": []}, OPTIONS).page)
    return page


@pytest.fixture(scope="session")
def hostile(tmp_path_factory):
    """Return a report of documents whose every text tries to act, or is a word of a megabyte."""
    return write_report(tmp_path_factory.mktemp("hostile"), [*HOSTILE, HUGE])
