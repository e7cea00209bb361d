"""The units that people code (sentences or whole articles), with their texts, groups and the machine's cues."""

from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from scripts.core.arrays import Floats
from scripts.core.encoded import index_positions
from scripts.core.storage import read_parquet
from scripts.core.tables import read_analysed
from scripts.framing.cells import pair_counts
from scripts.framing.schemes import Scheme

# The doc_id and the number of a sentence in the document; for an article the number is WHOLE_ARTICLE.
UnitKey = tuple[str, int]
WHOLE_ARTICLE = -1
SENTENCE, ARTICLE = "sentence", "article"
# Spreadsheets cut a cell off at 32,767 characters.
_LONGEST_CELL = 32_000


class Units(NamedTuple):
    """All units of the corpus that may be coded, in the order of the table sentences or documents.

    `kind` is "sentence" or "article". `group` is the group of the unit's document, or "". `hits` are the cues of each
    frame (column) in each unit (row); `share` is the share of the unit's sentences with a cue, 0 or 1 for a sentence.
    """

    kind: str
    keys: list[UnitKey]
    texts: list[str]
    group: list[str]
    hits: Floats
    share: Floats

    def places(self) -> dict[UnitKey, int]:
        """Return the row of each unit by its key."""
        return {key: row for row, key in enumerate(self.keys)}


def make_units(texts: pd.DataFrame, groups: pd.DataFrame, codes: pd.DataFrame, scheme: Scheme, *, kind: str) -> Units:
    """Return the units of a kind with the machine's cues in them.

    `texts` has doc_id, text and sentence for sentences, or doc_id, text and n_sentences for articles; `groups` has
    doc_id and group for all documents; `codes` is the table frame_codes, of which only the scheme's rows count.
    """
    sentence = texts["sentence"] if kind == SENTENCE else pd.Series(WHOLE_ARTICLE, texts.index)
    keys = list(zip(texts["doc_id"], sentence.tolist(), strict=True))
    group = dict(zip(groups["doc_id"], groups["group"], strict=True))
    cues = codes.loc[codes["scheme"] == scheme.name, ["doc_id", "sentence", "frame"]]
    of_cue = cues["sentence"] if kind == SENTENCE else cues["sentence"] * 0 + WHOLE_ARTICLE
    units = pd.MultiIndex.from_arrays([texts["doc_id"], sentence])
    row = units.get_indexer(pd.MultiIndex.from_arrays([cues["doc_id"], of_cue]))
    column = index_positions(cues["frame"], pd.Index([frame.name for frame in scheme.frames]))
    shape = len(keys), len(scheme.frames)
    known = row >= 0
    hits = pair_counts(row[known], column[known], shape).astype(float)
    distinct = known & ~cues.duplicated().to_numpy()
    sentences = np.ones(len(keys)) if kind == SENTENCE else texts["n_sentences"].to_numpy(float)
    share = pair_counts(row[distinct], column[distinct], shape) / np.maximum(1, sentences)[:, None]
    return Units(kind, keys, texts["text"].tolist(), [group.get(doc_id, "") for doc_id, _ in keys], hits, share)


def read_units(folder: Path, scheme: Scheme, *, kind: str) -> Units:
    """Return the units of the corpus from the tables in a folder; documents that were not parsed have none."""
    table, column = ("sentences", "sentence") if kind == SENTENCE else ("documents", "n_sentences")
    texts = read_analysed(folder, table, ["doc_id", "text", column]).to_pandas()
    groups = read_parquet(folder / "document_groups.parquet").to_pandas()
    codes = read_parquet(folder / "frame_codes.parquet", ["doc_id", "sentence", "scheme", "frame"]).to_pandas()
    return make_units(texts, groups, codes, scheme, kind=kind)


def cell_text(text: str) -> str:
    """Return a text as it appears in a coding sheet: cut short, and marked so, before a spreadsheet would cut it."""
    return text if len(text) <= _LONGEST_CELL else text[:_LONGEST_CELL] + " [...]"
