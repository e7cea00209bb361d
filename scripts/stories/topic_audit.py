"""The sheet in which people judge whether a hit is about its topic, and each word's precision from filled sheets."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple

from scripts.core.csv_tables import csv_text, unescape_cell
from scripts.core.options import path_options
from scripts.core.planned import read_files
from scripts.core.problem_rows import problem_row
from scripts.core.sheets import NO, YES, SheetError, read_sheet, whole_number
from scripts.core.storage import read_by_document, read_parquet, write_text
from scripts.maths.intervals import ENOUGH, wilson
from scripts.stories.topic_words import SHEET

_KEYS = ["topic", "term", "doc_id", "start", "end"]
_ANSWER, _SHOWN = "about_it", ("left", "hit", "right")
_OF_TERM, _CONTEXT = 20, 120  # hits of a word in the sheet, from as many documents; characters on either side
_Key = tuple[str, str, str, int, int]
_Row = Mapping[str, Any]


class Judged(NamedTuple):
    """The number of documents in which people judged a word's hits, and of those in which all were right."""

    checked: int = 0
    right: int = 0


def _key_of(row: _Row) -> _Key:
    """Return the key of a hit: topic, word, document and characters."""
    return row["topic"], row["term"], row["doc_id"], row["start"], row["end"]


def drawn_hits(hits: Iterable[_Row]) -> list[_Row]:
    """Return the hits to judge: at most twenty per word, each from a different document, always the same ones."""
    of_document: dict[tuple[str, str], dict[str, tuple[bytes, _Row]]] = defaultdict(dict)
    for row in hits:
        place = blake2b(repr(_key_of(row)).encode("utf-8", "surrogatepass"), digest_size=8).digest()
        best = of_document[row["topic"], row["term"]]
        if row["doc_id"] not in best or place < best[row["doc_id"]][0]:
            best[row["doc_id"]] = place, row
    chosen = []
    for _, documents in sorted(of_document.items()):
        chosen += [row for _, row in sorted(documents.values(), key=lambda each: each[0])[:_OF_TERM]]
    return chosen


def sheet_text(hits: Iterable[_Row], texts: Mapping[str, str]) -> str:
    """Return the sheet as CSV: a row for each hit to judge, with the text around it and an empty answer."""
    lines = []
    for row in hits:
        text, start, end = texts[row["doc_id"]], row["start"], row["end"]
        around = text[max(0, start - _CONTEXT) : start], text[start:end], text[end : end + _CONTEXT]
        shown = {name: " ".join(part.split()) for name, part in zip(_SHOWN, around, strict=True)}
        lines.append({**shown, **{name: str(row[name]) for name in _KEYS}})
    return csv_text([_ANSWER, *_SHOWN, *_KEYS], lines)


def judged_hits(path: Path, hits: Iterable[_Row]) -> tuple[dict[tuple[str, str], Judged], list[dict[str, object]]]:
    """Return the judgements in the filled sheets of a manifest, by topic and word, and rows of the table problems.

    An answer counts if the hit still exists; of two answers for one hit the last counts. A document counts once, as
    right only if all of its hits are.
    """
    answers: dict[_Key, bool] = {}
    problems: list[dict[str, object]] = []
    for name, data in read_files(path, SHEET).items():
        answers |= _answers(name, data, problems)
    there = {key for key in map(_key_of, hits) if key in answers} if answers else set()
    right: dict[tuple[str, str], dict[str, bool]] = defaultdict(dict)
    for key, answer in answers.items():
        if key not in there:
            continue
        topic, term, doc_id, *_ = key
        of_word = right[topic, term]
        of_word[doc_id] = of_word.get(doc_id, True) and answer
    return {word: Judged(len(of_word), sum(of_word.values())) for word, of_word in right.items()}, problems


def _answers(name: str, data: bytes, problems: list[dict[str, object]]) -> dict[_Key, bool]:
    """Return the answers of a filled sheet by hit; add a row to `problems` for each that cannot be used."""

    def problem(message: str) -> None:
        problems.append(problem_row(name, "topics", "topic_sheet", message))

    try:
        sheet = read_sheet(name, data, required=[_ANSWER, *_KEYS])
    except SheetError as error:
        problem(str(error))
        return {}
    for number, _, message in sheet.oddities:
        problem(f"row {number}: {message}" if number else message)
    answers = {}
    for number, values in sheet.rows:
        answer = values[_ANSWER].strip().lower()
        if not answer:
            continue
        try:
            topic, term, doc_id = (unescape_cell(values[column]) for column in _KEYS[:3])
            key = topic, term, doc_id, whole_number(values["start"]), whole_number(values["end"])
        except ValueError:
            problem(f"row {number}: start and end must be whole numbers, as the sheet had them. The row is left out.")
            continue
        if answer not in YES | NO:
            problem(f"row {number}: {_ANSWER} = {answer[:40]}: it must be yes or no. The row is left out.")
            continue
        answers[key] = answer in YES
    return answers


def precision(judged: Judged) -> dict[str, float | int | None]:
    """Return the columns of a word's precision; an interval needs ENOUGH documents."""
    checked, right = judged
    lo, hi = wilson(right, checked) if checked >= ENOUGH else (float("nan"), float("nan"))
    estimate = right / checked if checked else float("nan")
    return {"checked": checked, "precision": estimate, "lo": float(lo), "hi": float(hi)}


def main() -> None:
    """Write the sheet to judge from the tables topic_hits and documents in a folder."""
    options = path_options(main.__doc__, "folder", "sheet")
    hits = drawn_hits(read_parquet(options.folder / "topic_hits.parquet", _KEYS).to_pylist())
    write_text(options.sheet, sheet_text(hits, read_by_document(options.folder / "documents.parquet", "text")))
