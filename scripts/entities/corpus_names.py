"""Names of a document as names over all documents, for what is counted over the corpus.

Quotes, frames and blame are found document by document and have the document's names. Where an article has "Clinton"
and the others have made her Hillary Clinton, or a setting merges two names, her statements are counted as hers.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.compute as pc

from scripts.core.storage import read_parquet

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


def renamed_encoded(rows: pd.DataFrame, names: Names, column: str) -> pd.DataFrame:
    """`renamed` for an encoded column of rows with an encoded doc_id, neither with gaps.

    A name that is another in some document is looked up once a document.
    """
    doc_id, name = rows["doc_id"].cat, rows[column].cat
    number = name.codes.to_numpy(np.int64)
    at = np.flatnonzero(name.categories.isin({name for _, name in names})[number])
    pair, pairs = pd.factorize(doc_id.codes.to_numpy(np.int64)[at] * len(name.categories) + number[at])
    document, of_document = np.divmod(pairs, len(name.categories))
    found = {"doc_id": doc_id.categories.take(document), column: name.categories.take(of_document)}
    found = renamed(pd.DataFrame(found), names, [column])[column]
    categories = pd.Index(sorted({*name.categories, *found}))
    codes = categories.get_indexer(name.categories)[number]
    codes[at] = categories.get_indexer(found)[pair]
    return rows.assign(**{column: pd.Categorical.from_codes(codes, categories)})
