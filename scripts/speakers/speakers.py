"""Speakers: the words attributed to each, inside and outside quotation marks, with shares and their intervals.

Makes the tables speakers, over all documents, and speakers_by_group.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from scripts.core.arrays import Floats, Ints
from scripts.core.encoded import as_table, index_positions, read_encoded, read_narrow
from scripts.core.options import path_options
from scripts.core.statements import NO_COMMENT
from scripts.core.storage import read_parquet, read_settings
from scripts.core.tables import write_table
from scripts.maths.association import ratio
from scripts.maths.bootstrap import cell_bounds
from scripts.maths.document_shares import METHOD, Sums, share_interval
from scripts.maths.intervals import ENOUGH, TOO_FEW
from scripts.maths.ranking import by_frequency
from scripts.speakers.usual_roles import other_roles, usual_role

# Most speakers of a group in the table: those with most words.
MOST_SPEAKERS = 50
# The type of rows for people who join in somebody else's statement.
FURTHER = "further"
_TEXTS = ("doc_id", "type", "speaker", "speaker_type", "role")
_NUMBERS = ("sentence", "n_words", "n_quoted")


def _encoded(values: pd.Series) -> tuple[NDArray[np.int32], NDArray[np.object_]]:
    """Return the number of each row's text, and the texts in alphabetical order: "" is 0, a missing text -1."""
    encoded = values.astype("category").cat
    names = sorted({*encoded.categories.astype(str), ""})
    return index_positions(values, pd.Index(names)).astype(np.int32), np.array(names, object)


def _by_documents(
    values: pd.Series, cell: Ints, row: Ints, rows: Ints, choose: Callable[[dict[str, int]], str]
) -> NDArray[np.object_]:
    """Return for each of `rows` the value that `choose` picks from {value: number of documents}; "" without values.

    `values` and `cell` have an entry for each statement; `row` has the row of each cell.
    """
    codes, names = _encoded(values)
    known = (codes > 0) & np.isin(row[cell], rows)
    cells, value = np.divmod(np.unique(cell[known] * len(names) + codes[known]), len(names))
    pairs, n = np.unique(row[cells] * len(names) + value, return_counts=True)
    counts: dict[int, dict[str, int]] = {}
    for pair, documents in zip(pairs.tolist(), n.tolist(), strict=True):
        counts.setdefault(pair // len(names), {})[names[pair % len(names)]] = documents
    return np.array([choose(counts[at]) if at in counts else "" for at in rows.tolist()], object)


def _shares(words: Ints, document: Ints, bounds: Ints, group: Ints) -> tuple[Floats, Floats, Floats]:
    """Return each row's share of the words of its group, with the interval (lo, hi).

    `words` and `document` have an entry for each cell; `bounds` has the first and last cell (exclusive) of each row;
    `group` has the number of each document's group.
    """
    of_documents = np.bincount(document, words, len(group))
    of_group = group[document[bounds[:, 0]]]

    def of_rows(values: Floats) -> Floats:
        return np.diff(np.append(0.0, np.cumsum(values))[bounds])[:, 0]

    def of_groups(values: Floats) -> Floats:
        return np.bincount(group, values)[of_group]

    own = words.astype(float)
    sums = Sums(
        of_groups((of_documents > 0).astype(float)),
        of_rows(own),
        of_groups(of_documents),
        of_rows(own**2),
        of_rows(own * of_documents[document]),
        of_groups(of_documents**2),
    )
    enough = np.bincount(group)[of_group] >= ENOUGH
    lo, hi = (np.where(enough, end, np.nan) for end in share_interval(sums))
    return ratio(sums.hits, sums.totals), lo, hi


def _summary(quotes: pd.DataFrame, groups: "pd.Series[str]", *, most: int | None) -> pd.DataFrame:
    """Return the `most` leading speakers of each group, or all if None; see `speakers` and `speakers_by_group`.

    A row is a speaker in a group. Its cells are the documents of the group that quote the speaker; a full table of
    documents by speakers would not fit into memory.
    """
    document = index_positions(quotes["doc_id"], groups.index)
    speaker, speaker_names = _encoded(quotes["speaker"])
    chosen = np.flatnonzero((document >= 0) & (speaker > 0))
    # In text order, since the table has the place of each speaker's first statement; own statements before joint ones.
    joint, silent = ((quotes["type"] == kind).to_numpy(bool) for kind in (FURTHER, NO_COMMENT))
    chosen = chosen[np.lexsort((quotes["sentence"].to_numpy()[chosen], document[chosen], joint[chosen]))]
    document, speaker, joint, silent = document[chosen], speaker[chosen], joint[chosen], silent[chosen]
    quotes = quotes[["sentence", "speaker_type", "role", "n_words", "n_quoted"]].iloc[chosen]
    group, group_names = pd.factorize(groups, sort=True)
    keys, first, row = np.unique(group[document] * len(speaker_names) + speaker, return_index=True, return_inverse=True)
    group_of, speaker_of = np.divmod(keys, len(speaker_names))
    cells, cell = np.unique(row * len(groups) + document, return_inverse=True)
    row_of, document_of = np.divmod(cells, len(groups))
    bounds = cell_bounds(row_of)
    by_cell = [np.bincount(cell, quotes[name]).astype(int) for name in ("n_words", "n_quoted")]
    words, direct = (np.add.reduceat(each, bounds[:, 0]) for each in by_cell)
    order = np.lexsort((speaker_of, -direct, -words, group_of))
    rank = np.arange(len(order)) - np.searchsorted(group_of[order], group_of[order])
    rows = order if most is None else order[rank < most]
    speaking = ~(joint | silent)
    counts = {"n_quotes": speaking, "n_joint": joint, "n_no_comment": silent}
    documents = np.bincount(group)[group_of]
    columns = {
        "group": group_names.to_numpy(object)[group_of],
        "group_documents": documents,
        "speaker": speaker_names[speaker_of],
        **{name: np.bincount(row, mask, len(keys)).astype(int) for name, mask in counts.items()},
        "n_documents": np.bincount(row_of[np.unique(cell[speaking])], minlength=len(keys)),
        "words": words,
        "words_direct": direct,
        "words_indirect": words - direct,
        "method": np.where(documents >= ENOUGH, METHOD, TOO_FEW),
        "doc_id": groups.index.to_numpy(object)[document[first]],
        "sentence": quotes["sentence"].to_numpy()[first],
    }
    table = pd.DataFrame({name: column[rows] for name, column in columns.items()})
    for name, of, choose in (
        ("speaker_type", "speaker_type", lambda counts: by_frequency(counts)[0]),
        ("role", "role", usual_role),
        ("other_roles", "role", other_roles),
    ):
        table[name] = _by_documents(quotes[of], cell, row_of, rows, choose)
    for prefix, of_cells in zip(("", "direct_"), by_cell, strict=True):
        shares = _shares(of_cells, document_of, bounds[rows], group)
        table[[f"{prefix}{name}" for name in ("share", "lo", "hi")]] = np.column_stack(shares)
    return table


def with_joint(quotes: pd.DataFrame, joint: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of the table quotes, then those of joint_statements, which get the type FURTHER and no words."""
    further = joint.assign(type=FURTHER, role="", n_words=0, n_quoted=0)
    columns: dict[str, Any] = {name: np.append(quotes[name], further[name]) for name in _NUMBERS}
    for name in _TEXTS:
        texts = quotes[name].astype("category").cat
        texts = texts.add_categories(sorted({*further[name]}.difference(texts.categories))).cat
        codes = np.append(texts.codes, texts.categories.get_indexer(pd.Index(further[name])))
        columns[name] = pd.Categorical.from_codes(codes, texts.categories)
    return pd.DataFrame(columns)


def speakers(quotes: pd.DataFrame, doc_ids: list[str]) -> pd.DataFrame:
    """Return one row per named or described source of `quotes` (`with_joint`), most words first.

    Shares are of the words of all of them, and of their words in quotation marks; statements without a known speaker
    do not count. The 95 % intervals are over the documents `doc_ids`; with fewer than ENOUGH they are missing.
    """
    return _summary(quotes, pd.Series("", index=sorted(doc_ids)), most=None)


def speakers_by_group(quotes: pd.DataFrame, groups: "pd.Series[str]") -> pd.DataFrame:
    """Return the table speakers_by_group: the `MOST_SPEAKERS` leading speakers of each group, most words first.

    `quotes` are rows `with_joint`; `groups` has the group ("" for none) of each document by doc_id. Intervals are over
    the documents of the group; with fewer than `intervals.ENOUGH` they are missing. With fewer than two groups there
    are no rows.
    """
    grouped = groups[groups != ""]
    if grouped.nunique() < 2:
        return pd.DataFrame()
    return _summary(quotes, grouped, most=MOST_SPEAKERS)


def main() -> None:
    """Write the tables speakers and speakers_by_group from the tables in a folder, as Parquet and CSV."""
    options = path_options(main.__doc__, "settings", "folder")
    folder: Path = options.folder
    documents = read_parquet(folder / "documents.parquet", ["doc_id", "parsed"])
    doc_ids = documents["doc_id"].filter(documents["parsed"]).to_pylist()  # no others can have quotes
    groups = read_parquet(folder / "document_groups.parquet").to_pandas().set_index("doc_id")["group"]
    quotes = read_narrow(folder / "quotes.parquet", [*_TEXTS, *_NUMBERS])
    joint = read_encoded(folder / "joint_statements.parquet", ["doc_id", "speaker", "speaker_type", "sentence"])
    quotes = with_joint(quotes, joint)
    tables = {
        "speakers": speakers(quotes, sorted(doc_ids)),
        "speakers_by_group": speakers_by_group(quotes, groups[doc_ids]),
    }
    limits = read_settings(options.settings)["tables"]
    for name, rows in tables.items():
        write_table(folder, name, as_table(name, rows), **limits)
