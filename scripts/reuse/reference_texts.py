"""Coverage of a reference text, such as a speech or a press release, by the passages that documents quote from it.

Reference texts are the files *.txt and *.md in a folder (setting `reference_texts`), in UTF-8. A quoted passage covers
the reference text wherever the two share `SHORTEST` or more words in a row.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from scripts.core.limits import Budget
from scripts.core.plain_words import plain_words, word_spans
from scripts.core.planned import entries_of, files_in, manifest, read_files
from scripts.core.types import Row
from scripts.reuse.passages import SHORTEST, passages
from scripts.reuse.travelling import content_words

TEXTS = frozenset([".md", ".txt"])
_RUN = 4  # words in a row by which a stretch is looked up
_PLACES = 20  # the most places of a run in a text that count; those of a refrain after the first 20 are ignored
_CONTENT_WORDS = 2  # fewest words in a stretch that are neither stop words nor in a stock phrase


class _Stretch(NamedTuple):
    """Words `first` to `last` (exclusive) of a reference text, counted from 0."""

    first: int
    last: int


def reference_manifest(folder: Path, budget: Budget) -> str:
    """Return the manifest of the reference texts in a folder: a JSON line with the path and SHA-256 of each.

    Texts beyond the budget are left out.
    """
    return manifest(entries_of(files_in(folder, TEXTS), budget))


def read_texts(path: Path) -> dict[str, str]:
    """Return the texts of a manifest by file name; bytes that are not valid UTF-8 become U+FFFD.

    Raises SystemExit if a file has changed since the run was planned.
    """
    return {Path(name).name: data.decode("utf-8-sig", "replace") for name, data in read_files(path).items()}


def stretches(
    words: Sequence[str], text: Sequence[str], places: Mapping[tuple[str, ...], Sequence[int]]
) -> list[_Stretch]:
    """Return the stretches of a reference text that a passage shares, in the order of the passage; both are words.

    `places` are the places in the text of each run of `_RUN` words. If several stretches begin at the same word of the
    passage, the longest counts, or the first of equal length; the search goes on after it.

    >>> text = "we will not close the old harbour this year".split()
    >>> stretches("they will not close the old port".split(), text, run_places(text))
    [_Stretch(first=1, last=6)]
    """
    texts, at = [], 0
    while at + SHORTEST <= len(words):
        longest = _Stretch(0, 0)
        for start in places.get(tuple(words[at : at + _RUN]), ()):
            length = _common_length(words[at:], text, start)
            if length > longest.last - longest.first:
                longest = _Stretch(start, start + length)
        length = longest.last - longest.first
        if length >= SHORTEST and sum(content_words(words[at : at + length])) >= _CONTENT_WORDS:
            texts.append(longest)
            at += length
        else:
            at += 1
    return texts


def _common_length(words: Sequence[str], text: Sequence[str], start: int) -> int:
    """Return how many of the first words equal those of the text from `start` on."""
    pairs = enumerate(words[: len(text) - start])
    return next((at for at, word in pairs if text[start + at] != word), min(len(words), len(text) - start))


def run_places(text: Sequence[str]) -> Mapping[tuple[str, ...], Sequence[int]]:
    """Return the first `_PLACES` places of each run of `_RUN` words in a text."""
    places: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for at in range(len(text) - _RUN + 1):
        run = places[tuple(text[at : at + _RUN])]
        if len(run) < _PLACES:
            run.append(at)
    return places


def coverage_rows(
    texts: Mapping[str, str], quotes: Iterable[Row], documents: Mapping[str, Mapping[str, str]]
) -> Iterator[Row]:
    """Yield the rows of table reference_coverage, sorted by text, place in it, document and attribution.

    `quotes` are rows of table quotes; `documents` has outlet and date by doc_id.
    """
    words_of_texts = {name: plain_words(text) for name, text in texts.items()}
    runs = {name: run_places(words) for name, words in words_of_texts.items()}
    spans = {name: word_spans(text) for name, text in texts.items()}
    rows: dict[str, list[Row]] = {name: [] for name in sorted(texts)}
    for quote in quotes:
        for passage in passages(quote):
            words = plain_words(passage.text)
            for name, text in words_of_texts.items():
                for first, last in stretches(words, text, runs[name]):
                    document = documents[passage.doc_id]
                    row = {"text": name, "doc_id": passage.doc_id, "quote": passage.quote}
                    row |= {"sentence": quote["sentence"], "speaker": quote["speaker"] or "", "n_words": len(text)}
                    row |= {"outlet": document["outlet"] or "", "date": document["date"] or ""}
                    row |= {"first": first, "last": last}
                    rows[name].append(row | {"start": spans[name][first][0], "end": spans[name][last - 1][1]})
    for of_text in rows.values():
        yield from sorted(of_text, key=lambda row: (row["first"], row["last"], row["doc_id"], row["quote"]))


def outlet_rows(rows: Iterable[Row]) -> list[Row]:
    """Return the rows of table reference_outlets: how much of each reference text each outlet quotes."""
    groups: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        groups[row["text"], row["outlet"]].append(row)
    table = []
    for (text, outlet), members in groups.items():
        n_words = members[0]["n_words"]
        covered = {at for row in members for at in range(row["first"], row["last"])}
        middle = (n_words + 1) // 2
        first = sum(at < middle for at in covered)
        table.append(
            {
                "text": text,
                "outlet": outlet,
                "documents": len({row["doc_id"] for row in members}),
                "words": len(covered),
                "n_words": n_words,
                "share": len(covered) / n_words,
                "first_half": first / middle,
                "second_half": (len(covered) - first) / (n_words - middle),
            }
        )
    return sorted(table, key=lambda row: (row["text"], -row["words"], row["outlet"]))
