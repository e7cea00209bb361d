"""Fit the calibration of attributions by construction, and measure it on outlets left out."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from scripts.attribution.calibration import CalibrationLine, confidence
from scripts.attribution.choice import CONSTRUCTIONS

Floats = NDArray[np.float64]

# scikit-learn's C, the inverse of the strength of the ridge: rare constructions stay near the line of all.
_C = 0.1
# A line that hardly rises could not be inverted.
_LEAST_SLOPE = 0.05
_BINS = 10


class Judged(NamedTuple):
    """A prediction in calibration: its outlet, its construction, its score and whether the gold agrees."""

    outlet: str
    construction: str
    score: float
    right: bool


def _features(judged: Sequence[Judged]) -> Floats:
    score = np.array([item.score for item in judged])
    line = np.column_stack([score, np.maximum(score, 0.0)])
    constant = np.ones((len(judged), 1))
    masks = [np.array([[item.construction == name] for item in judged], float) for name in CONSTRUCTIONS]
    return np.hstack([line, *(mask * np.hstack([constant, line]) for mask in masks)])


def fit_lines(judged: Sequence[Judged]) -> dict[str, CalibrationLine]:
    """Return {construction: line}: the line of all predictions plus what each construction needs besides."""
    model = LogisticRegression(C=_C, max_iter=3000).fit(_features(judged), [item.right for item in judged])
    slope, bend, *own = model.coef_[0].tolist()
    lines = {}
    for number, name in enumerate(CONSTRUCTIONS):
        constant, own_slope, own_bend = own[3 * number : 3 * number + 3]
        below = max(_LEAST_SLOPE, slope + own_slope)
        above = max(_LEAST_SLOPE, slope + own_slope + bend + own_bend)
        lines[name] = CalibrationLine(
            *(round(value, 3) for value in (float(model.intercept_[0]) + constant, below, above))
        )
    return lines


def confidences(judged: Sequence[Judged], lines: Mapping[str, CalibrationLine]) -> Floats:
    """Return the probability of each prediction."""
    return np.array([confidence(item.score, lines[item.construction]) for item in judged])


def fit_lines_without(judged: Sequence[Judged], outlet: str) -> dict[str, CalibrationLine]:
    """Return the lines fitted to the predictions for all other outlets."""
    return fit_lines([item for item in judged if item.outlet != outlet])


def cross_validated_confidences(judged: Sequence[Judged]) -> Floats:
    """Return the probability of each prediction, from lines fitted to the other outlets."""
    values = np.zeros(len(judged))
    outlets = np.array([item.outlet for item in judged])
    for outlet in sorted(set(outlets.tolist())):
        lines = fit_lines_without(judged, outlet)
        values[outlets == outlet] = confidences([item for item in judged if item.outlet == outlet], lines)
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
    """Return the mean of the calibration errors of the constructions, by their predictions."""
    errors = 0.0
    for name in np.unique(constructions):
        mask = constructions == name
        errors += float(mask.mean()) * calibration_error(confidence[mask], right[mask])
    return errors


def by_chance(confidence: Floats, error: Callable[[Floats], float], *, draws: int = 400) -> Floats:
    """Return the errors that confidences show in samples for which they are perfectly calibrated.

    `error` takes which predictions of a sample are right.
    """
    random = np.random.default_rng(1)
    samples = random.random((draws, len(confidence))) < confidence
    return np.array([error(sample.astype(float)) for sample in samples])


def calibration_file(lines: Mapping[str, CalibrationLine]) -> str:
    """Return the text of the table of lines."""
    text = [
        "# Log-odds that an attribution is right, by construction: at score 0, and slopes below and above it.",
        "# Fitted to predictions for unseen outlets of PolNeAR 1.0, train part;",
        "# python -m training.encoder_scorer writes them.",
        "construction\tat_zero\tbelow\tabove",
    ]
    text += ["\t".join([name, *(f"{value:g}" for value in lines[name])]) for name in sorted(lines)]
    return "\n".join(text) + "\n"
