"""Quotes, mentions and cues of frames as numbers: of tokens in the corpus, and of texts in lists."""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa

from scripts.core.arrays import Ints
from scripts.core.encoded import index_positions
from scripts.report.corpus.layout import PATTERN_FIELDS, STANCE, VALUE
from scripts.report.corpus.own_names import joined_texts, read_mentions, rows_at
from scripts.report.corpus.sources import source_rows
from scripts.report.corpus.tokens import Tokens, read_rows, tiered_order, token_spans
from scripts.report.corpus.topics import Topics, read_topics, topics_of

Columns = dict[str, Ints]
# Text columns of quotes that are turned into numbers, besides the values of source attributes.
_TEXTS = ("type", "role", "rule", STANCE)
_QUOTE_COLUMNS = [
    *("doc_id", "quote", "type", "content_spans", "n_words", "n_quoted", "cue_start", "cue_end", "source_start"),
    *("source_end", "speaker", "speaker_in_document", "role", "rule", "confidence", "corrected_by"),
]
_CODE_COLUMNS = ["doc_id", "scheme", "frame", "start", "end", "term", "negated", "speaker"]


class Marks(NamedTuple):
    """Marks in the order of the documents, one per row of their table; all columns of one kind have the same length.

    `pieces` has the first token and the number of tokens of each piece of the contents of `quotes`. `sparse` has values
    that only a few rows have, with the numbers of these rows and of their documents. `lists` has the texts to which the
    numbers refer. `topics` refer to rows of `quotes`.
    """

    quotes: Columns
    pieces: Columns
    mentions: Columns
    codes: Columns
    sparse: dict[str, Columns]
    lists: dict[str, list[str]]
    topics: Topics


def _numbered(*columns: pd.Series) -> list[str]:
    """Return the distinct values of columns, the most frequent first."""
    texts, counts = [], []
    for column in columns:
        encoded = column.astype("category").cat
        texts += ["", *encoded.categories.tolist()]
        counts.append(np.bincount(encoded.codes + 1, minlength=len(encoded.categories) + 1))
    number, distinct = pd.factorize(np.array(texts, object))
    of_text = np.bincount(number, np.concatenate(counts)).astype(np.int64)
    used = np.flatnonzero(of_text)
    return distinct[used][tiered_order(of_text[used], distinct[used])].tolist()


def _numbers(values: list[str], column: pd.Series) -> Ints:
    """Return the place of each value of a column in the list `values`; a missing value has the place of ""."""
    encoded = column.astype("category").cat
    places = pd.Index(values, dtype=object).get_indexer(pd.Index([*encoded.categories.tolist(), ""], dtype=object))
    return places.astype(np.int64)[encoded.codes]


def _differing(values: pd.Series, others: pd.Series) -> pd.Series:
    """Return the values that differ from those of another column in the same row."""
    return values[values.astype(object).fillna("") != others.astype(object).fillna("")]


def _contents(rows: pd.DataFrame, order: pd.Index, tokens: Tokens) -> tuple[Columns, Columns]:
    """Return a row per content: document, number of pieces, first token and first piece; and one per piece: first token
    and length."""
    document = index_positions(rows["doc_id"], order)
    spans = pa.chunked_array(pa.array(rows["content_spans"])).combine_chunks()
    pieces = spans.value_lengths().to_numpy(zero_copy_only=False)
    flat = spans.flatten().flatten().to_numpy().reshape(-1, 2)
    first, length = token_spans(tokens.position, np.repeat(document, pieces), flat[:, 0], flat[:, 1])
    offsets = np.cumsum(pieces) - pieces
    columns = {"document": document, "pieces": pieces, "first": np.append(first, 0)[offsets], "piece_offset": offsets}
    return columns, {"first": first, "length": length}


def _quotes(
    rows: pd.DataFrame, order: pd.Index, tokens: Tokens, lists: dict[str, list[str]]
) -> tuple[Columns, Columns]:
    """Return the columns of quotes, and those of the pieces of their contents."""
    columns, contents = _contents(rows, order, tokens)
    columns |= {
        "words": rows["n_words"].to_numpy(np.int64),
        "quoted": rows["n_quoted"].to_numpy(np.int64),
        "confidence": np.rint(100 * rows["confidence"].fillna(0).to_numpy()).astype(np.int64),
        "speaker": _numbers(lists["names"], rows["speaker"]),
    }
    for name in (*_TEXTS, *(name for name in lists if name.startswith(VALUE))):
        columns[name] = _numbers(lists[name], rows[name])
    for name in ("cue", "source"):
        present = rows[f"{name}_start"].notna().to_numpy()
        bounds = (rows[f"{name}_{side}"].fillna(0).to_numpy(np.int64) for side in ("start", "end"))
        at, size = token_spans(tokens.position, columns["document"], *bounds)
        if name == "cue":
            # A refusal to comment has no content: its place is that of the cue.
            columns["first"] = np.where(columns["pieces"] == 0, at, columns["first"])
        columns[f"{name}_first"] = np.where(present, at - columns["first"], 0)
        columns[f"{name}_length"] = np.where(present, size, 0)
    return columns, contents


def _spans(rows: pd.DataFrame, order: pd.Index, tokens: Tokens) -> Columns:
    """Return document, first token and number of tokens of rows with the columns doc_id, start and end."""
    document = index_positions(rows["doc_id"], order)
    bounds = (rows[side].to_numpy(np.int64) for side in ("start", "end"))
    first, length = token_spans(tokens.position, document, *bounds)
    return {"document": document, "first": first, "length": length}


def _few(columns: Columns, at: Ints, values: Ints) -> Columns:
    """Return `values` of the rows `at` of `columns`, with the numbers of these rows and of their documents."""
    return {"document": columns["document"][at], "row": at, "value": values}


def _rows_of(columns: Columns, first: int, last: int) -> Columns:
    """Return the rows of the documents from `first` to before `last`, with their documents counted from 0."""
    rows = slice(*np.searchsorted(columns["document"], [first, last]))
    chosen = {name: values[rows] for name, values in columns.items()}
    return chosen | {"document": chosen["document"] - first}


def marks_of(marks: Marks, first: int, last: int, begin: int) -> Marks:
    """Return the marks of the documents from `first` to before `last`, with documents, rows and tokens counted from 0.

    `begin` is the number of their first token. Texts keep their numbers in `lists`.
    """
    quotes, mentions, codes = (_rows_of(rows, first, last) for rows in (marks.quotes, marks.mentions, marks.codes))
    before = {"quote": np.searchsorted(marks.quotes["document"], first)}
    before["mention"] = np.searchsorted(marks.mentions["document"], first)
    used = slice(0, 0)
    if len(quotes["document"]):
        used = slice(int(quotes["piece_offset"][0]), int(quotes["piece_offset"][-1] + quotes["pieces"][-1]))
    pieces = {"first": marks.pieces["first"][used] - begin, "length": marks.pieces["length"][used]}
    quotes["piece_offset"] = quotes["piece_offset"] - used.start
    for columns in (quotes, mentions, codes):
        columns["first"] = columns["first"] - begin
    sparse = {name: _rows_of(columns, first, last) for name, columns in marks.sparse.items()}
    for name, columns in sparse.items():
        columns["row"] = columns["row"] - before[name.split()[0]]
    topics = topics_of(marks.topics, first, last, int(before["quote"]))
    return Marks(quotes, pieces, mentions, codes, sparse, marks.lists, topics)


def read_marks(folder: Path, doc_ids: pd.Series, tokens: Tokens, values: Mapping[str, list[str]]) -> Marks:
    """Return the marks of the tables quotes, entities and frame_codes in `folder`; `doc_ids` numbers the documents.

    `values` are the values of source attributes, as for `source_rows`.
    """
    order = pd.Index(doc_ids.tolist())
    quotes = read_rows(folder, "quotes", _QUOTE_COLUMNS)
    # A quotation without a source has no row in quote_sources, and so no values.
    sources = source_rows(folder, values)
    at = rows_at(quotes, sources, "quote")
    for name in sources:
        if name == STANCE or str(name).startswith(VALUE):
            quotes[name] = sources[name].array.take(at, allow_fill=True)
    codes = read_rows(folder, "frame_codes", _CODE_COLUMNS)
    pattern = joined_texts([codes[name] for name in PATTERN_FIELDS])
    mentions = read_mentions(folder)
    joint = read_rows(folder, "joint_statements", ["doc_id", "quote", "speaker"])
    speakers = _differing(quotes["speaker_in_document"], quotes["speaker"])
    entities = _differing(mentions["own"], mentions["entity"])
    named = (quotes["speaker"], codes["speaker"], joint["speaker"], mentions["entity"])
    lists = {
        "names": _numbered(*named, speakers, entities),
        "corrected_by": _numbered(quotes["corrected_by"], mentions["corrected_by"]),
        **{name: _numbered(quotes[name]) for name in map(str, quotes) if name in _TEXTS or name.startswith(VALUE)},
        "pattern": _numbered(pattern),
        "label": _numbered(mentions["label"]),
    }
    quote_columns, pieces = _quotes(quotes, order, tokens, lists)
    code_columns = _spans(codes, order, tokens) | {
        "pattern": _numbers(lists["pattern"], pattern),
        "negated": codes["negated"].to_numpy(np.int64),
        "speaker": _numbers(lists["names"], codes["speaker"]),
    }
    mention_columns = _spans(mentions, order, tokens) | {
        "name": _numbers(lists["names"], mentions["entity"]),
        "label": _numbers(lists["label"], mentions["label"]),
    }
    sparse = {}
    kinds = (("quote", quote_columns, speakers, quotes), ("mention", mention_columns, entities, mentions))
    for kind, columns, own, rows in kinds:
        sparse[f"{kind} own"] = _few(columns, own.index.to_numpy(), _numbers(lists["names"], own))
        corrected = rows["corrected_by"][~rows["corrected_by"].isin(["", None])]
        sheets = _numbers(lists["corrected_by"], corrected)
        sparse[f"{kind} corrected"] = _few(columns, corrected.index.to_numpy(), sheets)
    of_joint = rows_at(joint, quotes, "quote")
    sparse["quote joint"] = _few(quote_columns, of_joint, _numbers(lists["names"], joint["speaker"]))
    topics = read_topics(folder, order, quotes)
    return Marks(quote_columns, pieces, mention_columns, code_columns, sparse, lists, topics)
