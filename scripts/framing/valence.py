"""Mean valence of the sentences that a speaker voices or that mention an actor (table valence_by_name)."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from scripts.core.encoded import as_table, read_encoded
from scripts.core.options import path_options
from scripts.core.storage import read_settings
from scripts.core.tables import write_table
from scripts.entities.corpus_names import read_names, renamed_encoded
from scripts.framing.places import Places, first_rows, places
from scripts.maths.association import ratio
from scripts.maths.bootstrap import (
    OVER_DOCUMENTS,
    RESAMPLES,
    Weights,
    cell_bounds,
    document_weights,
    percentiles,
    sums_of_cells,
)
from scripts.maths.intervals import ENOUGH, TOO_FEW, Floats

_INPUTS = {
    "sentences": ["doc_id", "start", "end"],
    "quotes": ["doc_id", "speaker", "content_spans"],
    "entities": ["doc_id", "sentence", "label", "entity"],
    "valence": ["doc_id", "sentence", "compound"],
}
# A name with fewer sentences gets no mean.
FEWEST = 5
# Names whose bootstrap samples are in memory at the same time (16 MB).
_BLOCK = 1_000


def valence_by_name(
    sentences: pd.DataFrame, where: Places, doc_ids: Sequence[str], *, resamples: int = RESAMPLES
) -> pd.DataFrame:
    """Return the table valence_by_name: mean compound valence by speaker, by actor named, and over all sentences.

    `sentences` has the number of the document (in `doc_ids`) and the compound score of each, missing where it has none.
    The interval is missing with fewer than ENOUGH documents of the name. Names with fewer than five sentences are left
    out.
    """
    weights = document_weights(doc_ids, resamples=resamples)
    every = pd.DataFrame({"name": 0, "sentence": np.arange(len(sentences))})
    relations = [("all", pd.Index(["(all)"]), every)]
    relations += [("voiced", where.names, where.voiced), ("mentions", where.names, where.mentioned)]
    parts = []
    for relation, names, pairs in relations:
        scored = pairs.join(sentences, on="sentence").dropna(subset="compound")
        scored = scored[scored.groupby("name")["name"].transform("size") >= FEWEST]
        numbers, first = np.unique(scored["name"], return_index=True)
        scores = np.split(scored["compound"].to_numpy(), first)[1:]
        cells = scored.groupby(["name", "document"])["compound"].agg(["sum", "size"]).reset_index()
        bounds = cell_bounds(cells["name"].to_numpy())
        n_documents = np.diff(bounds)[:, 0]
        lo, hi = _intervals(cells, bounds, weights)
        columns = {
            "relation": relation,
            "name": names[numbers],
            "n_documents": n_documents,
            "n": [len(of_name) for of_name in scores],
            "estimate": [of_name.mean() for of_name in scores],
            "lo": lo,
            "hi": hi,
            "method": np.where(n_documents >= ENOUGH, OVER_DOCUMENTS, TOO_FEW),
        }
        parts.append(pd.DataFrame(columns))
    table = pd.concat(parts)
    return table.sort_values(["relation", "n", "name"], ascending=[True, False, True], ignore_index=True)


def _intervals(cells: pd.DataFrame, bounds: NDArray[np.intp], weights: Weights) -> tuple[Floats, Floats]:
    """Return the bootstrap interval of each mean, from the sums and sizes of its cells, one a document."""
    lo, hi = np.full((2, len(bounds)), np.nan)
    enough = np.flatnonzero(np.diff(bounds)[:, 0] >= ENOUGH)
    document = cells["document"].to_numpy()
    for part in np.split(enough, range(_BLOCK, len(enough), _BLOCK)):
        sums, sizes = (sums_of_cells(weights, cells[name], document, bounds[part]) for name in ("sum", "size"))
        lo[part], hi[part] = percentiles(ratio(sums, sizes))
    return lo, hi


def main() -> None:
    """Read the corpus's tables in a folder, write the table valence_by_name beside them."""
    options = path_options(main.__doc__, "settings", "folder")
    sentences, quotes, entities, valence = (
        read_encoded(options.folder / f"{name}.parquet", columns) for name, columns in _INPUTS.items()
    )
    names = read_names(options.folder / "entity_mentions.parquet")
    entities = renamed_encoded(entities, names, "entity")
    compound = np.full(len(sentences), np.nan)
    compound[first_rows(sentences, valence["doc_id"]) + valence["sentence"]] = valence["compound"]
    is_first = ~sentences["doc_id"].duplicated()
    scored = pd.DataFrame({"document": is_first.cumsum().to_numpy() - 1, "compound": compound})
    doc_ids = sentences.loc[is_first, "doc_id"].tolist()
    rows = valence_by_name(scored, places(sentences, quotes, entities), doc_ids)
    table = as_table("valence_by_name", rows)
    write_table(options.folder, "valence_by_name", table, **read_settings(options.settings)["tables"])


if __name__ == "__main__":
    main()
