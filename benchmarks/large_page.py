"""Cost of the page of a corpus that does not fit into one, and how fast it opens and answers in Chromium.

    python -m benchmarks.large_page RESULTS FOLDER --copies 5 51

RESULTS are those of a finished run. Each table with rows of documents is written so many times under other names of
documents to FOLDER, where it stays; tables of statistics are those of the run. So texts, marks and places are as many
as those of real articles, and the vocabulary does not grow. Printed are the memory and the CPU seconds of the report's
job, of the job again after one article more, what it writes an article, and CPU seconds and seconds in the browser.
"""

import argparse
import json
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path

import numpy as np
import pyarrow as pa

from benchmarks.page import QUERIES
from benchmarks.replicate import with_changed_texts
from benchmarks.run import machine
from scripts.core.own_files import MARKER
from scripts.core.storage import ROOT, parquet_writer, read_parquet
from scripts.plan.settings import check
from scripts.report.large.split import hashes
from tests.browser.chromium import Chromium

# Columns with the name of a document; in `similarity` the second of a pair is `other`.
_NAMED = ("doc_id", "seed", "other")
_OF_DOCUMENTS = (
    *("documents", "document_groups", "document_origins", "readability", "sentences", "quotes", "quote_sources"),
    *("entities", "entity_mentions", "frame_codes", "boilerplate_places", "topic_documents", "story_documents"),
    *("diversity", "entities_documents", "name_links", "similarity", "tf_idf"),
)
_GROUP = 8_192


def copy_name(doc_id: str, copy: int) -> str:
    """Return the name of a document in a copy.

    >>> copy_name("a.txt", 1), copy_name("a.txt", 0)
    ('!0001/a.txt', 'a.txt')
    """
    return f"!{copy:04}/{doc_id}" if copy else doc_id


def _renamed(table: pa.Table, copy: int) -> pa.Table:
    """Return the rows of a table under other names of documents, of which those of a lower copy come first; of the
    last copy, 0, they stay as they are."""
    renamed = with_changed_texts(table, dict.fromkeys(_NAMED, partial(copy_name, copy=copy)))
    return renamed.cast(table.schema)


def _tokens(table: pa.Table, copies: int, folder: Path, bits: int) -> None:
    """Write the tokens of all copies by the first bits of the hashes of their documents, as groups of batches are."""
    with ExitStack() as stack:
        names = [f"{number:0{bits}b}" for number in range(2**bits)] if bits else ["all"]
        paths = [folder / "tokens.parquet" / f"{name}.parquet" for name in names]
        writers = [stack.enter_context(parquet_writer(path, table.schema)) for path in paths]
        doc_id = table["doc_id"].combine_chunks().dictionary_encode()
        for copy in (*range(1, copies), 0):
            texts = [copy_name(text, copy) for text in doc_id.dictionary.to_pylist()]
            group = (hashes(texts) >> (40 - bits))[doc_id.indices.to_numpy()]
            rows = _renamed(table, copy)
            for number, writer in enumerate(writers):
                writer.write_table(rows.take(pa.array(np.flatnonzero(group == number))))


def write_copies(tables: Path, folder: Path, copies: int) -> int:
    """Write the tables of so many copies of a corpus to a folder; return how many documents they have."""
    folder.mkdir(parents=True)
    documents = read_parquet(tables / "documents.parquet", ["doc_id"]).num_rows
    for path in tables.glob("*.parquet"):
        if path.stem == "tokens":
            bits = max(0, int(np.ceil(np.log2(documents * copies / _GROUP))))
            _tokens(read_parquet(path), copies, folder, bits)
        elif path.stem in _OF_DOCUMENTS:
            table = read_parquet(path)
            with parquet_writer(folder / path.name, table.schema) as writer:
                for copy in (*range(1, copies), 0):
                    writer.write_table(_renamed(table, copy))
        else:
            (folder / path.name).symlink_to(path.resolve())
    return documents * copies


def run_report(folder: Path, figures: Path) -> tuple[float, float]:
    """Write the report of the tables in a folder; return the peak megabytes of its processes, and their CPU seconds."""
    settings = {"settings": check({}), "files": {}, "user_files": {}}
    (folder / "stage.json").write_text(json.dumps(settings), encoding="utf-8")
    (folder / "provenance.json").write_text("{}", encoding="utf-8")
    shutil.rmtree(folder / "report-data", ignore_errors=True)
    # However small, it is told to be too large for a page.
    module = "import resource, runpy, sys; from scripts.report import page; page.MOST_TOKENS = 0; "
    module += "runpy.run_module('scripts.report', run_name='__main__', alter_sys=True); "
    # The peak of this process and of its own child, which are there at once.
    module += "print(*(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)))"
    arguments = ["--tables", folder / "tables", "--figures", figures, "--provenance", folder / "provenance.json"]
    arguments += ["--settings", folder / "stage.json", "--output", folder / "report.html", "--processes", "2"]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        [sys.executable, "-c", module, *arguments], cwd=ROOT, check=True, capture_output=True, encoding="utf-8"
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return sum(map(int, done.stdout.split()[-2:])) / 1000, cpu


def searched(page: Path) -> Iterator[tuple[str, float]]:
    """Yield the seconds in which the page opens, searches for the first time, for each query, and opens a number."""
    with Chromium() as browser:
        browser.look(width=1280)
        browser.open(page)
        timing = "performance.getEntriesByType('navigation')[0]"
        yield "opened", float(str(browser.value(f"{timing}.loadEventEnd - {timing}.startTime"))) / 1000
        form, done = "document.querySelector('#search form')", "document.querySelector('#search').dataset.milliseconds"
        for query in ("senator", *QUERIES):
            browser.value(
                f"delete {done}; {form}.elements.query.value = {json.dumps(query)}; {form}.requestSubmit(); 0"
            )
            browser.until(f"{done} !== undefined")
            yield query, float(str(browser.value(done))) / 1000
        link = "document.querySelector('#table-speakers tbody a[href^=\"#rows\"]')"
        browser.value("document.querySelector('#table-speakers').scrollIntoView()")
        browser.until(f"{link} !== null")
        begun = time.monotonic()
        browser.value(f"{link}.click()")
        browser.until("document.querySelector('#rows li') !== null")
        yield "the statements of a speaker", time.monotonic() - begun


def main() -> None:
    """Print a row for each number of copies."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("results", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--copies", type=int, nargs="+", default=[5, 51])
    options = parser.parse_args()
    print(machine())
    for copies in options.copies:
        folder = options.folder / str(copies)
        if not (folder / "tables").exists():
            write_copies(options.results / "tables", folder / "tables", copies)
        documents = read_parquet(folder / "tables" / "documents.parquet", ["doc_id"]).num_rows
        for which in ("first", "again"):
            megabytes, cpu = run_report(folder, options.results / "figures")
            print(f"{documents:,} documents, {which}: {megabytes:,.0f} MB, {cpu:.0f} CPU s", flush=True)
        files = [path for path in (folder / "report-data").iterdir() if path.name != MARKER]
        size = sum(path.stat().st_size for path in files) / documents / 1000
        page = (folder / "report.html").stat().st_size / 1e6
        print(f"page {page:.1f} MB, {len(files):,} files beside it with {size:.1f} KB an article", flush=True)
        print(
            "; ".join(f"{action} {seconds:.2f} s" for action, seconds in searched(folder / "report.html")), flush=True
        )


if __name__ == "__main__":
    main()
