"""The section on methods: how numbers are made, and a paragraph for a paper with the numbers of this run."""

from collections.abc import Mapping
from typing import Any

from scripts.core.stand_ins import ALL
from scripts.core.storage import WORKFLOW, read_yaml
from scripts.maths.bootstrap import RESAMPLES
from scripts.report.markup import say
from scripts.report.model import Cell, Prose, Section, ShownColumn, Table
from scripts.report.outlines import METHODS, METHODS_TEXTS, READERS
from scripts.report.rendering import render_text
from scripts.report.store import Store
from scripts.sources.statement_totals import COUNTED, NAMED, SPEECH

# Names in the paragraph's template of the measures of a reviewed sample.
_MEASURES = {"right": "precision", "recall": "recall", "alpha": "alpha, reviewers"}


def methods(record: Mapping[str, Any], store: Store) -> Section:
    """Return the section on methods: how numbers were made, and how often each step is right on annotated texts.

    `record` is provenance.json.
    """
    measured = read_yaml(WORKFLOW / "templates" / "accuracy.yaml")
    columns = [
        ShownColumn("step", "what the pipeline does"),
        ShownColumn("checked on", "texts that people have annotated"),
        ShownColumn("measure", "what was measured"),
        ShownColumn("value", "the pipeline's value", True),
        ShownColumn("people", "what two people reach when compared with each other, where known", True),
    ]
    rows = [[Cell(str(row[key])) for key in ("step", "data", "measure", "value", "people")] for row in measured]
    note = "A row is a step, checked on texts that are not yours: on your corpus it may do better or worse."
    accuracy = Table("accuracy", "How often the steps are right, in percent", note, columns, rows, len(rows), [], "")
    lead = "How the numbers were made, and how far they can be trusted."
    reader = READERS[record.get("settings", {}).get("quotes", {}).get("reader", "light")]
    blocks: list[Prose | Table] = [Prose([*METHODS_TEXTS[:2], reader, *METHODS_TEXTS[2:]])]
    if "newsloom" in record:  # the record of a run
        sentences = ["For the methods section of a paper, filled in from this run:", *paragraph(record, store)]
        blocks.append(Prose([say(" ".join(["{}"] * len(sentences)), *sentences)]))
    # If people have checked this corpus, a section of its own says more, and the general table is folded.
    is_checked = not store.load("accuracy").empty
    first, more = (blocks, [accuracy]) if is_checked else ([*blocks, accuracy], [])
    return Section("methods", "Methods", lead, first, more, [], METHODS)


def paragraph(record: Mapping[str, Any], store: Store) -> list[str]:
    """Return the sentences of the paragraph for a paper, with all numbers filled in from this run."""
    facts = {**_corpus_facts(store), **_checked_facts(store)}
    return [*filter(None, render_text("methods.txt.j2", **record, **facts, resamples=RESAMPLES).split("\n"))]


def _corpus_facts(store: Store) -> dict[str, Any]:
    """Return facts about the documents and the numbers of statements, for the paragraph's template."""
    documents = store.load("documents", "doc_id", "date", "n_sentences", "n_words", "duplicate_of").fillna("")
    outlets = [*filter(None, store.load("documents", "outlet")["outlet"].fillna(""))]
    steps = store.load("statement_totals")
    n = dict(zip(steps["step"], steps["statements"].tolist(), strict=True))
    return {
        "documents": len(documents),
        "words": int(documents["n_words"].sum()),
        "dates": sorted(date[:10] for date in documents["date"] if date),
        "outlets": len({*outlets}),
        "with_outlet": len(outlets),
        "repeated": int((documents["duplicate_of"] != "").sum()),
        **{name: n.get(step, 0) for name, step in (("speech", SPEECH), ("named", NAMED), ("counted", COUNTED))},
    }


def _checked_facts(store: Store) -> dict[str, Any]:
    """Return the measures of samples that people checked or coded, for the paragraph's template."""
    accuracy = store.load("accuracy")
    accuracy = accuracy[(accuracy["step"] == "speakers") & (accuracy["by"] == "") & accuracy["estimate"].notna()]
    measures = {row["measure"]: row for row in accuracy.drop_duplicates("measure").to_dict("records")}
    coded, agreement = store.load("frame_corrected"), store.load("frame_reliability")
    coded = coded[(coded["group"] == ALL) & coded["estimate"].notna()]
    return {
        **{name: measures.get(measure) for name, measure in _MEASURES.items()},
        "grouped": len({*store.load("document_groups")["group"].fillna("")} - {""}) > 1,
        "corrected": bool(store.load("corrected_shares")["estimate"].notna().any()),
        "framed": not store.load("frame_prevalence").empty,
        "coded": {"n": int(coded["n"].max()), "unit": str(coded["unit"].iloc[0])} if len(coded) else None,
        "alphas": agreement["estimate"][agreement["measure"] == "alpha, coders"].dropna().tolist(),
    }
