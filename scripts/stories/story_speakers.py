"""The table story_speakers: who is quoted about an event, by which outlets and by which not, and who had it first.

What an outlet leaves out may stand in an article that is not in the corpus: the table tells of a selection of speakers,
and of nothing that is true or false.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from scripts.core.options import path_options
from scripts.core.storage import read_parquet, read_settings, rows_to_table
from scripts.core.tables import write_table
from scripts.maths.ranking import by_frequency

_MEMBERS = ["story", "doc_id", "date", "outlet", "title", "central"]
_QUOTES = ["doc_id", "sentence", "speaker", "kind", "words"]
_REUSE = ["doc_id", "family", "speaker"]
Row = dict[str, Any]


def travelling(reuse: Iterable[Row], story_of: Mapping[str, str]) -> Counter[tuple[str, str]]:
    """Return how many passages of a speaker several documents of a story quote, by story and speaker."""
    documents: dict[tuple[str, int], set[str]] = defaultdict(set)
    speakers: dict[tuple[str, int], set[str]] = defaultdict(set)
    for row in reuse:
        if (story := story_of.get(row["doc_id"])) and row["speaker"]:
            documents[story, row["family"]].add(row["doc_id"])
            speakers[story, row["family"]].add(row["speaker"])
    return Counter(
        (story, speaker)
        for (story, family), quoting in documents.items()
        if len(quoting) > 1
        for speaker in speakers[story, family]
    )


def speaker_rows(members: Iterable[Row], quotes: Iterable[Row], reuse: Iterable[Row]) -> list[Row]:
    """Return the rows of story_speakers, the stories in the order of `members`, those with most outlets first in each.

    `members` are rows of story_documents, `quotes` of quote_sources, `reuse` of quote_reuse.
    """
    document = {row["doc_id"]: row for row in members}
    outlets: dict[str, set[str]] = {}
    titles = {row["story"]: row["title"] for row in document.values() if row["central"]}
    for row in document.values():
        outlets.setdefault(row["story"], set()).update(filter(None, [row["outlet"]]))
    by_speaker: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in quotes:
        if row["speaker"] and row["doc_id"] in document:
            by_speaker[document[row["doc_id"]]["story"], row["speaker"]].append(row)
    passages = travelling(reuse, {doc_id: row["story"] for doc_id, row in document.items()})
    rows = [
        {
            "story": story,
            "title": titles[story],
            **_speaker_row(speaker, statements, document, outlets[story]),
            "passages": passages[story, speaker],
        }
        for (story, speaker), statements in by_speaker.items()
    ]
    order = {story: at for at, story in enumerate(outlets)}
    key = ("n_outlets", "documents", "words")
    return sorted(rows, key=lambda row: (order[row["story"]], *(-row[name] for name in key), row["speaker"]))


def _speaker_row(speaker: str, statements: list[Row], document: Mapping[str, Row], outlets: set[str]) -> Row:
    """Return the values of a speaker in a story with these outlets, from the statements there."""
    first = min(statements, key=lambda row: (*_by_date(document[row["doc_id"]]), row["sentence"]))
    quoting = {document[row["doc_id"]]["outlet"] for row in statements} - {""}
    return {
        "speaker": speaker,
        "kind": by_frequency(Counter(row["kind"] for row in statements))[0],
        "documents": len({row["doc_id"] for row in statements}),
        "statements": len(statements),
        "words": sum(row["words"] for row in statements),
        "n_outlets": len(quoting),
        "outlets": "; ".join(sorted(quoting)),
        "n_others": len(outlets - quoting),
        "others": "; ".join(sorted(outlets - quoting)),
        "first": document[first["doc_id"]]["date"] or "",
        "doc_id": first["doc_id"],
        "sentence": first["sentence"],
    }


def _by_date(row: Row) -> tuple[bool, str, str]:
    """Return the key by which documents are in order: those without a date come last."""
    return not row["date"], row["date"] or "", row["doc_id"]


def _of_documents(path: Path, columns: list[str], doc_ids: pa.Array) -> list[Row]:
    rows = read_parquet(path, columns)
    return rows.filter(pc.is_in(rows["doc_id"], doc_ids)).to_pylist()


def main() -> None:
    """Write the table story_speakers from the tables in a folder."""
    options = path_options(main.__doc__, "settings", "folder")
    folder: Path = options.folder
    members = read_parquet(folder / "story_documents.parquet", _MEMBERS)
    doc_ids = members["doc_id"].combine_chunks()
    quotes = _of_documents(folder / "quote_sources.parquet", _QUOTES, doc_ids)
    reuse = _of_documents(folder / "quote_reuse.parquet", _REUSE, doc_ids)
    table = rows_to_table("story_speakers", speaker_rows(members.to_pylist(), quotes, reuse))
    write_table(folder, "story_speakers", table, **read_settings(options.settings)["tables"])


if __name__ == "__main__":
    main()
