"""Frames in what speakers are quoted as saying: counts of sentences for rows of the table corrected_shares.

Reviewers judge who said something, not whether a cue signals a frame. So a sentence of a statement has a frame if one
of its cues is inside the statement. A sentence counts in every statement that includes a part of it.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from scripts.core.arrays import Floats

Statement = tuple[str, Sequence[tuple[int, int]]]


class Frames(NamedTuple):
    """The frames of the corpus, as `scheme.frame`, and by statement its sentences and `hits`, those with each frame."""

    names: list[str]
    sentences: Floats
    hits: Floats


def count_frames(statements: Sequence[Statement], sentences: pd.DataFrame, codes: pd.DataFrame) -> Frames:
    """Return the numbers of sentences in statements, and of those with a cue of each frame inside the statement.

    `sentences` and `codes` are the tables sentences and frame_codes; a statement is a doc_id and spans of characters.
    """
    labels = codes["scheme"].astype(str) + "." + codes["frame"].astype(str)
    names = sorted(set(labels))
    place = {name: at for at, name in enumerate(names)}
    ends: dict[str, list[int]] = {}
    for doc_id, rows in sentences.groupby("doc_id", sort=False):
        ends[str(doc_id)] = rows["end"].tolist()
    cues: dict[str, list[tuple[int, ...]]] = defaultdict(list)
    columns = (codes[name] for name in ("doc_id", "start", "end", "sentence"))
    for doc_id, *cue in sorted(zip(*columns, labels.map(place), strict=True)):
        cues[doc_id].append(tuple(cue))
    total, hits = np.zeros(len(statements)), np.zeros((len(statements), len(names)))
    for number, (doc_id, spans) in enumerate(statements):
        of_document = ends.get(doc_id, [])
        inside, in_statement = set(), set()
        for start, end in spans:
            # From the first sentence that ends after the span's start to the sentence with the span's last character.
            first, last = bisect_left(of_document, start + 1), bisect_left(of_document, end)
            inside |= {*range(first, min(last + 1, len(of_document)))}
            at = bisect_left(cues[doc_id], (start,))
            for cue_start, cue_end, sentence, frame in cues[doc_id][at:]:
                if cue_start >= end:
                    break
                if cue_end <= end:
                    in_statement.add((sentence, frame))
        total[number] = len(inside)
        for _, frame in in_statement:
            hits[number, frame] += 1
    return Frames(names, total, hits)
