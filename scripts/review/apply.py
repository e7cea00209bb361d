"""The batch steps that apply a reader's decisions: to attributions and names, then to cues of frames.

    python -m scripts.review.apply quotes ...    corrected quotes and entities, and the fate of each decision on them
    python -m scripts.review.apply frames ...    corrected frame_codes, and the fate of each decision on them

A batch gets the decisions on its own documents, and those on documents that none of the seeds is named after: a file
may have been renamed, and is then recognised by its text.
"""

import argparse
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from scripts.core.annotation import beginnings, docs_of, read_annotations, text_sha256
from scripts.core.storage import read_by_document, read_parquet, rows_to_table, write_parquet
from scripts.core.tables import joined
from scripts.core.types import Row
from scripts.review.conflicts import conflicts
from scripts.review.corrections import correct_frames, correct_names, correct_quotes, merge_names, part_names
from scripts.review.decisions import ON_CORPUS, ON_FRAMES, ON_NAMES, ON_QUOTES, Decision, Outcome
from scripts.review.found_again import found_again

_CHANGED = "the text of the document has changed, and the place is not found again by its sentence"


def decisions_by_document(
    decisions: Sequence[Decision], texts: Mapping[str, str]
) -> tuple[dict[str, list[Decision]], list[Outcome]]:
    """Return the decisions on each document of a batch, and the fate of decisions that apply to none of them.

    `texts` are the batch's texts by doc_id. A decision belongs to the document with its doc_id if the text is the same,
    else to every document with the same text: which of them comes first depends on the batches. If the document's text
    has changed, the decision moves to where its place is found again; if that fails, it is stale. If neither the
    document nor the text is in the batch, the decision is left to other batches. Decisions that contradict each other
    are applied to no document.
    """
    digest = {doc_id: text_sha256(text) for doc_id, text in texts.items()}
    holders: dict[str, list[str]] = defaultdict(list)
    for doc_id, sha256 in digest.items():
        holders[sha256].append(doc_id)
    assigned: dict[str, list[Decision]] = defaultdict(list)
    placed: list[tuple[str, Decision]] = []
    changed: dict[str, list[Decision]] = defaultdict(list)
    for decision in decisions:
        if digest.get(decision.doc_id) == decision.text_sha256:
            placed.append((decision.doc_id, decision))
        elif decision.text_sha256 in holders:
            placed += ((doc_id, decision) for doc_id in holders[decision.text_sha256])
        elif decision.doc_id in digest:
            changed[decision.doc_id].append(decision)
    outcomes = []
    for doc_id, of_document in changed.items():
        text = texts[doc_id]
        old_texts = beginnings(text, {decision.text_sha256 for decision in of_document})
        for decision in of_document:
            if moved := found_again(decision, text, old_texts):
                placed.append((doc_id, moved))
            else:
                outcomes.append(Outcome(decision, "stale", _CHANGED))
    opposed = conflicts(decision for _, decision in placed)
    for doc_id, decision in placed:
        if decision in opposed:
            outcomes.append(Outcome(decision, "conflicting", f"it contradicts {opposed[decision]}"))
        else:
            assigned[doc_id].append(decision)
    return assigned, outcomes


def _split(path: Path, doc_ids: Iterable[str]) -> tuple[dict[str, list[Row]], pa.Table]:
    """Return the rows of these documents in a batch's table, by document, and the table of all other rows."""
    table = read_parquet(path)
    rows: dict[str, list[Row]] = {doc_id: [] for doc_id in doc_ids}
    mask = pc.is_in(table["doc_id"], pa.array(sorted(rows), pa.string()))
    for row in table.filter(mask).to_pylist():
        rows[row["doc_id"]].append(row)
    return rows, table.filter(pc.invert(mask))


def _write(path: Path, table: str, others: pa.Table, rows: Mapping[str, list[Row]]) -> None:
    """Write a batch's table: the corrected documents' `rows` joined with the `others`, in the table's order."""
    corrected = rows_to_table(table, (row for of_document in rows.values() for row in of_document))
    write_parquet(path, joined(table, [others, corrected]))


def _write_outcomes(path: Path, outcomes: Iterable[Outcome], decisions: Iterable[Decision]) -> None:
    """Write the fate of each decision beside the decision as it is in its sheet, before it was moved."""
    written = {decision.place: decision for decision in decisions}
    rows = (
        {**written[outcome.decision.place]._asdict(), "status": outcome.status, "detail": outcome.detail}
        for outcome in outcomes
    )
    write_parquet(path, rows_to_table("corrections_applied", rows))


def _assigned(
    options: argparse.Namespace, kinds: frozenset[str]
) -> tuple[dict[str, list[Decision]], list[Outcome], list[Decision]]:
    """Return the batch's decisions of these kinds by document, the fate of those on none, and a list of all of them.

    The plan wrote the decisions of the batch to a file, each line of which is a JSON object of a decision's fields.
    """
    lines = options.decisions.read_text(encoding="utf-8").splitlines()
    decisions = [each for each in (Decision(**json.loads(line)) for line in lines) if each.what in kinds]
    return *decisions_by_document(decisions, read_by_document(options.documents, "text")), decisions


def correct_attributions(options: argparse.Namespace) -> None:
    """Write the corrected attributions and mentions of a batch, and the fate of each decision on them."""
    assigned, outcomes, decisions_of_batch = _assigned(options, ON_QUOTES | ON_NAMES | ON_CORPUS)
    quotes, other_quotes = _split(options.quotes, assigned)
    entities, other_entities = _split(options.entities, assigned)
    batch = read_annotations(options.documents, options.sentences, options.tokens, options.parses)
    for doc in docs_of(batch):
        if decisions := assigned.pop(doc.doc_id, []):
            names, of_names = correct_names(entities[doc.doc_id], decisions)
            rows, of_quotes = correct_quotes(doc, quotes[doc.doc_id], decisions, names)
            rows, names, of_parts = part_names(doc, rows, names, decisions)
            quotes[doc.doc_id], entities[doc.doc_id], of_merges = merge_names(rows, names, decisions)
            outcomes += [*of_names, *of_quotes, *of_parts, *of_merges]
    not_analysed = "the document is not analysed: it repeats another, or is in another language than the model's"
    outcomes += [Outcome(decision, "stale", not_analysed) for rest in assigned.values() for decision in rest]
    _write(options.corrected_quotes, "quotes", other_quotes, quotes)
    _write(options.corrected_entities, "entities", other_entities, entities)
    _write_outcomes(options.outcomes, outcomes, decisions_of_batch)


def correct_codes(options: argparse.Namespace) -> None:
    """Write a batch's cues of frames without the cues that a reader rejected, and the fate of each decision on them."""
    assigned, outcomes, decisions_of_batch = _assigned(options, ON_FRAMES)
    codes, others = _split(options.codes, assigned)
    for doc_id, decisions in assigned.items():
        codes[doc_id], fates = correct_frames(codes[doc_id], decisions)
        outcomes += fates
    _write(options.corrected_codes, "frame_codes", others, codes)
    _write_outcomes(options.outcomes, outcomes, decisions_of_batch)


def main() -> None:
    """Apply the decisions on a batch of documents."""
    parser = argparse.ArgumentParser(prog="scripts.review.apply", description=main.__doc__)
    commands = parser.add_subparsers(required=True)
    of_quotes = ("sentences", "tokens", "parses", "entities", "quotes", "corrected-entities", "corrected-quotes")
    steps = {"quotes": (correct_attributions, of_quotes), "frames": (correct_codes, ("codes", "corrected-codes"))}
    for name, (step, paths) in steps.items():
        command = commands.add_parser(name, description=step.__doc__)
        command.set_defaults(step=step)
        for path in ("documents", "decisions", *paths, "outcomes"):
            command.add_argument(f"--{path}", type=Path, required=True)
    options = parser.parse_args()
    options.step(options)
