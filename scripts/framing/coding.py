"""Cues of frames by sentence: what matched, whether it is negated, and who voices it.

The unit of coding is the sentence: a frame is present in it if one cue is. Negation sets the polarity of a cue and
never deletes it, for "America's problem, not China's" speaks of responsibility too.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from scripts.core.annotation import Doc
from scripts.framing.matching import Matcher, find, words_of

NARRATOR = "(narrator)"
UNKNOWN = "(source not named)"

# A negation reaches this many tokens to its right, up to the end of the clause (Chapman et al. 2001, NegEx, use 5).
_REACH = 5
# fmt: off
_NEGATIONS = frozenset([
    "not", "n't", "no", "never", "neither", "nor", "none", "nobody", "nothing", "without", "cannot", "hardly", "barely",
    "scarcely", "lack", "lacks", "lacked",
])
_STOPS = frozenset([
    ",", ";", ":", ".", "!", "?", "(", ")", "-", "--", "...", '"', "``", "''", "but", "because", "although", "though",
    "while", "whereas",
])
# fmt: on
_NOT_NEGATING = frozenset(["only", "just", "merely", "simply", "necessarily", "until", "least"])


class Voice(NamedTuple):
    """An attribution as the coding needs it: its number, the characters of its content, its speaker, whether direct."""

    quote: int
    spans: tuple[tuple[int, int], ...]
    speaker: str

    @property
    def length(self) -> int:
        """Characters of its content."""
        return sum(end - start for start, end in self.spans)


def voices(quotes: Iterable[Mapping[str, Any]]) -> list[Voice]:
    """The attributions of a document, from rows of its quotes table, shortest first: the inner of two comes first."""
    found = [
        Voice(row["quote"], tuple((start, end) for start, end in row["content_spans"]), row["speaker"] or UNKNOWN)
        for row in quotes
    ]
    return sorted(found, key=lambda voice: (voice.length, voice.quote))


def voice_at(found: Sequence[Voice], start: int, end: int) -> Voice | None:
    """The innermost attribution whose content holds the characters, or none: then the narrator speaks."""
    for voice in found:
        if any(left <= start and end <= right for left, right in voice.spans):
            return voice
    return None


def is_negated(doc: Doc, first: int, bound: int) -> bool:
    """Whether a negation stands before token `first` in its clause, at most five tokens away and not before `bound`.

    "Not only" and "no fewer than" negate nothing.
    """
    for index in range(first - 1, max(bound, first - _REACH) - 1, -1):
        norm = doc.norm[index]
        if norm in _NEGATIONS:
            return index + 1 >= len(doc.norm) or doc.norm[index + 1] not in _NOT_NEGATING
        if norm in _STOPS:
            return False
    return False


def code_document(doc: Doc, found: Sequence[Voice], matchers: Iterable[Matcher]) -> list[dict[str, Any]]:
    """Rows of the frame_codes table for a document, sorted by sentence, scheme, frame and place."""
    rows = []
    for number, sentence in enumerate(doc.sentences):
        words = words_of(doc, sentence.first, sentence.last)
        for matcher in matchers:
            frames = matcher.scheme.frames
            for hit in find(matcher, words):
                start, end = doc.start[hit.first], doc.end[hit.last - 1]
                voice = voice_at(found, start, end)
                rows.append(
                    {
                        "doc_id": doc.doc_id,
                        "sentence": number,
                        "scheme": matcher.scheme.name,
                        "frame": frames[hit.frame].name,
                        "start": start,
                        "end": end,
                        "term": frames[hit.frame].terms[hit.term].pattern,
                        "negated": is_negated(doc, hit.first, sentence.first),
                        "quote": voice.quote if voice else None,
                        "speaker": voice.speaker if voice else NARRATOR,
                    }
                )
    return sorted(rows, key=lambda row: (row["sentence"], row["scheme"], row["frame"], row["start"], row["end"]))
