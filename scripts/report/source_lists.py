"""Sentences behind a share of sources: those of a value of an attribute, in a group, by a measure."""

from pathlib import Path

import numpy as np
import pandas as pd

from scripts.core.storage import read_parquet
from scripts.report.corpus.sources import STANCE, VALUE, source_rows
from scripts.report.words import Key
from scripts.sources.cue_stances import STANCES
from scripts.sources.source_counts import ALL_VALUES

_USUAL = {"attribute": "kind", "group": ALL_VALUES, "measure": "words"}


def counted_rows(folder: Path) -> pd.DataFrame:
    """Return the statements that source_shares counts (as `source_rows`), with the group of their document."""
    rows = source_rows(folder)
    groups = read_parquet(folder / "document_groups.parquet").to_pandas().set_index("doc_id")["group"]
    doc_id = rows["doc_id"].cat
    group = groups.reindex(doc_id.categories).astype("category").array.take(doc_id.codes.to_numpy())
    return rows.assign(group=group)[rows["counts"]]


def sentences_of(rows: pd.DataFrame, columns: Key, key: Key) -> list[tuple[str, int]]:
    """Return the distinct sentences of a key in `rows` (as `counted_rows`) as (doc_id, sentence), in their order.

    `columns` are value and some of attribute, group and measure (words or a stance), as in source_shares; without them
    a key is of kinds, of all documents, by words.
    """
    condition = {**_USUAL, **dict(zip(columns, key, strict=True))}
    mask = np.ones(len(rows), bool)
    for column, value in ((VALUE + condition["attribute"], condition["value"]), ("group", condition["group"])):
        mask &= (rows[column] == value).to_numpy() | (value == ALL_VALUES)
    if condition["measure"] in STANCES:
        mask &= (rows[STANCE] == condition["measure"]).to_numpy()
    places = rows.loc[mask, ["doc_id", "sentence"]].drop_duplicates().sort_values(["doc_id", "sentence"])
    return [(str(doc_id), int(sentence)) for doc_id, sentence in places.itertuples(index=False)]
