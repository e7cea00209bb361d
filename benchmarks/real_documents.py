"""Real documents as a population: each one's counts in the tables of a run, to draw and deal again without parsing.

All counts are by document: kinds of sources by measure, frames in sentences, speakers and lemmas in words.
"""

from itertools import chain
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa

from scripts.core.arrays import Floats
from scripts.core.known_sources import Known, KnownSources
from scripts.core.storage import read_parquet
from scripts.framing.corpus import FrameCorpus, read_frame_documents
from scripts.sources.source_counts import (
    ALL_VALUES,
    KIND,
    SOURCE_COLUMNS,
    attribute_cells,
    counts_sources,
    read_statements,
    sums,
)
from scripts.sources.source_counts import hits as hits_of
from scripts.sources.source_counts import totals as totals_of


class Population(NamedTuple):
    """Names of shares, and their hits and totals (documents x shares); `of` names the set to which a share belongs."""

    names: list[str]
    hits: Floats
    totals: Floats
    of: list[str]


class Attributions(NamedTuple):
    """Rows of quote_sources, the documents whose sources count, and the table of known sources."""

    doc_ids: list[str]
    rows: pa.Table
    known: KnownSources


def read_attributions(folder: Path) -> Attributions:
    """Return the attributions of a run, without its table of known sources."""
    documents = read_parquet(folder / "documents.parquet", ["doc_id", "parsed", "duplicate_of"])
    own = counts_sources(documents["parsed"].to_numpy(), documents["duplicate_of"].to_pylist())
    doc_ids = documents["doc_id"].filter(pa.array(own)).to_pylist()
    return Attributions(
        doc_ids, read_parquet(folder / "quote_sources.parquet", SOURCE_COLUMNS), KnownSources([], [], [])
    )


def corpus(folder: Path) -> FrameCorpus:
    """Return the number of sentences with each frame in a run's documents."""
    documents = read_frame_documents(folder)
    coded = read_parquet(folder / "frame_documents.parquet", ["doc_id", "scheme", "frame", "n"]).to_pandas()
    table = coded.pivot_table(index="doc_id", columns=["scheme", "frame"], values="n", fill_value=0)
    counts = table.reindex(documents["doc_id"], fill_value=0).to_numpy(int)
    frames = table.columns.to_frame(index=False)
    return FrameCorpus(documents, frames, counts, counts, np.zeros((len(documents), 0), np.uint8))


def sources(attributions: Attributions) -> Population:
    """Return the shares of kinds of sources by all measures, and of the attributes of the table of known sources."""
    doc_ids, rows, known = attributions
    statements = read_statements([rows], doc_ids, known)
    of_attributes = []
    for attribute, counts in sums(statements, np.arange(len(doc_ids))).items():
        of = attribute_cells(statements.names[attribute])
        # Cells for all values together are the same for every attribute, so only one keeps them.
        own = np.flatnonzero((attribute == KIND) | (of.names[of.name] != ALL_VALUES))
        names = [f"{of.measure[at]}: {of.names[of.name[at]]}" for at in own.tolist()]
        hits, totals = hits_of(counts)[own].T, totals_of(counts)[of.total[own]].T
        of_attributes.append(Population(names, hits, totals, of.measure[own].tolist()))
    names, hits, totals, of_sets = zip(*of_attributes, strict=True)
    return Population([*chain(*names)], np.hstack(hits), np.hstack(totals), [*chain(*of_sets)])


def kinds(folder: Path) -> Population:
    """Return the shares of kinds of sources by all measures."""
    return sources(read_attributions(folder))


def words(folder: Path, *, most: int = 1_000) -> Population:
    """Return the shares of the `most` frequent lemmas, stop words excluded, in all words."""
    tokens = read_parquet(folder / "tokens.parquet", ["doc_id", "lemma", "is_word", "is_stop"]).to_pandas()
    tokens = tokens[tokens["is_word"].astype(bool)]
    lemmas = tokens.loc[~tokens["is_stop"].astype(bool), "lemma"].value_counts().head(most).index
    totals = tokens["doc_id"].value_counts().sort_index()
    hits = pd.crosstab(tokens["doc_id"], tokens["lemma"].where(tokens["lemma"].isin(lemmas)))
    hits = hits.reindex(totals.index, columns=lemmas, fill_value=0)
    all_words = np.repeat(totals.to_numpy(float)[:, None], len(lemmas), axis=1)
    return Population([*lemmas], hits.to_numpy(float), all_words, ["words"] * len(lemmas))


def frames(folder: Path) -> Population:
    """Return the shares of sentences with a frame."""
    data = corpus(folder)
    counts = data.sentences.astype(float)
    totals = np.repeat(data.documents["n_sentences"].to_numpy(float)[:, None], counts.shape[1], axis=1)
    names = [f"{scheme}: {frame}" for scheme, frame in data.frames.to_numpy().tolist()]
    return Population(names, counts, totals, data.frames["scheme"].tolist())


def speakers(folder: Path, *, documents: int = 3) -> Population:
    """Return the shares of attributed words of the speakers whom at least `documents` documents quote."""
    doc_ids = read_parquet(folder / "documents.parquet", ["doc_id", "parsed"]).to_pandas().query("parsed")["doc_id"]
    quotes = read_parquet(folder / "quotes.parquet", ["doc_id", "speaker", "n_words"]).to_pandas()
    quotes = quotes[quotes["speaker"].fillna("") != ""]
    table = quotes.pivot_table(index="doc_id", columns="speaker", values="n_words", aggfunc="sum", fill_value=0)
    counts = table.reindex(doc_ids, fill_value=0).to_numpy(float)
    is_quoted = (counts > 0).sum(axis=0) >= documents
    names = [name for name, often in zip(table.columns, is_quoted, strict=True) if often]
    totals = np.repeat(counts.sum(axis=1)[:, None], len(names), axis=1)
    return Population(names, counts[:, is_quoted], totals, ["speakers"] * len(names))


def one_in(members: int, rows: pa.Table, random: np.random.Generator) -> tuple[pa.Table, KnownSources]:
    """Return rows of quote_sources and a table of known sources with an attribute that one source in `members` has.

    Rows of the same document and kind count as one source.
    """
    frame = rows.to_pandas()
    source = frame.groupby(["doc_id", "kind"], sort=False).ngroup().to_numpy()
    has = random.random(int(source.max()) + 1) < 1 / members
    numbers = pa.array([2 if each else None for each in has[source].tolist()], rows.schema.field("row").type)
    known = Known(2, "Member", frozenset({"member"}), "", "", {"member": "yes"})
    table = rows.set_column(rows.schema.get_field_index("row"), "row", numbers)
    return table, KnownSources(["member"], [known], [])
