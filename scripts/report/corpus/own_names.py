"""Names of entities across all documents, and the names they have within their own document."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa

from scripts.core.arrays import Ints
from scripts.core.boilerplate import in_boilerplate, left_out_places
from scripts.core.encoded import distinct_texts, index_positions
from scripts.report.corpus.layout import BETWEEN_FIELDS
from scripts.report.corpus.tokens import position_of, read_rows


def rows_at(rows: pd.DataFrame, others: pd.DataFrame, number: str) -> Ints:
    """Return for each row the position of the row in `others` with the same doc_id and the same `number`, or -1."""
    order = pd.Index(others["doc_id"].unique(), dtype=object)
    keys, known = (
        position_of(index_positions(each["doc_id"], order), each[number].to_numpy()) for each in (rows, others)
    )
    return pd.Index(known).get_indexer(pd.Index(keys)).astype(np.int64)


def joined_texts(columns: Sequence[pd.Series]) -> pd.Series:
    """Return the texts of several columns joined in one, with a separator; each distinct combination is joined once."""
    number, texts = distinct_texts(columns)
    joined = pd.Index([BETWEEN_FIELDS.join(each) for each in texts], dtype=object)
    return pd.Series(pd.Categorical.from_codes(number, joined), columns[0].index)


def read_mentions(folder: Path) -> pd.DataFrame:
    """Return the table entities with `entity` as the name across all documents, and the kind joined to the label.

    `own` is the name within the document. Dates, sums and the like keep their document's name and have no kind. Names
    in boilerplate are left out, unless people corrected them. Text columns are categorical.
    """
    columns = ["doc_id", "mention", "sentence", "start", "end", "label", "entity", "corrected_by"]
    rows = read_rows(folder, "entities", columns)
    if (places := left_out_places(folder)).num_rows:
        in_places = in_boilerplate(pa.Table.from_pandas(rows[["doc_id", "sentence"]], preserve_index=False), places)
        rows = rows[~in_places.to_numpy() | (rows["corrected_by"] != "")].reset_index(drop=True)
    named = read_rows(folder, "entity_mentions", ["doc_id", "mention", "kind", "name"])
    at = rows_at(rows, named, "mention")
    kind, name = (named[each].astype("category").array.take(at, allow_fill=True) for each in ("kind", "name"))
    own = rows["entity"].astype("category")
    texts = pd.Index([*dict.fromkeys(own.cat.categories.tolist() + name.categories.tolist())], dtype=object)
    of_document = index_positions(own, texts)
    entity = np.where(at < 0, of_document, index_positions(pd.Series(name), texts))
    label = joined_texts([rows["label"], pd.Series(kind, rows.index)])
    return rows.assign(own=own, entity=pd.Categorical.from_codes(entity, texts), label=label)
