"""Words of names: capitals, titles, acronyms, and the parts that hyphens join."""

from scripts.core.annotation import Doc
from scripts.entities.knowledge import entries, known_phrases

SMALL_WORDS = frozenset(("of", "for", "and", "the", "&", "in", "on", "de", "la", "del", "des", "to", "'s", "-"))

TokenRange = tuple[int, int]


def is_name_word(word: str) -> bool:
    """Return True if a token can be the main word of a name: it begins with a capital letter."""
    return word[0].isupper()


def may_be_acronym(word: str) -> bool:
    """Return True for a word of letters with two capitals or more: EACC, BoG.

    >>> [word for word in ("EACC", "BoG", "Bog", "G7") if may_be_acronym(word)]
    ['EACC', 'BoG']
    """
    return word.isalpha() and sum(map(str.isupper, word)) > 1


def may_be_short_word(word: str) -> bool:
    """Return True for a word that may be made of first letters, as Unesco is."""
    return word.isalpha() and word.istitle() and len(word) > 3


def title_length(doc: Doc, first: int, last: int) -> int:
    """Return the number of tokens from `first` on that are titles of a name which ends before `last`."""
    titles, at = entries("titles.txt"), first
    while at < last - 1:
        for size in (3, 2, 1):
            phrase = " ".join(doc.norm[at : at + size]).rstrip(".")
            if at + size < last and phrase in titles and not (phrase in _FORENAMES and _is_of_office(doc, at - 1)):
                at += size + (at + size < last - 1 and doc.word[at + size] == ".")
                break
        else:
            break
    return at - first


# Titles that are given names too, after the title of an elected office: Congressman [Dean Heller].
_FORENAMES = frozenset(("dean", "duke", "earl", "judge", "major", "marshal", "prince"))
_ELECTED = frozenset(("congressman", "rep", "representative", "senator", "sen", "governor", "gov", "mayor", "mr"))


def _is_of_office(doc: Doc, at: int) -> bool:
    """Return True for a title of an elected office."""
    return at >= 0 and doc.norm[at].rstrip(".") in _ELECTED


def touches(doc: Doc, index: int) -> bool:
    """Return True if a token follows the one before it without a space."""
    return 0 < index < len(doc.word) and doc.start[index] == doc.end[index - 1]


def gap(doc: Doc, index: int) -> str:
    """Return the text between a token and the one before it."""
    return doc.text[doc.end[index - 1] : doc.start[index]]


def completed(doc: Doc, first: int, last: int) -> TokenRange:
    """Return a span with the rest of a hyphenated name: Moon Jae-in, Hlubi-Majola."""
    known = known_phrases()
    if (
        last + 1 < len(doc.word)
        and doc.word[last] == "-"
        and touches(doc, last)
        and touches(doc, last + 1)
        and doc.word[last + 1].isalpha()
        and doc.norm[last + 1] not in entries("after_hyphen.txt")
        and (is_name_word(doc.word[last + 1]) or last - first > 1)
        and not (known.get(doc.word[last - 1]) or known.get(doc.word[last + 1]))
    ):
        return first, last + 2
    if (
        first > 1
        and doc.word[first - 1] == "-"
        and touches(doc, first)
        and touches(doc, first - 1)
        and is_name_word(doc.word[first - 2])
        and not (known.get(doc.word[first]) or known.get(doc.word[first - 2]))
    ):
        return first - 2, last
    return first, last
