"""Names of a document as names over all documents, for what is counted over the corpus.

Quotes, frames and blame are found document by document and have the document's names. Where an article has "Clinton"
and the others have made her Hillary Clinton, or a setting merges two names, her statements are counted as hers.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path

import pandas as pd
import pyarrow.compute as pc

from scripts.storage import read_parquet

Names = Mapping[tuple[str, str], str]


def read_names(path: Path) -> Names:
    """From the table entity_mentions the name over all documents of each (doc_id, name within it) that differs."""
    rows = read_parquet(path, ["doc_id", "entity", "name"])
    rows = rows.filter(pc.not_equal(rows["entity"], rows["name"])).to_pydict()
    return dict(zip(zip(rows["doc_id"], rows["entity"], strict=True), rows["name"], strict=True))


def renamed(rows: pd.DataFrame, names: Names, columns: Iterable[str] = ("speaker",)) -> pd.DataFrame:
    """Rows with a doc_id, with the names in some columns as they are over all documents."""
    changed = {name for _, name in names}
    for column in columns:
        found = rows.loc[rows[column].isin(changed), ["doc_id", column]]
        values = rows[column].copy()
        values.loc[found.index] = [names.get(key, key[1]) for key in found.itertuples(index=False, name=None)]
        rows = rows.assign(**{column: values})
    return rows
