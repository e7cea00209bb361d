"""Rows in boilerplate: in the paragraphs that an outlet repeats (table boilerplate_places).

With `boilerplate: drop` they are left out of all counts over the corpus: when the batches' tables are joined, and when
tokens and names are counted.
"""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from scripts.core.schemas import arrow_schema
from scripts.core.statements import BOILERPLATE
from scripts.core.storage import read_parquet, rows_of_documents

_PLACES = ["doc_id", "sentence", "last"]
_SENTENCES = 2**32  # more than a document has


def left_out_places(folder: Path, columns: Iterable[str] = ()) -> pa.Table:
    """Return the rows of the table boilerplate_places in a folder that counts leave out; none if there is no table."""
    path = folder / "boilerplate_places.parquet"
    columns = [*_PLACES, *columns]
    if not path.exists():
        return arrow_schema("boilerplate_places").empty_table().select(columns)
    places = read_parquet(path, [*columns, "left_out"])
    return places.filter(places["left_out"]).select(columns)


def in_boilerplate(rows: pa.Table, places: pa.Table) -> pa.ChunkedArray:
    """Return a mask of the rows whose sentence is in one of the places; rows have doc_id and sentence."""
    doc_id = rows["doc_id"].combine_chunks().dictionary_encode()
    names = doc_id.dictionary.cast(pa.string())
    places = places.filter(pc.is_in(places["doc_id"].cast(pa.string()), names))
    doc_ids = places["doc_id"].combine_chunks().unique().cast(pa.string())
    number = {doc_id: at for at, doc_id in enumerate(doc_ids.to_pylist())}
    of_places = zip(*(places[name].to_pylist() for name in _PLACES), strict=True)
    sentences = [number[doc_id] * _SENTENCES + at for doc_id, first, last in of_places for at in range(first, last)]
    document = pc.index_in(names, doc_ids).cast(pa.int64()).take(doc_id.indices)
    keys = pc.add(pc.multiply(document, _SENTENCES), rows["sentence"].cast(pa.int64()))
    return pc.is_in(keys, pa.array(sentences, pa.int64()))


def is_left_out(rows: pa.Table, file: pq.ParquetFile) -> pa.ChunkedArray:
    """Return a mask of the rows that counts leave out, according to the open table boilerplate_places."""
    doc_ids = rows["doc_id"].combine_chunks().unique().to_pylist()
    places = rows_of_documents([file], doc_ids, [*_PLACES[1:], "left_out"])
    return in_boilerplate(rows, places.filter(places["left_out"]))


def without_boilerplate(rows: pa.Table, file: pq.ParquetFile) -> pa.Table:
    """Return the rows that are not in boilerplate, according to the open table boilerplate_places.

    Attributions (rows with a `type`) are not removed: their type becomes BOILERPLATE, which does not count as speech.
    A row that a reader corrected stays unchanged.
    """
    is_repeated = is_left_out(rows, file)
    if "corrected_by" in rows.column_names:
        is_repeated = pc.and_(is_repeated, pc.equal(pc.fill_null(rows["corrected_by"], ""), ""))
    if "type" not in rows.column_names:
        return rows if not pc.any(is_repeated).as_py() else rows.filter(pc.invert(is_repeated))
    kinds = pc.if_else(is_repeated, BOILERPLATE, rows["type"])
    return rows.set_column(rows.schema.get_field_index("type"), rows.schema.field("type"), kinds)


def counted_sizes(documents: pa.Table, folder: Path) -> pa.Table:
    """Return documents with n_sentences and n_words reduced by those in boilerplate.

    `documents` has doc_id and any other columns of the table documents; `folder` holds the table boilerplate_places.
    """
    places = left_out_places(folder, ["n_words"])
    less: dict[str, Counter[str]] = {"n_sentences": Counter(), "n_words": Counter()}
    for row in places.to_pylist():
        less["n_sentences"][row["doc_id"]] += row["last"] - row["sentence"]
        less["n_words"][row["doc_id"]] += row["n_words"]
    for name in less.keys() & {*documents.column_names} if places.num_rows else ():
        own = pa.array([less[name][doc_id] for doc_id in documents["doc_id"].to_pylist()], pa.int64())
        column = documents.schema.get_field_index(name)
        documents = documents.set_column(column, name, pc.subtract(documents[name], own))
    return documents
