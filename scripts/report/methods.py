"""The section on methods: how numbers are made, and a paragraph for a paper, filled in from this run."""

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd
import yaml

from scripts.core.storage import WORKFLOW
from scripts.report.corrected import interval_in_words
from scripts.report.figures.style import percent
from scripts.report.markup import listing, number, plural, say
from scripts.report.model import Cell, Prose, Section, ShownColumn, Table
from scripts.report.outlines import METHODS, METHODS_TEXTS, READERS
from scripts.report.store import Store
from scripts.sources.statement_totals import COUNTED, NAMED, SPEECH

ACCURACY = "accuracy.yaml"
_ALL = "(all)"
_DIGITS = 12  # of a SHA-256, in the paragraph; the section on provenance has them all


def methods(record: Mapping[str, Any], store: Store) -> Section:
    """Return the section on methods: how numbers were made, and how often each step is right where people checked.

    `record` is provenance.json.
    """
    measured = yaml.safe_load((WORKFLOW / "templates" / ACCURACY).read_text(encoding="utf-8"))
    columns = [
        ShownColumn("step", "what the pipeline does"),
        ShownColumn("checked on", "texts that people have annotated"),
        ShownColumn("measure", "what was measured"),
        ShownColumn("value", "the pipeline's value", True),
        ShownColumn("people", "what two people reach with each other, where it is known", True),
    ]
    rows = [[Cell(str(row[key])) for key in ("step", "data", "measure", "value", "people")] for row in measured]
    note = "A row is a step, checked on texts that are not yours: on your corpus it may do better or worse."
    accuracy = Table("accuracy", "How often the steps are right, in percent", note, columns, rows, len(rows), [], "")
    lead = "How the numbers were made, and how far they can be trusted."
    reader = READERS[record.get("settings", {}).get("quotes", {}).get("reader", "light")]
    blocks: list[Prose | Table] = [Prose([*METHODS_TEXTS[:2], reader, *METHODS_TEXTS[2:]])]
    if "newsloom" in record:  # the record of a run
        lead_in = "For the methods section of a paper, filled in from this run:"
        sentences = [lead_in, *_sentences(record, store)]
        blocks.append(Prose([say(" ".join(["{}"] * len(sentences)), *sentences)]))
    # A corpus that people have checked has a section on it, which says more.
    is_checked = not store.load("accuracy").empty
    first, more = (blocks, [accuracy]) if is_checked else ([*blocks, accuracy], [])
    return Section("methods", "Methods", lead, first, more, [], METHODS)


def paragraph(record: Mapping[str, Any], store: Store) -> str:
    """Return the paragraph for a paper, with the numbers of this run in it and none left to fill in."""
    return " ".join(_sentences(record, store))


def _sentences(record: Mapping[str, Any], store: Store) -> list[str]:
    """Return the sentences of the paragraph for a paper."""
    return [*_run(record, store), *_counted(record, store), *_checked(record, store), *_frames(store)]


def _run(record: Mapping[str, Any], store: Store) -> Iterator[str]:
    """Yield sentences on the program, the model and the documents."""
    counts, own, model = (record[key] for key in ("counts", "newsloom", "model"))
    documents = store.load("documents", "doc_id", "date", "n_sentences", "n_words", "duplicate_of").fillna("")
    dates = sorted(date[:10] for date in documents["date"] if date)
    published = ""
    if dates:
        known = f" ({number(len(dates))} with a date)" if len(dates) < len(documents) else ""
        published = f", published {dates[0]} to {dates[-1]}{known}"
    outlets = len({*store.load("documents", "outlet")["outlet"].dropna()} - {""})
    whose = f" from {plural(outlets, 'outlet')}" if outlets else ""
    repeated, left_out = int((documents["duplicate_of"] != "").sum()), counts["seeds_left_out"]
    repeats = (
        f", among them {plural(repeated, 'repeat of an earlier one', 'repeats of earlier ones')}" if repeated else ""
    )
    unread = f"; {plural(left_out, 'file or row', 'files or rows')} could not be read" if left_out else ""
    yield (
        f"Statements, names and cues of frames were found with Newsloom {own['version']} (commit {own['commit']}; "
        f"reader {record['settings']['quotes']['reader']}; model {model['name']}, SHA-256 "
        f"{model['sha256'][:_DIGITS]}; spaCy {record['packages']['spacy']}) in {plural(len(documents), 'document')} of "
        f"{number(int(documents['n_words'].sum()))} words{whose}{published}{repeats}{unread}."
    )
    corrections = counts["corrections_by_status"].get("applied", 0)
    if corrections:
        yield f"{plural(corrections, 'correction')} by hand changed names and attributions."


def _counted(record: Mapping[str, Any], store: Store) -> Iterator[str]:
    """Yield sentences on the statements that are counted, and on intervals."""
    steps = store.load("statement_totals")
    n = dict.fromkeys((SPEECH, NAMED, COUNTED), 0) | dict(zip(steps["step"], steps["statements"].tolist(), strict=True))
    settings = record["settings"]
    yield (
        f"Attributions less probable than {settings['quotes']['min_confidence']} were left out; of "
        f"{plural(n[SPEECH], 'statement')} {number(n[NAMED])} have a speaker, by whom shares of speakers are "
        f"counted, and shares of kinds of source count {number(n[COUNTED])}, in documents that repeat no other."
    )
    draws = settings["bootstrap"]["resamples"]
    yield (
        "Intervals are 95%: those of shares are Wilson's, for the effective number of documents (Korn & Graubard 1998; "
        f"Franco et al. 2019), others come from drawing whole documents {number(draws)} times unless a table says "
        "otherwise."
    )


def _measure(accuracy: pd.DataFrame, step: str, measure: str) -> Mapping[str, Any] | None:
    """Return the row of a measure of the whole corpus; None if it was not estimated."""
    rows = accuracy[(accuracy["step"] == step) & (accuracy["measure"] == measure) & (accuracy["by"] == "")]
    rows = rows[rows["estimate"].notna()]
    return None if rows.empty else dict(rows.iloc[0])


def _checked(record: Mapping[str, Any], store: Store) -> Iterator[str]:
    """Yield sentences on the sample that was checked by hand."""
    accuracy = store.load("accuracy")
    right, recall = (_measure(accuracy, "speakers", name) for name in ("precision", "recall"))
    if right is None:
        yield "No random sample of this corpus was checked by hand, so its accuracy is not known."
        return
    sheets = len(record["review_sheets"])
    groups = {*store.load("document_groups")["group"].fillna("")} - {""}
    strata = ["length", "confidence", "type of quotation", *(["group of documents"] if len(groups) > 1 else [])]
    sentence = (
        f"In a random sample, stratified by {listing(strata)}, {plural(int(right['n']), 'attribution')} with a speaker "
        f"were checked by hand ({plural(sheets, 'sheet')}): {_share(right)} are by the speaker named"
    )
    yield sentence + (f", and {_share(recall)} of all statements are found with their speaker." if recall else ".")
    alpha = _measure(accuracy, "speakers", "alpha, reviewers")
    if alpha:
        yield (
            f"Reviewers agree with Krippendorff's alpha of {alpha['estimate']:.2f} (95% interval {alpha['lo']:.2f} to "
            f"{alpha['hi']:.2f}) on {plural(int(alpha['n']), 'row')}."
        )
    shares = store.load("corrected_shares")
    if shares["estimate"].notna().any():
        yield (
            "Corrected shares are difference estimates of the stratified sample (Särndal, Swensson & Wretman 1992; "
            "power tuned as in Angelopoulos, Duchi & Zrnic 2023) with Wilson intervals (Franco et al. 2019)."
        )


def _share(row: Mapping[str, Any]) -> str:
    """Return a share with its interval."""
    return percent(row["estimate"]) + interval_in_words(row["lo"], row["hi"])


def _frames(store: Store) -> Iterator[str]:
    """Yield the sentence on how frames were validated."""
    prevalence, coded = store.load("frame_prevalence"), store.load("frame_corrected")
    if prevalence.empty:
        return
    coded = coded[(coded["group"] == _ALL) & coded["estimate"].notna()]
    if coded.empty:
        yield "Frames are cues of dictionaries, not validated by coders."
        return
    agreement = store.load("frame_reliability")
    alphas = agreement["estimate"][agreement["measure"] == "alpha, coders"].dropna()
    between = f" (alpha of the coders {alphas.min():.2f} to {alphas.max():.2f} by frame)" if len(alphas) else ""
    units = f"{plural(int(coded['n'].max()), str(coded['unit'].iloc[0]))}"
    yield f"Frames are cues of dictionaries; shares corrected by coders rest on {units}{between}."
