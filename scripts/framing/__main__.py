"""The batch step: frame codes and blame statements of a batch of documents."""

from collections.abc import Iterable, Mapping
from itertools import groupby
from operator import itemgetter
from typing import Any

import pyarrow as pa

from scripts.core.annotation import Doc, docs_of, read_annotations
from scripts.core.guard import rows_of
from scripts.core.kept import document_keys, write_tables
from scripts.core.options import path_options
from scripts.core.planned import planned_hashes
from scripts.core.sample import sample_annotations
from scripts.core.schemas import arrow_schema
from scripts.core.statements import read_speech
from scripts.core.storage import read_settings, rows_to_table, write_parquet
from scripts.framing.blame import blame_statements
from scripts.framing.coding import code_document, voices
from scripts.framing.matching import Matcher
from scripts.framing.schemes import Scheme, chosen_schemes


def quotes_by_document(quotes: pa.Table) -> dict[str, list[dict[str, Any]]]:
    """Return the rows of a table quotes by doc_id; the table must be sorted by document."""
    return {doc_id: list(rows) for doc_id, rows in groupby(quotes.to_pylist(), key=itemgetter("doc_id"))}


def code_batch(
    docs: Iterable[Doc], quotes: Mapping[str, list[dict[str, Any]]], schemes: Iterable[Scheme]
) -> tuple[pa.Table, pa.Table]:
    """Return the tables frame_codes and blame for these documents, with rows in the order of the documents."""
    matchers = [Matcher(scheme) for scheme in schemes]
    codes: list[dict[str, Any]] = []
    blame: list[dict[str, Any]] = []
    for doc in docs:
        rows = quotes.get(doc.doc_id, [])
        attributions = voices(rows)
        codes += code_document(doc, attributions, matchers)
        token_at = {start: token for token, start in enumerate(doc.start)}
        named = (row for row in rows if row["speaker"] and row["source_start"] in token_at)
        blame += blame_statements(doc, attributions, {token_at[row["source_start"]]: row["speaker"] for row in named})
    return rows_to_table("frame_codes", codes), rows_to_table("blame", blame)


def main() -> None:
    """Read the tables of a batch and write its frame codes and blame statements."""
    inputs = ("documents", "sentences", "tokens", "parses", "entities", "quotes", "settings")
    options = path_options(main.__doc__, *inputs, "output", "blame", "problems")
    settings = read_settings(options.settings)["framing"]
    schemes = chosen_schemes(settings, planned_hashes(options.settings))
    batch = read_annotations(options.documents, options.sentences, options.tokens, options.parses, options.entities)
    quotes = read_speech(options.quotes)
    problems = write_tables(
        "frame_codes",
        document_keys(options.settings.read_bytes(), batch.doc_ids, [*batch, quotes]),
        {options.output: arrow_schema("frame_codes"), options.blame: arrow_schema("blame")},
        lambda chosen: code_batch(docs_of(batch, chosen), quotes_by_document(rows_of(chosen, quotes)), schemes),
        sample=lambda: code_batch(docs_of(sample_annotations()), {}, schemes),
    )
    write_parquet(options.problems, problems)
