"""Real documents as a population: what the tables of a run say of each, to be drawn and dealt again without parsing.

Every count is by document: of kinds of sources by measure, of frames by sentence, of speakers by word.
"""

from pathlib import Path
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from scripts.core.storage import read_parquet
from scripts.core.tables import read_analysed
from scripts.maths.intervals import Floats
from scripts.sources.known_sources import Known, KnownSources
from scripts.sources.source_counts import COLUMNS, KIND, Statements, cells, counts_sources, hits, read_statements, sums
from scripts.sources.source_counts import totals as totals_of

NOBODY = KnownSources([], [], [])


class Population(NamedTuple):
    """Names of shares, and their hits and totals by document (documents, shares); `of` says which share a set."""

    names: list[str]
    hits: Floats
    totals: Floats
    of: list[str]


def read_sources(folder: Path) -> tuple[list[str], pa.Table]:
    """Return the documents whose sources count, and the rows of quote_sources."""
    documents = read_parquet(folder / "documents.parquet", ["doc_id", "parsed", "duplicate_of"])
    own = counts_sources(documents["parsed"].to_numpy(), documents["duplicate_of"].to_pylist())
    return documents["doc_id"].filter(pa.array(own)).to_pylist(), read_parquet(
        folder / "quote_sources.parquet", COLUMNS
    )


def statements_of(folder: Path) -> Statements:
    """Return the attributions of the documents whose sources count."""
    doc_ids, rows = read_sources(folder)
    return read_statements([rows], doc_ids, NOBODY)


def kinds(folder: Path) -> Population:
    """Return the shares of kinds of sources by all measures."""
    statements = statements_of(folder)
    of = cells(statements.names[KIND])
    counts = sums(statements, np.arange(len(statements.bounds) - 1))[KIND]
    names = [f"{measure}: {of.names[name]}" for measure, name in zip(of.measure, of.name, strict=True)]
    return Population(names, hits(counts).T, totals_of(counts)[of.total].T, of.measure.tolist())


def frames(folder: Path) -> Population:
    """Return the shares of sentences with a frame."""
    documents = read_analysed(folder, "documents", ["doc_id", "n_sentences"]).to_pandas()
    coded = read_parquet(folder / "frame_documents.parquet", ["doc_id", "scheme", "frame", "n"]).to_pandas()
    table = coded.pivot_table(index="doc_id", columns=["scheme", "frame"], values="n", fill_value=0)
    table = table.reindex(documents["doc_id"], fill_value=0)
    totals = np.repeat(documents["n_sentences"].to_numpy(float)[:, None], table.shape[1], axis=1)
    of = [scheme for scheme, _ in table.columns]
    return Population([f"{scheme}: {frame}" for scheme, frame in table.columns], table.to_numpy(float), totals, of)


def speakers(folder: Path, *, documents: int = 3) -> Population:
    """Return the shares of the attributed words of speakers whom so many documents quote."""
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
    """Return rows of quote_sources and a table of known sources with an attribute that one source in so many has.

    Rows of the same document and kind are taken for one source.
    """
    frame = rows.to_pandas()
    source = frame.groupby(["doc_id", "kind"], sort=False).ngroup().to_numpy()
    has = random.random(int(source.max()) + 1) < 1 / members
    numbers = pa.array([2 if each else None for each in has[source].tolist()], rows.schema.field("row").type)
    known = Known(2, "Member", frozenset({"member"}), "", "", {"member": "yes"})
    table = rows.set_column(rows.schema.get_field_index("row"), "row", numbers)
    return table, KnownSources(["member"], [known], [])
