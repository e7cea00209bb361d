"""Kinds of sources over all documents: if one document does not say what kind a source is, others may.

A person's spokesman has that person's kind; a speaker whom a document does not describe has their usual kind.
Data are columns of numbers, so that a million documents fit into memory at once.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from scripts.core.arrays import Ints
from scripts.core.statements import is_class
from scripts.sources.descriptions import surname
from scripts.sources.kind_lists import UNKNOWN, kinds

# A kind is sure if at least this many documents give it, and this share of the documents that give any.
_SEVERAL, _NEARLY_ALL = 5, 0.8


class KindEvidence(NamedTuple):
    """Kinds of sources as their documents state them: a row for each attribution, those of a document together.

    `document`, `speaker` and `kind` are numbers: `kind` is an index of `kinds()` and `speaker` of the list `speakers`,
    in which "" means no name. `owners` has, by row, the words that may contain the surname of the person for whom
    somebody speaks; `last_resort` is the kind to use if nothing else gives one.
    """

    document: Ints
    speaker: Ints
    kind: Ints
    is_person: NDArray[np.bool_]
    last_resort: Ints
    owners: Mapping[int, Sequence[str]]
    speakers: Sequence[str]


def usual_kinds(evidence: KindEvidence) -> tuple[Ints, NDArray[np.bool_]]:
    """Return each speaker's usual kind, or `unknown`, and a mask of the kinds that are sure.

    Classes ("unnamed officials") have none, since one member says nothing about the others; the kind `document` does
    not count, since a report by the WHO says nothing about the kind of the WHO. A kind is sure if several documents,
    and nearly all that state one, give it.
    """
    has_name = np.array([speaker != "" and not is_class(speaker) for speaker in evidence.speakers], bool)
    counts = _documents(evidence, (evidence.kind != kinds().index("document")) & has_name[evidence.speaker])
    return _most(counts), counts.max(axis=1) >= np.maximum(_SEVERAL, _NEARLY_ALL * counts.sum(axis=1))


def kinds_of_most_documents(evidence: KindEvidence) -> Ints:
    """Return the kind that most documents give each speaker, in a tie the first alphabetically, or `unknown`.

    It is `document` only if no document gives another: the WHO is no document, even if its reports say most.
    """
    unknown, document = kinds().index(UNKNOWN), evidence.kind == kinds().index("document")
    others, of_all = (_most(_documents(evidence, mask)) for mask in (~document, np.ones_like(document)))
    return np.where(others == unknown, of_all, others)


def _documents(evidence: KindEvidence, mask: NDArray[np.bool_]) -> Ints:
    """Return the number of documents that give each speaker (row) each of the known kinds (column)."""
    n_kinds, n_speakers = len(kinds()), len(evidence.speakers)
    known = (evidence.kind != kinds().index(UNKNOWN)) & mask
    pair = evidence.speaker[known].astype(np.int64) * n_kinds + evidence.kind[known]
    of_documents = np.unique(evidence.document[known].astype(np.int64) * (n_kinds * n_speakers) + pair)
    counts = np.bincount(of_documents % max(1, n_kinds * n_speakers), minlength=n_kinds * n_speakers)
    return counts.reshape(n_speakers, n_kinds)


def _most(counts: Ints) -> Ints:
    """Return the kind with the highest count in each row, in a tie the first alphabetically; `unknown` without any."""
    in_order = np.argsort(np.array(kinds()))
    return np.where(counts.any(axis=1), in_order[counts[:, in_order].argmax(axis=1)], kinds().index(UNKNOWN))


def _surnames(evidence: KindEvidence, usual: Ints) -> dict[str, int]:
    """Return the kind of each surname whose bearers have it in nearly all documents that quote one of known kind."""
    n_speakers = len(evidence.speakers)
    pairs = np.unique(evidence.document.astype(np.int64) * n_speakers + evidence.speaker)
    n_documents = np.bincount(pairs % n_speakers, minlength=n_speakers)
    of_surname: defaultdict[str, Counter[int]] = defaultdict(Counter)
    for speaker in np.unique(evidence.speaker[evidence.is_person]).tolist():
        if usual[speaker] != kinds().index(UNKNOWN):
            of_surname[surname(evidence.speakers[speaker])][int(usual[speaker])] += int(n_documents[speaker])
    most = {name: counts.most_common(1)[0] for name, counts in of_surname.items()}
    return {name: kind for name, (kind, n) in most.items() if n >= _NEARLY_ALL * of_surname[name].total()}


def settled_kinds(evidence: KindEvidence) -> Ints:
    """Return the kind of each attribution: the kind that its document gives the source, else the speaker's usual kind.

    A usual kind that is sure overrides a document's ("the judge overseeing a case of Lee's"), and any usual kind
    overrides citizen ("his sister"). A person's spokesman has that person's kind. The last resort, an age or a doctor's
    title, comes last.
    """
    unknown = kinds().index(UNKNOWN)
    surnames = _surnames(evidence, usual_kinds(evidence)[0]) if evidence.owners else {}
    kind = evidence.kind.copy()
    for row, words in evidence.owners.items():
        kind[row] = next((surnames[word] for word in words if word in surnames), unknown)
    usual, is_sure = (each[evidence.speaker] for each in usual_kinds(evidence._replace(kind=kind)))
    is_weak = np.isin(kind, [unknown, kinds().index("citizen")]) & (usual != unknown)
    kind = np.where(is_weak | (is_sure & (kind != kinds().index("document"))), usual, kind)
    return np.where(kind == unknown, evidence.last_resort, kind)
