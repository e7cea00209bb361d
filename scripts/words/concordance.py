"""The table concordance (KWIC): every occurrence of a term in a batch, with the text on both sides."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from scripts.core.arrays import Ints, Mask
from scripts.core.batch_tokens import read_tokens
from scripts.core.guard import guarded, rows_of
from scripts.core.options import path_options
from scripts.core.sample import sample_tables
from scripts.core.storage import decoded, read_parquet, read_settings, to_table, write_parquet
from scripts.core.text_values import looked_up
from scripts.parsing.query_words import letters_of, matches, query_words

Spans = tuple[Ints, Ints]


def _mask(values: pa.ChunkedArray, pattern: str) -> Mask:
    """Return a mask that is True where a value, in lower case, matches a pattern."""
    return looked_up(values, lambda value: matches(value.lower(), pattern), bool)


def _find_words(values: pa.ChunkedArray, document: Ints, term: str) -> Spans:
    """Return the spans (first rows, rows after the last) of adjacent tokens that match the words of a term, if any."""
    patterns = query_words(term)
    if not patterns:
        return np.array([], np.int64), np.array([], np.int64)
    length = len(patterns)
    places = max(0, len(document) - length + 1)
    matching = document[:places] == document[length - 1 :][:places]
    for offset, pattern in enumerate(patterns):
        matching &= _mask(values, pattern)[offset : offset + places]
    first = np.flatnonzero(matching)
    return first, first + length


def concordance_table(
    documents: pa.Table, tokens: pa.Table, entities: pa.Table, *, terms: Sequence[str], context: int
) -> pa.Table:
    """Return the table concordance of a batch from its tables.

    A term is one or more words, which match forms and may contain `*`; `lemma:` before it makes it match lemmas,
    `entity:` canonical names. `context` is the number of tokens on either side; white space in the text is collapsed.
    """
    names = documents["doc_id"].to_pylist()
    texts = documents["text"].to_pylist()
    document = pc.index_in(tokens["doc_id"], pa.array(names, pa.string())).to_numpy()
    bounds = np.searchsorted(document, np.arange(len(names) + 1))
    starts = dict(zip(names, bounds.tolist(), strict=False))
    start, end, sentence = (tokens[name].to_numpy() for name in ("start", "end", "sentence"))
    rows: dict[str, list] = {
        name: [] for name in ("term", "doc_id", "sentence", "start", "end", "left", "keyword", "right")
    }
    for term in terms:
        kind, colon, rest = term.partition(":")
        if colon and kind == "entity":
            mentions = entities.filter(pa.array(_mask(entities["entity"], letters_of(rest))))
            offset = np.array([starts[doc_id] for doc_id in mentions["doc_id"].to_pylist()], np.int64)
            first, last = (mentions[edge].to_numpy() + offset for edge in ("first", "last"))
        elif colon and kind == "lemma":
            first, last = _find_words(tokens["lemma"], document, rest)
        else:
            first, last = _find_words(tokens["word"], document, term)
        for left, right in zip(first.tolist(), last.tolist(), strict=True):
            number = int(document[left])
            low, high = max(left - context, int(bounds[number])), min(right + context, int(bounds[number + 1]))
            span = int(start[left]), int(end[right - 1])
            text = texts[number]
            cut = (text[int(start[low]) : span[0]], text[span[0] : span[1]], text[span[1] : int(end[high - 1])])
            values = (term, names[number], int(sentence[left]), *span, *(" ".join(part.split()) for part in cut))
            for column, value in zip(rows.values(), values, strict=True):
                column.append(value)
    return to_table("concordance", rows)


def main() -> None:
    """Make the concordance of a batch for the terms of the settings."""
    options = path_options(main.__doc__, "documents", "tokens", "parses", "entities", "settings", "output", "problems")
    documents = read_parquet(options.documents, ["doc_id", "text"])
    columns = ["doc_id", "sentence", "start", "end", "word", "lemma"]
    tokens = decoded(read_tokens(columns, options.tokens, options.parses))
    entities = read_parquet(options.entities, ["doc_id", "first", "last", "entity"])
    settings = read_settings(options.settings)["concordance"]

    def look_up(chosen: frozenset[str]) -> pa.Table:
        tables = (rows_of(chosen, documents), rows_of(chosen, tokens), rows_of(chosen, entities))
        return concordance_table(*tables, **settings)

    def look_up_sample() -> pa.Table:
        sample = sample_tables()
        return concordance_table(sample.documents, sample.tokens, sample.mentions, **settings)

    lines, problems = guarded("concordance", documents["doc_id"].to_pylist(), look_up, sample=look_up_sample)
    write_parquet(options.output, lines)
    write_parquet(options.problems, problems)
