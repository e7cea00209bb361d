"""Hits of every term of the dictionaries (table frame_terms), and sentences without any cue (table frame_coverage)."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from scripts.core.encoded import index_positions
from scripts.framing.corpus import FrameCues
from scripts.framing.schemes import Element, Frame, Scheme, Term
from scripts.maths.association import ratio
from scripts.maths.document_shares import METHOD, Sums, share_interval, sums_of
from scripts.maths.intervals import ENOUGH, TOO_FEW

# A term with more than this share of a frame's cues decides about the frame on its own.
DOMINANT = 0.4
_FEWEST_HITS = 10


def _covers(wide: Element, narrow: Element) -> bool:
    """Return True if the patterns alone show that every token that matches `narrow` also matches `wide`."""
    if wide == narrow or wide.kind == "any":
        return True
    if wide.kind == "prefix":
        return narrow.kind in ("word", "prefix") and narrow.value.startswith(wide.value)
    return wide.kind == "lemma" and narrow.kind == "word" and narrow.value == wide.value


def _shadows(wide: Term, narrow: Term) -> bool:
    same = len(wide.elements) == len(narrow.elements)
    return same and not wide.exclude and all(map(_covers, wide.elements, narrow.elements))


def static_faults(frame: Frame) -> Iterator[tuple[str, str]]:
    """Yield (term, fault) for each term that is listed twice or covered by another term of the frame."""
    listed: dict[tuple[Element, ...], str] = {}
    # A term made only of plain words covers nothing but itself.
    wide = [term for term in frame.terms if any(element.kind != "word" for element in term.elements)]
    for term in frame.terms:
        if term.elements in listed:
            yield term.pattern, "duplicate"
            continue
        listed[term.elements] = term.pattern
        cover = next((wider for wider in wide if wider.elements != term.elements and _shadows(wider, term)), None)
        if cover:
            yield term.pattern, f"shadowed by {cover.pattern}"


class TermHits(NamedTuple):
    """Hits, and documents with a hit, by frame (row) and term (column, as in `patterns`); both add up over ranges."""

    hits: NDArray[np.intp]
    documents: NDArray[np.intp]


def patterns(schemes: Sequence[Scheme]) -> list[str]:
    """Return the distinct terms of all frames of the schemes."""
    return list(dict.fromkeys(term.pattern for each in schemes for frame in each.frames for term in frame.terms))


def term_hits(coded: FrameCues, terms: Sequence[str]) -> TermHits:
    """Return the hits of terms in a range of documents."""
    documents, frames = coded.sentences.shape
    term = index_positions(coded.cues["term"], pd.Index(terms))
    of_term = (coded.cues["frame"].to_numpy() * len(terms) + term)[term >= 0]
    document = coded.document_of[coded.cues["sentence"].to_numpy()[term >= 0]]
    cells, hits = np.unique(of_term * max(1, documents) + document, return_counts=True)
    of_cell, shape = cells // max(1, documents), (frames, len(terms))
    n_hits, n_documents = (np.bincount(of_cell, each, frames * len(terms)).astype(int) for each in (hits, None))
    return TermHits(n_hits.reshape(shape), n_documents.reshape(shape))


def frame_terms(counts: TermHits, schemes: Sequence[Scheme]) -> pd.DataFrame:
    """Return the table frame_terms: the hits of every term, its share of its frame's hits, and its lint.

    `counts` are those of all documents. `lint` is empty or names a weakness: "duplicate", "shadowed by ..." another
    term, "never fires", or "dominant" (over 40 % of the hits of a frame that has at least ten). Within a frame the term
    with the most hits comes first.
    """
    frames = [(scheme.name, frame, dict(static_faults(frame))) for scheme in schemes for frame in scheme.frames]
    rows = [
        (at, scheme, frame.name, pattern, faults.get(pattern, ""))
        for at, (scheme, frame, faults) in enumerate(frames)
        for pattern in dict.fromkeys(term.pattern for term in frame.terms)
    ]
    table = pd.DataFrame(rows, columns=["at", "scheme", "frame", "term", "fault"])
    place = table["at"].to_numpy(), pd.Index(patterns(schemes)).get_indexer(pd.Index(table["term"]))
    table = table.assign(hits=counts.hits[place], documents=counts.documents[place])
    total = table.groupby("at")["hits"].transform("sum")
    table = table.assign(share=table["hits"] / total)
    is_dominant = (table["share"] > DOMINANT) & (total >= _FEWEST_HITS)
    by_hits = {"never fires": table["hits"] == 0, "dominant": is_dominant}
    lint = np.select([table["fault"] != "", *by_hits.values()], [table["fault"], *by_hits], "")
    return table.assign(lint=lint).sort_values(
        ["scheme", "frame", "hits", "term"], ascending=[True, True, False, True], ignore_index=True
    )


def without_cues(coded: FrameCues, frames: pd.DataFrame) -> Sums:
    """Return, by scheme, the sums over a range of documents: sentences as totals, sentences without a cue as hits."""
    documents = len(coded.sentences)
    sentences = np.bincount(coded.document_of, minlength=documents)
    without = [
        np.bincount(coded.document_of[~coded.present[rows].any(axis=0)], minlength=documents)
        for rows in frames.groupby("scheme", sort=False).indices.values()
    ]
    return sums_of(np.array(without), sentences, axis=1)


def coverage(sums: Sums, frames: pd.DataFrame) -> pd.DataFrame:
    """Return the table frame_coverage: for each scheme, the share of all sentences that have no cue."""
    enough = sums.documents >= ENOUGH
    lo, hi = (np.where(enough, end, np.nan) for end in share_interval(sums))
    columns = {
        "n_sentences": sums.totals.astype(int),
        "n": sums.hits.astype(int),
        "estimate": ratio(sums.hits, sums.totals),
        "lo": lo,
        "hi": hi,
        "method": np.where(enough, METHOD, TOO_FEW),
    }
    return pd.DataFrame({"scheme": frames["scheme"].unique(), **columns})
