"""The documents of one batch of seeds, and what was wrong with them."""

import hashlib
import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from scripts.core.expressions import RunawayError
from scripts.documents.formats import read_file
from scripts.documents.language import detect
from scripts.documents.metadata import clean, from_name, merge
from scripts.documents.mojibake import count_garbled, repair
from scripts.documents.normalise import compose, normalise
from scripts.documents.parts import Raw
from scripts.documents.problems import Problem, UnreadableError
from scripts.documents.seeds import open_seed
from scripts.documents.settings import Settings

Row = dict[str, Any]

_LANGUAGE = re.compile(r"[a-z]{2,3}(?=[-_]|\Z)")
_COUNTED = {
    "nuls": "NUL characters removed",
    "control": "control characters removed",
    "surrogates": "lone surrogates replaced by U+FFFD",
    "directions": "direction marks removed",
    "zero_width": "zero-width characters removed",
    "soft_hyphens": "soft hyphens removed",
    "escapes": "HTML escapes such as &amp; decoded",
}
_EMPTY = Problem("error", "empty", "There is no text in it. Fill it or remove it.")
_NOT_IN = "The sheet metadata.csv has a line for {!r}, which is no text of this file. Name its rows or members."
_DAMAGE = ("nuls", "control", "surrogates")


def _read(path: Path, sha256: str, largest: int) -> bytes:
    """The bytes of a seed, which must be those that were hashed."""
    try:
        with os.fdopen(open_seed(path), "rb") as handle:
            size = os.fstat(handle.fileno()).st_size
            if size > largest * 1_000_000:
                raise UnreadableError(
                    "too-large",
                    f"It has {size / 1e6:,.0f} MB, the bound is {largest}. Split it, or raise `largest_megabytes`.",
                )
            data = handle.read()
    except OSError as error:
        raise UnreadableError(
            "gone",
            f"The file cannot be read any more ({error.strerror or error}). Put it back, or run again without it.",
        ) from error
    if hashlib.sha256(data).hexdigest() != sha256:
        raise UnreadableError("changed", "The file changed while the pipeline ran. Run it again.")
    return data


def _normalising(counts: Mapping[str, int]) -> Iterator[Problem]:
    changes = [f"{counts[kind]:,} {what}" for kind, what in _COUNTED.items() if kind in counts]
    if changes:
        severity = "warning" if any(kind in counts for kind in _DAMAGE) else "note"
        yield Problem(severity, "characters", "; ".join(changes) + ".")


def _checked(raw: Raw, settings: Settings) -> tuple[Raw, list[Problem]]:
    """A text with its garbled places repaired, if the user wants that, or told. A repaired text has no map."""
    if raw.text.isascii() or not (garbled := count_garbled(raw.text)):
        return raw, []
    if not settings.repair_mojibake:
        message = f"{garbled:,} places look garbled (such as â€™ for an apostrophe). Get the text again, or set "
        return raw, [Problem("warning", "garbled", message + "`input: repair_mojibake: true`.")]
    text = repair(raw.text)
    left = count_garbled(text)
    message = f"{garbled - left:,} garbled places were repaired, {left:,} are left."
    return raw._replace(text=text, points=[]), [Problem("note", "garbled", message)]


def _document(seed: Row, raw: Raw, settings: Settings) -> tuple[Row | None, list[Problem]]:
    """One text as a row of `batch_documents`, or None, and its problems."""
    problems = list(raw.problems)
    if len(raw.text) > settings.longest_text:
        message = (
            f"The text has {len(raw.text):,} characters, the bound is {settings.longest_text:,}. Split it into its "
        )
        return None, [*problems, Problem("error", "too-long", message + "articles, or raise `input: longest_text`.")]
    raw, garbled = _checked(raw, settings)
    uniform = normalise(raw.text)
    problems += [*garbled, *_normalising(uniform.counts)]
    if not uniform.text.strip():
        return None, [*problems, _EMPTY]
    doc_id = seed["doc_id"] + raw.part
    try:
        named = from_name(seed["doc_id"], settings.name_pattern)
    except RunawayError as error:
        named = {}
        problems.append(Problem("warning", "name-pattern", f"Its name gave no metadata. {error}"))
    metadata, conflicts = merge(
        [
            ("metadata.csv", clean(seed.get("metadata", {}).get(doc_id, {}))),
            ("the file", raw.metadata),
            ("its name", named),
        ]
    )
    problems += conflicts
    stated = _LANGUAGE.match(metadata.pop("language", "").lower())
    language = stated.group() if stated else detect(uniform.text)
    row = {
        "doc_id": doc_id,
        "seed": seed["doc_id"],
        "sha256": seed["sha256"],
        "title": metadata.pop("title", ""),
        "date": metadata.pop("date", ""),
        "outlet": metadata.pop("outlet", ""),
        "metadata": json.dumps(metadata, ensure_ascii=False, sort_keys=True),
        "language": language,
        "encoding": raw.encoding,
        "raw_map": compose(uniform.points, raw.points) if raw.points else [],
        "text": uniform.text,
    }
    return row, problems


def _problem_row(seed: Row, problem: Problem) -> Row:
    return {
        "seed": seed["doc_id"] + problem.part,
        "stage": "documents",
        "severity": problem.severity,
        "code": problem.code,
        "message": normalise(problem.message).text,
        "offset": problem.offset,
    }


def read_seeds(manifest: Iterable[Row], folder: Path, settings: Settings) -> tuple[list[Row], list[Row]]:
    """Rows of `batch_documents` and of `problems` for the seeds of a manifest; never fails because of a seed.

    A row of the manifest has doc_id, path (below `folder`), sha256 and, where the user's sheet has some,
    metadata: {doc_id: {column: value}}.
    """
    documents: list[Row] = []
    problems: list[Row] = []
    for seed in manifest:
        before = len(documents), len(problems)
        try:
            data = _read(folder / seed["path"], seed["sha256"], settings.largest_megabytes)
            for found in read_file(seed["path"], data, settings):
                if isinstance(found, Problem):
                    problems.append(_problem_row(seed, found))
                    continue
                row, about = _document(seed, found, settings)
                problems += (_problem_row(seed, problem._replace(part=found.part)) for problem in about)
                if row:
                    documents.append(row)
        except UnreadableError as error:
            problems.append(_problem_row(seed, error.problem))
        read = {row["doc_id"] for row in documents[before[0] :]}
        if read:
            unused = sorted(set(seed.get("metadata", {})) - read)
            problems += (_problem_row(seed, Problem("warning", "metadata", _NOT_IN.format(name))) for name in unused)
        elif all(row["severity"] != "error" for row in problems[before[1] :]):
            problems.append(_problem_row(seed, _EMPTY))
    documents.sort(key=lambda row: row["doc_id"])
    problems.sort(key=lambda row: (row["seed"], row["severity"], row["code"], row["offset"] or 0, row["message"]))
    return documents, problems
