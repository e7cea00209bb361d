"""The table story_contrasts: groups of documents compared within the stories that both cover.

For any two groups it has the difference in each share: plain, within stories, and due to the choice of stories
(`maths.within_strata`). A document in no story counts as a story of its own; one that repeats an earlier one is left
out, as in all shares of sources.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from scripts.core.arrays import Ints
from scripts.core.boilerplate import counted_sizes
from scripts.core.encoded import index_positions, read_encoded
from scripts.core.options import path_options
from scripts.core.stand_ins import ALL
from scripts.core.storage import (
    read_by_document,
    read_parquet,
    read_settings,
    rows_to_table,
)
from scripts.core.tables import write_table
from scripts.core.types import Row
from scripts.maths.intervals import ENOUGH, benjamini_hochberg
from scripts.maths.permutation import DRAWS
from scripts.maths.ranking import by_frequency
from scripts.maths.within_strata import METHOD, Comparison, compared
from scripts.sources.source_counts import counts_sources

# The most groups compared, those with most documents in stories of several groups; and the most values per attribute.
_GROUPS, _VALUES = 10, 20
_SCHEME = "generic"
# Columns of differences, and the parts of a comparison that they show.
_PARTS = {"difference": "plain", "within": "within", "choice": "choice"}


class GroupedDocuments(NamedTuple):
    """Documents that count: their doc_ids in order, and the group ("" for none) and the story of each by number."""

    doc_ids: Sequence[str]
    group: NDArray[np.object_]
    story: Ints


class Measures(NamedTuple):
    """Shares by attribute and value, with the hits and the totals of each document (row) by measure (column)."""

    names: list[tuple[str, str]]
    hits: Ints
    totals: Ints


def grouped_documents(documents: pa.Table, groups: Mapping[str, str], stories: Mapping[str, str]) -> GroupedDocuments:
    """Return the documents that count; `groups` and `stories` are by doc_id, for documents that have one."""
    counts = counts_sources(documents["parsed"].to_pylist(), documents["duplicate_of"].to_pylist())
    doc_ids = documents["doc_id"].filter(pa.array(counts)).to_pylist()
    # A story is named after its first document, so no other document has its name.
    names = [stories.get(doc_id, doc_id) for doc_id in doc_ids]
    number = {name: at for at, name in enumerate(dict.fromkeys(names))}
    group = np.array([groups.get(doc_id, "") for doc_id in doc_ids], object)
    return GroupedDocuments(doc_ids, group, np.array([number[name] for name in names], np.int64))


def _of_documents(rows: pd.DataFrame, doc_ids: Sequence[str]) -> pd.DataFrame:
    """Return the rows of the documents in `doc_ids`, with the document's index there as a column `place`."""
    placed = rows.assign(place=index_positions(rows["doc_id"], pd.Index(doc_ids)))
    return placed[placed["place"] >= 0]


def _sums(rows: pd.DataFrame, column: str, documents: int) -> Ints:
    """Return the sums of a column of rows for each document, by its `place`."""
    return np.bincount(rows["place"], rows[column], documents).astype(np.int32)


def source_measures(
    quotes: pd.DataFrame, attributes: Mapping[str, Mapping[int, str]], doc_ids: Sequence[str]
) -> Measures:
    """Return the shares of attributed words in quotation marks, and of each kind of source, speaker and attribute.

    `quotes` are rows of quote_sources; `attributes` has the value of each row of the user's table of known sources.
    """
    quotes, n = _of_documents(quotes, doc_ids), len(doc_ids)
    hits = {("direct", ALL): _sums(quotes, "words_direct", n)}
    columns = {name: quotes[name] for name in ("kind", "speaker")}
    columns |= {name: quotes["row"].map(values) for name, values in attributes.items()}
    for attribute, values in columns.items():
        words = quotes["words"].groupby(values, observed=True).sum()
        known = {str(value): n_words for value, n_words in words.items() if value}
        for value in by_frequency(known)[:_VALUES]:
            hits[attribute, value] = _sums(quotes[(values == value).to_numpy(bool)], "words", n)
    totals = _sums(quotes, "words", n)[:, None]
    return Measures([*hits], np.stack([*hits.values()], axis=1), np.broadcast_to(totals, (n, len(hits))))


def frame_measures(frames: pd.DataFrame, doc_ids: Sequence[str], sentences: Ints) -> Measures:
    """Return the shares of sentences with each generic frame, from rows of the table frame_documents.

    That table has no row for a document without the frame. `sentences` is how many sentences each document has.
    """
    frames = _of_documents(frames[frames["scheme"] == _SCHEME], doc_ids)
    names = sorted(frames["frame"].unique())
    hits = [_sums(frames[frames["frame"] == name], "n", len(doc_ids)) for name in names]
    shape = len(doc_ids), len(names)
    totals = np.broadcast_to(sentences.astype(np.int32)[:, None], shape)
    return Measures([("frame", name) for name in names], np.array(hits, np.int32).reshape(shape[::-1]).T, totals)


def compared_groups(documents: GroupedDocuments) -> list[str]:
    """Return the groups to compare, sorted by name: those with most documents in stories that several groups cover."""
    groups: dict[int, set[str]] = defaultdict(set)
    for story, group in zip(documents.story.tolist(), documents.group, strict=True):
        if group:
            groups[story].add(group)
    shared = Counter(
        group
        for story, group in zip(documents.story.tolist(), documents.group, strict=True)
        if group and len(groups[story]) > 1
    )
    every = dict.fromkeys(sorted({*documents.group} - {""}), 0)
    return sorted(by_frequency(every | shared)[:_GROUPS])


def contrast_rows(documents: GroupedDocuments, measures: Measures, *, draws: int = DRAWS) -> list[Row]:
    """Return the rows of story_contrasts, by pair of groups and measure."""
    rows: list[Row] = []
    for group, second in combinations(compared_groups(documents), 2):
        chosen = np.flatnonzero((documents.group == group) | (documents.group == second))
        is_first = documents.group[chosen] == group
        story = np.unique(documents.story[chosen], return_inverse=True)[1]
        in_both = (
            np.minimum(*(np.bincount(story[side], minlength=1 + int(np.max(story))) for side in (is_first, ~is_first)))
            > 0
        )
        stories = int(in_both.sum())
        pair: Row = {
            "group": group,
            "other": second,
            "stories": stories,
            "n_documents": int((in_both[story] & is_first).sum()),
            "n_documents_other": int((in_both[story] & ~is_first).sum()),
        }
        if stories < ENOUGH:
            nothing = ("share", "share_other", *(f"{part}{end}" for part in _PARTS for end in ("", "_lo", "_hi")), "p")
            method = f"not estimable: {stories} stories in common, and {ENOUGH} are needed"
            rows.append(pair | {"attribute": ALL, "value": ALL, **dict.fromkeys(nothing), "method": method})
            continue
        result = compared(measures.hits[chosen], measures.totals[chosen], is_first, story, draws=draws)
        rows += ({**pair, **row} for row in _measured(measures.names, result))
    q = benjamini_hochberg(np.array([np.nan if row["p"] is None else row["p"] for row in rows], float))
    return [{**row, "q": value} for row, value in zip(rows, q.tolist(), strict=True)]


def _measured(names: Sequence[tuple[str, str]], result: Comparison) -> Iterator[Row]:
    """Yield the columns of each measure of which at least one group has a share."""
    for at, (attribute, value) in enumerate(names):
        if not result.share[at] and not result.other[at]:
            continue
        row: Row = {"attribute": attribute, "value": value, "share": result.share[at], "share_other": result.other[at]}
        for name, part in _PARTS.items():
            estimate = getattr(result, part)
            row |= {f"{name}{end}": ends[at] for end, ends in zip(("", "_lo", "_hi"), estimate, strict=True)}
        is_known = not np.isnan(result.within.lo[at])
        row["p"] = result.p[at]
        row["method"] = (
            METHOD
            if is_known
            else f"not estimable: fewer than {ENOUGH} stories in common have a case, or all are alike"
        )
        yield row


def _joined(*parts: Measures) -> Measures:
    hits, totals = (np.concatenate([getattr(part, name) for part in parts], axis=1) for name in ("hits", "totals"))
    return Measures([name for part in parts for name in part.names], hits, totals)


def main() -> None:
    """Write the table story_contrasts from the tables in a folder."""
    options = path_options(main.__doc__, "settings", "folder")
    folder: Path = options.folder
    groups = read_by_document(folder / "document_groups.parquet", "group")
    stories = read_by_document(folder / "story_documents.parquet", "story")
    read = read_parquet(folder / "documents.parquet", ["doc_id", "parsed", "duplicate_of", "n_sentences"])
    documents = grouped_documents(read, groups, stories)
    sizes = counted_sizes(read.filter(pc.is_in(read["doc_id"], pa.array(documents.doc_ids, pa.string()))), folder)
    attributes: dict[str, dict[int, str]] = defaultdict(dict)
    for row in read_parquet(folder / "source_attributes.parquet").to_pylist():
        attributes[row["attribute"]][row["row"]] = row["value"]
    columns = ["doc_id", "speaker", "kind", "row", "words", "words_direct"]
    sources = source_measures(read_encoded(folder / "quote_sources.parquet", columns), attributes, documents.doc_ids)
    of_frames = read_encoded(folder / "frame_documents.parquet", ["doc_id", "scheme", "frame", "n"])
    frames = frame_measures(of_frames, documents.doc_ids, sizes["n_sentences"].to_numpy())
    table = rows_to_table("story_contrasts", contrast_rows(documents, _joined(sources, frames)))
    write_table(folder, "story_contrasts", table, **read_settings(options.settings)["tables"])
