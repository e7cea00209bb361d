"""Mean valence of the sentences that a speaker voices or that mention an actor (table valence_by_name)."""

from itertools import pairwise

import numpy as np
import pandas as pd

from scripts.core.encoded import as_table, read_encoded
from scripts.core.options import path_options
from scripts.core.storage import read_settings
from scripts.core.tables import write_table
from scripts.entities.corpus_names import read_names, renamed_encoded
from scripts.framing.places import Places, first_rows, places
from scripts.framing.prevalence import OVER_DOCUMENTS
from scripts.maths.intervals import ENOUGH, TOO_FEW, Floats, percentiles, resampled_sums

_INPUTS = {
    "sentences": ["doc_id", "start", "end"],
    "quotes": ["doc_id", "speaker", "content_spans"],
    "entities": ["doc_id", "sentence", "label", "entity"],
    "valence": ["doc_id", "sentence", "compound"],
}
# A name with fewer sentences gets no mean.
FEWEST = 5
# Names whose bootstrap samples are in memory at the same time (32 MB).
_BLOCK = 2_000


def valence_by_name(sentences: pd.DataFrame, where: Places, *, resamples: int = 1000) -> pd.DataFrame:
    """Return the table valence_by_name: mean compound valence by speaker, by actor named, and over all sentences.

    `sentences` has the number of the document and the compound score of each, missing where it has none. The interval
    draws the documents of the name, and is missing with fewer than ENOUGH. Names with fewer than five sentences are
    left out.
    """
    every = pd.DataFrame({"name": 0, "sentence": np.arange(len(sentences))})
    parts = [("all", pd.Index(["(all)"]), every)]
    parts += [("voiced", where.names, where.voiced), ("mentions", where.names, where.mentioned)]
    rows, units = [], []
    for relation, names, pairs in parts:
        scored = pairs.join(sentences, on="sentence").dropna(subset="compound")
        scored = scored[scored.groupby("name")["name"].transform("size") >= FEWEST]
        by = scored.groupby(["name", "document"])["compound"].agg(["sum", "size"])
        numbers, first = np.unique(scored["name"], return_index=True)
        scores = np.split(scored["compound"].to_numpy(), first)[1:]
        bounds = np.append(np.searchsorted(by.index.get_level_values("name"), numbers), len(by))
        sums, sizes = by["sum"].to_numpy(), by["size"].to_numpy()
        for name, of_name, (start, end) in zip(names[numbers], scores, pairwise(bounds), strict=True):
            units.append((sums[start:end], sizes[start:end]))
            method = OVER_DOCUMENTS if end - start >= ENOUGH else TOO_FEW
            rows.append((relation, name, int(end - start), len(of_name), float(of_name.mean()), method))
    columns = ["relation", "name", "n_documents", "n", "estimate", "method"]
    table = pd.DataFrame(rows, columns=columns)
    table["lo"], table["hi"] = _intervals(units, resamples=resamples)
    return table.sort_values(["relation", "n", "name"], ascending=[True, False, True], ignore_index=True)


def _intervals(units: list[tuple[np.ndarray, np.ndarray]], *, resamples: int) -> tuple[Floats, Floats]:
    """Return the bootstrap interval of each mean from the sums and sizes of its units."""
    lengths = np.array([len(sizes) for _, sizes in units])
    lo, hi = np.full((2, len(units)), np.nan)
    for length in np.unique(lengths[lengths >= ENOUGH]):
        of_length = np.flatnonzero(lengths == length)
        for part in np.array_split(of_length, -(-len(of_length) // _BLOCK)):
            drawn = resampled_sums(*(column for at in part for column in units[at]), resamples=resamples)
            lo[part], hi[part] = percentiles(np.stack(drawn[::2], axis=1) / np.stack(drawn[1::2], axis=1))
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
    scored = pd.DataFrame({"document": first_rows(sentences, sentences["doc_id"]), "compound": compound})
    rows = valence_by_name(scored, places(sentences, quotes, entities))
    table = as_table("valence_by_name", rows)
    write_table(options.folder, "valence_by_name", table, **read_settings(options.settings)["tables"])


if __name__ == "__main__":
    main()
