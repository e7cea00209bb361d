"""The coding sheet: a stratified random sample of sentences or articles for human coders, without the machine's codes.

Units with a rare frame would hardly come up in a simple random sample. So each unit belongs to the stratum of the
rarest frame that the machine sees in it (or of none), within its group where the sample is large enough. Half of the
sample is divided evenly among strata and half by their size, and each unit carries the size of its stratum, from which
its sampling weight follows.
"""

import csv
import io
import random
from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from scripts.core.csv_tables import escape_cell
from scripts.core.options import path_options
from scripts.core.planned import planned_hashes
from scripts.core.storage import read_parquet, read_settings, write_text
from scripts.framing.codebook import codebook
from scripts.framing.schemes import Scheme, coding_scheme
from scripts.framing.units import ARTICLE, SENTENCE, Units, cell_text, read_units

_DESIGN = ("corpus_size", "stratum", "stratum_size")
SHEET_COLUMNS = {
    SENTENCE: ("doc_id", "sentence", *_DESIGN, "before", "text", "after"),
    ARTICLE: ("doc_id", *_DESIGN, "title", "date", "outlet", "text"),
}
# The fewest units of the sample in a stratum; where groups would leave fewer, they are not strata of their own.
_FEWEST_OF_STRATUM = 8
_CONTEXT = 300


def leading_frames(units: Units) -> NDArray[np.intp]:
    """Return for each unit the frame (its number) that it is sampled for, -1 for none.

    Of a sentence it is the rarest frame with a cue in it, of an article the one that it has most of, relative to all.
    """
    mean = units.share.mean(axis=0)
    frame = np.where(units.share > 0, units.share / np.where(mean > 0, mean, 1), 0).argmax(axis=1)
    return np.where(units.share.any(axis=1), frame, -1)


def strata(units: Units, *, size: int) -> NDArray[np.intp]:
    """Return the number of each unit's stratum, for a sample of `size` units.

    Strata are pairs of group and leading frame; if that leaves fewer than eight units of the sample to a stratum, pairs
    of a group and whether there is a frame; else the leading frames of all groups together.
    """
    frame = leading_frames(units)
    group: NDArray[np.intp] = pd.factorize(np.array(units.group, object), sort=True)[0]
    within: NDArray[np.intp]
    for within in (frame + 1, (frame >= 0).astype(np.intp)):
        labels, stratum = np.unique(group * (units.hits.shape[1] + 1) + within, return_inverse=True)
        if size >= _FEWEST_OF_STRATUM * len(labels):
            return stratum
    return np.unique(frame, return_inverse=True)[1]


def allocate(sizes: Sequence[int], size: int) -> list[int]:
    """Return how many units to draw from strata of these sizes: half evenly, half by size, at least two from each.

    Units that a small stratum cannot give are drawn from the others. The sum is `size`, unless the strata hold fewer,
    or the two of each need more.

    >>> allocate([1000, 100, 3], 40)
    [27, 10, 3]
    """
    total = sum(sizes)
    if size >= total:
        return list(sizes)
    return whole_rows([0.5 * size / len(sizes) + 0.5 * size * each / total for each in sizes], sizes, size)


def whole_rows(quotas: Sequence[float], sizes: Sequence[int], size: int) -> list[int]:
    """Return quotas of strata as whole numbers of rows, at least two of each; what one cannot give comes from others.

    >>> whole_rows([0.4, 2.6, 9.0], [5, 5, 6], 12)
    [2, 4, 6]
    """
    drawn = [min(each, max(2, int(want))) for each, want in zip(sizes, quotas, strict=True)]
    while sum(drawn) < min(size, sum(sizes)):
        open_strata = [at for at, each in enumerate(sizes) if drawn[at] < each]
        drawn[max(open_strata, key=lambda at: (quotas[at] - drawn[at], -at))] += 1
    return drawn


def draw_units(stratum: NDArray[np.intp], *, size: int, seed: int) -> list[int]:
    """Return the rows of a random sample of units, in an order that reveals nothing of the strata."""
    generator = random.Random(seed)
    members = [np.flatnonzero(stratum == number).tolist() for number in np.unique(stratum)]
    sample: list[int] = []
    for rows, number in zip(members, allocate([len(rows) for rows in members], size), strict=True):
        sample += generator.sample(rows, number)
    generator.shuffle(sample)
    return sample


def _unit_cells(units: Units, row: int, about: dict[str, tuple[str, str, str]]) -> tuple[list[str], list[str]]:
    """Return the cells of a unit before and after those of the sampling design."""
    doc_id, sentence = units.keys[row]
    text = cell_text(units.texts[row])
    if units.kind == ARTICLE:
        return [doc_id], [*about.get(doc_id, ("", "", "")), text]
    before, after = (
        units.texts[at] if 0 <= at < len(units.keys) and units.keys[at] == (doc_id, sentence + at - row) else ""
        for at in (row - 1, row + 1)
    )
    return [doc_id, str(sentence)], [before[-_CONTEXT:], text, after[:_CONTEXT]]


def coding_sheet(units: Units, scheme: Scheme, about: dict[str, tuple[str, str, str]], *, size: int, seed: int) -> str:
    """Return the sheet as CSV: sampled units, and an empty column for each frame.

    `about` gives title, date and outlet by doc_id, for a sheet of articles.
    """
    stratum = strata(units, size=size)
    sizes = np.bincount(stratum)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([*SHEET_COLUMNS[units.kind], *(frame.name for frame in scheme.frames)])
    for row in draw_units(stratum, size=size, seed=seed):
        first, last = _unit_cells(units, row, about)
        design = [str(number) for number in (len(units.keys), stratum[row], sizes[stratum[row]])]
        writer.writerow([*map(escape_cell, [*first, *design, *last]), *[""] * len(scheme.frames)])
    return out.getvalue()


def main() -> None:
    """Write the coding sheet and the codebook from the tables of the corpus."""
    options = path_options(main.__doc__, "settings", "folder", "sheet", "codebook")
    settings = read_settings(options.settings)["framing"]
    scheme, coding = coding_scheme(settings, planned_hashes(options.settings)), settings["coding"]
    units = read_units(options.folder, scheme, kind=coding["unit"])
    documents = read_parquet(options.folder / "documents.parquet", ["doc_id", "title", "date", "outlet"]).to_pylist()
    about = {row["doc_id"]: (row["title"] or "", row["date"] or "", row["outlet"] or "") for row in documents}
    write_text(options.sheet, coding_sheet(units, scheme, about, size=coding["size"], seed=coding["seed"]))
    write_text(options.codebook, codebook(scheme, kind=coding["unit"]))


if __name__ == "__main__":
    main()
