"""The reviewed sample: judgements of all reviewers joined to the units of the corpus, with their sampling weights."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import filterfalse
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from scripts.core.arrays import Floats
from scripts.core.storage import read_parquet
from scripts.framing.people_sheets import SheetProblem
from scripts.review.filled import Checked
from scripts.review.gaps import gaps
from scripts.review.judgements import MISSED_NAMES, Judgement, judge
from scripts.review.people import KnownNames
from scripts.review.reviewers import SETTLED, read_answers
from scripts.review.shown_cells import FILLED
from scripts.review.unit_lookup import OF_CORPUS, find_units
from scripts.review.units import ReviewUnits


class Reviewed(NamedTuple):
    """The reviewed units of one sheet: rows of the data frame of units, with the stratum and weight of each.

    `judgements` are the ones that count, `of` is the row of each one's unit and `share` its part in that unit: if two
    reviewers judged a unit, each has half; if a unit was settled, only the settlement counts. `before` has all
    judgements, overridden or not. `gaps` says that too many rows have no usable answer. `flaw` says so too, or that too
    many answers are not whole, or why the strata are not those of the corpus as it is now. Both may be empty.
    """

    rows: pd.DataFrame
    stratum: NDArray[np.intp]
    weight: Floats
    judgements: Sequence[Judgement]
    of: NDArray[np.intp]
    share: Floats
    flaw: str
    gaps: str = ""
    before: Sequence[Judgement] = ()

    def mean(self, values: Iterable[float]) -> Floats:
        """Return, by unit, the mean over reviewers of values that are given for each judgement."""
        return np.bincount(self.of, self.share * np.fromiter(values, float), len(self.rows))

    def judged(self) -> Iterator[tuple[Judgement, int, float]]:
        """Return the judgements, each with the row of its unit and its part in the unit."""
        return zip(self.judgements, self.of.tolist(), self.share.tolist(), strict=True)


def join_judgements(
    judgements: Sequence[Judgement], sizes: Mapping[str, int], units: pd.DataFrame, *, flaw: str = "", gaps: str = ""
) -> Reviewed:
    """Return the reviewed units of a sheet; `sizes` are those of its strata, by label.

    If a unit was settled, only the settlement counts.
    """
    settled = {judgement.unit for judgement in judgements if judgement.reviewer == SETTLED}
    counted = [each for each in judgements if each.reviewer == SETTLED or each.unit not in settled]
    judged = np.array([judgement.unit for judgement in counted], np.intp)
    numbers, of, times = np.unique(judged, return_inverse=True, return_counts=True)
    label = {judgement.unit: judgement.row.stratum for judgement in counted}
    stratum, weight = design([label[number] for number in numbers.tolist()], sizes if len(numbers) else {})
    rows = units.iloc[numbers].reset_index(drop=True)
    return Reviewed(rows, stratum, weight, counted, of, 1 / times[of], flaw, gaps, judgements)


def _strata_flaw(kind: str, sizes: Mapping[str, int], units: int, problems: list[SheetProblem]) -> str:
    """Return the reason why a sheet's strata are not those of the corpus now, or ""; a reason is also a problem."""
    if not sizes or sum(sizes.values()) == units:
        return ""
    flaw = (
        f"the strata of the sheet of {kind} add up to {sum(sizes.values())}, and the corpus has {units}: "
        "documents were added or removed, the machine changed, or rows of the sheet are gone"
    )
    advice = "Accuracy is that of the corpus from which the sheet was drawn. Draw a new sheet to have shares corrected."
    problems.append(SheetProblem("", None, "strata", f"Shares are not corrected: {flaw}. {advice}"))
    return flaw


def _of_reviewed_units(judgements: Sequence[Judgement], problems: list[SheetProblem]) -> list[Judgement]:
    """Return the judgements of units that a reviewer judged; the settlement of any other unit is a problem instead.

    The rows on which reviewers differed are not a random sample without the rest.
    """
    reviewed = {(each.about, each.unit) for each in judgements if each.reviewer != SETTLED}
    counted = []
    for judgement in judgements:
        if (judgement.about, judgement.unit) in reviewed:
            counted.append(judgement)
        else:
            message = (
                f"It settles an answer on {judgement.about} that no reviewer has given, and does not count. Put the "
                "sheets of the reviewers back into the folder."
            )
            problems.append(SheetProblem(judgement.row.file, judgement.row.row, "settles-nothing", message))
    return counted


def read_reviewed(
    files: Mapping[str, bytes], folder: Path, units: ReviewUnits
) -> tuple[dict[str, Reviewed], list[SheetProblem]]:
    """Return the reviewed units by sheet, from filled sheets (bytes by path), and the problems in the sheets.

    The key MISSED_NAMES has the sentences in which somebody looked for names.
    """
    answers, every_row, strata, problems = read_answers(
        files, {kind: len(frame) for kind, frame in units.by_sheet.items()}
    )
    matched: dict[str, list[tuple[Checked, int]]] = {}
    gone: set[tuple[str, int | None]] = set()
    for reviewer, answered in answers.items():
        matched[reviewer], of_reviewer = find_units(answered.values(), units)
        problems += of_reviewer
        gone |= {(problem.sheet, problem.row) for problem in of_reviewer if problem.code in OF_CORPUS}
    attributions = units.by_sheet["attributions"]
    names = read_parquet(folder / "entity_mentions.parquet", ["doc_id", "entity", "name"]).to_pydict()
    speakers = zip(*(attributions[name] for name in ("doc_id", "speaker_in_document", "speaker")), strict=True)
    known = KnownNames([*zip(*names.values(), strict=True), *(each for each in speakers if each[2])], units.texts)
    judgements, of_answers = judge(matched, units, known)
    problems += of_answers
    judgements = _of_reviewed_units(judgements, problems)
    by_kind: dict[str, list[Judgement]] = defaultdict(list)
    for judgement in judgements:
        by_kind[judgement.about].append(judgement)

    def is_gone(row: Checked) -> bool:
        return not gone.isdisjoint([(row.file, row.row), (row.file, None)])

    reviewed = {}
    for kind in FILLED:
        sizes = {label: size for (sheet, label), size in strata.items() if sheet == kind}
        of_kind = [row for row in every_row if row.kind == kind]
        rows, lost = [*filterfalse(is_gone, of_kind)], [*filter(is_gone, of_kind)]
        flaw = _strata_flaw(kind, sizes, len(units.by_sheet[kind]), problems)
        for about in (kind, MISSED_NAMES) if kind == "sentences" else (kind,):
            judged = by_kind[about]
            gap = gaps(about, rows, judged, gone=lost)
            not_whole = gap or gaps(about, rows, (each for each in judged if each.is_whole), gone=lost)
            if not_whole:
                effect = "Accuracy is not estimated, shares are not corrected" if gap else "Shares are not corrected"
                message = f"{effect}: {not_whole}. Fill them (each is named here), or empty all after them."
                problems.append(SheetProblem("", None, "passed-over", message))
            reviewed[about] = join_judgements(judged, sizes, units.by_sheet[kind], flaw=flaw or not_whole, gaps=gap)
    return reviewed, problems


def nearest_stratum(label: str, others: Iterable[str]) -> str:
    """Return the label among `others` that begins with the most parts of `label`, in a tie the alphabetically first.

    >>> nearest_stratum(".50 to .70 | mixed", [".50 to .70 | direct", ".70 to .85 | mixed"])
    '.50 to .70 | direct'
    """
    parts = label.split(" | ")

    def alike(label: str) -> int:
        same = [part == other_part for part, other_part in zip(parts, label.split(" | "), strict=False)]
        return (same + [False]).index(False)

    return min(others, key=lambda label: (-alike(label), label))


def design(labels: list[str], sizes: Mapping[str, int]) -> tuple[NDArray[np.intp], Floats]:
    """Return the stratum number of each reviewed unit and its weight, the stratum's size over its reviewed units.

    `labels` has the stratum of each reviewed unit, `sizes` the number of units in each stratum of the sheet.

    A stratum joins the one with the most similar label if none of its units was reviewed, or only one of several: a
    single unit tells nothing about the variance (collapsed strata; Cochran 1977, 5A.12).

    >>> design(["a | x", "a | x", "b | x", "b | x"], {"a | x": 4, "b | x": 9, "a | y": 2})[1].tolist()
    [3.0, 3.0, 4.5, 4.5]
    """
    reviewed = Counter(labels)
    strata = [label for label, n in reviewed.items() if n >= min(2, sizes[label])] or [*reviewed]
    number = {label: at for at, label in enumerate(sorted(strata))}
    if not number:
        return np.array([], np.intp), np.array([])
    into = {label: number.get(label, number[nearest_stratum(label, number)]) for label in sizes}
    stratum = np.array([into[label] for label in labels], np.intp)
    size = np.bincount([*into.values()], [*sizes.values()], len(number))
    return stratum, size[stratum] / np.bincount(stratum, minlength=len(number))[stratum]
