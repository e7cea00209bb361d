"""Sampling weights of reviewed units: how many units of the corpus each stands for."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from scripts.core.arrays import Floats


class Design(NamedTuple):
    """The stratum of each reviewed unit by number, and its weight: size of the stratum over its reviewed units."""

    stratum: NDArray[np.intp]
    weight: Floats


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


def design(labels: list[str], sizes: Mapping[str, int]) -> Design:
    """Return the design of units by the labels of their strata; `sizes` are those of all strata of the sheet.

    A stratum of which nothing was reviewed joins the one whose label is most alike.

    >>> design(["a | x", "a | x", "b | x"], {"a | x": 4, "b | x": 9, "a | y": 2}).weight.tolist()
    [3.0, 3.0, 9.0]
    """
    reviewed = Counter(labels)
    joined = dict.fromkeys(sorted(reviewed), 0)
    for label, size in sizes.items():
        joined[label if label in reviewed else nearest_stratum(label, joined)] += size
    number = {label: at for at, label in enumerate(joined)}
    weight = np.array([joined[label] / reviewed[label] for label in labels], float)
    return Design(np.array([number[label] for label in labels], np.intp), weight)
