"""Names of speakers and entities over all documents, and the names that their own documents give them."""

from collections import defaultdict
from pathlib import Path

import pandas as pd

from scripts.entities.corpus_names import Names
from scripts.report.corpus.tokens import read_rows


def read_mentions(folder: Path) -> pd.DataFrame:
    """Return the table entities with names over all documents, and after the label the kind of entity that it is.

    `own` is the name within the document. Dates, sums and the like keep the name in their document, and have no kind.
    """
    keys = ["doc_id", "mention"]
    rows = read_rows(folder, "entities", [*keys, "start", "end", "label", "entity", "corrected_by"])
    named = read_rows(folder, "entity_mentions", [*keys, "kind", "name"])
    rows = rows.astype({"doc_id": str, "entity": str, "label": str, "corrected_by": str})
    rows = rows.merge(named.astype({"doc_id": str, "name": str, "kind": str}), on=keys, how="left")
    kind = rows["kind"].fillna("")
    own = rows["entity"]
    return rows.assign(own=own, entity=rows["name"].fillna(own), label=rows["label"] + "\x1f" + kind)


def own_speakers(quotes: pd.DataFrame, names: Names, mentions: pd.DataFrame) -> pd.Series:
    """Return the speakers of quotes, which have names over all documents, by their names within the document.

    Where several names of the document became one, that of the mention that the source stands for is taken, else the
    first by the alphabet.
    """
    merged: dict[tuple[str, str], set[str]] = defaultdict(set)
    for (doc_id, name), corpus_name in names.items():
        merged[doc_id, corpus_name].add(name)
    same = mentions[mentions["own"] == mentions["entity"]]
    for key in merged.keys() & set(zip(same["doc_id"], same["own"], strict=True)):
        merged[key].add(key[1])
    at = dict(zip(zip(mentions["doc_id"], mentions["start"], strict=True), mentions["own"], strict=True))
    own = []
    for doc_id, speaker, start in zip(quotes["doc_id"], quotes["speaker"], quotes["ref_start"], strict=True):
        candidates = merged.get((doc_id, speaker), {speaker})
        own.append(at[doc_id, start] if at.get((doc_id, start)) in candidates else min(candidates))
    return pd.Series(own, quotes.index, dtype=object)
