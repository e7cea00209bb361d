"""Turn the seeds of one batch into documents and problems."""

import hashlib
import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from scripts.core.expressions import GivenUpError, RunawayError
from scripts.core.faults import is_used_up
from scripts.core.problem_rows import problem_row
from scripts.core.types import Row
from scripts.documents.formats import read_file
from scripts.documents.language import detect, iso_639_1
from scripts.documents.metadata import (
    Metadata,
    host_of_address,
    loss_problems,
    merged_metadata,
    name_reader,
    tidy,
)
from scripts.documents.normalise import normalise, ungarbled
from scripts.documents.parts import Raw
from scripts.documents.problems import Problem, UnreadableError
from scripts.documents.seeds import open_seed, too_large
from scripts.documents.settings import Settings
from scripts.documents.tags import without_tags

_COUNTED = {
    "nuls": "NUL characters removed",
    "control": "Control characters removed",
    "surrogates": "Lone surrogates replaced by U+FFFD",
    "directions": "Direction marks removed",
    "zero_width": "Zero-width characters removed",
    "soft_hyphens": "Soft hyphens removed",
    "tags": "Tags such as <p> left out",
    "escapes": "HTML escapes such as &amp; decoded",
}
_EMPTY = Problem("error", "empty", "There is no text in it. Add text or remove it.")
_NO_SUCH_PART = (
    "The sheet metadata.csv has a line for {!r}, which is not a text in this file. Name its rows or members."
)
_DAMAGE = ("nuls", "control", "surrogates")
# Marks that some program could not write: senator?s, ?We will, senator\u00c3\u00a2s, or the replacement character.
# Each alternative begins with the mark itself, so that only marks are searched for: ten times as fast.
_LOST = re.compile(
    r"\?(?<=[^\W\d_]\?)(?=(?:s|t|re|ve|ll|d|m)\b(?![=&]))|\?(?<=[\s(]\?)(?=[^\W\d_])|\ufffd|\u00c3\u00a2"
)
_GET_AGAIN, _NOTHING = "If words are missing there, get the file again.", "There is nothing to do."


def _read(path: Path, sha256: str, largest: int) -> bytes:
    """Return the bytes of a seed; raise UnreadableError if it is gone, changed or larger than `largest` megabytes."""
    try:
        with os.fdopen(open_seed(path), "rb") as handle:
            size = os.fstat(handle.fileno()).st_size
            if size > largest * 1_000_000:
                raise UnreadableError("too-large", too_large(size, largest))
            data = handle.read(size + 1)  # a byte added meanwhile changes the hash
    except OSError as error:
        if is_used_up(error):
            raise
        message = f"The file cannot be read any more ({error.strerror or error}). Put it back, or run again without it."
        raise UnreadableError("gone", message) from error
    if hashlib.sha256(data).hexdigest() != sha256:
        raise UnreadableError("changed", "The file changed while the pipeline ran. Run it again.")
    return data


def _changed_characters(counts: Mapping[str, int]) -> Iterator[Problem]:
    """Yield the row about changed characters, if there are any; `counts` is {kind: number}."""
    changes = [f"{change}: {counts[kind]:,}." for kind, change in _COUNTED.items() if kind in counts]
    if changes:
        severity, advice = ("warning", _GET_AGAIN) if any(kind in counts for kind in _DAMAGE) else ("note", _NOTHING)
        yield Problem(severity, "characters", " ".join([*changes, advice]))


def _repaired(raw: Raw) -> tuple[Raw, list[Problem]]:
    """Return a text, repaired where it is garbled, and the note about such places."""
    text, n = ungarbled(raw.text)
    if not n:
        return raw, []
    message = (
        f"Garbled places repaired (such as â€™ for an apostrophe): {n:,}. If the text is still wrong, get it again."
    )
    return raw._replace(text=text), [Problem("note", "garbled", message)]


def _lost_marks(text: str) -> Iterator[Problem]:
    """Yield a warning if quotation marks, apostrophes or dashes had already been lost in the file."""
    if lost := len(_LOST.findall(text)):
        message = f"Marks that were lost (such as senator?s for senator\u2019s): {lost:,}. "
        advice = "Quotations whose marks are lost are not found. Get the text again."
        yield Problem("warning", "lost-marks", message + advice)


def _language(stated: str, text: str) -> tuple[str, list[Problem]]:
    """Return the language of a text, as stated or else as detected, and a note if the stated one is unknown."""
    if code := iso_639_1(stated):
        return code, []
    language = detect(text)
    if not stated:
        return language, []
    message = (
        f"The language {stated[:80]!r} is neither a two-letter code of ISO 639 nor a known language: {language!r} was "
        "detected. Write a code such as en."
    )
    return language, [Problem("note", "language", message)]


def _document(seed: Row, raw: Raw, named: Metadata, settings: Settings) -> tuple[Row | None, list[Problem]]:
    """Return one text as a row of `batch_documents`, or None if it is left out, and its problems.

    `named` is the metadata in the seed's name.
    """
    problems = list(raw.problems)
    if len(raw.text) > settings.longest_text:
        message = (
            f"The text has {len(raw.text):,} characters; the limit is {settings.longest_text:,}. Split it into its "
        )
        return None, [*problems, Problem("error", "too-long", message + "articles, or raise `input: longest_text`.")]
    raw, garbled = _repaired(raw)
    text, n_tags = without_tags(raw.text)
    uniform = normalise(text)
    counts = uniform.counts | ({"tags": n_tags} if n_tags else {})
    problems += [*garbled, *_lost_marks(text), *_changed_characters(counts)]
    if not uniform.text.strip():
        return None, [*problems, _EMPTY]
    doc_id = seed["doc_id"] + raw.part
    stated, losses = tidy(seed.get("metadata", {}).get(doc_id, {}).items())
    sources = [("your metadata", stated), ("the file", raw.metadata), ("its name", named)]
    metadata, conflicts = merged_metadata(sources)
    language, unknown = _language(metadata.pop("language", ""), uniform.text)
    problems += [*loss_problems(losses), *conflicts, *unknown]
    row = {
        "doc_id": doc_id,
        "seed": seed["doc_id"],
        "sha256": seed["sha256"],
        "title": metadata.pop("title", ""),
        "date": metadata.pop("date", ""),
        "outlet": metadata.pop("outlet", "") or host_of_address(metadata),
        "metadata": json.dumps(metadata, ensure_ascii=False, sort_keys=True),
        "language": language,
        "encoding": raw.encoding,
        "text": uniform.text,
    }
    return row, problems


def _named_seeds(manifest: Iterable[Row], pattern: str) -> Iterator[tuple[Row, Metadata, list[Problem]]]:
    """Yield each seed with the metadata in its name and problems; no metadata once the pattern is given up."""
    read = name_reader(pattern)
    for seed in manifest:
        try:
            yield seed, read(seed["doc_id"]), []
        except GivenUpError as error:
            read = name_reader("")
            message = f"Neither its name nor those of the seeds after it in this batch gave metadata. {error}"
            yield seed, {}, [Problem("warning", "name-pattern", message)]
        except RunawayError as error:
            yield seed, {}, [Problem("warning", "name-pattern", f"Its name gave no metadata. {error}")]


def _seed_entries(seed: Row, named: Metadata, folder: Path, settings: Settings) -> Iterator[Row | Problem]:
    """Yield the documents of a seed as rows of `batch_documents`, and the problems with it."""
    try:
        data = _read(folder / seed["path"], seed["sha256"], settings.largest_megabytes)
        for entry in read_file(seed["path"], data, settings):
            if isinstance(entry, Problem):
                yield entry
                continue
            row, problems = _document(seed, entry, named, settings)
            yield from (problem._replace(part=entry.part) for problem in problems)
            if row:
                yield row
    except UnreadableError as error:
        yield error.problem


def read_seeds(manifest: Iterable[Row], folder: Path, settings: Settings) -> tuple[list[Row], list[Row]]:
    """Return rows of `batch_documents` and of `problems` for the seeds of a manifest.

    A row of the manifest has doc_id, path (below `folder`), sha256 and, if the user's sheet has any,
    metadata: {doc_id: {column: value}}.
    """
    documents: list[Row] = []
    problem_rows: list[Row] = []
    for seed, named, problems in _named_seeds(manifest, settings.name_pattern):
        doc_ids = set()
        for entry in _seed_entries(seed, named, folder, settings):
            if isinstance(entry, Problem):
                problems.append(entry)
            else:
                documents.append(entry)
                doc_ids.add(entry["doc_id"])
        if doc_ids:
            unused = sorted(set(seed.get("metadata", {})) - doc_ids)
            problems += (Problem("warning", "metadata", _NO_SUCH_PART.format(name)) for name in unused)
        elif all(problem.severity != "error" for problem in problems):
            problems.append(_EMPTY)
        for severity, code, message, offset, part in problems:
            name, text = seed["doc_id"] + part, normalise(message).text
            problem_rows.append(problem_row(name, "documents", code, text, severity=severity, offset=offset))
    documents.sort(key=lambda row: row["doc_id"])
    problem_rows.sort(key=lambda row: (row["seed"], row["severity"], row["code"], row["offset"] or 0, row["message"]))
    return documents, problem_rows
