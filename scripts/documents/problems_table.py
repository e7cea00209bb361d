"""The table `problems`: faults in seeds, and documents on which a step failed; and the setting `strict`."""

import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyarrow as pa

from scripts.core.batches import REFERENCE, read_batches
from scripts.core.options import path_options
from scripts.core.schemas import table_entry
from scripts.core.storage import read_parquet, read_settings, rows_to_table
from scripts.core.tables import write_table

_NUMBER = re.compile("[0-9]+")


def failures(folder: Path, steps: Iterable[str]) -> Iterator[pa.Table]:
    """Yield the problems that the guarded `steps` wrote beside their tables, for each batch below `folder`."""
    for batch in read_batches(folder):
        for step in steps:
            yield read_parquet(folder / batch / f"{step}_problems.parquet")


def of_reference(problems: pa.Table) -> pa.Table:
    """Return problems with seeds of the reference folder marked as such."""
    rows = problems.to_pylist()
    return rows_to_table("problems", ({**row, "seed": f"{REFERENCE}: {row['seed']}"} for row in rows))


def by_number(problems: pa.Table) -> pa.Table:
    """Return problems in the order of their table, with numbers in texts sorted by value: row 2 before row 10."""
    order = table_entry("problems")["order"]
    rows = problems.select(order).to_pylist()
    keys = [[_NUMBER.sub(lambda number: number[0].zfill(20), str(row[name])) for name in order] for row in rows]
    return problems.take(pa.array(sorted(range(len(keys)), key=keys.__getitem__), pa.int64()))


def strict_message(problems: pa.Table) -> str:
    """Return a message that lists each error and warning, "" if there is none."""
    serious = [row for row in problems.to_pylist() if row["severity"] != "note"]
    lines = [f"  {row['seed']}: {row['message']} ({row['severity']}, {row['code']})" for row in serious]
    return "\n".join(["strict is true, and these seeds have problems:", *lines]) if lines else ""


def main() -> None:
    """Write the table of all problems; with `strict`, fail at the end if there is an error or warning."""
    lists = ("review", "steps", "reference-steps")
    options = path_options(main.__doc__, "batches", "corpus", "settings", "folder", lists=lists)
    settings = read_settings(options.settings)
    parts = [read_parquet(options.corpus), *failures(options.batches, options.steps)]
    parts += (read_parquet(Path(path)) for path in options.review)
    parts += map(of_reference, failures(options.batches / REFERENCE, options.reference_steps))
    problems = by_number(pa.concat_tables(parts))
    write_table(options.folder, "problems", problems, **settings["tables"])
    if settings["strict"] and (message := strict_message(problems)):
        sys.exit(message)
