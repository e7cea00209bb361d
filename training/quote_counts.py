"""Counts of cue lemmas and of head nouns of sources in gold data, as tables of workflow/lexicons."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from scripts.core.annotation import Doc

Gold = Mapping[str, Any]

_COUNTED = ("VERB", "NOUN", "ADJ")
# Nouns that occur less often than this are left out of the table of heads.
_OFTEN = 10


def tokens_of(doc: Doc, start: int | None, end: int | None) -> set[int]:
    """Return the tokens that share characters with a span."""
    if start is None or end is None:
        return set()
    return set(range(bisect_right(doc.end, start), bisect_left(doc.start, end)))


def cue_counts(rows: Sequence[Gold], docs: Sequence[Doc]) -> str:
    """Return the table of cue lemmas: their counts in cues of speech, in cues of attitudes, and in all texts."""
    speech: Counter[tuple[str, str]] = Counter()
    attitude: Counter[tuple[str, str]] = Counter()
    total: Counter[tuple[str, str]] = Counter()
    for row, doc in zip(rows, docs, strict=True):
        total.update((lemma, pos) for lemma, pos in zip(doc.lemma, doc.pos, strict=True) if pos in _COUNTED)
        for quote in row["quotes"]:
            for token in tokens_of(doc, quote["cue_start"], quote["cue_end"]):
                if doc.pos[token] in _COUNTED and doc.lemma[token].isalpha():
                    (attitude if quote.get("ignore") else speech)[doc.lemma[token], doc.pos[token]] += 1
    lines = [
        "# How often a lemma stands in the cue of an attribution of speech, of an attitude, and in all texts.",
        "# Counts over PolNeAR 1.0, train part (Newell et al. 2018); python -m training.quotes writes them.",
        "lemma\tpos\tspeech\tattitude\ttotal",
    ]
    for lemma, pos in sorted(set(speech) | set(attitude)):
        key = (lemma, pos)
        if speech[key] + attitude[key] >= 2:
            lines.append(f"{lemma}\t{pos}\t{speech[key]}\t{attitude[key]}\t{total[key]}")
    return "\n".join(lines) + "\n"


def head_counts(rows: Sequence[Gold], docs: Sequence[Doc]) -> str:
    """Return the table of nouns: their counts as heads of sources of speech, and in all texts."""
    sources: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for row, doc in zip(rows, docs, strict=True):
        total.update(lemma.lower() for lemma, pos in zip(doc.lemma, doc.pos, strict=True) if pos == "NOUN")
        for quote in row["quotes"]:
            tokens = tokens_of(doc, quote["speaker_start"], quote["speaker_end"]) if not quote.get("ignore") else set()
            heads = [token for token in sorted(tokens) if doc.head[token] == token or doc.head[token] not in tokens]
            if heads and doc.pos[heads[0]] == "NOUN":
                sources[doc.lemma[heads[0]].lower()] += 1
    lines = [
        "# How often a noun is the head of a source of speech, and how often it occurs; rarer nouns are left out.",
        "# Counts over PolNeAR 1.0, train part (Newell et al. 2018); python -m training.quotes writes them.",
        "lemma\tsources\ttotal",
    ]
    lines += [
        f"{lemma}\t{sources[lemma]}\t{n}" for lemma, n in sorted(total.items()) if n >= _OFTEN and lemma.isalpha()
    ]
    return "\n".join(lines) + "\n"
