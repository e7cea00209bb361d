"""Entities named in the statements of each speaker."""

import numpy as np
import pandas as pd

from scripts.maths.intervals import wilson

METHOD = "Wilson over the speaker's attributions"
_KEY = ["speaker", "kind", "name"]


def speaker_entity(mentions: pd.DataFrame, quotes: pd.DataFrame) -> pd.DataFrame:
    """Return the speaker_entity table: how many of a speaker's attributions (table quotes) name each entity.

    `mentions` are of `link_mentions`. A speaker with the name of an entity of the same document gets that entity's
    name over the corpus.
    """
    corpus_name = mentions.drop_duplicates(["doc_id", "entity"])[["doc_id", "entity", "name"]]
    corpus_name = corpus_name.astype({"entity": str, "name": str})  # a speaker may be no entity's name
    attributions = quotes.loc[quotes["speaker"].fillna("") != "", ["doc_id", "quote", "speaker"]]
    attributions = attributions.merge(
        corpus_name.rename(columns={"entity": "speaker", "name": "corpus_name"}), how="left"
    )
    attributions["speaker"] = attributions.pop("corpus_name").fillna(attributions["speaker"])
    quoted = mentions[mentions["quote"] >= 0].merge(attributions, on=["doc_id", "quote"])
    quoted = quoted.sort_values(["doc_id", "mention"])
    if quoted.empty:
        return pd.DataFrame()
    rows = quoted.groupby(_KEY, as_index=False, observed=True).agg(
        mentions=("mention", "size"),
        documents=("doc_id", "nunique"),
        doc_id=("doc_id", "first"),
        quote=("quote", "first"),
        sentence=("sentence", "first"),
    )
    statements = quoted.drop_duplicates(["doc_id", "quote", *_KEY]).groupby(_KEY, observed=True).size()
    rows["n"] = statements.to_numpy()  # both are in the order of the key
    rows["n_quotes"] = rows["speaker"].map(attributions["speaker"].value_counts())
    rows["estimate"] = rows["n"] / rows["n_quotes"]
    rows["lo"], rows["hi"] = (np.asarray(limit) for limit in wilson(rows["n"], rows["n_quotes"]))
    rows["method"] = METHOD
    return rows.sort_values(["n", *_KEY], ascending=[False, True, True, True], ignore_index=True)
