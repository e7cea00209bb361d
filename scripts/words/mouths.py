"""Words inside statements: how often a group of documents has a word there, and in whose statements."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from scripts.core.arrays import Mask
from scripts.core.storage import read_parquet
from scripts.words.speaker_words import read_block_tokens, read_statement_spans, spoken_words, token_blocks

# Speakers named for each word.
_MOST = 3


class GroupWords(NamedTuple):
    """Words to look for in the documents of a mask."""

    documents: Mask
    words: Sequence[str]


class Mouths(NamedTuple):
    """The count of each word inside statements, and its most frequent speakers with counts: `Lin Jian (3)`."""

    n: NDArray[np.int64]
    speakers: list[str]


def say_who(folder: Path, doc_ids: Sequence[str], groups: Sequence[GroupWords], *, unit: str) -> list[Mouths]:
    """Return the counts and speakers of each group's words, from the tables tokens and quotes in a folder.

    `doc_ids` must be sorted; `unit` is that of `counts.read_words`. A word inside statements of two speakers counts for
    both, but only once in `n`.
    """
    documents = np.array(doc_ids, object)
    speakers = read_parquet(folder / "quotes.parquet", ["speaker"])["speaker"].unique()
    names = [name for name in speakers.to_pylist() if name]
    statements = read_statement_spans(folder / "quotes.parquet", documents, names)
    numbers = [{word: number for number, word in enumerate(each.words)} for each in groups]
    inside = [np.zeros(len(each.words), np.int64) for each in groups]
    by_speaker: list[Counter[tuple[int, int]]] = [Counter() for _ in groups]
    for rows in token_blocks(folder):
        tokens = read_block_tokens(rows, documents, unit=unit)
        speaker, at = spoken_words(tokens, statements)
        for each, known, n, times in zip(groups, numbers, inside, by_speaker, strict=True):
            word = np.array([known.get(text, -1) for text in tokens.texts], np.int64)[tokens.word[at]]
            chosen = (word >= 0) & each.documents[tokens.document[at]]
            _, first = np.unique(at[chosen], return_index=True)
            n += np.bincount(word[chosen][first], minlength=len(n))
            pairs, counts = np.unique(np.stack([word[chosen], speaker[chosen]]), axis=1, return_counts=True)
            times.update(dict(zip(zip(*pairs.tolist(), strict=True), counts.tolist(), strict=True)))
    return [Mouths(n, _named(len(n), times, names)) for n, times in zip(inside, by_speaker, strict=True)]


def _named(words: int, counts: Counter[tuple[int, int]], names: Sequence[str]) -> list[str]:
    """Return the names of the leading speakers of each word with their counts, as text."""
    speakers: list[list[tuple[int, str]]] = [[] for _ in range(words)]
    for (word, speaker), n in counts.items():
        if speaker >= 0:
            speakers[word].append((-n, names[speaker]))
    return [", ".join(f"{name} ({-n:,})" for n, name in sorted(each)[:_MOST]) for each in speakers]
