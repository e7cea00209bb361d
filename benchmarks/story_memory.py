"""Memory and time of the stories against the number of documents.

    python -m benchmarks.story_memory RESULTS [--copies 1 5 16 51 153]

RESULTS are those of a finished run of one batch. What the step reads is written so many times into a temporary folder,
each copy with names of documents and families of quotes of its own, and words of like frequency in each other's place
(`benchmarks.replicate`), so that its articles are about other events; then the step runs on it.
"""

import argparse
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from benchmarks.corpus_jobs import MILLION, Cost, line_through, measured
from benchmarks.replicate import dealt_words, with_changed_texts, words_by_frequency
from benchmarks.run import machine
from scripts.core.storage import open_parquet, own_texts, parquet_writer, read_parquet, write_parquet
from scripts.plan.prepare import set_environment
from scripts.stories.story_vectors import COLUMNS

_TABLES = ("documents", "boilerplate_places", "entities_documents", "quote_reuse")


def copied(table: pa.Table, copy: int, words: Mapping[str, str]) -> pa.Table:
    """Return the rows of a table as those of a copy, in which words stand in each other's place."""
    if "family" in table.column_names:
        families = 1 + (pc.max(table["family"]).as_py() or 0)
        at = table.schema.get_field_index("family")
        table = table.set_column(at, table.schema.field(at), pc.add(table["family"], copy * families))
    names = dict.fromkeys(("doc_id", "duplicate_of") if copy else (), lambda name: f"{name}~{copy:04}")
    return with_changed_texts(table, {**names, "norm": lambda word: words.get(word, word)})


def write_story_copies(tables: Path, folder: Path, copies: int, words: Sequence[list[str]]) -> None:
    """Write tables of a run that the step reads into a folder, with so many copies of their rows."""
    for name in _TABLES:
        table = read_parquet(tables / f"{name}.parquet")
        with parquet_writer(folder / f"{name}.parquet", table.schema) as out:
            for copy in range(copies):
                out.write_table(copied(table, copy, {}).cast(table.schema))
    tokens = read_parquet(tables / "tokens.parquet", COLUMNS)
    for copy in range(copies):
        rows = copied(tokens, copy, dealt_words(words, copy) if copy else {})
        write_parquet(folder / "tokens.parquet" / f"{copy:04}.parquet", own_texts(rows))


def main() -> None:
    """Print a row for each number of copies, and the megabytes of a million documents."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("results", type=Path)
    parser.add_argument("--copies", type=int, nargs="+", default=[1, 5, 16, 51, 153])
    parser.add_argument("--limit", type=float, default=8, help="gigabytes")
    options = parser.parse_args()
    set_environment()
    results: Path = options.results.resolve()
    number = open_parquet(results / "tables" / "documents.parquet").metadata.num_rows
    words = [[*dict.fromkeys(map(str.lower, each))] for each in words_by_frequency([results / "batches" / "all"])]
    print(machine(), "| documents | MB | CPU s |\n|---|---|---|", sep="\n")
    costs: dict[int, Cost] = {}
    for copies in options.copies:
        with tempfile.TemporaryDirectory(prefix=f"stories-{copies}-") as temporary:
            write_story_copies(results / "tables", Path(temporary), copies, words)
            arguments = f"--settings {results}/stages/stories.json --folder {temporary}"
            cost = measured(f"python -m scripts.stories.stories {arguments}", gigabytes=options.limit)
        costs[copies * number] = cost
        print(f"| {copies * number:,} | {cost.megabytes:,.0f} | {cost.cpu:.1f} |", flush=True)
    if len(costs) > 1:
        print(f"a million, by the line through the last two: {line_through(costs, MILLION):,.0f} MB")


if __name__ == "__main__":
    main()
