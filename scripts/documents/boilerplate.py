"""Paragraphs that an outlet repeats under many articles: editor's notes, offers, contacts, copyright, by-lines.

Makes the tables boilerplate and boilerplate_places. With `boilerplate: drop` the steps that join the batches' tables
leave such paragraphs out (`scripts.core.boilerplate`): no batch is redone for what the corpus shows.
"""

import re
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from scripts.core.options import path_options
from scripts.core.ranges import tables_in_ranges
from scripts.core.statements import read_speech
from scripts.core.storage import open_table, read_parquet, read_settings, rows_of_documents, rows_to_table, to_table
from scripts.core.tables import part_folders, write_table
from scripts.documents.duplicates import read_pairs

# An outlet repeats a paragraph under so many articles, on so many days where so many of them have a date.
_ARTICLES, _DAYS = 5, 3
# A paragraph that other outlets have too, in more than this share of its documents, is news.
_ELSEWHERE = 0.1
_LONGEST_SHOWN = 2_000
_AT_A_TIME = 2_000  # documents
_QUOTES = ["doc_id", "sentence", "n_words"]
# A passage in quotation marks, of some words: a paragraph with one is what somebody said, however often it is told.
_QUOTATION = re.compile(r'["“„«]\s*\w[^"“”„«»]{24,}["”»]')


class Document(NamedTuple):
    """A document: its publisher, its day ("" if not known), and the first of the documents that resemble it."""

    publisher: str
    day: str
    story: str


class Paragraphs(NamedTuple):
    """Paragraphs with a word, by document: the number of the document, first sentence and after the last, characters,
    and a number for the words: the same words have the same."""

    columns: dict[str, NDArray[np.int32]]
    words: NDArray[np.uint64]


class Boilerplate(NamedTuple):
    """A paragraph that a publisher repeats: the rows of `Paragraphs`, one a document."""

    publisher: str
    rows: tuple[int, ...]


def key_of(text: str) -> bytes | None:
    """Return a key of the words of a paragraph, whatever its case and white space; None for one that is to stay.

    That is one without a word, one with a passage in quotation marks, and one that leads to what follows by a colon.

    >>> key_of("Contact:  The Desk") == key_of("contact: the desk"), key_of("* * *"), key_of('"' + "No. " * 9 + '"')
    (True, None, None)
    """
    words = " ".join(text.split()).casefold()
    if words.endswith(":") or _QUOTATION.search(words) or not any(map(str.isalnum, words)):
        return None
    return blake2b(words.encode("utf-8", "surrogatepass"), digest_size=8).digest()


def read_paragraphs(ranges: Iterable[Mapping[str, pa.Table]]) -> Paragraphs:
    """Return the paragraphs of documents, from ranges of the tables documents and sentences in the order of doc_id."""
    columns = {name: array("i") for name in ("document", "sentence", "last", "start", "end")}
    keys = bytearray()
    number = 0
    for tables in ranges:
        texts = dict(zip(*(tables["documents"][name].to_pylist() for name in ("doc_id", "text")), strict=True))
        place = {doc_id: number + at for at, doc_id in enumerate(texts)}
        number += len(place)
        names = ("doc_id", "paragraph", "sentence", "start", "end")
        rows = zip(*(tables["sentences"][name].to_pylist() for name in names), strict=True)
        for (doc_id, _), of_paragraph in groupby(rows, key=lambda row: row[:2]):
            sentences = [*of_paragraph]
            (*_, first, start, _), (*_, last, _, end) = sentences[0], sentences[-1]
            if key := key_of(texts[doc_id][start:end]):
                keys += key
                for name, value in zip(columns, (place[doc_id], first, last + 1, start, end), strict=True):
                    columns[name].append(value)
    arrays = {
        name: np.frombuffer(column, np.int32) if column else np.empty(0, np.int32) for name, column in columns.items()
    }
    return Paragraphs(arrays, np.frombuffer(bytes(keys), "<u8"))


def read_documents(folder: Path) -> list[Document]:
    """Return all documents of the tables in a folder, in the order of doc_id.

    The publisher is the outlet, or the folder of the seed where no outlet is known. Documents that resemble each other
    are one story.
    """
    rows = read_parquet(folder / "documents.parquet", ["doc_id", "seed", "date", "outlet"]).to_pylist()
    story = {doc_id: pair.cluster for pair in read_pairs(folder) for doc_id in (pair.doc_id, pair.other)}
    return [
        Document(
            row["outlet"] or row["seed"].rpartition("/")[0],
            date[:10] if len(date := row["date"] or "") >= len("2025-01-01") else "",
            story.get(row["doc_id"], row["doc_id"]),
        )
        for row in rows
    ]


def is_repeated(documents: Iterable[Document]) -> bool:
    """Return True if documents of one publisher are so many, and of so many days, that what they share is boilerplate.

    Those of one story count once. Days are asked for where five of them have a date.
    """
    day_of = {document.story: document.day for document in documents}
    days = [day for day in day_of.values() if day]
    return len(day_of) >= _ARTICLES and (len(days) < _ARTICLES or len({*days}) >= _DAYS)


def find_boilerplate(paragraphs: Paragraphs, documents: Sequence[Document]) -> list[Boilerplate]:
    """Return the paragraphs that a publisher repeats, those of most documents first.

    One that other publishers have too, without repeating it so, stays if they are more than a tenth of those who have
    it: it is news.
    """
    order = np.argsort(paragraphs.words, kind="stable")
    _, first, counts = np.unique(paragraphs.words[order], return_index=True, return_counts=True)
    passages = []
    for begin, n in zip(first[counts >= _ARTICLES].tolist(), counts[counts >= _ARTICLES].tolist(), strict=True):
        of_publisher: dict[str, dict[int, int]] = defaultdict(dict)
        for row in order[begin : begin + n].tolist():
            document = int(paragraphs.columns["document"][row])
            of_publisher[documents[document].publisher][document] = row
        repeated = {name for name, rows in of_publisher.items() if is_repeated(documents[at] for at in rows)}
        elsewhere = sum(len(rows) for name, rows in of_publisher.items() if name not in repeated)
        if elsewhere <= _ELSEWHERE * sum(map(len, of_publisher.values())):
            passages += [Boilerplate(name, (*of_publisher[name].values(),)) for name in repeated]
    return sorted(passages, key=lambda each: (-len(each.rows), each.publisher, each.rows))


def places_table(
    passages: Sequence[Boilerplate], paragraphs: Paragraphs, doc_ids: Sequence[str], *, left_out: bool
) -> pa.Table:
    """Return the table boilerplate_places: where each paragraph stands that `find_boilerplate` found."""
    rows = np.array([row for each in passages for row in each.rows], np.intp)
    number = np.repeat(np.arange(1, len(passages) + 1), [len(each.rows) for each in passages])
    order = np.argsort(rows, kind="stable")
    columns = {name: column[rows[order]] for name, column in paragraphs.columns.items()}
    names = pa.array(doc_ids, pa.string()).take(pa.array(columns.pop("document")))
    left = np.full(len(rows), left_out)
    return to_table("boilerplate_places", {"doc_id": names, "boilerplate": number[order], **columns, "left_out": left})


class Added(NamedTuple):
    """The statements that boilerplate adds to counts, and the words that they attribute."""

    statements: int = 0
    words: int = 0


def added_by(quotes: Iterable[pa.Table], places: pa.Table) -> dict[int, Added]:
    """Return the statements that each number of boilerplate adds, from rows of tables of quotes that are speech."""
    of_places = zip(*(places[name].to_pylist() for name in ("doc_id", "sentence", "last", "boilerplate")), strict=True)
    number_at = {
        (doc_id, sentence): number for doc_id, first, last, number in of_places for sentence in range(first, last)
    }
    added: dict[int, Added] = defaultdict(Added)
    for rows in quotes:
        for doc_id, sentence, words in zip(*(rows[name].to_pylist() for name in _QUOTES), strict=True):
            if number := number_at.get((doc_id, sentence)):
                added[number] = Added(added[number].statements + 1, added[number].words + words)
    return added


def boilerplate_rows(
    passages: Sequence[Boilerplate],
    paragraphs: Paragraphs,
    documents: Sequence[Document],
    texts: Sequence[str],
    added: Mapping[int, Added],
) -> Iterator[dict[str, int | str]]:
    """Yield the rows of the table boilerplate; `texts` has that of each paragraph found."""
    for number, (each, text) in enumerate(zip(passages, texts, strict=True), start=1):
        days = sorted({documents[paragraphs.columns["document"][row]].day for row in each.rows} - {""})
        yield {
            "boilerplate": number,
            "outlet": each.publisher,
            "documents": len(each.rows),
            "days": len(days),
            "first": days[0] if days else "",
            "last": days[-1] if days else "",
            **added.get(number, Added())._asdict(),
            "text": text[:_LONGEST_SHOWN],
        }


def _texts(folder: Path, passages: Sequence[Boilerplate], paragraphs: Paragraphs, doc_ids: Sequence[str]) -> list[str]:
    """Return the text of each paragraph found, as the first of its documents has it."""
    first_documents = {doc_ids[paragraphs.columns["document"][each.rows[0]]] for each in passages}
    chosen = rows_of_documents(open_table(folder / "documents.parquet"), first_documents, ["text"])
    texts = dict(zip(*(chosen[name].to_pylist() for name in ("doc_id", "text")), strict=True))
    columns = paragraphs.columns
    return [
        texts[doc_ids[columns["document"][row]]][columns["start"][row] : columns["end"][row]]
        for row in (each.rows[0] for each in passages)
    ]


def main() -> None:
    """Find the paragraphs that outlets repeat in the tables of a folder, write the two tables of them."""
    options = path_options(main.__doc__, "settings", "folder", "batches", lists=("corrected",))
    folder: Path = options.folder
    doc_ids = read_parquet(folder / "documents.parquet", ["doc_id"])["doc_id"].to_pylist()
    columns = {"documents": ["doc_id", "text"], "sentences": ["doc_id", "paragraph", "sentence", "start", "end"]}
    paragraphs = read_paragraphs(tables_in_ranges(folder, columns, doc_ids[_AT_A_TIME::_AT_A_TIME]))
    documents = read_documents(folder)
    passages = find_boilerplate(paragraphs, documents)
    settings = read_settings(options.settings)
    places = places_table(passages, paragraphs, doc_ids, left_out=settings["boilerplate"] == "drop")
    quotes = [*part_folders(options.batches, options.corrected)] if passages else []
    added = added_by((read_speech(part / "quotes.parquet", _QUOTES) for part in quotes), places)
    texts = _texts(folder, passages, paragraphs, doc_ids) if passages else []
    tables = {
        "boilerplate": rows_to_table("boilerplate", boilerplate_rows(passages, paragraphs, documents, texts, added)),
        "boilerplate_places": places,
    }
    for name, table in tables.items():
        write_table(folder, name, table, **settings["tables"])


if __name__ == "__main__":
    main()
