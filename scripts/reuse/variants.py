"""Comparison of two versions of a quoted passage, word by word: cuts, additions, negations and numbers that differ."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from rapidfuzz.distance import Indel

from scripts.core.plain_words import plain_words

LONGEST, EXACT, CUT, JOINED, ALTERED = KINDS = ("longest", "exact", "cut", "joined", "altered")
_ELLIPSIS = re.compile(r"\.\s?\.\s?\.|…")
_CLAUSE = 3  # words: a negation in a longer stretch that is left out goes with a clause of its own
_NEGATIONS = frozenset(["not", "no", "never", "none", "nobody", "nothing", "neither", "nor", "cannot", "without"])
# "one" is left out: it is a pronoun more often than a number.
_SMALL = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_LARGE = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety", "hundred", "thousand",
          "million", "billion", "half", "third")  # fmt: skip
_NUMBERS = {word: str(value) for value, word in enumerate(_SMALL, 2)} | {word: word for word in _LARGE}


class Variant(NamedTuple):
    """A passage in comparison with the longest form of its family.

    `kind`: longest; exact (the same words); cut (words left out at the ends); joined (words left out inside);
    altered (words added or changed). `negation`, `number`: one of that sort was added, taken away or changed;
    `hidden`: words that an ellipsis leaves out; `marked`: cuts in [- -], additions in {+ +}.
    """

    kind: str
    negation: bool
    number: bool
    hidden: int
    marked: str


class _Stretch(NamedTuple):
    """Words of the longest form, and those in their place: the same ones, or else different."""

    words: Sequence[str]
    others: Sequence[str]
    equal: bool


def _stretches(longest: Sequence[str], words: Sequence[str]) -> Iterator[_Stretch]:
    """Yield two passages in turns of equal and of different words."""
    start = at = 0
    for block in Indel.opcodes(longest, words):
        if block.tag == "equal":
            if (start, at) != (block.src_start, block.dest_start):
                yield _Stretch(longest[start : block.src_start], words[at : block.dest_start], equal=False)
            equal = longest[block.src_start : block.src_end]
            yield _Stretch(equal, equal, equal=True)
            start, at = block.src_end, block.dest_end
    if (start, at) != (len(longest), len(words)):
        yield _Stretch(longest[start:], words[at:], equal=False)


def _negations(words: Sequence[str]) -> int:
    """Return the number of negations, "or not" not counted, which leaves the sense as it is."""
    pairs = pairwise(["", *words])
    return sum((word in _NEGATIONS or word.endswith("n't")) and before != "or" for before, word in pairs)


def _numbers(words: Sequence[str]) -> Counter[str]:
    """Return the numbers among words, small ones as digits."""
    return Counter(_NUMBERS.get(word, word) for word in words if word in _NUMBERS or word[0].isdigit())


def _marks(stretch: _Stretch) -> Iterator[str]:
    """Yield the words of a stretch with what is cut in [- -] and what is added in {+ +}."""
    if stretch.equal:
        yield " ".join(stretch.words)
        return
    if stretch.words:
        yield f"[-{' '.join(stretch.words)}-]"
    if stretch.others:
        yield f"{{+{' '.join(stretch.others)}+}}"


def _is_replaced(stretch: _Stretch) -> bool:
    """Return whether a few words stand in the place of a few others; longer ones are what only one passage quotes."""
    return 0 < len(stretch.words) <= _CLAUSE and 0 < len(stretch.others) <= _CLAUSE


_MARK = re.compile(r"\[-(?P<cut>.*?)-\]|\{\+(?P<added>.*?)\+\}|(?P<kept>\S+)")


class Mark(NamedTuple):
    """Words of a marked passage in a row that have the same fate: `kept`, `cut` or `added`."""

    fate: str
    words: list[str]


def marks(marked: str) -> Iterator[Mark]:
    """Yield a passage as `Variant.marked` has it, in turns of kept, cut and added words.

    >>> [*marks("we will [-not-] close")]
    [Mark(fate='kept', words=['we', 'will']), Mark(fate='cut', words=['not']), Mark(fate='kept', words=['close'])]
    """
    unchanged_words: list[str] = []
    for match in _MARK.finditer(marked):
        if match.lastgroup == "kept":
            unchanged_words.append(match[0])
            continue
        if unchanged_words:
            yield Mark("kept", unchanged_words)
            unchanged_words = []
        fate = "cut" if match["added"] is None else "added"
        yield Mark(fate, match[fate].split())
    if unchanged_words:
        yield Mark("kept", unchanged_words)


def half_shares(marked: str) -> tuple[float, float]:
    """Return the shares of the words of the first and of the second half of the longest form that a passage keeps.

    >>> half_shares("we will not [-close the harbour-]")
    (1.0, 0.0)
    """
    is_kept = [mark.fate == "kept" for mark in marks(marked) if mark.fate != "added" for _ in mark.words]
    middle = (len(is_kept) + 1) // 2
    first, second = is_kept[:middle], is_kept[middle:]
    return sum(first) / len(first), sum(second) / len(second) if second else 1.0


def unchanged(text: str) -> Variant:
    """Return a passage as the longest form of its family."""
    return Variant(LONGEST, negation=False, number=False, hidden=0, marked=" ".join(plain_words(text)))


def compare(longest: str, text: str) -> Variant:
    """Return the variant that a passage is of the longest form of its family.

    What one of the two has before or after the part that both quote sets no flag.

    >>> compare("We will not close the harbour, whatever they say.", "We will close the harbour")
    Variant(kind='joined', negation=True, number=False, hidden=0, marked='we will [-not-] close the harbour [-whatever they say-]')
    """  # noqa: E501
    stretches = [*_stretches(plain_words(longest), plain_words(text))]
    equal = [at for at, stretch in enumerate(stretches) if stretch.equal] or [0]
    inner = [stretch for stretch in stretches[equal[0] : equal[-1]] if not stretch.equal]
    edges = [stretch for stretch in (*stretches[: equal[0]], *stretches[equal[-1] + 1 :]) if _is_replaced(stretch)]
    changed = [stretch for stretch in stretches if stretch.others and not stretch.equal]
    cuts = [stretch for stretch in inner if not stretch.others]
    replaced = [*(stretch for stretch in inner if stretch.others), *edges]
    at_issue = [*replaced, *(cut for cut in cuts if len(cut.words) <= _CLAUSE)]
    if changed:
        kind = ALTERED
    elif cuts:
        kind = JOINED
    else:
        kind = EXACT if len(stretches) == 1 else CUT
    return Variant(
        kind,
        negation=any(_negations(each.words) != _negations(each.others) for each in at_issue),
        number=any(_numbers(each.words) != _numbers(each.others) for each in replaced),
        hidden=sum(len(cut.words) for cut in inner) if _ELLIPSIS.search(text) else 0,
        marked=" ".join(mark for stretch in stretches for mark in _marks(stretch)),
    )
