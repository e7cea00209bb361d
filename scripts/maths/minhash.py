"""MinHash signatures, which estimate the share of word sequences that two documents have in common."""

import hashlib
from collections.abc import Sequence

import numpy as np

SHINGLE = 5
HASHES = 128


def _hash(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "little")


def _constants(name: str, size: int) -> np.ndarray:
    """Return fixed odd 64-bit integers, the same on every machine."""
    return np.array([_hash(f"{name} {place}") | 1 for place in range(size)], np.uint64)


def shingles(word: np.ndarray, vocabulary: Sequence[str]) -> np.ndarray:
    """Return a hash of 64 bits for each sequence of SHINGLE words, from the numbers of the words in the vocabulary."""
    hashes = np.array([_hash(name) for name in vocabulary], np.uint64)[word]
    starts = max(0, len(word) - SHINGLE + 1)
    total = np.zeros(starts, np.uint64)
    for place, factor in enumerate(_constants("place", SHINGLE)):
        total += hashes[place : place + starts] * factor
    # Mixed as in SplitMix64 (Steele, Lea & Flood 2014, OOPSLA: 459), so that the high bits depend on all bits.
    total = (total ^ (total >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    return (total ^ (total >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)


def signatures(word: np.ndarray, document: np.ndarray, vocabulary: Sequence[str], documents: int) -> np.ndarray:
    """Return the MinHash signature of each document: a row of HASHES 32-bit integers.

    `word` has the word numbers of all documents, one document after another, `document` the document of each word. The
    row of a document with fewer than SHINGLE words is zero. Broder 1997, On the resemblance and containment of
    documents: 23-25; the hash functions are multiply-shift, Dietzfelbinger et al. 1997, J. of Algorithms 25: 22.
    """
    minima = np.zeros((documents, HASHES), np.uint32)
    starts = max(0, len(word) - SHINGLE + 1)
    within = document[:starts] == document[SHINGLE - 1 :][:starts]
    values, owner = shingles(word, vocabulary)[within], document[:starts][within]
    if len(values):
        first = np.flatnonzero(np.diff(owner, prepend=-1))
        for column, factor in enumerate(_constants("hash", HASHES)):
            hashed = ((values * factor) >> np.uint64(32)).astype(np.uint32)
            minima[owner[first], column] = np.minimum.reduceat(hashed, first)
    return minima
