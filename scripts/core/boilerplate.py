"""Rows in boilerplate: in the paragraphs that an outlet repeats (table boilerplate_places).

With `boilerplate: drop` they are left out of all counts over the corpus: when the batches' tables are joined, and when
tokens and names are counted.
"""

from collections.abc import Iterable
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from scripts.core.schemas import arrow_schema
from scripts.core.statements import BOILERPLATE
from scripts.core.storage import read_parquet

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


def without_boilerplate(rows: pa.Table, places: pa.Table) -> pa.Table:
    """Return the rows that are in none of the places of boilerplate.

    Attributions (rows with a `type`) are not removed: their type becomes BOILERPLATE, which does not count as speech.
    A row that a reader corrected stays unchanged.
    """
    is_repeated = in_boilerplate(rows, places)
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
    sizes = places.append_column("n_sentences", pc.subtract(places["last"], places["sentence"]))
    less = sizes.group_by("doc_id", use_threads=False).aggregate([("n_sentences", "sum"), ("n_words", "sum")])
    row = pc.index_in(documents["doc_id"], less["doc_id"].combine_chunks())
    for at, name in enumerate(documents.column_names):
        if name in ("n_sentences", "n_words"):
            own = pc.fill_null(less[f"{name}_sum"].take(row), 0)
            documents = documents.set_column(at, name, pc.subtract(documents[name], own))
    return documents
