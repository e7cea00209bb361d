"""Batch step: writes the entities of a batch of documents."""

import argparse
from collections.abc import Iterable
from pathlib import Path

import pyarrow as pa

from scripts.core.annotation import Doc, read_docs
from scripts.core.guard import guarded_docs
from scripts.core.storage import rows_to_table, write_parquet
from scripts.entities.context_evidence import main_token
from scripts.entities.recognition import find_entities


def entities_table(docs: Iterable[Doc]) -> pa.Table:
    """Return the entities table of documents, in their order."""
    return rows_to_table(
        "entities",
        (
            {
                "doc_id": doc.doc_id,
                "mention": number,
                "sentence": doc.sentence[mention.first],
                "start": doc.start[mention.first],
                "end": doc.end[mention.last - 1],
                "text": doc.slice(mention.first, mention.last),
                "subject": doc.dep[main_token(doc, mention.first, mention.last)] in ("nsubj", "nsubjpass"),
                "corrected_by": "",
                **mention._asdict(),
            }
            for doc in docs
            for number, mention in enumerate(find_entities(doc))
        ),
    )


def main() -> None:
    """Read the tables of a batch, write its entities."""
    parser = argparse.ArgumentParser(prog="scripts.entities", description=main.__doc__)
    for name in ("documents", "sentences", "tokens", "parses", "mentions", "output", "problems"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    options = parser.parse_args()
    inputs = (options.documents, options.sentences, options.tokens, options.parses, options.mentions)
    entities, problems = guarded_docs("entities", options.documents, lambda: read_docs(*inputs), entities_table)
    write_parquet(options.output, entities)
    write_parquet(options.problems, problems)


if __name__ == "__main__":
    main()
