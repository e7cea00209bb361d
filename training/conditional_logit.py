"""Conditional logistic regression: weights of the evidence for choosing one of several alternatives.

The probability of an alternative is proportional to the exponential of the weighted sum of its evidence (McFadden 1974,
Conditional logit analysis of qualitative choice behavior).
"""

from collections.abc import Mapping, Sequence

import numpy as np

# The evidence for each alternative, and the number of the right one.
Choice = tuple[Sequence[Mapping[str, float]], int]


def fitted(choices: Sequence[Choice], *, penalty: float = 1.0, steps: int = 60) -> dict[str, float]:
    """Return the weight of each kind of evidence, by Newton's method with a quadratic penalty."""
    kinds = sorted({kind for alternatives, _ in choices for each in alternatives for kind in each})
    place = {kind: at for at, kind in enumerate(kinds)}
    rows = np.zeros((sum(len(alternatives) for alternatives, _ in choices), len(kinds)))
    choice, right, at = [], [], 0
    for number, (alternatives, chosen) in enumerate(choices):
        right.append(at + chosen)
        for each in alternatives:
            rows[at, [place[kind] for kind in each]] = list(each.values())
            choice.append(number)
            at += 1
    group, n = np.array(choice), len(choices)
    weights = np.zeros(len(kinds))
    for _ in range(steps):
        points = rows @ weights
        top = np.full(n, -np.inf)
        np.maximum.at(top, group, points)
        odds = np.exp(points - top[group])
        odds /= np.bincount(group, odds, n)[group]
        gradient = rows[right].sum(axis=0) - odds @ rows - penalty * weights
        mean = np.zeros((n, len(kinds)))
        np.add.at(mean, group, odds[:, None] * rows)
        curvature = (rows * odds[:, None]).T @ rows - mean.T @ mean + penalty * np.eye(len(kinds))
        step = np.linalg.solve(curvature, gradient)
        weights += step
        if np.abs(step).max() < 1e-8:
            break
    return dict(zip(kinds, weights.tolist(), strict=True))
