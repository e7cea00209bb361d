"""Texts with their parses and names in a file, so that tests of what comes after need neither a model nor its time.

`NEWSLOOM_REFERENCE=write` parses the texts anew.
"""

import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from scripts.core.annotation import Doc, Mention
from scripts.parsing.tokens import segmented_doc
from tests.reference import RENEW

FILE = Path(__file__).parent / "data" / "parses.parquet"
_COLUMNS = ("lemma", "pos", "tag", "dep", "head")


def _write(texts: Mapping[str, str]) -> None:
    from scripts.entities.recognition import find_entities
    from scripts.parsing.parses import annotate, load_model
    from tests.conftest import MODEL

    docs = [replace(doc, mentions=find_entities(doc)) for doc in annotate(load_model(MODEL), texts.items())]
    columns = {name: [[*getattr(doc, name)] for doc in docs] for name in _COLUMNS}
    mentions = [[mention._asdict() for mention in doc.mentions] for doc in docs]
    table = pa.table({"name": [*texts], "text": [*texts.values()], **columns, "mentions": mentions})
    pq.write_table(table, FILE, compression="zstd", compression_level=19)


def stored_documents(texts: Mapping[str, str]) -> list[Doc]:
    """Return the documents of texts by name, parsed and with their names, which must be those of the file."""
    if os.environ.get("NEWSLOOM_REFERENCE") == "write":
        _write(texts)
    rows = pq.read_table(FILE).to_pylist()
    assert {row["name"]: row["text"] for row in rows} == texts, f"The texts are not those of {FILE.name}. {RENEW}"
    return [
        replace(
            segmented_doc(row["name"], row["text"]),
            **{name: row[name] for name in _COLUMNS},
            mentions=[Mention(**mention) for mention in row["mentions"]],
        )
        for row in rows
    ]
