"""The coders' filled sheets, joined: codes by unit, coder and frame, and the sampling design that the sheets carry.

Nothing in a sheet is an error of the run: what cannot be used is a problem with its file, row and remedy (table
frame_coding_problems), and everything else counts.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from pathlib import PurePath
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from scripts.core.arrays import Floats
from scripts.framing.coder_sheets import CodedLine, CoderSheet, SheetProblem, coder_of, read_coder_sheet
from scripts.framing.schemes import Scheme
from scripts.framing.units import UnitKey, Units
from scripts.maths.ranking import by_frequency

# From this number of units on, two sheets with the same codes throughout are taken as one that was saved twice.
_FEWEST_ALIKE = 10
_OTHER_CORPUS = "documents came or went since the sheet was drawn; draw a new one and copy the codes"


class Coded(NamedTuple):
    """The coded units and their codes.

    `row` is the row of each in the units of the corpus, `human` has axes unit, coder and frame (NaN where not coded).
    `stratum` and `stratum_size` are the sampling design; `flaw` says why it cannot be used, or is empty.
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
    """Return the lines of one coder about one unit as one; where two codes differ neither counts."""
    first = lines[0]
    if len(lines) == 1:
        return first
    codes = np.array([line.codes for line in lines])
    # A frame that nobody coded has its lowest code above the highest.
    lowest = np.where(np.isnan(codes), 2, codes).min(axis=0)
    highest = np.where(np.isnan(codes), -1, codes).max(axis=0)
    if (lowest < highest).any():
        where = "; ".join(f"{line.sheet}, row {line.number}" for line in lines)
        names = ", ".join(name for name, low, high in zip(frames, lowest, highest, strict=True) if low < high)
        message = f"One unit has two codes of {names} ({where}): neither counts. Delete the row that is wrong."
        problems.append(SheetProblem(first.sheet, first.number, "two-codes", message))
    return first._replace(codes=np.where(lowest == highest, highest, np.nan).tolist())


def _joined_by_coder(
    sheets: list[CoderSheet], problems: list[SheetProblem], frames: list[str]
) -> dict[str, dict[UnitKey, CodedLine]]:
    """Return the lines of each coder by unit; several sheets of one coder are read as one."""
    names = [sheet.name for sheet in sheets]
    lines: dict[str, dict[UnitKey, list[CodedLine]]] = defaultdict(lambda: defaultdict(list))
    files: dict[str, list[str]] = defaultdict(list)
    for sheet in sheets:
        coder = coder_of(sheet.name, names)
        files[coder].append(sheet.name)
        for line in sheet.lines:
            if not np.isnan(line.codes).all():
                lines[coder][line.key].append(line)
    for coder, of_coder in files.items():
        if len(of_coder) > 1:
            message = (
                f"{', '.join(of_coder)} are read as sheets of one coder, {coder}. If they are of several people, give "
                "them names of their own; if one is an old copy, delete it."
            )
            problems.append(SheetProblem(of_coder[-1], None, "several-sheets", message))
    return {
        coder: {key: _one_line(of_unit, problems, frames) for key, of_unit in sorted(of_coder.items())}
        for coder, of_coder in sorted(lines.items())
    }


def _usable(
    coders: dict[str, dict[UnitKey, CodedLine]], problems: list[SheetProblem]
) -> dict[str, dict[UnitKey, CodedLine]]:
    """Return the coders who wrote a 0 somewhere, without second copies of the same codes."""
    usable: dict[str, dict[UnitKey, CodedLine]] = {}
    codes_of = {coder: {key: tuple(line.codes) for key, line in lines.items()} for coder, lines in coders.items()}
    for coder, lines in coders.items():
        sheet = next(iter(lines.values())).sheet
        values = {code for codes in codes_of[coder].values() for code in codes if not np.isnan(code)}
        if 0.0 not in values:
            message = (
                "There are only 1s and no 0: an empty cell means that the unit is not coded, so every share would be "
                "100 %. The sheet is left out. Write 0 where a frame is absent."
            )
            problems.append(SheetProblem(sheet, None, "only-ones", message))
            continue
        twin = next((name for name in usable if _alike(codes_of[coder], codes_of[name])), None)
        if twin and 1.0 in values:
            message = (
                f"All its codes are those of {twin}: it is taken as a copy and left out, for else the two would agree "
                "perfectly. Delete one of them."
            )
            problems.append(SheetProblem(sheet, None, "same-codes", message))
            continue
        usable[coder] = lines
    return usable


def _alike(first: Mapping[UnitKey, tuple[float, ...]], second: Mapping[UnitKey, tuple[float, ...]]) -> bool:
    same = first.keys() == second.keys() and len(first) >= _FEWEST_ALIKE
    return same and all(np.array_equal(first[key], second[key], equal_nan=True) for key in first)


def _design(sheets: list[CoderSheet], problems: list[SheetProblem], *, corpus: int) -> tuple[dict[int, int], str]:
    """Return the size of each stratum, and why the design cannot be used, or ""; `corpus` is the number of units.

    Within a sheet the size that most rows of a stratum have counts; a row with another is a problem, and its codes
    count. The sizes must agree between sheets and add up to the corpus.
    """
    strata: dict[int, int] = {}
    flaw = ""
    for sheet in sheets:
        drawn_from = by_frequency(Counter(line.corpus_size for line in sheet.lines))[0] if sheet.lines else corpus
        sizes: dict[int, list[int]] = defaultdict(list)
        for line in sheet.lines:
            sizes[line.stratum].append(line.stratum_size)
        size = {stratum: by_frequency(Counter(values))[0] for stratum, values in sizes.items()}
        for line in sheet.lines:
            if (line.corpus_size, line.stratum_size) != (drawn_from, size[line.stratum]):
                message = (
                    f"corpus_size and stratum_size are {line.corpus_size} and {line.stratum_size}, in other rows "
                    f"{drawn_from} and {size[line.stratum]}: these count. Leave the columns as they were drawn."
                )
                problems.append(SheetProblem(line.sheet, line.number, "stratum-size", message))
        if drawn_from != corpus:
            flaw = _OTHER_CORPUS
            message = (
                f"It was drawn from {drawn_from} units, there are {corpus}: shares cannot be corrected by it. Draw a "
                "new sheet and copy the codes."
            )
            problems.append(SheetProblem(sheet.name, None, "other-corpus", message))
        for stratum, number in size.items():
            if strata.setdefault(stratum, number) != number:
                flaw = flaw or f"the sheets disagree on the size of stratum {stratum}"
    if strata and not flaw and sum(strata.values()) != corpus:
        flaw = f"the strata of the sheets add up to {sum(strata.values())} of {corpus} units; stratum_size was edited"
    if flaw not in ("", _OTHER_CORPUS):
        message = f"No corrected shares: {flaw}. Put the columns corpus_size, stratum and stratum_size back."
        problems.append(SheetProblem("", None, "strata", message))
    return strata, flaw


def read_coded(files: Mapping[str, bytes], scheme: Scheme, units: Units) -> tuple[Coded, list[SheetProblem]]:
    """Return the codes in sheets, given by path, and what in them cannot be used; a coder has the name of the file."""
    problems: list[SheetProblem] = []
    frames = [frame.name for frame in scheme.frames]
    place = units.places()
    sheets = []
    for path, data in sorted(files.items()):
        sheet, of_sheet = read_coder_sheet(PurePath(path).name, data, frames, units, place)
        sheets.append(sheet)
        problems += of_sheet
    coders = _usable(_joined_by_coder(sheets, problems, frames), problems)
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
        message = "No codes: run `snakemake coding_sheet`, and save a filled copy in the folder framing.coding.folder."
        problems.append(SheetProblem("", None, "no-codes", message))
    size = np.array([strata[number] for number in stratum.tolist()], np.intp)
    corpus_rows = np.array([place[key] for key in keys], np.intp)
    return Coded(corpus_rows, list(coders), human, stratum, size, flaw), problems
