"""Documents that a reader leaves out, with a reason."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from scripts.core.annotation import text_sha256

Row = dict[str, Any]


def without_excluded(documents: Sequence[Row], excluded: Iterable[Mapping[str, str]]) -> tuple[list[Row], list[Row]]:
    """Return the documents (rows of `batch_documents`) that no reader leaves out, and a problem row for each other.

    An entry has doc_id, text_sha256 and note. It holds for the document of that name, or, if there is none, for one of
    another name; in either case only if the text is still the one that the reader saw.
    """
    names = {row["doc_id"] for row in documents}
    reasons = {(entry["doc_id"], entry["text_sha256"]): entry["note"] for entry in excluded}
    moved = {sha256: reason for (doc_id, sha256), reason in reasons.items() if doc_id not in names}
    remaining, notes = [], []
    for row in documents:
        sha256 = text_sha256(row["text"]) if reasons else ""
        reason = reasons.get((row["doc_id"], sha256), moved.get(sha256))
        if reason is None:
            remaining.append(row)
            continue
        message = f"A reader left it out: {reason[:300]}. Delete the row in the folder of reviews to have it back."
        notes.append(
            {"seed": row["doc_id"], "stage": "documents", "severity": "note", "code": "excluded", "message": message,
             "offset": None}
        )  # fmt: skip
    return remaining, notes
