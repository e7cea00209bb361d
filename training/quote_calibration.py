"""Fit the calibration of attributions, and measure it on outlets that were left out."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from scripts.attribution.calibration import TERMS

Floats = NDArray[np.float64]
Weights = tuple[float, ...]

# scikit-learn's C (the inverse strength of the ridge penalty), and the weight of a prediction for world news. Chosen by
# cross-validation of the log loss, by outlets and by articles.
_C = 0.3
_WORLD = 2.0
_BINS = 10


class Judged(NamedTuple):
    """A prediction for calibration: outlet, construction, terms (TERMS), and True if the gold agrees."""

    outlet: str
    construction: str
    terms: tuple[float, ...]
    right: bool


def fit_weights(judged: Sequence[Judged], *, world: Sequence[Judged] = ()) -> Weights:
    """Return the fitted weights of TERMS; `world` are predictions for world news."""
    rows = [*judged, *world]
    values = np.array([item.terms for item in rows])[:, 1:]
    mean, scale = values.mean(0), values.std(0) + 1e-9
    counts = [1.0] * len(judged) + [_WORLD] * len(world)
    model = LogisticRegression(C=_C, max_iter=3000)
    model.fit((values - mean) / scale, [item.right for item in rows], sample_weight=counts)
    weights = model.coef_[0] / scale
    constant = float(model.intercept_[0] - weights @ mean)
    return tuple(round(value, 3) for value in (constant, *weights.tolist()))


def confidences(judged: Sequence[Judged], weights: Weights) -> Floats:
    """Return the probability that each prediction is right."""
    odds: Floats = np.array([item.terms for item in judged]) @ np.array(weights)
    return 1.0 / (1.0 + np.exp(-odds))


def fit_weights_without(judged: Sequence[Judged], outlet: str) -> Weights:
    """Return the weights fitted to the predictions for all outlets but one."""
    return fit_weights([item for item in judged if item.outlet != outlet])


def cross_validated_confidences(judged: Sequence[Judged]) -> Floats:
    """Return the probability of each prediction, from weights fitted to the other outlets."""
    values = np.zeros(len(judged))
    outlets = np.array([item.outlet for item in judged])
    for outlet in sorted(set(outlets.tolist())):
        weights = fit_weights_without(judged, outlet)
        values[outlets == outlet] = confidences([item for item in judged if item.outlet == outlet], weights)
    return values


def calibration_error(confidence: Floats, right: Floats) -> float:
    """Return the expected calibration error over ten bins of equal width (Naeini, Cooper & Hauskrecht 2015).

    >>> round(calibration_error(np.array([0.9, 0.9, 0.2, 0.2]), np.array([1.0, 0.0, 0.0, 0.0])), 6)
    0.3
    """
    bins = np.minimum((confidence * _BINS).astype(int), _BINS - 1)
    gaps = np.bincount(bins, confidence, _BINS) - np.bincount(bins, right, _BINS)
    return float(np.abs(gaps).sum() / len(confidence))


def error_within(constructions: NDArray[np.str_], confidence: Floats, right: Floats) -> float:
    """Return the mean of the constructions' calibration errors, weighted by their numbers of predictions."""
    errors = 0.0
    for name in np.unique(constructions):
        mask = constructions == name
        errors += float(mask.mean()) * calibration_error(confidence[mask], right[mask])
    return errors


def by_chance(confidence: Floats, error: Callable[[Floats], float], *, draws: int = 400) -> Floats:
    """Return the errors of the confidences in random samples for which they are perfectly calibrated.

    `error` takes an array with 1 for the predictions that are right in a sample and 0 for the others.
    """
    random = np.random.default_rng(1)
    samples = random.random((draws, len(confidence))) < confidence
    return np.array([error(sample.astype(float)) for sample in samples])


def calibration_file(weights: Weights) -> str:
    """Return the text of the table of weights."""
    text = [
        "# Log-odds that an attribution is right: the weight of each term (scripts/attribution/calibration.py).",
        "# Fitted to predictions for unseen outlets of PolNeAR 1.0, train part, and for the half of Wikinews to learn",
        "# from; python -m training.calibrate writes them.",
        "term\tweight",
    ]
    text += [f"{term}\t{weight:g}" for term, weight in zip(TERMS, weights, strict=True)]
    return "\n".join(text) + "\n"
