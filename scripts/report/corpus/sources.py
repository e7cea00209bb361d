"""Sources of statements as the shares count them: kind, attributes of the table of known sources, stance of the cue."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pandas as pd

from scripts.core.storage import read_parquet
from scripts.documents.origins import WIRE
from scripts.report.corpus.layout import STANCE, VALUE
from scripts.report.corpus.tokens import read_rows
from scripts.sources.source_counts import OTHER_VALUES, UNKNOWN, counts_sources, value_names

_KIND = "kind"


def analysed_documents(folder: Path) -> pd.DataFrame:
    """Return by doc_id whether a document was parsed, and whether its sources count: it repeats no earlier one then."""
    documents = read_parquet(folder / "documents.parquet", ["doc_id", "parsed", "duplicate_of"]).to_pandas()
    counts = counts_sources(documents["parsed"], documents["duplicate_of"].fillna(""))
    return pd.DataFrame({"parsed": documents["parsed"].to_numpy(bool), "counts": counts}, documents["doc_id"])


def document_uses(folder: Path, doc_ids: pd.Series) -> pd.DataFrame:
    """Return for each document whether it counts for sentences and statements (`parsed`), for `sources`, for `words`,
    and whether it is from a `wire`.
    """
    analysed = analysed_documents(folder).loc[doc_ids]
    counted = read_rows(folder, "readability", ["doc_id"])["doc_id"].astype(str)
    origins = read_rows(folder, "document_origins", ["doc_id", "origin"]).astype(str)
    return pd.DataFrame(
        {
            "parsed": analysed["parsed"].to_numpy(),
            "sources": analysed["counts"].to_numpy(),
            "words": doc_ids.isin(counted),
            "wire": doc_ids.isin(origins.loc[origins["origin"] == WIRE, "doc_id"]),
        },
        doc_ids.index,
    )


def source_rows(folder: Path, values: Mapping[str, list[str]] | None = None) -> pd.DataFrame:
    """Return doc_id, quote, sentence and stance of the table quote_sources, and the value of each attribute.

    A value is that of source_shares: "unknown" where nothing tells it. `counts` is whether the shares count the row.
    Texts are encoded. Of documents that are not the whole corpus `values` are its values of each attribute
    (`shown_values`).
    """
    rows = read_rows(folder, "quote_sources", ["doc_id", "quote", "sentence", STANCE, _KIND, "row", "words"])
    known = read_rows(folder, "source_attributes", ["row", "attribute", "value"])
    rows = rows.astype(dict.fromkeys(("doc_id", STANCE, _KIND), "category"))
    columns = {_KIND: rows[_KIND].cat}
    for name, cells in known.astype({"attribute": str, "value": str}).groupby("attribute", sort=False):
        columns[str(name)] = rows["row"].map(cells.set_index("row")["value"]).fillna("").astype("category").cat
    documents = analysed_documents(folder)
    counts = rows["doc_id"].isin(documents.index[documents["counts"]]).to_numpy()
    words = rows["words"].to_numpy(np.int64)
    for name, column in columns.items():
        codes, texts = column.codes.to_numpy(), [str(text) for text in column.categories]
        present = np.unique(codes[counts])
        totals = np.bincount(codes[counts], words[counts], len(texts)).astype(np.int64)[present]
        names = value_names(["" if texts[at] == UNKNOWN else texts[at] for at in present.tolist()], totals)
        shown_here = values[name] if values else dict.fromkeys([*names, UNKNOWN, OTHER_VALUES])
        places = {text: place for place, text in enumerate(shown_here)}
        shown = np.array([places.get(text or UNKNOWN, places[OTHER_VALUES]) for text in texts], np.int64)
        rows[VALUE + name] = pd.Categorical.from_codes(shown[codes], pd.Index([*places]))
    return rows.assign(counts=counts)


def shown_values(rows: pd.DataFrame) -> dict[str, list[str]]:
    """Return the values of each attribute in `source_rows` of the whole corpus, sorted: so their order does not change
    with a document more."""
    names = [name for name in rows if str(name).startswith(VALUE)]
    return {str(name).removeprefix(VALUE): sorted(rows[name].cat.categories) for name in names}
