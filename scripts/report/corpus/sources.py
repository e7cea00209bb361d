"""Sources of statements as the shares count them: kind, attributes of the table of known sources, stance of the cue."""

from pathlib import Path

import numpy as np
import pandas as pd

from scripts.core.storage import read_parquet
from scripts.quotes.source_counts import OTHER_VALUES, UNKNOWN, counts_sources, value_names
from scripts.report.corpus.tokens import read_rows

STANCE, _KIND = "stance", "kind"
# Names of columns with the value of an attribute.
VALUE = "value "


def analysed_documents(folder: Path) -> pd.DataFrame:
    """Return by doc_id whether a document was parsed, and whether its sources count: it repeats no earlier one then."""
    documents = read_parquet(folder / "documents.parquet", ["doc_id", "parsed", "duplicate_of"]).to_pandas()
    counts = counts_sources(documents["parsed"], documents["duplicate_of"].fillna(""))
    return pd.DataFrame({"parsed": documents["parsed"].to_numpy(bool), "counts": counts}, documents["doc_id"])


def source_rows(folder: Path) -> pd.DataFrame:
    """Return doc_id, quote, sentence and stance of the table quote_sources, and the value of each attribute.

    A value is that of source_shares: "unknown" where nothing tells it. `counts` is whether the shares count the row.
    """
    columns = ["doc_id", "quote", "sentence", STANCE, _KIND, "row", "words"]
    rows = read_rows(folder, "quote_sources", columns).astype({"doc_id": str, STANCE: str, _KIND: str})
    known = read_rows(folder, "source_attributes", ["row", "attribute", "value"]).astype(
        {"attribute": str, "value": str}
    )
    values = {_KIND: rows[_KIND].where(rows[_KIND] != UNKNOWN, "")}
    for name, cells in known.groupby("attribute", sort=False):
        values[str(name)] = rows["row"].map(cells.set_index("row")["value"]).fillna("")
    documents = analysed_documents(folder)
    counts = rows["doc_id"].isin(documents.index[documents["counts"]])
    words = rows["words"].to_numpy(np.int64)
    for name, column in values.items():
        names = value_names(column[counts].tolist(), words[counts])
        column = column.where(column != "", UNKNOWN)
        rows[VALUE + name] = column.where(column.isin(names), OTHER_VALUES)
    return rows.assign(counts=counts)
