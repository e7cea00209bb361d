"""Attributed words, a row for each statement, according to the machine and to reviewers; values of their sources."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from scripts.core.known_sources import Known, by_key, key, read_known
from scripts.core.storage import read_parquet
from scripts.maths.ranking import by_frequency
from scripts.review.reviewed import Reviewed
from scripts.sources.source_counts import KIND, UNKNOWN, values_of
from scripts.sources.source_kinds import source_kind

MISSED = -1  # in the column `row`: a statement that the machine missed
# The type of a speaker by the kind of its name's mentions; a place that speaks is its government.
_SPEAKER_TYPES = {"person": "person", "organisation": "organisation", "place": "government"}
_COLUMNS = ["unit", "part", "words", "quoted", "speaker", "row", "doc_id", "spans"]


def right_words(attributions: Reviewed, sentences: Reviewed) -> pd.DataFrame:
    """Return the statements according to reviewers: columns unit, part, words, quoted, speaker, row, doc_id, spans.

    `unit` numbers the reviewed units, first attributions, then sentences; `part` is 1, or a reviewer's part if several
    judged the unit; `row` is the number of the machine's attribution, or MISSED.
    """
    shown = ("n_words", "n_quoted", "content_spans")
    machine = list(zip(*(attributions.rows[name].tolist() for name in shown), strict=True))
    doc_ids, documents = (rows["doc_id"].tolist() for rows in (attributions.rows, sentences.rows))
    rows: list[tuple[object, ...]] = []
    for judgement, at, part in attributions.judged():
        if judgement.right:
            words, quoted, spans = judgement.content or machine[at]
            rows.append((at, part, words, quoted, judgement.truth, judgement.unit, doc_ids[at], spans))
    after = len(attributions.rows)
    rows += [
        (after + at, part, each.words, each.quoted, each.speaker, MISSED, documents[at], [(each.start, each.end)])
        for judgement, at, part in sentences.judged()
        for each in judgement.missed
    ]
    return pd.DataFrame(rows, columns=_COLUMNS)


def machine_words(machine: pd.DataFrame) -> pd.DataFrame:
    """Return the machine's statements, in the columns of `right_words`; each attribution is a unit."""
    columns = {"words": machine["n_words"], "quoted": machine["n_quoted"], "spans": machine["content_spans"]}
    columns |= {name: machine[name] for name in ("speaker", "doc_id")}
    numbers = np.arange(len(machine))
    return pd.DataFrame({"unit": numbers, "part": 1.0, **columns, "row": numbers}, columns=_COLUMNS)


class Shared(NamedTuple):
    """An attribute of sources: its name, and its values for the machine's attributions and for speakers."""

    name: str
    of_rows: Sequence[str]
    of_speakers: Mapping[str, str]

    def values(self, rows: pd.DataFrame, machine_speakers: Sequence[str]) -> list[str]:
        """Return the value of each statement: its row's if the machine has the same speaker, else the speaker's."""
        return [
            self.of_rows[row]
            if row != MISSED and speaker == machine_speakers[row]
            else self.of_speakers.get(speaker, UNKNOWN)
            for row, speaker in zip(rows["row"], rows["speaker"], strict=True)
        ]


def commonest(keys: Iterable[str], values: Iterable[str]) -> dict[str, str]:
    """Return the most frequent value of each key, in a tie the alphabetically first; empty values do not count.

    >>> commonest(["Ann", "Ann", "Bo"], ["expert", "expert", ""])
    {'Ann': 'expert'}
    """
    counts: dict[str, Counter[str]] = {}
    for each, value in zip(keys, values, strict=True):
        if each and value:
            counts.setdefault(each, Counter())[value] += 1
    return {each: by_frequency(votes)[0] for each, votes in counts.items()}


def told_by_name(attribute: str, name: str, mentioned_as: str, known: Mapping[str, Sequence[Known]]) -> str:
    """Return an attribute's value for a speaker to whom the machine attributes nothing, "" if it cannot be inferred.

    A kind is inferred from the words of the name and from `mentioned_as`, the kind of its mentions (person,
    organisation, place); a column of the user's table from its rows with this name (`known`, by name), if all agree.
    """
    if attribute == KIND:
        speaker_type = _SPEAKER_TYPES.get(mentioned_as, "")
        kind = source_kind(speaker=name, source=name, role="", speaker_type=speaker_type)
        return "" if kind == UNKNOWN else kind
    values = {row.attributes.get(attribute, "") for row in known.get(key(name), [])}
    return values.pop() if len(values) == 1 else ""


def source_attributes(folder: Path, manifest: Path, machine: pd.DataFrame, named: Iterable[str] = ()) -> list[Shared]:
    """Return the attributes of sources for the machine's attributions: kind, and columns of the user's own table.

    A statement takes the value of its row in quote_sources, matched by place and speaker. A statement that a reviewer
    gave to another speaker, or that was missed, takes that speaker's most frequent value. `named` are the speakers that
    reviewers name; one without rows in quote_sources takes the value inferred from the name, if any.
    """
    rows = read_parquet(folder / "quote_sources.parquet").to_pandas()
    quotes = read_parquet(folder / "quotes.parquet", ["doc_id", "quote", "content_spans"]).to_pandas()
    rows = rows.merge(quotes, on=["doc_id", "quote"])
    mentions = read_parquet(folder / "entity_mentions.parquet", ["name", "kind"]).to_pydict()
    mentioned_as = commonest(mentions["name"], mentions["kind"])
    starts = [int(spans[0][0]) for spans in rows["content_spans"]]
    places = list(zip(rows["doc_id"], starts, rows["speaker"], strict=True))
    known, shared = read_known(manifest), []
    by_name = by_key(known.rows)
    in_table = [None if pd.isna(row) else int(row) for row in rows["row"]]
    for name in (KIND, *known.attributes):
        values = values_of(name, rows["kind"].tolist(), in_table, known)
        by_speaker = {speaker: told_by_name(name, speaker, mentioned_as.get(speaker, ""), by_name) for speaker in named}
        of_speakers, at_place = commonest(rows["speaker"], values), dict(zip(places, values, strict=True))
        machine_rows = zip(machine["doc_id"], machine["start"], machine["speaker"], strict=True)
        of_rows = [at_place.get(place, of_speakers.get(place[2], "")) or UNKNOWN for place in machine_rows]
        shared.append(Shared(name, of_rows, {each: value for each, value in by_speaker.items() if value} | of_speakers))
    return shared
