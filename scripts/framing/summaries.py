"""The corpus step: all framing statistics, and valence by name, from the tables of the corpus.

Additive: counting goes through the tables one range of documents at a time (`range_counts`). Each output table is made
from the counts of all ranges, from their sums, and from cells by name and document (`cells`).
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from itertools import chain, pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from scripts.core.boilerplate import counted_sizes
from scripts.core.encoded import as_table
from scripts.core.options import path_options
from scripts.core.planned import planned_hashes
from scripts.core.ranges import range_starts, tables_in_ranges
from scripts.core.storage import read_settings
from scripts.core.tables import write_long_table
from scripts.framing import balance, frame_speakers, speaker_frames, valence
from scripts.framing.cells import cells_of
from scripts.framing.comparisons import contrasts, frame_cooccurrence
from scripts.framing.corpus import FrameCorpus, frames_of, read_frame_documents
from scripts.framing.prevalence import frame_documents, frame_trends, prevalence
from scripts.framing.range_counts import (
    READ_COLUMNS,
    NameNumbers,
    RangePart,
    RangeSums,
    count,
    names_of_speakers,
)
from scripts.framing.schemes import Scheme, chosen_schemes
from scripts.framing.terms import coverage, frame_terms
from scripts.maths.bootstrap import Weights, document_weights
from scripts.maths.document_shares import added
from scripts.speakers.leading import leading_speakers, read_spoken

# Number of sentences in a range of documents.
_SENTENCES = 80_000
# The counts of all ranges, by field of `RangePart`. Each field serves one table only, which removes it to free memory.
_Parts = dict[str, list[Any]]


# A table of the corpus: its name, its rows in one or more parts, and the number of rows.
_Made = tuple[str, Iterable[pd.DataFrame], int]


def _made(name: str, rows: pd.DataFrame) -> _Made:
    """Return a table whose rows are in one part."""
    return name, [rows], len(rows)


def _counted(
    folder: Path, documents: pd.DataFrame, schemes: Sequence[Scheme], weights: Weights, names: NameNumbers
) -> tuple[_Parts, RangeSums]:
    """Return the counts of each range of `documents`, from the tables in a folder, and their sums over the ranges."""
    starts = range_starts(documents["n_sentences"].tolist(), rows=_SENTENCES)
    ranges = tables_in_ranges(folder, READ_COLUMNS, documents["doc_id"].iloc[starts[1:]].tolist())
    parts: _Parts = {name: [] for name in RangePart._fields}

    def sums_of_ranges() -> Iterator[RangeSums]:
        for (first, last), tables in zip(pairwise([*starts, len(documents)]), ranges, strict=True):
            part, sums = count(documents.iloc[first:last], tables, schemes, weights[first:last], names, first=first)
            for name, counts in part._asdict().items():
                parts[name].append(counts)
            yield sums

    return parts, reduce(added, sums_of_ranges())


def tables_of_names(
    parts: _Parts, sums: RangeSums, names: NameNumbers, leading: Sequence[str], frames: pd.DataFrame, weights: Weights
) -> Iterator[_Made]:
    """Yield the tables by speaker or actor except source_balance; `leading` are the speakers for speaker_frames."""
    every_name = list(names.known)
    yield _made("valence_by_name", valence.valence_by_name(parts.pop("valence"), every_name))
    by_name = parts.pop("frame_speakers")
    cells = {name: cells_of([part.voiced for part in by_name], names.known[name]) for name in leading}
    schemes = frames["scheme"].to_numpy()
    rows = frame_speakers.voiced_shares(by_name, sums.narrated, schemes, narrator=names.narrator, names=len(every_name))
    spread = speaker_frames.excesses([part.voiced for part in by_name], sums.spoken.n)
    del by_name
    yield "frame_speakers", frame_speakers.frame_speakers(rows, every_name, frames), len(rows)
    del rows
    cells = {name: cells_of_name for name, cells_of_name in cells.items() if len(cells_of_name.n)}
    spoken = np.concatenate(parts.pop("spoken"))
    yield _made("speaker_frames", speaker_frames.speaker_frames(sums.spoken, spoken, cells, frames, weights, spread))


def tables_of_frames(
    parts: _Parts,
    sums: RangeSums,
    names: NameNumbers,
    documents: pd.DataFrame,
    schemes: Sequence[Scheme],
    weights: Weights,
) -> Iterator[_Made]:
    """Yield the tables by frame, and source_balance, which has the same groups of documents."""
    frames = frames_of(schemes)
    sentences, hits = (np.concatenate(parts.pop(name)) for name in ("sentences", "hits"))
    data = FrameCorpus(documents, frames, sentences, hits, weights)
    yield _made("frame_prevalence", prevalence(data))
    yield _made("frame_cooccurrence", frame_cooccurrence(data, sums.together))
    yield _made("frame_contrasts", contrasts(data))
    yield _made("frame_terms", frame_terms(sums.terms, schemes))
    yield _made("frame_coverage", coverage(sums.coverage, frames))
    yield _made("frame_trends", frame_trends(data))
    yield _made("source_balance", balance.source_balance(data, parts.pop("balance"), list(names.known)))
    yield "frame_documents", frame_documents(data), int(np.count_nonzero(hits))


def main() -> None:
    """Read the corpus's tables in a folder; write the framing statistics beside them, as Parquet and CSV."""
    options = path_options(main.__doc__, "settings", "folder")
    folder: Path = options.folder
    settings = read_settings(options.settings)
    schemes = chosen_schemes(settings["framing"], planned_hashes(options.settings))
    documents = read_frame_documents(folder)
    weights = document_weights(documents["doc_id"].tolist())
    spoken = read_spoken(folder / "quotes.parquet")
    leading = leading_speakers(spoken, settings["profiles"]["speakers"])
    names = names_of_speakers(spoken.names)
    parts, sums = _counted(folder, documents, schemes, weights, names)
    # The tables that use the largest counts come first, so that their memory is freed early.
    counted = counted_sizes(pa.Table.from_pandas(documents, preserve_index=False), folder).to_pandas()
    made = chain(
        tables_of_names(parts, sums, names, leading, frames_of(schemes), weights),
        tables_of_frames(parts, sums, names, counted, schemes, weights),
    )
    for name, rows, n in made:
        tables = (as_table(name, part) for part in rows)
        write_long_table(folder, name, tables, rows=n, **settings["tables"])
