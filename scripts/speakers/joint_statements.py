"""Statements that several say together: a row for each whom a source names beside its speaker.

Makes the table joint_statements. Of "Lee and Ray said" the statement is Lee's in the table quotes, and Ray has a row.
"""

from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from scripts.core.options import path_options
from scripts.core.statements import read_speech, with_words
from scripts.core.storage import open_table, read_settings, rows_of_documents, rows_to_table
from scripts.core.tables import write_table

_QUOTES = ["doc_id", "quote", "sentence", "type", "joint_spans", "speaker", "n_words"]
# Types of speaker by kinds of names.
_TYPES = {"person": "person", "organisation": "organisation", "place": "government"}


def joint_statements(quotes: pa.Table, named: Mapping[tuple[str, int], tuple[str, str]]) -> pa.Table:
    """Return the table joint_statements from rows of the table quotes.

    `named` has the name over all documents and the kind of each mention by document and first character. Who bears the
    name of the statement's speaker says nothing twice.
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


def read_named(folder: Path, doc_ids: set[str]) -> dict[tuple[str, int], tuple[str, str]]:
    """Return name over all documents and kind of the mentions in documents, by document and first character."""
    mentions, names = (
        rows_of_documents(open_table(folder / f"{table}.parquet"), doc_ids, ["mention", *columns])
        for table, columns in (("entities", ["start"]), ("entity_mentions", ["name", "kind"]))
    )
    rows = mentions.join(names, ["doc_id", "mention"], join_type="inner", use_threads=False)
    keys, values = (
        zip(*(rows[name].to_pylist() for name in columns), strict=True)
        for columns in (("doc_id", "start"), ("name", "kind"))
    )
    return dict(zip(keys, values, strict=True))


def main() -> None:
    """Write the table joint_statements from the tables in a folder, as Parquet and CSV."""
    options = path_options(main.__doc__, "settings", "folder")
    folder: Path = options.folder
    quotes = with_words(read_speech(folder / "quotes.parquet", _QUOTES))
    joint = quotes.filter(pc.greater(pc.list_value_length(quotes["joint_spans"]), 0))
    table = joint_statements(joint, read_named(folder, {*joint["doc_id"].to_pylist()}))
    write_table(folder, "joint_statements", table, **read_settings(options.settings)["tables"])


if __name__ == "__main__":
    main()
