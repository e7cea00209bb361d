"""Batch step: write the entities of a batch of documents."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any

import pyarrow as pa

from scripts.core.annotation import Doc, docs_of, read_annotations
from scripts.core.kept import document_keys, write_tables
from scripts.core.options import path_options
from scripts.core.sample import sample_annotations
from scripts.core.schemas import arrow_schema
from scripts.core.storage import rows_to_table, write_parquet
from scripts.entities.context_evidence import main_token
from scripts.entities.mention_context import contexts_of
from scripts.entities.name_tagger import taggers
from scripts.entities.recognition import decided_entities, raw_blocks


def entities_table(docs: Iterable[Doc]) -> pa.Table:
    """Return the entities table of documents, in the order of the documents."""

    def rows() -> Iterator[dict[str, Any]]:
        for doc in chain.from_iterable(raw_blocks(docs)):
            mentions = decided_entities(doc)
            for number, (mention, context) in enumerate(zip(mentions, contexts_of(doc, mentions), strict=True)):
                yield {
                    "doc_id": doc.doc_id,
                    "mention": number,
                    "sentence": doc.sentence[mention.first],
                    "start": doc.start[mention.first],
                    "end": doc.end[mention.last - 1],
                    "text": doc.slice(mention.first, mention.last),
                    "subject": doc.dep[main_token(doc, mention.first, mention.last)] in ("nsubj", "nsubjpass"),
                    "corrected_by": "",
                    **mention._asdict(),
                    **context._asdict(),
                }

    return rows_to_table("entities", rows())


def before_fork(_: Sequence[str]) -> None:
    """Load the networks and lists, so that the processes of all batches share them."""
    entities_table(docs_of(sample_annotations()))


def main() -> None:
    """Read the tables of a batch and write its entities."""
    inputs = ("documents", "sentences", "tokens", "parses", "settings")
    options = path_options(main.__doc__, *inputs, "output", "problems")
    taggers(None)  # report a damaged file once, now, rather than for each document
    batch = read_annotations(options.documents, options.sentences, options.tokens, options.parses)
    problems = write_tables(
        "entities",
        document_keys(options.settings.read_bytes(), batch.doc_ids, batch),
        {options.output: arrow_schema("entities")},
        lambda chosen: (entities_table(docs_of(batch, chosen)),),
        sample=lambda: entities_table(docs_of(sample_annotations())),
    )
    write_parquet(options.problems, problems)
