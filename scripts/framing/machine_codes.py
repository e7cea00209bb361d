"""The machine's side of the correction: the dictionary, or codes that a user brings in a file.

A value is between 0 and 1. For a coded unit it comes from a model that has not seen the unit's codes (cross-fitting:
Zrnic & Candes 2024, Cross-prediction-powered inference, PNAS 121(15)), for the corpus it is the mean over all folds.
"""

from collections import Counter
from collections.abc import Callable
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
    """Values of one machine by unit and frame: of the coded units (rows of Coded), and of all units of the corpus.

    NaN in a column: the machine has no values of this frame. `name` is by frame.
    """

    name: list[str]
    coded: Floats
    corpus: Floats


def folds_of(units: Units, coded: Coded) -> NDArray[np.intp]:
    """Return the fold (0 to 4) of each coded unit: of whole documents, if there are at least five."""
    documents = [units.keys[row][0] for row in coded.row.tolist()]
    blocks = documents if len(set(documents)) >= FOLDS else [str(row) for row in range(len(documents))]
    names, block = np.unique(np.array(blocks, object).astype(str), return_inverse=True)
    return (np.random.default_rng(1).permutation(len(names)) % FOLDS)[block]


def cross_fitted(
    learn: Callable[[NDArray[np.intp]], Floats], fold: NDArray[np.intp], row: NDArray[np.intp], human: Floats
) -> tuple[Floats, Floats]:
    """Return values of the coded units and of the corpus by models that are each learnt without one fold.

    `learn` gets the numbers of the coded units to learn from and returns values of all units of the corpus. `row` and
    `human` are by coded unit.
    """
    of_coded, of_corpus = np.full(len(row), np.nan), []
    for number in range(FOLDS):
        values = learn(np.flatnonzero((fold != number) & ~np.isnan(human)))
        of_corpus.append(values)
        of_coded[fold == number] = values[row[fold == number]]
    return of_coded, np.mean(of_corpus, axis=0)


def dictionary(units: Units, coded: Coded, fold: NDArray[np.intp]) -> MachineCodes:
    """Return the dictionary's codes: of a sentence 1 if it has a cue.

    An article has a frame if the share of its sentences with a cue reaches a threshold: the one that as many of the
    articles coded in the other folds reach as have the frame.
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


def from_file(
    name: str, data: bytes, frames: list[str], units: Units, coded: Coded
) -> tuple[MachineCodes | None, list[SheetProblem]]:
    """Return the codes of another model from a sheet with doc_id, sentence (not for articles), and columns of frames.

    None if they cannot be used; the problems say why, and what is odd about the sheet. Values are 0 to 1. Every unit of
    the corpus must have a row: a model that has only coded the sample says nothing of the rest. Frames without a column
    have no values.
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
            codes = [float(row.values[frames[at]]) for at in present]
        except ValueError:
            codes, sentence = [np.nan], WHOLE_ARTICLE
        if not all(0 <= code <= 1 for code in codes):
            message = f"{', '.join(frames)} must be numbers from 0 to 1: correct the row."
            return None, [*problems, SheetProblem(name, row.number, "machine", message)]
        at_unit = place.get((unescape_cell(row.values["doc_id"].strip()), sentence))
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
    """Return the width of the corrected interval from the chosen units; infinite where there is none."""
    if chosen.sum() < _FEWEST_OF_FOLD or np.isnan(corpus).any():
        return float("inf")
    result = corrected_share(
        human[chosen], machine[chosen], coded.weights(chosen), coded.stratum[chosen], corpus.mean(), len(corpus)
    )
    return result.hi - result.lo


def narrowest(machines: list[MachineCodes], coded: Coded, fold: NDArray[np.intp]) -> MachineCodes:
    """Return for each fold and frame the values of the machine whose interval is narrowest on the other folds.

    So no unit has a say in the choice of the machine that it is compared with, and the estimate stays unbiased.
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
