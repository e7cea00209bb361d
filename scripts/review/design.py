"""Sampling weights of reviewed units: how many units of the corpus each stands for."""

from collections import Counter
from collections.abc import Iterable, Mapping

import numpy as np
from numpy.typing import NDArray

from scripts.core.arrays import Floats


def nearest_stratum(label: str, others: Iterable[str]) -> str:
    """Return the label that begins with most of the same parts, the first of equals in the alphabet.

    >>> nearest_stratum(".50 to .70 | mixed", [".50 to .70 | direct", ".70 to .85 | mixed"])
    '.50 to .70 | direct'
    """
    parts = label.split(" | ")

    def alike(label: str) -> int:
        same = [part == other_part for part, other_part in zip(parts, label.split(" | "), strict=False)]
        return (same + [False]).index(False)

    return min(others, key=lambda label: (-alike(label), label))


def design(labels: list[str], sizes: Mapping[str, int]) -> tuple[NDArray[np.intp], Floats]:
    """Return the stratum of each reviewed unit as a number, and its weight: stratum size over reviewed units.

    `labels` are those of the units' strata, `sizes` the numbers of units of all strata of the sheet.

    A stratum joins the one whose label is most alike if nothing was reviewed of it, or a single unit of several: one
    unit says nothing of the variance (collapsed strata; Cochran 1977, 5A.12).

    >>> design(["a | x", "a | x", "b | x", "b | x"], {"a | x": 4, "b | x": 9, "a | y": 2})[1].tolist()
    [3.0, 3.0, 4.5, 4.5]
    """
    reviewed = Counter(labels)
    strata = [label for label, n in reviewed.items() if n >= min(2, sizes[label])] or [*reviewed]
    number = {label: at for at, label in enumerate(sorted(strata))}
    if not number:
        return np.array([], np.intp), np.array([])
    into = {label: number.get(label, number[nearest_stratum(label, number)]) for label in sizes}
    stratum = np.array([into[label] for label in labels], np.intp)
    size = np.bincount([*into.values()], [*sizes.values()], len(number))
    return stratum, size[stratum] / np.bincount(stratum, minlength=len(number))[stratum]
