"""Mean valence of the sentences that a speaker voices or that mention an actor (table valence_by_name).

Additive: `part` sums a range of documents, `valence_by_name` makes the table of all parts. A sentence's compound score
has four decimals, so that sums of ten-thousandths are whole numbers, and a mean does not depend on how they are added.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from scripts.core.arrays import Floats, Ints
from scripts.core.stand_ins import ALL
from scripts.framing.cells import Array, blocks_of_names, narrow
from scripts.framing.places import NamePlaces
from scripts.maths.association import ratio
from scripts.maths.bootstrap import OVER_DOCUMENTS, Weights, cell_bounds, differing_ends, percentiles, sums_of_columns
from scripts.maths.intervals import ENOUGH, TOO_FEW
from scripts.maths.tuples import sum_packed

# The number of the name under which all sentences are summed.
EVERY = 0
# A name with fewer sentences gets no mean.
_FEWEST = 5
# Names whose bootstrap samples are in memory at the same time (8 MB).
_BLOCK = 1_000
_UNIT = 10_000


class _Sums(NamedTuple):
    """Sentences of a name in a document, both by number, that have a score, and ten thousand times their scores."""

    name: Array
    document: Array
    n: Array
    score: Array


class ValencePart(NamedTuple):
    """The sums of all sentences (their name is EVERY), of sentences that names voice, and of sentences about names."""

    all: _Sums
    voiced: _Sums
    mentions: _Sums


def part(compound: Floats, document_of: Ints, where: NamePlaces, number: Ints, *, first: int) -> ValencePart:
    """Return the sums of a range of documents, which begins with the document `first`.

    `compound` is the score of each sentence of `where`, NaN where it has none, `document_of` its document; `number` is
    the number of each name of `where`.
    """
    score = np.rint(np.nan_to_num(compound) * _UNIT).astype(np.int64)
    documents = int(np.max(document_of, initial=0)) + 1

    def sums(name: Ints, sentence: Ints) -> _Sums:
        scored = ~np.isnan(compound[sentence])
        name, sentence = name[scored], sentence[scored]
        key = name * documents + document_of[sentence]
        (cell,), (n, total) = sum_packed([key], np.ones(len(key), int), score[sentence])
        name, document = np.divmod(cell, documents)
        return _Sums(name.astype(np.int32), (document + first).astype(np.int32), narrow(n), total.astype(np.int32))

    pairs = (where.voiced, where.mentioned)
    named = (sums(number[rows["name"].to_numpy()], rows["sentence"].to_numpy()) for rows in pairs)
    return ValencePart(sums(np.full(len(compound), EVERY), np.arange(len(compound))), *named)


def valence_by_name(parts: Sequence[ValencePart], names: Sequence[str], weights: Weights) -> pd.DataFrame:
    """Return the table valence_by_name: mean compound valence by speaker, by actor named, and over all sentences.

    `names` has the name of each number, `weights` are those of all documents. The interval is missing with fewer than
    ENOUGH documents of the name. Names with fewer than five sentences are left out.
    """
    rows = []
    for relation, sums in zip(ValencePart._fields, zip(*parts, strict=True), strict=True):
        rows += [_means(block, weights).assign(relation=relation) for block in blocks_of_names(sums, names=len(names))]
    table = pd.concat(rows)
    texts = np.array(names, object)[table["name"]]
    table = table.assign(name=np.where(table["relation"] == "all", ALL, texts))
    return table.sort_values(["relation", "n", "name"], ascending=[True, False, True], ignore_index=True)


def _means(sums: _Sums, weights: Weights) -> pd.DataFrame:
    """Return the mean of each name with enough sentences, and its interval."""
    bounds = cell_bounds(sums.name)
    n, score = (np.diff(np.append(0, np.cumsum(each, dtype=np.int64))[bounds])[:, 0] for each in (sums.n, sums.score))
    listed = n >= _FEWEST
    bounds, n, score = bounds[listed], n[listed], score[listed]
    documents = np.diff(bounds)[:, 0]
    enough = documents >= ENOUGH
    lo, hi = np.full((2, len(bounds)), np.nan)
    drawn = np.flatnonzero(enough)
    for rows in np.split(drawn, range(_BLOCK, len(drawn), _BLOCK)):
        samples = np.empty((len(rows), weights.shape[1]))
        for at, (start, end) in enumerate(bounds[rows].tolist()):
            values = np.column_stack([sums.n[start:end], sums.score[start:end]]).ravel()
            column = np.tile([0, 1], end - start)
            total, scores = sums_of_columns(weights, values, sums.document[start:end].repeat(2), column, columns=2)
            samples[at] = ratio(scores, total * _UNIT)
        lo[rows], hi[rows] = differing_ends(percentiles(samples))
    columns = {
        "name": sums.name[bounds[:, 0]],
        "n_documents": documents,
        "n": n,
        "estimate": score / (n * _UNIT),
        "lo": lo,
        "hi": hi,
        "method": np.where(enough, OVER_DOCUMENTS, TOO_FEW),
    }
    return pd.DataFrame(columns)
