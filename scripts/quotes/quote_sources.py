"""The source of every attribution: its kind, its row in the user's table of known sources, its cue and where it stands.

Makes the tables quote_sources, sources, source_attributes and source_problems, and document_origins, which says what is
wire copy.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

from scripts.core.encoded import as_table
from scripts.core.options import path_options
from scripts.core.statements import read_speech
from scripts.core.storage import arrow_schema, open_parquet, read_parquet, read_settings, rows_to_table
from scripts.core.tables import write_table
from scripts.documents.origins import origin_rows, shared_documents
from scripts.quotes.cue_stances import AFTER, cue_stance
from scripts.quotes.descriptions import WEAK, descriptions
from scripts.quotes.kind_lists import UNKNOWN
from scripts.quotes.kind_phrases import owner_kind, phrase_kind
from scripts.quotes.known_sources import (
    AMBIGUOUS,
    MATCHED,
    STATUSES,
    UNMATCHED,
    KnownSources,
    by_key,
    match,
    read_known,
)
from scripts.quotes.source_kinds import source_kind

_QUOTES = ["doc_id", "quote", "sentence", "speaker", "speaker_type", "source", "role", "n_words", "n_quoted"]
_CUES = ["cue_lemma", "cue_head_end"]
_TEXTS = ["speaker", "speaker_type", "source", "role"]
# Documents whose texts are in memory at the same time.
_AT_A_TIME = 2_000
_EARLY = 4  # the first quarter of the sentences


def usual_kinds(rows: pd.DataFrame) -> dict[str, str]:
    """Return the kind of each speaker that most documents give, of equals the first in the alphabet.

    `rows` has the columns speaker, doc_id, kind. A speaker whom no document gives a kind has none here.
    """
    known = rows[(rows["kind"] != UNKNOWN) & (rows["speaker"] != "")].drop_duplicates(["speaker", "doc_id", "kind"])
    counts = Counter(zip(known["speaker"].tolist(), known["kind"].tolist(), strict=True))
    usual: dict[str, str] = {}
    for (speaker, kind), _ in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        usual.setdefault(speaker, kind)
    return usual


def _surnames(rows: pd.DataFrame, kinds: Mapping[str, str]) -> dict[str, str]:
    """Return the kind of the persons with a surname, where they all have the same."""
    persons = {*rows.loc[rows["speaker_type"] == "person", "speaker"]} & {*kinds}
    of_surname: dict[str, set[str]] = {}
    for name in persons:
        of_surname.setdefault(name.split()[-1], set()).add(kinds[name])
    return {surname: min(each) for surname, each in of_surname.items() if len(each) == 1}


def with_kinds(quotes: pd.DataFrame) -> pd.DataFrame:
    """Return attributions with a column kind: what their document says of the source, else the speaker's usual kind.

    `quotes` has the columns speaker, source, role, speaker_type, doc_id and description (see `descriptions`), texts
    without gaps. A spokesman of a person is of the kind of this person. An age or a doctor's title counts last.
    """
    columns = ["speaker", "source", "role", "speaker_type", "description"]
    number = quotes.groupby(columns, sort=False).ngroup().to_numpy()
    distinct = quotes[columns].iloc[np.unique(number, return_index=True)[1]].to_dict("records")
    kinds = [
        source_kind(**row | {"description": "" if row["description"] in WEAK else row["description"]})
        for row in distinct
    ]
    rows = quotes.assign(kind=np.array(kinds, object)[number])
    surnames = _surnames(rows, usual_kinds(rows))
    for at, row in enumerate(distinct):
        if kinds[at] == UNKNOWN:
            phrases = (row["role"], row["description"], "" if row["speaker_type"] == "person" else row["source"])
            owners = (owner_kind(phrase, surnames) for phrase in phrases)
            kinds[at] = next((owner for owner in owners if owner != UNKNOWN), UNKNOWN)
    rows["kind"] = np.array(kinds, object)[number]
    rows["kind"] = _filled(rows, rows["speaker"].map(usual_kinds(rows)))
    weak = rows["description"].map({phrase: phrase_kind(phrase) for phrase in WEAK})
    return rows.assign(kind=_filled(rows, weak.where(rows["role"] == "")))


def _filled(rows: pd.DataFrame, kinds: "pd.Series[str]") -> "pd.Series[str]":
    """Return the kinds of `rows`, those that are not known from `kinds`."""
    return rows["kind"].where(rows["kind"] != UNKNOWN, kinds.fillna(UNKNOWN))


def stances(quotes: pd.DataFrame, texts: Mapping[str, str]) -> list[str]:
    """Return the stance of the cue of each attribution by its lemma and the text after its head, "" for no cue.

    `quotes` has the columns doc_id, cue_lemma and cue_head_end, `texts` the text of each document.
    """
    cues = (quotes["doc_id"], quotes["cue_lemma"].fillna(""), quotes["cue_head_end"])
    return [
        cue_stance(lemma, "" if pd.isna(end) else texts[doc_id][int(end) : int(end) + AFTER])
        for doc_id, lemma, end in zip(*(column.tolist() for column in cues), strict=True)
    ]


def with_texts(path: Path, quotes: pd.DataFrame, shared: frozenset[str]) -> tuple[pa.Table, pd.DataFrame]:
    """Return the table document_origins, and attributions with what their document's text says of them: `stance` and
    `description`.

    `path` is the table documents, of which some texts are in memory at a time; `shared` as for `origin_rows`.
    """
    texts_say: dict[str, NDArray[np.object_]] = {
        name: np.empty(len(quotes), object) for name in ("stance", "description")
    }
    rows_of, persons = quotes.groupby("doc_id").indices, quotes[["doc_id", "speaker", "speaker_type"]].fillna("")
    origins = []
    with open_parquet(path) as file:
        for batch in file.iter_batches(_AT_A_TIME, columns=["doc_id", "outlet", "metadata", "text"], use_threads=False):
            documents = batch.to_pylist()
            origins.append(rows_to_table("document_origins", origin_rows(documents, shared)))
            texts = {row["doc_id"]: row["text"] for row in documents}
            rows = np.concatenate([np.empty(0, np.intp), *(rows_of[doc_id] for doc_id in texts if doc_id in rows_of)])
            texts_say["stance"][rows] = stances(quotes.iloc[rows], texts)
            texts_say["description"][rows] = descriptions(persons.iloc[rows], texts)
    return pa.concat_tables([arrow_schema("document_origins").empty_table(), *origins]), quotes.assign(**texts_say)


def quote_sources(quotes: pd.DataFrame, documents: pd.DataFrame, known: KnownSources) -> pd.DataFrame:
    """Return the table quote_sources: attributions to a source that have words, by document and place.

    `quotes` has the columns `_QUOTES`, stance and description (see `with_texts`), `documents` doc_id, date and
    n_sentences.
    """
    quotes = quotes.assign(**{column: quotes[column].fillna("") for column in _TEXTS})
    quotes = quotes[((quotes["source"] != "") | (quotes["speaker"] != "")) & (quotes["n_words"] > 0)]
    rows = with_kinds(
        quotes.merge(documents, on="doc_id").sort_values(["doc_id", "sentence", "quote"], ignore_index=True)
    )
    index = by_key(known.rows)
    dated = zip(rows["speaker"].tolist(), rows["date"].fillna("").tolist(), strict=True)
    matches = [match(index, speaker, date) for speaker, date in dated]
    return rows.assign(
        status=[status for status, _ in matches],
        known=["" if row is None else row.name for _, row in matches],
        row=pd.array([None if row is None else row.row for _, row in matches], dtype="Int64"),
        words=rows["n_words"],
        words_direct=rows["n_quoted"],
        first=~rows["doc_id"].duplicated(),
        early=rows["sentence"] * _EARLY < rows["n_sentences"],
    )


def _status(statuses: Iterable[str]) -> str:
    """Return the status of a speaker with attributions of several dates: what needs a look comes first."""
    order = (AMBIGUOUS, MATCHED, *STATUSES)
    return min(statuses, key=order.index, default=UNMATCHED)


def sources(rows: pd.DataFrame, speakers: pd.DataFrame) -> pd.DataFrame:
    """Return the table sources: the rows of table speakers, in their order, with usual kind and status.

    `rows` is the table quote_sources.
    """
    kinds = usual_kinds(rows)
    statuses = rows.groupby("speaker")["status"].agg(_status).to_dict()
    names = rows[rows["known"] != ""].groupby("speaker")["known"].first().to_dict()
    speaker = speakers["speaker"].tolist()
    return speakers.assign(
        kind=[kinds.get(name, UNKNOWN) for name in speaker],
        status=[statuses.get(name, UNMATCHED) for name in speaker],
        known=[names.get(name, "") for name in speaker],
    )


def attribute_rows(known: KnownSources) -> Iterator[dict[str, int | str]]:
    """Yield the rows of the table source_attributes."""
    for row in known.rows:
        for attribute, value in row.attributes.items():
            yield {"row": row.row, "attribute": attribute, "value": value}


def main() -> None:
    """Write the tables that this module makes from the tables in a folder and a manifest."""
    options = path_options(main.__doc__, "settings", "folder", "manifest")
    folder: Path = options.folder
    known = read_known(options.manifest)
    documents = read_parquet(folder / "documents.parquet", ["doc_id", "date", "n_sentences", "outlet"]).to_pandas()
    pairs = read_parquet(folder / "near_duplicates.parquet", ["doc_id", "other"]).to_pylist()
    outlets = dict(zip(documents["doc_id"], documents["outlet"].fillna(""), strict=True))
    quotes = read_speech(folder / "quotes.parquet", [*_QUOTES, *_CUES]).to_pandas()
    origins, quotes = with_texts(folder / "documents.parquet", quotes, shared_documents(pairs, outlets))
    columns = ["speaker", "speaker_type", "role", "n_quotes", "n_documents", "words"]
    speakers = read_parquet(folder / "speakers.parquet", columns).to_pandas()
    rows = quote_sources(quotes, documents[["doc_id", "date", "n_sentences"]], known)
    csv_max_rows = read_settings(options.settings)["tables"]["csv_max_rows"]
    tables = {
        "quote_sources": as_table("quote_sources", rows),
        "sources": as_table("sources", sources(rows, speakers)),
        "source_attributes": rows_to_table("source_attributes", attribute_rows(known)),
        "source_problems": rows_to_table("source_problems", (problem._asdict() for problem in known.problems)),
        "document_origins": origins,
    }
    for name, table in tables.items():
        write_table(folder, name, table, csv_max_rows=csv_max_rows)


if __name__ == "__main__":
    main()
