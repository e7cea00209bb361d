"""The leading speakers: those with the most attributed words."""

from pathlib import Path
from typing import NamedTuple

import numpy as np
import pyarrow.compute as pc
from numpy.typing import NDArray

from scripts.core.statements import is_class, read_speech


class Spoken(NamedTuple):
    """The named or described speakers in the order in which they are first quoted, with the words of each: all those
    attributed (`words`), and those in quotation marks (`quoted`)."""

    names: list[str]
    words: NDArray[np.int64]
    quoted: NDArray[np.int64]


def read_spoken(path: Path) -> Spoken:
    """Return the speakers of the table quotes at `path`, with their words."""
    quotes = read_speech(path, ["speaker", "n_words", "n_quoted"], dictionaries=["type", "speaker"])
    attributed = quotes.filter(pc.not_equal(quotes["speaker"], "")).unify_dictionaries()
    sums = attributed.group_by("speaker", use_threads=False).aggregate([("n_words", "sum"), ("n_quoted", "sum")])
    return Spoken(sums["speaker"].to_pylist(), sums["n_words_sum"].to_numpy(), sums["n_quoted_sum"].to_numpy())


def leading_speakers(spoken: Spoken, most: int) -> list[str]:
    """Return the `most` leading speakers, as ordered in the table speakers: by words, then words in quotation marks.

    A class of sources without a name is not a speaker.

    >>> leading_speakers(Spoken(["Bo", "Ann", "Cy"], np.array([3, 3, 9]), np.array([0, 0, 1])), 2)
    ['Cy', 'Ann']
    """
    ranked = sorted(zip(-spoken.words, -spoken.quoted, spoken.names, strict=True))
    return [name for *_, name in ranked if not is_class(name)][:most]
