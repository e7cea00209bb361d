"""Rows that stand in boilerplate: in the paragraphs that an outlet repeats (table boilerplate_places).

With `boilerplate: drop` they are left out where the batches' tables are joined.
"""

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from scripts.core.ranges import rows_between
from scripts.core.statements import BOILERPLATE

_PLACES = ["doc_id", "sentence", "last"]


def in_boilerplate(rows: pa.Table, places: pa.Table) -> pa.BooleanArray:
    """Return for each of some rows with a doc_id and a sentence whether that stands in one of the places."""
    of_places = zip(*(places[name].to_pylist() for name in _PLACES), strict=True)
    sentences = {(doc_id, sentence) for doc_id, first, last in of_places for sentence in range(first, last)}
    if not sentences:
        return pa.repeat(pa.scalar(False), len(rows))
    keys = zip(rows["doc_id"].to_pylist(), rows["sentence"].to_pylist(), strict=True)
    return pa.array((key in sentences for key in keys), pa.bool_())


def without_boilerplate(rows: pa.Table, file: pq.ParquetFile) -> pa.Table:
    """Return rows, in the order of doc_id, without those in boilerplate, by the open table boilerplate_places.

    Of attributions, which have a `type`, they stay, and are of a type that is no speech. A row that a reader corrected
    stays as it is.
    """
    if not rows.num_rows:
        return rows
    first, last = (rows["doc_id"][row].as_py() for row in (0, -1))
    places = rows_between(file, first, last, [*_PLACES, "left_out"])
    is_repeated = in_boilerplate(rows, places.filter(places["left_out"]))
    if "corrected_by" in rows.column_names:
        is_repeated = pc.and_(is_repeated, pc.equal(pc.fill_null(rows["corrected_by"], ""), ""))
    if "type" not in rows.column_names:
        return rows.filter(pc.invert(is_repeated))
    kinds = pc.if_else(is_repeated, BOILERPLATE, rows["type"])
    return rows.set_column(rows.schema.get_field_index("type"), rows.schema.field("type"), kinds)
