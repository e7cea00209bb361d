"""Parsed documents as columns of tokens, read back from the tables of their batch."""

import hashlib
import re
from array import array
from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from operator import itemgetter
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import pyarrow as pa

from scripts.core.arrays import Floats32
from scripts.core.batch_tokens import read_tokens
from scripts.core.schemas import arrow_schema
from scripts.core.storage import read_parquet

_SPACE = re.compile(r"\s+")
# The columns of tokens that the parser fills.
PARSED = ("lemma", "pos", "tag", "dep", "head")


def text_sha256(text: str) -> str:
    """Return the SHA-256 of a document's text in UTF-8, which identifies the document in a reader's decisions."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def documents_by_text(texts: Mapping[str, str]) -> dict[str, str]:
    """Return {SHA-256 of a text: doc_id} for texts by doc_id; of documents with the same text, the first.

    >>> [*documents_by_text({"a.txt": "It rained.", "copy.txt": "It rained."}).values()]
    ['a.txt']
    """
    return {text_sha256(text): doc_id for doc_id, text in reversed([*texts.items()])}


def beginnings(text: str, hashes: Collection[str]) -> dict[str, int]:
    """Return {SHA-256: length} of the prefixes of a text whose hash is in `hashes`; prefixes end beside white space."""
    bounds = sorted({0, len(text), *(bound for match in _SPACE.finditer(text) for bound in match.span())})
    digest, lengths = hashlib.sha256(), {}
    for start, end in pairwise(bounds):
        digest.update(text[start:end].encode("utf-8", "surrogatepass"))
        if (sha256 := digest.hexdigest()) in hashes:
            lengths[sha256] = end
    return lengths


class Sentence(NamedTuple):
    """A sentence: its paragraph, its characters (`start` to before `end`) and its tokens (`first` to before `last`)."""

    paragraph: int
    start: int
    end: int
    first: int
    last: int


class Mention(NamedTuple):
    """A span of tokens (`first` to before `last`) that the model, or the entity step after it, gives a label."""

    first: int
    last: int
    label: str
    entity: str = ""


_Row = TypeVar("_Row", Sentence, Mention)


@dataclass(frozen=True, slots=True)
class Doc:
    """A parsed document. All columns of tokens have the same length; token 0 is the document's first.

    `start` and `end` are code-point offsets into `text`, `sentence` is the index into `sentences`, `word` the form with
    straightened quotation marks and dashes, `norm` its lower case, `head` the index of the head token (a root is its
    own head). `lemma`, `pos` (Universal), `tag` (Penn) and `dep` (ClearNLP, as in spaCy) are empty if the document was
    not parsed. `vocabulary` is the set of distinct values of `word`. Once the network of names has read the document,
    `chances` holds each token's probability of each kind of name, and of none (tokens x kinds, in the order of
    `scripts.entities.kinds`).

    Numbers are in arrays, and tokens with the same text share one object: as lists of separate objects, a long document
    takes five times the memory.
    """

    doc_id: str
    text: str
    sentences: list[Sentence]
    start: Sequence[int]
    end: Sequence[int]
    sentence: Sequence[int]
    word: list[str]
    norm: list[str]
    lemma: list[str]
    pos: list[str]
    tag: list[str]
    dep: list[str]
    head: Sequence[int]
    mentions: list[Mention]
    vocabulary: Set[str]
    chances: Floats32 | None = None

    def slice(self, first: int, last: int) -> str:
        """Return the text from token `first` to before token `last`."""
        return self.text[self.start[first] : self.end[last - 1]]


def whole_numbers(values: Iterable[int]) -> "array[int]":
    """Return whole numbers as an array."""
    return array("q", values)


def blank(
    doc_id: str, text: str, sentences: list[Sentence], start: Iterable[int], end: Iterable[int], word: list[str]
) -> Doc:
    """Return a document that is segmented but not parsed: no tags, every token its own head, no mentions."""
    none = [""] * len(word)
    lower = {form: form.lower() for form in set(word)}
    return Doc(
        doc_id=doc_id,
        text=text,
        sentences=sentences,
        start=whole_numbers(start),
        end=whole_numbers(end),
        sentence=whole_numbers(n for n, sentence in enumerate(sentences) for _ in range(sentence.first, sentence.last)),
        word=word,
        norm=list(map(lower.__getitem__, word)),
        lemma=none,
        pos=none,
        tag=none,
        dep=none,
        head=whole_numbers(range(len(word))),
        mentions=[],
        vocabulary=frozenset(lower),
    )


class Annotations(NamedTuple):
    """The tables of a batch, with the columns from which its documents are built; all have doc_id.

    `tokens` also has the columns of the parse, if there is one. Its texts are dictionary-encoded, as few are distinct.
    """

    documents: pa.Table
    sentences: pa.Table
    tokens: pa.Table
    mentions: pa.Table

    @property
    def doc_ids(self) -> list[str]:
        """Return the doc_ids of the batch, in its order."""
        return list(self.documents["doc_id"].to_pylist())


def read_annotations(
    documents: Path, sentences: Path, tokens: Path, parses: Path | None = None, mentions: Path | None = None
) -> Annotations:
    """Return the tables of a batch; `mentions` is its table of entities, if there is one."""
    columns = ["doc_id", "start", "end", "word", *(PARSED if parses else ())]
    return Annotations(
        read_parquet(documents, ["doc_id", "text"]),
        read_parquet(sentences, ["doc_id", *Sentence._fields]),
        read_tokens(columns, tokens, parses),
        read_parquet(mentions, ["doc_id", *Mention._fields]) if mentions else arrow_schema("entities").empty_table(),
    )


def docs_of(annotations: Annotations, chosen: Container[str] | None = None) -> Iterator[Doc]:
    """Yield the documents of a batch, or only the chosen ones, in the order of the table documents.

    If the batch has no parse, tags are empty. If it has one, documents that were not parsed because they are in another
    language than the model's are left out.
    """
    of_sentences, of_mentions = _grouped(annotations.sentences, Sentence), _grouped(annotations.mentions, Mention)
    columns = {name: _column(annotations.tokens[name]) for name in annotations.tokens.column_names if name != "doc_id"}
    last = 0
    for doc_id, text in zip(*annotations.documents.to_pydict().values(), strict=True):
        spans = of_sentences.get(doc_id, [])
        first, last = last, last + (spans[-1].last if spans else 0)
        if chosen is not None and doc_id not in chosen:
            continue
        # A document at a time: all tokens of a batch as Python objects would take many times the memory.
        of_tokens = {name: values(first, last) for name, values in columns.items()}
        if "lemma" in columns and first < last and not any(of_tokens["lemma"]):
            continue
        doc = blank(doc_id, text, spans, **{name: of_tokens.pop(name) for name in ("start", "end", "word")})
        yield replace(doc, mentions=of_mentions.get(doc_id, []), **of_tokens)


def _column(column: pa.ChunkedArray) -> Callable[[int, int], Any]:
    """Return a function that returns the rows `first` to before `last` of a column of numbers or of encoded texts."""
    values = column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()
    if not pa.types.is_dictionary(values.type):
        return lambda first, last: _stored(values, first, last)
    texts = values.dictionary.to_pylist()
    return lambda first, last: list(map(texts.__getitem__, _stored(values.indices, first, last)))


def _stored(values: pa.Array, first: int, last: int) -> "array[int]":
    """Return whole numbers, none missing, from Arrow's buffer: a list in between would take far more memory."""
    width = values.type.byte_width
    stored = array({4: "i", 8: "q"}[width])
    if first < last:
        begin, end = (width * (values.offset + row) for row in (first, last))
        stored.frombytes(memoryview(values.buffers()[1])[begin:end])
    return stored


def _grouped(table: pa.Table, row: type[_Row]) -> dict[str, list[_Row]]:
    """Return the rows of a table, each as a `row`, in lists by doc_id."""
    fields: tuple[str, ...] = row._fields
    rows = zip(*(table.column(name).to_pylist() for name in ("doc_id", *fields)), strict=True)
    return {doc_id: [row(*values[1:]) for values in of] for doc_id, of in groupby(rows, key=itemgetter(0))}
