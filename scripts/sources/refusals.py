"""Refusals to speak: who declined to comment or did not answer, by group of documents."""

from collections.abc import Iterable, Mapping
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from scripts.core.stand_ins import ALL
from scripts.core.statements import NO_COMMENT
from scripts.core.storage import rows_to_table


def no_comments(quotes: pa.RecordBatch) -> list[dict[str, Any]]:
    """Return the rows of table quotes that are refusals."""
    return quotes.filter(pc.equal(quotes["type"], NO_COMMENT)).to_pylist()


def refusals(quotes: Iterable[Mapping[str, Any]], groups: Mapping[str, str]) -> pa.Table:
    """Return the table refusals: sources that would not speak, in all documents and in each group, most refusals first.

    `quotes` are `no_comments` in the order of doc_id, with the columns doc_id, sentence, speaker and source; `groups`
    is the group of each document that counts by doc_id ("": in none). A source without a name stands by the words of
    the text. A group has its rows only where there are two groups or more.
    """
    places: dict[tuple[str, str], list[tuple[str, int]]] = {}
    has_groups = len({*groups.values()} - {""}) > 1
    for row in quotes:
        if row["doc_id"] in groups:
            speaker, group = row["speaker"] or row["source"] or "", groups[row["doc_id"]]
            for name in (ALL, group) if group and has_groups else (ALL,):
                places.setdefault((name, speaker), []).append((row["doc_id"], row["sentence"]))
    in_order = sorted(places.items(), key=lambda item: (item[0][0], -len(item[1]), item[0][1]))
    return rows_to_table(
        "refusals",
        (
            {
                "group": group,
                "speaker": speaker,
                "n": len(of_speaker),
                "documents": len({doc_id for doc_id, _ in of_speaker}),
                **dict(zip(("doc_id", "sentence"), min(of_speaker), strict=True)),
            }
            for (group, speaker), of_speaker in in_order
        ),
    )
