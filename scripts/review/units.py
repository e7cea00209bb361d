"""Units that a reviewer checks, as the machine produced them: attributions with words, sentences, mentions of names.

None of the three includes a reader's corrections, which fix what somebody noticed: the sample must show how often the
machine errs where nobody looked. Only a reader's merges of speaker names are applied, so that shares refer to the same
speakers as in all other tables.
"""

from collections.abc import Iterable, Mapping
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import pandas as pd
import pyarrow as pa

from scripts.core.boilerplate import left_out_places, without_boilerplate
from scripts.core.corpus_names import read_changed_names, with_corpus_names
from scripts.core.schemas import table_entry
from scripts.core.statements import speech
from scripts.core.storage import read_by_document, read_parquet
from scripts.core.tables import joined, part_folders, read_analysed
from scripts.review.apply import decisions_by_document
from scripts.review.conflicts import final_names
from scripts.review.decisions import EVERYWHERE, ON_CORPUS, Decision
from scripts.review.reading import planned_decisions

BANDS = (0.0, 0.5, 0.7, 0.85, 0.95, 1.0)
CHECKED_LABELS = frozenset(["PERSON", "ORG", "GPE", "LOC", "FAC", "NORP"])


class ReviewUnits(NamedTuple):
    """The units of the corpus, a data frame for each sheet by its name, and the texts of the documents by doc_id."""

    by_sheet: Mapping[str, pd.DataFrame]
    texts: Mapping[str, str]


def confidence_band(confidence: pd.Series) -> pd.Series:
    """Return the band of each confidence as text, such as ".70 to .85"; a band includes its upper end.

    >>> confidence_band(pd.Series([0.7, 0.71])).tolist()
    ['.50 to .70', '.70 to .85']
    """
    names = [f"{low:.2f} to {high:.2f}".replace("0.", ".") for low, high in pairwise(BANDS)]
    return pd.cut(confidence, BANDS, labels=names, include_lowest=True).astype(str)


def with_groups(rows: pd.DataFrame, group: Mapping[str, str]) -> pd.DataFrame:
    """Return the rows with a new index and a column `group`, the group of each row's document, or ""."""
    groups = [group.get(doc_id) or "" for doc_id in rows["doc_id"]]
    return rows.reset_index(drop=True).assign(group=pd.Series(groups, dtype=object))


def attribution_units(quotes: pd.DataFrame, group: Mapping[str, str]) -> pd.DataFrame:
    """Return the rows of quotes that have words, with columns start and end of the content, group and band added."""
    quotes = with_groups(quotes[quotes["content_spans"].map(len) > 0], group)
    spans = quotes["content_spans"]
    return quotes.assign(
        start=[int(each[0][0]) for each in spans],
        end=[int(each[-1][1]) for each in spans],
        band=confidence_band(quotes["confidence"]),
    )


def name_units(entities: pd.DataFrame, group: Mapping[str, str]) -> pd.DataFrame:
    """Return the mentions of people, places, organisations and groups of people."""
    return with_groups(entities[entities["label"].isin(CHECKED_LABELS)], group)


def _machine_table(parts: Iterable[Path], table: str) -> pa.Table:
    return joined(table, (read_parquet(folder / f"{table}.parquet") for folder in parts))


def merged_speakers(quotes: pa.Table, decisions: Iterable[Decision], texts: Mapping[str, str]) -> pa.Table:
    """Return the table quotes after the merges of speakers that a reader decided on within single documents."""
    on_names = [decision for decision in decisions if decision.what in ON_CORPUS and decision.doc_id != EVERYWHERE]
    assigned, _ = decisions_by_document(on_names, texts)
    becomes = {
        (doc_id, old): new
        for doc_id, of_document in assigned.items()
        for old, new in final_names(each for each in of_document if each.what == "merge").items()
    }
    return with_corpus_names(quotes, becomes, ["speaker"]) if becomes else quotes


def read_review_units(folder: Path, batches: Path, decisions: Path) -> ReviewUnits:
    """Return the units of the corpus, from the reader's tables in `folder` and the machine's tables in `batches`.

    `decisions` is the file of the reader's corrections that the plan wrote.
    """
    parts = part_folders(batches, [])
    texts = read_by_document(folder / "documents.parquet", "text")
    group = read_by_document(folder / "document_groups.parquet", "group")
    names = read_changed_names(folder / "entity_mentions.parquet")
    table = speech(without_boilerplate(_machine_table(parts, "quotes"), left_out_places(folder)))
    table = merged_speakers(table, planned_decisions(decisions)[0], texts)
    quotes = with_corpus_names(table, names, table_entry("quotes")["names"]).to_pandas()
    by_sheet = {
        "attributions": attribution_units(quotes, group),
        "sentences": with_groups(read_analysed(folder, "sentences").to_pandas(), group),
        "names": name_units(_machine_table(parts, "entities").to_pandas(), group),
    }
    return ReviewUnits(by_sheet, texts)
