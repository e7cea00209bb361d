"""Speakers: the words attributed to each, in quotation marks and out of them, with shares and their intervals.

Makes the tables speakers, of all documents, and speakers_by_group.
"""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from scripts.core.encoded import as_table
from scripts.core.options import path_options
from scripts.core.storage import read_parquet, read_settings
from scripts.core.tables import write_table
from scripts.maths.association import ratio
from scripts.maths.bootstrap import (
    OVER_DOCUMENTS,
    RESAMPLES,
    Weights,
    cell_bounds,
    document_weights,
    percentiles,
    resampled_sums,
    sums_of_cells,
)
from scripts.maths.intervals import ENOUGH, TOO_FEW, Floats
from scripts.quotes.silence import NO_COMMENT

# Of so many roles of a speaker the usual one is chosen: who has a thousand has most of them once.
_ROLES = 100
# Speakers of a group in the table, those with most words.
MOST = 50
# Speakers whose bootstrap sums are held at a time: 4 MB of them.
_BLOCK = 500


def usual_role(counts: dict[str, int]) -> str:
    """Return the usual one of the roles that texts give a speaker; `counts` has the documents that give each.

    A role speaks for the shorter ones in it too: "Vermont Sen." for "Sen.". The usual one is what most documents speak
    for, as fully as a third of them, and two, tell it; of equals the shorter, then the first in the alphabet.
    """
    words = {role: f" {role.lower()} " for role in counts}
    likely = sorted(counts, key=lambda role: (-counts[role], role))[:_ROLES]
    support = {role: sum(n for longer, n in counts.items() if words[role] in words[longer]) for role in likely}
    usual = min(likely, key=lambda role: (-support[role], len(role)))
    enough = max(2, support[usual] / 3)
    fuller = [role for role in likely if words[usual] in words[role] and support[role] >= enough]
    return max([usual, *fuller], key=len)


def _by_documents(
    quotes: pd.DataFrame, column: str, names: pd.Index, choose: Callable[[dict[str, int]], str]
) -> NDArray[np.object_]:
    """Return for each of `names` the value that `choose` takes of {value: documents that give it}, "" if none does."""
    known = quotes[quotes[column].fillna("") != ""].drop_duplicates(["speaker", "doc_id", column])
    counts: dict[str, dict[str, int]] = {}
    sizes = known.groupby(["speaker", column]).size().reset_index(name="n")
    for name, value, n in sizes.itertuples(index=False):
        counts.setdefault(name, {})[value] = n
    return np.array([choose(counts[name]) if name in counts else "" for name in names], object)


def _commonest(counts: dict[str, int]) -> str:
    """Return the value that most documents give, of equals the first in the alphabet."""
    return min(counts, key=lambda value: (-counts[value], value))


def _shares(
    words: NDArray[np.int64], document: NDArray[np.intp], bounds: NDArray[np.intp], weights: Weights
) -> tuple[Floats, Floats, Floats]:
    """Return the share of each speaker in all words, and its bootstrap interval (lo, hi).

    A speaker has a cell, his `words` in a `document`, for each document that quotes him; `bounds` are those of his
    cells.
    """
    sums = np.add.reduceat(words, bounds[:, 0])
    share = ratio(sums, sums.sum())
    if len(weights) < ENOUGH:
        return share, *np.full((2, len(sums)), np.nan)
    lo, hi = share.copy(), share.copy()  # who says nothing says nothing in any draw
    (drawn_words,) = resampled_sums(weights, np.bincount(document, words, len(weights)))
    speaking = np.flatnonzero(sums)
    for block in np.split(speaking, range(_BLOCK, len(speaking), _BLOCK)):
        lo[block], hi[block] = percentiles(ratio(sums_of_cells(weights, words, document, bounds[block]), drawn_words))
    return share, lo, hi


def speakers(quotes: pd.DataFrame, doc_ids: list[str], *, resamples: int = RESAMPLES) -> pd.DataFrame:
    """Return one row per named or described source of `quotes` (table quotes), most quoted words first.

    Shares are of all attributed words, and of the attributed words in quotation marks; their 95 % intervals come from
    drawing the documents `doc_ids` again. With fewer than ENOUGH documents they are missing.
    """
    quotes = quotes[quotes["speaker"].fillna("") != ""].sort_values(["doc_id", "sentence", "quote"])
    if quotes.empty:
        return pd.DataFrame()
    cells = quotes.groupby(["speaker", "doc_id"])[["n_words", "n_quoted"]].sum().reset_index()
    document = pd.Index(doc_ids).get_indexer(pd.Index(cells["doc_id"]))
    starts = np.flatnonzero(~cells["speaker"].duplicated())
    names, grouped = pd.Index(cells["speaker"].iloc[starts]), quotes.groupby("speaker")
    first = grouped[["doc_id", "sentence"]].first()
    rows = pd.DataFrame({"speaker": names.to_numpy(object)})
    for column, choose in (("speaker_type", _commonest), ("role", usual_role)):
        rows[column] = _by_documents(quotes, column, names, choose)
    silent = quotes["type"] == NO_COMMENT
    rows["n_no_comment"] = silent.groupby(quotes["speaker"]).sum().to_numpy()
    rows["n_quotes"] = grouped.size().to_numpy() - rows["n_no_comment"]
    documents = quotes[~silent].groupby("speaker")["doc_id"].nunique()
    rows["n_documents"] = documents.reindex(names, fill_value=0).to_numpy()
    weights, bounds = document_weights(doc_ids, resamples=resamples), cell_bounds(pd.factorize(cells["speaker"])[0])
    for prefix, column, total in (("", "n_words", "words"), ("direct_", "n_quoted", "words_direct")):
        words = cells[column].to_numpy()
        rows[total] = np.add.reduceat(words, starts)
        ends = _shares(words, document, bounds, weights)
        rows[[f"{prefix}{name}" for name in ("share", "lo", "hi")]] = np.column_stack(ends)
    rows["words_indirect"] = rows["words"] - rows["words_direct"]
    rows["method"] = OVER_DOCUMENTS if len(doc_ids) >= ENOUGH else TOO_FEW
    rows["doc_id"], rows["sentence"] = first["doc_id"].to_numpy(object), first["sentence"].to_numpy()
    return rows.sort_values(["words", "words_direct", "speaker"], ascending=[False, False, True], kind="stable")


def leading_speakers(quotes: pd.DataFrame, most: int) -> list[str]:
    """Return the `most` most quoted speakers of `quotes` (table quotes), in the order of the table speakers."""
    named = quotes[quotes["speaker"].fillna("") != ""]
    sums = named.groupby("speaker")[["n_words", "n_quoted"]].sum().reset_index()
    order = sums.sort_values(["n_words", "n_quoted", "speaker"], ascending=[False, False, True])
    return order["speaker"].astype(str).head(most).tolist()


def speakers_by_group(quotes: pd.DataFrame, groups: "pd.Series[str]", *, resamples: int = RESAMPLES) -> pd.DataFrame:
    """Return the table speakers_by_group: for each group its `MOST` most quoted speakers, most words first.

    `quotes` is the table of that name; `groups` is the group of each document, by doc_id ("": in none). Intervals come
    from drawing documents of the group again; with fewer than `intervals.ENOUGH` they are missing. There are
    no rows without two groups.
    """
    names = sorted(set(groups) - {""})
    if len(names) < 2:
        return pd.DataFrame()
    parts = []
    for name in names:
        doc_ids = sorted(groups.index[groups == name])
        rows = speakers(quotes[quotes["doc_id"].isin(doc_ids)], doc_ids, resamples=resamples).head(MOST)
        parts.append(rows.assign(group=name, group_documents=len(doc_ids)))
    return pd.concat(parts, ignore_index=True)


def main() -> None:
    """Write the tables speakers and speakers_by_group from the tables in a folder, as Parquet and CSV."""
    options = path_options(main.__doc__, "settings", "folder")
    folder: Path = options.folder
    documents = read_parquet(folder / "documents.parquet", ["doc_id", "parsed"])
    doc_ids = documents["doc_id"].filter(documents["parsed"]).to_pylist()  # nobody can be quoted in the others
    groups = read_parquet(folder / "document_groups.parquet").to_pandas().set_index("doc_id")["group"]
    columns = ["doc_id", "quote", "sentence", "type", "speaker", "speaker_type", "role", "n_words", "n_quoted"]
    quotes = read_parquet(folder / "quotes.parquet", columns).to_pandas()
    tables = {
        "speakers": speakers(quotes, sorted(doc_ids)),
        "speakers_by_group": speakers_by_group(quotes, groups[doc_ids]),
    }
    csv_max_rows = read_settings(options.settings)["tables"]["csv_max_rows"]
    for name, rows in tables.items():
        write_table(folder, name, as_table(name, rows), csv_max_rows=csv_max_rows)


if __name__ == "__main__":
    main()
