"""The score of a candidate: a logistic model over readable features, with its weights in workflow/lexicons."""

import math
from collections.abc import Mapping, Sequence
from functools import cache

from scripts.core.lexicons import LEXICONS
from scripts.quotes.candidates import Candidate
from scripts.quotes.context import Context
from scripts.quotes.features import Cue, candidate_names

WEIGHTS = "quote_weights.tsv"


@cache
def weights() -> dict[str, float]:
    """{feature: weight} from workflow/lexicons; `bias` among them, and `slope` and `intercept` of the calibration."""
    lines = (LEXICONS / WEIGHTS).read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {feature: float(weight) for feature, weight in rows}


def cue_score(cue: Cue, table: Mapping[str, float]) -> float:
    """The log-odds of a cue before its candidates are looked at."""
    get = table.get
    return table["bias"] + sum([get(name, 0.0) for name in cue.names])


def scores(ctx: Context, found: Sequence[Candidate], cue: Cue, table: Mapping[str, float]) -> list[float]:
    """The log-odds of the candidates of one cue.

    A feature of the cue counts once for all shapes, and once more for the candidate's own shape.
    """
    get = table.get
    base = cue_score(cue, table)
    shapes = {candidate.shape for candidate in found}
    of_shape = {shape: base + sum([get(f"{shape}|{name}", 0.0) for name in cue.names]) for shape in shapes}
    return [of_shape[c.shape] + sum([get(name, 0.0) for name in candidate_names(ctx, c, cue)]) for c in found]


def confidence(score: float, table: Mapping[str, float]) -> float:
    """The calibrated probability of an attribution with this score (Platt scaling)."""
    return 1.0 / (1.0 + math.exp(-(table["slope"] * score + table["intercept"])))


def threshold(probability: float, table: Mapping[str, float]) -> float:
    """The score whose calibrated probability is `probability`; the inverse of `confidence`."""
    if not 0.0 < probability < 1.0:
        return -math.inf if probability <= 0.0 else math.inf
    return (math.log(probability / (1.0 - probability)) - table["intercept"]) / table["slope"]
