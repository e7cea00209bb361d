"""One document as the steps after the parse see it: columns of tokens, read back from the batch's tables."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from scripts.storage import read_parquet


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


@dataclass(frozen=True, slots=True)
class Doc:
    """A parsed document. All lists of tokens have the same length; the index of a token counts from the document's start.

    `start` and `end` are code points of `text`, `sentence` the index into `sentences`, `word` the straightened form,
    `norm` its lower case, `head` the index of the head token (a root is its own head). `pos` (Universal), `tag` (Penn),
    `dep` (ClearNLP, as spaCy has it), `lemma` are empty strings in a document that was not parsed.
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
        """The text from token `first` to before token `last`."""
        return self.text[self.start[first] : self.end[last - 1]]
