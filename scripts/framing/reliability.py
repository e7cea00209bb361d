"""The corpus step of people's codes: agreement, confusion, precision of terms, corrected shares, regression, problems.

Makes the tables frame_reliability, frame_confusion and frame_term_precision; frame_corrected, frame_regression and
frame_coding_problems come from corrected.py, regression.py and coders.py.
"""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from scripts.core.arrays import Floats
from scripts.core.encoded import as_table
from scripts.core.options import path_options
from scripts.core.planned import planned_hashes, read_files
from scripts.core.statements import speech
from scripts.core.storage import read_parquet, read_settings, rows_to_table
from scripts.core.tables import read_analysed, write_table
from scripts.framing.coders import Coded, read_coded
from scripts.framing.corrected import corrected
from scripts.framing.machine_codes import MachineCodes, dictionary, folds_of, from_file, narrowest
from scripts.framing.people_sheets import SheetProblem
from scripts.framing.regression import covariates, regression
from scripts.framing.schemes import Scheme, coding_scheme
from scripts.framing.sheet_files import DICTIONARY
from scripts.framing.units import SENTENCE, WHOLE_ARTICLE, Units, read_units
from scripts.maths.agreement import alpha, alpha_interval
from scripts.maths.intervals import wilson
from scripts.maths.survey import accuracy, share_interval

_ALPHA = "Krippendorff's nominal alpha, bootstrap over units"
_WEIGHTED = "weighted to the corpus, stratified; interval on the logit scale"
# Krippendorff 2004, Content Analysis, p. 241.
_VERDICTS = (
    (0.8, ".80 or more: reliable"),
    (0.667, ".667 to .80: for tentative conclusions only"),
    (-np.inf, "below .667: not fit for conclusions"),
)


def verdict(value: float) -> str:
    """Return Krippendorff's verdict on an alpha of this size (2004, p. 241); "" where it is not defined.

    >>> verdict(0.7)
    '.667 to .80: for tentative conclusions only'
    """
    return next((text for least, text in _VERDICTS if value >= least), "")


def _as_codes(columns: Floats) -> list[list[int | None]]:
    return [[None if np.isnan(value) else int(value) for value in row] for row in columns]


def _alpha_row(codes: list[list[int | None]]) -> dict[str, Any]:
    codes = [unit for unit in codes if sum(code is not None for code in unit) > 1]
    lo, hi = alpha_interval(codes)
    value = alpha(codes)
    return {"n": len(codes), "estimate": value, "lo": lo, "hi": hi, "method": _ALPHA, "verdict": verdict(value)}


def reliability(coded: Coded, scheme: Scheme, machine: Floats) -> pd.DataFrame:
    """Return the table frame_reliability: alpha between coders; alpha, precision, recall and F1 of the machine.

    `machine` has the dictionary's codes of the coded units by frame. The human code of a unit is that of the majority
    of its coders; a unit on which they are evenly split is left out. Precision, recall and F1 use the sampling weights.
    """
    rows = []
    agreed = coded.agreed()
    for at, frame in enumerate(scheme.frames):
        head = {"scheme": scheme.name, "frame": frame.name}
        if len(coded.coders) > 1:
            rows.append({**head, "measure": "alpha, coders", **_alpha_row(_as_codes(coded.human[:, :, at]))})
        clear = ~np.isnan(agreed[:, at]) & (agreed[:, at] != 0.5)
        human, codes, weight = np.round(agreed[clear, at]), machine[clear, at], coded.weights(clear)
        rows.append({**head, "measure": "alpha, machine", **_alpha_row(_as_codes(np.column_stack([human, codes])))})
        missed = human * (1 - codes)
        stratum = coded.stratum[clear].astype(np.int64)
        estimates = accuracy(human * codes, codes * (1 - human), missed, weight, stratum, places=1 - codes)
        for name, estimate in zip(("precision", "recall", "F1"), estimates, strict=True):
            lo, hi = share_interval(estimate)
            numbers = {"n": len(human), "estimate": estimate.value, "lo": lo, "hi": hi, "method": _WEIGHTED}
            rows.append({**head, "measure": name, **numbers, "verdict": ""})
    return pd.DataFrame(rows)


def confusion(coded: Coded, scheme: Scheme, machine: Floats) -> pd.DataFrame:
    """Return the table frame_confusion: coded units by the machine's code and the majority code."""
    agreed = coded.agreed()
    rows = []
    for at, frame in enumerate(scheme.frames):
        human, codes = agreed[:, at], machine[:, at] == 1
        yes, no = human > 0.5, human < 0.5
        counts = [(codes & yes).sum(), (codes & no).sum(), (~codes & yes).sum(), (~codes & no).sum()]
        rows.append((scheme.name, frame.name, *map(int, counts), int((human == 0.5).sum())))
    return pd.DataFrame(rows, columns=["scheme", "frame", "both", "machine_only", "human_only", "neither", "split"])


def term_precision(coded: Coded, scheme: Scheme, units: Units, codes: pd.DataFrame) -> pd.DataFrame:
    """Return the table frame_term_precision: the share of coded units with a hit of a term that have the term's frame.

    `codes` is the table frame_codes. The share is that of the sample, not weighted to the corpus.
    """
    names = [frame.name for frame in scheme.frames]
    place = {units.keys[row]: at for at, row in enumerate(coded.row.tolist())}
    rows = codes[codes["scheme"] == scheme.name]
    sentences = rows["sentence"] if units.kind == SENTENCE else [WHOLE_ARTICLE] * len(rows)
    of_units = [place.get(key, -1) for key in zip(rows["doc_id"], sentences, strict=True)]
    hits = rows.assign(unit=of_units).query("unit >= 0").drop_duplicates(["frame", "term", "unit"])
    frames = pd.Index(names).get_indexer(pd.Index(hits["frame"]))
    human = coded.agreed()[hits["unit"].to_numpy(np.intp), frames]
    hits = hits.assign(known=~np.isnan(human), right=human > 0.5)
    table = hits.groupby(["frame", "term"], as_index=False).agg(n=("known", "sum"), right=("right", "sum"))
    lo, hi = wilson(table["right"], table["n"])
    with_share = table.assign(estimate=table["right"] / table["n"], lo=lo, hi=hi)
    return with_share.assign(scheme=scheme.name, method="Wilson over coded units")


def _machines(
    names: list[str], files: dict[str, bytes], units: Units, coded: Coded, scheme: Scheme
) -> tuple[list[MachineCodes], list[SheetProblem]]:
    """Return the usable machines of framing.coding.machines (the dictionary if none is usable), and the problems."""
    fold, frames = folds_of(units, coded), [frame.name for frame in scheme.frames]
    machines, problems = [], []
    for name in names:
        if name == DICTIONARY:
            machines.append(dictionary(units, coded, fold))
        elif name not in files:
            message = "The file was left out before the run. Do what the table problems says about it."
            problems.append(SheetProblem(name, None, "machine", message))
        else:
            machine, of_file = from_file(name, files[name], frames, units, coded)
            problems += of_file
            machines += [machine] if machine else []
    return machines or [dictionary(units, coded, fold)], problems


def _from_projects(paths: Iterable[str]) -> tuple[dict[str, bytes], list[SheetProblem]]:
    """Return the sheets that `scripts.projects.sheets` made from projects, and the problems that it met."""
    sheets: dict[str, bytes] = {}
    problems = []
    for path in paths:
        made = json.loads(Path(path).read_text(encoding="utf-8"))
        sheets |= {name: text.encode() for name, text in made["sheets"].items()}
        problems += [SheetProblem(*each) for each in made["problems"]]
    return sheets, problems


def main() -> None:
    """Read the coders' sheets and the tables of the corpus; write how people's codes compare with the machine's."""
    options = path_options(main.__doc__, "settings", "folder", "files", lists=["projects"])
    settings = read_settings(options.settings)
    scheme = coding_scheme(settings["framing"], planned_hashes(options.settings))
    coding = settings["framing"]["coding"]
    units = read_units(options.folder, scheme, kind=coding["unit"])
    sheets, of_projects = _from_projects(options.projects)
    coded, problems = read_coded(read_files(options.files, "sheet") | sheets, scheme, units)
    machines, unusable = _machines(coding["machines"], read_files(options.files, "machine"), units, coded, scheme)
    fold = folds_of(units, coded)
    machine = narrowest(machines, coded, fold)
    codes = dictionary(units, coded, fold).coded
    documents = read_analysed(options.folder, "documents", ["doc_id", "date"]).to_pandas()
    sentences = read_analysed(options.folder, "sentences", ["doc_id", "sentence", "start", "end"]).to_pandas()
    columns = ["doc_id", "type", "content_spans", "speaker_type"]
    quotes = speech(read_analysed(options.folder, "quotes", columns)).to_pandas()
    frame_codes = read_parquet(options.folder / "frame_codes.parquet").to_pandas()
    tables = {
        "frame_reliability": reliability(coded, scheme, codes),
        "frame_confusion": confusion(coded, scheme, codes),
        "frame_term_precision": term_precision(coded, scheme, units, frame_codes),
        "frame_corrected": corrected(coded, scheme, units, machine),
        "frame_regression": regression(coded, scheme, units, machine, covariates(units, documents, sentences, quotes)),
    }
    for name, rows in tables.items():
        write_table(options.folder, name, as_table(name, rows), **settings["tables"])
    every_problem = (each._asdict() for each in problems + of_projects + unusable)
    problem_rows = rows_to_table("frame_coding_problems", every_problem)
    write_table(options.folder, "frame_coding_problems", problem_rows, **settings["tables"])
