"""Names of entities over all documents, and the names that their own documents give them."""

from pathlib import Path

import pandas as pd
import pyarrow as pa

from scripts.core.boilerplate import in_boilerplate, left_out_places
from scripts.report.corpus.layout import BETWEEN_FIELDS
from scripts.report.corpus.tokens import read_rows


def read_mentions(folder: Path) -> pd.DataFrame:
    """Return the table entities with names over all documents, and after the label the kind of entity that it is.

    `own` is the name within the document. Dates, sums and the like keep the name in their document, and have no kind.
    Names in boilerplate are left out.
    """
    keys = ["doc_id", "mention"]
    rows = read_rows(folder, "entities", [*keys, "sentence", "start", "end", "label", "entity", "corrected_by"])
    if (places := left_out_places(folder)).num_rows:
        in_places = in_boilerplate(pa.Table.from_pandas(rows[["doc_id", "sentence"]], preserve_index=False), places)
        rows = rows[~in_places.to_numpy() | (rows["corrected_by"] != "")]
    named = read_rows(folder, "entity_mentions", [*keys, "kind", "name"])
    rows = rows.astype({"doc_id": str, "entity": str, "label": str, "corrected_by": str})
    rows = rows.merge(named.astype({"doc_id": str, "name": str, "kind": str}), on=keys, how="left")
    kind = rows["kind"].fillna("")
    own = rows["entity"]
    return rows.assign(own=own, entity=rows["name"].fillna(own), label=rows["label"] + BETWEEN_FIELDS + kind)
