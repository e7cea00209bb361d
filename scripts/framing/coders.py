"""The coders' filled sheets joined into codes by unit, coder and frame, with the sampling design given in the sheets.

Problems in sheets become rows of the table frame_coding_problems.
"""

from collections.abc import Mapping
from pathlib import PurePath
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from scripts.core.arrays import Floats
from scripts.framing.coder_sheets import CodedLine, read_coder_sheet
from scripts.framing.people_sheets import SheetProblem, by_person, person_of, two_answers, usual_sizes, without_copies
from scripts.framing.schemes import Scheme
from scripts.framing.units import UnitKey, Units

# Two sheets with at least this many units and the same codes throughout are taken as one sheet that was saved twice.
_FEWEST_ALIKE = 10
_ONLY_ONES = (
    "There are only 1s and no 0: an empty cell means that the unit is not coded, so every share would be 100 %. The "
    "sheet is left out. Write 0 where a frame is absent."
)
_OTHER_CORPUS = "documents were added or removed since the sheet was drawn; draw a new one and copy the codes"


class Coded(NamedTuple):
    """The coded units and their codes.

    `row` is the row of each unit in the units of the corpus; `human` has the axes unit, coder and frame (NaN: not
    coded). `stratum` and `stratum_size` are the sampling design; `flaw` says why it cannot be used, or is empty.
    """

    row: NDArray[np.intp]
    coders: list[str]
    human: Floats
    stratum: NDArray[np.intp]
    stratum_size: NDArray[np.intp]
    flaw: str

    def agreed(self) -> Floats:
        """Return the mean code over coders by unit and frame; NaN where nobody coded."""
        n = (~np.isnan(self.human)).sum(axis=1)
        with np.errstate(invalid="ignore"):
            return np.where(n > 0, np.nansum(self.human, axis=1) / n, np.nan)

    def weights(self, known: NDArray[np.bool_]) -> Floats:
        """Return the sampling weight of the units in a mask: stratum size / units of the stratum in the mask."""
        stratum = self.stratum[known]
        return self.stratum_size[known] / np.bincount(stratum)[stratum] if known.any() else np.zeros(0)


def _one_line(lines: list[CodedLine], problems: list[SheetProblem], frames: list[str]) -> CodedLine:
    """Return one coder's lines on one unit merged into one; where codes of a frame differ, none of them counts."""
    of_frames = [
        {code for code in codes if code in (0, 1)} for codes in zip(*(line.codes for line in lines), strict=True)
    ]
    if differing := [name for name, codes in zip(frames, of_frames, strict=True) if len(codes) > 1]:
        problems.append(two_answers(lines, differing))
    return lines[0]._replace(codes=[codes.pop() if len(codes) == 1 else np.nan for codes in of_frames])


def _is_copy(mine: Mapping[UnitKey, CodedLine], others: Mapping[UnitKey, CodedLine]) -> bool:
    """Return True for the same codes of the same units, if there are enough units and any 1; units must be sorted."""
    own, theirs = ([line.codes for line in each.values()] for each in (mine, others))
    same = mine.keys() == others.keys() and len(own) >= _FEWEST_ALIKE
    return same and bool((np.array(own) == 1).any()) and np.array_equal(own, theirs, equal_nan=True)


def _design(
    sheets: Mapping[str, list[CodedLine]], problems: list[SheetProblem], *, corpus: int
) -> tuple[dict[int, int], str]:
    """Return the size of each stratum, and the reason why the design cannot be used, or "".

    The sizes must agree between sheets and add up to `corpus`, the number of units.
    """
    strata: dict[int, int] = {}
    flaw = ""
    for name, lines in sheets.items():
        sizes = [(line, line.stratum, line.stratum_size) for line in lines]
        drawn_from = usual_sizes([(line, "", line.corpus_size) for line in lines], problems).get("", corpus)
        if drawn_from != corpus:
            flaw = _OTHER_CORPUS
            message = (
                f"It was drawn from {drawn_from} units; there are now {corpus}: shares cannot be corrected by it. Draw "
                "a new sheet, copy the codes, and remove this one from the folder."
            )
            problems.append(SheetProblem(name, None, "other-corpus", message))
        for stratum, number in usual_sizes(sizes, problems).items():
            if strata.setdefault(stratum, number) != number:
                flaw = flaw or f"the sheets disagree on the size of stratum {stratum}"
    if strata and not flaw and sum(strata.values()) != corpus:
        flaw = f"the strata of the sheets add up to {sum(strata.values())} of {corpus} units; stratum_size was edited"
    if flaw not in ("", _OTHER_CORPUS):
        message = f"No corrected shares: {flaw}. Put the columns corpus_size, stratum and stratum_size back."
        problems.append(SheetProblem("", None, "strata", message))
    return strata, flaw


def read_coded(files: Mapping[str, bytes], scheme: Scheme, units: Units) -> tuple[Coded, list[SheetProblem]]:
    """Return the codes in sheets (bytes by path), and the problems in them; a coder is named after the file."""
    problems: list[SheetProblem] = []
    frames = [frame.name for frame in scheme.frames]
    place = units.places()
    sheets: dict[str, list[CodedLine]] = {}
    for path, data in sorted(files.items()):
        name = PurePath(path).name
        sheets[name], of_sheet = read_coder_sheet(name, data, frames, units, place)
        problems += of_sheet
    stems = {name: PurePath(name).stem for name in sheets}
    rows = (
        (person_of(stems[name], stems.values()), "codes", line.key, line)
        for name, lines in sheets.items()
        for line in lines
        if not np.isnan(line.codes).all()
    )
    with_0 = {}
    for coder, by_unit in sorted(by_person(rows, problems).items()):
        lines = {key: _one_line(of_unit, problems, frames) for key, of_unit in sorted(by_unit.items())}
        if any(0 in line.codes for line in lines.values()):
            with_0[coder] = lines
        else:
            problems.append(SheetProblem(next(iter(lines.values())).place[0], None, "only-ones", _ONLY_ONES))
    coders = without_copies(with_0, _is_copy, "codes", problems)
    strata, flaw = _design(sheets, problems, corpus=len(units.keys))
    keys = sorted({key for lines in coders.values() for key in lines}, key=place.__getitem__)
    row_of = {key: row for row, key in enumerate(keys)}
    human = np.full((len(keys), len(coders), len(frames)), np.nan)
    stratum = np.zeros(len(keys), np.intp)
    for number, lines in enumerate(coders.values()):
        for key, line in lines.items():
            human[row_of[key], number] = line.codes
            stratum[row_of[key]] = line.stratum
    if not keys:
        message = "No codes: run `snakemake coding_sheet`, and save a filled copy in coding/ (`coding: folder`)."
        problems.append(SheetProblem("", None, "no-codes", message))
    size = np.array([strata[number] for number in stratum.tolist()], np.intp)
    corpus_rows = np.array([place[key] for key in keys], np.intp)
    return Coded(corpus_rows, list(coders), human, stratum, size, flaw), problems
