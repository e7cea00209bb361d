"""Made-up documents and tables for the tests of entities."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa

from scripts.core.annotation import Doc, Mention
from scripts.entities.corpus_entities import Form
from scripts.entities.kinds import READER_KINDS
from scripts.entities.linking import Cells, Linked, NameLink, links
from scripts.entities.mention_ranges import MentionDocuments, Range
from scripts.entities.mentions import Entities, Mentions, entities_of
from scripts.entities.occurrences import CONTEXT, OCCURRENCE_COLUMNS, occurrences_of
from scripts.parsing.tokens import segmented_doc


def document(text: str, *named: tuple[str, str], tags: dict[str, str] | None = None) -> Doc:
    """Return an unparsed document whose mentions are the given (words, label), each at its next occurrence in the text.

    `tags` are Penn tags of words; other words with a capital letter are NNP, the rest NN.
    """
    doc = segmented_doc("a.txt", text)
    mentions, at = [], 0
    for words, label in named:
        at = text.index(words, at)
        mentions.append(Mention(doc.start.index(at), doc.end.index(at + len(words)) + 1, label))
        at += len(words)
    known = tags or {}
    tag = [known.get(each, "NNP" if each[0].isupper() else "NN") for each in doc.word]
    return replace(doc, tag=tag, mentions=mentions)


FACTS = pa.schema([(name, pa.string()) for name in ("doc_id", "outlet", "date")])


class Tables(NamedTuple):
    """Linked mentions of some documents, all in one range."""

    corpus: MentionDocuments
    cells: Cells
    entities: Entities
    part: Range


def linked(rows: list[dict[str, Any]], words: dict[str, int], *, quotes: Sequence[tuple[Any, ...]] = ()) -> Tables:
    """Return linked mentions, in the order of the text: doc_id, sentence, kind and name of each, with defaults.

    `words` has those of each document, `quotes` the doc_id, number and speaker of attributions. Five sentences of each
    document are a paragraph each.
    """
    doc_ids = sorted(words)
    document = np.array([doc_ids.index(row["doc_id"]) for row in rows], int)
    kinds = {name: kind for kind, name in READER_KINDS.items()}
    forms = [
        Form(row.get("label", "ORG"), row.get("text", row["name"]), row.get("entity", row["name"])) for row in rows
    ]
    cell = np.arange(len(rows))
    names = [row["name"] for row in rows]
    cells = Cells(forms, [kinds[row["kind"]] for row in rows], names, np.ones(len(rows), int))
    entities = entities_of(cells)
    sentence = np.array([row["sentence"] for row in rows], int)
    quotes_of = [row.get("quotes", [row["quote"]] if "quote" in row else []) for row in rows]
    pairs = [(at, number) for at, numbers in enumerate(quotes_of) for number in numbers]
    quoted = np.array([at for at, _ in pairs], int), np.array([number for _, number in pairs], int)
    quote = np.array([next(iter(numbers), -1) for numbers in quotes_of], int)
    mentions = Mentions(document, cell, sentence, sentence == 0, quote, cell, entities.of_cell[cell])
    at = np.tile(np.arange(5), len(doc_ids))
    sentences = pa.table({"sentence": at, "paragraph": at, "counts": np.full(len(at), True)})
    schema = pa.schema([("doc_id", pa.string()), ("quote", pa.int64()), ("speaker", pa.string())])
    said_by = pa.table([list(column) for column in zip(*quotes, strict=True)] or [[], [], []], schema)
    of_quotes = np.array([doc_ids.index(doc_id) for doc_id, *_ in quotes], int)
    own, counts = pa.array(doc_ids, pa.string()), np.array([words[doc_id] for doc_id in doc_ids], int)
    corpus = MentionDocuments(pa.table({"doc_id": doc_ids}), own, counts, [(0, len(doc_ids))], [])
    of_sentences = np.repeat(np.arange(len(doc_ids)), 5)
    return Tables(
        corpus,
        cells,
        entities,
        Range(0, own, counts, mentions, quoted, (sentences, of_sentences), (said_by, of_quotes)),
    )


def mention(doc_id: str, sentence: int, kind: str, name: str, **others: Any) -> dict[str, Any]:
    """Return a row for `linked`."""
    return {"doc_id": doc_id, "sentence": sentence, "kind": kind, "name": name, **others}


def _linked(
    rows: list[dict[str, str]],
    outlets: Mapping[str, str] | None = None,
    dates: Mapping[str, str] | None = None,
    **settings: Any,
) -> tuple[Linked, Any]:
    """Return the links of mentions, and the cell of each."""
    doc_ids = sorted({row["doc_id"] for row in rows})
    number = {doc_id: at for at, doc_id in enumerate(doc_ids)}
    order = sorted(range(len(rows)), key=lambda at: rows[at]["doc_id"])
    columns = {
        name: pa.array([rows[at].get(name, "") for at in order], pa.string())
        for name in [*OCCURRENCE_COLUMNS, *CONTEXT]
    }
    document = np.array([number[rows[at]["doc_id"]] for at in order], int)
    occurrences, of_mention = occurrences_of([(pa.table(columns), document)])
    facts = [[(values or {}).get(doc_id) for doc_id in doc_ids] for values in (outlets, dates)]
    linked = links(occurrences, pa.table([doc_ids, *facts], schema=FACTS), **settings)
    cell = np.empty(len(order), int)
    cell[order] = linked.of_occurrence[of_mention]
    return linked, cell


def links_of(rows: list[dict[str, str]], *facts: Any, **settings: Any) -> tuple[list[str], list[str]]:
    """Return kinds and names by `links` of mentions (doc_id, text, label, entity, what is told).

    `facts` are outlets and dates, by doc_id.
    """
    (cells, *_), cell = _linked(rows, *facts, **settings)
    return [cells.kinds[at] for at in cell], [cells.names[at] for at in cell]


def named_links_of(rows: list[dict[str, str]], *facts: Any) -> list[NameLink]:
    """Return whom the short forms of persons among mentions may mean."""
    return _linked(rows, *facts)[0].name_links
