"""Counts of a range of documents, from which every framing statistic of the corpus is made.

Additive: the `RangePart` of each range is kept, while `RangeSums` are added over ranges (`document_shares.added`).
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from scripts.core.arrays import Ints
from scripts.core.boilerplate import in_boilerplate
from scripts.core.corpus_names import names_of, with_corpus_names
from scripts.core.encoded import encoded_frame
from scripts.core.stand_ins import NARRATOR
from scripts.core.storage import decoded
from scripts.framing import balance, frame_speakers, valence
from scripts.framing.cells import Drawn, cells_by_document, chosen, drawn, name_numbers
from scripts.framing.comparisons import together
from scripts.framing.corpus import FrameCounts, code_documents, frames_of
from scripts.framing.places import first_rows, places
from scripts.framing.schemes import Scheme
from scripts.framing.terms import TermHits, patterns, term_hits, without_cues
from scripts.maths import document_shares
from scripts.maths.bootstrap import Weights

# The tables that are counted, with the columns to read.
READ_COLUMNS = {
    "sentences": ["doc_id", "sentence", "start", "end"],
    "boilerplate_places": ["doc_id", "sentence", "last", "left_out"],
    "quotes": ["doc_id", "quote", "speaker", "content_spans", "n_words", "n_quoted"],
    "entities": ["doc_id", "sentence", "label", "entity"],
    "entity_mentions": ["doc_id", "entity", "name"],
    "frame_codes": ["doc_id", "sentence", "scheme", "frame", "term", "speaker"],
    "valence": ["doc_id", "sentence", "compound"],
}


class RangeSums(NamedTuple):
    """Counts that add up over ranges of documents."""

    terms: TermHits
    coverage: document_shares.Sums
    together: Drawn
    narrated: document_shares.Sums
    spoken: Drawn


class RangePart(NamedTuple):
    """Counts that are kept for each range of documents, about 1.5 kB per document."""

    sentences: FrameCounts
    hits: FrameCounts
    balance: balance.BalancePart
    frame_speakers: frame_speakers.FramePart
    spoken: Ints
    valence: valence.ValencePart


class NameNumbers(NamedTuple):
    """Numbers of names: `known` grows range by range; those below `speakers`, also `narrator`, may voice something."""

    known: dict[str, int]
    speakers: int
    narrator: int


def names_of_speakers(speakers: Iterable[str]) -> NameNumbers:
    """Return the numbering of names to start with: the speakers, in their order, and the narrator."""
    known = {name: number for number, name in enumerate(speakers)}
    narrator = known.setdefault(NARRATOR, len(known))
    return NameNumbers(known, len(known), narrator)


def _rows(documents: pd.DataFrame, tables: dict[str, pa.Table]) -> dict[str, pd.DataFrame]:
    """Return the rows of the tables that belong to `documents`, with entities under their names over all documents.

    The tables also have documents in other languages, which were not parsed and must not lower a share. The sentences
    get a column `counts`, which is False in boilerplate.
    """
    rows = {}
    left_out = tables["boilerplate_places"]
    is_counted = pc.invert(in_boilerplate(tables["sentences"], left_out.filter(left_out["left_out"])))
    names = names_of(decoded(tables["entity_mentions"]))
    tables = {
        **tables,
        "sentences": tables["sentences"].append_column("counts", is_counted),
        "entities": with_corpus_names(tables["entities"], names, ["entity"], bodies=False),
    }
    for name in ("sentences", "quotes", "entities", "frame_codes", "valence"):
        of_table = encoded_frame(tables[name])
        parsed = of_table["doc_id"].isin(documents["doc_id"])
        rows[name] = of_table if parsed.all() else of_table[parsed].reset_index(drop=True)
    return rows


def count(
    documents: pd.DataFrame,
    tables: dict[str, pa.Table],
    schemes: Sequence[Scheme],
    weights: Weights,
    names: NameNumbers,
    *,
    first: int,
) -> tuple[RangePart, RangeSums]:
    """Return the counts of a range of `documents`, which are numbered from `first` on; `weights` are theirs.

    `tables` has this range's rows of the tables in `READ_COLUMNS`.
    """
    rows = _rows(documents, tables)
    sentences, quotes, scores = rows["sentences"], rows["quotes"], rows["valence"]
    frames = frames_of(schemes)
    where = places(sentences, quotes, rows["entities"])
    counts = sentences["counts"].to_numpy()
    voiced, mentioned = (rows_[counts[rows_["sentence"]]] for rows_ in (where.voiced, where.mentioned))
    where = where._replace(voiced=voiced, mentioned=mentioned)
    coded = code_documents(documents, rows["frame_codes"], frames)
    number = name_numbers(where.names, names.known)
    compound = np.full(len(sentences), np.nan)
    compound[first_rows(sentences, scores["doc_id"]) + scores["sentence"]] = scores["compound"]
    speaker = name_numbers(quotes["speaker"].cat.categories, names.known)
    by_name = frame_speakers.part(coded, where, number, first=first, speakers=names.speakers)
    is_narrator = by_name.voiced.name == names.narrator
    span = {"first": first, "documents": len(documents), "columns": 1 + len(frames)}
    narrated, spoken = (
        cells_by_document(chosen(by_name.voiced, cells), **span) for cells in (is_narrator, ~is_narrator)
    )
    part = RangePart(
        coded.sentences,
        coded.hits,
        balance.part(quotes, pd.Index(documents["doc_id"]), speaker, first=first),
        by_name._replace(voiced=chosen(by_name.voiced, ~is_narrator)),
        spoken[:, 0],
        valence.part(compound, coded.document_of, where, number, first=first),
    )
    sums = RangeSums(
        term_hits(coded, patterns(schemes)),
        without_cues(coded._replace(document_of=coded.document_of[counts], present=coded.present[:, counts]), frames),
        together(coded, frames, weights),
        document_shares.sums_of(narrated, narrated[:, :1]),
        drawn(spoken, weights),
    )
    return part, sums
