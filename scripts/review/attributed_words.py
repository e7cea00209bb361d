"""Attributed words, one row a statement, as the machine has them and as reviewers say; values of their sources."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from scripts.core.storage import read_parquet
from scripts.quotes.known_sources import read_known
from scripts.quotes.source_counts import UNKNOWN
from scripts.quotes.source_shares import attributes
from scripts.review.reviewed import Reviewed

MISSED = -1  # as `row`: a statement that the machine missed
_COLUMNS = ["unit", "part", "words", "quoted", "speaker", "row", "doc_id", "spans"]


def right_words(attributions: Reviewed, sentences: Reviewed) -> pd.DataFrame:
    """Return what was said by the reviewers' judgement: columns unit, part, words, quoted, speaker, row, doc_id, spans.

    `unit` numbers the reviewed units, those of sentences after those of attributions; `part` is 1, or less where
    several reviewers judged the unit; `row` is the number of the machine's attribution, or MISSED.
    """
    shown = ("n_words", "n_quoted", "doc_id", "content_spans")
    words, quoted, doc_ids, spans = (attributions.rows[name].tolist() for name in shown)
    documents = sentences.rows["doc_id"].tolist()
    rows = [
        (at, part, words[at], quoted[at], judgement.truth, judgement.unit, doc_ids[at], spans[at])
        for judgement, at, part in zip(
            attributions.judgements, attributions.of.tolist(), attributions.share.tolist(), strict=True
        )
        if judgement.right
    ]
    after = len(attributions.rows)
    missed = [
        (after + at, part, each.words, each.quoted, each.speaker, MISSED, documents[at], [(each.start, each.end)])
        for judgement, at, part in zip(
            sentences.judgements, sentences.of.tolist(), sentences.share.tolist(), strict=True
        )
        for each in judgement.missed
    ]
    return pd.DataFrame(rows + missed, columns=_COLUMNS)


def machine_words(machine: pd.DataFrame) -> pd.DataFrame:
    """Return what was said as the machine has it, in the columns of `right_words`; the units are its attributions."""
    columns = {"words": machine["n_words"], "quoted": machine["n_quoted"], "spans": machine["content_spans"]}
    columns |= {name: machine[name] for name in ("speaker", "doc_id")}
    numbers = np.arange(len(machine))
    return pd.DataFrame({"unit": numbers, "part": 1.0, **columns, "row": numbers}, columns=_COLUMNS)


class Shared(NamedTuple):
    """An attribute of sources: its name, its value for each of the machine's attributions, and for each speaker."""

    name: str
    of_rows: Sequence[str]
    of_speakers: Mapping[str, str]

    def values(self, rows: pd.DataFrame, machine_speakers: Sequence[str]) -> list[str]:
        """Return the value of each statement: its row's if the speaker is the machine's, else the speaker's."""
        return [
            self.of_rows[row]
            if row != MISSED and speaker == machine_speakers[row]
            else self.of_speakers.get(speaker, UNKNOWN)
            for row, speaker in zip(rows["row"], rows["speaker"], strict=True)
        ]


def commonest(keys: Iterable[str], values: Iterable[str]) -> dict[str, str]:
    """Return for each key the value that it has most often, of equals the first in the alphabet; no empty ones.

    >>> commonest(["Ann", "Ann", "Bo"], ["expert", "expert", ""])
    {'Ann': 'expert'}
    """
    counts: dict[str, Counter[str]] = {}
    for key, value in zip(keys, values, strict=True):
        if key and value:
            counts.setdefault(key, Counter())[value] += 1
    return {key: min(each, key=lambda value: (-each[value], value)) for key, each in counts.items()}


def source_attributes(folder: Path, manifest: Path, machine: pd.DataFrame) -> list[Shared]:
    """Return the attributes of sources for the machine's attributions: kind, and columns of the user's own table.

    A statement has the value of its row in quote_sources, known by its place; one by another speaker, or that was
    missed, has the value that this speaker has most often.
    """
    rows = read_parquet(folder / "quote_sources.parquet").to_pandas()
    quotes = read_parquet(folder / "quotes.parquet", ["doc_id", "quote", "content_spans"]).to_pandas()
    rows = rows.merge(quotes, on=["doc_id", "quote"])
    starts = [int(spans[0][0]) for spans in rows["content_spans"]]
    places = list(zip(rows["doc_id"], starts, rows["speaker"], strict=True))
    shared = []
    for name, values in attributes(rows, read_known(manifest)):
        of_speakers, at_place = commonest(rows["speaker"], values), dict(zip(places, values, strict=True))
        machine_rows = zip(machine["doc_id"], machine["start"], machine["speaker"], strict=True)
        of_rows = [at_place.get(place, of_speakers.get(place[2], "")) or UNKNOWN for place in machine_rows]
        shared.append(Shared(name, of_rows, of_speakers))
    return shared
