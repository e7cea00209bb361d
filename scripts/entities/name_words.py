"""Words of names: capitals, titles, acronyms, and parts joined by hyphens."""

from collections.abc import Set
from itertools import compress, count

from scripts.core.annotation import Doc
from scripts.entities.knowledge import entries, known_phrases

SMALL_WORDS = frozenset(("of", "for", "and", "the", "&", "in", "on", "de", "la", "del", "des", "to", "'s", "-"))

TokenRange = tuple[int, int]


def tokens_of_words(doc: Doc, words: Set[str]) -> list[int]:
    """Return the numbers of the tokens of a document whose word is one of `words`."""
    chosen = words & doc.vocabulary
    return list(compress(count(), map(chosen.__contains__, doc.word))) if chosen else []


def is_ticker(doc: Doc, at: int) -> bool:
    """Return True for the bracket that opens a ticker symbol in agency copy: Acme Oil <ACM.O>."""
    return doc.word[at] == "<" and doc.word[at + 2 : at + 3] == [">"] and doc.word[at + 1].isupper()


def before_ticker(doc: Doc, first: int, last: int) -> int:
    """Return the first token from `first` to before `last` that opens a ticker symbol; `last` if none does."""
    return next((at for at in range(first, last) if is_ticker(doc, at)), last)


def lower_words(doc: Doc) -> set[str]:
    """Return the words that a document has in lower case."""
    return {word for word in doc.vocabulary if word.islower()}


def is_name_word(word: str) -> bool:
    """Return True if a token can be the main word of a name: it begins with a capital letter."""
    return word[0].isupper()


def may_be_acronym(word: str) -> bool:
    """Return True for a word of letters only with at least two capitals: EACC, BoG.

    >>> [word for word in ("EACC", "BoG", "Bog", "G7") if may_be_acronym(word)]
    ['EACC', 'BoG']
    """
    return word.isalpha() and sum(map(str.isupper, word)) > 1


def may_be_short_word(word: str) -> bool:
    """Return True for a word that may be made of initials, as Unesco is."""
    return word.isalpha() and word.istitle() and len(word) > 3


def title_length(doc: Doc, first: int, last: int) -> int:
    """Return the number of tokens from `first` on that are titles in a name that ends before `last`."""
    at = first
    if first < last - 1 and " ".join(doc.norm[first - 1 : first + 1]) in entries("titles.txt"):
        at += 1  # Datuk [Seri Ann Lee]
    sizes = (3, 2, 1)
    while size := next((size for size in sizes if at + size < last and _is_title(doc.norm[at : at + size])), 0):
        at += size
        at += at < last - 1 and doc.word[at] == "."
    return at - first


def _is_title(words: list[str]) -> bool:
    return " ".join(words).rstrip(".") in entries("titles.txt")


def touches(doc: Doc, index: int) -> bool:
    """Return True if a token follows the one before it without a space."""
    return 0 < index < len(doc.word) and doc.start[index] == doc.end[index - 1]


def gap(doc: Doc, index: int) -> str:
    """Return the text between a token and the one before it."""
    return doc.text[doc.end[index - 1] : doc.start[index]]


def is_joined(doc: Doc, mark: int) -> bool:
    """Return True for a hyphen or an ampersand between two tokens without a space, False for a dash.

    An en dash before a lower-case letter is not a hyphen: Export–Import Bank, but the Post–shows that.
    """
    if not (0 < mark < len(doc.word) - 1 and doc.word[mark] in ("-", "&")):
        return False
    written, following = doc.text[doc.start[mark]], doc.word[mark + 1]
    is_dash = written in ("—", "―") or (written == "–" and following[0].islower())
    return not is_dash and touches(doc, mark) and touches(doc, mark + 1)


def completed(doc: Doc, first: int, last: int) -> TokenRange:
    """Return a span with the rest of a joined name: Moon Jae-in, Hlubi-Majola, Zia-ul-Haq, PG&E."""
    known = known_phrases()
    if is_joined(doc, last):
        end = last + 2
        if doc.word[last + 1] in ("ul", "ud") and is_joined(doc, last + 2):
            last += 4
        elif doc.word[last] == "&" or (
            doc.word[last + 1].isalpha()
            and doc.norm[last + 1] not in entries("after_hyphen.txt")
            and (is_name_word(doc.word[last + 1]) or last - first > 1)
            and not (known.get(doc.word[last - 1]) or known.get(doc.word[last + 1]))
        ):
            last = end
    if is_joined(doc, first - 1):
        begin = first - 2
        if doc.word[begin] in ("ul", "ud") and is_joined(doc, first - 3):
            first -= 4
        elif is_name_word(doc.word[begin]) and (
            doc.word[first - 1] == "&" or not (known.get(doc.word[first]) or known.get(doc.word[begin]))
        ):
            first = begin
    return first, last


def without_letters(doc: Doc, first: int, last: int) -> int:
    """Return where a person's full name ends before the letters after it: Ann Lee [MP]."""
    letters, end = entries("post_nominals.txt"), last
    while end > first and (doc.word[end - 1] in letters or doc.word[end - 1] == ","):
        end -= 1
    return end if end - first > 1 else last
