"""Word-by-word comparison of two versions of a quoted passage: cuts, additions, and differing negations and numbers."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from rapidfuzz.distance import Indel

from scripts.core.plain_words import plain_words

REFERENCE, EXACT, CUT, LONGER, JOINED, ALTERED = VARIANT_KINDS = (
    "reference", "exact", "cut", "longer", "joined", "altered",
)  # fmt: skip
_ELLIPSIS = re.compile(r"\.\s?\.\s?\.|…")
_CLAUSE = 3  # words; a negation in a longer omitted stretch belongs to the omitted clause
_NEGATIONS = frozenset(["not", "no", "never", "none", "nobody", "nothing", "neither", "nor", "cannot", "without"])
# "one" is left out: it is a pronoun more often than a number.
_SMALL = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_LARGE = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety", "hundred", "thousand",
          "million", "billion", "half", "third")  # fmt: skip
_ORDINALS = ("fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth")
_NUMBERS = {word: str(value) for value, word in enumerate(_SMALL, 2)} | {word: word for word in _LARGE}
_NUMBERS |= {word: f"{value}th" for value, word in enumerate(_ORDINALS, 4)}


class Variant(NamedTuple):
    """A passage compared with the reference form of its family.

    `kind`: reference; exact (the same words); cut (words left out at the ends); longer (goes on beyond the ends and
    leaves nothing out); joined (words left out inside); altered (words added inside, or changed).
    `negation`: a negation was added, removed or changed; `number`: a number was added or changed; `hidden`: number of
    words that an ellipsis stands for; `marked`: the words with cuts in [- -] and additions in {+ +}.
    """

    kind: str
    negation: bool
    number: bool
    hidden: int
    marked: str


class _Stretch(NamedTuple):
    """Words of the reference form and the passage's words in their place (`others`): equal or different.

    They are equal if they have the same letters: "U.S." and "US", "fire fighters" and "firefighters".
    """

    words: Sequence[str]
    others: Sequence[str]
    equal: bool


def is_part(words: Sequence[str], longer: Sequence[str]) -> bool:
    """Return whether a passage is a stretch of a longer one, word for word.

    >>> is_part(["the", "harbour"], ["close", "the", "harbour"]), is_part(["harbour"], ["harbour"])
    (True, False)
    """
    return len(words) < len(longer) and _place(words, longer) is not None


def _place(words: Sequence[str], longer: Sequence[str]) -> int | None:
    """Return the first place of `words` as a stretch of `longer`, or None if they do not occur."""
    words, longer, n = [*words], [*longer], len(words)
    return next((at for at in range(len(longer) - n + 1) if longer[at : at + n] == words), None)


def _equal_blocks(reference: Sequence[str], words: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    """Yield (start in the reference, start in the passage, length) of each block of equal words.

    A passage that is a stretch of the other is one block: an alignment might place its last word further on.
    """
    if (at := _place(words, reference)) is not None:
        yield at, 0, len(words)
    elif (at := _place(reference, words)) is not None:
        yield 0, at, len(reference)
    else:
        for block in Indel.opcodes(reference, words):
            if block.tag == "equal":
                yield block.src_start, block.dest_start, block.src_end - block.src_start


def _stretches(reference: Sequence[str], words: Sequence[str]) -> Iterator[_Stretch]:
    """Yield two passages as stretches of equal and of different words."""
    start = at = 0
    for first, place, n in (*_equal_blocks(reference, words), (len(reference), len(words), 0)):
        if (start, at) != (first, place):
            before, others = reference[start:first], words[at:place]
            yield _Stretch(before, others, equal=_letters(before) == _letters(others))
        if n:
            equal = reference[first : first + n]
            yield _Stretch(equal, equal, equal=True)
        start, at = first + n, place + n


def _letters(words: Sequence[str]) -> str:
    return "".join(words).replace("'", "")


def negations(words: Sequence[str]) -> int:
    """Return the number of negations, except "or not", which does not change the sense."""
    pairs = pairwise(["", *words])
    return sum((word in _NEGATIONS or word.endswith("n't")) and before != "or" for before, word in pairs)


def stated_numbers(words: Sequence[str]) -> Counter[str]:
    """Return the counts of the numbers among words, small ones as digits."""
    return Counter(_NUMBERS.get(word, word) for word in words if word in _NUMBERS or word[0].isdigit())


def _marks(stretch: _Stretch) -> Iterator[str]:
    """Yield the words of a stretch, cuts in [- -] and additions in {+ +}."""
    if stretch.equal:
        yield " ".join(stretch.words)
        return
    if stretch.words:
        yield f"[-{' '.join(stretch.words)}-]"
    if stretch.others:
        yield f"{{+{' '.join(stretch.others)}+}}"


def _is_replaced(stretch: _Stretch) -> bool:
    """Return whether a few words replace a few others; a longer stretch is text that only one passage quotes."""
    return 0 < len(stretch.words) <= _CLAUSE and 0 < len(stretch.others) <= _CLAUSE


_MARK = re.compile(r"\[-(?P<cut>.*?)-\]|\{\+(?P<added>.*?)\+\}|(?P<kept>\S+)")


class MarkedWords(NamedTuple):
    """Consecutive words of a marked passage with the same fate: `kept`, `cut` or `added`."""

    fate: str
    words: list[str]


def marks(marked: str) -> Iterator[MarkedWords]:
    """Yield the words of a passage marked as in `Variant.marked`, as runs of kept, cut and added words.

    >>> [*marks("we [-not-] close")][:2]
    [MarkedWords(fate='kept', words=['we']), MarkedWords(fate='cut', words=['not'])]
    """
    unchanged_words: list[str] = []
    for match in _MARK.finditer(marked):
        if match.lastgroup == "kept":
            unchanged_words.append(match[0])
            continue
        if unchanged_words:
            yield MarkedWords("kept", unchanged_words)
            unchanged_words = []
        fate = "cut" if match["added"] is None else "added"
        yield MarkedWords(fate, match[fate].split())
    if unchanged_words:
        yield MarkedWords("kept", unchanged_words)


def half_shares(marked: str) -> tuple[float, float]:
    """Return the shares of the words in the first and second half of the reference form that a passage keeps.

    >>> half_shares("we will not [-close the harbour-]")
    (1.0, 0.0)
    """
    is_kept = [mark.fate == "kept" for mark in marks(marked) if mark.fate != "added" for _ in mark.words]
    middle = (len(is_kept) + 1) // 2
    first, second = is_kept[:middle], is_kept[middle:]
    return sum(first) / len(first), sum(second) / len(second)


def unchanged(text: str) -> Variant:
    """Return a passage as the reference form of its family."""
    return Variant(REFERENCE, negation=False, number=False, hidden=0, marked=" ".join(plain_words(text)))


class _Differences(NamedTuple):
    """Stretches in which two passages differ: words added or changed, words left out inside, and the ends."""

    replaced: list[_Stretch]
    cuts: list[_Stretch]
    ends: list[_Stretch]

    def at_issue(self) -> list[_Stretch]:
        """Return the stretches that may change the sense: words added or changed, and short cuts inside."""
        return [*self.replaced, *(cut for cut in self.cuts if len(cut.words) <= _CLAUSE)]


def _differences(stretches: Sequence[_Stretch]) -> _Differences:
    equal = [at for at, stretch in enumerate(stretches) if stretch.equal] or [0]
    inner = [stretch for stretch in stretches[equal[0] : equal[-1]] if not stretch.equal]
    outer = [*stretches[: equal[0]], *stretches[equal[-1] + 1 :]]
    replaced = [*(stretch for stretch in inner if stretch.others), *filter(_is_replaced, outer)]
    cuts = [stretch for stretch in inner if not stretch.others]
    return _Differences(replaced, cuts, [stretch for stretch in outer if not _is_replaced(stretch)])


def departures(reference: Sequence[str], words: Sequence[str]) -> int:
    """Return the number of places where the words of a passage depart from those of the reference.

    Extra words at the ends of either do not count, nor does a clause that the passage leaves out.

    >>> departures("we will not close the harbour".split(), "will close the old harbour".split())
    2
    """
    return len(_differences([*_stretches(reference, words)]).at_issue())


def _kind(differences: _Differences) -> str:
    """Return the kind of a variant."""
    if differences.replaced or any(end.words and end.others for end in differences.ends):
        return ALTERED
    if differences.cuts:
        return JOINED
    if any(end.words for end in differences.ends):
        return CUT
    return LONGER if differences.ends else EXACT


def compare(reference: str, text: str) -> Variant:
    """Return a passage compared with the reference form of its family.

    Words that only one of them has before or after the shared part set no flag.

    >>> compare("We will not close the harbour, whatever they say.", "We will close the harbour")
    Variant(kind='joined', negation=True, number=False, hidden=0, marked='we will [-not-] close the harbour [-whatever they say-]')
    """  # noqa: E501
    stretches = [*_stretches(plain_words(reference), plain_words(text))]
    differences = _differences(stretches)
    return Variant(
        _kind(differences),
        negation=any(negations(each.words) != negations(each.others) for each in differences.at_issue()),
        number=any(stated_numbers(each.words) != stated_numbers(each.others) for each in differences.replaced),
        hidden=sum(len(cut.words) for cut in differences.cuts) if _ELLIPSIS.search(text) else 0,
        marked=" ".join(mark for stretch in stretches for mark in _marks(stretch)),
    )
