"""Which entities are named together, in a sentence or a paragraph, more often than chance would have it."""

from functools import cache, partial

import numpy as np
import pandas as pd

from scripts.maths.association import expected, fisher_p, npmi
from scripts.maths.intervals import TOO_FEW, benjamini_hochberg

UNITS = ("sentence", "paragraph")
METHOD = "Fisher's exact test, one-sided"
# A pair named together once says nothing; the most frequent entities keep the number of pairs within reason.
_MIN_TOGETHER, _MOST_ENTITIES = 2, 500


def _together(unit: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The pairs of rows with the same unit, as two arrays of row numbers; rows stand by unit."""
    left, right = [np.array([], int)], [np.array([], int)]
    for step in range(1, len(unit)):
        first = np.flatnonzero(unit[step:] == unit[:-step])
        if not len(first):
            break
        left.append(first)
        right.append(first + step)
    one, other = np.concatenate(left), np.concatenate(right)
    order = np.argsort(unit[one], kind="stable")
    return one[order], other[order]


def _pairs(mentions: pd.DataFrame, unit: str, n_units: int, *, testable: bool) -> pd.DataFrame:
    kept = mentions["name"].value_counts(sort=False).rename_axis("name").reset_index(name="n")
    kept = kept.sort_values(["n", "name"], ascending=[False, True])["name"].head(_MOST_ENTITIES)
    where = mentions[mentions["name"].isin(set(kept))][["doc_id", "sentence", "paragraph", "name"]]
    where = where.sort_values(["doc_id", "sentence"]).drop_duplicates(["doc_id", unit, "name"])
    where = where.sort_values(["doc_id", unit, "name"], ignore_index=True)
    name, names = pd.factorize(where["name"], sort=True)
    names = np.asarray(names, object)
    one, other = _together(where.groupby(["doc_id", unit], observed=True).ngroup().to_numpy())
    document, sentence = pd.factorize(where["doc_id"])[0], where["sentence"].to_numpy()
    pairs, first, pair, n = np.unique(
        name[one] * len(names) + name[other], return_index=True, return_inverse=True, return_counts=True
    )
    documents = np.bincount(np.unique(pair * len(where) + document[one]) // max(1, len(where)), minlength=len(pairs))
    kept = np.flatnonzero(n >= _MIN_TOGETHER)
    n, first = n[kept], first[kept]
    name1, name2 = np.divmod(pairs[kept], max(1, len(names)))
    alone = np.bincount(name, minlength=len(names))
    cells = (n, alone[name1] - n, alone[name2] - n, n_units - alone[name1] - alone[name2] + n)
    # Many pairs have the same counts, whichever of the two is the more frequent: of those the test is made once.
    test = cache(partial(fisher_p, alternative="greater")) if testable else lambda *_: np.nan
    counts = zip(*(cell.tolist() for cell in cells), strict=True)
    tests = [test(n, *sorted(alone), neither) for n, *alone, neither in counts]
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
            "documents": documents[kept],
            "npmi": npmi(*cells),
            "p": np.array(tests, float),
            "doc_id": where["doc_id"].to_numpy()[one[first]],
            # The sentence where the second of the two is named: there the reader sees both, or where the first led to.
            "sentence": np.maximum(sentence[one[first]], sentence[other[first]]),
            "q": benjamini_hochberg(tests),
        }
    )


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
