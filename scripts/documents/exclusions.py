"""Leave out the documents that a reader excluded."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from scripts.core.annotation import beginnings, text_sha256
from scripts.core.problem_rows import problem_row
from scripts.core.types import Row


def without_excluded(documents: Sequence[Row], excluded: Iterable[Mapping[str, str]]) -> tuple[list[Row], list[Row]]:
    """Return the documents (rows of `batch_documents`) that no reader excluded, and a problem row for each exclusion.

    An entry of `excluded` has doc_id, text_sha256 and note. It applies to the document of that doc_id if its text still
    begins with the text that the reader saw (more may follow), or, if there is no such doc_id, to any with that text.
    """
    names = {row["doc_id"] for row in documents}
    reasons: dict[tuple[str, str], str] = {}
    hashes: dict[str, set[str]] = defaultdict(set)
    for entry in excluded:
        reasons[entry["doc_id"], entry["text_sha256"]] = entry["note"]
        hashes[entry["doc_id"]].add(entry["text_sha256"])
    moved = {sha256: reason for (doc_id, sha256), reason in reasons.items() if doc_id not in names}
    remaining, notes = [], []
    for row in documents:
        old = beginnings(row["text"], hashes[row["doc_id"]]) if row["doc_id"] in hashes else {}
        reason = next((reasons[row["doc_id"], sha256] for sha256 in old), None)
        if reason is None and moved:
            reason = moved.get(text_sha256(row["text"]))
        if reason is None:
            remaining.append(row)
            continue
        message = f"A reader left it out: {reason[:300]}. Delete the row in the folder of reviews to have it back."
        notes.append(problem_row(row["doc_id"], "documents", "excluded", message, severity="note"))
    return remaining, notes
