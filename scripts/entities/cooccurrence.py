"""Which entities are named together, in a sentence or a paragraph, more often than chance would have it."""

from collections import Counter
from itertools import combinations

import numpy as np
import pandas as pd

from scripts.frequencies.association import expected, fisher_p, npmi
from scripts.intervals import benjamini_hochberg

UNITS = ("sentence", "paragraph")
METHOD = "Fisher's exact test, one-sided"
TOO_FEW = "not estimable: fewer than two documents"
# A pair named together once says nothing; the most frequent entities keep the number of pairs within reason.
_MIN_TOGETHER, _MOST_ENTITIES = 2, 500


def _pairs(mentions: pd.DataFrame, unit: str, n_units: int, *, testable: bool) -> pd.DataFrame:
    kept = mentions["name"].value_counts(sort=False).rename_axis("name").reset_index(name="n")
    kept = kept.sort_values(["n", "name"], ascending=[False, True])["name"].head(_MOST_ENTITIES)
    where = mentions[mentions["name"].isin(set(kept))][["doc_id", "sentence", "paragraph", "name"]]
    where = where.sort_values(["doc_id", "sentence"]).drop_duplicates(["doc_id", unit, "name"])
    alone = Counter(where["name"])
    together: Counter[tuple[str, str]] = Counter()
    documents: dict[tuple[str, str], set[str]] = {}
    first: dict[tuple[str, str], tuple[str, int]] = {}
    for (doc_id, _), rows in where.groupby(["doc_id", unit]):
        # The sentence where the second of the two is named: there the reader sees both, or where the first has led to.
        sentences = dict(zip(rows["name"], rows["sentence"], strict=True))
        for pair in combinations(sorted(sentences), 2):
            together[pair] += 1
            documents.setdefault(pair, set()).add(doc_id)
            first.setdefault(pair, (doc_id, max(sentences[name] for name in pair)))
    found = []
    for (one, other), n in together.items():
        if n < _MIN_TOGETHER:
            continue
        cells = (n, alone[one] - n, alone[other] - n, n_units - alone[one] - alone[other] + n)
        found.append(
            {
                "unit": unit,
                "name1": one,
                "name2": other,
                "n": n,
                "n1": alone[one],
                "n2": alone[other],
                "n_units": n_units,
                "expected": float(expected(*cells)),
                "documents": len(documents[one, other]),
                "npmi": float(npmi(*cells)),
                "p": fisher_p(*cells, alternative="greater") if testable else np.nan,
                "doc_id": first[one, other][0],
                "sentence": first[one, other][1],
            }
        )
    rows = pd.DataFrame(found)
    return rows.assign(q=benjamini_hochberg(rows["p"])) if found else rows


def cooccurrence(mentions: pd.DataFrame, sentences: pd.DataFrame, *, n_documents: int) -> pd.DataFrame:
    """The cooccurrence table of the people, places and organisations of `mentions.linked`, the closest pairs first.

    The units are all sentences (paragraphs) of the corpus (table sentences), with and without names. The test takes
    them as independent, which those of one document are not; with fewer than two documents it is not made.
    """
    named = mentions[mentions["kind"] != "group"]
    parts = []
    for unit in UNITS:
        n_units = len(sentences[["doc_id", unit]].drop_duplicates())
        parts.append(_pairs(named, unit, n_units, testable=n_documents > 1))
    rows = pd.concat(parts, ignore_index=True)
    if rows.empty:
        return rows
    rows["method"] = METHOD if n_documents > 1 else TOO_FEW
    order = rows.assign(late=rows["unit"].map(UNITS.index)).sort_values(
        ["late", "n", "npmi", "name1", "name2"], ascending=[True, False, False, True, True]
    )
    return order.drop(columns="late").reset_index(drop=True)
