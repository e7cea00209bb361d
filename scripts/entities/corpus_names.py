"""Names over the corpus in place of the names within documents, for tables that count over the corpus.

Quotes, frames and blame have the names of their documents. A statement by "Clinton" is counted as Hillary Clinton's
where the corpus, or a setting, says that she is meant.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from scripts.core.ranges import rows_between
from scripts.core.storage import open_parquet

if TYPE_CHECKING:
    import pandas as pd

Names = Mapping[tuple[str, str], str]


_COLUMNS = ["doc_id", "entity", "name"]


def names_of(mentions: pa.Table | pa.RecordBatch) -> Names:
    """Return the names of mentions, some rows of the table entity_mentions, as `read_names` does."""
    rows = mentions.filter(pc.not_equal(mentions["entity"], mentions["name"])).to_pydict()
    return dict(zip(zip(rows["doc_id"], rows["entity"], strict=True), rows["name"], strict=True))


def read_names(path: Path) -> Names:
    """Return {(doc_id, name within the document): name over the corpus} where the two differ, from entity_mentions."""
    names: dict[tuple[str, str], str] = {}
    with open_parquet(path) as file:
        for batch in file.iter_batches(columns=_COLUMNS, use_threads=False):
            names.update(names_of(batch))
    return names


def names_between(file: pq.ParquetFile, first: str, last: str) -> Names:
    """Return names as `read_names` does, of the documents from `first` to `last` of the open table entity_mentions."""
    return names_of(rows_between(file, first, last, _COLUMNS))


def renamed(rows: "pd.DataFrame", names: Names, columns: Iterable[str] = ("speaker",)) -> "pd.DataFrame":
    """Return rows with a doc_id, the names in some columns replaced by those over the corpus."""
    changed = {name for _, name in names}
    for column in columns:
        keys = rows.loc[rows[column].isin(changed), ["doc_id", column]]
        values = rows[column].copy()
        values.loc[keys.index] = [names.get(key, key[1]) for key in keys.itertuples(index=False, name=None)]
        rows = rows.assign(**{column: values})
    return rows


def renamed_encoded(rows: "pd.DataFrame", names: Names, column: str) -> "pd.DataFrame":
    """Return rows as `renamed` does, where the column and doc_id are encoded and without missing values.

    Each name is looked up once a document.
    """
    import pandas as pd  # 0.2 s that the tables of attributions do not need

    doc_id, name = rows["doc_id"].cat, rows[column].cat
    number = name.codes.to_numpy(np.int64)
    at = np.flatnonzero(name.categories.isin({name for _, name in names})[number])
    pair, pairs = pd.factorize(doc_id.codes.to_numpy(np.int64)[at] * len(name.categories) + number[at])
    document, of_document = np.divmod(pairs, len(name.categories))
    keys = pd.DataFrame({"doc_id": doc_id.categories.take(document), column: name.categories.take(of_document)})
    corpus_names = renamed(keys, names, [column])[column]
    categories = pd.Index(sorted({*name.categories, *corpus_names}))
    codes = categories.get_indexer(name.categories)[number]
    codes[at] = categories.get_indexer(corpus_names)[pair]
    return rows.assign(**{column: pd.Categorical.from_codes(codes, categories)})
