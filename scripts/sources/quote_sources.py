"""The source of every attribution: kind, row in the user's table of known sources, stance of the cue, and place.

Makes the tables quote_sources, sources, source_attributes and source_problems, and document_origins, which marks wire
copy. Texts are read a few documents at a time; attributions are numbers, at about forty bytes each.
"""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from scripts.core.arrays import Ints
from scripts.core.batches import read_batches
from scripts.core.known_sources import (
    AMBIGUOUS,
    MATCHED,
    STATUSES,
    UNMATCHED,
    Known,
    KnownSources,
    by_key,
    match,
    read_known,
)
from scripts.core.options import path_options
from scripts.core.ranges import document_ranges
from scripts.core.schemas import arrow_schema
from scripts.core.statements import speech
from scripts.core.storage import ROW_GROUP, open_parquet, read_parquet, read_settings, rows_to_table, to_table
from scripts.core.tables import table_writer, write_table
from scripts.core.text_values import looked_up
from scripts.documents.origins import origin_rows, read_shared
from scripts.sources.batch_sources import STANCE_NAMES, BatchSources, batch_source_columns, joined_sources, new_numbers
from scripts.sources.kind_lists import UNKNOWN, kinds
from scripts.sources.settled_kinds import KindEvidence, kinds_of_most_documents, settled_kinds

_DOCUMENTS = ["doc_id", "date", "n_sentences", "outlet", "metadata", "text"]
_TEXTS = ["speaker", "speaker_type", "source", "role", "cue_lemma", "speaker_in_document", "corrected_by"]
_QUOTES = ["doc_id", "quote", "sentence", *_TEXTS, "cue_head_end", "n_words", "n_quoted", "type"]
# Documents whose texts are in memory at the same time.
_AT_A_TIME = 2_000
_EARLY = 4  # the first quarter of the sentences
# In order of precedence: a speaker whose attributions have several statuses on different dates gets the first of them,
# so that a status that needs a person's attention is not hidden by another.
_STATUSES = (AMBIGUOUS, MATCHED, *STATUSES[2:])


class Attributions(NamedTuple):
    """Attributions of all documents, by document, sentence and number: columns of quote_sources as numbers.

    Columns in `texts` are indices of the texts there; `row` is 0 for a source that is not in the user's table.
    `settled` has the kinds over all documents.
    """

    columns: dict[str, Ints]
    texts: dict[str, Sequence[str]]
    settled: KindEvidence


# Type code of `array` for each column: four bytes, or one for columns with few distinct numbers.
_SIZES = dict.fromkeys(
    ("doc_id", "quote", "sentence", "speaker", "known", "row", "words", "words_direct", "owners"), "i"
)
_SIZES |= dict.fromkeys(("kind", "last_resort", "stance", "status", "early", "is_person"), "b")


def _matches(
    speaker: pa.ChunkedArray, date: pa.ChunkedArray, index: Mapping[str, list[Known]], known: defaultdict[str, int]
) -> dict[str, Ints]:
    """Return the status of each speaker on a date, the name in the user's table and its row there, as numbers.

    `index` are the rows of that table `by_key`; names get their numbers in `known`.
    """
    pairs = zip(speaker.to_pylist(), date.to_pylist(), strict=True) if index else ()
    places: dict[tuple[str, str | None], tuple[int, int, int]] = {}
    numbers = np.repeat([[_STATUSES.index(UNMATCHED), 0, 0]], len(speaker), axis=0)
    for at, pair in enumerate(pairs):
        if pair not in places:
            status, of_table = match(index, pair[0], pair[1] or "")
            name_and_row = (0, 0) if of_table is None else (known[of_table.name], of_table.row)
            places[pair] = (_STATUSES.index(status), *name_and_row)
        numbers[at] = places[pair]
    return dict(zip(("status", "known", "row"), numbers.T, strict=True))


def collected(ranges: Iterable[tuple[pa.Table, pa.Table]], parts: BatchSources, known: Sequence[Known]) -> Attributions:
    """Return the attributions that have a source and words, from ranges of documents in the order of doc_id.

    A range has rows of the tables documents and quotes, the quotes with the columns `_QUOTES` and no missing texts.
    """
    index, names, speakers, doc_ids = by_key(known), new_numbers(""), new_numbers(), new_numbers()
    columns = {name: array(size) for name, size in _SIZES.items()}
    for documents, quotes in ranges:
        first = len(doc_ids)
        place = {doc_id: doc_ids[doc_id] - first for doc_id in documents["doc_id"].to_pylist()}
        rows, document, of_range = _sourced(speech(quotes), documents, place, parts, first=first)
        of_range |= _matches(rows["speaker"], documents["date"].take(pa.array(document)), index, names)
        of_range |= {
            "doc_id": document + first,
            "quote": rows["quote"].to_numpy(),
            "sentence": rows["sentence"].to_numpy(),
            "speaker": looked_up(rows["speaker"], speakers.__getitem__, np.int32),
            "words": rows["n_words"].to_numpy(),
            "words_direct": rows["n_quoted"].to_numpy(),
            "early": rows["sentence"].to_numpy() * _EARLY < documents["n_sentences"].to_numpy()[document],
            "is_person": pc.equal(rows["speaker_type"], "person").to_numpy(),
        }
        for name, column in of_range.items():
            columns[name].frombytes(column.astype(_SIZES[name]).tobytes())
    arrays: dict[str, Ints] = {
        name: np.frombuffer(column, column.typecode) if column else np.empty(0, column.typecode)
        for name, column in columns.items()
    }
    evidence = _evidence(arrays, parts, [*speakers])
    arrays["kind"], arrays["first"] = evidence.kind, np.diff(evidence.document, prepend=-1) != 0
    texts = {"doc_id": [*doc_ids], "speaker": [*speakers], "kind": kinds(), "status": _STATUSES, "known": [*names]}
    return Attributions(arrays, texts | {"stance": STANCE_NAMES}, evidence)


def _sourced(
    rows: pa.Table, documents: pa.Table, place: Mapping[str, int], parts: BatchSources, *, first: int
) -> tuple[pa.Table, Ints, dict[str, Ints]]:
    """Return the rows of quotes with a source and words, in text order, their documents and `batch_source_columns`.

    `place` has the place of each document in the range, whose documents are numbered from `first`.
    """
    document = looked_up(rows["doc_id"], place.__getitem__, np.int32)
    of_batches = batch_source_columns(parts, documents, rows, document, first=first)
    has_source = pc.or_(pc.not_equal(rows["source"], ""), pc.not_equal(rows["speaker"], ""))
    chosen = np.flatnonzero(pc.and_(has_source, pc.greater(rows["n_words"], 0)).to_numpy())
    sentence, quote = (rows[name].to_numpy() for name in ("sentence", "quote"))
    chosen = chosen[np.lexsort((quote[chosen], sentence[chosen], document[chosen]))]
    return (
        rows.take(pa.array(chosen)),
        document[chosen],
        {name: column[chosen] for name, column in of_batches.items()},
    )


def _evidence(arrays: dict[str, Ints], parts: BatchSources, speakers: list[str]) -> KindEvidence:
    """Return the kinds of sources over all documents; removes the columns of `arrays` that only this needs."""
    words, owner = [text.split() for text in parts.owners], arrays.pop("owners")
    owned = np.flatnonzero(owner).tolist()
    evidence = KindEvidence(
        document=arrays["doc_id"],
        speaker=arrays["speaker"],
        kind=arrays["kind"],
        is_person=arrays.pop("is_person").astype(bool),
        last_resort=arrays.pop("last_resort"),
        owners={row: words[owner[row]] for row in owned},
        speakers=speakers,
    )
    return evidence._replace(kind=settled_kinds(evidence))


def quote_sources(rows: Attributions, chosen: slice) -> pa.Table:
    """Return a slice of the rows of table quote_sources."""
    columns = {name: pa.array(column[chosen]) for name, column in rows.columns.items()}
    of_sheet = rows.columns["row"][chosen]
    columns["row"] = pa.array(of_sheet, mask=of_sheet == 0)
    for name, texts in rows.texts.items():
        columns[name] = pa.array(texts, pa.string()).take(columns[name])
    for name in ("first", "early"):
        columns[name] = columns[name].cast(pa.bool_())
    return to_table("quote_sources", columns)


def sources(rows: Attributions, speakers: pa.Table) -> pa.Table:
    """Return the table sources: the rows of table speakers, in their order, with usual kind, status and known name."""
    columns, texts, evidence = rows
    number = {speaker: at for at, speaker in enumerate(evidence.speakers)}
    usual = kinds_of_most_documents(evidence)
    status = np.full(len(number), len(_STATUSES) - 1)
    np.minimum.at(status, columns["speaker"], columns["status"])
    is_known = columns["row"] > 0
    matched, first = np.unique(columns["speaker"][is_known], return_index=True)
    known = dict(zip(matched.tolist(), columns["known"][is_known][first].tolist(), strict=True))
    listed = [number.get(speaker) for speaker in speakers["speaker"].to_pylist()]
    of_speaker = {
        "kind": [UNKNOWN if at is None else texts["kind"][usual[at]] for at in listed],
        "status": [UNMATCHED if at is None else texts["status"][status[at]] for at in listed],
        "known": ["" if at not in known else texts["known"][known[at]] for at in listed],
    }
    return to_table("sources", {name: speakers[name] for name in speakers.column_names} | of_speaker)


def attribute_rows(known: KnownSources) -> Iterator[dict[str, int | str]]:
    """Yield the rows of the table source_attributes."""
    for row in known.rows:
        for attribute, value in row.attributes.items():
            yield {"row": row.row, "attribute": attribute, "value": value}


def read_ranges(folder: Path, doc_ids: pa.ChunkedArray, origins: list[pa.Table]) -> Iterator[tuple[pa.Table, pa.Table]]:
    """Yield the rows of tables documents and quotes in a folder for `_AT_A_TIME` documents at a time.

    Adds the rows of table document_origins to `origins`. `doc_ids` are the IDs of all documents.
    """
    shared = read_shared(folder)
    bounds = doc_ids.take(pa.array(range(_AT_A_TIME, len(doc_ids), _AT_A_TIME), pa.int64())).to_pylist()
    with open_parquet(folder / "documents.parquet") as documents, open_parquet(folder / "quotes.parquet") as quotes:
        ranges = document_ranges(documents, _DOCUMENTS, bounds, at_once=_AT_A_TIME)
        for texts, rows in zip(ranges, document_ranges(quotes, _QUOTES, bounds), strict=True):
            credits = texts.select(["doc_id", "outlet", "metadata", "text"]).to_pylist()
            origins.append(rows_to_table("document_origins", origin_rows(credits, shared)))
            for name in _TEXTS:
                rows = rows.set_column(rows.schema.get_field_index(name), name, pc.fill_null(rows[name], ""))
            yield texts, rows


def main() -> None:
    """Write the tables that this module makes from the tables in a folder and a manifest."""
    options = path_options(main.__doc__, "settings", "folder", "manifest", "batches")
    folder: Path = options.folder
    known = read_known(options.manifest)
    origins = [arrow_schema("document_origins").empty_table()]
    doc_ids = read_parquet(folder / "documents.parquet", ["doc_id"])["doc_id"]
    number = {doc_id: at for at, doc_id in enumerate(doc_ids.to_pylist())}
    files = (options.batches / batch / "sources.parquet" for batch in read_batches(options.batches))
    parts = joined_sources((read_parquet(file) for file in files), number)
    rows = collected(read_ranges(folder, doc_ids, origins), parts, known.rows)
    limits = read_settings(options.settings)["tables"]
    with table_writer(folder, "quote_sources", **limits) as write:
        for first in range(0, len(rows.columns["quote"]) or 1, ROW_GROUP):
            write(quote_sources(rows, slice(first, first + ROW_GROUP)))
    columns = ["speaker", "speaker_type", "role", "n_quotes", "n_documents", "words"]
    tables = {
        "sources": sources(rows, read_parquet(folder / "speakers.parquet", columns)),
        "source_attributes": rows_to_table("source_attributes", attribute_rows(known)),
        "source_problems": rows_to_table(
            "source_problems", ({"row": row, "code": code, "message": message} for row, code, message in known.problems)
        ),
        "document_origins": pa.concat_tables(origins),
    }
    for name, table in tables.items():
        write_table(folder, name, table, **limits)
