"""A parsed document as columns of tokens, read back from the tables of its batch."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple, TypeVar

from scripts.core.storage import read_parquet


def text_sha256(text: str) -> str:
    """Return the SHA-256 of a document's text in UTF-8, by which a reader's decisions name it."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


class Sentence(NamedTuple):
    """A sentence: its paragraph, its characters (end-exclusive) and its tokens (`first` to before `last`)."""

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


Row = TypeVar("Row", Sentence, Mention)


@dataclass(frozen=True, slots=True)
class Doc:
    """A parsed document. All lists of tokens have the same length; token 0 is the document's first.

    `start` and `end` are code points of `text`, `sentence` the index into `sentences`, `word` the straightened form,
    `norm` its lower case, `head` the index of the head token (a root is its own head). `lemma`, `pos`
    (Universal), `tag` (Penn) and `dep` (ClearNLP, as spaCy has it) are empty in a document that was not parsed.
    """

    doc_id: str
    text: str
    sentences: list[Sentence]
    start: list[int]
    end: list[int]
    sentence: list[int]
    word: list[str]
    norm: list[str]
    lemma: list[str]
    pos: list[str]
    tag: list[str]
    dep: list[str]
    head: list[int]
    mentions: list[Mention]

    def slice(self, first: int, last: int) -> str:
        """Return the text from token `first` to before token `last`."""
        return self.text[self.start[first] : self.end[last - 1]]


def blank(doc_id: str, text: str, sentences: list[Sentence], start: list[int], end: list[int], word: list[str]) -> Doc:
    """Return a document that is segmented and not parsed: no tags, every token its own head, no mentions."""
    none = [""] * len(word)
    return Doc(
        doc_id=doc_id,
        text=text,
        sentences=sentences,
        start=start,
        end=end,
        sentence=[n for n, sentence in enumerate(sentences) for _ in range(sentence.first, sentence.last)],
        word=word,
        norm=[form.lower() for form in word],
        lemma=none,
        pos=none,
        tag=none,
        dep=none,
        head=list(range(len(word))),
        mentions=[],
    )


def read_docs(
    documents: Path, sentences: Path, tokens: Path, parses: Path | None = None, mentions: Path | None = None
) -> Iterator[Doc]:
    """Yield the documents of a batch from its Parquet tables, in the order of the documents table.

    `mentions` is the batch's table of raw mentions or of entities. Without `parses` tags are empty; with it the
    documents that were not parsed, being in another language than the model's, are left out.
    """
    texts = read_parquet(documents, ["doc_id", "text"]).to_pydict()
    of_sentences = _grouped(sentences, Sentence)
    of_mentions = _grouped(mentions, Mention) if mentions else {}
    token = read_parquet(tokens, ["start", "end", "word"])
    parse = read_parquet(parses) if parses else None
    first = 0
    for doc_id, text in zip(texts["doc_id"], texts["text"], strict=True):
        spans = of_sentences.get(doc_id, [])
        length = spans[-1].last if spans else 0
        # A document at a time: as lists of Python all tokens of a batch would take ten times the memory.
        doc = blank(doc_id, text, spans, **token.slice(first, length).to_pydict())
        parsed = parse.slice(first, length).to_pydict() if parse else {}
        first += length
        if parse and length and not any(parsed["lemma"]):
            continue
        yield replace(doc, mentions=of_mentions.get(doc_id, []), **parsed)


def _grouped(path: Path, row: type[Row]) -> dict[str, list[Row]]:
    """Return the rows of a table by document, each as a `row`; a field that the table lacks has its default."""
    table = read_parquet(path)
    fields: list[str] = [name for name in row._fields if name in table.column_names]
    rows = zip(*(table.column(name).to_pylist() for name in ("doc_id", *fields)), strict=True)
    return {doc_id: [row(*values[1:]) for values in of] for doc_id, of in groupby(rows, key=itemgetter(0))}
