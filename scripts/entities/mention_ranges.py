"""Mentions of the corpus, one range of documents at a time, from the reader's tables and the batches' quotes."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from scripts.core.arrays import Ints
from scripts.core.boilerplate import counted_sizes, in_boilerplate, left_out_places, without_boilerplate
from scripts.core.known_sources import Known
from scripts.core.ranges import document_ranges, in_ranges, range_starts
from scripts.core.schemas import arrow_schema
from scripts.core.statements import read_speech, with_words
from scripts.core.storage import open_parquet
from scripts.core.tables import part_folders, read_analysed
from scripts.entities.linking import Cells, NameLink, links
from scripts.entities.mentions import Entities, Mentions, content_spans, in_quotes, kept_apart
from scripts.entities.occurrences import CONTEXT, OCCURRENCE_COLUMNS, document_numbers, named_rows, occurrences_of

_QUOTES = ["doc_id", "quote", "sentence", "speaker", "content_spans", "corrected_by"]
_PLACES = ["mention", "sentence", "start", "end", "subject"]
# Columns with few distinct texts, which are read encoded.
_ENCODED = ["doc_id", "label", "text", "entity", *CONTEXT]
# Words of the documents in one range: some 400,000 mentions, 100 MB.
_WORDS = 5_000_000


class MentionDocuments(NamedTuple):
    """The documents of the corpus (doc_id, outlet, date) and the number of words of each.

    They are processed in `ranges` (first number, number after the last); `bounds` are the doc_ids at which all ranges
    but the first begin.
    """

    documents: pa.Table
    doc_ids: pa.Array
    words: Ints
    ranges: list[tuple[int, int]]
    bounds: list[str]


def read_mention_documents(folder: Path) -> MentionDocuments:
    """Return the documents that were parsed, with the number of words that count, from the reader's tables."""
    documents = read_analysed(folder, "documents", ["doc_id", "outlet", "date", "n_words"]).sort_by("doc_id")
    documents = counted_sizes(documents, folder)
    doc_ids, words = documents["doc_id"].combine_chunks(), documents["n_words"].to_numpy()
    starts = range_starts(words.tolist(), rows=_WORDS)
    bounds = doc_ids.take(pa.array(starts[1:], pa.int64())).to_pylist()
    return MentionDocuments(documents, doc_ids, words, list(pairwise([*starts, len(words)])), bounds)


def _mentions(
    folder: Path, columns: Sequence[str], bounds: Sequence[str], places: pa.Table, *, encoded: Sequence[str]
) -> Iterator[pa.Table]:
    """Yield the rows of table entities of each range of documents, without those in the `places` of boilerplate."""
    read = list(dict.fromkeys([*columns, "sentence", "corrected_by"]))
    with open_parquet(folder / "entities.parquet", dictionaries=encoded) as file:
        for rows in document_ranges(file, read, bounds):
            yield without_boilerplate(rows, places)


def linked(
    folder: Path, corpus: MentionDocuments, *, aliases: Mapping[str, Any], metonyms: bool, known: Sequence[Known] = ()
) -> tuple[Cells, Ints, list[NameLink]]:
    """Return the names over all documents of the mentions in table entities, the cell of each mention, and name links.

    The reader's tables are in `folder`; mentions in boilerplate are left out. `aliases` and `metonyms` are settings;
    `aliases` includes the reader's decisions about single documents (`apart_in`). `known` are the rows of the user's
    table of known sources.
    """
    apart_in = aliases.get("apart_in")
    corrected: dict[int, str] = {}

    def parts() -> Iterator[tuple[pa.Table, Ints]]:
        n = 0
        columns, places = [*OCCURRENCE_COLUMNS, *CONTEXT], left_out_places(folder)
        ranges = _mentions(folder, columns, corpus.bounds, places, encoded=_ENCODED)
        for (first, end), rows in zip(corpus.ranges, ranges, strict=True):
            mentions, document = named_rows(rows, corpus.doc_ids[first:end], first)
            if apart_in:
                by = mentions["corrected_by"].to_pylist()
                corrected.update({n + row: text for row, text in enumerate(by) if text})
            n += len(mentions)
            yield mentions, document

    occurrences, of_mention = occurrences_of(parts())
    cells, of_occurrence, name_links = links(
        occurrences,
        corpus.documents,
        known=known,
        merge=aliases["merge"],
        apart=aliases["apart"],
        metonyms=metonyms,
    )
    cell = of_occurrence[of_mention]
    return *(kept_apart(cells, cell, corrected, apart_in) if apart_in else (cells, cell)), name_links


class Range(NamedTuple):
    """The mentions, sentences and attributions of a range of documents, the first of which has the number `first`.

    `sentences` and `attributions` (table quotes) are in the order of the text; each comes with the document number of
    every row, -1 if the document was not parsed. Column `counts` of the sentences is False in boilerplate. `quoted` has
    pairs of a mention's row and an attribution that contains it (see `in_quotes`).
    """

    first: int
    doc_ids: pa.Array
    words: Ints
    mentions: Mentions
    quoted: tuple[Ints, Ints]
    sentences: tuple[pa.Table, Ints]
    attributions: tuple[pa.Table, Ints]


def _attributions(batches: Path, corrected: Sequence[str], bounds: list[str], places: pa.Table) -> Iterator[pa.Table]:
    """Yield the attributions of each range of documents in the order of the text, without refusals and boilerplate.

    They come from the batches: the reader's table of quotes has the names over all documents, which do not exist yet.
    `places` are those of boilerplate.
    """
    schema = pa.schema([arrow_schema("quotes").field(name) for name in _QUOTES])
    speech = (read_speech(part / "quotes.parquet", [*_QUOTES, "type"]) for part in part_folders(batches, corrected))
    parts = (with_words(rows).select(_QUOTES) for rows in speech)
    for rows in in_ranges(parts, schema, "doc_id", bounds):
        yield without_boilerplate(rows.sort_by([("doc_id", "ascending"), ("quote", "ascending")]), places)


def ranges_of(
    folder: Path, batches: Path, corrected: Sequence[str], corpus: MentionDocuments, cell: Ints, entities: Entities
) -> Iterator[Range]:
    """Yield the ranges of documents of a corpus; `cell` has the cell of each mention (see `linked`).

    `folder` has the reader's tables; `corrected` are the batches that a reader corrected.
    """
    done = 0
    places = left_out_places(folder)
    with open_parquet(folder / "sentences.parquet", dictionaries=["doc_id"]) as sentences_file:
        tables = (
            _mentions(folder, ["doc_id", "label", *_PLACES], corpus.bounds, places, encoded=["doc_id", "label"]),
            document_ranges(sentences_file, ["doc_id", "sentence", "paragraph"], corpus.bounds),
        )
        parts = zip(corpus.ranges, *tables, _attributions(batches, corrected, corpus.bounds, places), strict=True)
        for (first, end), rows, sentences, quotes in parts:
            doc_ids = corpus.doc_ids[first:end]
            sentences = sentences.append_column("counts", pc.invert(in_boilerplate(sentences, places)))
            in_sentences, in_attributions = (document_numbers(table, doc_ids, first) for table in (sentences, quotes))
            rows, document = named_rows(rows, doc_ids, first)
            mention, sentence, start, stop, subject = (rows[name].to_numpy() for name in _PLACES)
            quoted = in_quotes(document, start, stop, content_spans(quotes, in_attributions))
            quote = np.full(len(rows), -1)
            quote[quoted[0][::-1]] = quoted[1][::-1]  # of several the first
            of_rows = cell[done : done + len(rows)]
            done += len(rows)
            mentions = Mentions(document, mention, sentence, subject, quote, of_rows, entities.of_cell[of_rows])
            yield Range(
                first, doc_ids, corpus.words[first:end], mentions, quoted, (sentences, in_sentences),
                (quotes, in_attributions),
            )  # fmt: skip
