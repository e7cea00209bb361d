"""The table `corrections_applied`, every decision of a reader and its fate; a problem row for each not applied."""

import argparse
import json
from collections.abc import Iterable, Sequence
from pathlib import Path

from scripts.core.annotation import text_sha256
from scripts.core.storage import read_parquet, read_settings, rows_to_table, write_parquet
from scripts.core.tables import write_table
from scripts.review.decisions import COLUMNS, EVERYWHERE, Decision, Outcome
from scripts.review.reading import Fault

_ADVICE = {
    "stale": "Look at the place again: correct the row, or delete it.",
    "conflicting": "Delete one of the two; until then neither is applied.",
    "unknown document": "Put the document back, or delete the row.",
    "invalid": "Correct the row, or delete it.",
}


def remaining_outcomes(
    decisions: Iterable[Decision], known: Iterable[Outcome], texts: dict[str, str], names: set[str]
) -> list[Outcome]:
    """Return the fate of the decisions that no batch could tell of.

    `known` are the outcomes of the batches, `texts` the corpus's texts by doc_id, `names` the names over all documents.
    """
    decided = {outcome.decision for outcome in known}
    outcomes = []
    for decision in decisions:
        if decision in decided:
            continue
        if decision.doc_id == EVERYWHERE:
            here = decision.new in names and (decision.what == "merge" or decision.old in names)
            detail = "" if here else "no such name is in the corpus"
            outcomes.append(Outcome(decision, "applied" if here else "stale", detail))
        elif decision.what == "reject_document" and decision.doc_id not in texts:
            outcomes.append(Outcome(decision, "applied", ""))
        elif decision.doc_id in texts and text_sha256(texts[decision.doc_id]) != decision.text_sha256:
            outcomes.append(Outcome(decision, "stale", "the text of the document has changed"))
        else:
            outcomes.append(Outcome(decision, "unknown document", "no document has this name or this text"))
    return outcomes


def problem_rows(outcomes: Iterable[Outcome], faults: Iterable[Fault]) -> list[dict[str, object]]:
    """Return a row of `problems` for each decision that is not applied and each fault of a sheet."""
    messages = [(fault.file, fault.row, "invalid", fault.message, fault.row > 0) for fault in faults]
    for outcome in outcomes:
        if outcome.status in _ADVICE:
            decision = outcome.decision
            shown = f"{decision.what} {decision.old[:80]!r} -> {decision.new[:80]!r} in {decision.doc_id[:120]!r}"
            messages.append((decision.file, decision.row, outcome.status, f"{shown}: {outcome.detail}.", True))
    return [
        {
            "seed": f"review/{file}",
            "stage": "corrections",
            "severity": "warning",
            "code": f"correction-{status.replace(' ', '-')}",
            "message": f"{f'Row {row}: ' if row else ''}{message}{f' {_ADVICE[status]}' if of_row else ''}",
            "offset": None,
        }
        for file, row, status, message, of_row in sorted(messages)
    ]


def _read_outcomes(folder: Path, batches: Sequence[str]) -> list[Outcome]:
    rows = [
        row
        for batch in batches
        for step in ("quotes", "frames")
        for row in read_parquet(folder / batch / "corrected" / f"{step}_outcomes.parquet").to_pylist()
    ]
    fields = ("file", "row", *COLUMNS)
    return [Outcome(Decision(*(row[name] for name in fields)), row["status"], row["detail"]) for row in rows]


def main() -> None:
    """Gather the fate of all decisions from the batches, the documents and the names of the corpus."""
    parser = argparse.ArgumentParser(prog="scripts.review.applied", description=main.__doc__)
    for name in ("batches", "decisions", "folder", "settings", "problems"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--corrected", nargs="*", default=[], help="batches that have corrections")
    options = parser.parse_args()
    lines = [json.loads(line) for line in options.decisions.read_text(encoding="utf-8").splitlines()]
    decisions = [Decision(*fields) for kind, fields in lines if kind == "decision"]
    faults = [Fault(*fields) for kind, fields in lines if kind == "fault"]
    documents = read_parquet(options.folder / "documents.parquet", ["doc_id", "text"]).to_pydict()
    texts = dict(zip(documents["doc_id"], documents["text"], strict=True))
    names = set(read_parquet(options.folder / "entity_mentions.parquet", ["name"])["name"].to_pylist())
    known = _read_outcomes(options.batches, options.corrected)
    outcomes = [*known, *remaining_outcomes(decisions, known, texts, names)]
    outcomes.sort(key=lambda outcome: (outcome.decision.file, outcome.decision.row))
    rows = ({**outcome.decision._asdict(), "status": outcome.status, "detail": outcome.detail} for outcome in outcomes)
    table = rows_to_table("corrections_applied", rows)
    write_table(options.folder, "corrections_applied", table, **read_settings(options.settings)["tables"])
    write_parquet(options.problems, rows_to_table("problems", problem_rows(outcomes, faults)))


if __name__ == "__main__":
    main()
