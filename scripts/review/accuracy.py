"""Accuracy of the machine on this corpus, from filled review sheets.

Makes the tables accuracy, review_errors and review_problems. Precision, recall and F1 are ratios of totals of the
corpus, estimated from the sample by its weights: Cochran, W. G. (1977). Sampling Techniques, 3rd ed., ch. 5 and 6.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from scripts.core.arrays import Floats, Mask
from scripts.core.encoded import as_table
from scripts.core.options import path_options
from scripts.core.planned import read_files
from scripts.core.stand_ins import ALL
from scripts.core.storage import read_settings, rows_to_table
from scripts.core.tables import write_table
from scripts.core.types import Row
from scripts.maths import survey
from scripts.maths.agreement import alpha, alpha_interval
from scripts.maths.intervals import wilson
from scripts.review.judgements import MISSED_NAMES, Judgement
from scripts.review.reviewed import Reviewed, join_judgements, read_reviewed
from scripts.review.reviewers import SETTLED
from scripts.review.units import ReviewUnits, read_review_units

_METHOD = "design-based, stratified; interval on the logit scale"
NO_VARIATION = "design-based; Wilson's interval, since the sample does not vary"
NO_ERROR = "every unit was reviewed"
FOUND_ONLY = "; of what the machine found, as no sentence counts in which somebody looked for more"
NONE_FOUND = "not estimable: no reviewed row of what the machine found here counts"
_NOT_KNOWN = {"estimate": np.nan, "lo": np.nan, "hi": np.nan, "method": NONE_FOUND}
_CENSUS = "all of the machine's"
_COLUMNS = ("step", "measure", "by", "value", "n", "estimate", "lo", "hi", "method")


class _Counts(NamedTuple):
    """Numbers of right, wrong and missed results by reviewed unit; `places` is 1 for sentences that were searched.

    The first `of_machine` units are results of the machine, the others are sentences.
    """

    right: Floats
    wrong: Floats
    missed: Floats
    places: Floats
    of_machine: int

    def within(self, mask: Mask) -> "_Counts":
        """Return the counts with zeros outside of a part of the corpus."""
        right, wrong, missed, places, of_machine = self
        return _Counts(right * mask, wrong * mask, missed * mask, places * mask, of_machine)


# Weight and stratum of each unit, for units of several sheets as one sample in which their strata stay separate.
Sample = tuple[Floats, NDArray[np.intp]]


def stacked_samples(first: Reviewed, second: Reviewed) -> Sample:
    """Return the units of two sheets as one sample, those of the first sheet first."""
    after = len(np.unique(first.stratum))
    weight = np.concatenate([first.weight, second.weight])
    return weight, np.concatenate([first.stratum, after + second.stratum])


def estimate_row(step: str, measure: str, by: str, value: str, estimate: survey.Estimate, *, method: str = "") -> Row:
    """Return a row of the table accuracy."""
    shown = NO_ERROR if estimate.degrees == np.inf else _METHOD if estimate.degrees > 0 else NO_VARIATION
    numbers = (estimate.units, estimate.value, *survey.share_interval(estimate))
    return dict(zip(_COLUMNS, (step, measure, by, value, *numbers, shown + method), strict=True))


def _stacked_counts(right: Floats, wrong: Floats, elsewhere: Floats, missed: Floats) -> _Counts:
    """Return the counts for the units of two sheets: the machine's results, then sentences with results it `missed`.

    `elsewhere` counts results that are missed in one category because the machine put them in another.
    """
    nothing = np.zeros(len(missed))
    places = np.r_[0 * right, nothing + 1]
    return _Counts(np.r_[right, nothing], np.r_[wrong, nothing], np.r_[elsewhere, missed], places, len(right))


def _measures(
    step: str, by: str, value: str, counts: _Counts, sample: Sample, *, results: int = 0, method: str = ""
) -> Iterator[Row]:
    """Yield the precision of a part of the corpus, and recall and F1 if reviewers looked for missed results in it.

    If `method` is not empty, recall and F1 are among the machine's results only. `results` is the number of these in
    the part; if there are some and none was reviewed, the estimates are NaN.
    """
    right, wrong, missed, places, n = counts
    result = survey.accuracy(right, wrong, missed, *sample, places=places)
    # No sentence has a wrong result, so precision is exact if all results were reviewed, however few sentences were.
    weight, stratum = sample
    precision = survey.ratio(right[:n], (right + wrong)[:n], weight[:n], stratum[:n])
    result = result._replace(precision=precision)
    names = ("precision", "recall", "F1")[: 3 if method or places.any() else 1]
    is_known = not results or (right + wrong).any()
    for name, each in zip(names, result, strict=False):
        if each.units:
            row = estimate_row(step, name, by, value, each, method=method)
            yield row if is_known else row | _NOT_KNOWN


def _values(rows: pd.DataFrame, column: str) -> list[str]:
    return sorted(set(rows[column]) - {""})


def attribution_rows(attributions: Reviewed, sentences: Reviewed, machine: pd.DataFrame) -> list[Row]:
    """Return the rows of attributions and of their speakers; `machine` are all attributions of the corpus.

    A wrong speaker counts twice: as a wrong statement of that speaker, and as a missed one of another. A statement for
    which the machine names nobody counts in no share: it is no result of the step `speakers`, and is missed if somebody
    made it.
    """
    sample = stacked_samples(attributions, sentences)
    right = attributions.mean(each.right for each in attributions.judgements)
    exact = attributions.mean(each.exact for each in attributions.judgements)
    missed = sentences.mean(len(each.missed) for each in sentences.judgements)
    named = is_named(attributions.rows)
    steps = {
        "attributions": _stacked_counts(right, 1 - right, 0 * right, missed),
        "speakers": _stacked_counts(exact * named, (1 - exact) * named, right - exact, missed),
    }
    rows: list[Row] = []
    groups = np.r_[attributions.rows["group"].to_numpy(object), sentences.rows["group"].to_numpy(object)]
    for step, counts in steps.items():
        results = Counter((machine if step == "attributions" else machine[is_named(machine)])["group"])
        rows += _measures(step, "", ALL, counts, sample, results=results.total())
        for name in sorted(set(groups) - {""}) if len(set(groups)) > 1 else []:
            rows += _measures(step, "group", name, counts.within(groups == name), sample, results=results[name])
        for by, column in (("type", "type"), ("rule", "rule"), ("confidence", "band")):
            for value in _values(attributions.rows, column):
                inside = np.r_[(attributions.rows[column] == value).to_numpy(), np.zeros(len(missed), bool)]
                rows += _measures(step, by, value, counts.within(inside), sample)
    if len(right):
        rows += _confidence_rows(machine[is_named(machine)])
    return rows


def is_named(rows: pd.DataFrame) -> Mask:
    """Return a mask of the attributions to which the machine gives a speaker; no others count in shares."""
    return (rows["speaker"].fillna("") != "").to_numpy(bool)


def _confidence_rows(machine: pd.DataFrame) -> list[Row]:
    """Return the mean confidence of attributions, overall and by band; ideally it equals the share right."""
    bands = [("", ALL, machine), *(("confidence", band, rows) for band, rows in machine.groupby("band"))]
    measures = (
        ("speakers", "mean confidence", by, value, len(rows), float(rows["confidence"].mean()), np.nan, np.nan, _CENSUS)
        for by, value, rows in bands
    )
    return [dict(zip(_COLUMNS, measure, strict=True)) for measure in measures]


def name_rows(names: Reviewed, looked_through: Reviewed, machine: pd.DataFrame) -> list[Row]:
    """Return the rows of names and labels; a wrong label counts as wrong for itself and as missed for the right label.

    `looked_through` are the sentences in which reviewers looked for names that the machine missed. Without any, names
    have no recall, and the recall of labels is among the names found. `machine` has all names of the corpus.
    """
    sample, results = stacked_samples(names, looked_through), Counter(machine["label"])
    method = "" if len(looked_through.rows) else FOUND_ONLY
    right = names.mean(each.right for each in names.judgements)
    exact = names.mean(each.exact for each in names.judgements)
    missed = looked_through.mean(len(each.missed_names) for each in looked_through.judgements)
    counts = _stacked_counts(right, 1 - right, 0 * right, missed)
    rows = [*_measures("names", "", ALL, counts, sample, results=len(machine))]
    counts = _stacked_counts(exact, 1 - exact, right - exact, missed)
    rows += _measures("labels", "", ALL, counts, sample, results=len(machine), method=method)
    truths = {each.truth for each in names.judgements} - {""}
    truths |= {name.label for each in looked_through.judgements for name in each.missed_names}
    for label in sorted({*_values(names.rows, "label"), *truths}):
        inside = (names.rows["label"] == label).to_numpy()
        wrong_label = names.mean(each.truth == label and not each.exact for each in names.judgements)
        labels = ([name.label for name in each.missed_names] for each in looked_through.judgements)
        missed = looked_through.mean(each.count(label) for each in labels)
        counts = _stacked_counts(exact * inside, (1 - exact) * inside, wrong_label, missed)
        rows += _measures("labels", "label", label, counts, sample, results=results[label], method=method)
    return rows


def error_kind(kind: str, judgement: Judgement, unit: Mapping[str, Any]) -> list[str]:
    """Return the kinds of the machine's errors in a judgement: none, one, or one for each missed statement or name."""
    if kind == MISSED_NAMES:
        return [f"missed, {each.label}" for each in judgement.missed_names]
    if kind == "sentences":
        return [f"missed, {'in quotation marks' if each.quoted else 'reported'}" for each in judgement.missed]
    if judgement.exact:
        return [f"other words, rule {unit['rule']}"] if judgement.content else []
    if kind == "names":
        return [f"{unit['label']} for {judgement.truth}" if judgement.right else f"{unit['label']}, no name"]
    return [f"{'wrong speaker' if judgement.right else 'no attribution'}, rule {unit['rule']}"]


def error_rows(reviewed: Mapping[str, Reviewed]) -> Iterator[Row]:
    """Yield the rows of the table review_errors: each error that a reviewer saw, with its place."""
    for kind, of_kind in reviewed.items():
        for judgement, at in zip(of_kind.judgements, of_kind.of.tolist(), strict=True):
            unit = of_kind.rows.iloc[at]
            absent = [(each.start, each.end, each.speaker) for each in judgement.missed]
            absent += [(each.start, each.end, each.label) for each in judgement.missed_names]
            for number, name in enumerate(error_kind(kind, judgement, unit)):
                start, end, should_be = (unit["start"], unit["end"], judgement.truth) if not absent else absent[number]
                yield {
                    "sheet": judgement.row.kind, "kind": name, "doc_id": unit["doc_id"],
                    "sentence": int(unit["sentence"]), "start": int(start), "end": int(end),
                    "machine": str(unit["speaker" if kind == "attributions" else "label"]) if not absent else "",
                    "should_be": should_be, "reviewer": judgement.reviewer, "file": judgement.row.file,
                    "row": judgement.row.row,
                }  # fmt: skip


def kind_rows(reviewed: Mapping[str, Reviewed]) -> list[Row]:
    """Return the rows of the kinds of error, most frequent first: the share of each in all errors of its two sheets.

    If only the sheet of the machine's results counts, the share is in its errors; if only the sentences do, it is NaN.
    """
    rows = []
    for step, kinds in (("attributions", ("attributions", "sentences")), ("names", ("names", MISSED_NAMES))):
        parts = [reviewed[kind] for kind in kinds]
        sample = stacked_samples(parts[0], parts[1])
        method = "" if len(parts[1].rows) else FOUND_ONLY
        errors = [
            [error_kind(kind, each, part.rows.iloc[at]) for each, at in zip(part.judgements, part.of, strict=True)]
            for kind, part in zip(kinds, parts, strict=True)
        ]
        total = np.concatenate([part.mean(map(len, each)) for part, each in zip(parts, errors, strict=True)])
        for name in sorted({name for of_part in errors for each in of_part for name in each}):
            of_kind = np.concatenate(
                [part.mean(names.count(name) for names in each) for part, each in zip(parts, errors, strict=True)]
            )
            estimate = survey.ratio(of_kind, total, *sample)
            n = int((of_kind > 0).sum())
            estimate = estimate._replace(units=n)
            row = estimate_row(step, "share of errors", "kind of error", name, estimate, method=method)
            rows.append(row if len(parts[0].rows) else row | _NOT_KNOWN)
    return sorted(rows, key=lambda row: (row["step"], -row["estimate"], row["value"]))


def agreement_rows(reviewed: Mapping[str, Reviewed]) -> list[Row]:
    """Return the agreement of reviewers on units that several judged: Krippendorff's alpha, and share of same answers.

    Where disagreements were settled, a second pair of rows gives every reviewer the settled answer.
    """
    rows: list[Row] = []
    answers = {
        "attributions": ("attributions", lambda each: int(each.right)),
        "speakers": ("attributions", lambda each: int(each.exact)),
        "missed statements": ("sentences", lambda each: int(bool(each.missed))),
        "labels": ("names", lambda each: int(each.exact)),
        MISSED_NAMES: (MISSED_NAMES, lambda each: int(bool(each.missed_names))),
    }
    for step, (kind, answer) in answers.items():
        codes: dict[int, list[int | None]] = {}
        settled: dict[int, int] = {}
        for judgement in reviewed[kind].before:
            if judgement.reviewer == SETTLED:
                settled[judgement.unit] = answer(judgement)
            else:
                codes.setdefault(judgement.unit, []).append(answer(judgement))
        both = {unit: each for unit, each in codes.items() if len(each) > 1}
        rows += _agreement(step, "", [*both.values()])
        if both.keys() & settled.keys():
            after = [[settled[unit]] * len(each) if unit in settled else each for unit, each in both.items()]
            rows += _agreement(step, ", adjudicated", after)
    return rows


def _agreement(step: str, when: str, both: Sequence[Sequence[int | None]]) -> Iterator[Row]:
    """Yield the rows of agreement from the answers to each unit; `when` is added to the names of the measures."""
    if not both:
        return
    alike = sum(len(set(each)) == 1 for each in both)
    lo, hi = (float(end) for end in wilson(alike, len(both)))
    note = "; rows on which they differed as they were settled" if when else ""
    krippendorff = "Krippendorff's nominal alpha, bootstrap over rows"
    for measure, *numbers, method in (
        ("alpha, reviewers", alpha(both), *alpha_interval(both), krippendorff),
        ("same answer, reviewers", alike / len(both), lo, hi, "Wilson over rows that several judged"),
    ):
        values = (step, measure + when, "", ALL, len(both), *numbers, method + note)
        yield dict(zip(_COLUMNS, values, strict=True))


def accuracy_tables(reviewed: Mapping[str, Reviewed], units: ReviewUnits) -> dict[str, pd.DataFrame]:
    """Return the tables accuracy and review_errors; a sheet with too many gaps has no accuracy."""
    sound = {about: join_judgements([], {}, each.rows) if each.gaps else each for about, each in reviewed.items()}
    rows = attribution_rows(sound["attributions"], sound["sentences"], units.by_sheet["attributions"])
    rows += name_rows(sound["names"], sound[MISSED_NAMES], units.by_sheet["names"])
    rows += kind_rows(sound) + agreement_rows(reviewed)
    errors = pd.DataFrame(error_rows(reviewed))
    if not errors.empty:
        times = errors.groupby(["sheet", "kind"])["row"].transform("size")
        order = errors.assign(times=-times).sort_values(["sheet", "times", "kind", "doc_id", "start", "file", "row"])
        errors = order.drop(columns="times")
    return {"accuracy": pd.DataFrame(rows), "review_errors": errors}


def main() -> None:
    """Read the filled review sheets and the tables of the corpus; write the accuracy of the machine."""
    options = path_options(main.__doc__, "settings", "folder", "batches", "decisions", "files")
    tables = read_settings(options.settings)["tables"]
    units = read_review_units(options.folder, options.batches, options.decisions)
    reviewed, problems = read_reviewed(read_files(options.files), options.folder, units)
    for name, rows in accuracy_tables(reviewed, units).items():
        write_table(options.folder, name, as_table(name, rows), **tables)
    problems.sort(key=lambda problem: (problem.sheet, problem.row or 0, problem.code))
    problem_rows = rows_to_table("review_problems", (problem._asdict() for problem in problems))
    write_table(options.folder, "review_problems", problem_rows, **tables)
