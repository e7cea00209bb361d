"""Statements that several people make together: a row for each person whom a source names besides its speaker.

Makes the table joint_statements. "Lee and Ray said" has Lee as its speaker in the table quotes; Ray has a row here.
"""

from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from scripts.core.options import path_options
from scripts.core.statements import read_speech, span_ends, with_words
from scripts.core.storage import decoded, open_table, read_settings, rows_of_documents, rows_to_table
from scripts.core.tables import write_table

_QUOTES = ["doc_id", "quote", "sentence", "type", "joint_spans", "speaker", "n_words"]

# Types of speaker for kinds of names that have a different label.
_TYPES = {"place": "government"}


def joint_statements(quotes: pa.Table, named: Mapping[tuple[str, int], tuple[str, str]]) -> pa.Table:
    """Return the table joint_statements from rows of the table quotes.

    `named` has the name over all documents and the kind of each mention, by document and first character. A name equal
    to the statement's speaker is skipped, so that nobody counts twice.
    """
    rows = []
    for quote in quotes.to_pylist():
        mentions = (named.get((quote["doc_id"], start), ("", "")) for start, _ in quote["joint_spans"])
        others = {name: kind for name, kind in mentions if name not in ("", quote["speaker"])}
        rows += [
            {**quote, "speaker": name, "ids": "", "speaker_type": _TYPES.get(kind, kind)}
            for name, kind in others.items()
        ]
    return rows_to_table("joint_statements", rows)


def read_named(folder: Path, joint: pa.Table) -> dict[tuple[str, int], tuple[str, str]]:
    """Return the name over all documents and the kind of each joint mention, by document and first character."""
    row, start, _ = span_ends(joint["joint_spans"])
    marked = pa.table({"doc_id": joint["doc_id"].take(pa.array(row)), "start": start})
    doc_ids = {*joint["doc_id"].to_pylist()}

    def read(table: str, *columns: str) -> pa.Table:
        return rows_of_documents(open_table(folder / f"{table}.parquet"), doc_ids, ["mention", *columns])

    rows = read("entities", "start").join(marked, ["doc_id", "start"], join_type="inner", use_threads=False)
    rows = rows.join(
        read("entity_mentions", "name", "kind"), ["doc_id", "mention"], join_type="inner", use_threads=False
    )
    return {(row["doc_id"], row["start"]): (row["name"], row["kind"]) for row in rows.to_pylist()}


def read_joint(path: Path) -> pa.Table:
    """Return the rows of a table quotes that several speakers say together."""
    rows = with_words(read_speech(path, _QUOTES, dictionaries=["doc_id", "type", "speaker"]))
    return decoded(rows.filter(pc.greater(pc.list_value_length(rows["joint_spans"]), 0)))


def main() -> None:
    """Write the table joint_statements from the tables in a folder, as Parquet and CSV."""
    options = path_options(main.__doc__, "settings", "folder")
    folder: Path = options.folder
    joint = read_joint(folder / "quotes.parquet")
    table = joint_statements(joint, read_named(folder, joint))
    write_table(folder, "joint_statements", table, **read_settings(options.settings)["tables"])
