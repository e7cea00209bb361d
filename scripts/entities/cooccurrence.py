"""Pairs of entities that are named in the same sentence or paragraph more often than by chance."""

from functools import cache, partial

import numpy as np
import pandas as pd

from scripts.maths.association import expected, fisher_p, npmi
from scripts.maths.intervals import ENOUGH, TOO_FEW, benjamini_hochberg

UNITS = ("sentence", "paragraph")
METHOD = "Fisher's exact test, one-sided"
# Pairs that meet once are too many to tell from chance; only the most frequent entities are paired.
_MIN_TOGETHER, _MOST_ENTITIES = 2, 500


def _rows_of_one_unit(unit: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the pairs of rows with equal units as two arrays of row numbers; `unit` must be sorted."""
    firsts, seconds = [np.array([], int)], [np.array([], int)]
    for step in range(1, len(unit)):
        first = np.flatnonzero(unit[step:] == unit[:-step])
        if not len(first):
            break
        firsts.append(first)
        seconds.append(first + step)
    row1, row2 = np.concatenate(firsts), np.concatenate(seconds)
    order = np.argsort(unit[row1], kind="stable")
    return row1[order], row2[order]


def _pairs(mentions: pd.DataFrame, unit: str, n_units: int, *, testable: bool) -> pd.DataFrame:
    """Return the rows of table cooccurrence for one kind of unit; p and q are NaN if not `testable`."""
    frequency = mentions["name"].value_counts(sort=False).rename_axis("name").reset_index(name="n")
    frequent = frequency.sort_values(["n", "name"], ascending=[False, True])["name"].head(_MOST_ENTITIES)
    where = mentions[mentions["name"].isin(set(frequent))][["doc_id", "sentence", "paragraph", "name"]]
    where = where.sort_values(["doc_id", "sentence"]).drop_duplicates(["doc_id", unit, "name"])
    where = where.sort_values(["doc_id", unit, "name"], ignore_index=True)
    name, distinct = pd.factorize(where["name"], sort=True)
    names = np.asarray(distinct, object)
    row1, row2 = _rows_of_one_unit(where.groupby(["doc_id", unit], observed=True).ngroup().to_numpy())
    document, sentence = pd.factorize(where["doc_id"])[0], where["sentence"].to_numpy()
    pairs, first, pair, n = np.unique(
        name[row1] * len(names) + name[row2], return_index=True, return_inverse=True, return_counts=True
    )
    documents = np.bincount(np.unique(pair * len(where) + document[row1]) // max(1, len(where)), minlength=len(pairs))
    repeated = np.flatnonzero(n >= _MIN_TOGETHER)
    n, first = n[repeated], first[repeated]
    name1, name2 = np.divmod(pairs[repeated], max(1, len(names)))
    alone = np.bincount(name, minlength=len(names))
    cells = (n, alone[name1] - n, alone[name2] - n, n_units - alone[name1] - alone[name2] + n)
    # Many pairs have the same counts in either order; the test is made once for all of them.
    fisher = cache(partial(fisher_p, alternative="greater"))
    counts = zip(*(cell.tolist() for cell in cells), strict=True)
    tests = [fisher(both, *sorted(single), neither) if testable else np.nan for both, *single, neither in counts]
    return pd.DataFrame(
        {
            "unit": unit,
            "name1": names[name1],
            "name2": names[name2],
            "n": n,
            "n1": alone[name1],
            "n2": alone[name2],
            "n_units": n_units,
            "expected": expected(*cells),
            "documents": documents[repeated],
            "npmi": npmi(*cells),
            "p": np.array(tests, float),
            "doc_id": where["doc_id"].to_numpy()[row1[first]],
            # The later of the two sentences: a reader who is led there has read the earlier one or sees it.
            "sentence": np.maximum(sentence[row1[first]], sentence[row2[first]]),
            "q": benjamini_hochberg(tests),
        }
    )


def cooccurrence(mentions: pd.DataFrame, sentences: pd.DataFrame, *, n_documents: int) -> pd.DataFrame:
    """Return the cooccurrence table of the people, places and organisations of `link_mentions`, closest pairs first.

    Units are all sentences (paragraphs) of the corpus (table sentences), with and without names. The test takes them
    as independent, which sentences of one document are not; with fewer than ENOUGH documents it is not made.
    """
    named = mentions[mentions["kind"] != "group"]
    parts = []
    for unit in UNITS:
        n_units = len(sentences[["doc_id", unit]].drop_duplicates())
        parts.append(_pairs(named, unit, n_units, testable=n_documents >= ENOUGH))
    rows = pd.concat(parts, ignore_index=True)
    if rows.empty:
        return rows
    rows["method"] = METHOD if n_documents >= ENOUGH else TOO_FEW
    order = rows.assign(unit_order=rows["unit"].map(UNITS.index)).sort_values(
        ["unit_order", "n", "npmi", "name1", "name2"], ascending=[True, False, False, True, True]
    )
    return order.drop(columns="unit_order").reset_index(drop=True)
