"""The reviewed sample: judgements of all reviewers joined to the units of the corpus, with their sampling weights."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from scripts.core.storage import read_parquet
from scripts.framing.coder_sheets import Problem
from scripts.maths.intervals import Floats
from scripts.review.design import design
from scripts.review.judgements import MISSED_NAMES, Judgement, judge
from scripts.review.people import KnownNames
from scripts.review.places import find_units
from scripts.review.reviewers import read_answers
from scripts.review.sampling import FILLED
from scripts.review.units import Units


class Reviewed(NamedTuple):
    """The reviewed units of one sheet: rows of the data frame of units, with stratum and weight of each.

    `judgements` are those of all reviewers, `of` has the place of each one's unit among the rows, `share` its part in
    it: where two reviewers judged a unit, each has half. `flaw` says why the strata are not those of the corpus as it
    is now, or is empty.
    """

    rows: pd.DataFrame
    stratum: NDArray[np.intp]
    weight: Floats
    judgements: Sequence[Judgement]
    of: NDArray[np.intp]
    share: Floats
    flaw: str

    def mean(self, values: Iterable[float]) -> Floats:
        """Return the mean over reviewers of a number of each judgement, by unit."""
        return np.bincount(self.of, self.share * np.fromiter(values, float), len(self.rows))


def join_judgements(
    kind: str, judgements: Sequence[Judgement], sizes: Mapping[str, int], units: pd.DataFrame, problems: list[Problem]
) -> Reviewed:
    """Return the reviewed units of a sheet; `sizes` are those of its strata, by label."""
    numbers = sorted({judgement.unit for judgement in judgements})
    label = {judgement.unit: judgement.row.stratum for judgement in judgements}
    place = {number: at for at, number in enumerate(numbers)}
    times = Counter(judgement.unit for judgement in judgements)
    stratum, weight = design([label[number] for number in numbers], sizes if numbers else {})
    flaw = ""
    if sizes and sum(sizes.values()) != len(units):
        flaw = (
            f"the strata of the sheet of {kind} add up to {sum(sizes.values())}, and the corpus has {len(units)}: "
            "documents came or went, the machine changed, or rows of the sheet are gone"
        )
        advice = "Accuracy is that of the corpus as the sheet was drawn. Draw a new sheet to have shares corrected."
        message = f"Shares are not corrected: {flaw}. {advice}"
        problems.append(Problem("", None, "strata", message))
    return Reviewed(
        units.iloc[numbers].reset_index(drop=True),
        stratum,
        weight,
        judgements,
        np.array([place[judgement.unit] for judgement in judgements], np.intp),
        np.array([1 / times[judgement.unit] for judgement in judgements], float),
        flaw,
    )


def _known_names(folder: Path, attributions: pd.DataFrame) -> KnownNames:
    mentions = read_parquet(folder / "entity_mentions.parquet", ["doc_id", "entity", "name"]).to_pydict()
    speakers = zip(attributions["doc_id"], attributions["speaker_in_document"], attributions["speaker"], strict=True)
    named = (each for each in speakers if each[2])
    return KnownNames([*zip(mentions["doc_id"], mentions["entity"], mentions["name"], strict=True), *named])


def read_reviewed(files: Mapping[str, bytes], folder: Path, units: Units) -> tuple[dict[str, Reviewed], list[Problem]]:
    """Return the reviewed units by sheet, from filled sheets (bytes by path), and what in them cannot be used.

    MISSED_NAMES has the sentences in which somebody looked for names.
    """
    answers, strata, problems = read_answers(files)
    matched = {}
    for reviewer, rows in answers.items():
        matched[reviewer], of_reviewer = find_units(rows.values(), units)
        problems += of_reviewer
    judgements, of_answers = judge(matched, units, _known_names(folder, units.by_sheet["attributions"]))
    problems += of_answers
    by_kind: dict[str, list[Judgement]] = defaultdict(list)
    for judgement in judgements:
        by_kind[judgement.about].append(judgement)
    reviewed = {}
    for kind in FILLED:
        sizes = {label: size for (sheet, label), size in strata.items() if sheet == kind}
        reviewed[kind] = join_judgements(kind, by_kind[kind], sizes, units.by_sheet[kind], problems)
        if kind == "sentences":
            # The problems of the strata are those of the sheet of sentences, told above.
            of_names = by_kind[MISSED_NAMES]
            reviewed[MISSED_NAMES] = join_judgements(kind, of_names, sizes, units.by_sheet[kind], [])
    return reviewed, problems
