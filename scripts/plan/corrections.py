"""A reader's decisions as input of the batches: small files for each batch."""

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from scripts.documents.paths import folder_depth, owning_seed
from scripts.review.conflicts import conflicts, final_names
from scripts.review.decisions import EVERYWHERE, ON_CORPUS, Decision


def decisions_of_batches(decisions: Iterable[Decision], batch_of: Mapping[str, str]) -> dict[str, list[Decision]]:
    """Return {batch: decisions that apply to it}.

    `batch_of` has the batch of each seed. A decision on a document whose seed is unknown goes to all batches.
    """
    by_batch: dict[str, list[Decision]] = {batch: [] for batch in sorted(set(batch_of.values()))}
    depth = folder_depth(batch_of)
    for decision in decisions:
        if decision.doc_id == EVERYWHERE:
            continue
        seed = owning_seed(decision.doc_id, batch_of, depth=depth)
        for batch in [batch_of[seed]] if seed else by_batch:
            by_batch[batch].append(decision)
    return by_batch


def correction_files(decisions: Sequence[Decision], batch_of: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """Return {batch: {file name: text}} for the files corrections.jsonl and excluded.jsonl of each batch.

    A line of corrections.jsonl is a JSON object of a decision's fields. The documents to leave out are in a file of
    their own, excluded.jsonl, so that no other decision causes a batch to be read and parsed again.
    """
    files = {}
    for batch, of_batch in decisions_of_batches(decisions, batch_of).items():
        excluded = [
            {"doc_id": decision.doc_id, "text_sha256": decision.text_sha256, "note": decision.note}
            for decision in of_batch
            if decision.what == "reject_document"
        ]
        corrections = [decision._asdict() for decision in of_batch if decision.what != "reject_document"]
        files[batch] = {
            f"{name}.jsonl": "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
            for name, rows in (("corrections", corrections), ("excluded", excluded))
        }
    return files


def read_corrected(folder: Path, batches: Iterable[str]) -> list[str]:
    """Return the batches whose file corrections.jsonl is not empty."""
    return [batch for batch in batches if (folder / batch / "corrections.jsonl").stat().st_size]


def with_merged_names(aliases: Mapping[str, object], decisions: Iterable[Decision]) -> dict[str, object]:
    """Return the setting `entities.aliases` with the names that decisions merge or keep apart, save those in conflict.

    `apart_in` is for names kept apart in one document: the decision's place, as in rows of mentions, and the two names.
    """
    apart = [list(pair) for pair in aliases["apart"]]  # type: ignore[attr-defined]
    apart_in = []
    decisions = [decision for decision in decisions if decision.what in ON_CORPUS]
    opposed = conflicts(each for each in decisions if each.doc_id == EVERYWHERE)
    decisions = [decision for decision in decisions if decision not in opposed]
    becomes = final_names(each for each in decisions if each.doc_id == EVERYWHERE and each.what == "merge")
    merge: dict[str, list[str]] = {}
    for name, others in aliases["merge"].items():  # type: ignore[attr-defined]
        merge.setdefault(becomes.get(name, name), []).extend(others)
    for decision in decisions:
        if decision.what == "apart" and decision.doc_id != EVERYWHERE:
            apart_in.append([decision.place, decision.old, decision.new])
        elif decision.what == "apart":
            apart.append([decision.old, decision.new])
        elif decision.doc_id == EVERYWHERE and decision.what == "merge":
            merge.setdefault(becomes[decision.old], []).append(decision.old)
    return {"merge": merge, "apart": apart, "apart_in": apart_in}
