"""Review sheets: stratified random samples of attributions, sentences and names for a reader to check.

Each row carries its stratum and the number of units in it, so that the sample speaks for the corpus. Strata with few
units join others, so that at least two rows can be drawn from each.
"""

import random
import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np
import pandas as pd
import pyarrow as pa

from scripts.core.annotation import text_sha256
from scripts.framing.sampling import allocate

# Columns that a reader fills, by sheet.
FILLED = {
    "attributions": ("right", "speaker_right", "whose", "comment"),
    "sentences": ("missed", "comment"),
    "names": ("right", "label_should_be", "comment"),
}
_BANDS = (0.0, 0.5, 0.7, 0.85, 0.95, 1.0)
_CONTEXT = 300  # characters before and after
_REST = "*"
_QUOTED = re.compile("[\"“”«»„‘]|(?<!\\w)'")
_LABELS = frozenset(["PERSON", "ORG", "GPE", "LOC", "FAC", "NORP"])


def confidence_band(confidence: pd.Series) -> pd.Series:
    """Return the band of each confidence as text, such as ".70 to .85"; the upper end belongs to the band.

    >>> confidence_band(pd.Series([0.7, 0.71])).tolist()
    ['.50 to .70', '.70 to .85']
    """
    names = [f"{low:.2f} to {high:.2f}".replace("0.", ".") for low, high in pairwise(_BANDS)]
    return pd.cut(confidence, _BANDS, labels=names, include_lowest=True).astype(str)


def strata(columns: Sequence[pd.Series], *, least: int) -> pd.Series:
    """Return the stratum of each unit: its values in the columns, the most important first, joined by " | ".

    Units of a stratum smaller than `least` give up their last value for "*", then the one before it.
    """
    parts = pd.DataFrame(dict(enumerate(column.astype(str) for column in columns)))
    labels = parts.agg(" | ".join, axis=1) if len(parts) else pd.Series([], dtype=str)
    for column in reversed(parts.columns):
        small = labels.map(labels.value_counts()) < least
        parts.loc[small, column] = _REST
        labels = parts.agg(" | ".join, axis=1) if len(parts) else labels
    return labels


def draw(labels: pd.Series, *, size: int, seed: int) -> pd.DataFrame:
    """Return a stratified random sample: the index of each drawn unit, its stratum and the units in that.

    Half of the rows are shared out evenly among strata, half by their size; the order is random.
    """
    generator = random.Random(seed)
    groups = {stratum: sorted(index) for stratum, index in labels.groupby(labels, sort=True).groups.items()}
    numbers = allocate([len(index) for index in groups.values()], size) if groups else []
    rows = [
        (unit, stratum, len(index))
        for (stratum, index), number in zip(groups.items(), numbers, strict=True)
        for unit in generator.sample(index, number)
    ]
    generator.shuffle(rows)
    return pd.DataFrame(rows, columns=["unit", "stratum", "stratum_size"])


def _sheet(
    kind: str, units: pd.DataFrame, sample: pd.DataFrame, texts: Mapping[str, str], shown: Sequence[str]
) -> pa.Table:
    """Return a sheet: the drawn units in their context with their strata, columns to show, and empty ones to fill."""
    rows = units.loc[sample["unit"], ["doc_id", "start", "end", *shown]].reset_index(drop=True)
    places = list(zip((texts[doc_id] for doc_id in rows["doc_id"]), rows["start"], rows["end"], strict=True))
    columns = {
        "sheet": [kind] * len(rows),
        "doc_id": rows["doc_id"],
        "text_sha256": [text_sha256(text) for text, _, _ in places],
        "start": rows["start"],
        "end": rows["end"],
        "stratum": sample["stratum"],
        "stratum_size": sample["stratum_size"],
        "before": [text[max(0, start - _CONTEXT) : start] for text, start, _ in places],
        "text": [text[start:end] for text, start, end in places],
        "after": [text[end : end + _CONTEXT] for text, _, end in places],
        **{name: rows[name] for name in shown},
        **{name: [""] * len(rows) for name in FILLED[kind]},
    }
    return pa.table({name: pa.array(values, from_pandas=True) for name, values in columns.items()})


def attribution_sheet(
    quotes: pd.DataFrame, texts: Mapping[str, str], group: Mapping[str, str], *, size: int, seed: int
) -> pa.Table:
    """Return the sheet of attributions, stratified by band of confidence, type and group of documents."""
    spans = quotes["content_spans"]
    units = quotes.assign(start=[each[0][0] for each in spans], end=[each[-1][1] for each in spans])
    columns = [confidence_band(units["confidence"]), units["type"], units["doc_id"].map(group)]
    labels = strata(columns, least=2 * len(units) // size)
    sample = draw(labels, size=size, seed=seed)
    return _sheet("attributions", units, sample, texts, ["speaker", "source", "cue", "type", "confidence"])


def sentence_sheet(
    sentences: pd.DataFrame, quotes: pd.DataFrame, texts: Mapping[str, str], *, size: int, seed: int
) -> pa.Table:
    """Return the sheet of sentences, in each of which a reader counts the statements that the machine missed.

    Strata: sentences in which an attribution begins, others with a quotation mark, and the rest.
    """
    attributed = set(zip(quotes["doc_id"], quotes["sentence"], strict=True))
    begins = [key in attributed for key in zip(sentences["doc_id"], sentences["sentence"], strict=True)]
    marked = sentences["text"].str.contains(_QUOTED)
    labels = np.select([begins, marked], ["attribution", "quotation mark"], "neither")
    units = sentences.assign(machine=np.where(begins, "attribution", "none"))
    sample = draw(pd.Series(labels, sentences.index, dtype=str), size=size, seed=seed)
    return _sheet("sentences", units, sample, texts, ["machine"])


def name_sheet(entities: pd.DataFrame, texts: Mapping[str, str], *, size: int, seed: int) -> pa.Table:
    """Return the sheet of mentions of people, places, organisations and groups, stratified by label."""
    units = entities[entities["label"].isin(_LABELS)].reset_index(drop=True)
    sample = draw(units["label"], size=size, seed=seed)
    return _sheet("names", units, sample, texts, ["label", "entity"])
