"""Paragraphs that an outlet repeats under many articles: editor's notes, offers, contacts, copyright, by-lines.

Makes the tables boilerplate and boilerplate_places. With `boilerplate: drop` the steps that join the batches' tables
leave such paragraphs out (`scripts.core.boilerplate`): no batch is redone because of what the whole corpus shows.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from scripts.core.arrays import Ints
from scripts.core.batch_tokens import read_tokens
from scripts.core.boilerplate import in_boilerplate
from scripts.core.options import path_options
from scripts.core.ranges import tables_in_ranges
from scripts.core.statements import read_speech
from scripts.core.storage import (
    document_blocks,
    open_table,
    read_parquet,
    read_settings,
    rows_of_documents,
    rows_to_table,
    to_table,
)
from scripts.core.tables import part_folders, write_table
from scripts.core.text_values import looked_up
from scripts.documents.duplicates import read_clusters

# Boilerplate is in at least this many articles of an outlet and, if as many have a date, on this many days.
_ARTICLES, _DAYS = 5, 3
# A paragraph is news if more than this share of its documents come from outlets that do not repeat it.
_ELSEWHERE = 0.1
_LONGEST_SHOWN = 2_000
_AT_A_TIME = 2_000  # documents
# A quotation of several words: a paragraph with one reports speech, however often it is repeated.
_QUOTATION = re.compile(r'["“„«]\s*\w[^"“”„«»]{24,}["”»]')


class Document(NamedTuple):
    """A document: its publisher, its day ("" if unknown) and its story, the first of the documents that resemble it."""

    publisher: str
    day: str
    story: str


class Paragraphs(NamedTuple):
    """Paragraphs that may be boilerplate, in parallel arrays; paragraphs of the same words have the same `words`.

    `columns` has the index of the document, the first sentence and the one after the last, and the character offsets.
    """

    columns: dict[str, NDArray[np.int32]]
    words: NDArray[np.uint64]


class Boilerplate(NamedTuple):
    """A paragraph that a publisher repeats, with its rows in `Paragraphs` and the number of documents that have it."""

    publisher: str
    rows: tuple[int, ...]
    n_documents: int


def paragraph_key(text: str) -> bytes | None:
    """Return a hash of a paragraph's words, regardless of case and white space; None if it is never boilerplate.

    A paragraph without a word, with a quotation, or with a colon at its end is never boilerplate.

    >>> paragraph_key("Contact:  The Desk") == paragraph_key("contact: the desk")
    True
    >>> paragraph_key("* * *"), paragraph_key('"' + "No. " * 9 + '"')
    (None, None)
    """
    words = " ".join(text.split()).casefold()
    if words.endswith(":") or _QUOTATION.search(words) or not any(map(str.isalnum, words)):
        return None
    return blake2b(words.encode("utf-8", "surrogatepass"), digest_size=8).digest()


def read_paragraphs(ranges: Iterable[Mapping[str, pa.Table]]) -> Paragraphs:
    """Return the paragraphs in ranges of the tables documents and sentences, which must be in the order of doc_id."""
    names = ("document", "sentence", "last", "start", "end")
    parts = [np.empty((len(names), 0), np.int32)]
    keys = bytearray()
    number = 0
    for tables in ranges:
        doc_ids, texts = (tables["documents"][name].to_pylist() for name in ("doc_id", "text"))
        place = {doc_id: at for at, doc_id in enumerate(doc_ids)}
        rows = tables["sentences"]
        document = looked_up(rows["doc_id"], place.__getitem__)
        paragraph, sentence, start, end = (rows[name].to_numpy() for name in ("paragraph", "sentence", "start", "end"))
        begins = (np.diff(document, prepend=-1) != 0) | (np.diff(paragraph, prepend=-1) != 0)
        first = np.flatnonzero(begins)
        last = np.append(first[1:], len(rows))[: len(first)] - 1
        spans = zip(document[first].tolist(), start[first].tolist(), end[last].tolist(), strict=True)
        own = [paragraph_key(texts[at][begin:stop]) for at, begin, stop in spans]
        keys += b"".join(filter(None, own))
        columns = (document[first] + number, sentence[first], sentence[last] + 1, start[first], end[last])
        parts.append(np.array(columns, np.int32)[:, [key is not None for key in own]])
        number += len(doc_ids)
    arrays = dict(zip(names, np.concatenate(parts, axis=1), strict=True))
    return Paragraphs(arrays, np.frombuffer(bytes(keys), "<u8"))


def read_documents(folder: Path) -> list[Document]:
    """Return all documents of the tables in a folder, in the order of doc_id.

    The publisher is the outlet, or the folder of the seed if no outlet is known. Documents that resemble each other
    share a story.
    """
    rows = read_parquet(folder / "documents.parquet", ["doc_id", "seed", "date", "outlet"]).to_pylist()
    story = read_clusters(folder)
    return [
        Document(
            row["outlet"] or row["seed"].rpartition("/")[0],
            date[:10] if len(date := row["date"] or "") >= len("2025-01-01") else "",
            story.get(row["doc_id"], row["doc_id"]),
        )
        for row in rows
    ]


def is_repeated(documents: Iterable[Document]) -> bool:
    """Return True if the documents of a publisher that share a paragraph are enough, on enough days, for boilerplate.

    Documents of one story count once. Days matter only if at least five stories have a date.
    """
    day_of = {document.story: document.day for document in documents}
    days = [day for day in day_of.values() if day]
    return len(day_of) >= _ARTICLES and (len(days) < _ARTICLES or len({*days}) >= _DAYS)


def find_boilerplate(paragraphs: Paragraphs, documents: Sequence[Document]) -> list[Boilerplate]:
    """Return the paragraphs that a publisher repeats, the most frequent first.

    A paragraph counts as news if more than a tenth of the documents that contain it come from publishers that do not
    repeat it.
    """
    order = np.argsort(paragraphs.words, kind="stable")
    _, first, counts = np.unique(paragraphs.words[order], return_index=True, return_counts=True)
    passages = []
    for begin, n in zip(first[counts >= _ARTICLES].tolist(), counts[counts >= _ARTICLES].tolist(), strict=True):
        of_publisher: dict[str, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
        for row in order[begin : begin + n].tolist():
            document = int(paragraphs.columns["document"][row])
            of_publisher[documents[document].publisher][document].append(row)
        repeated = {name for name, rows in of_publisher.items() if is_repeated(documents[at] for at in rows)}
        elsewhere = sum(len(rows) for name, rows in of_publisher.items() if name not in repeated)
        if elsewhere <= _ELSEWHERE * sum(map(len, of_publisher.values())):
            for name in repeated:
                rows = of_publisher[name].values()
                passages.append(Boilerplate(name, (*chain.from_iterable(rows),), len(rows)))
    return sorted(passages, key=lambda each: (-each.n_documents, each.publisher, each.rows))


def places_table(
    passages: Sequence[Boilerplate], paragraphs: Paragraphs, doc_ids: Sequence[str], *, left_out: bool
) -> pa.Table:
    """Return the table boilerplate_places: every place of the `passages`, with `n_words` still 0."""
    rows = np.array([row for each in passages for row in each.rows], np.intp)
    number = np.repeat(np.arange(1, len(passages) + 1), [len(each.rows) for each in passages])
    order = np.argsort(rows, kind="stable")
    columns = {name: column[rows[order]] for name, column in paragraphs.columns.items()}
    names = pa.array(doc_ids, pa.string()).take(pa.array(columns.pop("document")))
    others = {"n_words": np.zeros(len(rows)), "left_out": np.full(len(rows), left_out)}
    return to_table("boilerplate_places", {"doc_id": names, "boilerplate": number[order], **columns, **others})


def additions(parts: Iterable[pa.Table], places: pa.Table) -> tuple[Ints, Ints]:
    """Return, per place, how many rows of `parts` (with doc_id and sentence) lie in it, and their sum of n_words."""
    columns = (places[name].to_pylist() for name in ("doc_id", "sentence", "last"))
    place_of = {
        (doc_id, sentence): place
        for place, (doc_id, first, last) in enumerate(zip(*columns, strict=True))
        for sentence in range(first, last)
    }
    n, words = np.zeros((2, len(places)), np.int64)
    for rows in parts if len(places) else ():
        rows = rows.filter(in_boilerplate(rows, places))
        place = [place_of[key] for key in zip(rows["doc_id"].to_pylist(), rows["sentence"].to_pylist(), strict=True)]
        np.add.at(n, place, 1)
        if "n_words" in rows.column_names:
            np.add.at(words, place, rows["n_words"].to_numpy())
    return n, words


def read_additions(folder: Path, batches: Path, corrected: Sequence[str], places: pa.Table) -> dict[str, Ints]:
    """Return the numbers that each place adds to the counts, {column of the table boilerplate: one per place}.

    `folder` has the tables of the results; `corrected` are the batches that a reader corrected.
    """
    at = ["doc_id", "sentence"]
    parts = (read_speech(part / "quotes.parquet", [*at, "n_words"]) for part in part_folders(batches, corrected))
    tokens = (read_tokens([*at, "is_word"], part / "tokens.parquet") for part in part_folders(batches, []))
    statements, words = additions(parts, places)
    return {
        "statements": statements,
        "words": words,
        "all_words": additions((rows.filter(rows["is_word"]) for rows in tokens), places)[0],
        "mentions": additions(document_blocks(open_table(folder / "entities.parquet"), at), places)[0],
    }


def boilerplate_rows(
    passages: Sequence[Boilerplate],
    paragraphs: Paragraphs,
    documents: Sequence[Document],
    texts: Sequence[str],
    added: Mapping[str, Ints],
) -> Iterator[dict[str, int | str]]:
    """Yield the rows of the table boilerplate; `texts` and the columns of `added` have one entry per passage."""
    for at, (each, text) in enumerate(zip(passages, texts, strict=True)):
        days = sorted({documents[paragraphs.columns["document"][row]].day for row in each.rows} - {""})
        yield {
            "boilerplate": at + 1,
            "outlet": each.publisher,
            "documents": each.n_documents,
            "days": len(days),
            "first": days[0] if days else "",
            "last": days[-1] if days else "",
            **{name: int(values[at]) for name, values in added.items()},
            "text": text[:_LONGEST_SHOWN],
        }


def _texts(folder: Path, passages: Sequence[Boilerplate], paragraphs: Paragraphs, doc_ids: Sequence[str]) -> list[str]:
    """Return the text of each passage as it appears in its first document."""
    first = [each.rows[0] for each in passages]
    documents, starts, ends = (paragraphs.columns[name][first] for name in ("document", "start", "end"))
    names = [doc_ids[document] for document in documents]
    chosen = rows_of_documents(open_table(folder / "documents.parquet"), {*names}, ["text"])
    texts = dict(zip(*(chosen[name].to_pylist() for name in ("doc_id", "text")), strict=True))
    return [texts[name][start:end] for name, start, end in zip(names, starts, ends, strict=True)]


def main() -> None:
    """Find the paragraphs that outlets repeat, and write the tables boilerplate and boilerplate_places."""
    options = path_options(main.__doc__, "settings", "folder", "batches", lists=("corrected",))
    folder: Path = options.folder
    doc_ids = read_parquet(folder / "documents.parquet", ["doc_id"])["doc_id"].to_pylist()
    columns = {"documents": ["doc_id", "text"], "sentences": ["doc_id", "paragraph", "sentence", "start", "end"]}
    paragraphs = read_paragraphs(tables_in_ranges(folder, columns, doc_ids[_AT_A_TIME::_AT_A_TIME]))
    documents = read_documents(folder)
    passages = find_boilerplate(paragraphs, documents)
    settings = read_settings(options.settings)
    places = places_table(passages, paragraphs, doc_ids, left_out=settings["boilerplate"] == "drop")
    by_place = read_additions(folder, options.batches, options.corrected, places)
    number = places["boilerplate"].to_numpy() - 1
    added = {name: np.bincount(number, values, len(passages)).astype(np.int64) for name, values in by_place.items()}
    places = places.set_column(places.schema.get_field_index("n_words"), "n_words", pa.array(by_place["all_words"]))
    texts = _texts(folder, passages, paragraphs, doc_ids) if passages else []
    rows = rows_to_table("boilerplate", boilerplate_rows(passages, paragraphs, documents, texts, added))
    write_table(folder, "boilerplate", rows, **settings["tables"])
    write_table(folder, "boilerplate_places", places, **settings["tables"])
