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

from scripts.core.anchors import sentence_anchor
from scripts.core.annotation import text_sha256
from scripts.core.options import path_options
from scripts.core.storage import read_parquet, read_settings, write_csv
from scripts.core.tables import read_analysed
from scripts.framing.sampling import allocate

# Columns that a reader fills, by sheet.
FILLED = {
    "attributions": ("right", "speaker_right", "whose", "comment"),
    "sentences": ("missed", "whose", "comment"),
    "names": ("right", "label_should_be", "comment"),
}
_BANDS = (0.0, 0.5, 0.7, 0.85, 0.95, 1.0)
_CONTEXT = 300  # characters before and after
_REST = "*"
_PLACE = "../report.html#"  # from results/review/
_QUOTED = re.compile("[\"“”«»„‘]|(?<!\\w)'")
_SHOWN = ("speaker", "source", "cue", "type", "rule", "group", "band", "confidence", "n_words")
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
    rows = units.loc[sample["unit"], ["doc_id", "sentence", "start", "end", *shown]].reset_index(drop=True)
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
        "link": [_PLACE + sentence_anchor(*at) for at in zip(rows["doc_id"], rows["sentence"], strict=True)],
        **{name: [""] * len(rows) for name in FILLED[kind]},
    }
    return pa.table({name: pa.array(values, from_pandas=True) for name, values in columns.items()})


def attribution_sheet(
    quotes: pd.DataFrame, texts: Mapping[str, str], group: Mapping[str, str], *, size: int, seed: int
) -> pa.Table:
    """Return the sheet of attributions with words, stratified by band of confidence, type and group of documents.

    To fill: is it an attribution (right), and to the right source (speaker_right); whose it is else.
    """
    quotes = quotes[quotes["content_spans"].map(len) > 0]
    spans = quotes["content_spans"]
    units = quotes.assign(
        start=[each[0][0] for each in spans],
        end=[each[-1][1] for each in spans],
        group=quotes["doc_id"].map(group).fillna("").astype(str),
        band=confidence_band(quotes["confidence"]),
    )
    columns = [units["band"], units["type"], units["group"]]
    labels = strata(columns, least=2 * len(units) // size)
    sample = draw(labels, size=size, seed=seed)
    return _sheet("attributions", units, sample, texts, _SHOWN)


def sentence_sheet(
    sentences: pd.DataFrame, quotes: pd.DataFrame, texts: Mapping[str, str], *, size: int, seed: int
) -> pa.Table:
    """Return the sheet of sentences, for which a reader pastes the words of statements that the machine missed.

    To fill: the words (missed), several statements with " | " between them, and the speakers (whose) likewise; "no"
    where nothing is missed.

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


def main() -> None:
    """Draw the review sheets attributions.csv, sentences.csv and names.csv from the tables of the corpus."""
    options = path_options(main.__doc__, "settings", "folder", "sheets")
    review = read_settings(options.settings)["review"]
    documents = read_parquet(options.folder / "documents.parquet", ["doc_id", "text"]).to_pydict()
    texts = dict(zip(documents["doc_id"], documents["text"], strict=True))
    groups = read_parquet(options.folder / "document_groups.parquet").to_pydict()
    group = dict(zip(groups["doc_id"], groups["group"], strict=True))
    quotes, sentences, entities = (
        read_analysed(options.folder, name).to_pandas() for name in ("quotes", "sentences", "entities")
    )
    sheets = {
        "attributions": attribution_sheet(quotes, texts, group, size=review["attributions"], seed=review["seed"]),
        "sentences": sentence_sheet(sentences, quotes, texts, size=review["sentences"], seed=review["seed"]),
        "names": name_sheet(entities, texts, size=review["names"], seed=review["seed"]),
    }
    for name, sheet in sheets.items():
        write_csv(options.sheets / f"{name}.csv", sheet)


if __name__ == "__main__":
    main()
