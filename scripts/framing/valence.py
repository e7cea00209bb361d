"""Mean valence of the sentences that a speaker voices or that mention an actor: a modest table, to read with care."""

import numpy as np
import pandas as pd

from scripts.framing.prevalence import OVER_DOCUMENTS, OVER_SENTENCES
from scripts.framing.speakers import Places, places
from scripts.framing.summaries import as_table
from scripts.intervals import bootstrap
from scripts.options import path_options
from scripts.storage import read_parquet, read_settings
from scripts.tables import write_table

# A mean over fewer sentences says nothing.
FEWEST = 5


def valence_by_name(valence: pd.DataFrame, where: Places, *, resamples: int = 1000) -> pd.DataFrame:
    """The valence_by_name table: mean compound valence by speaker and by actor named, and over all sentences.

    `valence` is the table of that name. The interval draws documents, or sentences where all are in one document. Names
    with fewer than five sentences are left out.
    """
    scored = valence[valence["compound"].notna()]
    keys = ["doc_id", "sentence"]
    parts = [("all", scored.assign(name="(all)"))]
    parts += [("voiced", where.voiced.merge(scored, on=keys)), ("mentions", where.mentioned.merge(scored, on=keys))]
    rows = []
    for relation, sentences in parts:
        for name, of_name in sentences.groupby("name", sort=True):
            if len(of_name) < FEWEST:
                continue
            by = of_name.groupby("doc_id")["compound"].agg(["sum", "size"])
            method = OVER_DOCUMENTS if len(by) > 1 else OVER_SENTENCES
            sums, sizes = (by["sum"], by["size"]) if len(by) > 1 else (of_name["compound"], np.ones(len(of_name)))
            lo, hi = bootstrap(np.divide, np.asarray(sums, float), np.asarray(sizes, float), resamples=resamples)
            mean = float(of_name["compound"].mean())
            rows.append((relation, name, len(by), len(of_name), mean, float(lo), float(hi), method))
    columns = ["relation", "name", "n_documents", "n", "estimate", "lo", "hi", "method"]
    table = pd.DataFrame(rows, columns=columns)
    return table.sort_values(["relation", "n", "name"], ascending=[True, False, True], ignore_index=True)


def main() -> None:
    """Read the corpus's tables in a folder, write the table valence_by_name beside them."""
    options = path_options(main.__doc__, "settings", "folder")
    sentences, quotes, entities, valence = (
        read_parquet(options.folder / f"{name}.parquet").to_pandas()
        for name in ("sentences", "quotes", "entities", "valence")
    )
    rows = valence_by_name(valence, places(sentences, quotes, entities))
    table = as_table("valence_by_name", rows)
    write_table(options.folder, "valence_by_name", table, **read_settings(options.settings)["tables"])


if __name__ == "__main__":
    main()
