"""The comparison of groups at the top of the report: a row per group, each number with its interval and mark."""

from collections import Counter
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from scripts.core.arrays import Floats, Ints
from scripts.core.boilerplate import counted_sizes
from scripts.core.encoded import index_positions
from scripts.core.statements import speech
from scripts.core.storage import document_blocks, first_seen, open_table, read_parquet
from scripts.maths.document_shares import share_interval, sums_of
from scripts.maths.intervals import ENOUGH, benjamini_hochberg
from scripts.maths.permutation import groups_p
from scripts.maths.ranking import by_frequency
from scripts.report.figures.style import ALPHA, frame_name, percent
from scripts.report.groups import counted_scheme
from scripts.report.markup import interval, number
from scripts.report.store import Store

# The largest groups with FEWEST documents are unfolded, at most FIRST_GROUPS; at most MOST_GROUPS are shown in all.
FIRST_GROUPS, FEWEST, MOST_GROUPS = 5, 10, 20


class _Value(NamedTuple):
    """A number of a group: its text, its interval, and how it differs from others: "more", "less" or "" (not clearly).

    `rows` is the key of the rows that it counts, as in templates/report/js/find.js: kind, columns, values and unit.
    """

    text: str
    interval: str = ""
    differs: str = ""
    rows: tuple[object, ...] = ()


# A share, and the ends of its interval, NaN for none.
_Bar = tuple[float, float, float]


class Group(NamedTuple):
    """A row of the comparison: the group's documents, its share of words in quotation marks with a bar, its most quoted
    speaker and its commonest frame."""

    name: str
    documents: _Value
    quoted: _Value
    bar: _Bar
    speaker: _Value
    frame: _Value


class _Comparison(NamedTuple):
    """The groups shown, the groups folded, the total of groups, the number of documents and of those without a group,
    the name of the frame scheme, and the largest share or end of an interval, to which bars are scaled; or the name of
    the only group, with which nothing can be compared."""

    groups: list[Group]
    folded: list[Group]
    total: int
    documents: int
    without: int
    scheme: str
    longest: float
    only: str = ""


def compare_groups(store: Store) -> _Comparison | None:
    """Return the groups of documents side by side; without two groups none; None with fewer than two documents.

    Reads document_groups, documents, quotes, speakers_by_group, frame_prevalence and frame_contrasts.
    The share of quoted words is tested here against all other groups; frames are marked as in frame_contrasts.
    """
    names, of_document, counts, n_documents = _counted(store)
    without = n_documents - len(counts)
    if n_documents < 2:
        return None
    if len(names) < 2:
        return _Comparison([], [], len(names), n_documents, without, "", 0, *names)
    members = [np.flatnonzero(of_document == number) for number in range(len(names))]
    shares = _quoted_shares(names, members, counts)
    speakers, prevalence = store.load("speakers_by_group"), store.load("frame_prevalence")
    scheme = counted_scheme(store)
    prevalence, contrasts = (rows[rows["scheme"] == scheme] for rows in (prevalence, store.load("frame_contrasts")))
    groups = [
        Group(
            name,
            _Value(number(len(mine)), rows=_rows("documents of a group", name, unit="documents")),
            *shares[name],
            _top_speaker(speakers[speakers["group"] == name], name),
            _leading_frame(prevalence[prevalence["group"] == name], contrasts, name),
        )
        for name, mine in zip(names[:MOST_GROUPS], members, strict=False)
    ]
    first = sum(len(mine) >= FEWEST for mine in members[:FIRST_GROUPS])
    first = first if first > 1 else 0
    longest = float(np.nanmax([*chain.from_iterable(bar for _, bar in shares.values()), np.finfo(float).tiny]))
    return _Comparison(groups[:first], groups[first:], len(names), n_documents, without, frame_name(scheme), longest)


def _counted(store: Store) -> tuple[list[str], Ints, Floats, int]:
    """Return the groups, those with most documents first, and counts by document.

    The counts are, for each document in a group, the number of its group, and a row with its words in quotation marks
    and all its words; and then the number of all documents, in a group or not."""
    sizes = read_parquet(store.folder / "documents.parquet", ["doc_id", "n_words"])
    documents = counted_sizes(sizes, store.folder).to_pandas()
    order = pd.Index(documents["doc_id"])
    counts = np.column_stack([_quoted(store.folder / "quotes.parquet", order), documents["n_words"]]).astype(float)
    labels = store.load("document_groups")
    labels = labels[labels["group"] != ""]
    names = by_frequency(Counter(labels["group"]))
    of_document = np.full(len(order), -1)
    of_document[order.get_indexer(labels["doc_id"])] = index_positions(labels["group"], pd.Index(names, dtype=object))
    grouped = of_document >= 0
    return names, of_document[grouped], counts[grouped], len(order)


def _quoted(path: Path, order: pd.Index) -> Ints:
    """Return the words in quotation marks of each document, from the table quotes."""
    quoted = np.zeros(len(order), np.int64)
    files = open_table(path, dictionaries=["doc_id"]) if path.exists() else []
    for rows in document_blocks(files, ["doc_id", "type", "n_quoted"]):
        spoken = speech(rows)
        doc_id = first_seen(spoken["doc_id"])
        document = order.get_indexer(doc_id.dictionary.to_pylist())[doc_id.indices.to_numpy()]
        np.add.at(quoted, document, spoken["n_quoted"].to_numpy())
    return quoted


def _rows(kind: str, group: str, *, unit: str = "", **columns: str) -> tuple[object, ...]:
    """Return the key (js/find.js) of the rows of a kind in a group of documents that have these values of `columns`."""
    values = columns | {"value": group}
    return (kind, list(values), list(values.values()), *([unit] if unit else []))


def _quoted_shares(names: list[str], members: list[Ints], counts: Floats) -> dict[str, tuple[_Value, _Bar]]:
    """Return each group's share of words in quotation marks, tested against all other groups, and its bar."""
    # With two groups there is only one test: the second differs exactly as the first does.
    compared = 1 if len(names) == 2 else len(names)
    of = np.zeros(1, np.intp)
    p = groups_p(members, lambda rows: (counts[rows, :1], counts[rows, 1:]), of, compared=compared)[:, 0]
    sizes = [len(each) for each in members]
    few = [min(size, len(counts) - size) < ENOUGH for size in sizes]
    q = np.resize(benjamini_hochberg(np.where(few[:compared], np.nan, p)), len(names))
    shares = {}
    for name, mine, corrected in zip(names, members, q, strict=True):
        inside, of = counts[mine].sum(axis=0)
        is_more = inside * (counts[:, 1].sum() - of) > (counts[:, 0].sum() - inside) * of
        lo, hi = map(float, share_interval(sums_of(*counts[mine].T)) if len(mine) >= ENOUGH else (np.nan, np.nan))
        differs = "" if not corrected < ALPHA else "more" if is_more else "less"
        rows = _rows("statements of a group", name, unit="share", side="anybody")
        share = inside / of if of else None
        shares[name] = (_Value(percent(share), _ends(lo, hi), differs, rows), (float(share or 0), lo, hi))
    return shares


def _ends(lo: float, hi: float) -> str:
    return "" if np.isnan([lo, hi]).any() else interval(lo, hi)


def _top_speaker(rows: pd.DataFrame, name: str) -> _Value:
    """Return the most quoted speaker of a group."""
    if rows.empty:
        return _Value("")
    row = rows.sort_values(["share", "speaker"], ascending=[False, True]).iloc[0]
    key = _rows("quotes of a group", name, speaker=row["speaker"])
    return _Value(f"{row['speaker']} {percent(row['share'])}", _ends(row["lo"], row["hi"]), rows=key)


def _leading_frame(rows: pd.DataFrame, contrasts: pd.DataFrame, name: str) -> _Value:
    """Return the commonest frame of a group, with its interval and mark."""
    rows = rows[rows["n"] > 0]
    if rows.empty:
        return _Value("")
    row = rows.sort_values(["estimate", "frame"], ascending=[False, True]).iloc[0]
    return _Value(
        f"{frame_name(row['frame'])} {percent(row['estimate'])}",
        _ends(row["lo"], row["hi"]),
        _frame_differs(contrasts[contrasts["frame"] == row["frame"]], name),
        ("frame_codes", ["scheme", "frame", "group"], [row["scheme"], row["frame"], name], "sentences"),
    )


def _frame_differs(contrasts: pd.DataFrame, name: str) -> str:
    """Return how a group differs in a frame; with two groups, only the first has a row, which stands for both."""
    rows = contrasts[((contrasts["group"] == name) | (contrasts["other"] == name)) & (contrasts["q"] < ALPHA)]
    if rows.empty:
        return ""
    first = rows.iloc[0]
    return "more" if (first["estimate"] > 0) == (first["group"] == name) else "less"
