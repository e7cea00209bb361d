"""The table corrections_applied, with every decision of a reader and its fate; a problem for each one not applied."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from scripts.core.options import path_options
from scripts.core.problem_rows import problem_row
from scripts.core.statements import read_speech
from scripts.core.storage import read_parquet, read_settings, rows_to_table, write_parquet
from scripts.core.tables import write_table
from scripts.entities.corpus_entities import normal
from scripts.review.conflicts import conflicts, final_names
from scripts.review.decisions import EVERYWHERE, Decision, Outcome
from scripts.review.reading import Fault, planned_decisions

_ADVICE = {
    "applied in part": "Correct them one by one (what: speaker), or leave them.",
    "stale": "Look at the place again: correct the row, or delete it.",
    "conflicting": "Delete one of the two; until then neither is applied.",
    "unknown document": "Put the document back, or delete the row.",
    "invalid": "Correct the row, or delete it.",
}


class Left(NamedTuple):
    """Statements that still have a merged name: how many, why, and whether any mention of the name was merged."""

    statements: int
    why: str
    is_merged: bool


def left_behind(olds: Iterable[str], quotes: pa.Table, mentions: pa.Table) -> dict[str, Left]:
    """Return, for each old name of a merge, the statements that still have it, if there are any.

    `quotes` has doc_id, speaker, speaker_in_document and corrected_by of the corrected statements; `mentions` is the
    table entity_mentions.
    """
    old_names = pa.array(sorted({*olds}), pa.string())
    named = mentions.filter(pc.is_in(mentions["entity"], old_names)).to_pylist()
    called = {(row["doc_id"], row["entity"]) for row in named}
    merged = {row["entity"] for row in named if row["name"] != row["entity"]}
    reasons: dict[str, Counter[str]] = defaultdict(Counter)
    for row in quotes.filter(pc.is_in(quotes["speaker"], old_names)).to_pylist():
        if row["corrected_by"]:
            reason = "by another correction"
        elif (row["doc_id"], row["speaker_in_document"]) not in called:
            reason = "because the name is not a mention in the table entities of its document"
        else:
            reason = "because the names are kept apart, or the document uses it for another"
        reasons[row["speaker"]][reason] += 1
    return {
        name: Left(sum(times.values()), ", ".join(f"{n} {why}" for why, n in sorted(times.items())), name in merged)
        for name, times in reasons.items()
    }


def _on_names(
    decision: Decision, becomes: str, names: Collection[str], forms: Collection[str], left: Mapping[str, Left]
) -> Outcome:
    """Return the fate of a decision that merges two names, or keeps them apart, in all documents."""
    has_old = decision.old in names if decision.what == "apart" else normal(decision.old) in forms
    if becomes not in names or not has_old:
        return Outcome(decision, "stale", "no such name is in the corpus")
    rest = left.get(decision.old) if decision.what == "merge" else None
    if rest is None:
        return Outcome(decision, "applied", "")
    statements = f"{rest.statements} statement{'s' if rest.statements > 1 else ''}"
    detail = f"{statements} of {decision.old[:200]!r} unchanged: {rest.why}"
    return Outcome(decision, "applied in part" if rest.is_merged else "stale", detail)


def one_for_each(outcomes: Iterable[Outcome]) -> list[Outcome]:
    """Return one outcome for each decision: of a decision on copies of a text, `applied` if it was to any of them."""
    ordered = sorted(outcomes, key=lambda each: (each.status == "applied", each.status, each.detail))
    return [*{each.decision.place: each for each in ordered}.values()]


def remaining_outcomes(
    decisions: Iterable[Decision],
    known: Iterable[Outcome],
    documents: Collection[str],
    names: Collection[str],
    forms: Iterable[str],
    left: Mapping[str, Left],
) -> list[Outcome]:
    """Return the fates of the decisions for which no batch has an outcome.

    `known` are the outcomes of the batches, `documents` the doc_ids of the corpus, `names` the names over all
    documents, `forms` the names within documents, `left` the statements that merges left behind, by old name. A batch
    tells the fate of each decision on a text that it has.
    """
    decided = {outcome.decision.place for outcome in known}
    decisions = [decision for decision in decisions if decision.place not in decided]
    everywhere = [decision for decision in decisions if decision.doc_id == EVERYWHERE]
    opposed = conflicts(everywhere)
    becomes = final_names(each for each in everywhere if each.what == "merge" and each not in opposed)
    # In a chain of merges, an old name may be the new name of another merge.
    made = [each.new for each in everywhere if each.what == "merge"]
    keys = {normal(form) for form in (*forms, *made)} if made else set()
    outcomes = []
    for decision in decisions:
        if decision in opposed:
            outcomes.append(Outcome(decision, "conflicting", f"it contradicts {opposed[decision]}"))
        elif decision.doc_id == EVERYWHERE:
            outcomes.append(_on_names(decision, becomes.get(decision.old, decision.new), names, keys, left))
        elif decision.what == "reject_document" and decision.doc_id not in documents:
            outcomes.append(Outcome(decision, "applied", ""))
        elif decision.doc_id in documents:
            outcomes.append(Outcome(decision, "stale", "the text of the document has changed"))
        else:
            outcomes.append(Outcome(decision, "unknown document", "no document has this name or this text"))
    return outcomes


def fate_problems(outcomes: Iterable[Outcome], faults: Iterable[Fault]) -> list[dict[str, object]]:
    """Return a row of the table problems for each decision not, or not fully, applied and for each fault in a sheet."""
    messages = [(fault.file, fault.row, "invalid", fault.message, fault.row > 0) for fault in faults]
    for outcome in outcomes:
        if outcome.status in _ADVICE:
            decision = outcome.decision
            shown = f"{decision.what} {decision.old[:80]!r} -> {decision.new[:80]!r} in {decision.doc_id[:120]!r}"
            messages.append((decision.file, decision.row, outcome.status, f"{shown}: {outcome.detail}.", True))
    rows = []
    for file, row, status, message, of_row in sorted(messages):
        text = f"{f'Row {row}: ' if row else ''}{message}{f' {_ADVICE[status]}' if of_row else ''}"
        rows.append(problem_row(f"review/{file}", "corrections", f"correction-{status.replace(' ', '-')}", text))
    return rows


def main() -> None:
    """Gather the fate of all decisions from the batches, the documents and the names of the corpus."""
    options = path_options(main.__doc__, "batches", "decisions", "folder", "settings", "problems", lists=("corrected",))
    decisions, faults = planned_decisions(options.decisions)
    documents = {*read_parquet(options.folder / "documents.parquet", ["doc_id"])["doc_id"].to_pylist()}
    mentions = read_parquet(options.folder / "entity_mentions.parquet", ["doc_id", "entity", "name"])
    of_quotes = ["doc_id", "speaker", "speaker_in_document", "corrected_by"]
    quotes = read_speech(options.folder / "quotes.parquet", of_quotes)
    merges = (each.old for each in decisions if each.doc_id == EVERYWHERE and each.what == "merge")
    left = left_behind(merges, quotes, mentions)
    folders = (options.batches / batch / "corrected" for batch in options.corrected)
    paths = (folder / f"{step}_outcomes.parquet" for folder in folders for step in ("quotes", "frames"))
    rows = [row for path in paths for row in read_parquet(path).to_pylist()]
    fields = {*Decision._fields} - {"context"}
    known = [Outcome(Decision(**{name: row[name] for name in fields}), row["status"], row["detail"]) for row in rows]
    names = {*mentions["name"].unique().to_pylist()}
    columns = (mentions["entity"], quotes["speaker"], quotes["speaker_in_document"])
    forms = names.union(*(filter(None, column.unique().to_pylist()) for column in columns))
    known = one_for_each(known)
    outcomes = [*known, *remaining_outcomes(decisions, known, documents, names, forms, left)]
    outcomes.sort(key=lambda outcome: (outcome.decision.file, outcome.decision.row))
    fates = ({**each.decision._asdict(), "status": each.status, "detail": each.detail} for each in outcomes)
    table = rows_to_table("corrections_applied", fates)
    write_table(options.folder, "corrections_applied", table, **read_settings(options.settings)["tables"])
    write_parquet(options.problems, rows_to_table("problems", fate_problems(outcomes, faults)))
