"""Mean valence of the sentences that a speaker voices or that mention an actor (table valence_by_name).

Additive: `part` sums a range of documents, `valence_by_name` makes the table from all parts. A compound score has four
decimals, so it is summed as an integer, in ten-thousandths: a mean does not depend on the order of addition.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from scripts.core.arrays import Floats, Ints
from scripts.core.stand_ins import ALL
from scripts.framing.cells import Array, blocks_of_names, narrow
from scripts.framing.places import NamePlaces
from scripts.maths.bootstrap import cell_bounds
from scripts.maths.intervals import ENOUGH, TOO_FEW, student_quantile
from scripts.maths.tuples import sum_packed

# The number of the name under which all sentences are summed.
EVERY = 0
# A name with fewer sentences gets no mean.
_FEWEST = 5
_UNIT = 10_000
# If half the width of an interval is smaller, all documents are alike and the width is only rounding error.
_LEAST = 1e-6
METHOD = "linearised over documents, Student's t of their effective number"


class _Sums(NamedTuple):
    """Sums by name and document, both numbers: `n` sentences with a score, and the sum of their scores times 10,000."""

    name: Array
    document: Array
    n: Array
    score: Array


class ValencePart(NamedTuple):
    """Sums over all sentences (under the name EVERY), over the sentences each name voices, and over those about it."""

    all: _Sums
    voiced: _Sums
    mentions: _Sums


def part(compound: Floats, document_of: Ints, where: NamePlaces, number: Ints, *, first: int) -> ValencePart:
    """Return the sums of a range of documents, of which `first` is the number of the first.

    `compound` is the score of each sentence (NaN for none) and `document_of` its document; `number` is the number of
    each name in `where`.
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


def valence_by_name(parts: Sequence[ValencePart], names: Sequence[str]) -> pd.DataFrame:
    """Return the table valence_by_name: mean compound valence by speaker, by actor mentioned, and over all sentences.

    `names` lists the names by number. A name in fewer than ENOUGH documents has no interval, and names with fewer than
    five sentences are left out.
    """
    rows = []
    for relation, sums in zip(ValencePart._fields, zip(*parts, strict=True), strict=True):
        rows += [_means(block).assign(relation=relation) for block in blocks_of_names(sums, names=len(names))]
    table = pd.concat(rows)
    texts = np.array(names, object)[table["name"]]
    table = table.assign(name=np.where(table["relation"] == "all", ALL, texts))
    return table.sort_values(["relation", "n", "name"], ascending=[True, False, True], ignore_index=True)


def _means(sums: _Sums) -> pd.DataFrame:
    """Return the mean of each name with enough sentences, and its interval.

    The mean over sentences is a ratio of totals over documents, and its variance is linearised (Cochran, W. G. 1977,
    Sampling Techniques: 6.4). The degrees of freedom of Student's t are the effective number of documents, of equal
    length, less one (Kish 1965: 11.7).
    """
    bounds = cell_bounds(sums.name)

    def of_names(values: Ints) -> Ints:
        return np.diff(np.append(0, np.cumsum(values, dtype=np.int64))[bounds])[:, 0]

    sizes, scores = sums.n.astype(np.int64), sums.score.astype(np.int64)
    n, score = of_names(sizes), of_names(scores)
    listed, documents = n >= _FEWEST, np.diff(bounds)[:, 0]
    n_squared, products, squares = (of_names(each) for each in (sizes**2, sizes * scores, scores**2))
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = score / n
        spread = np.maximum(0, squares - 2 * mean * products + mean**2 * n_squared)
        error = np.sqrt(spread * documents / np.maximum(1, documents - 1)) / n
        half = student_quantile(np.maximum(1, n**2 / n_squared - 1)) * error / _UNIT
    half = np.where((documents >= ENOUGH) & (half > _LEAST), half, np.nan)
    columns = {
        "name": sums.name[bounds[:, 0]],
        "n_documents": documents,
        "n": n,
        "estimate": mean / _UNIT,
        "lo": np.maximum(-1, mean / _UNIT - half),
        "hi": np.minimum(1, mean / _UNIT + half),
        "method": np.where(documents >= ENOUGH, METHOD, TOO_FEW),
    }
    return pd.DataFrame(columns)[listed]
