"""Corpus step: link names over all documents and write every table of entities over the corpus.

Names are linked by the forms that documents have; then the tables are made one range of documents at a time.
"""

from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from pathlib import Path

import pyarrow as pa

from scripts.core.corpus_names import names_of
from scripts.core.known_sources import names_from_json
from scripts.core.options import path_options
from scripts.core.storage import read_settings, to_table
from scripts.core.tables import table_writer, write_table
from scripts.entities.cooccurrence import UNITS, add_units, cooccurrence, frequent_names, none_together, units_of
from scripts.entities.linking import Cells, NameLink
from scripts.entities.mention_ranges import MentionDocuments, Range, linked, ranges_of, read_mention_documents
from scripts.entities.mentions import Entities, entities_of, texts_of
from scripts.entities.network import network, pairs_by_sentence
from scripts.entities.speaking import (
    Speaking,
    Speeches,
    attributions_to_speakers,
    merged,
    speaker_entity,
    speaking,
    speeches,
)
from scripts.entities.statistics import (
    add_mentions,
    entities_documents,
    in_documents,
    named,
    no_sums,
    of_corpus,
)

# Tables with rows for each document, which are written one range at a time.
_LONG = ("entity_mentions", "entities_documents")


def named_mentions(part: Range, cells: Cells, entities: Entities) -> pa.Table:
    """Return the rows of table entity_mentions for a range of documents."""
    mentions = part.mentions
    return to_table(
        "entity_mentions",
        {
            "doc_id": part.doc_ids.take(pa.array(mentions.document - part.first)),
            "mention": mentions.mention,
            "sentence": mentions.sentence,
            **named(mentions.entity, entities),
            "entity": texts_of(mentions.cell, lambda cell: cells.forms[cell].entity),
        },
    )


def _write_tables(
    folder: Path,
    corpus: MentionDocuments,
    cells: Cells,
    entities: Entities,
    parts: Iterable[Range],
    *,
    csv_max_rows: int,
    ids: Mapping[str, str] | None = None,
) -> None:
    """Write the tables of entities beside the reader's tables in `folder`, from the ranges of documents."""
    sums = no_sums(len(entities.name))
    frequent = frequent_names(cells, entities)
    together = {unit: none_together(entities, frequent) for unit in UNITS}
    spoken: list[Speaking] = []
    statement_numbers: list[Speeches] = []
    others: dict[str, int] = {}
    with ExitStack() as stack:
        write_mentions, write_documents = (
            stack.enter_context(table_writer(folder, name, csv_max_rows=csv_max_rows, ids=ids)) for name in _LONG
        )
        for part in parts:
            mentions = named_mentions(part, cells, entities)
            write_mentions(mentions)
            rows = in_documents(part.mentions, len(entities.name))
            write_documents(entities_documents(rows, part, entities))
            add_mentions(sums, rows, part)
            for unit, (of_mention, n) in zip(UNITS, units_of(part), strict=True):
                add_units(together[unit], part.mentions, of_mention, n)
            attributed = attributions_to_speakers(part, names_of(mentions), entities, others)
            statement_numbers.append(speeches(attributed))
            spoken.append(speaking(part, attributed, statement_numbers[-1], entities))
    rows = of_corpus(sums, cells, entities, corpus)
    pairs = cooccurrence(together, corpus.doc_ids)
    tables = {
        "entities_corpus": rows,
        "cooccurrence": pairs,
        "entity_network": network(rows, pairs_by_sentence(pairs)),
        "speaker_entity": speaker_entity(merged(spoken, entities), statement_numbers, entities, others, corpus.doc_ids),
    }
    for name, table in tables.items():
        write_table(folder, name, table, csv_max_rows=csv_max_rows, ids=ids)


def main() -> None:
    """Write the tables of entities beside the corpus's tables in a folder, as Parquet and CSV."""
    options = path_options(main.__doc__, "settings", "folder", "batches", lists=("corrected",))
    settings = read_settings(options.settings)
    corpus = read_mention_documents(options.folder)
    known = names_from_json(settings["entities"].pop("known"))
    cells, cell, name_links = linked(options.folder, corpus, known=known, **settings["entities"])
    entities = entities_of(cells)
    parts = ranges_of(options.folder, options.batches, options.corrected, corpus, cell, entities)
    _write_tables(options.folder, corpus, cells, entities, parts, **settings["tables"])
    columns = {name: [getattr(row, name) for row in name_links] for name in NameLink._fields if name != "document"}
    columns["doc_id"] = corpus.doc_ids.take(pa.array([row.document for row in name_links], pa.int64()))
    write_table(options.folder, "name_links", to_table("name_links", columns), **settings["tables"])
