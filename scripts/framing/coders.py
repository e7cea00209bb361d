"""The coders' filled sheets: read, checked against the sentences of the corpus, and joined with the machine's codes."""

import csv
import io
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import numpy as np

from scripts.core.storage import unescape_cell
from scripts.framing.sampling import UNIT_COLUMNS, Key
from scripts.framing.schemes import Scheme
from scripts.maths.intervals import Floats

_YES = frozenset(["1", "1.0", "yes", "y", "true", "x"])
_NO = frozenset(["0", "0.0", "no", "n", "false"])


class Coded(NamedTuple):
    """The coded units (rows) of a scheme: codes by coder and frame (NaN where missing), the machine's, the strata.

    `corpus_sizes` are the numbers of sentences of the corpora that the sheets were drawn from: one, if all is well.
    """

    units: list[Key]
    coders: list[str]
    human: Floats
    machine: Floats
    stratum: np.ndarray
    stratum_size: np.ndarray
    corpus_sizes: set[int]


class Line(NamedTuple):
    """A coded line of a sheet."""

    codes: list[float]
    corpus_size: int
    stratum: int
    stratum_size: int


def weights(coded: Coded, known: np.ndarray) -> Floats:
    """How many sentences of the corpus each of the `known` units (a mask) stands for: its stratum's, shared out."""
    stratum = coded.stratum[known]
    return coded.stratum_size[known] / np.bincount(stratum)[stratum] if known.any() else np.zeros(0)


def _decode(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _code(cell: str, where: str) -> float:
    value = cell.strip().lower()
    if value and value not in _YES and value not in _NO:
        raise ValueError(f"{where}: '{cell.strip()}' is neither 1 nor 0. Empty means not coded.")
    return float(value in _YES) if value else np.nan


def read_sheet(path: Path, scheme: Scheme, texts: dict[Key, str]) -> dict[Key, Line]:
    """A coder's sheet: each coded sentence with its codes in the order of the scheme's frames.

    `texts` are the sentences of the corpus. Raises ValueError, naming the file and the line, if a column is missing, a
    cell is neither 1 nor 0 nor empty, or a sentence is no longer the one that was coded.
    """
    text = _decode(path.read_bytes())
    delimiter = max(",;\t", key=text.split("\n", 1)[0].count)
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)
    names = [frame.name for frame in scheme.frames]
    missing = [name for name in (*UNIT_COLUMNS, *names) if name not in (reader.fieldnames or [])]
    if missing:
        raise ValueError(
            f"{path.name}: no column {', '.join(missing)}. Fill a copy of coding_sheet.csv of this scheme."
        )
    found = {}
    for row in reader:
        where = f"{path.name}, line {reader.line_num}"
        codes = [_code(row[name] or "", where) for name in names]
        if np.isnan(codes).all():
            continue
        try:
            number, *sizes = (int(row[name]) for name in ("sentence", "corpus_size", "stratum", "stratum_size"))
        except ValueError:
            raise ValueError(f"{where}: sentence, corpus_size, stratum, stratum_size are not as they were.") from None
        key = (unescape_cell(row["doc_id"]), number)
        if " ".join(texts.get(key, "").split()) != " ".join(unescape_cell(row["text"]).split()):
            raise ValueError(
                f"{where}: the sentence is not in the corpus (any more) as it was coded. Put its document back, or "
                "delete the line."
            )
        found[key] = Line(codes, *sizes)
    return found


def read_coded(
    paths: Iterable[Path], scheme: Scheme, texts: dict[Key, str], present: set[tuple[str, int, str]]
) -> Coded:
    """All sheets together; the coder's name is the file's. `present` are (doc_id, sentence, frame) of the machine.

    Raises ValueError if a sheet is faulty or none of them has a code.
    """
    sheets = {path.stem: read_sheet(path, scheme, texts) for path in sorted(paths)}
    units = sorted(set().union(*sheets.values()))
    if not units:
        raise ValueError(
            "No codes yet: run `snakemake coding_sheet`, save a filled copy of the sheet in the folder that "
            "framing.coding.folder names, and run this again."
        )
    human = np.full((len(units), len(sheets), len(scheme.frames)), np.nan)
    place = {key: at for at, key in enumerate(units)}
    stratum, size = np.zeros((2, len(units)), int)
    for coder, sheet in enumerate(sheets.values()):
        for key, line in sheet.items():
            human[place[key], coder] = line.codes
            stratum[place[key]], size[place[key]] = line.stratum, line.stratum_size
    corpora = {line.corpus_size for sheet in sheets.values() for line in sheet.values()}
    machine = np.array([[(*key, frame.name) in present for frame in scheme.frames] for key in units], float)
    return Coded(units, list(sheets), human, machine, stratum, size, corpora)
