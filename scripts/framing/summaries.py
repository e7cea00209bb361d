"""The corpus step: all framing statistics (FRAMING in framing.smk), and valence by name, from the tables of the corpus.

Additive: the tables are read a range of documents at a time, `part` counts a range, and each table is made of the sums
of all ranges and of cells by name and document (`cells`).
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa

from scripts.core.encoded import as_table, encoded_frame
from scripts.core.options import path_options
from scripts.core.ranges import range_starts, tables_in_ranges
from scripts.core.storage import read_settings
from scripts.core.tables import write_long_table, write_table
from scripts.entities.corpus_names import names_of, renamed_encoded
from scripts.framing import balance, speaker_contrasts, speaker_frames, valence
from scripts.framing.cells import Drawn, Ints, by_document, cells_of, chosen, drawn, name_numbers
from scripts.framing.coding import NARRATOR
from scripts.framing.comparisons import Together, contrasts, cooccurrence, together
from scripts.framing.corpus import Corpus, Counts, code_documents, frames_of, read_documents
from scripts.framing.places import first_rows, places
from scripts.framing.prevalence import of_documents, prevalence
from scripts.framing.schemes import Scheme, chosen_schemes
from scripts.framing.terms import Coverage, TermHits, coverage, frame_terms, patterns, term_hits, without_cues
from scripts.framing.trends import frame_trends
from scripts.maths.bootstrap import Weights, document_weights
from scripts.quotes.leading import leading_speakers, read_spoken

_INPUTS = {
    "sentences": ["doc_id", "start", "end"],
    "quotes": ["doc_id", "quote", "speaker", "content_spans", "n_words", "n_quoted"],
    "entities": ["doc_id", "sentence", "label", "entity"],
    "entity_mentions": ["doc_id", "entity", "name"],
    "frame_codes": ["doc_id", "sentence", "scheme", "frame", "term", "speaker"],
    "valence": ["doc_id", "sentence", "compound"],
}
# Sentences of the documents that are counted at a time.
_SENTENCES = 80_000


class Sums(NamedTuple):
    """Counts that add up over ranges of documents."""

    terms: TermHits
    coverage: Coverage
    together: Together
    narrated: Drawn
    spoken: Drawn


class Part(NamedTuple):
    """Counts that are kept of a range of documents: a kilobyte and a half a document."""

    sentences: Counts
    hits: Counts
    balance: balance.Part
    speaker_frames: speaker_frames.Part
    spoken: Ints
    valence: valence.Part


class Numbers(NamedTuple):
    """The numbers of names: `known` grows with the ranges; those below `speakers` may voice something, and `narrator`
    is one of them."""

    known: dict[str, int]
    speakers: int
    narrator: int


def part(
    documents: pd.DataFrame,
    tables: dict[str, pa.Table],
    schemes: Sequence[Scheme],
    weights: Weights,
    names: Numbers,
    *,
    first: int,
) -> tuple[Part, Sums]:
    """Return the counts of a range of `documents` with these `weights`, of which the number of the first is `first`.

    `tables` has the rows of the tables of _INPUTS of this range.
    """
    of_mentions = tables["entity_mentions"]
    renaming = names_of(of_mentions.cast(pa.schema([(name, pa.string()) for name in of_mentions.column_names])))
    rows = {}
    for name in ("sentences", "quotes", "entities", "frame_codes", "valence"):
        of_table = encoded_frame(tables[name])
        # Documents in other languages are not parsed: they must not lower a share.
        parsed = of_table["doc_id"].isin(documents["doc_id"])
        rows[name] = of_table if parsed.all() else of_table[parsed].reset_index(drop=True)
    entities = renamed_encoded(rows["entities"], renaming, "entity")
    codes = renamed_encoded(rows["frame_codes"], renaming, "speaker")
    sentences, quotes, scores = rows["sentences"], rows["quotes"], rows["valence"]

    frames = frames_of(schemes)
    where = places(sentences, quotes, entities)
    coded = code_documents(documents, codes, frames)
    number = name_numbers(where.names, names.known)
    compound = np.full(len(sentences), np.nan)
    compound[first_rows(sentences, scores["doc_id"]) + scores["sentence"]] = scores["compound"]
    speaker = name_numbers(quotes["speaker"].cat.categories, names.known)
    of_names = speaker_frames.part(coded, where, number, first=first, speakers=names.speakers)
    is_narrator = of_names.voiced.name == names.narrator
    range_of = {"first": first, "documents": len(documents), "columns": 1 + len(frames)}
    narrated, spoken = (by_document(chosen(of_names.voiced, rows), **range_of) for rows in (is_narrator, ~is_narrator))
    of_range = Part(
        coded.sentences,
        coded.hits,
        balance.part(quotes, pd.Index(documents["doc_id"]), speaker, first=first),
        of_names._replace(voiced=chosen(of_names.voiced, ~is_narrator)),
        spoken[:, 0],
        valence.part(compound, coded.document_of, where, number, first=first),
    )
    sums = Sums(
        term_hits(coded, patterns(schemes)),
        without_cues(coded, frames),
        together(coded, frames, weights),
        drawn(narrated, weights),
        drawn(spoken, weights),
    )
    return of_range, sums


def merge(total: Sums, sums: Sums) -> Sums:
    """Return the sums of two sets of documents as those of both."""
    fields: Iterator[tuple[Any, Any]] = zip(total, sums, strict=True)
    return Sums(*(type(own)(*map(np.add, own, more)) for own, more in fields))


def main() -> None:
    """Read the corpus's tables in a folder; write the framing statistics beside them, as Parquet and CSV."""
    options = path_options(main.__doc__, "settings", "folder")
    folder: Path = options.folder
    settings = read_settings(options.settings)
    schemes = chosen_schemes(settings["framing"])
    frames = frames_of(schemes)
    documents = read_documents(folder)
    weights = document_weights(documents["doc_id"].tolist())
    spoken = read_spoken(folder / "quotes.parquet")
    known = {name: number for number, name in enumerate(spoken.names)}
    narrator = known.setdefault(NARRATOR, len(known))
    names = Numbers(known, len(known), narrator)
    starts = range_starts(documents["n_sentences"].tolist(), rows=_SENTENCES)
    ranges = tables_in_ranges(folder, _INPUTS, documents["doc_id"].iloc[starts[1:]].tolist())
    counted = (
        part(documents.iloc[first:last], tables, schemes, weights[first:last], names, first=first)
        for (first, last), tables in zip(pairwise([*starts, len(documents)]), ranges, strict=True)
    )
    of_range, sums = next(counted)
    parts: dict[str, list[Any]] = {name: [counts] for name, counts in of_range._asdict().items()}
    for of_range, more in counted:
        sums = merge(sums, more)
        for name, counts in of_range._asdict().items():
            parts[name].append(counts)

    def write(name: str, rows: pd.DataFrame) -> None:
        write_table(folder, name, as_table(name, rows), **settings["tables"])

    def write_long(name: str, parts: Iterable[pd.DataFrame], *, rows: int) -> None:
        tables = (as_table(name, part) for part in parts)
        write_long_table(folder, name, tables, rows=rows, **settings["tables"])

    # The largest parts first, each of which is not kept: the others need room of their own.
    every_name = list(known)
    write("valence_by_name", valence.valence_by_name(parts.pop("valence"), every_name, weights))
    of_names = parts.pop("speaker_frames")
    leading = leading_speakers(spoken, settings["profiles"]["speakers"])
    speakers = {name: cells_of([each.voiced for each in of_names], known[name]) for name in leading}
    rows = speaker_frames.shares(of_names, sums.narrated, weights, narrator=narrator, names=len(known))
    del of_names
    write_long("frame_speakers", speaker_frames.frame_speakers(rows, every_name, frames), rows=len(rows.n))
    speakers = {name: cells for name, cells in speakers.items() if len(cells.n)}
    spoken_in = np.concatenate(parts.pop("spoken"))
    write("speaker_frames", speaker_contrasts.speaker_frames(sums.spoken, spoken_in, speakers, frames, weights))
    sentences, hits = (np.concatenate(parts.pop(name)) for name in ("sentences", "hits"))
    data = Corpus(documents, frames, sentences, hits, weights)
    write("frame_prevalence", prevalence(data))
    write("frame_cooccurrence", cooccurrence(data, sums.together))
    write("frame_contrasts", contrasts(data))
    write("frame_terms", frame_terms(sums.terms, schemes))
    write("frame_coverage", coverage(sums.coverage, frames, sentences=int(documents["n_sentences"].sum())))
    write("frame_trends", frame_trends(data))
    write("source_balance", balance.source_balance(data, parts.pop("balance"), every_name))
    write_long("frame_documents", of_documents(data), rows=int(np.count_nonzero(hits)))


if __name__ == "__main__":
    main()
