"""The reader `rules`: candidates rated by a logistic model over readable features, its weights in workflow/lexicons."""

from collections.abc import Mapping, Sequence
from functools import cache

from scripts.attribution.candidates import Rated, propose
from scripts.attribution.described_cues import Cue
from scripts.attribution.features import attitude_features, candidate_features
from scripts.attribution.marked import MarkedDoc
from scripts.core.lexicons import tab_rows

WEIGHTS, ATTITUDE_WEIGHTS = "quote_weights.tsv", "attitude_weights.tsv"
Weights = Mapping[str, float]
# Two in five cues of speech, and seven in ten of attitudes, score less than this by themselves; of what would be chosen
# hardly more than 1 % is theirs.
_HOPELESS, _NO_ATTITUDE = -2.25, -3.1


@cache
def weights(file: str = WEIGHTS) -> Weights:
    """Return {feature: weight} from workflow/lexicons; also `bias`, the log-odds without any feature."""
    return {feature: float(weight) for feature, weight in tab_rows(file)}


def _cue_score(cue: Cue, table: Weights) -> float:
    """Return the log-odds of a cue before its candidates are looked at."""
    get = table.get
    return table["bias"] + sum([get(name, 0.0) for name in cue.features])


def rate(
    marked: MarkedDoc, cues: Sequence[Cue], table: Weights | None = None, *, least: float = _HOPELESS
) -> list[Rated]:
    """Return the cues that may have a candidate of some score, each with its candidates and their log-odds.

    `table` are other weights than the shipped ones. For cues with less than `least` by themselves, which are left out,
    it is not worth the cost to propose any. A feature of the cue counts once for all shapes, and once more for the
    candidate's own shape.
    """
    table = weights() if table is None else table
    return [_rated(marked, cue, table) for cue in cues if _cue_score(cue, table) >= least]


def rate_both(marked: MarkedDoc, cues: Sequence[Cue], attitude_cues: Sequence[Cue]) -> tuple[list[Rated], list[Rated]]:
    """Return the rated cues of speech, as `rate`, and the cues of attitudes, rated by the weights learned for these."""
    return rate(marked, cues), rate_attitudes(marked, attitude_cues, weights(ATTITUDE_WEIGHTS))


def rate_attitudes(marked: MarkedDoc, cues: Sequence[Cue], table: Weights) -> list[Rated]:
    """Return cues with candidates and the log-odds of these as attitudes, by the features of speech and their own."""
    described = [cue._replace(features=cue.features + attitude_features(cue)) for cue in cues]
    return rate(marked, described, table, least=_NO_ATTITUDE)


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
