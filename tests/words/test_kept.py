"""Counts that a batch keeps are made once under a key, and come back as they were."""

import pyarrow as pa

from scripts.core.storage import to_table
from scripts.words.kept import kept_tables

TABLES = {
    "vocabulary": to_table("vocabulary", {"word": ["fell", "rain"]}),
    "word_counts": to_table("word_counts", {"document": [0, 0], "word": [0, 1], "count": [1, 2]}),
    "document_counts": pa.table({"doc_id": ["a"], "mattr": pa.array([None], pa.float64())}),
}


def test_counts_are_made_once_under_a_key(tmp_path):
    path, made = tmp_path / "document_counts.kept", []

    def make():
        made.append(1)
        return TABLES

    for key in ("k", "k", "other", "other"):
        tables = kept_tables(path, key, make)
        assert {name: (table.schema, table.to_pydict()) for name, table in tables.items()} == {
            name: (table.schema, table.to_pydict()) for name, table in TABLES.items()
        }
    assert len(made) == 2
    path.write_bytes(path.read_bytes()[:-9])
    kept_tables(path, "other", make)
    assert len(made) == 3
