"""Selection of rows for figures that do not simply show the first of a table; the report lists the same rows."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.compute as pc

from scripts.core.storage import document_blocks, first_seen, open_table
from scripts.report.groups import counted_scheme
from scripts.report.store import Store

# Most groups side by side, and most points in the figure of two groups.
_GROUPS, _CONTRASTED = 9, 400


def most_coded_document(folder: Path) -> pd.DataFrame:
    """Return the cues of the first scheme in the document with most of them; the first by doc_id in a tie.

    `folder` has the result tables. The columns are those of table frame_codes: doc_id, sentence, scheme, frame, term,
    speaker. Without that table there are no rows.
    """
    store, path = Store(folder), folder / "frame_codes.parquet"
    first = counted_scheme(store)
    most, doc_id = 0, ""
    files = open_table(path, dictionaries=["doc_id"]) if path.exists() else []
    for rows in document_blocks(files, ["doc_id", "scheme"]):
        of_first = first_seen(rows.filter(pc.equal(rows["scheme"], first))["doc_id"])
        counts = np.bincount(of_first.indices.to_numpy(), minlength=1).tolist()
        if max(counts) > most:
            most = max(counts)
            doc_id = of_first.dictionary[counts.index(most)].as_py()
    codes = store.document_rows(path.stem, [doc_id], ["sentence", "scheme", "frame", "term", "speaker"]).to_pandas()
    return codes[codes["scheme"] == first].reset_index(drop=True)


def quotes_of_most_coded(folder: Path) -> pd.DataFrame:
    """Return doc_id, sentence and type of the quotes in the document chosen by `most_coded_document`."""
    doc_ids = most_coded_document(folder)["doc_id"].head(1)
    return Store(folder).document_rows("quotes", doc_ids, ["sentence", "type"]).to_pandas()


def first_grouping(rates: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of one grouping column: `month` if it has two groups or more, else the first that has."""
    columns = sorted(dict.fromkeys(rates["column"]), key=lambda column: column != "month")
    parts = (rates[rates["column"] == column] for column in columns)
    return next((part for part in parts if part["group"].nunique() > 1), rates.head(0))


def largest_groups(groups: pd.DataFrame) -> dict[str, int]:
    """Return {group: number of documents} for the groups with most documents, the largest first.

    With fewer than two groups, the result is empty.
    """
    counts = groups.loc[groups["group"] != "", "group"].value_counts().rename_axis("group").reset_index(name="n")
    top = counts.sort_values(["n", "group"], ascending=[False, True]).head(_GROUPS)
    return dict(zip(top["group"], top["n"].tolist(), strict=True)) if len(counts) > 1 else {}


def compared_words(keyness: pd.DataFrame, groups: Sequence[str]) -> pd.DataFrame:
    """Return the rows of table keyness that compare these groups with the others, by the first column that does."""
    rows = keyness[keyness["target"].isin(groups) & keyness["estimate"].notna()]
    return rows[rows["column"].isin(rows["column"].head(1))]


def largest_contrast(keyness: pd.DataFrame, groups: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of table keyness that compare the group with most words with the others.

    `groups` is table document_groups; without two groups there are no rows.
    """
    rows = compared_words(keyness, list(largest_groups(groups)))
    sizes = rows.drop_duplicates("target").sort_values(["n_target", "target"], ascending=[False, True])
    return rows[rows["target"].isin(sizes["target"].head(1))].head(_CONTRASTED)
