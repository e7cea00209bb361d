"""The table collocations: pairs of words that occur together, adjacent or within a window."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from scripts.core.arrays import Ints
from scripts.core.lexicons import stop_words
from scripts.core.options import path_options
from scripts.core.storage import read_settings, to_table
from scripts.core.tables import write_table
from scripts.maths import association
from scripts.words.ngrams import are_stop, open_batches, read_collocates, read_ngrams
from scripts.words.sums import BucketSums


def _cells(count: Ints, count1: Ints, count2: Ints, total: int) -> tuple[Ints, Ints, Ints, Ints]:
    """Return the cells (o11, o12, o21, o22) of the 2 x 2 tables of pairs from the counts of pairs and words."""
    o12, o21 = count1 - count, count2 - count
    return count, o12, o21, total - count - o12 - o21


def collocations_table(
    vocabulary: Sequence[str], pairs: BucketSums, *, ordered: bool, stop: frozenset[str], min_count: int, most: int
) -> pa.Table:
    """Return the `most` collocations of one kind with the highest G2: pairs of different words without stop words.

    `ordered` pairs are adjacent words, the first before the second. Other pairs are within the window, and each counts
    in both orders, so that the rows and columns of its 2 x 2 table have the same sums.
    """
    first, second = pairs.margins if ordered else [pairs.margins[0] + pairs.margins[1]] * 2
    total = int(first.sum())
    is_stop = are_stop(vocabulary, stop)
    parts = []
    for some in pairs:
        left, right = some.columns
        listed = (some.counts >= min_count) & ~is_stop[left] & ~is_stop[right] & (left != right)
        rows = np.flatnonzero(listed)
        g2 = association.signed_g2(*_cells(some.counts[rows], first[left[rows]], second[right[rows]], total))
        rows = rows[np.argsort(-g2, kind="stable")[:most]]
        parts.append((left[rows], right[rows], some.counts[rows], some.documents[rows]))
    left, right, count, documents = map(np.concatenate, zip(*parts, strict=True))
    cells = _cells(count, first[left], second[right], total)
    names = np.array(vocabulary, object)
    columns = {
        "kind": np.full(len(count), "adjacent" if ordered else "window", object),
        "word1": names[left],
        "word2": names[right],
        "count": count,
        "count1": first[left],
        "count2": second[right],
        "n": np.full(len(count), total),
        "expected": association.expected(*cells),
        "documents": documents,
        "g2": association.signed_g2(*cells),
        "pmi": association.pmi(*cells),
        "npmi": association.npmi(*cells),
        "log_dice": association.log_dice(*cells),
        "t": association.t_score(*cells),
        "delta_p": association.delta_p(*cells),
        "delta_p_back": association.delta_p(cells[0], cells[2], cells[1], cells[3]),
    }
    order = np.lexsort((right, left, -columns["g2"]))[:most]
    return to_table("collocations", {name: column[order] for name, column in columns.items()})


def main() -> None:
    """Make the table of collocations from the counts of all batches."""
    options = path_options(main.__doc__, "batches", "repeated", "settings", "folder")
    settings = read_settings(options.settings)
    chosen = {"stop": stop_words(settings["words"]), **settings["phrases"]}
    source = open_batches(options.batches, options.repeated)
    adjacent = collocations_table(source.vocabulary, read_ngrams(source, [2])[2], ordered=True, **chosen)
    window = collocations_table(source.vocabulary, read_collocates(source), ordered=False, **chosen)
    write_table(options.folder, "collocations", pa.concat_tables([adjacent, window]), **settings["tables"])
