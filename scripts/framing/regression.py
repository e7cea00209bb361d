"""Frames regressed on group, date and kind of speaker, corrected by people's codes (table frame_regression)."""

from collections import Counter
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from scripts.core.arrays import Floats
from scripts.core.stand_ins import NARRATOR
from scripts.framing.coders import Coded
from scripts.framing.machine_codes import MachineCodes
from scripts.framing.places import places
from scripts.framing.schemes import Scheme
from scripts.framing.units import SENTENCE, Units
from scripts.maths.design_based import least_squares, pseudo_outcomes
from scripts.maths.document_shares import agreeing
from scripts.maths.intervals import benjamini_hochberg, student_p, student_quantile
from scripts.maths.ranking import by_frequency

# Fewest coded units for a coefficient of a group or kind of speaker; fewest coded documents (the clusters) for any.
FEWEST_UNITS, FEWEST_DOCUMENTS = 10, 10
_DAYS_A_MONTH = 365.25 / 12
_METHOD = "design-based linear probability model, errors by leaving out documents"


class Covariate(NamedTuple):
    """A column of the design matrix: its kind, its term, the reference category, its value by unit (NaN: unknown)."""

    kind: str
    term: str
    reference: str
    values: Floats


def covariates(units: Units, documents: pd.DataFrame, sentences: pd.DataFrame, quotes: pd.DataFrame) -> list[Covariate]:
    """Return the covariates of the units: group of documents, months since the first date, kind of speaker.

    `documents` has doc_id and date. `sentences` and `quotes` are the tables; only units that are sentences need them.
    The reference categories are the largest group and the narrator.
    """
    columns = []
    group = pd.Series(units.group)
    sizes = Counter(filter(None, units.group))
    if len(sizes) > 1:
        reference = by_frequency(sizes)[0]
        known = np.where(group != "", 0.0, np.nan)
        others = sorted(sizes.keys() - {reference})
        columns += [Covariate("group", name, reference, known + (group == name)) for name in others]
    # Only documents with a complete date have a value.
    dates = pd.to_datetime(documents["date"].str.slice(0, 10), format="%Y-%m-%d", errors="coerce")
    month_of = dict(zip(documents["doc_id"], (dates - dates.min()).dt.days / _DAYS_A_MONTH, strict=True))
    months = np.array([month_of.get(doc_id, np.nan) for doc_id, _ in units.keys], float)
    if len(np.unique(months[~np.isnan(months)])) > 1:
        columns.append(Covariate("date", "one month later", "", months))
    if units.kind == SENTENCE:
        voiced = _voiced(units, sentences, quotes)
        columns += [Covariate("speaker", kind, NARRATOR, values) for kind, values in voiced.items()]
    return columns


def _voiced(units: Units, sentences: pd.DataFrame, quotes: pd.DataFrame) -> dict[str, Floats]:
    """Return, by kind of speaker, 1 for each sentence that a speaker of this kind voices and 0 for the others."""
    kinds = quotes.assign(speaker=quotes["speaker_type"].fillna("").replace("", "unknown"))
    nobody = pd.DataFrame({"doc_id": [], "sentence": [], "label": [], "entity": []})
    where = places(sentences, kinds, nobody)
    voiced = {}
    for number, kind in enumerate(where.names):
        values = np.zeros(len(units.keys))
        values[where.voiced.loc[where.voiced["name"] == number, "sentence"]] = 1
        if kind != NARRATOR:
            voiced[kind] = values
    return voiced


def _estimable(
    columns: list[Covariate], coded: NDArray[np.intp], units: int
) -> tuple[list[Covariate], NDArray[np.bool_]]:
    """Return the covariates with enough coded units, and a mask of the units that the regression covers.

    It does not cover units of groups with too few coded units, nor units without a group or date.
    """
    inside = np.ones(units, bool)
    estimable = []
    for column in columns:
        if column.kind == "date" or (column.values[coded] == 1).sum() >= FEWEST_UNITS:
            estimable.append(column)
            inside &= ~np.isnan(column.values)
        elif column.kind == "group":
            inside &= column.values == 0
    return estimable, inside


def regression(
    coded: Coded, scheme: Scheme, units: Units, machine: MachineCodes, columns: list[Covariate]
) -> pd.DataFrame:
    """Return the table frame_regression: the change in the share of units with a frame, by covariate.

    The estimates are coefficients of one linear probability model with all covariates, fitted to the machine's values
    corrected by the human codes (Egami et al. 2023); `machine_alone` has the coefficients from the uncorrected values.
    q is p after Benjamini and Hochberg over the table. A frame has no rows if there are no covariates, too few coded
    documents, or a sampling design that cannot be used.
    """
    agreed, rows = coded.agreed(), []
    cluster = pd.factorize(np.array([doc_id for doc_id, _ in units.keys], object))[0]
    for at, frame in enumerate(scheme.frames):
        known = ~np.isnan(agreed[:, at])
        terms, inside = _estimable(columns, coded.row[known], len(units.keys))
        if coded.flaw or not terms or len(np.unique(cluster[coded.row[known]])) < FEWEST_DOCUMENTS:
            continue
        human, weight = np.full(len(units.keys), np.nan), np.zeros(len(units.keys))
        human[coded.row[known]], weight[coded.row[known]] = agreed[known, at], coded.weights(known)
        # A coded unit gets its value from a model that has not seen its code.
        values = machine.corpus[:, at].copy()
        values[coded.row[known]] = machine.coded[known, at]
        design = np.column_stack([np.ones(len(values)), *(term.values for term in terms)])[inside]
        outcome = pseudo_outcomes(values, human, weight)
        beta, error, degrees = least_squares(outcome[inside], design, cluster[inside])
        alone = least_squares(machine.corpus[inside, at], design, cluster[inside]).coefficients
        is_coded = ~np.isnan(human) & inside
        degrees = np.minimum(degrees, max(1, len(np.unique(cluster[is_coded])) - 1))
        p = np.where(error > 0, student_p(beta / np.where(error > 0, error, 1), degrees), np.nan)
        half = student_quantile(degrees) * error
        lo, hi = agreeing(beta, (beta - half, beta + half), p)
        for number, term in enumerate(terms, 1):
            row = {
                "scheme": scheme.name,
                "frame": frame.name,
                "covariate": term.kind,
                "term": term.term,
                "reference": term.reference,
                "unit": units.kind,
                "n_units": int(inside.sum()),
                "n": int(is_coded.sum()),
                "estimate": beta[number],
                "lo": lo[number],
                "hi": hi[number],
                "p": p[number],
                "machine_alone": alone[number],
                "machine_codes": machine.name[at],
                "method": _METHOD,
            }
            rows.append(row)
    table = pd.DataFrame(rows)
    return table.assign(q=benjamini_hochberg(table["p"].to_numpy(float))) if rows else table
