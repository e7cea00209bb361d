"""Groups of documents by the setting `groups`: a column, `month`, `year`, `folder`, or two of them together.

The table document_groups gives the group of each document; every step that compares groups reads it. With topics.yaml
documents can also be grouped by `topic`, their main topic (table topic_documents).
"""

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from pathlib import Path

import pyarrow as pa

from scripts.core.options import path_options
from scripts.core.storage import read_parquet, read_settings, read_without_texts, to_table
from scripts.core.tables import write_table

# Between the two values of a pair: "The Globe | 2025-03".
SEPARATOR = " | "
DERIVED = ("folder", "year", "month")
TOPIC, NO_TOPIC = "topic", "(no topic)"
_LENGTHS = {"year": 4, "month": 7}


class UnknownColumn(LookupError):
    """Raised if a setting names a column that the documents lack; the message lists the existing columns."""


def column_names(setting: str | Sequence[str]) -> list[str]:
    """Return the column names in the setting `groups`, as the user writes it or as `group_column` joins it.

    >>> column_names("outlet | month"), column_names(["outlet", "topic"])
    (['outlet', 'month'], ['outlet', 'topic'])
    """
    return setting.split(SEPARATOR) if isinstance(setting, str) else [*setting]


def group_column(setting: str | Sequence[str]) -> str:
    """Return the setting `groups` as the name of one column for `group_values`, "" for no groups.

    >>> group_column(["outlet", "month"])
    'outlet | month'
    """
    return setting if isinstance(setting, str) else SEPARATOR.join(setting)


def _meant(column: str, known: Sequence[str]) -> str:
    """Return "did you mean ...? " with the known name closest to `column`, or with the pair it spells; "" if none is.

    >>> _meant("Outlets", ["outlet", "month"]), _meant("outlet, month", ["outlet", "month"]), _meant("x", ["month"])
    ("did you mean 'outlet'? ", 'did you mean [outlet, month]? ', '')
    """
    pair = [name.strip() for name in column.split(",")]
    if len(pair) == 2 and {*pair} <= {*known}:
        return f"did you mean [{', '.join(pair)}]? "
    names = {name.casefold(): name for name in known}
    return "".join(f"did you mean '{names[near]}'? " for near in get_close_matches(column.casefold(), names, n=1))


def group_values(documents: pa.Table, column: str) -> list[str]:
    """Return the value of each document in `column`, "" where it has none; the column "" gives "" for all.

    `documents` is the table documents, or at least its columns seed, date and those named; metadata of the seeds are
    columns of it. Also available are `folder` (of the seed, below seeds/), `year` and `month` (of date).
    Two names joined by `SEPARATOR` give both values, joined in the same way, or "" if either is missing.
    Raises UnknownColumn, with the columns that exist, for any other name.

    >>> rows = pa.table({"seed": ["globe/a.txt", "b.txt"], "date": ["2025-03-01", "2025"], "party": ["Labour", None]})
    >>> group_values(rows, "folder"), group_values(rows, "month"), group_values(rows, "party | year")
    (['globe', ''], ['2025-03', ''], ['Labour | 2025', ''])
    """
    if SEPARATOR in column:
        values = [group_values(documents, name) for name in column_names(column)]
        return [SEPARATOR.join(parts) if all(parts) else "" for parts in zip(*values, strict=True)]
    if not column:
        return [""] * documents.num_rows
    if column == "folder":
        return [seed.rpartition("/")[0] for seed in documents["seed"].to_pylist()]
    if column in _LENGTHS:
        length = _LENGTHS[column]
        dates = [date or "" for date in documents["date"].to_pylist()]
        return [date[:length] if len(date) >= length else "" for date in dates]
    if column not in documents.column_names:
        known = [*DERIVED, *documents.column_names]
        more = ", and topic if there is a file topics.yaml" if column == TOPIC else ""
        raise UnknownColumn(
            f"groups: no column '{column}' in the documents table; {_meant(column, known)}there are: "
            f"{', '.join(known)}{more}"
        )
    return ["" if value is None else str(value) for value in documents[column].to_pylist()]


def checked_group_values(documents: pa.Table, column: str) -> list[str]:
    """Return `group_values` of a column that config.yaml names; raise SystemExit with a message if there is none."""
    try:
        return group_values(documents, column)
    except UnknownColumn as error:
        raise SystemExit(f"config.yaml: {error}") from None


def read_grouped(path: Path, columns: Iterable[str]) -> pa.Table:
    """Return the table documents without texts, with a column `topic` of main topics if `columns` name it.

    Topics come from the table topic_documents beside it; a document that was not parsed has "". A column `topic` of
    the user's own takes precedence.
    """
    documents = read_without_texts(path)
    topics = path.with_name("topic_documents.parquet")
    asked = {name for column in columns for name in column_names(column)}
    if TOPIC not in asked or TOPIC in documents.column_names or not topics.exists():
        return documents
    rows = read_parquet(topics, ["doc_id", "topic", "main"]).to_pylist()
    main = {row["doc_id"]: row["topic"] for row in rows if row["main"]}
    of_documents = zip(documents["doc_id"].to_pylist(), documents["parsed"].to_pylist(), strict=True)
    values = [main.get(doc_id, NO_TOPIC) if parsed else "" for doc_id, parsed in of_documents]
    return documents.append_column(TOPIC, pa.array(values, pa.string()))


def main() -> None:
    """Write the table document_groups from the table documents; end with a message if a column does not exist."""
    options = path_options(main.__doc__, "settings", "folder")
    settings = read_settings(options.settings)
    column = group_column(settings["groups"])
    documents = read_grouped(options.folder / "documents.parquet", [column])
    labels = checked_group_values(documents, column)
    table = to_table("document_groups", {"doc_id": documents["doc_id"], "group": labels})
    write_table(options.folder, "document_groups", table, **settings["tables"])
