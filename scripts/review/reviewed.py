"""The reviewed sample: judgements of all reviewers joined to the units of the corpus, with their sampling weights."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import filterfalse
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from scripts.core.arrays import Floats
from scripts.core.storage import read_parquet
from scripts.framing.coder_sheets import SheetProblem
from scripts.review.design import design
from scripts.review.filled import Checked
from scripts.review.gaps import gaps
from scripts.review.judgements import MISSED_NAMES, Judgement, judge
from scripts.review.people import KnownNames
from scripts.review.places import OF_CORPUS, MatchedRow, find_units
from scripts.review.reviewers import SETTLED, read_answers
from scripts.review.shown_cells import FILLED
from scripts.review.units import ReviewUnits


class Reviewed(NamedTuple):
    """The reviewed units of one sheet: rows of the data frame of units, with stratum and weight of each.

    `judgements` are those of all reviewers, `of` has the place of each one's unit among the rows, `share` its part in
    it: where two reviewers judged a unit, each has half; where what they differ on is settled, that judgement alone
    counts, and `before` has those of the reviewers. `gaps` says that too many rows have no answer that counts; `flaw`
    says this, or that too many have no whole answer, or why the strata are not those of the corpus as it is now. Both
    may be empty.
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
        """Return the mean over reviewers of a number of each judgement, by unit."""
        return np.bincount(self.of, self.share * np.fromiter(values, float), len(self.rows))

    def judged(self) -> Iterator[tuple[Judgement, int, float]]:
        """Return each judgement with the place of its unit among the rows and its part in it."""
        return zip(self.judgements, self.of.tolist(), self.share.tolist(), strict=True)

    def without_judgements(self) -> "Reviewed":
        """Return the sample as if nobody had judged it."""
        none = np.array([], np.intp)
        return self._replace(
            rows=self.rows.iloc[:0], stratum=none, weight=none.astype(float), judgements=(), of=none,
            share=none.astype(float), before=(),
        )  # fmt: skip


def settled(judgements: Sequence[Judgement]) -> list[Judgement]:
    """Return the judgements that count: of a unit that was settled the settlement alone."""
    units = {judgement.unit for judgement in judgements if judgement.reviewer == SETTLED}
    return [each for each in judgements if each.reviewer == SETTLED or each.unit not in units]


def join_judgements(
    kind: str,
    judgements: Sequence[Judgement],
    sizes: Mapping[str, int],
    units: pd.DataFrame,
    problems: list[SheetProblem],
    *,
    about: str = "",
    rows: Sequence[Checked] = (),
    gone: Sequence[Checked] = (),
) -> Reviewed:
    """Return the reviewed units of a sheet; `sizes` are those of its strata, by label.

    `rows` are those of all files, `gone` those whose places the corpus has no more, `about` what is judged, if it is
    not the kind of sheet.
    """
    before, judgements = judgements, settled(judgements)
    gap = gaps(about or kind, rows, before, gone=gone)
    not_whole = gap or gaps(about or kind, rows, (each for each in before if each.is_whole), gone=gone)
    judged = np.array([judgement.unit for judgement in judgements], np.intp)
    numbers, of, times = np.unique(judged, return_inverse=True, return_counts=True)
    label = {judgement.unit: judgement.row.stratum for judgement in judgements}
    stratum, weight = design([label[number] for number in numbers.tolist()], sizes if len(numbers) else {})
    flaw = ""
    if sizes and sum(sizes.values()) != len(units):
        flaw = (
            f"the strata of the sheet of {kind} add up to {sum(sizes.values())}, and the corpus has {len(units)}: "
            "documents came or went, the machine changed, or rows of the sheet are gone"
        )
        advice = "Accuracy is that of the corpus as the sheet was drawn. Draw a new sheet to have shares corrected."
        message = f"Shares are not corrected: {flaw}. {advice}"
        problems.append(SheetProblem("", None, "strata", message))
    if not_whole:
        lost = "Accuracy is not estimated, shares are not corrected" if gap else "Shares are not corrected"
        message = f"{lost}: {not_whole}. Fill them (each is named here), or empty all after them."
        problems.append(SheetProblem("", None, "passed-over", message))
    rows_judged = units.iloc[numbers].reset_index(drop=True)
    return Reviewed(rows_judged, stratum, weight, judgements, of, 1 / times[of], flaw or not_whole, gap, before)


def _of_reviewed_units(judgements: Sequence[Judgement], problems: list[SheetProblem]) -> list[Judgement]:
    """Return the judgements of units that a reviewer judged; one that settles any other is a problem.

    Rows on which reviewers differed are no random sample without the others.
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


def _known_names(folder: Path, attributions: pd.DataFrame) -> KnownNames:
    mentions = read_parquet(folder / "entity_mentions.parquet", ["doc_id", "entity", "name"]).to_pydict()
    speakers = zip(attributions["doc_id"], attributions["speaker_in_document"], attributions["speaker"], strict=True)
    named = (each for each in speakers if each[2])
    return KnownNames([*zip(mentions["doc_id"], mentions["entity"], mentions["name"], strict=True), *named])


def read_reviewed(
    files: Mapping[str, bytes], folder: Path, units: ReviewUnits
) -> tuple[dict[str, Reviewed], list[SheetProblem]]:
    """Return the reviewed units by sheet, from filled sheets (bytes by path), and what in them cannot be used.

    MISSED_NAMES has the sentences in which somebody looked for names.
    """
    answers, every_row, strata, problems = read_answers(files)
    matched: dict[str, list[MatchedRow]] = {}
    gone: set[tuple[str, int | None]] = set()
    for reviewer, rows in answers.items():
        matched[reviewer], of_reviewer = find_units(rows.values(), units)
        problems += of_reviewer
        gone |= {(problem.sheet, problem.row) for problem in of_reviewer if problem.code in OF_CORPUS}
    judgements, of_answers = judge(matched, units, _known_names(folder, units.by_sheet["attributions"]))
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
        join = partial(
            join_judgements,
            kind,
            sizes=sizes,
            units=units.by_sheet[kind],
            rows=[*filterfalse(is_gone, of_kind)],
            gone=[*filter(is_gone, of_kind)],
        )
        reviewed[kind] = join(by_kind[kind], problems=problems)
        if kind == "sentences":
            # The problems of the strata are those of the sheet of sentences, told above.
            of_strata: list[SheetProblem] = []
            reviewed[MISSED_NAMES] = join(by_kind[MISSED_NAMES], problems=of_strata, about=MISSED_NAMES)
            problems += [problem for problem in of_strata if problem.code == "passed-over"]
    return reviewed, problems
