"""Sources of statements as the shares count them: kind, attributes of the table of known sources, stance of the cue."""

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from scripts.core.storage import document_blocks, open_table, read_parquet
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


def shown_values(folder: Path) -> dict[str, list[str]]:
    """Return the values of each attribute that the shares of sources show, sorted: so their order does not change with
    a document more."""
    path = folder / "quote_sources.parquet"
    documents = analysed_documents(folder)
    left_out = pa.array(documents.index[~documents["counts"]].tolist(), pa.string())
    words: dict[str, Counter[Any]] = {_KIND: Counter(), "row": Counter()}
    files = open_table(path) if path.exists() else []
    for rows in document_blocks(files, ["doc_id", *words, "words"]):
        counted = rows.filter(pc.invert(pc.is_in(rows["doc_id"], left_out))).to_pandas()
        for name, counter in words.items():
            counter.update(counted.groupby(name, dropna=False)["words"].sum().to_dict())
    texts = {_KIND: words[_KIND]}
    for name, cells in _attributes(folder):
        value_of = dict(zip(cells["row"], cells["value"], strict=True))
        texts[name] = Counter()
        for row, n in words["row"].items():
            texts[name][value_of.get(row, "")] += n
    names = {
        name: value_names(["" if text == UNKNOWN else text for text in of], np.array([*of.values()], np.int64))
        for name, of in texts.items()
    }
    return {name: sorted({*shown, UNKNOWN, OTHER_VALUES}) for name, shown in names.items()}


def _attributes(folder: Path) -> Iterator[tuple[str, pd.DataFrame]]:
    """Yield the attributes of the table of known sources, each with its cells (row, value)."""
    cells = read_rows(folder, "source_attributes", ["row", "attribute", "value"])
    for name, own in cells.astype({"attribute": str, "value": str}).groupby("attribute", sort=False):
        yield str(name), own


def source_rows(folder: Path, values: Mapping[str, list[str]]) -> pd.DataFrame:
    """Return doc_id, quote and stance of the table quote_sources, and the value of each attribute, all texts encoded.

    A value is that of source_shares: "unknown" where nothing tells it. `values` are those of the whole corpus
    (`shown_values`), of which the documents may be a part.
    """
    rows = read_rows(folder, "quote_sources", ["doc_id", "quote", STANCE, _KIND, "row"])
    columns = {_KIND: rows[_KIND].astype("category").cat}
    for name, cells in _attributes(folder):
        columns[name] = rows["row"].map(cells.set_index("row")["value"]).fillna("").astype("category").cat
    for name, column in columns.items():
        places = {text: place for place, text in enumerate(values[name])}
        shown = [places.get(text or UNKNOWN, places[OTHER_VALUES]) for text in column.categories.tolist()]
        rows[VALUE + name] = pd.Categorical.from_codes(np.array(shown, np.int64)[column.codes], values[name])
    return rows.drop(columns=[_KIND, "row"])
