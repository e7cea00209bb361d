"""Rows of quote_sources small enough to count by hand, shared by the tests of shares of sources."""

import pandas as pd
import pyarrow as pa

from scripts.core.known_sources import parse_known
from scripts.core.schemas import arrow_schema
from scripts.sources import source_shares

KNOWN = parse_known("s.csv", b"name,gender\nAnn,woman\nBo,man\nCy,\n")  # rows 2, 3 and 4
COLUMNS = ["doc_id", "kind", "row", "words", "words_direct", "first", "early"]


def quotes(*rows, stances=()):
    """Return rows of quote_sources, all with a neutral cue where no stances are named."""
    table = pd.DataFrame(rows, columns=COLUMNS)
    stances = [*stances] or ["neutral"] * len(rows)
    return table.assign(row=pd.array(table["row"].tolist(), dtype="Int64"), stance=stances)


ROWS = quotes(
    ("a", "politician", 2, 30, 10, True, True),
    ("a", "citizen", 3, 10, 10, False, True),
    ("b", "politician", 4, 20, 0, True, False),
    ("b", "unknown", None, 40, 20, False, False),
    ("copy", "citizen", 3, 99, 99, True, True),
    stances=["neutral", "doubting", "endorsing", "", "doubting"],
)
GROUPS = pd.Series({"a": "Globe", "b": "Post", "silent": "Post"})


def as_rows(table):
    """Return a data frame of `quotes` as rows of the table quote_sources."""
    schema = pa.schema([arrow_schema("quote_sources").field(name) for name in table.columns])
    return pa.Table.from_pandas(table, schema, preserve_index=False)


def share_tables(rows, groups, known, **options):
    """Return the tables of `source_shares` as data frames."""
    tables = source_shares.share_tables(as_rows(rows), groups.to_dict(), known, **options)
    return {name: table.to_pandas() for name, table in tables.items()}


def chosen_rows(table, **chosen):
    for column, value in chosen.items():
        table = table[table[column] == value]
    return table.set_index("value")


def simulated(n, share, random, *, group):
    """Return attributions of n documents, each with ten words of a politician or a citizen, and their groups."""
    drawn = random.random(n) < share
    rows = [
        (f"{group}{at}", "politician" if is_one else "citizen", None, 10, 0, True, True)
        for at, is_one in enumerate(drawn)
    ]
    return rows, {f"{group}{at}": group for at in range(n)}
