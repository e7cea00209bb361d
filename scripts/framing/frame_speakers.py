"""Frames by name: in the sentences that it voices, and in what others say in sentences about it (table frame_speakers).

Additive: `part` counts a range of documents, `voiced_shares` makes the rows of the table from all parts.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from scripts.core.arrays import Floats, Ints
from scripts.core.encoded import index_positions
from scripts.framing.cells import Array, NameCells, blocks_of_names, chosen, counted_cells
from scripts.framing.corpus import FrameCues
from scripts.framing.places import NamePlaces
from scripts.framing.prevalence import frame_shares
from scripts.maths.bootstrap import cell_bounds
from scripts.maths.document_shares import METHOD, Sums
from scripts.maths.intervals import ENOUGH, TOO_FEW
from scripts.maths.tuples import distinct, ranges

VOICED, ABOUT = "voiced", "about"
# Number of names whose intervals are computed at a time.
_BLOCK = 1_000
# Number of rows of the table that are made at a time.
_ROWS = 100_000


class FramePart(NamedTuple):
    """Sentences that a name voices, and sentences about it: all of them in column 0, those with frame f in f + 1."""

    voiced: NameCells
    about: NameCells


def part(coded: FrameCues, where: NamePlaces, number: Ints, *, first: int, speakers: int) -> FramePart:
    """Return the sentences of a range of documents by name, document and frame.

    A voiced sentence has the frames whose cues are inside the name's own attributions (for the narrator: outside all
    attributions). A sentence about a name mentions it, and has the frames whose cues others voice; only names that may
    voice something, with a number below `speakers`, are counted. `where` covers the sentences of `coded`, `number` has
    the number of each of its names, and `first` is the number of the first document.
    """
    sentences, document_of = len(coded.document_of), coded.document_of
    documents, frames = coded.sentences.shape
    named = where.mentioned[number[where.mentioned["name"]] < speakers]
    cue_sentence, cue_frame, cue_name = _distinct_cues(coded, where)

    def cells(places: pd.DataFrame, name: Ints, sentence: Ints, frame: Ints) -> NameCells:
        return counted_cells(
            number[np.append(places["name"], name)],
            document_of[np.append(places["sentence"], sentence)],
            np.append(np.zeros(len(places), int), frame + 1),
            first=first,
            documents=documents,
            columns=frames + 1,
        )

    own = np.isin(cue_name * sentences + cue_sentence, where.voiced["name"] * sentences + where.voiced["sentence"])
    # Pair each name mentioned in a sentence with each of the sentence's cues that somebody else voices.
    begin, end = (np.searchsorted(cue_sentence, named["sentence"], side=side) for side in ("left", "right"))
    name, cue = np.repeat(named["name"].to_numpy(), end - begin), ranges(begin, end - begin)
    is_of_another = cue_name[cue] != name
    name, cue = name[is_of_another], cue[is_of_another]
    spoken, sentence = np.divmod(
        distinct((name * frames + cue_frame[cue]) * sentences + cue_sentence[cue]), max(1, sentences)
    )
    name, frame = np.divmod(spoken, max(1, frames))
    return FramePart(
        cells(where.voiced, cue_name[own], cue_sentence[own], cue_frame[own]), cells(named, name, sentence, frame)
    )


def _distinct_cues(coded: FrameCues, where: NamePlaces) -> tuple[Ints, Ints, Ints]:
    """Return the distinct triples of a cue's sentence, frame and speaker (-1: not a name), as numbers, sorted."""
    name = index_positions(coded.cues["speaker"], where.names) + 1
    frames, names = coded.sentences.shape[1], len(where.names) + 1
    sentence_and_frame = coded.cues["sentence"].to_numpy() * frames + coded.cues["frame"].to_numpy()
    rest, name = np.divmod(distinct(sentence_and_frame * names + name), names)
    sentence, frame = np.divmod(rest, max(1, frames))
    return sentence, frame, name - 1


def voiced_shares(
    parts: Sequence[FramePart], narrated: Sums, schemes: Array, *, narrator: int, names: int
) -> pd.DataFrame:
    """Return, by name and frame, the share of sentences with the frame: of those it voices and of those about it.

    Only names that voice something have rows, and only for frames that occur with them; `names` is the number of all
    names. `narrated` has the sums, by column, of the `narrator`, who is in every document and is not in the parts;
    `schemes` has the scheme of each frame. The interval is NaN for a name with fewer than ENOUGH documents.
    """
    speaks = np.arange(names) == narrator
    for each in parts:
        speaks[each.voiced.name] = True
    blocks = [_rows(VOICED, np.array([narrator]), Sums(*(column[None] for column in narrated)), schemes)]
    for relation, cells in zip((VOICED, ABOUT), zip(*parts, strict=True), strict=True):
        for block in blocks_of_names(cells, names=names):
            of_names, sums = _sums(chosen(block, speaks[block.name]), columns=len(schemes) + 1)
            blocks.append(_rows(relation, of_names, sums, schemes))
    return pd.concat(blocks, ignore_index=True)


def _sums(cells: NameCells, *, columns: int) -> tuple[Ints, Sums]:
    """Return the names of cells and their sums by name and column.

    The cells must be sorted by name, document and column, and each name must have column 0 in each of its documents.
    """
    bounds = cell_bounds(cells.name)
    at = np.repeat(np.arange(len(bounds)), bounds[:, 1] - bounds[:, 0])
    hits = cells.n.astype(float)
    totals = hits[np.maximum.accumulate(np.where(cells.column == 0, np.arange(len(hits)), 0))]

    def of_columns(values: Floats) -> Floats:
        size = len(bounds) * columns
        return np.bincount(at * columns + cells.column, values, size).reshape(-1, columns)

    total, squared = (np.repeat(of_columns(hits**power)[:, :1], columns, axis=1) for power in (1, 2))
    documents = np.repeat(np.bincount(at[cells.column == 0], minlength=len(bounds))[:, None], columns, axis=1)
    sums = Sums(documents, of_columns(hits), total, of_columns(hits**2), of_columns(hits * totals), squared)
    return cells.name[bounds[:, 0]], sums


def _rows(relation: str, names: Ints, sums: Sums, schemes: Array) -> pd.DataFrame:
    """Return the rows of these names for a relation, VOICED or ABOUT, from their sums by column."""
    lo, hi = np.full((2, len(names), len(schemes)), np.nan)
    enough = np.flatnonzero(sums.documents[:, 0] >= ENOUGH)
    for block in np.split(enough, range(_BLOCK, len(enough), _BLOCK)):
        of_frames = Sums(*(column[block, 1:] for column in sums))
        _, lo[block], hi[block] = frame_shares(of_frames, schemes, documents=ENOUGH)
    name, frame = np.nonzero(sums.hits[:, 1:])
    n, total, documents = (column[name, frame + 1].astype(int) for column in (sums.hits, sums.totals, sums.documents))
    columns = {
        "about": np.full(len(name), relation == ABOUT),
        "name": names[name].astype(np.int32),
        "frame": frame.astype(np.int16),
        "n": n,
        "n_sentences": total,
        "n_documents": documents,
        "lo": lo[name, frame],
        "hi": hi[name, frame],
    }
    return pd.DataFrame(columns)


def frame_speakers(rows: pd.DataFrame, names: Sequence[str], frames: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """Yield the table frame_speakers in blocks of rows, sorted by scheme, name and relation, most sentences first.

    `names` lists the names by number; `frames` has the scheme and name of each frame.
    """
    about, name, frame, n = (rows[column].to_numpy() for column in ("about", "name", "frame", "n"))
    used = distinct(name)
    rank = np.empty(len(names), np.int32)
    rank[sorted(used.tolist(), key=names.__getitem__)] = np.arange(len(used))
    scheme = pd.factorize(frames["scheme"])[0]
    order = np.lexsort((frames["frame"].rank().to_numpy()[frame], -n, about, rank[name], scheme[frame]))
    texts = np.array(names, object)
    for first in range(0, max(1, len(order)), _ROWS):
        part = rows.iloc[order[first : first + _ROWS]]
        yield part.assign(
            scheme=frames["scheme"].array[part["frame"].to_numpy()],
            name=texts[part["name"].to_numpy()],
            relation=np.where(part["about"], ABOUT, VOICED),
            frame=frames["frame"].array[part["frame"].to_numpy()],
            estimate=part["n"] / part["n_sentences"],
            method=np.where(part["n_documents"] >= ENOUGH, METHOD, TOO_FEW),
        )
