"""The coding sheet: a stratified random sample of sentences or articles for human coders, without the machine's codes.

It comes with a codebook, a page for the coders. A simple random sample would hardly contain any units with a rare
frame. So each unit belongs to the stratum of the rarest frame that the machine sees in it (or of none), and of its
group if the sample is large enough. Half of the sample is divided evenly among strata, half in proportion to their
size. Each row of the sheet carries the size of its stratum, from which its sampling weight follows.
"""

from collections.abc import Mapping
from html import escape

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from scripts.core.csv_tables import csv_text
from scripts.core.options import path_options
from scripts.core.planned import planned_hashes
from scripts.core.storage import read_parquet, read_settings, write_text
from scripts.framing.schemes import Scheme, coding_scheme
from scripts.framing.units import ARTICLE, SENTENCE, Units, cell_text, read_units
from scripts.maths.stratified import draw_stratified, rows_by_size

_ABOUT = ("title", "date", "outlet")
_DESIGN = ("corpus_size", "stratum", "stratum_size")
SHEET_COLUMNS = {
    SENTENCE: ("doc_id", "sentence", *_DESIGN, "before", "text", "after"),
    ARTICLE: ("doc_id", *_DESIGN, *_ABOUT, "text"),
}
# The fewest sampled units per stratum; if separate strata for the groups would leave fewer, groups are put together.
_FEWEST_OF_STRATUM = 8
_CONTEXT = 300
_HOW = {
    "sentence": "For each sentence, read <i>before</i> and <i>after</i> as context, and code <i>text</i> alone.",
    "article": "Read each article to its end (<i>text</i> is cut after 32,000 characters) and code it as a whole.",
}


def leading_frames(units: Units) -> NDArray[np.intp]:
    """Return, for each unit, the number of the frame that it is sampled for, -1 for none.

    For a sentence this is the rarest frame with a cue in it, for an article the frame whose share is largest relative
    to its mean over all articles.
    """
    mean = units.share.mean(axis=0)
    frame = np.where(units.share > 0, units.share / np.where(mean > 0, mean, 1), 0).argmax(axis=1)
    return np.where(units.share.any(axis=1), frame, -1)


def strata(units: Units, *, size: int) -> NDArray[np.intp]:
    """Return the number of each unit's stratum, for a sample of `size` units.

    Strata are pairs of group and leading frame. If that leaves fewer than eight sampled units per stratum on average,
    they are pairs of group and "any frame or none"; if that leaves too few as well, leading frames over all groups.
    """
    frame = leading_frames(units)
    group: NDArray[np.intp] = pd.factorize(np.array(units.group, object), sort=True)[0]
    within: NDArray[np.intp]
    for within in (frame + 1, (frame >= 0).astype(np.intp)):
        labels, stratum = np.unique(group * (units.hits.shape[1] + 1) + within, return_inverse=True)
        if size >= _FEWEST_OF_STRATUM * len(labels):
            return stratum
    return np.unique(frame, return_inverse=True)[1]


def draw_units(units: Units, *, size: int, seed: int) -> pd.DataFrame:
    """Return a sample as `draw_stratified` does, from the strata of `strata`; its `unit` is a row of the units."""
    labels = pd.Series(strata(units, size=size) if units.keys else [], dtype=np.intp)
    return draw_stratified(labels, rows_by_size(labels, size), seed=seed)


def _unit_cells(units: Units, row: int, about: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """Return the cells of a unit by column, except those of the sampling design."""
    doc_id, sentence = units.keys[row]
    cells = {"doc_id": doc_id, "text": cell_text(units.texts[row])}
    if units.kind == ARTICLE:
        return {**cells, **about.get(doc_id, {})}
    before, after = (
        units.texts[at] if 0 <= at < len(units.keys) and units.keys[at] == (doc_id, sentence + at - row) else ""
        for at in (row - 1, row + 1)
    )
    return {**cells, "sentence": str(sentence), "before": before[-_CONTEXT:], "after": after[:_CONTEXT]}


def coding_sheet(units: Units, scheme: Scheme, about: Mapping[str, Mapping[str, str]], *, size: int, seed: int) -> str:
    """Return the sheet as CSV: sampled units and an empty column for each frame; `about` has title etc. by doc_id."""
    design = draw_units(units, size=size, seed=seed).assign(corpus_size=len(units.keys)).astype(str)
    lines = ({**_unit_cells(units, int(row.pop("unit")), about), **row} for row in design.to_dict("records"))
    return csv_text([*SHEET_COLUMNS[units.kind], *(frame.name for frame in scheme.frames)], lines)


def codebook(scheme: Scheme, *, kind: str) -> str:
    """Return the page of instructions for coders as HTML; `kind` is SENTENCE or ARTICLE."""
    frames = "\n".join(
        f"<dt><b>{escape(frame.name)}</b></dt><dd>{escape(frame.definition)}</dd>" for frame in scheme.frames
    )
    enough = "Two coders who share at least 50 sentences" if kind == SENTENCE else "Two coders who share all articles"
    return f"""<!DOCTYPE html>
<html lang="en"><meta charset="utf-8"><title>Codebook: {escape(scheme.title)}</title>
<body style="max-width: 45em; margin: 2em auto; font: 1em/1.5 sans-serif">
<h1>Codebook: {escape(scheme.title)}</h1>
<p>{escape(scheme.source)}</p>
<ol>
<li>Save a copy of coding_sheet.csv in the folder <code>coding</code>, named after the coder:
<code>coding/anna.csv</code> or <code>coding/anna.xlsx</code>.</li>
<li>{_HOW[kind]}</li>
<li>In each frame's column write 1 if the {kind} has the frame, <b>0 if not</b>. It may have several frames or none.
An empty cell means: not coded. A sheet with no 0 at all is not used. Leave the other columns as they are.</li>
<li>Code on your own: do not look at the report or at another coder's sheet before you have finished.</li>
<li>Run <code>snakemake reliability</code>.</li>
</ol>
<p>The order is random and says nothing about the {kind}s. {enough} give an agreement that can be reported.</p>
<dl>
{frames}
</dl>
</body></html>
"""


def main() -> None:
    """Write the coding sheet and the codebook from the tables of the corpus."""
    options = path_options(main.__doc__, "settings", "folder", "sheet", "codebook")
    settings = read_settings(options.settings)["framing"]
    scheme, coding = coding_scheme(settings, planned_hashes(options.settings)), settings["coding"]
    units = read_units(options.folder, scheme, kind=coding["unit"])
    documents = read_parquet(options.folder / "documents.parquet", ["doc_id", *_ABOUT]).to_pylist()
    about = {row["doc_id"]: {name: row[name] or "" for name in _ABOUT} for row in documents}
    write_text(options.sheet, coding_sheet(units, scheme, about, size=coding["size"], seed=coding["seed"]))
    write_text(options.codebook, codebook(scheme, kind=coding["unit"]))
