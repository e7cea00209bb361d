"""Sources of statements as the shares count them: kind, attributes from the table of known sources, and stance."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pandas as pd

from scripts.core.storage import read_parquet
from scripts.documents.origins import WIRE
from scripts.report.corpus.layout import STANCE, VALUE
from scripts.report.corpus.tokens import read_rows
from scripts.sources.source_counts import ALL_VALUES, OTHER_VALUES, UNKNOWN, counts_sources

_KIND = "kind"


def document_uses(folder: Path, doc_ids: pd.Series) -> pd.DataFrame:
    """Return four masks of the documents, as columns.

    `parsed`, `sources` and `words` have the documents that count for sentences and statements, for sources, and for
    words; `wire` has wire copy."""
    rows = read_parquet(folder / "documents.parquet", ["doc_id", "parsed", "duplicate_of"]).to_pandas()
    rows = rows.assign(sources=counts_sources(rows["parsed"], rows["duplicate_of"].fillna("")))
    uses = rows.set_index("doc_id").loc[doc_ids, ["parsed", "sources"]].set_axis(doc_ids.index)
    counted = read_rows(folder, "readability", ["doc_id"])["doc_id"].astype(str)
    origins = read_rows(folder, "document_origins", ["doc_id", "origin"]).astype(str)
    of_wires = origins.loc[origins["origin"] == WIRE, "doc_id"]
    return uses.astype(bool).assign(words=doc_ids.isin(counted), wire=doc_ids.isin(of_wires))


def shown_values(folder: Path) -> dict[str, list[str]]:
    """Return the values of `kind` and of each attribute of known sources that occur in the table source_shares.

    They are sorted, so that an added document does not change their order.
    """
    rows = read_rows(folder, "source_shares", ["attribute", "value"]).astype(str).drop_duplicates()
    attributes = [_KIND, *read_rows(folder, "source_attributes", ["attribute"])["attribute"].astype(str).unique()]
    values = {name: {*rows.loc[rows["attribute"] == name, "value"]} - {ALL_VALUES} for name in attributes}
    return {name: sorted({*shown, UNKNOWN, OTHER_VALUES}) for name, shown in values.items()}


def source_rows(folder: Path, values: Mapping[str, list[str]]) -> pd.DataFrame:
    """Return doc_id, quote and stance of the table quote_sources, and the value of each attribute, as categories.

    Values are as in source_shares: "unknown" if nothing gives one. `values` are those of the whole corpus
    (`shown_values`), of which the documents may be only a part.
    """
    rows = read_rows(folder, "quote_sources", ["doc_id", "quote", STANCE, _KIND, "row"])
    cells = read_rows(folder, "source_attributes", ["row", "attribute", "value"])
    columns = {_KIND: rows[_KIND]}
    for name, own in cells.astype({"attribute": str, "value": str}).groupby("attribute", sort=False):
        columns[str(name)] = rows["row"].map(own.set_index("row")["value"]).fillna("")
    for name, column in columns.items():
        encoded = column.astype("category").cat
        places = {text: place for place, text in enumerate(values[name])}
        shown = [places.get(text or UNKNOWN, places[OTHER_VALUES]) for text in encoded.categories.tolist()]
        rows[VALUE + name] = pd.Categorical.from_codes(np.array(shown, np.int64)[encoded.codes], pd.Index(values[name]))
    return rows.drop(columns=[_KIND, "row"])
