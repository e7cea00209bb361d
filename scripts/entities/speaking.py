"""Who speaks about whom: the entities that stand in what each speaker is quoted with."""

import numpy as np
import pandas as pd

from scripts.maths.intervals import wilson

METHOD = "Wilson over the speaker's attributions"
_KEY = ["speaker", "kind", "name"]


def speaker_entity(mentions: pd.DataFrame, quotes: pd.DataFrame) -> pd.DataFrame:
    """The speaker_entity table: how many of a speaker's attributions (table quotes) name each entity.

    `mentions` are those of `mentions.linked`; a speaker has the name over all documents where an entity of the same
    document has the speaker's name.
    """
    first = mentions.drop_duplicates(["doc_id", "entity"])[["doc_id", "entity", "name"]]
    first = first.astype({"entity": str, "name": str})  # a speaker may be nobody's name
    known = quotes.loc[quotes["speaker"].fillna("") != "", ["doc_id", "quote", "speaker"]]
    known = known.merge(first.rename(columns={"entity": "speaker", "name": "over_all"}), how="left")
    known["speaker"] = known.pop("over_all").fillna(known["speaker"])
    said = mentions[mentions["quote"] >= 0].merge(known, on=["doc_id", "quote"]).sort_values(["doc_id", "mention"])
    if said.empty:
        return pd.DataFrame()
    rows = said.groupby(_KEY, as_index=False, observed=True).agg(
        mentions=("mention", "size"),
        documents=("doc_id", "nunique"),
        doc_id=("doc_id", "first"),
        quote=("quote", "first"),
        sentence=("sentence", "first"),
    )
    statements = said.drop_duplicates(["doc_id", "quote", *_KEY]).groupby(_KEY, observed=True).size()
    rows["n"] = statements.to_numpy()  # both are in the order of the key
    rows["n_quotes"] = rows["speaker"].map(known["speaker"].value_counts())
    rows["estimate"] = rows["n"] / rows["n_quotes"]
    rows["lo"], rows["hi"] = (np.asarray(end) for end in wilson(rows["n"], rows["n_quotes"]))
    rows["method"] = METHOD
    return rows.sort_values(["n", *_KEY], ascending=[False, True, True, True], ignore_index=True)
