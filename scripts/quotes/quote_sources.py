"""The source of every attribution: its kind, its row in the user's table of known sources, its cue and where it stands.

Makes the tables quote_sources, sources, source_attributes and source_problems, and document_origins, which says what is
wire copy. Texts are read some documents at a time; attributions are numbers, some forty bytes each.
"""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import count, groupby
from operator import attrgetter, itemgetter
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from scripts.core.options import path_options
from scripts.core.ranges import document_ranges
from scripts.core.statements import speech
from scripts.core.storage import (
    ROW_GROUP,
    arrow_schema,
    open_parquet,
    parquet_writer,
    read_parquet,
    read_settings,
    rows_to_table,
    to_table,
)
from scripts.core.tables import write_csv_of, write_table
from scripts.documents.origins import origin_rows, shared_documents
from scripts.quotes.kind_lists import UNKNOWN, kinds
from scripts.quotes.known_sources import (
    AMBIGUOUS,
    MATCHED,
    STATUSES,
    UNMATCHED,
    Known,
    KnownSources,
    by_key,
    read_known,
)
from scripts.quotes.settled_kinds import Evidence, settled_kinds, usual_kinds
from scripts.quotes.told_sources import Attribution, attributions

Row = dict[str, Any]
Ints = NDArray[np.integer]
_DOCUMENTS = ["doc_id", "date", "n_sentences", "outlet", "metadata", "text"]
_TEXTS = ["speaker", "speaker_type", "source", "role", "cue_lemma"]
_QUOTES = ["doc_id", "quote", "sentence", *_TEXTS, "cue_head_end", "n_words", "n_quoted", "type"]
# Documents whose texts are in memory at the same time.
_AT_A_TIME = 2_000
# What needs a look comes first among the statuses of a speaker with attributions of several dates.
_STATUSES = (AMBIGUOUS, MATCHED, *STATUSES[2:])


class Attributions(NamedTuple):
    """Attributions of all documents, by document, sentence and number: columns of quote_sources as numbers.

    Those in `texts` are numbers of the texts there; a row of the user's table that is missing is 0. `settled`
    has their kinds over all documents.
    """

    columns: dict[str, Ints]
    texts: dict[str, list[str]]
    settled: Evidence


# Columns of few different numbers, a byte each.
_SMALL = frozenset(("kind", "status", "early", "stance", "is_person", "last_resort"))


def collected(documents: Iterable[tuple[Row, Sequence[Row]]], known: Sequence[Known]) -> Attributions:
    """Return the attributions of documents in the order of doc_id, each with its rows of quotes as `attributions` has
    them.
    """
    index, owners = by_key(known), dict[int, Sequence[str]]()
    numbers = {name: defaultdict[str, int](count().__next__) for name in ("doc_id", "speaker", "known", "stance")}
    of_kind = {kind: number for number, kind in enumerate(kinds())}
    of_text: dict[str, Mapping[str, int]] = {**numbers, "kind": of_kind, "last_resort": of_kind}
    of_text["status"] = {status: number for number, status in enumerate(_STATUSES)}
    names = [name for name in Attribution._fields if name != "owners"]
    columns = {name: array("b" if name in _SMALL else "i") for name in ("doc_id", *names)}
    for document, quotes in documents:
        rows = [*attributions(document, quotes, index)]
        owners |= {at: row.owners for at, row in enumerate(rows, len(columns["doc_id"])) if row.owners}
        columns["doc_id"].extend([numbers["doc_id"][document["doc_id"]]] * len(rows))
        for name in names if rows else ():
            values = map(attrgetter(name), rows)
            columns[name].extend(
                [of_text[name][value] for value in values] if name in of_text else [value or 0 for value in values]
            )
    arrays = {
        name: np.frombuffer(column, column.typecode) if column else np.empty(0, column.typecode)
        for name, column in columns.items()
    }
    evidence = Evidence(
        document=arrays["doc_id"],
        speaker=arrays["speaker"],
        kind=arrays["kind"],
        is_person=arrays.pop("is_person").astype(bool),
        last_resort=arrays.pop("last_resort"),
        owners=owners,
        speakers=[*numbers["speaker"]],
    )
    evidence = evidence._replace(kind=settled_kinds(evidence))
    arrays["kind"], arrays["first"] = evidence.kind, np.diff(evidence.document, prepend=-1) != 0
    return Attributions(arrays, {name: [*of_text[name]] for name in (*numbers, "kind", "status")}, evidence)


def quote_sources(rows: Attributions, chosen: slice) -> pa.Table:
    """Return some rows of the table quote_sources."""
    columns = {name: pa.array(column[chosen]) for name, column in rows.columns.items()}
    of_sheet = rows.columns["row"][chosen]
    columns["row"] = pa.array(of_sheet, mask=of_sheet == 0)
    for name, texts in rows.texts.items():
        columns[name] = pa.array(texts, pa.string()).take(columns[name])
    for name in ("first", "early"):
        columns[name] = columns[name].cast(pa.bool_())
    return to_table("quote_sources", columns)


def sources(rows: Attributions, speakers: pa.Table) -> pa.Table:
    """Return the table sources: the rows of table speakers, in their order, with usual kind and status."""
    columns, texts, evidence = rows
    number = {speaker: at for at, speaker in enumerate(evidence.speakers)}
    usual = usual_kinds(evidence)
    status = np.full(len(number), len(_STATUSES) - 1)
    np.minimum.at(status, columns["speaker"], columns["status"])
    is_known = columns["row"] > 0
    matched, first = np.unique(columns["speaker"][is_known], return_index=True)
    known = dict(zip(matched.tolist(), columns["known"][is_known][first].tolist(), strict=True))
    listed = [number.get(speaker) for speaker in speakers["speaker"].to_pylist()]
    told_of_speaker = {
        "kind": [UNKNOWN if at is None else texts["kind"][usual[at]] for at in listed],
        "status": [UNMATCHED if at is None else texts["status"][status[at]] for at in listed],
        "known": ["" if at not in known else texts["known"][known[at]] for at in listed],
    }
    return to_table("sources", {name: speakers[name] for name in speakers.column_names} | told_of_speaker)


def attribute_rows(known: KnownSources) -> Iterator[dict[str, int | str]]:
    """Yield the rows of the table source_attributes."""
    for row in known.rows:
        for attribute, value in row.attributes.items():
            yield {"row": row.row, "attribute": attribute, "value": value}


def shared_in(folder: Path) -> frozenset[str]:
    """Return the `shared_documents` of the tables in a folder."""
    pairs = read_parquet(folder / "near_duplicates.parquet", ["doc_id", "other"])
    alike = pa.chunked_array([*pairs["doc_id"].chunks, *pairs["other"].chunks], pa.string()).unique()
    documents = read_parquet(folder / "documents.parquet", ["doc_id", "outlet"])
    outlets = documents.filter(pc.is_in(documents["doc_id"], alike)).to_pydict()
    return shared_documents(
        pairs.to_pylist(),
        {doc_id: outlet or "" for doc_id, outlet in zip(outlets["doc_id"], outlets["outlet"], strict=True)},
    )


def read_documents(folder: Path, origins: list[pa.Table]) -> Iterator[tuple[Row, Sequence[Row]]]:
    """Yield the documents of a folder, each with its rows of quotes that are speech, in the order of doc_id; add the
    rows of table document_origins to `origins`.
    """
    shared = shared_in(folder)
    doc_ids = read_parquet(folder / "documents.parquet", ["doc_id"])["doc_id"]
    bounds = doc_ids.take(pa.array(range(_AT_A_TIME, len(doc_ids), _AT_A_TIME), pa.int64())).to_pylist()
    with open_parquet(folder / "documents.parquet") as documents, open_parquet(folder / "quotes.parquet") as quotes:
        ranges = document_ranges(documents, _DOCUMENTS, bounds, at_once=_AT_A_TIME)
        for texts, rows in zip(ranges, document_ranges(quotes, _QUOTES, bounds), strict=True):
            of_document = {doc_id: [*group] for doc_id, group in groupby(_speech(rows), itemgetter("doc_id"))}
            read = texts.to_pylist()
            origins.append(rows_to_table("document_origins", origin_rows(read, shared)))
            yield from ((document, of_document.get(document["doc_id"], [])) for document in read)


def _speech(quotes: pa.Table) -> list[Row]:
    """Return rows of the table quotes that are speech, missing texts as empty ones."""
    rows = speech(quotes)
    for name in _TEXTS:
        rows = rows.set_column(rows.schema.get_field_index(name), name, pc.fill_null(rows[name], ""))
    return rows.to_pylist()


def main() -> None:
    """Write the tables that this module makes from the tables in a folder and a manifest."""
    options = path_options(main.__doc__, "settings", "folder", "manifest")
    folder: Path = options.folder
    known = read_known(options.manifest)
    origins = [arrow_schema("document_origins").empty_table()]
    rows = collected(read_documents(folder, origins), known.rows)
    csv_max_rows = read_settings(options.settings)["tables"]["csv_max_rows"]
    path = folder / "quote_sources.parquet"
    with parquet_writer(path, arrow_schema(path.stem)) as out:
        for first in range(0, len(rows.columns["quote"]) or 1, ROW_GROUP):
            out.write_table(quote_sources(rows, slice(first, first + ROW_GROUP)))
    write_csv_of(path, csv_max_rows=csv_max_rows)
    columns = ["speaker", "speaker_type", "role", "n_quotes", "n_documents", "words"]
    tables = {
        "sources": sources(rows, read_parquet(folder / "speakers.parquet", columns)),
        "source_attributes": rows_to_table("source_attributes", attribute_rows(known)),
        "source_problems": rows_to_table("source_problems", (problem._asdict() for problem in known.problems)),
        "document_origins": pa.concat_tables(origins),
    }
    for name, table in tables.items():
        write_table(folder, name, table, csv_max_rows=csv_max_rows)


if __name__ == "__main__":
    main()
