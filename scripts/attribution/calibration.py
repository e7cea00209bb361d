"""Calibration: from the score of an attribution to the probability that it is right, for each construction.

The log-odds of the probability are a line in the score with a bend at 0, fitted to predictions for outlets that the
weights had not seen (`training.quote_calibration`).
"""

import math
from functools import cache
from typing import NamedTuple

from scripts.core.lexicons import tab_rows

# The file of each reader.
CALIBRATION = {"light": "light_calibration.tsv", "encoder": "encoder_calibration.tsv"}


class CalibrationLine(NamedTuple):
    """Log-odds at score 0, and the slopes for scores below and above it; both slopes are positive."""

    at_zero: float
    below: float
    above: float


@cache
def calibration(reader: str) -> dict[str, CalibrationLine]:
    """Return {construction: line} for the scores of a reader, from workflow/lexicons."""
    return {
        construction: CalibrationLine(*map(float, numbers))
        for construction, *numbers in tab_rows(CALIBRATION[reader])[1:]
    }


def confidence(score: float, line: CalibrationLine) -> float:
    """Return the probability of an attribution with this score.

    >>> round(confidence(2.0, CalibrationLine(0.0, 1.0, 0.5)), 3)
    0.731
    """
    log_odds = line.at_zero + (line.below if score < 0 else line.above) * score
    return 1.0 / (1.0 + math.exp(-log_odds))


def threshold(probability: float, line: CalibrationLine) -> float:
    """Return the score whose probability is `probability`; the inverse of `confidence`."""
    if not 0.0 < probability < 1.0:
        return -math.inf if probability <= 0.0 else math.inf
    distance = math.log(probability / (1.0 - probability)) - line.at_zero
    return distance / (line.below if distance < 0 else line.above)
