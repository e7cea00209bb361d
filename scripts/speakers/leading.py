"""The leading speakers: those with the most attributed words, summed in stretches of rows of the table quotes."""

from pathlib import Path
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from scripts.core.statements import is_class, speech
from scripts.core.storage import open_parquet
from scripts.core.text_values import looked_up

_COLUMNS = ["type", "speaker", "n_words", "n_quoted"]
# Rows read at a time.
_ROWS = 200_000


class Spoken(NamedTuple):
    """The named or described speakers in the order in which they are first quoted, with the words of each: all those
    attributed (`words`), and those in quotation marks (`quoted`)."""

    names: list[str]
    words: NDArray[np.int64]
    quoted: NDArray[np.int64]


def read_spoken(path: Path) -> Spoken:
    """Return the speakers of the table quotes at `path`, with their words."""
    known: dict[str, int] = {}
    sums = np.zeros((2, 0), np.int64)
    with open_parquet(path, dictionaries=["type", "speaker"]) as file:
        for batch in file.iter_batches(_ROWS, columns=_COLUMNS, use_threads=False):
            quotes = speech(pa.Table.from_batches([batch]))
            speaker = pc.fill_null(quotes["speaker"], "")
            of_row = looked_up(speaker, lambda name: known.setdefault(name, len(known)) if name else -1)
            sums = np.pad(sums, ((0, 0), (0, len(known) - sums.shape[1])))
            has_speaker = of_row >= 0
            for total, column in zip(sums, ("n_words", "n_quoted"), strict=True):
                words = quotes[column].to_numpy()[has_speaker]
                total += np.bincount(of_row[has_speaker], words, len(known)).astype(np.int64)
    return Spoken(list(known), *sums)


def leading_speakers(spoken: Spoken, most: int) -> list[str]:
    """Return the `most` leading speakers, as ordered in the table speakers: by words, then words in quotation marks.

    A class of sources without a name is not a speaker.

    >>> leading_speakers(Spoken(["Bo", "Ann", "Cy"], np.array([3, 3, 9]), np.array([0, 0, 1])), 2)
    ['Cy', 'Ann']
    """
    ranked = sorted(zip(-spoken.words, -spoken.quoted, spoken.names, strict=True))
    return [name for *_, name in ranked if not is_class(name)][:most]
