"""Hits of every term of the dictionaries (table frame_terms), and sentences without any cue (table frame_coverage)."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from scripts.framing.corpus import Corpus
from scripts.framing.schemes import Element, Frame, Scheme, Term
from scripts.maths.intervals import wilson

# A term that makes more than this share of a frame's cues decides about the frame alone.
DOMINANT = 0.4
_FEWEST_HITS = 10


def _covers(wide: Element, narrow: Element) -> bool:
    """Return True if every token that matches `narrow` matches `wide`, as far as the patterns tell."""
    if wide == narrow or wide.kind == "any":
        return True
    if wide.kind == "prefix":
        return narrow.kind in ("word", "prefix") and narrow.value.startswith(wide.value)
    return wide.kind == "lemma" and narrow.kind == "word" and narrow.value == wide.value


def _shadows(wide: Term, narrow: Term) -> bool:
    same = len(wide.elements) == len(narrow.elements)
    return same and not wide.exclude and all(map(_covers, wide.elements, narrow.elements))


def static_faults(frame: Frame) -> Iterator[tuple[str, str]]:
    """Yield (term, fault) for terms that are listed twice and for terms that another one covers."""
    listed: dict[tuple[Element, ...], str] = {}
    # A term of words alone covers only itself.
    wide = [term for term in frame.terms if any(element.kind != "word" for element in term.elements)]
    for term in frame.terms:
        if term.elements in listed:
            yield term.pattern, "duplicate"
            continue
        listed[term.elements] = term.pattern
        cover = next((wider for wider in wide if wider.elements != term.elements and _shadows(wider, term)), None)
        if cover:
            yield term.pattern, f"shadowed by {cover.pattern}"


def frame_terms(data: Corpus, schemes: list[Scheme]) -> pd.DataFrame:
    """Return the table frame_terms: hits of every term, its share of its frame's hits, and what a linter says of it.

    `schemes` are those of `data`. `lint` is empty, duplicate, shadowed by another term, never fires, or dominant: more
    than 40 % of the hits of a frame that has at least ten. The term with most hits comes first within a frame.
    """
    hits, documents, terms = _counts(data)
    rows = []
    for at, (scheme, frame) in enumerate((each.name, frame) for each in schemes for frame in each.frames):
        faults = dict(static_faults(frame))
        patterns = list(dict.fromkeys(term.pattern for term in frame.terms))
        column = terms.get_indexer(pd.Index(patterns))
        total = int(hits[at, column].sum())
        counts = zip(patterns, hits[at, column].tolist(), documents[at, column].tolist(), strict=True)
        for pattern, count, in_documents in counts:
            share = count / total if total else float("nan")
            lint = faults.get(pattern, "")
            if not lint and not count:
                lint = "never fires"
            if not lint and share > DOMINANT and total >= _FEWEST_HITS:
                lint = "dominant"
            rows.append((scheme, frame.name, pattern, count, in_documents, share, lint))
    columns = ["scheme", "frame", "term", "hits", "documents", "share", "lint"]
    table = pd.DataFrame(rows, columns=columns)
    return table.sort_values(
        ["scheme", "frame", "hits", "term"], ascending=[True, True, False, True], ignore_index=True
    )


def _counts(data: Corpus) -> tuple[np.ndarray, np.ndarray, pd.Index]:
    """Return hits by frame (row) and term (column), documents with a hit likewise, and the terms.

    A last column of zeros is for terms without hits: their position in the terms is -1.
    """
    term, documents = data.cues["term"].astype("category").cat, len(data.documents)
    shape = len(data.frames), len(term.categories) + 1
    of_term = data.cues["frame"].to_numpy(np.int64) * shape[1] + term.codes.to_numpy()
    cells, hits = np.unique(of_term * documents + data.document_of[data.cues["sentence"]], return_counts=True)
    of_cell, size = cells // documents, shape[0] * shape[1]
    n_hits, n_documents = (np.bincount(of_cell, weights, size).astype(int).reshape(shape) for weights in (hits, None))
    return n_hits, n_documents, term.categories


def coverage(data: Corpus) -> pd.DataFrame:
    """Return the table frame_coverage: by scheme the sentences without a cue of any frame."""
    total = len(data.document_of)
    rows = []
    for scheme, frames in data.frames.groupby("scheme", sort=False).indices.items():
        none = total - int(data.present[frames].any(axis=0).sum())
        lo, hi = wilson(none, total)
        share = none / total if total else float("nan")
        rows.append((scheme, total, none, share, float(lo), float(hi), "Wilson over sentences"))
    return pd.DataFrame(rows, columns=["scheme", "n_sentences", "n", "estimate", "lo", "hi", "method"])
