"""Cues of frames in the sentences of a document (table frame_codes), each marked as negated or not, with its speaker.

The unit of coding is the sentence: a frame is present in it if at least one of its cues is. Negation sets the polarity
of a cue and never deletes it, because "America's problem, not China's" is about responsibility too.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import Any, NamedTuple

from scripts.core.annotation import Doc
from scripts.core.stand_ins import NARRATOR
from scripts.framing.matching import Matcher, find, words_of

NOT_NAMED = "(source not named)"

# A negation covers this many tokens to its right, at most to the end of the clause (Chapman et al. 2001, NegEx, use 5).
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
_NOT_CUES = frozenset(["PERSON", "TIME"])
_NOT_NEGATING = frozenset(["only", "just", "merely", "simply", "necessarily", "until", "least", "fewer", "less"])


class Voice(NamedTuple):
    """An attribution: its number in the table quotes, the spans of its content in characters, and its speaker."""

    quote: int
    spans: tuple[tuple[int, int], ...]
    speaker: str

    @property
    def length(self) -> int:
        """Return the number of characters in the content."""
        return sum(end - start for start, end in self.spans)


def voices(quotes: Iterable[Mapping[str, Any]]) -> list[Voice]:
    """Return the attributions in rows of the table quotes, shortest content first, so that inner ones precede outer."""
    attributions = [
        Voice(row["quote"], tuple((start, end) for start, end in row["content_spans"]), row["speaker"] or NOT_NAMED)
        for row in quotes
    ]
    return sorted(attributions, key=lambda voice: (voice.length, voice.quote))


def voices_by_sentence(doc: Doc, voices: Sequence[Voice]) -> list[list[Voice]]:
    """Return, for each sentence, the attributions whose content overlaps it, in the order of `voices`."""
    starts, ends = [sentence.start for sentence in doc.sentences], [sentence.end for sentence in doc.sentences]
    around: list[list[Voice]] = [[] for _ in starts]
    for voice in voices:
        touched = (range(bisect_right(ends, start), bisect_left(starts, end)) for start, end in voice.spans)
        for number in dict.fromkeys(chain.from_iterable(touched)):
            around[number].append(voice)
    return around


def voice_at(voices: Sequence[Voice], start: int, end: int) -> Voice | None:
    """Return the innermost attribution whose content holds these characters, or None where the narrator speaks.

    >>> inner, outer = Voice(1, ((10, 20),), "Trump"), Voice(0, ((0, 30),), "Lin")
    >>> voice_at([inner, outer], 12, 15).speaker, voice_at([inner, outer], 18, 25).speaker
    ('Trump', 'Lin')
    """
    for voice in voices:
        if any(left <= start and end <= right for left, right in voice.spans):
            return voice
    return None


def negates(doc: Doc, token: int) -> bool:
    """Return True if a token negates what follows; the "not" of "not only" and the "no" of "no fewer" do not."""
    after = token + 1
    return doc.norm[token] in _NEGATIONS and (after >= len(doc.norm) or doc.norm[after] not in _NOT_NEGATING)


def is_negated(doc: Doc, first: int, bound: int) -> bool:
    """Return True if a negation precedes token `first` in its clause, by at most five tokens and not before `bound`.

    "Not only" and "not necessarily" are not negations.
    """
    for index in range(first - 1, max(bound, first - _REACH) - 1, -1):
        norm = doc.norm[index]
        if norm in _NEGATIONS:
            return negates(doc, index)
        if norm in _STOPS:
            return False
    return False


def code_document(doc: Doc, voices: Sequence[Voice], matchers: Iterable[Matcher]) -> list[dict[str, Any]]:
    """Return the rows of the table frame_codes for a document, sorted by sentence, scheme, frame and place."""
    not_cues = {each for name in doc.mentions if name.label in _NOT_CUES for each in range(name.first, name.last)}
    rows = []
    around = voices_by_sentence(doc, voices)
    for number, sentence in enumerate(doc.sentences):
        words = words_of(doc, sentence.first, sentence.last)
        for matcher in matchers:
            frames = matcher.scheme.frames
            for hit in find(matcher, words):
                if not matcher.scheme.names and not_cues.issuperset(range(hit.first, hit.last)):
                    continue
                start, end = doc.start[hit.first], doc.end[hit.last - 1]
                voice = voice_at(around[number], start, end)
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
