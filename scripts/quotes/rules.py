"""The reader `rules`: candidates rated by a logistic model over readable features, its weights in workflow/lexicons."""

from collections.abc import Mapping, Sequence
from functools import cache

from scripts.core.lexicons import tab_rows
from scripts.quotes.candidates import Rated, propose
from scripts.quotes.described_cues import Cue
from scripts.quotes.features import candidate_features
from scripts.quotes.marked import MarkedDoc

WEIGHTS = "quote_weights.tsv"
Weights = Mapping[str, float]
# Two in five cues score less than this by themselves, and less than 1 % of what would be chosen is theirs.
_HOPELESS = -2.25


@cache
def weights() -> Weights:
    """Return {feature: weight} from workflow/lexicons; also `bias`, the log-odds without any feature."""
    return {feature: float(weight) for feature, weight in tab_rows(WEIGHTS)}


def _cue_score(cue: Cue, table: Weights) -> float:
    """Return the log-odds of a cue before its candidates are looked at."""
    get = table.get
    return table["bias"] + sum([get(name, 0.0) for name in cue.features])


def rate(marked: MarkedDoc, cues: Sequence[Cue], table: Weights | None = None) -> list[Rated]:
    """Return the cues that may have a candidate of some score, each with its candidates and their log-odds.

    `table` are other weights than the shipped ones. For the cues left out it is not worth the cost to propose any. A
    feature of the cue counts once for all shapes, and once more for the candidate's own shape.
    """
    table = weights() if table is None else table
    return [_rated(marked, cue, table) for cue in cues if _cue_score(cue, table) >= _HOPELESS]


def _rated(marked: MarkedDoc, cue: Cue, table: Weights) -> Rated:
    get = table.get
    base = _cue_score(cue, table)
    candidates = propose(marked, cue)
    shapes = {candidate.shape for candidate in candidates}
    of_shape = {shape: base + sum([get(f"{shape}|{name}", 0.0) for name in cue.features]) for shape in shapes}
    scores = [
        of_shape[candidate.shape] + sum([get(name, 0.0) for name in candidate_features(marked, candidate, cue)])
        for candidate in candidates
    ]
    return Rated(cue, candidates, scores)
