"""The table collocations: pairs of words that occur together, adjacent or within a window."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from scripts.core.lexicons import stop_words
from scripts.core.options import path_options
from scripts.core.storage import read_settings, to_table
from scripts.core.tables import write_table
from scripts.maths import association
from scripts.words.ngrams import Tuples, are_stop, open_batches, read_collocates, read_ngrams


def collocations_table(
    vocabulary: Sequence[str], pairs: Tuples, *, ordered: bool, stop: frozenset[str], min_count: int, most: int
) -> pa.Table:
    """Return the `most` rows of collocations of one kind with the highest G2: pairs of different words, no stop words.

    `ordered` pairs are adjacent words, the first before the second. Otherwise they are pairs within the window, and
    each counts in both orders, so that rows and columns of its 2 x 2 table have the same sums.
    """
    left, right = pairs.columns
    count = pairs.counts
    if ordered:
        first = np.bincount(left, count, len(vocabulary))
        second = np.bincount(right, count, len(vocabulary))
        total = int(count.sum())
    else:
        first = second = np.bincount(left, count, len(vocabulary)) + np.bincount(right, count, len(vocabulary))
        count = np.where(left == right, 2 * count, count)
        total = 2 * int(pairs.counts.sum())
    is_stop = are_stop(vocabulary, stop)
    listed = (pairs.counts >= min_count) & ~is_stop[left] & ~is_stop[right] & (left != right)
    rows = np.flatnonzero(listed)
    count1, count2 = first[left[rows]].astype(np.int64), second[right[rows]].astype(np.int64)
    o11, o12, o21 = count[rows], count1 - count[rows], count2 - count[rows]
    cells = (o11, o12, o21, total - o11 - o12 - o21)
    names = np.array(vocabulary, object)
    columns = {
        "kind": np.full(len(rows), "adjacent" if ordered else "window", object),
        "word1": names[left[rows]],
        "word2": names[right[rows]],
        "count": o11,
        "count1": count1,
        "count2": count2,
        "n": np.full(len(rows), total),
        "expected": association.expected(*cells),
        "documents": pairs.documents[rows],
        "g2": association.signed_g2(*cells),
        "pmi": association.pmi(*cells),
        "npmi": association.npmi(*cells),
        "log_dice": association.log_dice(*cells),
        "t": association.t_score(*cells),
        "delta_p": association.delta_p(*cells),
        "delta_p_back": association.delta_p(o11, o21, o12, cells[3]),
    }
    order = np.argsort(-columns["g2"], kind="stable")[:most]
    return to_table("collocations", {name: column[order] for name, column in columns.items()})


def main() -> None:
    """Make the table of collocations from the counts of all batches."""
    options = path_options(main.__doc__, "batches", "settings", "folder")
    settings = read_settings(options.settings)
    chosen = {"stop": stop_words(settings["words"]), **settings["phrases"]}
    source = open_batches(options.batches)
    adjacent = collocations_table(source.vocabulary, read_ngrams(source, [2])[2], ordered=True, **chosen)
    window = collocations_table(source.vocabulary, read_collocates(source), ordered=False, **chosen)
    write_table(options.folder, "collocations", pa.concat_tables([adjacent, window]), **settings["tables"])


if __name__ == "__main__":
    main()
