"""The machine's side of the correction: codes of the dictionary, or of another model in a user's file.

Values are between 0 and 1. A coded unit's value comes from a model that has not seen the unit's codes (cross-fitting:
Zrnic & Candes 2024, Cross-prediction-powered inference, PNAS 121(15)); values of the corpus are means over all folds.
"""

from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from scripts.core.arrays import Floats
from scripts.core.csv_tables import unescape_cell
from scripts.core.sheets import whole_number
from scripts.framing.coders import Coded
from scripts.framing.people_sheets import SheetProblem, read_filled_sheet
from scripts.framing.sheet_files import DICTIONARY
from scripts.framing.units import SENTENCE, WHOLE_ARTICLE, Units
from scripts.maths.correction import corrected_share

FOLDS = 5
_FEWEST_OF_FOLD = 2


class MachineCodes(NamedTuple):
    """Values of one machine by unit and frame, for the coded units (rows of Coded) and for all units of the corpus.

    A column of NaN means that the machine has no values for this frame. `name` has the machine's name for each frame.
    """

    name: list[str]
    coded: Floats
    corpus: Floats


def folds_of(units: Units, coded: Coded) -> NDArray[np.intp]:
    """Return the fold (0 to 4) of each coded unit; if there are at least five documents, none is split over folds."""
    documents = [units.keys[row][0] for row in coded.row.tolist()]
    blocks = documents if len(set(documents)) >= FOLDS else [str(row) for row in range(len(documents))]
    names, block = np.unique(np.array(blocks, object).astype(str), return_inverse=True)
    return (np.random.default_rng(1).permutation(len(names)) % FOLDS)[block]


def cross_fitted(
    learn: Callable[[NDArray[np.intp]], Floats], fold: NDArray[np.intp], row: NDArray[np.intp], human: Floats
) -> tuple[Floats, Floats]:
    """Return values for the coded units and for the corpus from models that are each trained without one fold.

    `learn` gets the numbers of the coded units to train on and returns values for all units of the corpus. `row` and
    `human` are by coded unit.
    """
    of_coded, of_corpus = np.full(len(row), np.nan), []
    for number in range(FOLDS):
        values = learn(np.flatnonzero((fold != number) & ~np.isnan(human)))
        of_corpus.append(values)
        of_coded[fold == number] = values[row[fold == number]]
    return of_coded, np.mean(of_corpus, axis=0)


def dictionary(units: Units, coded: Coded, fold: NDArray[np.intp]) -> MachineCodes:
    """Return the dictionary's codes; a sentence is coded 1 if it has a cue.

    An article is coded 1 if its share of sentences with a cue reaches a threshold. That threshold is set so that, among
    the coded articles of the other folds, as many reach it as have the frame according to the coders.
    """
    names = [DICTIONARY] * units.share.shape[1]
    if units.kind == SENTENCE:
        values = (units.hits > 0).astype(float)
        return MachineCodes(names, values[coded.row], values)
    agreed = coded.agreed()
    of_coded, of_corpus = [], []
    for frame, share in enumerate(units.share.T):

        def learn(known: NDArray[np.intp], frame: int = frame, share: Floats = share) -> Floats:
            cut = float(np.quantile(share[coded.row[known]], 1 - agreed[known, frame].mean())) if len(known) else 0.0
            return ((share >= cut) & (share > 0)).astype(float)

        fitted = cross_fitted(learn, fold, coded.row, agreed[:, frame])
        of_coded.append(fitted[0])
        of_corpus.append(fitted[1])
    return MachineCodes(names, np.transpose(of_coded), np.transpose(of_corpus))


def _code(cell: str) -> float:
    """Return the code in a cell. Raises ValueError unless it is a number from 0 to 1."""
    with suppress(ValueError):
        if 0 <= (code := float(cell)) <= 1:
            return code
    raise ValueError(f"{cell[:40]!r} is not a number from 0 to 1")


def from_file(
    name: str, data: bytes, frames: list[str], units: Units, coded: Coded
) -> tuple[MachineCodes | None, list[SheetProblem]]:
    """Return another model's codes from a sheet, or None if they cannot be used, and the problems of the sheet.

    Columns are doc_id, sentence (not for articles) and frames, with values from 0 to 1. Every unit of the corpus must
    have a row, since a model that coded only the sample tells nothing about the rest. A frame without a column gets no
    values.
    """
    keys = ["doc_id", "sentence"] if units.kind == SENTENCE else ["doc_id"]
    sheet, problems = read_filled_sheet(name, data, keys, "")
    if sheet is None:
        return None, problems
    place, present = units.places(), [at for at, frame in enumerate(frames) if frame in sheet.columns]
    values = np.full((len(units.keys), len(frames)), np.nan)
    for row in sheet.rows:
        try:
            sentence = whole_number(row.values["sentence"]) if units.kind == SENTENCE else WHOLE_ARTICLE
            at_unit = place.get((unescape_cell(row.values["doc_id"].strip()), sentence))
            codes = [_code(row.values[frames[at]]) for at in present]
            if at_unit is not None and not np.isnan(values[at_unit, present]).all():
                raise ValueError(f"this {units.kind} has two rows")
        except ValueError as error:
            return None, [*problems, SheetProblem(name, row.number, "machine", f"{error}: correct the row.")]
        if at_unit is not None:
            values[at_unit, present] = codes
    missing = np.isnan(values[:, present]).any(axis=1)
    if not present or missing.any():
        doc_id, sentence = units.keys[int(np.argmax(missing))] if missing.any() else ("", WHOLE_ARTICLE)
        gaps = f"{int(missing.sum())} of {len(missing)} {units.kind}s are missing; the first is {doc_id}"
        gaps += f", sentence {sentence}" if units.kind == SENTENCE else ""
        reason = gaps if present else f"no column is one of {', '.join(frames)}"
        message = f"Another model's codes must cover all units: {reason}. Add them, and put the file back."
        return None, [*problems, SheetProblem(name, None, "machine", message)]
    return MachineCodes([name] * len(frames), values[coded.row], values), problems


def _width(coded: Coded, human: Floats, machine: Floats, corpus: Floats, chosen: NDArray[np.bool_]) -> float:
    """Return the width of the corrected interval from the chosen units; infinite if it cannot be computed."""
    if chosen.sum() < _FEWEST_OF_FOLD or np.isnan(corpus).any():
        return float("inf")
    result = corrected_share(
        human[chosen], machine[chosen], coded.weights(chosen), coded.stratum[chosen], corpus.mean(), len(corpus)
    )
    return result.hi - result.lo


def narrowest(machines: list[MachineCodes], coded: Coded, fold: NDArray[np.intp]) -> MachineCodes:
    """Return, for each fold and frame, the values of the machine whose interval is narrowest on the other folds.

    So no unit influences the choice of the machine that it is compared with, and the estimate stays unbiased.
    """
    if len(machines) == 1 or not len(coded.row):
        return machines[0]
    agreed = coded.agreed()
    names, of_coded, of_corpus = [], np.empty_like(machines[0].coded), np.zeros_like(machines[0].corpus)
    for frame in range(agreed.shape[1]):
        human, chosen = agreed[:, frame], []
        for number in range(FOLDS):
            known = ~np.isnan(human) & (fold != number)
            widths = [_width(coded, human, each.coded[:, frame], each.corpus[:, frame], known) for each in machines]
            best = machines[int(np.argmin(widths))]
            chosen.append(best.name[frame])
            of_coded[fold == number, frame] = best.coded[fold == number, frame]
            of_corpus[:, frame] += best.corpus[:, frame] / FOLDS
        counts = Counter(chosen).most_common()
        differ = len(counts) > 1
        names.append(", ".join(f"{name} ({n} of {FOLDS} folds)" if differ else name for name, n in counts))
    return MachineCodes(names, of_coded, of_corpus)
