"""The tables story_speakers and story_passages: who is quoted about an event, and with which passages, by which outlets
and by which not, and who had it first.

What an outlet leaves out may stand in an article that is not in the corpus: the tables tell of a selection, and of
nothing that is true or false.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from scripts.core.options import path_options
from scripts.core.storage import read_parquet, read_settings, rows_to_table
from scripts.core.tables import write_table
from scripts.core.types import Row
from scripts.maths.ranking import by_frequency

_MEMBERS = ["story", "doc_id", "date", "outlet", "title", "central"]
_QUOTES = ["doc_id", "sentence", "speaker", "kind", "words"]
_REUSE = ["doc_id", "family", "sentence", "speaker"]


def passage_rows(members: Iterable[Row], families: Iterable[Row], reuse: Iterable[Row]) -> list[Row]:
    """Return the rows of story_passages, the stories in the order of `members`, what most outlets quote first in each.

    `families` are rows of quote_families, `reuse` of quote_reuse.
    """
    document = {row["doc_id"]: row for row in members}
    outlets = outlets_of(document.values())
    titles = {row["story"]: row["title"] for row in document.values() if row["central"]}
    texts = {row["family"]: row["text"] for row in families}
    quoting: dict[tuple[str, int], list[Row]] = defaultdict(list)
    for row in reuse:
        if row["doc_id"] in document:
            quoting[document[row["doc_id"]]["story"], row["family"]].append(row)
    rows = []
    for (story, family), places in quoting.items():
        doc_ids = {row["doc_id"] for row in places}
        if len(doc_ids) > 1:
            speakers = by_frequency(Counter(row["speaker"] for row in places if row["speaker"]))
            about = {"story": story, "title": titles[story], "speaker": speakers[0] if speakers else ""}
            where = _selection(places, document, outlets[story])
            rows.append({**about, "family": family, "text": texts[family], "documents": len(doc_ids), **where})
    order = {story: at for at, story in enumerate(outlets)}
    key = ("n_outlets", "documents")
    return sorted(rows, key=lambda row: (order[row["story"]], *(-row[name] for name in key), row["family"]))


def outlets_of(members: Iterable[Row]) -> dict[str, set[str]]:
    """Return the outlets of each story, from rows of story_documents."""
    outlets: dict[str, set[str]] = {}
    for row in members:
        outlets.setdefault(row["story"], set()).update(filter(None, [row["outlet"]]))
    return outlets


def _selection(places: Iterable[Row], document: Mapping[str, Row], outlets: set[str]) -> Row:
    """Return which of the `outlets` of a story have rows about its documents, which not, and the first place."""
    first = min(places, key=lambda row: (*_by_date(document[row["doc_id"]]), row["sentence"]))
    own = {document[row["doc_id"]]["outlet"] for row in places} - {""}
    return {
        "n_outlets": len(own),
        "outlets": "; ".join(sorted(own)),
        "n_others": len(outlets - own),
        "others": "; ".join(sorted(outlets - own)),
        "first": document[first["doc_id"]]["date"] or "",
        "doc_id": first["doc_id"],
        "sentence": first["sentence"],
    }


def story_speaker_rows(members: Iterable[Row], quotes: Iterable[Row], passages: Iterable[Row]) -> list[Row]:
    """Return the rows of story_speakers, the stories in the order of `members`, those with most outlets first in each.

    `members` are rows of story_documents, `quotes` of quote_sources, `passages` of story_passages.
    """
    document = {row["doc_id"]: row for row in members}
    outlets = outlets_of(document.values())
    titles = {row["story"]: row["title"] for row in document.values() if row["central"]}
    by_speaker: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in quotes:
        if row["speaker"] and row["doc_id"] in document:
            by_speaker[document[row["doc_id"]]["story"], row["speaker"]].append(row)
    travelling = Counter((row["story"], row["speaker"]) for row in passages)
    rows = [
        {
            "story": story,
            "title": titles[story],
            **_speaker_row(speaker, statements, document, outlets[story]),
            "passages": travelling[story, speaker],
        }
        for (story, speaker), statements in by_speaker.items()
    ]
    order = {story: at for at, story in enumerate(outlets)}
    key = ("n_outlets", "documents", "words")
    return sorted(rows, key=lambda row: (order[row["story"]], *(-row[name] for name in key), row["speaker"]))


def _speaker_row(speaker: str, statements: list[Row], document: Mapping[str, Row], outlets: set[str]) -> Row:
    """Return the values of a speaker in a story with these outlets, from the statements there."""
    return {
        "speaker": speaker,
        "kind": by_frequency(Counter(row["kind"] for row in statements))[0],
        "documents": len({row["doc_id"] for row in statements}),
        "statements": len(statements),
        "words": sum(row["words"] for row in statements),
        **_selection(statements, document, outlets),
    }


def _by_date(row: Row) -> tuple[bool, str, str]:
    """Return the key by which documents are in order: those without a date come last."""
    return not row["date"], row["date"] or "", row["doc_id"]


def _of_documents(path: Path, columns: list[str], doc_ids: pa.Array) -> list[Row]:
    rows = read_parquet(path, columns)
    return rows.filter(pc.is_in(rows["doc_id"], doc_ids)).to_pylist()


def main() -> None:
    """Write the tables story_passages and story_speakers from the tables in a folder."""
    options = path_options(main.__doc__, "settings", "folder")
    folder: Path = options.folder
    table = read_parquet(folder / "story_documents.parquet", _MEMBERS)
    doc_ids, members = table["doc_id"].combine_chunks(), table.to_pylist()
    quotes = _of_documents(folder / "quote_sources.parquet", _QUOTES, doc_ids)
    reuse = _of_documents(folder / "quote_reuse.parquet", _REUSE, doc_ids)
    families = read_parquet(folder / "quote_families.parquet", ["family", "text"]).to_pylist()
    passages = passage_rows(members, families, reuse)
    for name, rows in (("story_passages", passages), ("story_speakers", story_speaker_rows(members, quotes, passages))):
        write_table(folder, name, rows_to_table(name, rows), **read_settings(options.settings)["tables"])


if __name__ == "__main__":
    main()
